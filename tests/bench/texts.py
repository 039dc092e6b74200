"""Posts to measure with: invented, and hardly a sentence twice, so that no cache flatters us."""

_SUBJECTS = ("Sleep", "Grief", "Worry", "A panic attack", "Burnout", "Shyness", "A new school", "Retirement", "Anger")
_CLAIMS = (
    "rarely answers to being argued with, and often to being noticed",
    "has more to do with rhythm than with willpower",
    "is easier to bear when somebody sits beside you for twenty minutes",
    "was the theme of our open evening at the community hall on Thursday",
    "comes up in every parents' group I have ever led",
    "is described well in the new guideline, which is free to read",
)
_ASIDES = (
    "My sister rang at 7.30 last night about exactly this.",
    "The practice is closed on Friday; the phone is answered from Monday.",
    "A client of mine, a 34-year-old baker, told me on Tuesday that it began after the move.",
    "I slept four hours and it shows.",
    "See https://example.org/reading-list for the papers we talked about.",
)


def post_of(characters: int) -> str:
    """A post of exactly that many characters, in paragraphs."""
    parts: list[str] = []
    while sum(len(part) for part in parts) < characters:
        number = len(parts)
        subject, claim = _SUBJECTS[number % len(_SUBJECTS)], _CLAIMS[number % len(_CLAIMS)]
        opening = "" if number < len(_SUBJECTS) else f"Point {number}: "
        aside = f" {_ASIDES[number // 3 % len(_ASIDES)]}" if number % 3 == 1 else ""
        end = "\n" if number % 5 == 4 else " "
        parts.append(f"{opening}{subject} {claim}.{aside}{end}")
    return "".join(parts)[:characters]
