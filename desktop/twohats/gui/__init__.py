"""Widgets: they show state and emit wishes."""
