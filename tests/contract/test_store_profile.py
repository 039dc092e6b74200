"""Identities, accounts, settings and policy in a real encrypted store."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twohats.model.account import account_of
from twohats.model.errors import MixedIdentities
from twohats.model.finding import Severity
from twohats.model.identity import Hat, ProfessionalCard, fresh_identities
from twohats.model.policy import Allowance, Policy, Scope
from twohats.model.settings import Settings, ThemeChoice, UpdateWish
from twohats.store.database import Store, fresh_key, open_store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALLOWANCE = Allowance("a1", Scope.WORDING, "S1", Hat.PROFESSIONAL, "my wife", NOON, reason="meant")


def test_a_fresh_profile_has_exactly_the_two_identities(store: Store) -> None:
    assert store.profile.identities() == fresh_identities()
    assert store.profile.accounts() == []
    assert store.profile.settings() == Settings()
    assert store.profile.policy() == Policy()


def test_an_identity_is_saved_under_its_hat(store: Store) -> None:
    personal, professional = fresh_identities()
    named = replace(professional, name="Robin Vale", credentials="PhD", card=ProfessionalCard(phone="555 0100"))
    store.profile.save_identity(named)
    store.profile.save_identity(named)
    assert store.profile.identities() == (personal, named)


def test_accounts_keep_their_order_and_change_in_place(store: Store) -> None:
    site = account_of(Hat.PROFESSIONAL, id="z", network="wordpress", label="Site", settings={"url": "https://x.test"})
    diary = account_of(Hat.PERSONAL, id="a", network="folder", label="Diary", handle="me")
    store.profile.save_account(site)
    store.profile.save_account(diary)
    renamed = replace(site, label="The site")
    store.profile.save_account(renamed)
    assert store.profile.accounts() == [renamed, diary]
    assert [type(account) for account in store.profile.accounts()] == [type(site), type(diary)]
    store.profile.delete_account("z")
    store.profile.delete_account("z")
    assert store.profile.accounts() == [diary]


def test_an_account_never_changes_its_hat(store: Store) -> None:
    store.profile.save_account(account_of(Hat.PERSONAL, id="a", network="folder", label="Diary"))
    with pytest.raises(MixedIdentities):
        store.profile.save_account(account_of(Hat.PROFESSIONAL, id="a", network="folder", label="Diary"))
    assert [account.hat for account in store.profile.accounts()] == [Hat.PERSONAL]


def test_settings_outlive_the_program(tmp_path: Path) -> None:
    key = fresh_key()
    chosen = Settings(
        welcomed=True,
        theme=ThemeChoice.DARK,
        undo_professional_s=45,
        undo_personal_s=0,
        remember_hat=True,
        last_hat="personal",
        home_address="1 Invented Lane",
        text_scale_percent=150,
        updates=UpdateWish.DAILY,
        updates_looked_at="2026-11-23T09:30:00+00:00",
    )
    first = open_store(tmp_path, key)
    first.profile.save_settings(chosen)
    first.close()
    second = open_store(tmp_path, key)
    assert second.profile.settings() == chosen
    second.close()


def test_a_setting_that_cannot_be_understood_takes_its_default(store: Store) -> None:
    store.profile.save_settings(Settings(undo_personal_s=33))
    with store._database.writing() as connection:
        for name, value in (("theme", '"sepia"'), ("undo_professional_s", '"soon"'), ("invented", "1")):
            connection.exec_driver_sql(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (f"preference.{name}", value),
            )
    assert store.profile.settings() == Settings(undo_personal_s=33)


def test_every_change_of_the_policy_gives_it_a_new_version(store: Store) -> None:
    profile = store.profile
    versions = [profile.policy().version]
    profile.add_allowance(ALLOWANCE)
    versions.append(profile.policy().version)
    profile.set_severity("S1", Hat.PROFESSIONAL, Severity.NOTE)
    versions.append(profile.policy().version)
    assert profile.policy() == Policy((ALLOWANCE,), {("S1", Hat.PROFESSIONAL): Severity.NOTE}, version=versions[-1])
    profile.set_severity("S1", Hat.PROFESSIONAL, None)
    versions.append(profile.policy().version)
    profile.remove_allowance("a1")
    versions.append(profile.policy().version)
    profile.save_settings(Settings(home_address="1 Invented Lane"))
    versions.append(profile.policy().version)
    profile.save_settings(Settings())
    versions.append(profile.policy().version)
    assert versions == sorted(set(versions))
    assert profile.policy() == Policy(version=versions[-1])


def test_the_policy_knows_the_home_address_and_only_its_change_makes_a_new_version(store: Store) -> None:
    store.profile.save_settings(Settings(home_address="1 Invented Lane"))
    first = store.profile.policy()
    assert first.home_address == "1 Invented Lane"
    store.profile.save_settings(Settings(home_address="1 Invented Lane", welcomed=True))
    assert store.profile.policy() == first


def test_a_changed_card_gives_the_policy_a_new_version(store: Store) -> None:
    before = store.profile.policy().version
    store.profile.save_identity(fresh_identities()[1])
    assert store.profile.policy().version == before + 1


def test_removing_what_is_not_there_changes_nothing(store: Store) -> None:
    store.profile.add_allowance(ALLOWANCE)
    before = store.profile.policy()
    store.profile.remove_allowance("nobody")
    assert store.profile.policy() == before
