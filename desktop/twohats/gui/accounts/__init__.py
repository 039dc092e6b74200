"""Accounts of each identity."""
