"""A profile to measure with: welcomed, in a folder of its own, its key beside it instead of in the owner's keyring."""

from dataclasses import replace
from pathlib import Path

from twohats.app import open_house
from twohats.store.key import SECRET_NAME
from twohats.vault.keyring_vault import SessionVault

_KEY_FILE = "key-of-the-bench.txt"


def make_profile(folder: Path) -> None:
    """A fresh profile that has been through the welcome."""
    vault = SessionVault()
    house = open_house(folder, vault)
    try:
        profile = house.services.profile
        profile.save_settings(replace(profile.settings(), welcomed=True))
    finally:
        house.close()
    (folder / _KEY_FILE).write_text(vault.get(SECRET_NAME) or "", encoding="ascii")


def vault_of(folder: Path) -> SessionVault:
    """A vault that opens the profile."""
    vault = SessionVault()
    vault.set(SECRET_NAME, (folder / _KEY_FILE).read_text(encoding="ascii"))
    return vault
