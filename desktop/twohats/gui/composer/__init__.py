"""The desk: where a post is written."""
