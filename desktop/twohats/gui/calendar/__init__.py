"""What is planned and what was posted, by month and by week."""
