"""The list of findings and its cards."""
