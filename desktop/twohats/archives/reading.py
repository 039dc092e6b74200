"""What the readers of archives have in common: values that may be anything, and counts of what is left out."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any  # Any: JSON

from twohats.archives.limits import MOST_POST_CHARACTERS
from twohats.model.archive import ArchivedPost
from twohats.model.plain_text import sendable

_LATEST = 253_402_300_799  # the last second of the year 9999


class Sieve:
    """Lets through what is a post with words, and counts the rest by the code of why."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    @property
    def left_out(self) -> Mapping[str, int]:
        return dict(self._counts)

    def leave_out(self, why: str) -> None:
        self._counts[why] += 1

    def passes(self, post: ArchivedPost) -> bool:
        """Whether there is something to check, and not more than can be."""
        if post.is_empty:
            self.leave_out("empty")
            return False
        if sum(map(len, (post.text, post.title, post.excerpt, post.warning, *post.alt_texts))) > MOST_POST_CHARACTERS:
            self.leave_out("too_long")
            return False
        return True


def table(value: object) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str:
    """The text, without what no text has; "" where there is none."""
    return sendable(value) if isinstance(value, str) else ""


def link(value: object) -> str:
    """An address of the web, or ""."""
    text = words(value).strip()
    return text if text.startswith(("https://", "http://")) and not any(map(str.isspace, text)) else ""


def moment(value: object) -> datetime | None:
    """A time as ISO 8601, as e-mail writes it, or in seconds since 1970; aware UTC, None where it is none of them."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if 0 < value < _LATEST else None
        if not isinstance(value, str) or len(value) > 60:
            return None
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = parsedate_to_datetime(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
