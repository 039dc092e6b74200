"""Identities, accounts, settings, and the policy: small things, read whole."""

import dataclasses
import json
from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from twohats.model.account import Account, account_of
from twohats.model.errors import MixedIdentities
from twohats.model.finding import Severity
from twohats.model.identity import Hat, Identity, fresh_identities
from twohats.model.policy import Allowance, Policy
from twohats.model.settings import Settings
from twohats.store.encoding import (
    allowance_json,
    allowance_of,
    identity_json,
    identity_of,
    read,
    text_map_json,
    text_map_of,
    written,
)
from twohats.store.tables import accounts, allowances, identities, settings, severities
from twohats.store.transactions import Database

_POLICY_VERSION = "policy_version"
_PREFERENCE = "preference."
_Value = TypeVar("_Value", bool, int, str)
_Choice = TypeVar("_Choice", bound=Enum)


class ProfileBook:
    """Meets ProfileStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def identities(self) -> tuple[Identity, Identity]:
        """Personal first. What was never saved is as in a fresh profile."""
        with self._database.reading() as connection:
            bodies = connection.execute(select(identities.c.body)).scalars().all()
        saved = {identity.hat: identity for identity in (identity_of(read(body)) for body in bodies)}
        personal, professional = fresh_identities()
        return saved.get(Hat.PERSONAL, personal), saved.get(Hat.PROFESSIONAL, professional)

    def save_identity(self, identity: Identity) -> None:
        """A new version of the policy, too: what stands on the card is allowed."""
        body = written(identity_json(identity))
        with self._database.writing() as connection:
            connection.execute(
                insert(identities)
                .values(hat=identity.hat.value, body=body)
                .on_conflict_do_update(["hat"], set_={"body": body})
            )
            _step_policy(connection)

    def accounts(self) -> Sequence[Account]:
        """In the order in which they were added."""
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.position)).all()
        return [
            account_of(
                Hat(row.hat),
                id=row.id,
                network=row.network,
                label=row.label,
                handle=row.handle,
                settings=text_map_of(read(row.settings)),
            )
            for row in rows
        ]

    def save_account(self, account: Account) -> None:
        """Adds or changes an account. Raises MixedIdentities if it is kept under the other hat: that never changes."""
        values = {
            "network": account.network,
            "label": account.label,
            "handle": account.handle,
            "settings": written(text_map_json(account.settings)),
        }
        with self._database.writing() as connection:
            hat = connection.execute(select(accounts.c.hat).where(accounts.c.id == account.id)).scalar_one_or_none()
            if hat not in (None, account.hat.value):
                raise MixedIdentities("mixed_identities")
            position = select(func.coalesce(func.max(accounts.c.position), 0) + 1).scalar_subquery()
            connection.execute(
                insert(accounts)
                .values(id=account.id, hat=account.hat.value, position=position, **values)
                .on_conflict_do_update(["id"], set_=values)
            )

    def delete_account(self, account_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(accounts).where(accounts.c.id == account_id))

    def settings(self) -> Settings:
        """What was never saved, or cannot be understood any more, has its default."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(settings.c.name, settings.c.value).where(settings.c.name.startswith(_PREFERENCE))
            ).all()
        saved = {row.name.removeprefix(_PREFERENCE): json.loads(row.value) for row in rows}
        default = Settings()
        return Settings(
            welcomed=_kept(saved, "welcomed", default.welcomed),
            theme=_choice(saved.get("theme"), default.theme),
            undo_professional_s=_kept(saved, "undo_professional_s", default.undo_professional_s),
            undo_personal_s=_kept(saved, "undo_personal_s", default.undo_personal_s),
            remember_hat=_kept(saved, "remember_hat", default.remember_hat),
            last_hat=_kept(saved, "last_hat", default.last_hat),
            home_address=_kept(saved, "home_address", default.home_address),
            text_scale_percent=_kept(saved, "text_scale_percent", default.text_scale_percent),
            keeps_counts=_kept(saved, "keeps_counts", default.keeps_counts),
            trial_started_on=_kept(saved, "trial_started_on", default.trial_started_on),
            trial_seen_on=_kept(saved, "trial_seen_on", default.trial_seen_on),
            trial_days=_kept(saved, "trial_days", default.trial_days),
            trial_from_record=_kept(saved, "trial_from_record", default.trial_from_record),
            brakes_at_night=_kept(saved, "brakes_at_night", default.brakes_at_night),
            late_from_h=_kept(saved, "late_from_h", default.late_from_h),
            late_until_h=_kept(saved, "late_until_h", default.late_until_h),
            updates=_choice(saved.get("updates"), default.updates),
            updates_looked_at=_kept(saved, "updates_looked_at", default.updates_looked_at),
        )

    def save_settings(self, chosen: Settings) -> None:
        with self._database.writing() as connection:
            if chosen.home_address != _home_address(connection):
                _step_policy(connection)
            for name, value in dataclasses.asdict(chosen).items():
                _put(connection, _PREFERENCE + name, value.value if isinstance(value, Enum) else value)

    def policy(self) -> Policy:
        with self._database.reading() as connection:
            bodies = connection.execute(select(allowances.c.body).order_by(allowances.c.position)).scalars().all()
            rows = connection.execute(select(severities)).all()
            home_address = _home_address(connection)
            version = _policy_version(connection)
        return Policy(
            allowances=tuple(allowance_of(read(body)) for body in bodies),
            severities={(row.rule, Hat(row.hat)): Severity(row.severity) for row in rows},
            home_address=home_address,
            version=version,
        )

    def add_allowance(self, allowance: Allowance) -> None:
        body = written(allowance_json(allowance))
        position = select(func.coalesce(func.max(allowances.c.position), 0) + 1).scalar_subquery()
        with self._database.writing() as connection:
            connection.execute(
                insert(allowances)
                .values(id=allowance.id, position=position, body=body)
                .on_conflict_do_update(["id"], set_={"body": body})
            )
            _step_policy(connection)

    def remove_allowance(self, allowance_id: str) -> None:
        with self._database.writing() as connection:
            if connection.execute(delete(allowances).where(allowances.c.id == allowance_id)).rowcount:
                _step_policy(connection)

    def set_severity(self, rule: str, hat: Hat, severity: Severity | None) -> None:
        """How loud a rule is under a hat; None gives it back its own."""
        with self._database.writing() as connection:
            connection.execute(delete(severities).where(severities.c.rule == rule, severities.c.hat == hat.value))
            if severity is not None:
                connection.execute(insert(severities).values(rule=rule, hat=hat.value, severity=severity.value))
            _step_policy(connection)


def _put(connection: Connection, name: str, value: object) -> None:
    text = written(value)
    connection.execute(
        insert(settings).values(name=name, value=text).on_conflict_do_update(["name"], set_={"value": text})
    )


def _home_address(connection: Connection) -> str:
    name = _PREFERENCE + "home_address"
    value = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar_one_or_none()
    return _kept({name: json.loads(value)} if value else {}, name, "")


def _policy_version(connection: Connection) -> int:
    value = connection.execute(select(settings.c.value).where(settings.c.name == _POLICY_VERSION)).scalar_one_or_none()
    return int(value) if value else 0


def _step_policy(connection: Connection) -> None:
    _put(connection, _POLICY_VERSION, _policy_version(connection) + 1)


def _kept(saved: dict[str, object], name: str, default: _Value) -> _Value:
    value = saved.get(name, default)
    return value if type(value) is type(default) else default


def _choice(value: object, default: _Choice) -> _Choice:
    return next((choice for choice in type(default) if choice.value == value), default)
