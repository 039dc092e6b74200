"""Checking again what was posted: choosing, the way there, the report in place, and on paper."""
