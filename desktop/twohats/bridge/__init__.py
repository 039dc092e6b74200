"""QtCore only: time, threads and signals between people and flows."""
