"""The tables of the rules and of the tests as posts: what must be found, and what must be left alone."""

from pathlib import Path

from posts import Post

from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Rule, Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.sentences import plain, split

# These look for what the guideline does not label, or for what is not in the words.
LEFT_OUT = frozenset(("C3", "C4", "D5", "D6", "D8", "H1", "H2", "S12", "T3"))


FAIR = Path(__file__).parents[2] / "tests" / "unit" / "boundary" / "corpus" / "fair_to_people.txt"


def examples() -> list[Post]:
    """A post for every hit, marked where the rule finds it, one for each near-miss that no rule finds at all, and those
    that name faith, origin, orientation or illness as a topic."""
    book = {rule: row.category.value for rule, row in rule_book().items()}
    rules = builtin()
    found = []
    for rule in rules:
        if rule.id in LEFT_OUT:
            continue
        for number, text in enumerate(rule.hits):
            spans = _spans(rule, text, book[rule.id])
            if spans:
                found.append(Post(f"{rule.id}-hit-{number}", "rules", text, spans))
        for number, text in enumerate(rule.near_misses):
            if not any(_spans(other, text, "client") for other in rules):
                found.append(Post(f"{rule.id}-near-{number}", "rules", text, ()))
    lines = [line for line in FAIR.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return found + [Post(f"fair-{number}", "rules", line.split("\t")[1], ()) for number, line in enumerate(lines)]


def _spans(rule: Rule, text: str, usual: str) -> tuple[tuple[int, int, str], ...]:
    form = plain(text)
    places = split(form.text)
    words = ["", *(form.text[start:end] for start, end in places), ""]
    spans = []
    for number, (start, _) in enumerate(places):
        around = Surroundings(before=words[number], after=words[number + 2])
        for hit in rule.find(Sentence(words[number + 1]), around):
            place = form.to_field(start + hit.start, start + hit.end)
            spans.append((*place, hit.category.value if hit.category else usual))
    return tuple(sorted(spans))
