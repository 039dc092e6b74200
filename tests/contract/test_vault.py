"""What every vault does: the system's keyring (a real one) and the memory of one session."""

from collections.abc import Iterator

import pytest
from tests.servers.keyring_session import KeyringSession

from twohats.model.errors import BadInput
from twohats.model.ports import Vault
from twohats.vault.keyring_vault import KeyringVault, SessionVault


@pytest.fixture(params=["keyring", "session"])
def vault(request: pytest.FixtureRequest) -> Iterator[Vault]:
    if request.param == "session":
        yield SessionVault()
        return
    with KeyringSession():
        yield KeyringVault()


def test_what_was_never_set_is_none(vault: Vault) -> None:
    assert vault.get("account-1") is None


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("hazel", id="short"),
        pytest.param("x", id="one letter"),
        pytest.param("with spaces, \n lines and 🔑 emoji", id="any characters"),
        pytest.param("parts:a:3:abc", id="looks like a head of parts"),
        pytest.param("whole:", id="looks like a whole one"),
        pytest.param("a" * 594, id="the longest in one entry"),
        pytest.param("b" * 595, id="the shortest in two"),
        pytest.param("🔑" * 1800, id="long, of wide characters"),
        pytest.param("token" * 1000, id="5,000 characters"),
    ],
)
def test_a_secret_comes_back_exactly(vault: Vault, secret: str) -> None:
    vault.set("account-1", secret)
    assert vault.get("account-1") == secret


def test_names_do_not_touch_each_other(vault: Vault) -> None:
    for name in ("account-1", "account-11", "store-key"):
        vault.set(name, f"secret of {name}")
    vault.delete("account-11")
    assert vault.get("account-1") == "secret of account-1"
    assert vault.get("store-key") == "secret of store-key"
    assert vault.get("account-11") is None


def test_a_new_secret_takes_the_place_of_the_old_whatever_their_lengths(vault: Vault) -> None:
    for length in (10, 400, 160, 300, 5, 310, 310):
        secret = f"{length:04}" * length
        vault.set("account-1", secret)
        assert vault.get("account-1") == secret


def test_deleting_forgets_and_may_be_repeated(vault: Vault) -> None:
    vault.set("account-1", "x" * 3000)
    vault.delete("account-1")
    vault.delete("account-1")
    assert vault.get("account-1") is None


@pytest.mark.parametrize("secret", [pytest.param("a\x00b", id="NUL"), pytest.param("a\ud800", id="lone surrogate")])
def test_what_no_keyring_can_keep_is_refused(vault: Vault, secret: str) -> None:
    with pytest.raises(BadInput, match="secret_unreadable"):
        vault.set("account-1", secret)
    assert vault.get("account-1") is None
