"""Labelled posts: reading them, telling which are near copies of each other, and parting them into folds."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CATEGORIES = (
    "relationships",
    "health",
    "whereabouts",
    "contact",
    "demographics",
    "beliefs",
    "finances",
    "private_life",
    "feelings",
    "workplace",
    "client",
    "third_party",
    "conduct",
)
OWN_DATA = Path(__file__).parent / "data"

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Post:
    """`spans` are (start, end, category) in code points of `text`, end exclusive, in text order."""

    id: str
    source: str
    text: str
    spans: tuple[Span, ...]


def read(path: Path) -> list[Post]:
    """Posts from a file: .jsonl as the labelled set has them, .txt with marks in the words, one post a line.

    Raises ValueError when a span lies outside its text or names no category."""
    posts = list(_from_marked(path) if path.suffix == ".txt" else _from_jsonl(path))
    for post in posts:
        for start, end, category in post.spans:
            if not 0 <= start < end <= len(post.text) or category not in CATEGORIES:
                raise ValueError(f"{path.name}: post {post.id} has a wrong span")
    return posts


def own() -> list[Post]:
    """Every post that the project itself keeps."""
    return [post for path in sorted(OWN_DATA.glob("*.txt")) for post in read(path)]


def marked(post: Post) -> str:
    """The line of a .txt file that `read` makes the post of."""
    text, end = "", len(post.text)
    for start, stop, category in sorted(post.spans, reverse=True):
        text = f"[[{category}|{post.text[start:stop]}]]{post.text[stop:end]}{text}"
        end = start
    return (post.text[:end] + text).replace("\\", "\\\\").replace("\n", "\\n")


def groups(posts: Sequence[Post]) -> list[int]:
    """For each post the number of its group: posts that share six words in a row belong together."""
    parent = list(range(len(posts)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    first: dict[tuple[str, ...], int] = {}
    for number, post in enumerate(posts):
        words = re.findall(r"\w+", post.text.lower())
        for start in range(max(1, len(words) - _SHARED_WORDS + 1)):
            run = tuple(words[start : start + _SHARED_WORDS])
            if run in first:
                parent[root(number)] = root(first[run])
            else:
                first[run] = number
    return [root(number) for number in range(len(posts))]


def folds(posts: Sequence[Post], count: int, seed: int = 1) -> list[int]:
    """For each post the number of its fold, 0..count-1: sources even, near copies together, the same every time."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups(posts)):
        members[group].append(number)
    chosen = [0] * len(posts)
    sizes: dict[str, list[int]] = defaultdict(lambda: [0] * count)
    order = sorted(members.values(), key=lambda of: (-len(of), posts[of[0]].id))
    random.Random(seed).shuffle(order)
    for numbers in sorted(order, key=len, reverse=True):
        kind = f"{posts[numbers[0]].source} {bool(posts[numbers[0]].spans)}"
        fold = min(range(count), key=lambda one: sizes[kind][one])
        sizes[kind][fold] += len(numbers)
        for number in numbers:
            chosen[number] = fold
    return chosen


def shared(ours: Iterable[Post], others: Iterable[Post]) -> set[str]:
    """The ids among `others` whose words are those of one of ours."""
    seen = {_folded(post.text) for post in ours}
    return {post.id for post in others if _folded(post.text) in seen}


_SHARED_WORDS = 6
_MARK = re.compile(r"\[\[([a-z_]+)\|(.*?)\]\]", re.DOTALL)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())) or text


def _from_jsonl(path: Path) -> Iterator[Post]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            spans = tuple(sorted((start, end, category) for start, end, category in row["spans"]))
            yield Post(row["id"], row["source"], row["text"], spans)


def _from_marked(path: Path) -> Iterator[Post]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            text, spans = _unmarked(re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line))
            yield Post(f"{path.stem}-{number}", path.stem, text, spans)


def _unmarked(line: str) -> tuple[str, tuple[Span, ...]]:
    text, at = "", 0
    spans: list[Span] = []
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], tuple(spans)
