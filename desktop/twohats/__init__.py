"""Two Hats: write once, choose the hat, be warned in time, publish to the right places."""

__version__ = "0.1.0"
