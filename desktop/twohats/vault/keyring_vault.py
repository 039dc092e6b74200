"""Secrets in the operating system's keyring, and nowhere else; or, when a person says so, in memory until the end."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from typing import NoReturn

import keyring
import keyring.core
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.backends.chainer import ChainerBackend
from keyring.errors import PasswordDeleteError

from twohats.model.errors import BadInput, VaultError, VaultLocked, VaultMissing

# Backends that encrypt and belong to the operating system. All others are refused, whatever priority they claim:
# null, fail, chains, and the files of keyrings.alt.
_STRONG = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
# Of keyring, and of what lies under it and comes through: secretstorage, jeepney.
_LOCKED = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
_GONE = frozenset({"NoKeyringError", "SecretServiceNotAvailableException"})
# Windows keeps at most 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE, wincred.h), and keyring hands it UTF-16: 1,280
# units. 600 code points are at most 1,200 of them. The same on every system, so that there is one way to test.
_PART_LENGTH = 600
_WHOLE = "whole:"
_POINTER = re.compile("parts:(?P<generation>[ab]):(?P<count>[0-9]{1,4}):(?P<digest>[0-9a-f]{64})")
_GENERATIONS = ("a", "b")


class KeyringVault:
    """Meets Vault. May block while the system asks a person to unlock. Safe from any thread.

    `backend` is asked once, at the first call that it serves. Raises VaultMissing("keyring_missing") when there is no
    keyring and ("keyring_weak") when it is no keyring of the operating system, VaultLocked("keyring_locked") when it
    stays locked after the system was asked to unlock it, VaultError("keyring_failed") for what else goes wrong in it.

    A secret that is too long for one entry lies in numbered parts. New parts are written beside the old ones, then the
    entry that points at them: a crash in between leaves the old secret whole.
    """

    def __init__(self, service: str = "twohats", backend: Callable[[], KeyringBackend] | None = None) -> None:
        self._service = service
        self._find = backend or _found_backend
        self._found: KeyringBackend | None = None
        self._lock = threading.RLock()

    def get(self, name: str) -> str | None:
        with self._lock:
            # Twice: another process may have replaced the parts between two looks.
            for _ in range(2):
                head = self._read(name)
                if head is None:
                    return None
                secret = self._joined(name, head)
                if secret is not None:
                    return secret
        raise VaultError("keyring_secret_broken")

    def set(self, name: str, secret: str) -> None:
        _refuse_what_cannot_be_kept(secret)
        with self._lock:
            if len(secret) + len(_WHOLE) <= _PART_LENGTH:
                self._write(name, _WHOLE + secret)
                self._forget_parts(name, _GENERATIONS)
                return
            head = self._read(name)
            pointer = _POINTER.fullmatch(head) if head else None
            new, old = reversed(_GENERATIONS) if pointer and pointer["generation"] == "a" else _GENERATIONS
            parts = [secret[start : start + _PART_LENGTH] for start in range(0, len(secret), _PART_LENGTH)]
            for number, part in enumerate(parts):
                self._write(_part_name(name, new, number), part)
            self._write(name, f"parts:{new}:{len(parts)}:{_digest(secret)}")
            self._forget_parts(name, (new,), first=len(parts))
            self._forget_parts(name, (old,))

    def delete(self, name: str) -> None:
        with self._lock:
            self._remove(name)
            self._forget_parts(name, _GENERATIONS)

    def _joined(self, name: str, head: str) -> str | None:
        """The secret that an entry holds or points at; None when it does not fit its parts."""
        if head.startswith(_WHOLE):
            return head.removeprefix(_WHOLE)
        pointer = _POINTER.fullmatch(head)
        if pointer is None:
            return None
        parts = [self._read(_part_name(name, pointer["generation"], number)) for number in range(int(pointer["count"]))]
        secret = "".join(part for part in parts if part is not None)
        return secret if None not in parts and _digest(secret) == pointer["digest"] else None

    def _forget_parts(self, name: str, generations: tuple[str, ...], first: int = 0) -> None:
        """Removes the parts from number `first` on; the last goes first, so that a crash leaves none out of reach."""
        for generation in generations:
            left = [_part_name(name, generation, number) for number in self._numbers(name, generation, first)]
            for entry in reversed(left):
                self._remove(entry)

    def _numbers(self, name: str, generation: str, first: int) -> Iterator[int]:
        number = first
        while self._read(_part_name(name, generation, number)) is not None:
            yield number
            number += 1

    def _read(self, entry: str) -> str | None:
        try:
            return self._backend().get_password(self._service, entry)
        except Exception as problem:  # each backend lets the errors of its own system through
            _tell(problem)

    def _write(self, entry: str, text: str) -> None:
        try:
            self._backend().set_password(self._service, entry, text)
        except Exception as problem:  # each backend lets the errors of its own system through
            _tell(problem)

    def _remove(self, entry: str) -> None:
        try:
            self._backend().delete_password(self._service, entry)
        except PasswordDeleteError:
            return  # it was not there
        except Exception as problem:  # each backend lets the errors of its own system through
            _tell(problem)

    def _backend(self) -> KeyringBackend:
        if self._found is None:
            backend = _strongest(self._find())
            if backend is None:
                raise VaultMissing("keyring_weak")
            self._found = backend
        return self._found


class SessionVault:
    """Meets Vault. Forgets everything when the program ends; never a file."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        _refuse_what_cannot_be_kept(secret)
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)


def is_strong(backend: KeyringBackend) -> bool:
    """Whether it is one of the operating systems' own encrypted keyrings."""
    return any(f"{kind.__module__}.{kind.__qualname__}" in _STRONG for kind in type(backend).__mro__)


def _found_backend() -> KeyringBackend:
    """What the owner configured for keyring; else what keyring chose, if that is strong; else the first strong one.

    Keyring chooses by the priority that backends give themselves, and remembers that it found none even after one
    appeared.
    """
    chosen = keyring.get_keyring()
    if is_strong(chosen) or keyring.core.load_env() or keyring.core.load_config():
        return chosen
    for name in _STRONG:
        try:
            return keyring.core.load_keyring(name)
        except Exception:  # noqa: S112 - each backend has its own ways to say that it is not of this system
            continue
    return chosen


def _strongest(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend itself, or the best strong one of a chain: a chain may write to any of its links."""
    if isinstance(backend, fail.Keyring):
        raise VaultMissing("keyring_missing")
    if isinstance(backend, ChainerBackend):
        return next((link for link in backend.backends if is_strong(link)), None)
    return backend if is_strong(backend) else None


def _tell(problem: Exception) -> NoReturn:
    """Raises ours for theirs. Without theirs beneath it: its text is not known to be free of secrets."""
    if isinstance(problem, VaultError):
        raise problem
    causes = (problem, problem.__cause__)
    if any(type(cause).__name__ in _LOCKED for cause in causes):
        raise VaultLocked("keyring_locked") from None
    if any(type(cause).__name__ in _GONE or isinstance(cause, (OSError, EOFError)) for cause in causes):
        raise VaultMissing("keyring_missing") from None
    raise VaultError("keyring_failed", kind=type(problem).__name__) from None


def _refuse_what_cannot_be_kept(secret: str) -> None:
    """Keyrings keep UTF-8 or UTF-16 text: no lone surrogates. NUL would end a secret early in some."""
    try:
        secret.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput("secret_unreadable") from None
    if "\x00" in secret:
        raise BadInput("secret_unreadable")


def _part_name(name: str, generation: str, number: int) -> str:
    return f"{name}/{generation}{number}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
