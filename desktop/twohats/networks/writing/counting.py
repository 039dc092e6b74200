"""How long a text is, by each network's own rule. None of these raises, and each takes time linear in the text."""

import re
import unicodedata

import regex

from twohats.model.rendition import EntityKind
from twohats.networks.writing.entities import MASTODON, Dialect, entities_in
from twohats.networks.writing.links import links_in

GRAPHEME = regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X")
"""One grapheme cluster. Flags are told apart, since \\X alone counts all those before it, each time."""
URL_ON_X = 23
URL_ON_MASTODON = 23
"""What a link counts where the instance says nothing."""


def x_weight(text: str) -> int:
    """X: 1 for a Latin letter and its like, 2 for any other character and for a whole emoji, 23 for a link.

    https://github.com/twitter/twitter-text/blob/master/config/v3.json, read 2026-11-22. An emoji is what Unicode calls
    one, with its skin tone and what is joined to it; letters are composed (NFC) before they are counted.
    """
    composed = unicodedata.normalize("NFC", text)
    total, at = 0, 0
    for start, end in links_in(composed):
        total += _weight(composed[at:start]) + URL_ON_X
        at = end
    return total + _weight(composed[at:])


def is_sendable_on_x(text: str) -> bool:
    """Whether no character is in it that X refuses in any text."""
    return not _REFUSED_BY_X.search(text)


def graphemes(text: str) -> int:
    """What a reader calls characters (Unicode's extended grapheme clusters): Bluesky's 300."""
    return len(text) if _is_plain(text) else len(GRAPHEME.findall(text))


def utf8_bytes(text: str) -> int:
    """Bluesky's other limit, 3,000."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    """LinkedIn and Facebook; for LinkedIn of the text before it is escaped."""
    return len(text) + len(_ASTRAL.findall(text))


def threads_units(text: str) -> int:
    """Threads: characters, but an emoji as many as it has bytes in UTF-8.

    https://developers.facebook.com/docs/threads/create-posts, read 2026-11-22.
    """
    emoji = "".join(_EMOJI.findall(text)) if _MAY_HOLD_EMOJI.search(text) else ""
    return len(text) - len(emoji) + utf8_bytes(emoji)


def mastodon_units(text: str, warning: str = "", url: int = URL_ON_MASTODON) -> int:
    """Mastodon: graphemes of warning and text together; a link counts `url`, @name@host counts @name.

    https://docs.joinmastodon.org/user/posting/, read 2026-11-22.
    """
    total, at = 0, 0
    counted = []
    for entity in entities_in(text, _COUNTED_ON_MASTODON):
        if entity.kind is EntityKind.LINK:
            counted.append(text[at : entity.start])
            total += url
            at = entity.end
        elif "@" in entity.target:
            at_host = text.rindex("@", entity.start, entity.end)
            counted.append(text[at:at_host])
            at = entity.end
    counted.append(text[at:])
    return total + graphemes(warning) + sum(map(graphemes, counted))


_COUNTED_ON_MASTODON = Dialect(MASTODON.mention, has_bare_links=False, has_hashtags=False)
_ASTRAL = regex.compile(r"[\U00010000-\U0010ffff]")
_REFUSED_BY_X = regex.compile(r"[\ufffe\ufeff\uffff]")
_HEAVY = regex.compile(r"[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
# One emoji: a flag, a keycap, or a picture with what belongs to it, and others joined on. What has both a plain and a
# coloured form is an emoji only where the coloured one is asked for; the plain ones weigh as much as emoji anyway, but
# for the signs of copyright and registration.
_PICTURE = (
    r"(?:\p{Emoji_Modifier_Base}\ufe0f?\p{Emoji_Modifier}|\p{Emoji_Presentation}\ufe0f?|\p{Extended_Pictographic}\ufe0f)"
    r"(?:[\U000e0020-\U000e007e]++\U000e007f)?+"
)
_JOINED = r"\u200d(?:\p{Emoji_Modifier_Base}\ufe0f?\p{Emoji_Modifier}|\p{Extended_Pictographic}\ufe0f?)"
# Every emoji has a sign from here on; prose with its dashes and quotes has none.
_MAY_HOLD_EMOJI = re.compile("[\u203c-\U0010ffff]")
_EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[#*0-9]\ufe0f?\u20e3|(?:{_PICTURE}|[^©®\P{{Extended_Pictographic}}](?={_JOINED}))(?:{_JOINED})*+"
)


def _is_plain(text: str) -> bool:
    """Whether each character stands for itself."""
    return text.isascii() and "\r" not in text


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    rest, emoji = _EMOJI.subn("", text) if _MAY_HOLD_EMOJI.search(text) else (text, 0)
    return 2 * emoji + len(rest) + len(_HEAVY.findall(rest))
