"""Builds the macOS program, on a Mac: the .app, signed and notarized, and the disk image it comes on."""
