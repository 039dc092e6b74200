"""The desk: who posts, where it goes, the page, its pictures, who can read it, and the button that posts."""

from datetime import datetime

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from twohats.bridge.brake import Brake
from twohats.bridge.dry_runs import ToldRequests
from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.posting import Pending
from twohats.bridge.session import Faces, Findings, Session
from twohats.gui import wording
from twohats.gui.composer.article_fields import BLOGS, ArticleFoot, TitleField
from twohats.gui.composer.blog_first import BlogFirst
from twohats.gui.composer.departure import DepartureLine
from twohats.gui.composer.editor import Editor
from twohats.gui.composer.hat_words import HatWordsCard
from twohats.gui.composer.identity_switch import IdentitySwitch
from twohats.gui.composer.media_strip import PICTURE_FILTER, MediaStrip
from twohats.gui.composer.more_button import MoreButton
from twohats.gui.composer.naming import listed
from twohats.gui.composer.options import OptionsStrip
from twohats.gui.composer.own_words import OwnWords
from twohats.gui.composer.paper import Paper
from twohats.gui.composer.post_button import PostButton
from twohats.gui.composer.quiet_line import QuietLine
from twohats.gui.composer.result_strip import ResultStrip
from twohats.gui.composer.spans import Positions
from twohats.gui.composer.targets import AudienceLine, TargetsBar
from twohats.gui.composer.trial_report import TrialReportCard
from twohats.gui.composer.undo_bar import UndoBars
from twohats.gui.schedule import when
from twohats.gui.schedule.brake_card import BrakeCard
from twohats.gui.schedule.later import Later
from twohats.gui.schedule.planned_note import PlannedNote
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button
from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.finding import Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.span import Field, Span

_REFRESH_AFTER_MS = 80
_WIDEST_PX = 840
_TIGHT_BELOW_PX = 600
_ROOMY_FROM_PX = 720
_FIELDS = (
    *(Field.WARNING, Field.CARD, Field.WORDING, Field.TITLE, Field.TEXT),
    *(Field.EXCERPT, Field.TAG, Field.ALT, Field.FILE_NAME),
)
"""In the order in which they stand on the desk."""


class Desk(QWidget):
    """Shows the session and tells it what the person wishes. Nothing here decides anything.

    `answer_shown` carries the widget that answers what the person just did, for whoever scrolls.
    """

    connect_wanted = Signal(object)
    finding_shown = Signal(object)
    finding_pointed = Signal(object)
    accent_changed = Signal(object)
    answer_shown = Signal(object)

    def __init__(self, theme: Theme, session: Session, owner: Owner, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._owner = owner
        self._library = library
        self._checked_text: str | None = None
        self._walked: Finding | None = None
        self._pending_ids: tuple[str, ...] = ()
        self._draft_id = ""
        self._was_empty = True
        self._worn: Hat | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName("Compose")

        self.switch = IdentitySwitch(theme)
        self.targets = TargetsBar(theme)
        self.blog_first = BlogFirst(session.options)
        self.options = OptionsStrip(theme, session.options)
        self.own_words = OwnWords(theme, session.options)
        self.hat_words = HatWordsCard(theme)
        self.paper = Paper(theme)
        self.title = TitleField()
        self.editor = Editor(theme, on_key=session.note_key)
        self.article_foot = ArticleFoot(theme)
        self.media = MediaStrip(theme, session.picture_bytes)
        self.audience = AudienceLine(theme)
        self.refusal = Banner(theme)
        self.undo_bars = UndoBars(theme)
        self.results = ResultStrip(theme, library, owner)
        self.trial_report = TrialReportCard(theme, owner)
        self.quiet_line = QuietLine(theme, owner)
        self.departure = DepartureLine(theme)
        self.later = Later(theme, session, owner.now)
        self.planned_note = PlannedNote(theme, session, library)
        self._brake = Brake(session, owner)
        self.brake_card = BrakeCard(theme)
        self.post = PostButton(theme)
        self.more = MoreButton(theme)
        self.saved = Button(theme, "", "tiny-link", tip=wording.sentence("desk_menu", "versions_tip"))
        # As high as the buttons beside it: small words alone are hard to hit.
        self.saved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.saved.clicked.connect(self.more.versions_wanted)
        self.saved.hide()
        self._add_picture = Button(theme, "Picture", "flat", "picture", "Add a picture")
        self._add_picture.setAccessibleName("Add a picture")
        self._new = Button(
            theme, "New post", "flat", "plus", "Start a new post; this one stays among the drafts (Ctrl+N)"
        )
        self._discard = Button(theme, "Discard", "flat", "trash", "Put this draft into the bin (Ctrl+Shift+D)")
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(_REFRESH_AFTER_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        self._build()
        self._connect()
        theme.theme_changed.connect(self._restyle)
        self._restyle()
        self.show_identities()
        self._load(session.draft)
        self._show_pending(session.pending)

    # What others ask of the desk.

    def walk(self, step: int) -> Finding | None:
        """To the next finding (1) or the one before (-1), in text order, round and round; tells a screen reader."""
        findings = self._in_order()
        if not findings:
            announce(self, "Nothing found by these checks.")
            return None
        place = self._place_of_walk(findings, step)
        finding = findings[place]
        self.go_to(finding)
        announce(self, spoken(finding, place + 1, len(findings)))
        return finding

    def go_to(self, finding: Finding) -> None:
        """Selects the words of a finding, in whichever field they are."""
        self._walked = finding
        self.finding_shown.emit(finding)  # first, since it brings the desk back where that takes turns
        span = finding.span
        match span.field:
            case Field.TEXT:
                self.editor.select_finding(finding)
                self.editor.setFocus()
            case Field.TITLE:
                positions = Positions(self.title.text())
                self.title.show_words(positions.to_units(span.start), positions.to_units(span.end))
            case Field.EXCERPT | Field.TAG:
                self.article_foot.show_field(span.field)
            case Field.WARNING | Field.CARD:
                self.options.go_to(span)
            case Field.WORDING:
                self._go_to_own_words(span)
            case Field.ALT | Field.FILE_NAME:
                media = self._session.draft.media
                if span.index < len(media):
                    self.media.show_item(media[span.index].id)
        self.editor.glow(finding)

    def use(self, suggestion: Suggestion) -> None:
        """Takes a suggestion: in the text as one step of undo, elsewhere through the session."""
        if suggestion.kind is SuggestionKind.MOVE or suggestion.span.field is not Field.TEXT:
            self._session.apply(suggestion)
        elif self.editor.text == self._checked_text:  # else the words have moved on, and a new check is under way
            self._session.note_suggestion(suggestion)
            self.editor.apply_suggestion(suggestion)
            self.editor.setFocus()

    def use_best(self, finding: Finding) -> None:
        """The first suggestion of a finding that changes words; else the move to the other hat."""
        changing = [s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE]
        for suggestion in changing or finding.suggestions:
            self.use(suggestion)
            return

    def post_now(self) -> None:
        """What the Post button does."""
        if self.post.isEnabled():
            self.refusal.hide()
            if self.later.plan is None and self._brake.holds(when.own_zone()):
                self.brake_card.offer(self._brake.morning(when.own_zone()))
                self.answer_shown.emit(self.brake_card)
                return
            self.brake_card.hide()
            self._session.ask_to_post(self.later.plan, self.later.keeper)
        else:
            self._refresh()
            if self.post.isEnabled():
                self.post_now()

    def word_apart(self) -> None:
        """Gives each hat words of its own, and says so where it can be undone."""
        self._session.word_apart()
        self._refresh()
        self.answer_shown.emit(self.hat_words)
        announce(self, self.hat_words.note.text())
        self.editor.setFocus()

    def show_requests(self) -> None:
        """Asks what posting would send, at the time that is chosen; a sheet shows it, or a sentence says why it could
        not be posted."""
        if not self.more.requests.isEnabled():
            return
        self.refusal.hide()
        if self.later.is_open and self.later.plan is None:
            self.answer_shown.emit(self.later)
            announce(self, self.later.chooser.sentence)
            return
        self._session.dry_runs.ask(self.later.plan, self.later.keeper)

    def undo_newest_post(self) -> None:
        """Takes the newest post back while it is in its undo window."""
        if self.undo_bars.newest:
            self._session.undo_post(self.undo_bars.newest)

    def choose_pictures(self) -> None:
        """Asks for picture files."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Add pictures", "", PICTURE_FILTER)
        for path in paths:
            self._session.add_picture(path)

    def open_own_words(self, account_id: str) -> None:
        """The words for one account alone, in place."""
        account = self._owner.account(account_id)
        if account is None:
            self.refusal.tell(
                wording.sentence("own_words", "account_gone"),
                "warn",
                "Take them out",
                lambda: self._drop_own_words(account_id),
            )
            return
        self.own_words.open_for(account, self._session.draft)
        self._show_faces(self._session.faces)
        self._show_findings(self._session.findings)
        self.answer_shown.emit(self.own_words)

    def show_identities(self) -> None:
        self.switch.show_identities(self._owner.identities())
        self._refresh()

    # Qt's own.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.editor.canInsertFromMimeData(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.editor.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_words()

    # Inside.

    def _go_to_own_words(self, span: Span) -> None:
        before = 0
        for own in self._session.draft.wordings:
            if span.index < before + len(own.parts):
                if self.own_words.account_id != own.account_id:
                    self.open_own_words(own.account_id)
                if self.own_words.account_id == own.account_id:
                    self.own_words.go_to(span.index - before, span.start, span.end)
                return
            before += len(own.parts)

    def _drop_own_words(self, account_id: str) -> None:
        self._session.options.share_again(account_id)
        self.refusal.hide()

    def _fold_words(self) -> None:
        """Quiet buttons keep their icon alone when the words would not fit."""
        is_tight = self.width() < self._theme.px(_TIGHT_BELOW_PX)
        for button in (self._add_picture, self.later.button):
            button.show_words(not is_tight)
        # The Post button says who, where and when: it needs the room more than those do.
        has_room = self.width() >= self._theme.px(_ROOMY_FROM_PX) and not self.later.is_open
        for button in (self._new, self._discard):
            button.show_words(has_room)
        self.article_foot.show_words(not is_tight)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.setSpacing(GAP)
        foot.addWidget(self._add_picture, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.article_foot, 1)
        self._foot_stretch = QWidget()
        self._foot_stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(self._foot_stretch, 0)
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self.title)
        self.paper.body.addLayout(self._title_row)
        self.paper.body.addWidget(self.editor, 1)
        self.paper.body.addLayout(foot)

        actions = QHBoxLayout()
        actions.setSpacing(4)
        actions.setContentsMargins(-8, 0, 0, 0)  # the words of flat buttons, not their edges, stand in the column
        actions.addWidget(self._new)
        actions.addWidget(self._discard)
        actions.addStretch(1)
        actions.addWidget(self.saved)
        actions.addSpacing(4)
        actions.addWidget(self.later.button)
        actions.addWidget(self.post, 0)
        actions.addWidget(self.more, 0)

        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.trial_report)
        column.addWidget(self.switch)
        column.addWidget(self.hat_words)
        column.addWidget(self.targets)
        column.addWidget(self.blog_first)
        column.addWidget(self.options)
        column.addWidget(self.own_words)
        column.addWidget(self.paper, 1)
        column.addWidget(self.media)
        column.addWidget(self.audience)
        column.addWidget(self.refusal)
        column.addWidget(self.results)
        column.addWidget(self.undo_bars)
        column.addWidget(self.planned_note)
        column.addWidget(self.quiet_line)
        column.addWidget(self.departure)
        column.addWidget(self.later)
        column.addWidget(self.brake_card)
        column.addLayout(actions)

        across = QHBoxLayout(self)
        across.setContentsMargins(GAP_REGION, 16, GAP_REGION, 16)
        across.addStretch(1)
        across.addWidget(self._column, 1000)
        across.addStretch(1)

    def _connect(self) -> None:
        session = self._session
        self.switch.hat_chosen.connect(session.choose_hat)
        self.targets.account_ticked.connect(session.tick)
        self.targets.connect_wanted.connect(self.connect_wanted)
        self.targets.words_wanted.connect(self.open_own_words)
        self.own_words.closed.connect(self.editor.setFocus)
        self.title.textEdited.connect(session.edit_title)
        self.editor.measure_changed.connect(self._align_title)
        self.editor.text_edited.connect(session.edit_text)
        session.words_wanted.connect(self.editor.tell_words)
        self.editor.suggestion_wanted.connect(self.use_best)
        self.editor.undo_past_start.connect(self.undo_newest_post)
        self.editor.picture_file_given.connect(session.add_picture)
        self.editor.picture_given.connect(lambda data: session.add_picture_bytes(data, "pasted picture.png"))
        self.editor.finding_pointed.connect(self._point)
        self.editor.finding_chosen.connect(self.finding_shown)
        self.article_foot.tags_edited.connect(session.edit_tags)
        self.article_foot.excerpt_edited.connect(session.edit_excerpt)
        self.media.alt_edited.connect(session.set_alt)
        self.media.removal_wanted.connect(session.remove_picture)
        self.undo_bars.undo_wanted.connect(session.undo_post)
        self.undo_bars.send_now_wanted.connect(session.send_now)
        self.results.sentence_changed.connect(lambda words: announce(self, words))
        self.post.clicked.connect(self.post_now)
        self.hat_words.same_wanted.connect(session.say_the_same)
        self.more.apart_wanted.connect(self.word_apart)
        self.more.requests_wanted.connect(self.show_requests)
        session.dry_runs.told.connect(self._open_requests)
        session.dry_runs.refused.connect(self._show_refusal)
        self.later.changed.connect(self._refresh)
        self.later.changed.connect(self._fold_words)
        self.later.button.clicked.connect(lambda: self.answer_shown.emit(self.later))
        self.planned_note.told.connect(self._end_planning)
        self.brake_card.hold_wanted.connect(lambda plan: session.ask_to_post(plan))
        self.brake_card.post_wanted.connect(lambda: session.ask_to_post())
        self.brake_card.left.connect(self.editor.setFocus)
        self._add_picture.clicked.connect(self.choose_pictures)
        self._new.clicked.connect(session.new_draft)
        self._discard.clicked.connect(session.discard_draft)
        session.draft_opened.connect(self._load)
        session.draft_changed.connect(self._follow_draft)
        session.hat_changed.connect(self._show_hat)
        session.findings_changed.connect(self._show_findings)
        session.faces_changed.connect(self._show_faces)
        session.saved.connect(self._show_saved)
        session.busy_changed.connect(self._refresh)
        session.post_refused.connect(self._show_refusal)
        session.pending_changed.connect(self._show_pending)
        self._owner.identities_changed.connect(self.show_identities)
        self._owner.accounts_changed.connect(self._refresh)

    def _align_title(self, left: int, right: int) -> None:
        """The title stands over the words, whatever the width."""
        self._title_row.setContentsMargins(left, 4, right, 0)

    def _load(self, draft: Draft) -> None:
        is_same = draft.id == self._draft_id and draft.text == self.editor.text
        if draft.id != self._draft_id:
            self.results.let_go()
        self._draft_id = draft.id
        self._was_empty = draft.is_empty
        if not is_same:
            self._checked_text = None
            self._walked = None
            self.saved.hide()
            self.refusal.hide()
            self.brake_card.hide()
            self.editor.set_text(draft.text)
            self.editor.forget_pages()
        self.title.show_title(draft.title)
        self.article_foot.show_draft(draft)
        self.article_foot.unfold_if_filled()
        self._show_hat(draft.hat)
        self._show_findings(self._session.findings)

    def _follow_draft(self, draft: Draft) -> None:
        if self._was_empty and not draft.is_empty:
            self.results.let_go_if_well()
        self._was_empty = draft.is_empty
        self._refresh_timer.start()

    def _refresh(self) -> None:
        """Everything that follows from the draft, but the text and the fields one writes in."""
        self._refresh_timer.stop()
        draft = self._session.draft
        hat = draft.hat
        accounts = self._owner.accounts(hat) if hat else ()
        worded = frozenset(own.account_id for own in draft.wordings)
        self.targets.show_accounts(hat, accounts, draft.target_ids, worded)
        chosen = tuple(account for account in accounts if account.id in draft.target_ids)
        self.audience.show_targets(hat, chosen, draft.audiences)
        self.blog_first.show_post(draft, chosen)
        self.options.show_post(draft, chosen)
        self.own_words.show_draft(draft, accounts)
        self._show_article(hat, chosen)
        self.title.show_title(draft.title)
        self.article_foot.show_draft(draft)
        self.media.show_media(draft.media)
        identity = self._owner.identity(hat) if hat else None
        where = tuple(account.label for account in chosen)
        self._show_departure()
        self.later.show_labels({account.id: account.label for account in chosen})
        self.post.show_planned(identity, where, self._times(), is_busy=self._session.is_busy)
        self._discard.setEnabled(not draft.is_empty)
        self.saved.setEnabled(not draft.is_empty)
        self.hat_words.show_draft(draft)
        self.more.show_state(
            can_post=identity is not None and bool(where),
            has_draft=not draft.is_empty,
            can_part=hat is not None and draft.other_words is None,
        )

    def _times(self) -> tuple[str, str] | None:
        plan = self.later.plan
        if plan is None:
            return ("", "") if self.later.is_open else None
        return when.short_words(plan), when.shortest_words(plan)

    def _show_article(self, hat: Hat | None, chosen: tuple[Account, ...]) -> None:
        is_blog = hat is None or any(account.network in BLOGS for account in chosen)
        self.title.setVisible(is_blog)
        self.article_foot.setVisible(is_blog)
        self._foot_stretch.setVisible(not is_blog)

    def _show_hat(self, hat: Hat | None) -> None:
        self.switch.show_hat(hat)
        draft = self._session.draft
        if draft.other_words is not None and draft.text != self.editor.text:
            self.editor.turn_page(self._worn, hat, draft.text)
        self._worn = hat
        self.paper.set_hat(hat)
        self.editor.set_hat(hat)
        self._refresh()
        self._show_faces(self._session.faces)
        self.accent_changed.emit(hat)

    def _show_findings(self, findings: Findings) -> None:
        if findings.revision == self._session.draft.revision:
            self._checked_text = self._session.draft.text
            self.own_words.show_findings(self._shown(findings))
        if self.editor.text == self._checked_text:
            self.editor.set_findings(self._shown(findings))
        elif not findings.personal.findings and not findings.professional.findings:
            self.editor.set_findings(())

    def _shown(self, findings: Findings) -> tuple[Finding, ...]:
        """Under the chosen hat; before one is chosen, under the stricter of both."""
        return findings.of(self._session.hat or Hat.PROFESSIONAL).findings

    def _show_faces(self, faces: Faces) -> None:
        hat = self._session.hat
        if hat is not None:
            self.targets.show_counts(faces.of(hat))
            self.options.show_faces(faces.of(hat))
            self.own_words.show_faces(faces.of(hat))
        self._show_departure()

    def _show_departure(self) -> None:
        hat, ticked = self._session.hat, self._session.draft.target_ids
        faces = self._session.faces.of(hat) if hat is not None else ()
        self.departure.show_faces([face for face in faces if face.account.id in ticked])

    def _show_saved(self, at: datetime) -> None:
        local = at.astimezone()
        time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
        self.saved.set_words(wording.sentence("desk_menu", "saved", time=time))
        self.saved.setAccessibleName(wording.sentence("desk_menu", "saved_spoken", time=time))
        self.saved.show()

    def _show_refusal(self, code: str, facts: dict[str, object]) -> None:
        section = "problem" if wording.has_sentence("problem", code) else "error"
        self.refusal.tell(wording.sentence(section, code, **facts), "warn")
        announce(self, self.refusal.sentence)
        self.answer_shown.emit(self.refusal)

    def _open_requests(self, told: ToldRequests) -> None:
        from twohats.gui.composer.dry_run_sheet import DryRunSheet  # seldom wanted: not at the start

        DryRunSheet(self._theme, told, self.window()).open()

    def _show_pending(self, pending: tuple[Pending, ...]) -> None:
        self.undo_bars.show_pending(pending)
        now = tuple(post.post_id for post in pending)
        for post in pending:
            if post.post_id not in self._pending_ids:
                self.editor.setFocus()
                self.answer_shown.emit(self.undo_bars)
                announce(
                    self,
                    f"Posting as {post.posted_as} to {listed(post.where)} in {post.window_s} seconds. "
                    "Control Z takes it back.",
                )
        for post_id in self._pending_ids:
            if post_id not in now:
                self.results.follow(post_id)
                if self._session.draft.is_empty:  # else the page would move under somebody who writes
                    self.answer_shown.emit(self.results)
        self._pending_ids = now

    def _end_planning(self) -> None:
        self.later.note_planned()
        self.editor.setFocus()
        self.answer_shown.emit(self.planned_note)

    def _point(self, finding: Finding | None) -> None:
        self.editor.glow(finding or self._walked)
        self.finding_pointed.emit(finding)

    def _in_order(self) -> list[Finding]:
        findings = self._shown(self._session.findings)
        seen = [finding for finding in findings if finding.severity > Severity.SILENT]
        return sorted(seen, key=lambda f: (_FIELDS.index(f.span.field), f.span.index, f.span.start, f.span.end))

    def _place_of_walk(self, findings: list[Finding], step: int) -> int:
        here = self.editor.finding_at_caret() if self.editor.hasFocus() else self._walked
        if self._walked in findings and (here == self._walked or self._walked.span.field is not Field.TEXT):
            return (findings.index(self._walked) + step) % len(findings)
        caret = Positions(self.editor.text).to_code_points(self.editor.textCursor().position())
        ahead = [n for n, f in enumerate(findings) if f.span.field is Field.TEXT and f.span.start >= caret]
        if step > 0:
            return ahead[0] if ahead else 0
        return (ahead[0] if ahead else len(findings)) - 1

    def _restyle(self) -> None:
        self._column.setMaximumWidth(self._theme.px(_WIDEST_PX))
        self._fold_words()


def spoken(finding: Finding, number: int, count: int) -> str:
    """ "Warning 2 of 3: family detail, 'my wife'. Suggestion available, Alt+Enter"."""
    word = {Severity.STOP: "Stop", Severity.WARN: "Warning"}.get(finding.severity, "Note")
    said = f"{word} {number} of {count}: {wording.rule_title(finding.rule).lower()}, '{finding.words}'."
    has_other_words = any(s.kind is not SuggestionKind.MOVE for s in finding.suggestions)
    return f"{said} Suggestion available, Alt+Enter" if has_other_words else said
