"""The system's keyring when it is locked, gone, weak, or dies in the middle: against a real gnome-keyring."""

import gc
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import keyring
import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.SecretService import Keyring as SecretService
from tests.servers.keyring_session import KeyringSession

from twohats.model.errors import VaultError, VaultLocked, VaultMissing
from twohats.vault.keyring_vault import KeyringVault

LONG = "hazelnut-token " * 200
# keyring 25.7 leaves its D-Bus connection to the collector when the keyring does not open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def _collect_what_keyring_leaves() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def vault(keyring_session: KeyringSession) -> KeyringVault:
    return KeyringVault()


def test_a_locked_keyring_is_told_and_serves_again_once_it_is_open(
    keyring_session: KeyringSession, vault: KeyringVault
) -> None:
    vault.set("account-1", "hazel")
    keyring_session.lock()
    for call in (
        lambda: vault.get("account-1"),
        lambda: vault.set("account-1", "x"),
        lambda: vault.delete("account-1"),
    ):
        with pytest.raises(VaultLocked, match="keyring_locked"):
            call()
    keyring_session.kill_daemon()
    keyring_session.start_daemon()
    assert vault.get("account-1") == "hazel"


def test_a_keyring_that_was_killed_is_told_and_keeps_what_it_had(
    keyring_session: KeyringSession, vault: KeyringVault
) -> None:
    vault.set("account-1", LONG)
    keyring_session.kill_daemon()
    for call in (
        lambda: vault.get("account-1"),
        lambda: vault.set("account-1", "x"),
        lambda: vault.delete("account-1"),
    ):
        with pytest.raises(VaultMissing, match="keyring_missing"):
            call()
    keyring_session.start_daemon()
    assert vault.get("account-1") == LONG


def test_a_desktop_session_that_is_gone_is_told(keyring_session: KeyringSession, vault: KeyringVault) -> None:
    vault.set("account-1", "hazel")
    keyring_session.stop_bus()
    with pytest.raises(VaultMissing, match="keyring_missing"):
        vault.get("account-1")


def test_a_keyring_that_appears_later_is_found(
    keyring_session: KeyringSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    vault = KeyringVault()
    keyring_session.kill_daemon()
    with pytest.raises(VaultMissing, match="keyring_missing"):
        vault.get("account-1")
    keyring_session.start_daemon()
    assert vault.get("account-1") is None


def test_a_weak_backend_that_outbids_the_systems_keyring_is_passed_over(
    keyring_session: KeyringSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", null.Keyring())
    KeyringVault().set("account-1", "hazel")
    assert keyring_session.entries() == ["account-1"]


def test_no_entry_is_longer_than_windows_holds(keyring_session: KeyringSession, vault: KeyringVault) -> None:
    vault.set("account-1", "🔑" * 3000)
    entries = keyring_session.entries()
    kept = [SecretService().get_password("twohats", entry) for entry in entries]
    assert len(entries) > 5
    assert all(len(text.encode("utf-16-le")) <= 2560 for text in kept)


def test_nothing_is_left_behind(keyring_session: KeyringSession, vault: KeyringVault) -> None:
    vault.set("account-1", "x" * 5000)
    vault.set("account-1", "y" * 1500)
    assert keyring_session.entries() == ["account-1", "account-1/b0", "account-1/b1", "account-1/b2"]
    vault.set("account-1", "short")
    assert keyring_session.entries() == ["account-1"]
    vault.set("account-1", "x" * 5000)
    vault.delete("account-1")
    assert keyring_session.entries() == []


class Dying(SecretService):
    """The real keyring, behind a program that is cut off after a number of changes."""

    changes_left = 0

    def set_password(self, service: str, username: str, password: str) -> None:
        self._spend()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._spend()
        super().delete_password(service, username)

    def _spend(self) -> None:
        if self.changes_left == 0:
            raise KeyboardInterrupt
        self.changes_left -= 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("o" * 700, "n" * 1300, id="long over long"),
        pytest.param("old", "n" * 1300, id="long over short"),
        pytest.param("o" * 1300, "new", id="short over long"),
    ],
)
def test_wherever_a_program_is_cut_off_the_old_or_the_new_secret_is_there_and_no_mix(
    keyring_session: KeyringSession, old: str, new: str
) -> None:
    seen = set()
    for changes in range(12):
        KeyringVault().set("account-1", old)
        dying = Dying()
        dying.changes_left = changes
        try:
            KeyringVault(backend=lambda backend=dying: backend).set("account-1", new)
        except KeyboardInterrupt:
            after = KeyringVault().get("account-1")
            assert after in (old, new)
            seen.add(after)
        else:
            break
    assert KeyringVault().get("account-1") == new
    assert old in seen
    KeyringVault().delete("account-1")
    assert keyring_session.entries() == []


def test_a_program_cut_off_while_deleting_leaves_nothing_that_the_next_delete_does_not_find(
    keyring_session: KeyringSession,
) -> None:
    for changes in range(4):
        KeyringVault().set("account-1", "x" * 1500)
        dying = Dying()
        dying.changes_left = changes
        with pytest.raises(KeyboardInterrupt):
            KeyringVault(backend=lambda backend=dying: backend).delete("account-1")
        KeyringVault().delete("account-1")
        assert keyring_session.entries() == []


def test_a_part_that_somebody_changed_is_told(keyring_session: KeyringSession, vault: KeyringVault) -> None:
    vault.set("account-1", LONG)
    SecretService().set_password("twohats", "account-1/a1", "another")
    with pytest.raises(VaultError, match="keyring_secret_broken"):
        vault.get("account-1")
    SecretService().delete_password("twohats", "account-1/a1")
    with pytest.raises(VaultError, match="keyring_secret_broken"):
        vault.get("account-1")
    SecretService().set_password("twohats", "account-1", "parts:odd")
    with pytest.raises(VaultError, match="keyring_secret_broken"):
        vault.get("account-1")


def test_lanes_may_ask_at_once(vault: KeyringVault) -> None:
    secrets = {f"account-{number}": str(number) * 900 for number in range(4)}

    def work(name: str) -> bool:
        vault.set(name, secrets[name])
        return vault.get(name) == secrets[name]

    with ThreadPoolExecutor(4) as lanes:
        assert all(lanes.map(work, secrets))


def test_no_secret_is_logged_or_told(
    keyring_session: KeyringSession, vault: KeyringVault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    vault.set("account-1", LONG)
    keyring_session.kill_daemon()
    with pytest.raises(VaultError) as caught:
        vault.set("account-1", LONG)
    assert "hazelnut" not in f"{caught.value!r} {caught.value} {caught.value.facts} {vault!r}"
    assert "hazelnut" not in caplog.text
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_keyring_keeps_it_sealed_on_the_disk(keyring_session: KeyringSession, vault: KeyringVault) -> None:
    vault.set("account-1", LONG)
    files = keyring_session.files()
    assert any(path.suffix == ".keyring" for path in files)
    assert all(b"hazelnut" not in path.read_bytes() for path in files)


def test_a_vault_finds_its_backend_only_when_it_is_asked() -> None:
    def find() -> KeyringBackend:
        raise AssertionError("nobody asked")

    KeyringVault(backend=find)
