"""The tagger: a small network that has read labelled posts, beside the rules that were written by hand."""
