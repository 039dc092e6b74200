"""What social networks have in common: a draft becomes the parts of a thread, counted and cut by the network's rule."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.media import Media
from twohats.model.rendition import Count, Part, RenderedPicture
from twohats.model.wording import LinkCard
from twohats.networks.wire_text import sendable, sendable_line, sendable_tags
from twohats.networks.writing.entities import Dialect, entities_in
from twohats.networks.writing.folding import fold
from twohats.networks.writing.plain import plain
from twohats.networks.writing.splitting import numbered, split

_NOT_IN_A_TAG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one network takes text. `count` counts a part, `fits` says whether it may be sent (the count alone, if it is
    None); `has_threads`: what is too long goes in parts; `joins_tags`: the draft's tags follow as hashtags;
    `has_warnings`: it can hide a text behind a few words; `longest_alt`: in characters, None without a limit."""

    network: str
    dialect: Dialect
    count: Callable[[str], Count]
    most_pictures: int
    fits: Callable[[str], bool] | None = None
    has_threads: bool = True
    joins_tags: bool = True
    has_warnings: bool = False
    longest_alt: int | None = None

    def takes(self, text: str) -> bool:
        return not self.count(text).is_over and (self.fits is None or self.fits(text))


@dataclass(frozen=True, slots=True)
class Said:
    """A draft in a network's manner. `parts` is empty when there is nothing to say; `problems` and `notes` are codes as
    in Rendition. The pictures go with the first part."""

    parts: tuple[Part, ...]
    pictures: tuple[RenderedPicture, ...]
    card: LinkCard | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts)

    @property
    def count(self) -> Count:
        """Of the fullest part; of a thread that was cut by us none is over."""
        if not self.parts:
            return Count(0)
        return max((part.count for part in self.parts), key=lambda count: count.used - (count.limit or 0))


def said(draft: Draft, account: Account, manner: Manner) -> Said:
    """The draft for one account: its own wording where there is one, else the shared text without Markdown's signs."""
    wording = draft.wording_for(account.id)
    texts: Sequence[str]
    if wording is not None:
        texts = tuple(text for part in wording.parts if (text := _sendable(part).strip()))
        if not manner.has_threads and texts:
            texts = ("\n\n".join(texts),)
        elif draft.numbers_parts:
            texts = numbered(texts)
    else:
        texts = _cut(_with_tags(plain(_sendable(draft.text)).strip(), draft, manner), draft, manner)
    pictures = tuple(
        _picture(number, media, manner) for number, media in enumerate(draft.media[: manner.most_pictures], 1)
    )
    parts = tuple(_part(text, manner) for text in texts) or ((_part("", manner),) if pictures else ())
    problems = [] if parts else ["empty"]
    if any(not manner.takes(part.text) for part in parts):
        problems.append("too_long")
    notes = []
    if len(draft.media) > manner.most_pictures:
        notes.append("pictures_left_out")
    if draft.title.strip():
        notes.append("title_left_out")
    if draft.warning.strip() and not manner.has_warnings:
        notes.append("warning_left_out")
    if any(picture.alt != sendable_line(media.alt) for picture, media in zip(pictures, draft.media, strict=False)):
        notes.append("alt_shortened")
    return Said(parts, pictures, _card(draft, parts, pictures), tuple(problems), tuple(notes))


def texts_of(payload: Mapping[str, str]) -> tuple[str, ...]:
    """The parts as `payload_of` wrote them."""
    return tuple(str(text) for text in json.loads(payload["parts"]))


def card_of(payload: Mapping[str, str]) -> LinkCard | None:
    kept: dict[str, Any] = json.loads(payload.get("card", "") or "{}")  # Any: what JSON holds
    return LinkCard(**kept) if kept else None


def payload_of(found: Said, **more: str) -> dict[str, str]:
    """What is sent, by name: "parts" (JSON), "card" (JSON, empty without one), and the network's own."""
    card = found.card
    kept = {name: getattr(card, name) for name in LinkCard.__slots__} if card else {}
    return {
        "parts": json.dumps(found.texts, ensure_ascii=False),
        "card": json.dumps(kept, ensure_ascii=False) if kept else "",
        **more,
    }


def _sendable(text: str) -> str:
    """Without byte order marks too: nobody sees them, and X takes no text that holds one."""
    return sendable(text).replace("\ufeff", "")


def _cut(text: str, draft: Draft, manner: Manner) -> Sequence[str]:
    if not text:
        return ()
    if manner.takes(text) or not manner.has_threads:
        return (text,)
    return split(text, manner.takes, manner.dialect, is_numbered=draft.numbers_parts)


def _with_tags(text: str, draft: Draft, manner: Manner) -> str:
    """Tags of the draft as hashtags behind the text, but for those that it has already."""
    if not manner.joins_tags or not text:
        return text
    said_already = {entity.target.casefold() for entity in entities_in(text, manner.dialect)}
    names = [_hashtag(tag) for tag in sendable_tags(draft.tags)]
    fresh = [name for name in names if name and name.casefold() not in said_already]
    return f"{text}\n\n{' '.join(f'#{name}' for name in fresh)}" if fresh else text


def _hashtag(tag: str) -> str:
    """ "sleep hygiene" as SleepHygiene: a reader's software can tell the words."""
    words = [word for word in _NOT_IN_A_TAG.split(tag) if word]
    return words[0] if len(words) == 1 else "".join(word[:1].upper() + word[1:] for word in words)


def _part(text: str, manner: Manner) -> Part:
    return Part(text, manner.count(text), entities_in(text, manner.dialect), fold(text, manner.network))


def _picture(number: int, media: Media, manner: Manner) -> RenderedPicture:
    alt = sendable_line(media.alt)
    if manner.longest_alt is not None and len(alt) > manner.longest_alt:
        alt = alt[: manner.longest_alt - 1].rsplit(" ", 1)[0] + "…"
    return RenderedPicture(media.public_name(number), media.digest, media.mime, alt)


def _card(draft: Draft, parts: Sequence[Part], pictures: Sequence[RenderedPicture]) -> LinkCard | None:
    """The card of the first link that has one; pictures take its place."""
    if pictures:
        return None
    links = [entity.target for part in parts for entity in part.entities]
    cards = {card.url: card for card in draft.cards}
    return next((cards[link] for link in links if link in cards), None)
