"""Only the operating system's own keyring will do."""

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, kwallet, libsecret, macOS, null
from keyring.backends.SecretService import Keyring as SecretService
from keyring.backends.Windows import WinVaultKeyring

from twohats.model.errors import VaultMissing
from twohats.vault.keyring_vault import KeyringVault, is_strong


class PlaintextKeyring(KeyringBackend):
    """As keyrings.alt.file: a file that anybody reads, with a priority of its own choosing."""

    priority = 99

    def __init__(self) -> None:
        super().__init__()
        self.file: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.file.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.file[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.file[service, username]


class Chain(chainer.ChainerBackend):
    """A chain of given links."""

    backends: tuple[KeyringBackend, ...] = ()


def chain(*links: KeyringBackend) -> Chain:
    made = Chain()
    made.backends = links
    return made


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=f"{kind.__module__}.{kind.__qualname__}")
        for kind in (
            SecretService,
            libsecret.Keyring,
            kwallet.DBusKeyring,
            kwallet.DBusKeyringKWallet4,
            WinVaultKeyring,
            macOS.Keyring,
        )
    ],
)
def test_the_systems_own_keyrings_are_strong(kind: type[KeyringBackend]) -> None:
    # Without __init__: on this system most of them cannot start.
    assert is_strong(kind.__new__(kind))


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        pytest.param(null.Keyring(), "keyring_weak", id="null"),
        pytest.param(fail.Keyring(), "keyring_missing", id="none found"),
        pytest.param(PlaintextKeyring(), "keyring_weak", id="a file with the highest priority"),
        pytest.param(chain(PlaintextKeyring(), null.Keyring()), "keyring_weak", id="a chain of weak ones"),
        pytest.param(chain(), "keyring_weak", id="an empty chain"),
    ],
)
def test_a_weak_keyring_is_refused_and_gets_nothing(backend: KeyringBackend, code: str) -> None:
    vault = KeyringVault(backend=lambda: backend)
    for call in (lambda: vault.set("a", "hazel"), lambda: vault.get("a"), lambda: vault.delete("a")):
        with pytest.raises(VaultMissing, match=code):
            call()
    assert getattr(backend, "file", {}) == {}


def test_what_the_owner_configured_is_asked_first_and_refused_when_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    with pytest.raises(VaultMissing, match="keyring_weak"):
        KeyringVault().get("a")
