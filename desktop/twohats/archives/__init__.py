"""Reads the archives that networks give out, as streams. Nothing is unpacked to the disk; none of them is trusted."""
