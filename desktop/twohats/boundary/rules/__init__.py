"""One file a kind of crossing, each with its table of hits and near-misses."""
