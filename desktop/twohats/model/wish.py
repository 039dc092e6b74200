"""What somebody outside asks the program to open: an item by a link, or a file. Strict, since anybody may ask.

A link is `twohats://draft/ID` or `twohats://record/ID`, and nothing else: it shows what is kept here, changing nothing.
A `.twohats` file is a whole export; the person is asked before anything of it is imported.
"""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote, urlsplit

from twohats.model.errors import BadInput

SCHEME = "twohats"
FILE_SUFFIX = ".twohats"
LONGEST_LINE = 16_384
_LINK = re.compile(r"twohats://(draft|record)/([0-9a-f]{32})")
_FILE_WORD = "file "


class ItemKind(Enum):
    DRAFT = "draft"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """`item_id` is a draft's id, or that of the post whose record it is."""

    kind: ItemKind
    item_id: str

    @classmethod
    def of_link(cls, url: str) -> Self:
        """Raises BadInput("link_refused") for anything but the strict form."""
        found = _LINK.fullmatch(url)
        if found is None:
            raise BadInput("link_refused")
        return cls(ItemKind(found.group(1)), found.group(2))

    @property
    def link(self) -> str:
        return f"{SCHEME}://{self.kind.value}/{self.item_id}"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An absolute path; whether something lies there is found out when it is opened."""

    path: Path

    @classmethod
    def of_path(cls, path: str) -> Self:
        """Raises BadInput("file_refused") for a name that no export has."""
        if "\0" in path or not path.lower().endswith(FILE_SUFFIX):
            raise BadInput("file_refused")
        return cls(Path(path).absolute())


Wish = OpenItem | OpenFile


def wish_of(given: str) -> Wish:
    """A link, a `file:` address of this computer, or a path: what a desktop hands over. Raises BadInput."""
    if given.startswith(f"{SCHEME}:"):
        return OpenItem.of_link(given)
    if not given.startswith("file:"):
        return OpenFile.of_path(given)
    from urllib.request import url2pathname  # with all of HTTP behind it: not at every start

    try:
        parts = urlsplit(given)
    except ValueError:
        raise BadInput("file_refused") from None
    if parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
        raise BadInput("file_refused")
    return OpenFile.of_path(url2pathname(parts.path))


def line_of(wish: Wish | None) -> str:
    """A wish as one program tells it another; None is a wish for the window alone."""
    match wish:
        case OpenItem():
            return wish.link
        case OpenFile(path):
            return _FILE_WORD + quote(str(path), errors="surrogateescape")
    return "show"


def wish_of_line(line: str) -> Wish | None:
    """The wish that another start of the program told. Raises BadInput, whoever wrote it."""
    if line == "show":
        return None
    if line.startswith(_FILE_WORD):
        return OpenFile.of_path(unquote(line.removeprefix(_FILE_WORD), errors="surrogateescape"))
    return OpenItem.of_link(line)
