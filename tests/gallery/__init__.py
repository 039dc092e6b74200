"""Pictures of the real window: `python -m tests.gallery OUT`."""
