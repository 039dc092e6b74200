"""The key of the store: 32 random bytes, made once, kept in the vault and nowhere else."""

import secrets
from pathlib import Path

from twohats.model.errors import StoreFull, StoreUnreadable
from twohats.model.ports import Vault
from twohats.store.file_lock import locked

FILE_NAME = "twohats.db"
LOCK_NAME = "twohats.lock"
SECRET_NAME = "store-key"  # noqa: S105 - its name in the vault


def fresh_key() -> str:
    """32 random bytes in hex."""
    return secrets.token_hex(32)


def key_for(folder: Path, vault: Vault) -> str:
    """The key from the vault; made and kept there if neither it nor the store's file exists yet.

    Raises VaultError, and StoreUnreadable("store_key_missing") when the file is there and its key is not.
    """
    kept = vault.get(SECRET_NAME)
    if kept:
        return kept
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(folder / LOCK_NAME):
            return _made_once(folder, vault)
    except OSError as problem:
        raise StoreFull("store_not_writable", errno=problem.errno or 0) from None


def _made_once(folder: Path, vault: Vault) -> str:
    # Asked again under the lock: two first starts at once must not make two keys.
    kept = vault.get(SECRET_NAME)
    if kept:
        return kept
    if (folder / FILE_NAME).exists():
        raise StoreUnreadable("store_key_missing")
    key = fresh_key()
    vault.set(SECRET_NAME, key)
    return key
