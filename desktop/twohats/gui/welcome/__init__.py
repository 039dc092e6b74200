"""The first four steps."""
