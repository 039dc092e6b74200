"""`twohats forget --data`: the profile, its key and its log-ins go; nothing of it while a window holds them."""

from pathlib import Path

import pytest
from tests.servers.keyring_session import KeyringSession

from twohats.app import hold_alone, open_house
from twohats.cli import run
from twohats.flows.logins import secret_name
from twohats.model.account import account_of
from twohats.model.identity import Hat
from twohats.store.key import FILE_NAME, SECRET_NAME
from twohats.vault.keyring_vault import KeyringVault

ACCOUNT = account_of(Hat.PERSONAL, id="a1", network="mastodon", label="Mara", settings={})
ENTRIES = (SECRET_NAME, secret_name("a1"))


@pytest.fixture
def profile(tmp_path: Path, keyring_session: KeyringSession) -> Path:
    folder = tmp_path / "profile"
    house = open_house(folder)
    house.services.profile.save_account(ACCOUNT)
    house.close()
    KeyringVault().set(secret_name("a1"), "a token")
    return folder


def test_data_key_and_log_ins_are_gone(profile: Path) -> None:
    assert all(KeyringVault().get(name) for name in ENTRIES)

    assert run(["forget", "--data", "--home", str(profile)]) == 0

    assert not profile.exists()
    assert [KeyringVault().get(name) for name in ENTRIES] == [None, None]


def test_without_the_word_the_data_stays(profile: Path) -> None:
    assert run(["forget", "--home", str(profile)]) == 0

    assert (profile / FILE_NAME).exists()
    assert all(KeyringVault().get(name) for name in ENTRIES)


def test_what_a_window_holds_is_left_alone(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hold_alone(profile) as is_alone:
        assert is_alone
        assert run(["forget", "--data", "--home", str(profile)]) == 1

    assert "Close it" in capsys.readouterr().out
    assert (profile / FILE_NAME).exists()
    assert all(KeyringVault().get(name) for name in ENTRIES)


def test_a_store_that_cannot_be_read_goes_too(profile: Path) -> None:
    (profile / FILE_NAME).write_bytes(b"no store at all")

    assert run(["forget", "--data", "--home", str(profile)]) == 0

    assert not profile.exists()
    assert KeyringVault().get(SECRET_NAME) is None


def test_where_nothing_is_there_is_nothing_to_forget(tmp_path: Path) -> None:
    assert run(["forget", "--data", "--home", str(tmp_path / "nobody")]) == 0
