"""What was posted, and the record of it."""
