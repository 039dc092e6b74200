"""The check: pure, on the device."""
