"""What the owner prefers. Every value has a default that is safe and works."""

from dataclasses import dataclass
from enum import Enum


class ThemeChoice(Enum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """Undo windows in seconds, 0 to 120. `remember_hat` starts a new post with the last hat (off: it has none)."""

    welcomed: bool = False
    theme: ThemeChoice = ThemeChoice.SYSTEM
    undo_professional_s: int = 20
    undo_personal_s: int = 10
    remember_hat: bool = False
    last_hat: str = ""
    home_address: str = ""
    text_scale_percent: int = 100

    def undo_window_s(self, hat_value: str) -> int:
        """The undo window for a hat's value."""
        seconds = self.undo_professional_s if hat_value == "professional" else self.undo_personal_s
        return min(120, max(0, seconds))
