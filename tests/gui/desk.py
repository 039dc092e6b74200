"""A whole bridge over a real store, as the window has it, for tests of single pages."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from twohats.app import make_services
from twohats.boundary.check import make_checker
from twohats.boundary.policy import rule_book
from twohats.bridge.courtesy import Courtesy
from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.pump import Pump
from twohats.bridge.services import Services
from twohats.bridge.session import Session
from twohats.bridge.tasks import Tasks
from twohats.flows.review import Verdict
from twohats.gui.theme import Theme
from twohats.model.approval import Answer
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.model.settings import ThemeChoice
from twohats.store.database import Store
from twohats.vault.keyring_vault import SessionVault


@dataclass(frozen=True, slots=True)
class Desk:
    """`opened` collects the addresses that the system's browser was asked to open."""

    qtbot: QtBot
    theme: Theme
    services: Services
    owner: Owner
    library: Library
    session: Session
    pump: Pump
    folder: Path
    opened: list[str]
    shown: list[QWidget] = field(default_factory=list)

    def show(self, widget: QWidget, width: int = 1000, height: int = 800) -> None:
        """Shows it, and keeps it to the end as the window does: a page that only its own buttons still knew would go
        while Qt takes such a button apart."""
        self.shown.append(widget)
        self.qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        self.qtbot.waitExposed(widget)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=30_000)

    def add_folders(self) -> None:
        """A blog folder for each hat."""
        for hat in Hat:
            self.owner.add_folder(hat, str(self.folder / hat.value), "plain")

    def write(self, hat: Hat, title: str, text: str) -> None:
        """A new draft on the desk, with every account of the hat ticked."""
        self.session.new_draft()
        self.session.choose_hat(hat)
        for account in self.owner.accounts(hat):
            self.session.tick(account.id, True)
        self.session.edit_title(title)
        self.session.edit_text(text)

    def post(self, hat: Hat, title: str, text: str, window_s: int = 0, pictures: Sequence[bytes] = ()) -> str:
        """Writes and posts, answering whatever is asked; waits until it stands in the records. Gives the post's id."""
        settings = self.owner.settings
        self.owner.save_settings(replace(settings, undo_professional_s=window_s, undo_personal_s=window_s))
        before = self.library.counts().records
        self.write(hat, title, text)
        for number, data in enumerate(pictures, start=1):
            self.session.add_picture_bytes(data, f"{number}.jpg")
            self.wait_for(lambda number=number: len(self.session.draft.media) == number)

        def answer(verdict: Verdict) -> None:
            self.session.post_with(tuple(Answer(f, rule_book()[f.rule].answers[0]) for f in verdict.open_findings))

        self.session.gate_opened.connect(answer)
        self.session.ask_to_post()
        self.wait_for(lambda: self.library.counts().records > before and not self.session.is_busy)
        self.session.gate_opened.disconnect(answer)
        return self.library.records(limit=1)[0].post_id

    def wait_for_state(self, post_id: str, state: DeliveryState) -> Delivery:
        """Waits until every delivery of a post stands so; gives the first."""
        self.wait_for(lambda: all(d.state is state for d in self.library.deliveries(post_id)))
        return self.library.deliveries(post_id)[0]


@contextmanager
def open_desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    """Makes it, and takes it apart in order."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    services = make_services(store, SessionVault(), make_checker(), lambda: datetime.now(UTC), Courtesy(), tmp_path)
    tasks = Tasks()
    crashes: list[BaseException] = []
    tasks.crashed.connect(crashes.append)
    theme = Theme(ThemeChoice.LIGHT)
    theme.apply(application)
    opened: list[str] = []
    owner = Owner(services, tasks, opened.append)
    library = Library(services, tasks)
    session = Session(services, owner, tasks)
    pump = Pump(services, library, tasks)
    pump.follow(session)
    session.saved.connect(library.tell_drafts_changed)
    session.queued.connect(library.tell_queue_changed)
    pump.start()
    yield Desk(qtbot, theme, services, owner, library, session, pump, tmp_path / "blog", opened)
    tasks.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not crashes
