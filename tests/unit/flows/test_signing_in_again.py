"""An account that signs in anew stays the one that drafts know, and need not be told what the keyring holds."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image
from tests.fakes.browsers import AnyBrowser
from tests.fakes.networks import PretendNetwork

from twohats.boundary.pictures import portrait
from twohats.flows.accounts import Accounts
from twohats.flows.logins import Logins, secret_name
from twohats.model.account import Account
from twohats.model.identity import Hat
from twohats.model.ports import Ask, Grant, Profile, Way
from twohats.store.database import Store
from twohats.vault.keyring_vault import SessionVault

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKS = (Ask("client_id"), Ask("client_secret", is_secret=True))


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    return out.getvalue()


class Place:
    """Accounts over a real store, with one network that plays along."""

    def __init__(self, store: Store) -> None:
        self.network = PretendNetwork("linkedin", (Way("own_app", ASKS),), more_secrets=("client_secret", "refresh"))
        self.vault = SessionVault()
        networks = {"linkedin": self.network}
        logins = Logins(store.profile, networks, lambda: self.vault, lambda: NOW)
        self.accounts = Accounts(store.profile, networks, logins, lambda: "account-1", portrait)
        self.store = store

    def connect(self, instead_of: Account | None = None, **given: str) -> Account:
        (grant,) = self.accounts.connect("linkedin", "own_app", given, AnyBrowser(), instead_of)
        return self.accounts.confirm(self.accounts.look(Hat.PROFESSIONAL, "linkedin", grant, instead_of))


@pytest.fixture
def place(store: Store) -> Place:
    made = Place(store)
    made.network.grants = (
        Grant(
            settings={"client_id": "86", "expires_at": "2027-01-21T12:00:00+00:00"},
            secret="first",
            more={"client_secret": "WPL", "refresh": ""},
        ),
    )
    return made


def test_what_the_keyring_holds_stands_in_for_what_was_left_empty(place: Place) -> None:
    account = place.connect(client_id="86", client_secret="WPL")
    place.connect(account, client_id="86", client_secret="")
    assert place.network.given[-1] == {"client_id": "86", "client_secret": "WPL"}


def test_what_was_typed_counts_before_what_was_kept(place: Place) -> None:
    account = place.connect(client_id="86", client_secret="WPL")
    place.connect(account, client_id="86", client_secret="fresh")
    assert place.network.given[-1]["client_secret"] == "fresh"


def test_nothing_is_handed_over_that_was_not_asked_for(place: Place) -> None:
    account = place.connect(client_id="86", client_secret="WPL")
    place.vault.set(secret_name(account.id, "refresh"), "kept")
    place.connect(account, client_id="86", client_secret="")
    assert "refresh" not in place.network.given[-1]


def test_a_new_account_gets_nothing_from_the_keyring(place: Place) -> None:
    place.connect(client_id="86", client_secret="WPL")
    place.connect(client_id="86", client_secret="")
    assert place.network.given[-1]["client_secret"] == ""


def test_it_keeps_its_id_its_name_and_what_the_person_has_set(place: Place) -> None:
    account = place.connect(client_id="86")
    chosen = replace(account, label="Practice", settings={**account.settings, "audience": "CONNECTIONS"})
    place.store.profile.save_account(chosen)
    place.network.grants = (Grant(settings={"client_id": "86"}, secret="second"),)
    again = place.connect(chosen, client_id="86")
    assert (again.id, again.label) == (account.id, "Practice")
    assert again.settings["audience"] == "CONNECTIONS"
    assert "expires_at" not in again.settings


def test_somebody_else_inherits_only_who_may_read(place: Place) -> None:
    account = place.connect(client_id="86")
    chosen = replace(account, settings={**account.settings, "audience": "CONNECTIONS", "member": "1"})
    place.network.profile = Profile("Jamie L.", "@jamie")
    assert dict(place.connect(chosen).settings) == {
        "audience": "CONNECTIONS",
        "client_id": "86",
        "expires_at": "2027-01-21T12:00:00+00:00",
    }


def test_the_portrait_is_kept_small_with_the_account(place: Place) -> None:
    place.network.profile = Profile("Dr A. Lee", "@alee", picture=_picture())
    kept = place.connect(client_id="86").settings["portrait"]
    assert 0 < len(kept) < 20_000
