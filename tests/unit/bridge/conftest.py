"""The desk without its window: a real profile in a temporary folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from twohats.app import House, open_house
from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.pump import Pump
from twohats.bridge.session import Session
from twohats.bridge.tasks import Tasks
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault


@dataclass
class Desk:
    house: House
    owner: Owner
    library: Library
    session: Session
    pump: Pump
    folder: Path


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    house = open_house(tmp_path / "profile", SessionVault())
    house.services.accounts.add_folder(Hat.PERSONAL, tmp_path / "home", "jekyll")
    house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")
    tasks = Tasks()
    owner = Owner(house.services, tasks, lambda url: None)
    library = Library(house.services, tasks)
    session = Session(house.services, owner, tasks)
    pump = Pump(house.services, library, tasks)
    pump.follow(session)
    pump.start()
    session.new_draft()
    yield Desk(house, owner, library, session, pump, tmp_path)
    tasks.close()
    house.close()
