"""Newer versions: asked once whether to look, then a switch; what was found, and what to do about it."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from twohats.bridge.owner import Owner
from twohats.bridge.updates import Stage
from twohats.gui import wording
from twohats.gui.sent.moment import moment_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.model.errors import TwoHatsError
from twohats.model.settings import UpdateWish
from twohats.model.update import Channel

_SECTION = "update"
_MB = 1_000_000


class UpdatesCard(Card):
    """Where updates come from a store or a package, it says so and nothing more."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=16, spacing=8)
        self._owner = owner
        self._updates = owner.updates
        self._is_loading = False
        self._said = ""
        self._state = Label("", "strong", wraps=True)
        self._about = soft(wording.sentence(_SECTION, "about", host=self._updates.host))
        self._question = Label(wording.sentence(_SECTION, "question"), wraps=True)
        self.yes_button = Button(theme, wording.sentence(_SECTION, "yes"), "small")
        self.no_button = Button(theme, wording.sentence(_SECTION, "no"), "small")
        self.yes_button.clicked.connect(self._say_yes)
        self.no_button.clicked.connect(self._say_no)
        self._answers = _row(self.yes_button, self.no_button)
        self.switch = QCheckBox(wording.sentence(_SECTION, "switch"))
        self.switch.toggled.connect(self._turn)
        self.install_button = Button(theme, wording.sentence(_SECTION, "install"), "small")
        self.fetch_button = Button(theme, wording.sentence(_SECTION, "fetch"), "small")
        self.notes_button = Button(theme, wording.sentence(_SECTION, "notes"), "small", "external")
        self.look_button = Button(theme, wording.sentence(_SECTION, "look"), "small", "refresh")
        self.install_button.clicked.connect(self._updates.install)
        self.fetch_button.clicked.connect(self._updates.fetch)
        self.notes_button.clicked.connect(self._open_notes)
        self.look_button.clicked.connect(self._updates.look)
        self._buttons = _row(self.install_button, self.fetch_button, self.notes_button, self.look_button)
        self._problem = Label("", wraps=True)
        self._problem.set_tone("warn")
        self._problem.setVisible(False)
        below = (self._question, self._answers, self.switch, self._about)
        for part in (self._state, self._problem, self._buttons, *below):
            self.body.addWidget(part)
        self._updates.changed.connect(self.refresh)
        owner.settings_changed.connect(self._follow_settings)
        self.refresh()

    @property
    def sentence(self) -> str:
        """How it stands."""
        return self._state.text()

    @property
    def problem_sentence(self) -> str:
        """What went wrong last; empty where nothing did."""
        return self._problem.text()

    def refresh(self) -> None:
        """Shows how it stands now."""
        updates, stage, found = self._updates, self._updates.stage, self._updates.found
        is_answered = self._owner.settings.updates is not UpdateWish.UNANSWERED
        self._is_loading = True
        self.switch.setChecked(self._owner.settings.updates is UpdateWish.DAILY)
        self._is_loading = False
        self._state.setText(self._words())
        self._problem.setText(wording.error(updates.problem) if updates.problem else "")
        self._problem.setVisible(updates.problem is not None)
        for part in (self._question, self._answers):
            part.setVisible(updates.is_on_offer and not is_answered)
        self.switch.setVisible(updates.is_on_offer and is_answered)
        self._about.setVisible(updates.is_on_offer)
        self._buttons.setVisible(updates.is_on_offer and (is_answered or found is not None))
        is_newer = found is not None and found.is_newer
        may_fetch = found is not None and found.package is not None
        is_busy = stage in (Stage.LOOKING, Stage.FETCHING)
        self.install_button.setVisible(stage is Stage.READY)
        self.fetch_button.setVisible(may_fetch and stage is not Stage.READY)
        self.fetch_button.setEnabled(not is_busy)
        self.notes_button.setVisible(is_newer)
        self.look_button.setEnabled(not is_busy)
        self._tell()

    def _words(self) -> str:
        updates, found = self._updates, self._updates.found
        if not updates.is_on_offer:
            return wording.sentence("error", f"update_off_{_off_word(updates.channel)}")
        have = str(updates.own)
        newest = str(found.release.version) if found is not None else ""
        match updates.stage:
            case Stage.LOOKING:
                return wording.sentence(_SECTION, "looking")
            case Stage.FETCHING:
                done, all_ = (round(size / _MB, 1) for size in updates.so_far)
                return wording.sentence(_SECTION, "fetching", newest=newest, done=done, all=all_)
            case Stage.READY:
                return wording.sentence(_SECTION, "ready", newest=newest)
        if found is None:
            return wording.sentence(_SECTION, "have", version=have)
        if not found.is_newer:
            return wording.sentence(_SECTION, "newest", version=have, when=moment_of(found.at))
        return wording.sentence(_SECTION, "newer" if found.package else "newer_page", newest=newest, version=have)

    def _tell(self) -> None:
        """What changed is said aloud, but for the counting of a download."""
        said = self.problem_sentence or ("" if self._updates.stage is Stage.FETCHING else self.sentence)
        if said and said != self._said and self.isVisible():
            announce(self, said)
        self._said = said

    def _follow_settings(self, _settings: object) -> None:
        self.refresh()

    def _turn(self, is_on: bool) -> None:
        if not self._is_loading and self._wish(UpdateWish.DAILY if is_on else UpdateWish.NEVER):
            self._updates.look_if_due()

    def _say_yes(self) -> None:
        if self._wish(UpdateWish.DAILY):
            self._updates.look()

    def _say_no(self) -> None:
        self._wish(UpdateWish.NEVER)

    def _wish(self, wish: UpdateWish) -> bool:
        try:
            self._owner.save_settings(replace(self._owner.settings, updates=wish))
        except TwoHatsError as problem:
            self.refresh()
            self._problem.setText(wording.error(problem))
            self._problem.show()
            return False
        return True

    def _open_notes(self) -> None:
        if self._updates.found is not None:
            self._owner.open_page(self._updates.found.release.notes_url)


def _off_word(channel: Channel) -> str:
    """A channel that could look, and does not, lacks a key."""
    return "setup" if channel.may_look else channel.value


def _row(*parts: QWidget) -> QWidget:
    row = QWidget()
    flow = FlowLayout(row)
    for part in parts:
        flow.addWidget(part)
    return row
