"""Builds the Linux program: a folder that runs, a Debian package of it and an archive of it."""
