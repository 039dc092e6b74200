"""Drafts kept."""
