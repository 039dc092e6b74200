"""What a draft says to one account alone, or under one hat alone, and the card of a link."""

from dataclasses import dataclass

from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class Wording:
    """The text for one account in place of the shared one, in the parts of its thread (one where it is none).

    `shared_digest` is `text_digest` of the shared text that it was made from.
    """

    account_id: str
    hat: Hat
    parts: tuple[str, ...]
    shared_digest: str = ""


@dataclass(frozen=True, slots=True)
class HatWords:
    """The text that a draft says under one hat."""

    hat: Hat
    text: str


@dataclass(frozen=True, slots=True)
class LinkCard:
    """What a network shows of a linked page: fetched once, when the person asked for it.

    `picture_digest` (SHA-256, hex) finds the picture in the media store; empty when the page has none.
    """

    url: str
    title: str
    description: str = ""
    picture_digest: str = ""
    picture_mime: str = ""
