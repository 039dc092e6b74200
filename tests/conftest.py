"""What many tests ask for: a real store, and a real keyring away from the owner's."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from twohats.store.database import Store, fresh_key, open_store

if TYPE_CHECKING:
    from tests.servers.keyring_session import KeyringSession


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh encrypted store, in the folder `profile` of tmp_path."""
    opened = open_store(tmp_path / "profile", fresh_key())
    yield opened
    opened.close()


@pytest.fixture
def keyring_session() -> Iterator["KeyringSession"]:
    """A gnome-keyring of its own for one test, unlocked."""
    # Here, since what it needs is installed on Linux only.
    from tests.servers.keyring_session import KeyringSession

    with KeyringSession() as session:
        yield session
