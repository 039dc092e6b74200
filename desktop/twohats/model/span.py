"""Stretches of a draft, in code points."""

from dataclasses import dataclass
from enum import Enum


class Field(Enum):
    """The part of a draft that a span lies in. From the tag on each has an index, counted from 0.

    A wording is one part of what was written for one account alone, counted over all of them; a card is title and
    description of a link, a line each.
    """

    TEXT = "text"
    TITLE = "title"
    EXCERPT = "excerpt"
    TAG = "tag"
    ALT = "alt"
    FILE_NAME = "file_name"
    WARNING = "warning"
    WORDING = "wording"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` are code points in the field, end exclusive; `index` is which tag, picture, part or card."""

    start: int
    end: int
    field: Field = Field.TEXT
    index: int = 0

    def overlaps(self, other: "Span") -> bool:
        """Whether both share at least one code point of the same field."""
        return (
            self.field is other.field
            and self.index == other.index
            and self.start < other.end
            and other.start < self.end
        )
