"""The draft on the desk: one frozen value, what the check says of it, how it will look, and the way to post it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.boundary import pictures, rewrite
from twohats.bridge.dry_runs import DryRuns
from twohats.bridge.owner import Owner
from twohats.bridge.post_options import PostOptions
from twohats.bridge.posting import Pending, Posting
from twohats.bridge.scanner import Scanner
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows import compose
from twohats.flows.order import Leader
from twohats.model.account import Account
from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.errors import BadInput, TwoHatsError
from twohats.model.finding import CheckResult, Finding, Suggestion, SuggestionKind
from twohats.model.identity import Hat, Identity
from twohats.model.media import Media
from twohats.model.plan import Keeper, Plan
from twohats.model.policy import Allowance, Scope, normalise
from twohats.model.rendition import Rendition
from twohats.model.wording import HatWords

# Long enough that a check does not begin between two keys of a word: it would take the interpreter from the typing.
CHECK_AFTER_MS = 400
_RENDER_AFTER_MS = 60
_SAVE_AFTER_MS = 500
_RETRY_SAVE_AFTER_MS = 5000


@dataclass(frozen=True, slots=True)
class Findings:
    """What the check says under each hat, of one revision of one draft."""

    personal: CheckResult
    professional: CheckResult
    revision: int
    draft_id: str = ""

    def of(self, hat: Hat) -> CheckResult:
        return self.personal if hat is Hat.PERSONAL else self.professional


@dataclass(frozen=True, slots=True)
class Face:
    """The draft as one account will show it."""

    account: Account
    identity: Identity
    rendition: Rendition
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Faces:
    """Both sides of the preview."""

    personal: tuple[Face, ...]
    professional: tuple[Face, ...]
    revision: int
    draft_id: str = ""

    def of(self, hat: Hat) -> tuple[Face, ...]:
        return self.personal if hat is Hat.PERSONAL else self.professional


_NOTHING = CheckResult(())


class Session(QObject):
    """Everything the desk shows comes from here, and every wish of the desk goes here. Lives on the main thread.

    `words_wanted`: whoever holds words that were typed and not told yet tells them now, before this signal returns. It
    goes before anything here reads the draft, so that a page may tell of a key after it has been painted.
    `overtaken` carries the id of a draft that another window wrote to meanwhile: that one stays as it was written, and
    what is on the desk has become a draft of its own. `version_restored` carries a draft's id, and the number of the
    version that keeps what stood there before. `words_joined` carries a draft's id and the HatWords that it lost, as
    both hats say the same; `rest_kept` the id and the hat of a draft: what the other hat says in words of its own stays
    when a post is handed over. `options`: what a person sets beside the text;
    `dry_runs`: what posting would send.
    """

    words_wanted = Signal()
    draft_opened = Signal(object)
    draft_changed = Signal(object)
    hat_changed = Signal(object)
    findings_changed = Signal(object)
    faces_changed = Signal(object)
    saved = Signal(object)
    gate_opened = Signal(object)
    post_refused = Signal(str, dict)
    pending_changed = Signal(object)
    queued = Signal()
    planned = Signal(str)
    window_opened = Signal(str, int)
    window_ended = Signal(str)
    busy_changed = Signal(bool)
    allowed = Signal(object)
    suggestion_used = Signal(object)
    handed_over = Signal(str, object, object)
    taken_back = Signal(str)
    discarded = Signal(str)
    overtaken = Signal(str)
    version_restored = Signal(str, int)
    words_joined = Signal(str, object)
    rest_kept = Signal(str, object)
    problem = Signal(str, dict)

    def __init__(self, services: Services, owner: Owner, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._told = self._fresh_draft()
        self._saved_revision = 0
        self._is_stored = False
        self._findings = Findings(_NOTHING, _NOTHING, -1)
        self._faces = Faces((), (), -1)
        self._scanner = Scanner(tasks, Lane.SCAN, CHECK_AFTER_MS, self._prepare_check, self)
        self._scanner.came.connect(self._show_findings)
        self._scanner.failed.connect(self._tell)
        self._drawer = Scanner(tasks, Lane.RENDER, _RENDER_AFTER_MS, self._prepare_faces, self)
        self._drawer.came.connect(self._show_faces)
        self._drawer.failed.connect(self._tell)
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.timeout.connect(self._autosave)
        self._posting = Posting(services, owner, tasks, self, self)
        for told, handed_on in (
            (self._posting.gate_opened, self.gate_opened),
            (self._posting.post_refused, self.post_refused),
            (self._posting.pending_changed, self.pending_changed),
            (self._posting.queued, self.queued),
            (self._posting.planned, self.planned),
            (self._posting.window_opened, self.window_opened),
            (self._posting.window_ended, self.window_ended),
            (self._posting.busy_changed, self.busy_changed),
            (self._posting.handed_over, self.handed_over),
            (self._posting.taken_back, self.taken_back),
            (self._posting.rest_kept, self.rest_kept),
            (self._posting.problem, self.problem),
        ):
            told.connect(handed_on)
        self._posting.window_opened.connect(lambda _post_id, _window_s: self.saved.emit(self._now()))
        self._posting.planned.connect(lambda _post_id: self.saved.emit(self._now()))
        for changed in (owner.identities_changed, owner.accounts_changed, owner.policy_changed):
            changed.connect(self.look_again)
        self.options = PostOptions(services, owner, tasks, lambda: self._draft, self._change, self)
        self.dry_runs = DryRuns(services, owner, tasks, self, self)
        owner.learning.follow(self)

    @property
    def draft(self) -> Draft:
        """The draft as it stands on the page, the last key included."""
        return self._draft

    @property
    def hat(self) -> Hat | None:
        return self._draft.hat

    @property
    def findings(self) -> Findings:
        return self._findings

    @property
    def faces(self) -> Faces:
        return self._faces

    @property
    def pending(self) -> tuple[Pending, ...]:
        return self._posting.pending

    @property
    def is_busy(self) -> bool:
        return self._posting.is_busy

    # What a person writes.

    def note_key(self) -> None:
        """A key was pressed on the page: what runs beside the typing lets it go first."""
        self._services.courtesy.note_key()

    def edit_text(self, text: str) -> None:
        if text != self._draft.text:
            self._change(compose.with_text(self._draft, text, self._now()))

    def edit_title(self, title: str) -> None:
        if title != self._draft.title:
            self._change(compose.with_title(self._draft, title, self._now()))

    def edit_excerpt(self, excerpt: str) -> None:
        if excerpt != self._draft.excerpt:
            self._change(compose.with_excerpt(self._draft, excerpt, self._now()))

    def edit_tags(self, tags: tuple[str, ...]) -> None:
        self._change(compose.with_tags(self._draft, tags, self._now()))

    def choose_hat(self, hat: Hat) -> None:
        """Text, caret, pictures and ticks stay; what the check says is shown under the new hat at once. Where each hat
        has words of its own, those of the new one stand there."""
        if hat is self._draft.hat:
            return
        self._change(compose.with_hat(self._draft, hat, self._now()))
        self._owner.remember_hat(hat)
        self.hat_changed.emit(hat)
        self.findings_changed.emit(self._findings)

    def word_apart(self) -> None:
        """Gives each hat words of its own, which are the same at first."""
        self._change(compose.with_words_apart(self._draft, self._now()))

    def say_the_same(self) -> None:
        """Both hats say again what stands on the page; `words_joined` carries what can be had back."""
        draft = self._draft
        if draft.other_words is not None:
            self._change(compose.with_same_words(draft, self._now()))
            self.words_joined.emit(draft.id, draft.other_words)

    def word_apart_again(self, draft_id: str, words: HatWords) -> None:
        """Takes `say_the_same` back, if that draft is on the desk still."""
        draft = self._draft
        if draft.id == draft_id and draft.other_words is None:
            self._change(compose.with_words_of(draft, words, self._now()))
            self.hat_changed.emit(self._draft.hat)

    def tick(self, account_id: str, is_ticked: bool) -> None:
        self._change(compose.with_target(self._draft, account_id, is_ticked, self._now()))

    def add_picture(self, path: str) -> None:
        """Cleans and keeps a picture file; `problem` says why not."""
        file = Path(path)

        def read() -> tuple[pictures.CleanPicture, str]:
            try:
                data = file.read_bytes()
            except OSError as problem:
                raise BadInput("picture_unreadable") from problem
            return pictures.clean(data), file.name

        self._take_picture(read)

    def add_picture_bytes(self, data: bytes, name: str) -> None:
        """The same for a pasted picture."""
        self._take_picture(lambda: (pictures.clean(data), name))

    def set_alt(self, media_id: str, alt: str) -> None:
        self._change(compose.with_alt(self._draft, media_id, alt, self._now()))

    def remove_picture(self, media_id: str) -> None:
        self._change(compose.without_picture(self._draft, media_id, self._now()))

    def picture_bytes(self, media: Media) -> bytes:
        return self._services.media.read(media.digest)

    # What a person does about a finding.

    def apply(self, suggestion: Suggestion) -> None:
        """Takes a suggestion outside the text; the editor applies those in the text itself, as one step of its undo."""
        if suggestion.kind is SuggestionKind.MOVE:
            if self._draft.hat is not None:
                self.choose_hat(self._draft.hat.other)
            return
        found = (*self._findings.personal.findings, *self._findings.professional.findings)
        if not self._is_of_now(self._findings) or not any(suggestion in finding.suggestions for finding in found):
            return  # the words moved meanwhile; the check is on its way
        changed = rewrite.apply(self._draft, suggestion)
        self.note_suggestion(suggestion)
        self._change(replace(changed, revision=self._draft.revision + 1, edited_at=self._now()))
        self.draft_opened.emit(self._draft)

    def note_suggestion(self, suggestion: Suggestion) -> None:
        """A suggestion is taken: told by whoever applies it."""
        self.suggestion_used.emit(suggestion)

    def allow(self, finding: Finding, scope: Scope, reason: str = "") -> None:
        """Lets a finding pass, as far as `scope` goes; `allowed` carries what can be taken back."""
        if self._draft.hat is None:
            return
        allowance = Allowance(
            id=self._services.new_id(),
            scope=scope,
            rule=finding.rule,
            hat=self._draft.hat,
            wording="" if scope is Scope.TOPIC else normalise(finding.words),
            made_at=self._now(),
            draft_id=self._draft.id if scope is Scope.POST else "",
            reason=reason,
        )
        with self._telling():
            self._owner.add_allowance(allowance)
            self.allowed.emit(allowance)

    def take_back(self, allowance_id: str) -> None:
        with self._telling():
            self._owner.remove_allowance(allowance_id)

    # Which draft is on the desk.

    def new_draft(self) -> None:
        if self.save_now():
            self._put_on_desk(self._fresh_draft(), is_stored=False)

    def open_draft(self, draft_id: str) -> None:
        """Puts a kept draft on the desk. What stands there stays when it cannot be saved."""
        with self._telling():
            draft = self._services.drafts.get(draft_id) if self.save_now() else None
            if draft is not None:
                self._put_on_desk(draft, is_stored=True)

    def open_version(self, draft_id: str, number: int) -> None:
        """Restores a kept version as the newest state of its draft; the one before stays among the versions."""
        if not self.save_now():
            return
        with self._telling():
            version = self._services.drafts.version(draft_id, number)
            current = self._services.drafts.get(draft_id)
            if version is None or current is None:
                return
            self._services.drafts.set_aside(draft_id)
            restored = replace(version, revision=current.revision + 1, edited_at=self._now(), post_id="")
            self._put_on_desk(restored, is_stored=True)
            self._saved_revision = -1
            kept = self._services.drafts.versions(draft_id)
            if self.save_now() and not current.is_empty and kept:
                self.version_restored.emit(draft_id, kept[0].number)

    def discard_draft(self) -> None:
        """Into the bin, undoable."""
        if not self.save_now():
            return
        draft_id = self._draft.id
        was_stored = self._is_stored
        if was_stored:
            with self._telling():
                self._services.drafts.delete(draft_id, self._now())
        self._put_on_desk(self._fresh_draft(), is_stored=False)
        if was_stored:
            self.discarded.emit(draft_id)
            self.saved.emit(self._now())

    def restore_draft(self, draft_id: str) -> None:
        with self._telling():
            self._services.drafts.undelete(draft_id)
        self.open_draft(draft_id)

    def save_now(self) -> bool:
        """Writes the draft if anything changed since it was last written. False when that failed: `problem` tells."""
        self._save_timer.stop()
        if not self._is_worth_saving():
            return True
        draft = self._draft
        try:
            is_written = self._services.drafts.save(draft)
        except TwoHatsError as problem:
            self._retry_save(problem)
            return False
        if not is_written:
            return self._part_ways()
        self._note_saved(draft)
        return True

    # The way to post.

    def ask_to_post(self, plan: Plan | None = None, keeper: Keeper = Keeper.HERE) -> None:
        """Reviews these exact bytes; then the undo window, the gate, or a refusal in words.

        With a plan the post waits for its time instead (`planned` follows): here, or, if that is wished and as far as
        they can (`keepers`), with the networks.
        """
        self._posting.ask_to_post(plan, keeper)

    def ask_again(self) -> None:
        """The same as was asked last, for the same time: something has changed at the gate."""
        self._posting.ask_again()

    def keepers(self, plan: Plan) -> Mapping[str, str]:
        """Why the network of each ticked account of this hat cannot keep the post until then, by the account's id: a
        code, "" where it can."""
        hat = self._draft.hat
        ticked = [face for face in self._faces.of(hat) if face.is_ticked] if hat else []
        planner = self._services.publisher.planner
        return {face.account.id: planner.unfit_to_keep(face.rendition, plan.at) for face in ticked}

    def post_with(self, answers: tuple[Answer, ...]) -> None:
        """From the gate, with a reason for each open finding. After an edit it is reviewed anew."""
        self._posting.post_with(answers)

    def undo_post(self, post_id: str) -> None:
        """Takes a post back before it leaves, and puts its draft on the desk again."""
        self._posting.undo_post(post_id)

    def send_now(self, post_id: str) -> None:
        """Cuts the undo window short."""
        self._posting.send_now(post_id)

    def start_afresh(self) -> None:
        """A new post takes the place of one that was handed over."""
        self._put_on_desk(self._fresh_draft(), is_stored=False)

    def look_again(self) -> None:
        """Identities, accounts or policy changed: the same words may now read differently."""
        self._scanner.ask_at_once()
        self._drawer.ask_at_once()

    # Inside.

    @property
    def _draft(self) -> Draft:
        self.words_wanted.emit()
        return self._told

    def _change(self, draft: Draft) -> None:
        self._told = draft
        self.draft_changed.emit(draft)
        if not self._save_timer.isActive():
            self._save_timer.start(_SAVE_AFTER_MS)  # not restarted by later keys: never more than this unsaved
        self._scanner.ask()
        self._drawer.ask()

    def _put_on_desk(self, draft: Draft, is_stored: bool) -> None:
        self._save_timer.stop()
        self._told = draft
        self._is_stored = is_stored
        self._saved_revision = draft.revision
        self._posting.forget_review()
        self._findings = Findings(_NOTHING, _NOTHING, -1)
        self.draft_opened.emit(draft)
        self.draft_changed.emit(draft)
        self.hat_changed.emit(draft.hat)
        self.findings_changed.emit(self._findings)
        self.look_again()

    def _fresh_draft(self) -> Draft:
        hat = self._owner.remembered_hat()
        ticked = tuple(account.id for account in self._owner.accounts())
        return compose.new_draft(self._services.new_id(), self._now(), hat, ticked)

    def _now(self) -> datetime:
        return self._services.clock()

    def _is_worth_saving(self) -> bool:
        return self._draft.revision != self._saved_revision and (self._is_stored or not self._draft.is_empty)

    def _autosave(self) -> None:
        if not self._is_worth_saving():
            return
        draft = self._draft

        def note(is_written: bool) -> None:
            if is_written:
                self._note_saved(draft)
            elif draft.id == self._draft.id and draft.revision > self._saved_revision:
                self._part_ways()  # else the newer state that stands there is our own

        self._tasks.run(Lane.DISK, lambda: self._services.drafts.save(draft), note, self._retry_save)

    def _retry_save(self, problem: TwoHatsError) -> None:
        self._tell(problem)
        self._save_timer.start(_RETRY_SAVE_AFTER_MS)

    def _part_ways(self) -> bool:
        """Another window wrote a newer state: both stay, and what is on the desk becomes a draft of its own. Whether
        that could be written."""
        overtaken_id = self._draft.id
        self._told = replace(self._draft, id=self._services.new_id(), post_id="")
        self._is_stored = False
        self._saved_revision = -1
        self.draft_changed.emit(self._draft)
        self.overtaken.emit(overtaken_id)
        self.look_again()
        return self.save_now()

    def _note_saved(self, draft: Draft) -> None:
        if draft.id != self._draft.id:
            return
        self._is_stored = True
        self._saved_revision = max(self._saved_revision, draft.revision)
        self.saved.emit(self._now())

    def _prepare_check(self) -> Callable[[], Findings]:
        draft = self._draft
        policy = self._owner.policy
        personal, professional = self._owner.identities()
        checker, courtesy = self._services.checker, self._services.courtesy

        def is_wanted() -> bool:
            told = self._told  # in the lane of the check: nothing may be asked of the page from there
            return (told.id, told.revision) == (draft.id, draft.revision)

        def check() -> Findings:
            with courtesy.only_while(is_wanted):
                return Findings(
                    personal=checker.check(draft.said_by(Hat.PERSONAL), personal, policy),
                    professional=checker.check(draft.said_by(Hat.PROFESSIONAL), professional, policy),
                    revision=draft.revision,
                    draft_id=draft.id,
                )

        return check

    def _show_findings(self, findings: Findings) -> None:
        if not self._is_of_now(findings):
            self._scanner.ask()
            return
        self._findings = findings
        self.findings_changed.emit(findings)

    def _prepare_faces(self) -> Callable[[], Faces]:
        draft = self._draft
        now = self._now()
        identities = self._owner.identities()
        accounts = self._owner.accounts()
        renderer = self._services.renderer
        courtesy = self._services.courtesy

        def face(account: Account, identity: Identity, leader: Leader | None) -> Face:
            courtesy.give_way()
            is_ticked = account.id in draft.target_ids
            own = draft.said_by(account.hat)
            rendition = renderer.render(own, account, identity, now, leader if is_ticked else None)
            return Face(account, identity, rendition, is_ticked)

        def side(identity: Identity) -> tuple[Face, ...]:
            own = [account for account in accounts if account.hat is identity.hat]
            ticked = [account for account in own if account.id in draft.target_ids]
            leader = renderer.leader(draft.said_by(identity.hat), ticked, identity, now)
            return tuple(face(account, identity, leader) for account in own)

        def draw() -> Faces:
            return Faces(side(identities[0]), side(identities[1]), draft.revision, draft.id)

        return draw

    def _show_faces(self, faces: Faces) -> None:
        if not self._is_of_now(faces):
            self._drawer.ask()
            return
        self._faces = faces
        self.faces_changed.emit(faces)

    def _take_picture(self, read: Callable[[], tuple[pictures.CleanPicture, str]]) -> None:
        draft_id = self._draft.id

        def keep() -> Media:
            clean, name = read()
            self._services.media.add(clean.digest, clean.data)
            return Media(
                id=self._services.new_id(),
                digest=clean.digest,
                mime=clean.mime,
                width=clean.width,
                height=clean.height,
                size_bytes=len(clean.data),
                original_name=name,
                removed=clean.removed,
            )

        def add(media: Media) -> None:
            if self._draft.id == draft_id:
                self._change(compose.with_picture(self._draft, media, self._now()))
            else:
                self.problem.emit("picture_late", {})

        self._tasks.run(Lane.PICTURES, keep, add, self._tell)

    def _is_of_now(self, of: Findings | Faces) -> bool:
        return of.draft_id == self._draft.id and of.revision == self._draft.revision

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except TwoHatsError as problem:
            self._tell(problem)

    def _tell(self, problem: TwoHatsError) -> None:
        self.problem.emit(problem.code, dict(problem.facts))
