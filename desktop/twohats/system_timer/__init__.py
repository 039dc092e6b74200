"""Has the system start `twohats deliver` now and then, so that planned posts leave without a window."""
