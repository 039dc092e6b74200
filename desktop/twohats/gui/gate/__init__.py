"""The sheet between Post and the network."""
