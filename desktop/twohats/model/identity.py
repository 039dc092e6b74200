"""The two identities ("hats") and what each one says of its owner."""

from dataclasses import dataclass, field
from enum import Enum


class Hat(Enum):
    PERSONAL = "personal"
    PROFESSIONAL = "professional"

    @property
    def other(self) -> "Hat":
        return Hat.PROFESSIONAL if self is Hat.PERSONAL else Hat.PERSONAL


@dataclass(frozen=True, slots=True)
class ProfessionalCard:
    """What the owner has chosen to say in public as a professional.

    Every value is an exact-match allowance for the check, and material for suggestions
    (the office line in place of a private number).
    """

    practice: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    licence: str = ""
    disclaimer: str = ""

    def values(self) -> tuple[str, ...]:
        """The values that are filled in, in no particular order."""
        fields = (
            self.practice,
            self.address,
            self.phone,
            self.email,
            self.website,
            self.licence,
            self.disclaimer,
        )
        return tuple(value for value in fields if value.strip())


@dataclass(frozen=True, slots=True)
class Identity:
    """One hat: who it posts as. `accent` and `icon` are names of theme tokens and of icons."""

    hat: Hat
    name: str
    credentials: str = ""
    accent: str = ""
    icon: str = ""
    card: ProfessionalCard = field(default_factory=ProfessionalCard)

    @property
    def display_name(self) -> str:
        """The name with credentials: "Dr A. Lee, PhD"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


def fresh_identities() -> tuple[Identity, Identity]:
    """The two identities of a fresh profile, Personal first."""
    return (
        Identity(Hat.PERSONAL, "Me", accent="personal", icon="house"),
        Identity(Hat.PROFESSIONAL, "My practice", accent="professional", icon="badge"),
    )
