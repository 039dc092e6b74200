"""Several names in one phrase."""


def listed(names: tuple[str, ...]) -> str:
    """ "Blog", "Blog and WordPress", "Blog, WordPress and Notes"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
