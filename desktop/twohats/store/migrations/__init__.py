"""The steps from one schema to the next, oldest first. Alembic itself is loaded only when there is a step to take.

A step that rebuilds a table (batch_alter_table) drops its triggers with it, and must make them again.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where the steps lie, and their names in order. The last is what tables.py describes."""

    folder: Path
    revisions: tuple[str, ...]

    @property
    def top(self) -> str:
        return self.revisions[-1]

    def up_to(self, revision: str) -> "Ladder":
        """The steps that lead to one of them."""
        return Ladder(self.folder, self.revisions[: self.revisions.index(revision) + 1])


LADDER = Ladder(Path(__file__).parent, ("0001", "0002", "0003", "0004", "0007", "0008", "0009"))
