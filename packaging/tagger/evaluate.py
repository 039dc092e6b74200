"""Figures of the whole check, rules and tagger together, on posts that the network was not trained on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from posts import Post, Span, shared

from twohats.boundary.check import make_checker
from twohats.boundary.tagger.reading import Tagger
from twohats.model.draft import Draft
from twohats.model.finding import CheckResult, Severity
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy

_NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class Count:
    """Right, wrong and missed; the score that weighs both kinds of error alike."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class Figures:
    """Of many posts: marked at all, by category, by span (half of the longer of the two), clean ones asked about, and
    clients asked about."""

    posts: int = 0
    marked: Count = field(default_factory=Count)
    categories: Count = field(default_factory=Count)
    spans: Count = field(default_factory=Count)
    by_category: dict[str, Count] = field(default_factory=dict)
    clean: int = 0
    clean_asked: int = 0
    clients: int = 0
    clients_asked: int = 0

    def __str__(self) -> str:
        return (
            f"{self.posts} posts: marked F1 {self.marked.f1:.3f}, clean asked about "
            f"{self.clean_asked / max(1, self.clean):.3f}, categories F1 {self.categories.f1:.3f}, "
            f"spans F1 {self.spans.f1:.3f}, clients asked about {self.clients_asked / max(1, self.clients):.3f}"
        )


def evaluate(tagger: Tagger | None, trained_on: Sequence[Post], posts: Sequence[Post]) -> Figures:
    """Raises ValueError when a text is in both: such figures would say nothing."""
    both = shared(trained_on, posts)
    if both:
        raise ValueError(f"{len(both)} of the posts were trained on, {sorted(both)[0]} for one")
    checker = make_checker()
    checker.tagger = tagger
    professional = next(one for one in fresh_identities() if one.hat is Hat.PROFESSIONAL)
    figures = Figures()
    for post in posts:
        draft = Draft("evaluated", _NOW, _NOW, hat=Hat.PROFESSIONAL, text=post.text)
        _count(figures, post, checker.check(draft, professional, Policy()))
    return figures


def _count(figures: Figures, post: Post, result: CheckResult) -> None:
    found = [(f.span.start, f.span.end, f.category.value) for f in result.findings]
    asks = [f.category.value for f in result.findings if f.severity >= Severity.WARN]
    figures.posts += 1
    _add(figures.marked, bool(post.spans), bool(found))
    wanted, seen = {span[2] for span in post.spans}, {span[2] for span in found}
    for category in wanted | seen:
        _add(figures.categories, category in wanted, category in seen)
        _add(figures.by_category.setdefault(category, Count()), category in wanted, category in seen)
    hits = sum(any(_is_same(span, other) for other in found) for span in post.spans)
    figures.spans.right += hits
    figures.spans.missed += len(post.spans) - hits
    figures.spans.wrong += len(found) - hits
    if not post.spans:
        figures.clean += 1
        figures.clean_asked += bool(asks)
    if "client" in wanted:
        figures.clients += 1
        figures.clients_asked += "client" in asks


def _add(count: Count, is_wanted: bool, is_seen: bool) -> None:
    count.right += is_wanted and is_seen
    count.wrong += is_seen and not is_wanted
    count.missed += is_wanted and not is_seen


def _is_same(one: Span, other: Span) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return one[2] == other[2] and common >= 0.5 * max(one[1] - one[0], other[1] - other[0])
