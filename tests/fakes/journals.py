"""A delivery's journal in memory."""


class MemoryJournal:
    """Meets Journal; `steps` are what was noted, in order."""

    def __init__(self) -> None:
        self.steps: dict[str, str] = {}

    def read(self, step: str) -> str | None:
        return self.steps.get(step)

    def note(self, step: str, value: str) -> None:
        self.steps[step] = value
