"""The card of updates: asked, found, fetched, ready, refused; the quiet notice; and a copy that comes from a store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.releases import Publisher
from tests.gallery.one_post import wait_for

from twohats.bridge.owner import Owner
from twohats.bridge.updates import Stage
from twohats.gui.main_window import MainWindow
from twohats.gui.settings.page import SettingsPage
from twohats.gui.widgets.frames import bring_into_view
from twohats.model.update import Channel

Shoot = Callable[[str, tuple[int, int]], None]
_SIZES = (("", (1280, 800)), ("-small", (960, 600)))


@contextmanager
def publishing(folder: Path) -> Iterator[Publisher]:
    """A newer version on a server of this computer."""
    with BadServer() as server:
        publisher = Publisher(server, folder / "built", now=datetime.now(UTC))
        publisher.publish("9.1.0")
        yield publisher


def walk(window: MainWindow, owner: Owner, publisher: Publisher, shoot_at: Shoot) -> None:
    """Leaves the settings open, and updates switched on."""
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    card, updates = page.updates, owner.updates
    window.show_page("settings")

    def shoot(name: str) -> None:
        for ending, size in _SIZES:
            window.resize(*size)
            wait_for(lambda size=size: window.width() == size[0])
            bring_into_view(card)
            shoot_at(name + ending, size)

    shoot("settings-updates")
    card.yes_button.click()
    wait_for(lambda: updates.stage is Stage.QUIET and updates.found is not None)
    shoot("settings-updates-newer")
    updates.stage, updates.so_far = Stage.FETCHING, (17_300_000, 71_900_000)
    updates.changed.emit()
    shoot("settings-updates-fetching")
    updates.stage = Stage.QUIET
    updates.changed.emit()
    card.fetch_button.click()
    wait_for(lambda: updates.stage is Stage.READY)
    shoot("settings-updates-ready")
    publisher.server.tell("GET", "feed.json.sig", Reply(body=b"QUJD"))
    card.look_button.click()
    wait_for(lambda: updates.problem is not None)
    shoot("settings-updates-refused")
    window.show_page("compose")
    window.banner.hide()
    updates.newer_found.emit("9.1.0")
    for ending, size in _SIZES:
        shoot_at(f"desk-newer{ending}", size)
    window.banner.hide()
    updates.not_put_in.emit("9.1.0")
    for ending, size in _SIZES:
        shoot_at(f"desk-not-put-in{ending}", size)
    window.banner.hide()
    window.show_page("settings")
    updates._services.updates.channel, updates.problem = Channel.DEB, None
    updates.changed.emit()
    shoot("settings-updates-deb")
    updates._services.updates.channel = Channel.SETUP
