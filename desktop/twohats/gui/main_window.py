"""The one window: rail, pages, the hat's colour along the top, and what must be said to the person."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.rescans import Rescans
from twohats.bridge.session import Session
from twohats.flows.review import Verdict
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.composer.workbench import Workbench
from twohats.gui.gate.gate_sheet import GateSheet
from twohats.gui.rail import PLACES, Rail
from twohats.gui.shortcut_sheet import ShortcutSheet
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.frames import Hairline, bring_into_view
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.snackbar import Snackbar
from twohats.gui.window_memory import FIRST_SIZE
from twohats.model.approval import Answer
from twohats.model.finding import Finding
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope
from twohats.model.settings import Settings
from twohats.model.wish import ItemKind, OpenItem
from twohats.model.wording import HatWords

SMALLEST = QSize(960, 600)
_FOLDS_BELOW_PX = 1100
_COUNT_AFTER_MS = 1200
_ALLOWED = {
    Scope.POST: "Kept in this post.",
    Scope.WORDING: "This wording is kept from now on.",
    Scope.TOPIC: "This topic is open from now on.",
    Scope.NOT_PERSONAL: "These words are left alone from now on.",
}


class MainWindow(QMainWindow):
    """Pages but the first are made when they are first wanted, so that the desk is there at once."""

    def __init__(
        self,
        session: Session,
        owner: Owner,
        library: Library,
        theme: Theme,
        store_folder: Path | None = None,
        rescans: Rescans | None = None,
    ) -> None:
        super().__init__()
        self._store_folder = store_folder
        self._rescans = rescans
        self.session = session
        self._owner = owner
        self._library = library
        self._theme = theme
        self._pages: dict[str, QWidget] = {}
        self._was_warned_of_pending = False
        self._was_warned_of_loss = False
        self.setMinimumSize(SMALLEST)
        self.workbench = Workbench(theme, session, owner, library)
        self.rail = Rail(theme)
        self.banner = Banner(theme)
        self.stack = QStackedWidget()
        self._strip = _AccentStrip(theme)
        self._build()
        self.gate = GateSheet(theme, self._ground, session, owner)
        self.snackbar = Snackbar(theme, self._ground)
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(_COUNT_AFTER_MS)
        self._count_timer.timeout.connect(self.count)
        self._actions = self._made_actions()
        self._connect()
        self.resize(FIRST_SIZE)
        self._show_hat(session.hat)
        self.count()
        if owner.settings.welcomed:
            self.show_page("compose")
            self.workbench.desk.editor.setFocus()
        else:
            self._show_welcome()

    def sizeHint(self) -> QSize:
        return FIRST_SIZE

    def show_page(self, key: str) -> None:
        """Shows a page by its key in the rail: "compose", "drafts", and so on."""
        page = self._page(key)
        self.rail.setVisible(True)
        self._rail_line.setVisible(True)
        self.rail.show_place(key)
        self.stack.setCurrentWidget(page)
        if key == "compose":
            self.workbench.desk.editor.setFocus()
        else:
            page.setFocus()

    def page(self, key: str) -> QWidget:
        """The page of that key, made if need be."""
        return self._page(key)

    def show_post(self, post_id: str, has_left: bool) -> None:
        """The record of a post: where it was sent, or where it waits."""
        from twohats.gui.queue.page import QueuePage
        from twohats.gui.sent.page import SentPage

        key = "sent" if has_left else "queue"
        self.show_page(key)
        page = self._page(key)
        if isinstance(page, SentPage):
            page.show_post(post_id)
        elif isinstance(page, QueuePage):
            page.show_record(post_id)

    def leave_welcome(self) -> None:
        """Where the welcome is shown, it is over: what it would ask for has come another way."""
        if "welcome" in self._pages:
            self._end_welcome()

    def count(self) -> None:
        """Reads the quiet numbers of the rail anew."""
        counts = self._library.counts()
        self.rail.show_count("drafts", counts.drafts)
        self.rail.show_count("queue", counts.queue)
        self.rail.show_count("sent", counts.sent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_rail()

    def closeEvent(self, event: QCloseEvent) -> None:
        pending = self.session.pending
        if pending and not self._was_warned_of_pending:
            self._was_warned_of_pending = True
            where = listed(pending[-1].where)
            self.banner.tell(
                f"The post to {where} has not left yet. Wait for it, or take it back: the text stays a draft.",
                "warn",
                "Take it back and close",
                self.close,
            )
            event.ignore()
            return
        for post in pending:
            self.session.undo_post(post.post_id)
        draft_id = self.session.draft.id
        if not self.session.save_now() and not self._was_warned_of_loss:
            self._was_warned_of_loss = True  # the banner says why; a second close goes, and loses what it said
            event.ignore()
            return
        if self.session.draft.id != draft_id:
            event.ignore()  # overtaken in this very moment: the banner says so, and a second close goes
            return
        event.accept()

    def _fold_rail(self) -> None:
        self.rail.fold(self.width() < self._theme.px(_FOLDS_BELOW_PX))

    def _build(self) -> None:
        self.stack.addWidget(self.workbench)
        self._pages["compose"] = self.workbench
        self._rail_line = Hairline(self._theme, is_vertical=True)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self._rail_line)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(_BannerPlace(self.banner))
        right.addWidget(self.stack, 1)
        across.addLayout(right, 1)
        self._ground = QWidget()
        column = QVBoxLayout(self._ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addLayout(across, 1)
        self.setCentralWidget(self._ground)

    def _made_actions(self) -> list[QAction]:
        desk = self.workbench.desk
        session = self.session
        wishes: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+N", self._new_post),
            ("Ctrl+1", lambda: self._choose_hat(Hat.PERSONAL)),
            ("Ctrl+2", lambda: self._choose_hat(Hat.PROFESSIONAL)),
            ("Ctrl+Return", desk.post_now),
            ("Ctrl+Enter", desk.post_now),
            ("F8", lambda: self._walk(1)),
            ("Shift+F8", lambda: self._walk(-1)),
            ("Ctrl+Shift+P", self._turn_tab),
            ("Ctrl+Shift+D", session.discard_draft),
            ("Ctrl+Shift+L", self._choose_time),
            ("Ctrl+Shift+H", self._show_versions),
            ("Ctrl+Shift+C", self._copy_link),
            ("Ctrl+Shift+R", self._show_requests),
            ("F1", self.show_keys),
        ]
        for number, (key, _name, _icon) in enumerate(PLACES, start=1):
            wishes.append((f"Alt+{number}", partial(self.show_page, key)))
        actions = []
        for keys, wish in wishes:
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _on=False, wish=wish: wish())
            self.addAction(action)
            actions.append(action)
        return actions

    def _connect(self) -> None:
        session = self.session
        self.rail.chosen.connect(self.show_page)
        self._theme.theme_changed.connect(self._fold_rail)
        self.workbench.desk.connect_wanted.connect(self._connect_account)
        self.workbench.desk.more.versions_wanted.connect(self._show_versions)
        self.workbench.desk.more.link_wanted.connect(self._copy_link)
        session.hat_changed.connect(self._show_hat)
        session.gate_opened.connect(self._open_gate)
        session.discarded.connect(self._tell_discarded)
        session.allowed.connect(self._tell_allowed)
        session.overtaken.connect(self._tell_overtaken)
        session.version_restored.connect(self._tell_restored)
        session.words_joined.connect(self._tell_joined)
        session.rest_kept.connect(self._tell_rest)
        session.problem.connect(self.tell_problem)
        session.draft_opened.connect(self._show_desk)
        session.pending_changed.connect(self._forget_warning)
        self.gate.answered.connect(self._post_with)
        self.gate.left.connect(self._leave_gate)
        self._library.problem.connect(self.tell_problem)
        self._library.rest_drafted.connect(session.open_draft)
        for changed in (self._library.drafts_changed, self._library.records_changed, self._library.delivery_changed):
            changed.connect(self._count_soon)
        self._owner.identities_changed.connect(self._follow_identities)
        self._owner.settings_changed.connect(self._follow_settings)
        self._owner.updates.newer_found.connect(self._tell_newer)
        self._owner.updates.not_put_in.connect(self._tell_not_put_in)

    def tell_problem(self, code: str, facts: dict[str, object]) -> None:
        """Something went wrong: what happened, what is safe, what to do next."""
        self.banner.tell(wording.sentence("error", code, **facts), "warn")
        announce(self, self.banner.sentence)

    def show_keys(self) -> None:
        """The sheet of keys."""
        ShortcutSheet(self._theme, self).open()

    def _page(self, key: str) -> QWidget:
        if key not in self._pages:
            page = self._made_page(key)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def _made_page(self, key: str) -> QWidget:
        # Imported when wanted: a page nobody opens costs nothing at the start.
        theme, session, owner, library = self._theme, self.session, self._owner, self._library
        match key:
            case "drafts":
                from twohats.gui.drafts.page import DraftsPage

                return DraftsPage(theme, session, library)
            case "queue":
                from twohats.gui.queue.page import QueuePage

                queue = QueuePage(theme, library, owner)
                queue.take_back_wanted.connect(self._take_back)
                queue.draft_wanted.connect(session.open_draft)
                return queue
            case "calendar":
                from twohats.gui.calendar.page import CalendarPage

                calendar = CalendarPage(theme, library, owner)
                calendar.post_wanted.connect(self.show_post)
                calendar.draft_wanted.connect(session.open_draft)
                return calendar
            case "sent":
                from twohats.gui.sent.page import SentPage

                sent = SentPage(theme, library)
                sent.detail.page_wanted.connect(owner.open_page)
                sent.again_button.setVisible(self._rescans is not None)
                sent.check_again_wanted.connect(self._check_again)
                return sent
            case "rescan" if self._rescans is not None:
                from twohats.gui.rescan.page import RescanPage

                again = RescanPage(theme, library, self._rescans)
                again.left.connect(partial(self.show_page, "sent"))
                again.page_wanted.connect(owner.open_page)
                again.record_wanted.connect(partial(self.show_post, has_left=True))
                return again
            case "accounts":
                from twohats.gui.accounts.page import AccountsPage

                return AccountsPage(theme, owner)
            case "policy":
                from twohats.gui.policy.page import PolicyPage

                return PolicyPage(theme, owner)
            case "settings":
                from twohats.gui.settings.page import SettingsPage

                return SettingsPage(theme, owner, self._store_folder)
        raise ValueError(f"there is no page {key}")

    def _check_again(self) -> None:
        self.show_page("rescan")
        self.rail.show_place("sent")  # a page behind that one

    def _show_welcome(self) -> None:
        from twohats.gui.welcome.welcome import Welcome

        welcome = Welcome(self._theme, self._owner)
        welcome.finished.connect(self._end_welcome)
        self._pages["welcome"] = welcome
        self.stack.addWidget(welcome)
        self.stack.setCurrentWidget(welcome)
        self.rail.hide()
        self._rail_line.hide()
        for action in self._actions:
            action.setEnabled(False)

    def _end_welcome(self) -> None:
        for action in self._actions:
            action.setEnabled(True)
        if not self._owner.settings.welcomed:
            self._owner.save_settings(replace(self._owner.settings, welcomed=True))
        if self.session.draft.is_empty:
            self.session.new_draft()  # the first was made before there was any place to tick
        self.show_page("compose")
        welcome = self._pages.pop("welcome", None)
        if welcome is not None:
            self.stack.removeWidget(welcome)
            welcome.deleteLater()

    def _new_post(self) -> None:
        self.session.new_draft()
        self.workbench.show_desk()
        self.show_page("compose")

    def _choose_hat(self, hat: Hat) -> None:
        self.session.choose_hat(hat)
        self.workbench.show_desk()

    def _walk(self, step: int) -> None:
        self.show_page("compose")
        self.workbench.show_desk()
        self.workbench.desk.walk(step)

    def _choose_time(self) -> None:
        self.show_page("compose")
        self.workbench.show_desk()
        self.workbench.desk.later.button.click()

    def _show_requests(self) -> None:
        self.show_page("compose")
        self.workbench.show_desk()
        self.workbench.desk.show_requests()

    def _turn_tab(self) -> None:
        if self.workbench.is_showing_findings:
            self.workbench.show_previews()
        else:
            self.workbench.show_findings()

    def _connect_account(self, hat: Hat | None) -> None:
        self.show_page("accounts")
        connect_account = getattr(self._pages["accounts"], "connect_account", None)
        if connect_account is not None and hat is not None:
            connect_account(hat)

    def _open_gate(self, verdict: Verdict) -> None:
        for action in self._actions:
            action.setEnabled(False)
        self.gate.ask(verdict)

    def _post_with(self, answers: tuple[Answer, ...]) -> None:
        for action in self._actions:
            action.setEnabled(True)
        self.session.post_with(answers)

    def _show_desk(self) -> None:
        if self._owner.settings.welcomed:
            self.show_page("compose")

    def _leave_gate(self, first: Finding | None) -> None:
        for action in self._actions:
            action.setEnabled(True)
        if first is not None:
            self.workbench.desk.go_to(first)

    def _show_hat(self, hat: Hat | None) -> None:
        self._strip.show_hat(hat)
        who = f"{hat_name(hat)}, {self._owner.identity(hat).display_name}" if hat else "no hat yet"
        self.setWindowTitle(f"Two Hats: {who}")

    def _tell_discarded(self, draft_id: str) -> None:
        self.snackbar.tell("Draft discarded.", lambda: self.session.restore_draft(draft_id))

    def _take_back(self, post_id: str) -> None:
        if any(post.post_id == post_id for post in self.session.pending):
            self.session.undo_post(post_id)
        else:
            self.tell_problem("held_elsewhere", {})

    def _tell_overtaken(self, draft_id: str) -> None:
        def show_other() -> None:
            self.banner.hide()
            self.session.open_draft(draft_id)

        self.banner.tell(wording.sentence("error", "draft_overtaken"), "warn", "Show the other one", show_other)
        announce(self, self.banner.sentence)

    def _tell_restored(self, draft_id: str, number: int) -> None:
        self.snackbar.tell(
            "That version is on the desk. What stood here is kept.",
            lambda: self.session.open_version(draft_id, number),
        )

    def _tell_joined(self, draft_id: str, words: HatWords) -> None:
        self.snackbar.tell(
            wording.sentence("hat_words", "joined"), lambda: self.session.word_apart_again(draft_id, words)
        )

    def _tell_rest(self, draft_id: str, hat: Hat) -> None:
        self.snackbar.tell(
            wording.sentence("hat_words", f"rest_{hat.value}"),
            lambda: self.session.open_draft(draft_id),
            wording.sentence("hat_words", "rest_show"),
        )

    def _show_versions(self) -> None:
        from twohats.gui.drafts.page import DraftsPage

        self.show_page("drafts")
        page = self._page("drafts")
        if isinstance(page, DraftsPage):
            page.show_versions_of(self.session.draft)

    def _copy_link(self) -> None:
        """To the draft on the desk, for notes elsewhere; it opens on this computer alone."""
        session = self.session
        if session.draft.is_empty or not session.save_now():
            return
        QGuiApplication.clipboard().setText(OpenItem(ItemKind.DRAFT, session.draft.id).link)
        self.snackbar.tell(wording.sentence("opening", "copied"))

    def _tell_allowed(self, allowance: Allowance) -> None:
        self.snackbar.tell(_ALLOWED[allowance.scope], lambda: self.session.take_back(allowance.id))

    def _forget_warning(self, _pending: object) -> None:
        if self._was_warned_of_pending:
            self._was_warned_of_pending = False
            self.banner.hide()

    def _count_soon(self, *_what: object) -> None:
        self._count_timer.start()  # starts anew at each autosave: not while somebody types

    def _follow_identities(self) -> None:
        self._theme.set_accents(self._owner.identities())
        self._show_hat(self.session.hat)

    def _tell_newer(self, version: str) -> None:
        """A quiet notice; what stands there already matters more, and the settings tell it too."""
        is_seen = self.stack.currentWidget() is self._pages.get("settings")
        if self.banner.isHidden() and self._owner.settings.welcomed and not is_seen:
            sentence = wording.sentence("update", "notice", newest=version)
            self.banner.tell(sentence, "note", wording.sentence("update", "show"), self._show_updates)

    def _tell_not_put_in(self, version: str) -> None:
        sentence = wording.sentence("update", "not_put_in", newest=version, version=self._owner.updates.own)
        self.banner.tell(sentence, "warn", wording.sentence("update", "show"), self._show_updates)
        announce(self, sentence)

    def _show_updates(self) -> None:
        from twohats.gui.settings.page import SettingsPage

        self.banner.hide()
        self.show_page("settings")
        page = self._page("settings")
        if isinstance(page, SettingsPage):
            bring_into_view(page.updates)

    def _follow_settings(self, settings: Settings) -> None:
        self._theme.set_choice(settings.theme)
        self._theme.set_scale(settings.text_scale_percent)


class _BannerPlace(QWidget):
    """Room around the banner, and none while it is hidden."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        room = QHBoxLayout(self)
        room.setContentsMargins(GAP_REGION, GAP, GAP_REGION, 0)
        room.addWidget(banner)
        self.setVisible(not banner.isHidden())
        banner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)


class _AccentStrip(QWidget):
    """The hat's colour along the top edge of the window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hat: Hat | None = None
        self.setFixedHeight(4)
        theme.theme_changed.connect(self.update)

    def show_hat(self, hat: Hat | None) -> None:
        self._hat = hat
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.accent(self._hat) if self._hat else self._theme.color("line")
        QPainter(self).fillRect(self.rect(), color)
