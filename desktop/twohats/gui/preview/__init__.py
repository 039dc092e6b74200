"""Both faces of a post, side by side."""
