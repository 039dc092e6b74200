"""The reasons already given at the gate, until their post is gone. They are kept in memory alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twohats.model.finding import Finding
from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class Given:
    """What was said to a finding so far: `code` is empty until a reason was picked."""

    code: str = ""
    note: str = ""


class GivenReasons:
    """By draft and hat. The same crossing in the same words has the same reason, wherever it stands by now."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, Hat], dict[tuple[str, int], Given]] = {}

    def keep(self, draft_id: str, hat: Hat, said: Iterable[tuple[Finding, Given]]) -> None:
        """In place of what was kept before: what no longer stands is forgotten."""
        pairs = tuple(said)
        places = _places(finding for finding, _ in pairs)
        self._given[draft_id, hat] = dict(zip(places, (given for _, given in pairs), strict=True))

    def of(self, draft_id: str, hat: Hat, findings: Iterable[Finding]) -> list[Given]:
        """One for each finding, in order."""
        known = self._given.get((draft_id, hat), {})
        return [known.get(place, Given()) for place in _places(findings)]

    def forget(self, draft_id: str) -> None:
        """The post is gone."""
        for known in [key for key in self._given if key[0] == draft_id]:
            del self._given[known]


def _places(findings: Iterable[Finding]) -> Iterator[tuple[str, int]]:
    """The key of each, and which of those with the same key it is."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.key] += 1
        yield finding.key, seen[finding.key]
