"""Accounts, and the targets of a post: always accounts of one identity, by type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, assert_never

from twohats.model.errors import MixedIdentities
from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class _AccountFields:
    """One login on one network. `settings` holds what the network needs and is not secret."""

    id: str
    network: str
    label: str
    handle: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonalAccount(_AccountFields):
    hat: ClassVar[Literal[Hat.PERSONAL]] = Hat.PERSONAL


@dataclass(frozen=True, slots=True)
class ProfessionalAccount(_AccountFields):
    hat: ClassVar[Literal[Hat.PROFESSIONAL]] = Hat.PROFESSIONAL


Account = PersonalAccount | ProfessionalAccount


@dataclass(frozen=True, slots=True)
class PersonalTargets:
    """Where one personal post goes."""

    accounts: tuple[PersonalAccount, ...]
    hat: ClassVar[Literal[Hat.PERSONAL]] = Hat.PERSONAL

    def __post_init__(self) -> None:
        _refuse_strangers(self.accounts, PersonalAccount)


@dataclass(frozen=True, slots=True)
class ProfessionalTargets:
    """Where one professional post goes."""

    accounts: tuple[ProfessionalAccount, ...]
    hat: ClassVar[Literal[Hat.PROFESSIONAL]] = Hat.PROFESSIONAL

    def __post_init__(self) -> None:
        _refuse_strangers(self.accounts, ProfessionalAccount)


Targets = PersonalTargets | ProfessionalTargets


def account_of(
    hat: Hat,
    *,
    id: str,
    network: str,
    label: str,
    handle: str = "",
    settings: Mapping[str, str] | None = None,
) -> Account:
    """An account of the given hat."""
    kind = PersonalAccount if hat is Hat.PERSONAL else ProfessionalAccount
    return kind(id=id, network=network, label=label, handle=handle, settings=dict(settings or {}))


def targets_of(hat: Hat, accounts: Iterable[Account]) -> Targets:
    """Targets of one hat. Raises MixedIdentities if any account belongs to the other."""
    chosen = tuple(accounts)
    match hat:
        case Hat.PERSONAL:
            personal = tuple(a for a in chosen if isinstance(a, PersonalAccount))
            _refuse_strangers(chosen, PersonalAccount)
            return PersonalTargets(personal)
        case Hat.PROFESSIONAL:
            professional = tuple(a for a in chosen if isinstance(a, ProfessionalAccount))
            _refuse_strangers(chosen, ProfessionalAccount)
            return ProfessionalTargets(professional)
        case _:
            assert_never(hat)


def _refuse_strangers(accounts: Iterable[object], kind: type) -> None:
    # Types are checked again at run time: rows from a database and plug-ins are not type-checked.
    if any(type(account) is not kind for account in accounts):
        raise MixedIdentities("mixed_identities")
