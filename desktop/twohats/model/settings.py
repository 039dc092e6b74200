"""What the owner prefers. Every value has a default that is safe and works."""

from dataclasses import dataclass
from enum import Enum


class ThemeChoice(Enum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class UpdateWish(Enum):
    """Whether newer versions are looked for; nobody is asked before the person has answered."""

    UNANSWERED = ""
    DAILY = "daily"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """Undo windows in seconds, 0 to 120. `remember_hat` starts a new post with the last hat (off: it has none).

    `keeps_counts`: whether it is counted what becomes of findings. The quiet trial (flows/trial.py) has four values:
    the day it began ("": there is none), the day it was last looked at, the days that have passed, and the number of
    the newest record when it began. Days are ISO 8601, UTC.
    `updates_looked_at`: when a newer version was last looked for by itself or on wish (ISO 8601, UTC; "": never).
    `brakes_at_night`: whether a heated post is offered a hold till morning from `late_from_h` to `late_until_h`, local.
    """

    welcomed: bool = False
    theme: ThemeChoice = ThemeChoice.SYSTEM
    undo_professional_s: int = 20
    undo_personal_s: int = 10
    remember_hat: bool = False
    last_hat: str = ""
    home_address: str = ""
    text_scale_percent: int = 100
    keeps_counts: bool = True
    trial_started_on: str = ""
    trial_seen_on: str = ""
    trial_days: int = 0
    trial_from_record: int = 0
    brakes_at_night: bool = True
    late_from_h: int = 22
    late_until_h: int = 6
    updates: UpdateWish = UpdateWish.UNANSWERED
    updates_looked_at: str = ""

    def undo_window_s(self, hat_value: str) -> int:
        """The undo window for a hat's value."""
        seconds = self.undo_professional_s if hat_value == "professional" else self.undo_personal_s
        return min(120, max(0, seconds))
