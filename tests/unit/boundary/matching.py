"""Texts that a pattern matches, made by chance from the pattern itself."""

import random
from re import _parser  # undocumented; what else would know what a pattern matches

_BEFORE = ("", " ", "the ", "x, ")
_AFTER = ("", " ", ".", "!", " me", "'s so")
_OF_A_KIND = {
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "aé9,",
    "CATEGORY_WORD": "aetoß7",
    "CATEGORY_NOT_WORD": " -,\u2026",
    "CATEGORY_DIGIT": "0357",
    "CATEGORY_NOT_DIGIT": "a ",
}


def texts_of(source: str, number: int, chance: random.Random) -> list[str]:
    """Some texts that the pattern may match: what it looks ahead at or back is left to chance."""
    tree = _parser.parse(source)
    return [
        chance.choice(("", " ", "the ", "x, "))
        + _text(tree, chance)
        + chance.choice(("", " ", ".", "!", " me", "'s so"))
        for _ in range(number)
    ]


def _text(sequence, chance: random.Random) -> str:
    return "".join(_part(str(kind), value, chance) for kind, value in sequence)


def _part(kind: str, value, chance: random.Random) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL" | "ANY":
            return chance.choice("aß q")
        case "IN":
            return _one_of(value, chance)
        case "BRANCH":
            return _text(chance.choice(value[1]), chance)
        case "SUBPATTERN":
            return _text(value[3], chance)
        case "MAX_REPEAT" | "MIN_REPEAT":
            times = chance.randint(value[0], min(int(value[1]), value[0] + 2))
            return "".join(_text(value[2], chance) for _ in range(times))
        case _:
            return ""


def _one_of(members, chance: random.Random) -> str:
    if any(str(kind) == "NEGATE" for kind, _ in members):
        return chance.choice("aq z")
    kind, value = chance.choice(members)
    match str(kind):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(chance.randint(*value))
        case _:
            return chance.choice(_OF_A_KIND[str(value)])
