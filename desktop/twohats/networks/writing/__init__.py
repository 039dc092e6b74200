"""What social networks do with text: count it, link it, split it, fold it, and how each wants it written. No HTTP."""
