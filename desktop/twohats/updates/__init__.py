"""What this computer knows of releases: how the program came here, our keys, the feed that was seen, the set-up."""
