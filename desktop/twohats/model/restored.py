"""What is told when a damaged store was put back from a copy."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Restored:
    """`made_at` (aware UTC) is when the copy was made, `aside` the folder where the damaged file is kept, and
    `rescued` how many newer drafts could still be read in it."""

    made_at: datetime
    aside: Path
    rescued: int
