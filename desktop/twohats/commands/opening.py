"""`twohats --open-url URL`, `--open-file FILE`, and `open` for either: what a desktop starts for a link or a file.

Exactly one argument follows, and it is never read as an option: a web page may have written it. Only `open` may stand
alone, and opens the window then. Exit codes: those of the window; 3 when it is refused.
"""

import sys
from collections.abc import Callable, Mapping, Sequence

from twohats.gui import wording
from twohats.model.errors import BadInput
from twohats.model.wish import OpenFile, OpenItem, Wish, wish_of

EXIT_REFUSED = 3
WORDS: Mapping[str, Callable[[str], Wish]] = {
    "--open-url": OpenItem.of_link,
    "--open-file": OpenFile.of_path,
    "open": wish_of,
}
HELP = "--open-url twohats://draft/ID, --open-file FILE.twohats and open, for either, show it in the window."


def run(arguments: Sequence[str]) -> int:
    """The exit code. What is refused is said in a sentence: on the console, or where there is none in the window."""
    word, *given = arguments
    if word == "open" and not given:
        return _open_window(None, "")  # a menu of the desktop, where one line stands for both
    try:
        if len(given) != 1:
            raise BadInput("file_refused" if word == "--open-file" else "link_refused")
        wish = WORDS[word](given[0])
    except BadInput as problem:
        if sys.stderr is not None:
            print(wording.error(problem), file=sys.stderr)
            return EXIT_REFUSED
        _open_window(None, problem.code)
        return EXIT_REFUSED
    return _open_window(wish, "")


def _open_window(wish: Wish | None, refused: str) -> int:
    from twohats.app import run_window

    return run_window(wish=wish, refused=refused)
