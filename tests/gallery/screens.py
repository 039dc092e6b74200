"""The screens in the order in which a newcomer meets them."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from tests.fakes.releases import Publisher
from tests.gallery import accounts, dry_run, hat_words, one_post, previews, rescan, schedule, updates

from twohats.app import Program, open_house
from twohats.boundary.policy import rule_book
from twohats.bridge.owner import ConnectedProfile
from twohats.flows.accounts import PendingAccount
from twohats.flows.review import Verdict
from twohats.gui.accounts.page import AccountsPage
from twohats.gui.drafts.page import DraftsPage
from twohats.gui.main_window import MainWindow
from twohats.gui.sent.page import SentPage
from twohats.gui.settings.page import SettingsPage
from twohats.gui.settings.vault_help import HelpWindow
from twohats.gui.welcome.steps import CardStep, IdentitiesStep
from twohats.gui.welcome.welcome import Welcome
from twohats.gui.widgets.frames import bring_into_view
from twohats.model.account import account_of
from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.errors import StoreUnreadable, VaultMissing
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import Scope
from twohats.model.ports import Login, Profile
from twohats.model.settings import Settings, ThemeChoice
from twohats.model.tally import Outcome, Showing
from twohats.vault.keyring_vault import SessionVault

_USUAL = (1280, 800)
_WIDE = (1680, 960)
_SMALL = (960, 600)
_ARTICLE = (Path(__file__).parent / "article.md").read_text(encoding="utf-8").strip()
_CALM = (
    "Most of us sleep worse in November. Light, a walk at noon and a fixed hour for getting up help more than going to"
    " bed early."
)
_WEARY = "So hungover after the wedding. Coffee, a walk by the lake, and early to bed tonight."


def take_all(out: Path, theme: str, scale: str, text_percent: int, only: tuple[str, ...]) -> int:
    """All screens of one theme and scale; those of `only` when there are any. The process's exit code."""
    application = QApplication.instance() or QApplication(["twohats"])
    assert isinstance(application, QApplication)
    home = Path.home()
    vault = SessionVault()
    house = open_house(home / "data", vault)
    house.services.profile.save_settings(Settings(theme=ThemeChoice(theme), text_scale_percent=text_percent))
    house.close()
    with updates.publishing(home) as publisher:
        program = Program(application, home / "data", vault, updates=publisher.updates(home / "data"))
        program.start()
        _wait_for(lambda: program.window is not None)
        assert program.window is not None
        Walk(program, program.window, publisher, out, f"{theme}-{scale}x", only).go()
        program.close()
    return 0


class Walk:
    """A newcomer's way through the program, with a camera."""

    def __init__(
        self,
        program: Program,
        window: MainWindow,
        publisher: Publisher,
        out: Path,
        ending: str,
        only: tuple[str, ...],
    ) -> None:
        self._program = program
        self._publisher = publisher
        self._window = window
        self._session = window.session
        self._owner = window._owner
        self._desk = window.workbench.desk
        self._out = out
        self._ending = ending
        self._only = only

    def go(self) -> None:
        self._welcome()
        self._empty_desk()
        self._written()
        self._gate()
        self._undo_window()
        self._kept()
        self._checked_again()
        self._accounts()
        self._two_places()
        self._social()
        self._one_post()
        self._policy_and_settings()
        self._quiet_weeks()
        self._schedule()
        updates.walk(self._window, self._owner, self._publisher, self._shoot)
        self._help()

    def _welcome(self) -> None:
        welcome = self._window.findChild(Welcome)
        assert isinstance(welcome, Welcome)
        identities, card = welcome.steps[0], welcome.steps[1]
        assert isinstance(identities, IdentitiesStep)
        assert isinstance(card, CardStep)
        QTest.keyClicks(identities.forms[Hat.PERSONAL].name, "Jamie Lee")
        QTest.keyClicks(identities.forms[Hat.PROFESSIONAL].name, "Dr A. Lee")
        QTest.keyClicks(identities.forms[Hat.PROFESSIONAL].credentials, "PhD")
        self._shoot_both("welcome-1-identities")
        welcome.go_on()
        QTest.keyClicks(card.form.practice, "Harbour Street Practice")
        QTest.keyClicks(card.form.address, "12 Elm Street, Westbrook")
        QTest.keyClicks(card.form.phone, "555-0100")
        QTest.keyClicks(card.form.email, "intake@example.com")
        self._shoot_both("welcome-2-card")
        welcome.go_on()
        self._shoot_both("welcome-3-folders")
        welcome.go_on()
        self._shoot_both("welcome-4-check")
        welcome.go_on()
        if self._session.draft.is_empty:
            self._session.new_draft()

    def _empty_desk(self) -> None:
        self._shoot_both("desk-empty")
        self._window.workbench.show_previews()
        self._shoot("previews-empty")
        self._window.workbench.show_findings()

    def _written(self) -> None:
        desk, session = self._desk, self._session
        session.choose_hat(Hat.PROFESSIONAL)
        desk.title.setFocus()
        QTest.keyClicks(desk.title, "When the first school day is hard")
        desk.editor.setFocus()
        desk.editor.insertPlainText(_ARTICLE)
        session.edit_tags(("school", "anxiety"))
        self._wait_for_check()
        self._shoot_both("desk-findings")
        cards = self._window.workbench.findings.cards()
        why = next(b for b in cards[0].findChildren(QAbstractButton) if b.accessibleName().startswith("Why"))
        why.click()
        self._shoot("desk-why", _WIDE)
        why.click()
        self._shoot("desk-wide", _WIDE)
        session.add_picture_bytes(_picture(), "school-gate.jpg")
        _wait_for(lambda: bool(session.draft.media))
        session.set_alt(session.draft.media[0].id, "The school gate across from our house")
        self._wait_for_check()
        self._window.workbench.show_previews()
        self._shoot_both("previews")
        self._window.workbench.show_findings()
        session.choose_hat(Hat.PERSONAL)
        self._wait_for_check()
        self._shoot("desk-personal")
        session.choose_hat(Hat.PROFESSIONAL)
        self._wait_for_check()

    def _gate(self) -> None:
        self._session.ask_to_post()
        _wait_for(lambda: self._window.gate.isVisible())
        self._shoot_both("gate")
        self._window.gate.close_sheet()
        self._window.gate.left.emit(None)
        family = next(f for f in self._session.findings.professional.findings if f.rule == "S1")
        self._session.allow(family, Scope.POST)
        self._window.snackbar.hide()
        self._session.ask_to_post()
        _wait_for(lambda: self._window.gate.isVisible())
        sheet = self._window.gate.sheet
        assert sheet is not None
        sheet.questions[0].reasons.setCurrentIndex(0)
        self._shoot("gate-kept")
        self._window.gate.close_sheet()
        self._window.gate.left.emit(None)
        self._session.take_back(self._owner.allowances()[0].id)

    def _undo_window(self) -> None:
        session = self._session
        session.new_draft()
        session.choose_hat(Hat.PROFESSIONAL)
        self._desk.title.setText("Sleep in November")
        session.edit_title("Sleep in November")
        self._desk.editor.insertPlainText(_CALM)
        self._wait_for_check()
        session.ask_to_post()
        _wait_for(lambda: bool(session.pending))
        _wait(1200)
        self._shoot_both("undo-window")
        self._window.show_page("queue")
        self._shoot_both("queue")
        self._window.show_page("compose")
        session.send_now(session.pending[0].post_id)
        _wait(1500)
        self._shoot_both("sent-result")

    def _kept(self) -> None:
        self._post(Hat.PERSONAL, "Roses in November", "The last of the year, and the first frost on them.")
        self._post(Hat.PROFESSIONAL, "What a first hour is for", "My wife and I asked ourselves the same before ours.")
        self._post(Hat.PROFESSIONAL, "What a first hour is for", "A second text, under a title that is taken.")
        _wait(800)
        sent = self._window.page("sent")
        assert isinstance(sent, SentPage)
        self._window.show_page("sent")
        sent.check_chain()
        sent.list.setCurrentIndex(sent.list.model().index(1, 0))
        _wait(400)
        self._shoot_both("sent")
        sent.narrowing.times.setCurrentIndex(sent.narrowing.times.findData("days"))
        self._shoot_both("sent-narrowed")
        sheet = sent.take_along()
        self._shoot("sent-export", (560, 600), sheet)
        sheet.close()
        sent.narrowing.clear()
        sent.detail.particulars.head.click()
        _wait(120)
        sent._scroller.verticalScrollBar().setValue(sent._scroller.verticalScrollBar().maximum())
        self._shoot("sent-particulars")
        sent.list.setCurrentIndex(sent.list.model().index(0, 0))
        self._shoot("sent-failed")
        self._stage_drafts()
        self._session.new_draft()
        self._window.show_page("drafts")
        self._shoot_both("drafts")
        drafts = self._window.page("drafts")
        assert isinstance(drafts, DraftsPage)
        drafts.list.setCurrentIndex(drafts.list.model().index(1, 0))
        drafts.show_versions()
        self._shoot("drafts-versions")

    def _checked_again(self) -> None:
        rescan.walk(self._window, Path.home(), self._shoot, self._shoot_both)

    def _accounts(self) -> None:
        house = self._program.house
        page = self._window.page("accounts")
        assert house is not None
        assert isinstance(page, AccountsPage)
        self._window.show_page("accounts")
        self._shoot_both("accounts")
        accounts.walk(page, self._owner, house.services, self._shoot, self._shoot_both)
        page.connect_account(Hat.PROFESSIONAL)
        page.sheet.places.row("wordpress").click()
        self._owner.account_found.emit(_wordpress())
        page.sheet.right.yes_button.click()
        _wait_for(lambda: len(self._owner.accounts(Hat.PROFESSIONAL)) == 2)
        self._shoot("accounts-two")

    def _two_places(self) -> None:
        session = self._session
        session.new_draft()
        session.choose_hat(Hat.PROFESSIONAL)
        QTest.keyClicks(self._desk.title, "When the first school day is hard")
        self._desk.editor.insertPlainText(_ARTICLE)
        session.edit_excerpt("Three small things that help with first-day nerves.")
        session.tick(self._owner.accounts(Hat.PROFESSIONAL)[0].id, False)
        self._window.show_page("compose")
        self._window.workbench.show_previews()
        self._wait_for_check()
        self._shoot("previews-two-places", _WIDE)
        for finding in session.findings.professional.findings:
            scope = Scope.TOPIC if finding.rule == "S1" else Scope.WORDING
            session.allow(finding, scope)

    def _social(self) -> None:
        house = self._program.house
        assert house is not None
        previews.walk(house, self._window, self._owner, self._program.theme, self._shoot, self._wait_for_check)

    def _one_post(self) -> None:
        house = self._program.house
        assert house is not None
        self._window.show_page("compose")
        one_post.walk(self._window, self._owner, house.services, self._wait_for_latest, self._shoot_both)
        dry_run.walk(self._window, self._owner, house.services, self._wait_for_latest, self._shoot)
        hat_words.walk(self._window, self._wait_for_latest, self._shoot_both)

    def _policy_and_settings(self) -> None:
        self._window.show_page("policy")
        self._shoot_both("policy")
        self._window.show_page("settings")
        self._shoot_both("settings")
        settings = self._window.page("settings")
        assert isinstance(settings, SettingsPage)
        settings.retention.look_button.click()
        _wait(600)
        bring_into_view(settings.retention)
        self._shoot("settings-retention")

    def _quiet_weeks(self) -> None:
        """A rule that is mostly kept offers to step down; the gate keeps quiet, and reports."""
        house = self._program.house
        assert house is not None
        kept = Showing("S3", Hat.PROFESSIONAL, Severity.WARN, Outcome.ANSWERED, "clients_told")
        edited = Showing("S3", Hat.PROFESSIONAL, Severity.WARN, Outcome.EDITED)
        house.services.tallies.add(house.services.clock().date(), [kept] * 16 + [edited] * 4)
        self._window.show_page("policy")
        self._shoot("policy-counted")
        self._owner.trial.begin()
        self._session.new_draft()
        self._session.choose_hat(Hat.PROFESSIONAL)
        self._desk.editor.insertPlainText(_WEARY)
        self._window.workbench.show_findings()
        self._wait_for_check()
        self._shoot_both("desk-quiet")
        self._post(Hat.PROFESSIONAL, "Quietly", _WEARY)
        self._owner.save_settings(replace(self._owner.settings, trial_days=13, trial_seen_on="2026-01-01"))
        self._owner.trial.look()
        self._window.show_page("compose")
        self._shoot_both("desk-report")
        self._owner.trial.end()

    def _schedule(self) -> None:
        house = self._program.house
        assert house is not None
        self._window.show_page("compose")
        schedule.walk(self._window, self._owner, house.services, self._wait_for_latest, self._shoot_both)

    def _help(self) -> None:
        theme = self._program.theme
        for name, problem in (
            ("vault-help", VaultMissing("keyring_missing")),
            ("store-trouble", StoreUnreadable("store_damaged")),
        ):
            window = HelpWindow(theme, problem, Path.home() / "data")
            window.show()
            self._shoot(name, _SMALL, window)
            window.close()

    # Small steps.

    def _stage_drafts(self) -> None:
        """Drafts of other hours and days, and versions of one: what a newcomer does not have yet."""
        house = self._program.house
        assert house is not None
        now = datetime.now(UTC)
        for title, hat, hours in (
            ("Sourdough, attempt four", Hat.PERSONAL, 300),
            ("Open hours over Christmas", Hat.PROFESSIONAL, 26),
            ("", None, 5),
            ("Grief has no timetable", Hat.PROFESSIONAL, 1),
        ):
            text = "A few thoughts for colleagues who work with the bereaved."
            for revision in range(1, 4):
                at = now - timedelta(hours=hours, minutes=20 * (3 - revision))
                words = "\n\n".join([text] * revision)
                house.services.drafts.save(Draft(f"draft-{hours}", at, at, revision, hat, words, title))

    def _post(self, hat: Hat, title: str, text: str) -> None:
        session = self._session
        settings = self._window.page("settings")
        assert isinstance(settings, SettingsPage)
        settings.undo[hat].setValue(0)
        session.new_draft()
        session.choose_hat(hat)
        session.edit_title(title)
        session.edit_text(text)

        def answer(verdict: Verdict) -> None:
            session.post_with(tuple(Answer(f, rule_book()[f.rule].answers[0]) for f in verdict.open_findings))

        session.gate_opened.connect(answer)
        queued = []
        session.queued.connect(lambda: queued.append(True))
        session.ask_to_post()
        _wait_for(lambda: bool(queued))
        session.gate_opened.disconnect(answer)
        self._window.gate.close_sheet()
        _wait(1100)

    def _wait_for_latest(self) -> None:
        session = self._session
        _wait_for(lambda: session.draft.revision == session.findings.revision == session.faces.revision)
        _wait(250)

    def _wait_for_check(self) -> None:
        session = self._session
        revision = session.draft.revision
        _wait_for(lambda: session.findings.revision == revision and session.faces.revision == revision)
        _wait(250)
        assert session.draft.is_empty or session.findings.professional.complete
        assert all(f.severity > Severity.SILENT for f in session.findings.professional.findings)

    def _shoot_both(self, name: str) -> None:
        self._shoot(name)
        self._shoot(f"{name}-small", _SMALL)
        self._window.resize(*_USUAL)
        _wait(80)

    def _shoot(self, name: str, size: tuple[int, int] = _USUAL, window: QWidget | None = None) -> None:
        if self._only and not any(name.startswith(wanted) for wanted in self._only):
            return
        window = window or self._window
        window.resize(*size)
        _wait(180)
        window.grab().save(str(self._out / f"{name}-{self._ending}.png"))


def _wait(delay_ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(delay_ms, loop.quit)
    loop.exec()


def _wait_for(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the window did not get there")
        _wait(20)


def _wordpress() -> ConnectedProfile:
    """What a site answers when somebody signs in."""
    account = account_of(
        Hat.PROFESSIONAL,
        id="wordpress",
        network="wordpress",
        label="Harbour Street Practice",
        handle="alee",
        settings={"site_url": "https://harbour-street.example.com", "login": "alee"},
    )
    pending = PendingAccount(Login(account, "alee:abcd efgh ijkl mnop"), Profile("Dr A. Lee", "alee"))
    site = "https://harbour-street.example.com"
    return ConnectedProfile(
        Hat.PROFESSIONAL, "wordpress", "Dr A. Lee", "alee", site, "Harbour Street Practice", pending
    )


def _picture() -> bytes:
    """A drawn morning: sky, ground, a gate."""
    width, height = 1200, 720
    sky = Image.linear_gradient("L").resize((width, height))
    bands = (sky.point(lambda v: 150 + v // 3), sky.point(lambda v: 185 + v // 5), sky.point(lambda v: 225))
    picture = Image.merge("RGB", bands)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, width, height), fill="#8a9a78")
    for x in range(300, 901, 60):
        draw.rectangle((x, 260, x + 12, 560), fill="#4a4a52")
    draw.rectangle((270, 300, 930, 316), fill="#4a4a52")
    draw.rectangle((270, 470, 930, 486), fill="#4a4a52")
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=88)
    return data.getvalue()
