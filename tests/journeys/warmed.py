"""What the program loads and builds before it can post, done once: lives begin as forks of this process."""

import tempfile
from pathlib import Path

import tests.journeys.living  # noqa: F401 - what a life needs is loaded here

from twohats.app import _warm, open_house
from twohats.vault.keyring_vault import SessionVault


def _build() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(Path(folder), SessionVault())
        _warm(house.services)
        house.close()


_build()
