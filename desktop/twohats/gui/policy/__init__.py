"""What the check does, rule by rule."""
