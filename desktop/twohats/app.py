"""The composition root: makes every object once, in order. Qt is loaded only when a window is wanted."""

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.boundary.policy import answers_for
from twohats.boundary.recent_posts import CheckerWithRecords
from twohats.boundary.tagger.loading import load
from twohats.model.errors import BadInput, StoreError, StoreFull, TwoHatsError
from twohats.model.policy import Policy
from twohats.model.ports import Checker, Vault
from twohats.model.restored import Restored

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from twohats.bridge.courtesy import Courtesy
    from twohats.bridge.library import Library
    from twohats.bridge.owner import Owner
    from twohats.bridge.rescans import Rescans
    from twohats.bridge.services import Services
    from twohats.bridge.upkeep import Upkeep
    from twohats.flows.updates import Updates
    from twohats.gui.first_window import FirstWindow
    from twohats.gui.main_window import MainWindow
    from twohats.gui.wishes import Wishes
    from twohats.model.wish import Wish
    from twohats.networks.link_card import FetchedCard
    from twohats.store.database import Store
    from twohats.store.file_lock import Claim


_SENDER_LOCK = "sender.lock"
_WINDOW_LOCK = "window.lock"
_SWITCH_INTERVAL_S = 0.0005  # a key waits no longer than this for a thread that works, then Courtesy holds the thread
_PRELOAD_AFTER_MS = 30  # once what stands in has been painted


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a profile needs, opened. `folder` is where the store lies; who holds `sender` sends for it.
    `restored`: the store was damaged, and put back from a copy just now."""

    services: "Services"
    store: "Store"
    folder: Path
    sender: "Claim"
    boundary: BoundaryChecker
    restored: Restored | None = None

    def load_tagger(self) -> bool:
        """Lets the tagger read beside the rules from now on; takes some tenths of a second. False when it cannot be
        loaded: the rules go on alone, and every result says so."""
        self.boundary.tagger = load()
        return self.boundary.tagger is not None

    def close(self) -> None:
        self.sender.give_back()
        self.store.close()


def data_folder() -> Path:
    """Where the owner's data lies: TWOHATS_HOME if set (tests, portable use), else the system's usual place."""
    chosen = os.environ.get("TWOHATS_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("TwoHats", appauthor=False, roaming=False))


def has_profile(folder: Path | None = None) -> bool:
    """Whether there is a store to open."""
    from twohats.store.key import FILE_NAME

    return ((folder or data_folder()) / FILE_NAME).exists()


def open_house(
    folder: Path | None = None,
    vault: Vault | None = None,
    clock: Callable[[], datetime] | None = None,
    *,
    may_restore: bool = False,
    updates: "Updates | None" = None,
) -> House:
    """Opens vault and store, and makes what works on them. `may_restore`: a damaged store is put back from its newest
    good copy; only for who holds the window lock. `updates` None: those of the program's own feed and keys.

    Raises VaultError when the keyring is missing or locked, StoreError when the store cannot be opened; nothing is
    changed on disk then.
    """
    from twohats.bridge.courtesy import Courtesy
    from twohats.store.database import open_store
    from twohats.store.file_lock import Claim
    from twohats.store.key import key_for

    folder = folder or data_folder()
    if vault is None:
        from twohats.vault.keyring_vault import KeyringVault

        vault = KeyringVault()
    clock = clock or _now
    key = key_for(folder, vault)
    restored = None
    if may_restore:
        from twohats.store.restoring import open_or_restore

        store, restored = open_or_restore(folder, key, clock())
    else:
        store = open_store(folder, key)
    courtesy = Courtesy()
    boundary = make_checker(give_way=courtesy.give_way)
    checker = CheckerWithRecords(boundary, store.records, clock)
    services = make_services(store, vault, checker, clock, courtesy, folder, updates)
    return House(services, store, folder, Claim(folder / _SENDER_LOCK), boundary, restored)


def make_services(
    store: "Store",
    vault: Vault,
    checker: Checker,
    clock: Callable[[], datetime],
    courtesy: "Courtesy",
    folder: Path,
    updates: "Updates | None" = None,
) -> "Services":
    """Wires flows, networks and rooms together."""
    from twohats.boundary import pictures
    from twohats.bridge.services import Services
    from twohats.flows.accounts import Accounts
    from twohats.flows.logins import Logins
    from twohats.flows.publish import Publisher
    from twohats.flows.render import Renderer
    from twohats.flows.review import Reviewer
    from twohats.networks.registry import NetworkTools, load_networks
    from twohats.system_timer.timer import SystemTimer

    tools = NetworkTools(media=store.media, clock=clock)
    networks = load_networks(tools).networks
    renderer = Renderer(networks)

    def current_vault() -> Vault:
        return vault

    def fetch_card(url: str) -> "FetchedCard":
        from twohats.networks.link_card import fetch_card as fetch

        return fetch(tools.http, url)

    logins = Logins(store.profile, networks, current_vault, clock)
    return Services(
        drafts=store.drafts,
        media=store.media,
        queue=store.queue,
        plans=store.plans,
        records=store.records,
        profile=store.profile,
        tallies=store.tallies,
        whole=store,
        networks=networks,
        vault=current_vault,
        checker=checker,
        courtesy=courtesy,
        renderer=renderer,
        reviewer=Reviewer(checker, renderer, answers_for, clock, _new_id),
        publisher=Publisher(
            queue=store.queue,
            plans=store.plans,
            drafts=store.drafts,
            profile=store.profile,
            networks=networks,
            logins=logins,
            checker=checker,
            clock=clock,
            new_id=_new_id,
        ),
        accounts=Accounts(store.profile, networks, logins, _new_id, pictures.portrait),
        fetch_card=fetch_card,
        timer=SystemTimer(folder),
        updates=updates or make_updates(folder, clock),
        clock=clock,
        new_id=_new_id,
    )


def make_updates(folder: Path, clock: Callable[[], datetime] | None = None) -> "Updates":
    """Newer versions, as this copy of the program may look for them; it needs no profile."""
    from twohats import __version__
    from twohats.flows.updates import Updates
    from twohats.model.update import Version
    from twohats.networks.release_server import HttpReleaseServer
    from twohats.updates.channel import channel_of, platform_name
    from twohats.updates.release_keys import ADDRESS
    from twohats.updates.shelf import UpdateShelf
    from twohats.updates.signature import Ed25519Signatures

    return Updates(
        HttpReleaseServer(ADDRESS),
        Ed25519Signatures(),
        UpdateShelf(folder),
        channel_of(),
        Version.read(__version__),
        platform_name(),
        clock or _now,
    )


def run_window(arguments: Sequence[str] = (), wish: "Wish | None" = None, refused: str = "") -> int:
    """Opens the window and stays until it is closed. The process's exit code.

    `wish`: what is to be opened in it; `refused`: the code of why something will not be."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from twohats import diagnostics
    from twohats.assets import resources
    from twohats.gui.file_open import Application

    application = QApplication.instance() or Application(["twohats", *arguments])
    if not isinstance(application, QApplication):
        raise RuntimeError("the window needs a QApplication")
    application.setApplicationName("Two Hats")
    application.setApplicationDisplayName("Two Hats")
    application.setDesktopFileName("org.twohats.TwoHats")  # in packaging/linux: Wayland takes the icon from that entry
    application.setWindowIcon(QIcon(str(resources() / "program" / "icon.svg")))
    if _has_first_window(data_folder(), wish):
        return 0
    kept = diagnostics.start(data_folder())
    program = Program(application, data_folder())
    program.open(wish, refused)
    program.start()
    try:
        code = application.exec()
        program.start_set_up()
        return code
    finally:
        kept.stop()


class Program:
    """The window's life: opens the profile off the main thread, shows the desk, or help in plain words."""

    def __init__(
        self,
        application: "QApplication",
        folder: Path,
        vault: Vault | None = None,
        open_url: Callable[[str], object] | None = None,
        updates: "Updates | None" = None,
    ) -> None:
        """`vault` None: the system's keyring; `open_url` None: the system's browser; `updates` None: the program's
        own feed and keys."""
        from twohats.bridge.garbage import GarbageCollector
        from twohats.bridge.tasks import Tasks
        from twohats.gui import window_memory
        from twohats.gui.file_open import Application
        from twohats.gui.theme import Theme

        self.application = application
        self.folder = folder
        self._memory = window_memory.recall(folder)
        self.tasks: Tasks = Tasks()
        self._garbage = GarbageCollector()
        self._garbage.start()
        self.theme: Theme = Theme(self._memory.theme, self._memory.text_scale_percent)
        self.theme.apply(application)
        self.house: House | None = None
        self.owner: Owner | None = None
        self.rescans: Rescans | None = None
        self._library: Library | None = None
        self._upkeep: Upkeep | None = None
        self.window: MainWindow | None = None
        self._vault = vault
        self._open_url = open_url or _open_in_browser
        self._updates = updates
        self._standing_in: QWidget | None = None
        self._wish: Wish | None = None
        self._refused = ""
        self._wishes: Wishes | None = None
        self._set_up: Path | None = None
        self.started: object = None
        self._window_lock: Claim | None = None
        self._first_window: FirstWindow | None = None
        self._session_folder: tempfile.TemporaryDirectory[str] | None = None
        # A crash in a lane is our own fault: it goes the way of every other, into the crash note.
        self.tasks.crashed.connect(lambda problem: sys.excepthook(type(problem), problem, problem.__traceback__))
        application.aboutToQuit.connect(self.close)
        if isinstance(application, Application):
            application.wanted.connect(self._come_to_front)
            application.refused.connect(self._tell_refused)

    def open(self, wish: "Wish | None", refused: str = "") -> None:
        """What is to be shown, or said not to be, as soon as the desk is there."""
        self._wish, self._refused = wish, refused
        if self._wishes is None or self.window is None:
            return
        self._wish, self._refused = None, ""
        if wish is not None:
            self._wishes.obey(wish)
        elif refused:
            self.window.tell_problem(refused, {})

    def start(self) -> None:
        """Opens the profile; a keyring may ask the person to unlock it meanwhile."""
        from PySide6.QtCore import QTimer

        from twohats.bridge.tasks import Lane
        from twohats.gui.opening import OpeningWindow

        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        self._stand_in(OpeningWindow(self.theme, self._memory))
        QTimer.singleShot(_PRELOAD_AFTER_MS, self._load_desk)
        folder, vault, updates = self.folder, self._vault, self._updates
        try:
            # Two windows on one profile would write over each other's drafts.
            if not self._take_window_lock(folder):
                raise StoreError("already_open")
        except StoreError as problem:
            self._show_help(problem)
            return
        self._listen()
        work = partial(open_house, folder, vault, may_restore=True, updates=updates)
        self.tasks.run(Lane.DISK, work, self._open_desk, self._show_help)

    def start_session_only(self) -> None:
        """Without a keyring: everything works, and nothing is kept after closing."""
        from twohats.vault.keyring_vault import SessionVault

        # A set-up is started when all else is gone: it must not lie where nothing stays.
        self._updates = self._updates or make_updates(self.folder)
        self._session_folder = tempfile.TemporaryDirectory(prefix="twohats-")
        self.folder = Path(self._session_folder.name)
        self._vault = SessionVault()
        self._give_up_place()
        self.start()

    def close(self) -> None:
        """Saves, lets running work end, closes the store."""
        from twohats.gui import window_memory

        if self.owner is not None:
            self.owner.cancel_connect()  # nobody waits for a browser any more
            self.owner.retention.stop()
            self.owner.learning.settle()
        if self.rescans is not None:
            self.rescans.stop()
        if self._library is not None:
            self._library.stop()
        if self._upkeep is not None:
            self._upkeep.stop()
        if self.window is not None and self.house is not None:
            self.window.session.save_now()
            window_memory.remember(self.folder, self.window, self.house.services.profile.settings())
        self.tasks.close()
        self._garbage.stop()
        if self.house is not None:
            self.house.close()
            self.house = None
        self._give_up_place()
        if self._session_folder is not None:
            self._session_folder.cleanup()

    def _take_window_lock(self, folder: Path) -> bool:
        from twohats.store.file_lock import Claim

        if self._window_lock is None:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as problem:
                raise StoreFull("store_not_writable") from problem
            self._window_lock = Claim(folder / _WINDOW_LOCK)
        try:
            return self._window_lock.take()
        except OSError as problem:
            raise StoreFull("store_not_writable") from problem

    def _listen(self) -> None:
        """Hears from now on when another start wants this window."""
        from twohats.gui.first_window import FirstWindow

        if self._first_window is None:
            self._first_window = FirstWindow(self.folder)
            self._first_window.wanted.connect(self._come_to_front)

    def _come_to_front(self, wish: "Wish | None" = None) -> None:
        from twohats.gui.first_window import bring_to_front

        shown = self._standing_in or self.window
        if shown is not None:
            bring_to_front(shown)
        if wish is not None:
            self.open(wish)

    def _tell_refused(self, code: str) -> None:
        self.open(None, code)

    def _give_up_place(self) -> None:
        if self._first_window is not None:
            self._first_window.close()
            self._first_window = None
        if self._window_lock is not None:
            self._window_lock.give_back()
            self._window_lock = None

    def _open_desk(self, house: House) -> None:
        try:
            self._show_desk(house)
        except Exception as problem:  # our own fault: noted like any other, but no start may end without a window
            sys.excepthook(type(problem), problem, problem.__traceback__)
            self._show_help(TwoHatsError("unknown"))

    def _show_desk(self, house: House) -> None:
        from twohats.bridge.finding_notes import FindingNotes
        from twohats.bridge.library import Library
        from twohats.bridge.owner import Owner
        from twohats.bridge.pump import Pump
        from twohats.bridge.rescans import Rescans
        from twohats.bridge.session import Session
        from twohats.bridge.tasks import Lane
        from twohats.bridge.upkeep import Upkeep
        from twohats.gui.main_window import MainWindow
        from twohats.gui.wishes import Wishes

        self.house = house
        owner = self.owner = Owner(house.services, self.tasks, self._open_url)
        library = self._library = Library(house.services, self.tasks)
        session = Session(house.services, owner, self.tasks)
        self.pump = Pump(house.services, library, self.tasks, house.sender.take)
        self.pump.follow(session)
        self._finding_notes = FindingNotes(session, library)
        session.saved.connect(library.tell_drafts_changed)
        session.queued.connect(library.tell_queue_changed)
        owner.moving.imported.connect(lambda _rows: library.tell_drafts_changed())
        owner.moving.imported.connect(lambda _rows: library.tell_queue_changed())
        owner.retention.removed.connect(library.tell_records_removed)
        self.theme.set_choice(owner.settings.theme)
        self.theme.set_scale(owner.settings.text_scale_percent)
        self.theme.set_accents(owner.identities())
        rescans = self.rescans = Rescans(house.services, self.tasks, partial(_checker_beside, house))
        session.draft_changed.connect(rescans.note_edit)
        owner.updates.leaving.connect(self._leave_for_update)
        owner.updates.start(session)
        self.window = MainWindow(session, owner, library, self.theme, house.folder, rescans)
        self._memory.place(self.window)
        self._stand_in(None)
        self.tasks.run(Lane.SCAN, house.load_tagger, lambda is_there: session.look_again() if is_there else None)
        self.pump.start()
        # The rules build their patterns at first use: better now than under the first words.
        self.tasks.run(Lane.SCAN, lambda: _warm(house.services))
        store = house.store
        self._upkeep = Upkeep(self.tasks, lambda: store.tidy(_now()), lambda: store.back_up_if_due(_now()))
        self._upkeep.problem.connect(self.window.tell_problem)
        self._upkeep.start()
        self._wishes = Wishes(self.window, owner, library)
        self.open(self._wish, self._refused)
        if house.restored is not None:
            self.window.banner.tell(_restored_words(house.restored), "warn")

    def _leave_for_update(self) -> None:
        """Closes the window as the person would; the set-up is started when all is closed."""
        if self.owner is None or self.window is None:
            return
        if self.window.close():
            self._set_up = self.owner.updates.set_up
            self.owner.updates.note_leaving()
            self.application.quit()
        else:
            self.owner.updates.stay()

    def start_set_up(self, launch: Callable[[Sequence[str]], object] | None = None) -> None:
        """The last thing that the program does, where it was left for a newer version. Says so if that fails."""
        if self._set_up is None:
            return
        from twohats.updates.set_up import start_set_up

        try:
            self.started = start_set_up(self._set_up, launch)
        except BadInput as problem:
            from PySide6.QtWidgets import QMessageBox

            from twohats.gui import wording

            QMessageBox.warning(None, "Two Hats", wording.error(problem))

    def _load_desk(self) -> None:
        """Loads the window's code while the keyring takes its time to answer."""
        import twohats.gui.main_window  # noqa: F401

    def _show_help(self, problem: TwoHatsError) -> None:
        from twohats.gui.settings.vault_help import HelpWindow

        window = HelpWindow(self.theme, problem, self.folder)
        window.try_again.connect(self.start)
        window.session_only.connect(self.start_session_only)
        self._stand_in(window)

    def _stand_in(self, widget: "QWidget | None") -> None:
        """Shows a window in place of the desk, or the desk; then closes what stood there: some window always stands."""
        before, self._standing_in = self._standing_in, widget
        shown = widget or self.window
        if shown is not None:
            shown.show()
        if before is not None:
            before.close()
            before.deleteLater()


def _checker_beside(house: House, give_way: Callable[[], None]) -> BoundaryChecker:
    """A checker of its own for long work: what the typing's remembers stays."""
    checker = make_checker(give_way=give_way)
    checker.tagger = house.boundary.tagger
    return checker


def _restored_words(restored: Restored) -> str:
    """What the person is told: from when the copy is, what may be missing, and where the damaged file lies."""
    from twohats.gui import wording
    from twohats.gui.sent.moment import moment_of

    found = {0: "none", 1: "one"}.get(restored.rescued, "some")
    rescued = wording.sentence("restored", f"rescued_{found}", count=restored.rescued)
    return wording.sentence(
        "restored", "told", when=moment_of(restored.made_at), rescued=rescued, where=str(restored.aside)
    )


@contextmanager
def hold_alone(folder: Path) -> Iterator[bool]:
    """Keeps windows and senders off a profile for a while; False, and nothing held, where one is open. Raises
    StoreFull."""
    from twohats.store.file_lock import Claim

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        claims = [Claim(folder / name) for name in (_WINDOW_LOCK, _SENDER_LOCK)]
        is_alone = all(claim.take() for claim in claims)
    except OSError as problem:
        raise StoreFull("store_not_writable") from problem
    try:
        yield is_alone
    finally:
        for claim in claims:
            claim.give_back()


def _has_first_window(folder: Path, wish: "Wish | None" = None) -> bool:
    """Whether a window is open on the profile already, and was asked to come to the front with a wish. Without a lock
    that somebody holds, nothing of this is loaded."""
    from twohats.store.file_lock import Claim

    lock = folder / _WINDOW_LOCK
    try:
        claim = Claim(lock)
        if not lock.exists() or claim.take():
            claim.give_back()
            return False
    except OSError:
        return False  # the start itself says what is wrong with the folder
    from twohats.gui.first_window import call_first

    return call_first(folder, wish)


def _warm(services: "Services") -> None:
    from twohats.flows.compose import new_draft, with_text

    draft = with_text(new_draft("warm", _now()), "My client told me that she is moving on Monday.", _now())
    for identity in services.profile.identities():
        services.checker.check(draft, identity, Policy())


def _open_in_browser(url: str) -> object:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl(url))


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex
