"""The settings: identities, look, undo windows, and where things lie."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QSpinBox, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.settings.about_card import AboutCard
from twohats.gui.settings.learning_card import LearningCard
from twohats.gui.settings.moving_card import MovingCard
from twohats.gui.settings.places import PlacesCard
from twohats.gui.settings.retention_card import RetentionCard
from twohats.gui.settings.timer_card import TimerCard
from twohats.gui.settings.updates_card import UpdatesCard
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.card_form import CardForm
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.fields import Field
from twohats.gui.welcome.identity_form import IdentityForm
from twohats.gui.welcome.steps import CheckStep
from twohats.gui.widgets.frames import Card, Page
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import soft, title
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.identity import Hat
from twohats.model.settings import Settings, ThemeChoice

_LONGEST_UNDO_S = 120
_LAST_HOUR = 23
_SHORT_PX = 180
_TEXT_SIZES = (100, 115, 130, 150, 175, 200)
_THEMES = ((ThemeChoice.SYSTEM, "As the system"), (ThemeChoice.LIGHT, "Light"), (ThemeChoice.DARK, "Dark"))


class SettingsPage(Page):
    """Every change counts at once; there is nothing to save."""

    def __init__(
        self, theme: Theme, owner: Owner, store_folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Settings", "Every change counts at once.")
        self.setParent(parent)
        self._theme = theme
        self._owner = owner
        self._is_loading = True
        self.identities = {hat: IdentityForm(theme, hat) for hat in Hat}
        self.card = CardForm()
        self.learning = LearningCard(theme, owner)
        self.timer = TimerCard(theme, owner)
        self.updates = UpdatesCard(theme, owner)
        self.moving = MovingCard(theme, owner)
        self.places = PlacesCard(theme, owner, store_folder)
        self.about = AboutCard(theme)
        self.retention = RetentionCard(theme, owner)
        self.body.addWidget(title("Identities"))
        self.body.addWidget(Columns(theme, *self.identities.values(), needs_px=690))
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Professional card"))
        self.body.addWidget(soft("Public on purpose: it is never flagged, and stands in for private details."))
        self.body.addWidget(self._boxed(self.card))
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Your home address"))
        self.body.addWidget(self._make_home())
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Posting"))
        self.body.addWidget(self._make_posting())
        self.body.addSpacing(GAP)
        self.body.addWidget(title(wording.sentence("timer", "title")))
        self.body.addWidget(self.timer)
        self.body.addSpacing(GAP)
        self.body.addWidget(title("The gate, and what is learned"))
        self.body.addWidget(self.learning)
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Look"))
        self.body.addWidget(self._make_look())
        self.body.addSpacing(GAP)
        self.body.addWidget(title(wording.sentence("update", "title")))
        self.body.addWidget(self.updates)
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Where things lie"))
        self.body.addWidget(self.places)
        self.body.addSpacing(GAP)
        self.body.addWidget(title(wording.sentence("retention", "title")))
        self.body.addWidget(self.retention)
        self.body.addSpacing(GAP)
        self.body.addWidget(title("Take everything along"))
        self.body.addWidget(self.moving)
        self.body.addSpacing(GAP)
        self.body.addWidget(title(CheckStep.name))
        self.body.addWidget(self._boxed(CheckStep(theme)))
        self.body.addSpacing(GAP)
        self.body.addWidget(title(wording.sentence("about", "title")))
        self.body.addWidget(self.about)
        QuietWheel(self.text_size, self.late_from, self.late_until, *self.undo.values())
        self._connect()
        theme.theme_changed.connect(self._fit_fields)
        self._fit_fields()
        self.refresh()

    def refresh(self) -> None:
        """Shows what is set now."""
        self._is_loading = True
        settings = self._owner.settings
        for hat, form in self.identities.items():
            form.show_identity(self._owner.identity(hat))
        self.card.show_card(self._owner.identity(Hat.PROFESSIONAL).card)
        self.home.setText(settings.home_address)
        self.undo[Hat.PERSONAL].setValue(settings.undo_personal_s)
        self.undo[Hat.PROFESSIONAL].setValue(settings.undo_professional_s)
        self.remember.setChecked(settings.remember_hat)
        self.themes[settings.theme].setChecked(True)
        nearest = min(_TEXT_SIZES, key=lambda size: abs(size - settings.text_scale_percent))
        self.text_size.setCurrentIndex(_TEXT_SIZES.index(nearest))
        self.learning.refresh()
        self.places.refresh()
        self.brake.setChecked(settings.brakes_at_night)
        for spin, hour in ((self.late_from, settings.late_from_h), (self.late_until, settings.late_until_h)):
            spin.setValue(hour)
        self._is_loading = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.timer.refresh()

    # Building.

    def _boxed(self, *parts: QWidget) -> QWidget:
        card = Card(padding=16, spacing=GAP)
        for part in parts:
            card.body.addWidget(part)
        return card

    def _make_home(self) -> QWidget:
        self.home = QLineEdit()
        self.home.setMaxLength(300)
        return self._boxed(
            Field(
                "Home address",
                self.home,
                "Only so that the check knows it in a post. It stays encrypted on this computer and is never sent.",
            )
        )

    def _make_posting(self) -> QWidget:
        self.undo: dict[Hat, QSpinBox] = {}
        fields = []
        for hat in Hat:
            spin = QSpinBox()
            spin.setRange(0, _LONGEST_UNDO_S)
            spin.setSuffix(" seconds")
            spin.lineEdit().setTextMargins(8, 0, 0, 0)
            self.undo[hat] = spin
            fields.append(Field(f"Undo window, {hat_name(hat)}", spin))
        self.remember = QCheckBox("Start a new post with the hat I wore last")
        return self._boxed(
            Columns(self._theme, *fields, needs_px=360),
            soft(
                "For so long a post waits before it leaves, and can be taken back. Up to 120 seconds; 0 sends at once."
            ),
            self.remember,
            *self._make_brake(),
        )

    def _make_brake(self) -> tuple[QWidget, ...]:
        self.brake = QCheckBox(wording.sentence("brake", "switch"))
        self.late_from, self.late_until = QSpinBox(), QSpinBox()
        for spin in (self.late_from, self.late_until):
            spin.setRange(0, _LAST_HOUR)
            spin.setSuffix(":00")
            spin.setWrapping(True)
            spin.lineEdit().setTextMargins(8, 0, 0, 0)
        fields = Field("Late from", self.late_from), Field("Late until", self.late_until)
        return self.brake, Columns(self._theme, *fields, needs_px=360), soft(wording.sentence("brake", "hours"))

    def _make_look(self) -> QWidget:
        self.themes: dict[ThemeChoice, QRadioButton] = {}
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for choice, name in _THEMES:
            button = QRadioButton(name)
            self.themes[choice] = button
            row.addWidget(button)
        row.addStretch(1)
        self.text_size = QComboBox()
        for size in _TEXT_SIZES:
            self.text_size.addItem(f"{size} %", size)
        return self._boxed(Field("Colours", choices), Field("Text size", self.text_size))

    def _fit_fields(self) -> None:
        for field in (self.text_size, self.late_from, self.late_until, *self.undo.values()):
            field.setMaximumWidth(self._theme.px(_SHORT_PX))

    def _connect(self) -> None:
        for form in self.identities.values():
            form.name.editingFinished.connect(self._save_identities)
            form.credentials.editingFinished.connect(self._save_identities)
            form.colour.chosen.connect(self._save_identities)
            form.icon.chosen.connect(self._save_identities)
        for edit in self.card.edits:
            edit.editingFinished.connect(self._save_identities)
        self.home.editingFinished.connect(self._save_settings)
        for spin in self.undo.values():
            spin.valueChanged.connect(self._save_settings)
        self.remember.toggled.connect(self._save_settings)
        self.brake.toggled.connect(self._save_settings)
        for spin in (self.late_from, self.late_until):
            spin.valueChanged.connect(self._save_settings)
        self.learning.counting.toggled.connect(self._save_settings)
        for button in self.themes.values():
            button.toggled.connect(self._save_settings)
        self.text_size.currentIndexChanged.connect(self._save_settings)

    # Saving.

    def _save_identities(self) -> None:
        if self._is_loading:
            return
        professional = replace(self.identities[Hat.PROFESSIONAL].value, card=self.card.value)
        for identity in (self.identities[Hat.PERSONAL].value, professional):
            if identity != self._owner.identity(identity.hat):
                self._owner.save_identity(identity)
        self._theme.set_accents(self._owner.identities())

    def _save_settings(self) -> None:
        if self._is_loading:
            return
        settings = self._entered()
        if settings == self._owner.settings:
            return
        self._owner.save_settings(settings)
        self._theme.set_choice(settings.theme)
        self._theme.set_scale(settings.text_scale_percent)

    def _entered(self) -> Settings:
        return replace(
            self._owner.settings,
            home_address=self.home.text().strip(),
            undo_personal_s=self.undo[Hat.PERSONAL].value(),
            undo_professional_s=self.undo[Hat.PROFESSIONAL].value(),
            remember_hat=self.remember.isChecked(),
            brakes_at_night=self.brake.isChecked(),
            late_from_h=self.late_from.value(),
            late_until_h=self.late_until.value(),
            keeps_counts=self.learning.counting.isChecked(),
            theme=next(choice for choice, button in self.themes.items() if button.isChecked()),
            text_scale_percent=int(self.text_size.currentData()),
        )
