"""Builds the Windows program and its set-up, on Linux: `python -m windows --help`, in packaging/."""
