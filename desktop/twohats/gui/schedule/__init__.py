"""When a post goes: chosen, told in words, and changed."""
