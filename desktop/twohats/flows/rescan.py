"""The re-scan: what was posted, looked through once more with today's rules and policy. It tells, and changes nothing.

One post is in memory at a time, and of those with a finding the words around it: ten thousand posts or a million take
the same. What the owner weighed when it was posted is known, and counts as nothing new.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from twohats.model.draft import Draft
from twohats.model.finding import Finding, Severity, worst
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Policy
from twohats.model.ports import Checker

MOST_LISTED = 2000
"""Posts that a report shows of each severity; the others are counted."""
_AROUND = 70  # code points of text shown on each side of the words


class Stopped(Exception):
    """The person does not want the rest. Raised by whoever is asked between the steps of a check."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands. `url` is empty where nobody told; `label` is the account's, or empty."""

    network: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One post to look through. `draft` holds its words in their fields; `hat` is the one that it was posted under,
    None where that is not known; `post_id` finds its record, empty for one of an archive. `weighed` are the rule and
    normalised words of what was weighed then, with how grave it was."""

    draft: Draft
    posted_at: datetime | None
    places: tuple[Place, ...]
    hat: Hat | None = None
    post_id: str = ""
    weighed: Mapping[tuple[str, str], Severity] = field(default_factory=dict)
    can_be_taken_down: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding where it stands: `before` and `after` are the text around its words. `is_known`: it was weighed when
    this was posted."""

    finding: Finding
    before: str
    after: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Flagged:
    """A post with findings. `begins` are its title or first words; `hat` is the one it was looked through under."""

    posted_at: datetime | None
    places: tuple[Place, ...]
    hat: Hat
    begins: str
    seen: tuple[Seen, ...]
    post_id: str = ""
    can_be_taken_down: bool = False

    @property
    def severity(self) -> Severity:
        """The gravest of what is new; SILENT when all of it was weighed then."""
        return worst(tuple(one.finding for one in self.seen if not one.is_known))


@dataclass(frozen=True, slots=True)
class Progress:
    """`total` is None where nobody knows how many there are; `fraction` 0..1 of what is to be read; `crossing` counts
    posts with something new at warn or above."""

    looked_at: int
    total: int | None
    fraction: float
    crossing: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it. `source` is "records" or the network of the archive; `under` the hat for all, None for each its
    own.

    `counts` are posts by the gravest of what is new in them, SILENT for those where everything was weighed then.
    `left_out` says how many entries were no posts to look at, by the code of why; `not_checked` posts where a rule
    failed: nobody may call them clear. `not_read` posts are in a language that is checked for contact details alone;
    `by_rules_only`: without the trained check. `is_whole` is False when it was stopped. `not_listed` posts with
    findings are counted and not shown.
    """

    source: str
    under: Hat | None
    made_at: datetime
    looked_at: int
    flagged: tuple[Flagged, ...]
    counts: Mapping[Severity, int]
    left_out: Mapping[str, int]
    not_checked: int = 0
    not_read: int = 0
    by_rules_only: bool = False
    is_whole: bool = True
    not_listed: int = 0

    @property
    def severity(self) -> Severity:
        """The gravest of what is new in any post."""
        return max((severity for severity, count in self.counts.items() if count), default=Severity.SILENT)

    def of(self, severity: Severity) -> tuple[Flagged, ...]:
        """The listed posts of a group: SILENT are those where everything was weighed when they were posted."""
        return tuple(post for post in self.flagged if post.severity is severity)


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be looked through, once. `left_out`, `total` and `fraction` are asked as it goes on."""

    name: str
    posts: Iterable[Post]
    left_out: Callable[[], Mapping[str, int]]
    fraction: Callable[[int], float]
    total: int | None = None


def look_through(
    source: Source,
    under: Hat | None,
    checker: Checker,
    identities: Sequence[Identity],
    policy: Policy,
    made_at: datetime,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Report:
    """Checks every post under the hat given, or each under its own; `tell` hears of each, and may raise Stopped, as may
    the checker where it gives way: the report then holds what was seen until there.

    Raises BadInput when an archive turns out to be damaged, StoreError when records cannot be read.
    """
    work = _Work({identity.hat: identity for identity in identities}, under, checker, policy)
    is_whole = True
    try:
        for post in source.posts:
            work.look_at(post)
            tell(Progress(work.looked_at, source.total, source.fraction(work.looked_at), work.crossing))
    except Stopped:
        is_whole = False
    return Report(
        source=source.name,
        under=under,
        made_at=made_at,
        looked_at=work.looked_at,
        flagged=tuple(work.flagged),
        counts=dict(work.counts),
        left_out=source.left_out(),
        not_checked=work.not_checked,
        not_read=work.not_read,
        by_rules_only=work.by_rules_only,
        is_whole=is_whole,
        not_listed=work.not_listed,
    )


def normal(words: str) -> str:
    """Words as findings of two days are compared: case and spaces folded."""
    return " ".join(words.casefold().split())


class _Work:
    """What has been counted so far."""

    def __init__(self, identities: Mapping[Hat, Identity], under: Hat | None, checker: Checker, policy: Policy) -> None:
        self._identities = identities
        self._under = under
        self._checker = checker
        self._policy = policy
        self.flagged: list[Flagged] = []
        self.counts: Counter[Severity] = Counter()
        self.looked_at = 0
        self.not_checked = 0
        self.not_read = 0
        self.not_listed = 0
        self.by_rules_only = False

    @property
    def crossing(self) -> int:
        return self.counts[Severity.WARN] + self.counts[Severity.STOP]

    def look_at(self, post: Post) -> None:
        hat = self._under or post.hat
        if hat is None:
            raise ValueError("a post of an archive has no hat of its own: one must be chosen")
        result = self._checker.check(replace(post.draft, hat=hat), self._identities[hat], self._policy)
        self.looked_at += 1
        self.not_checked += not result.complete
        self.not_read += result.language != "en"
        self.by_rules_only = self.by_rules_only or result.by_rules_only
        if not result.findings:
            return
        found = Flagged(
            post.posted_at,
            post.places,
            hat,
            _first_words(post.draft),
            tuple(_seen(post, finding) for finding in _once(result.findings)),
            post.post_id,
            post.can_be_taken_down,
        )
        self.counts[found.severity] += 1
        if self.counts[found.severity] <= MOST_LISTED:
            self.flagged.append(found)
        else:
            self.not_listed += 1


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """A wording for one network repeats most of the shared text: the same words under one rule are told once."""
    kept: dict[tuple[str, str], Finding] = {}
    for finding in sorted(findings, key=lambda finding: -finding.severity):
        kept.setdefault((finding.rule, normal(finding.words)), finding)
    return list(kept.values())


def _seen(post: Post, finding: Finding) -> Seen:
    text = post.draft.field_text(finding.span.field, finding.span.index)
    start, end = finding.span.start, finding.span.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    then = post.weighed.get((finding.rule, normal(finding.words)))
    return Seen(
        replace(finding, suggestions=(), clues=()),
        ("…" if start > _AROUND else "") + _on_a_line(before),
        _on_a_line(after) + ("…" if end + _AROUND < len(text) else ""),
        is_known=then is not None and finding.severity <= then,
    )


def _on_a_line(text: str) -> str:
    words = " ".join(text.split())
    return (" " if text[:1].isspace() and words else "") + words + (" " if text[-1:].isspace() else "")


def _first_words(draft: Draft) -> str:
    line = " ".join((draft.title or draft.text or draft.warning).split())
    return line if len(line) <= 120 else line[:119] + "…"
