"""The four steps of the welcome: who you are, what is public of you, where the blog lies, what the check is."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.preview.plate import HatPlate
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.card_form import CardForm
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.folder_form import FolderForm, default_folder
from twohats.gui.welcome.identity_form import IdentityForm
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label, title
from twohats.model.account import Account
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat


class Step(QWidget):
    """`name` and `about` stand above it. `keep` saves what was entered and tells whether it could; `forget` is for a
    step that was skipped. Where `is_filled`, nothing has to be entered, and Enter goes on at once."""

    name = ""
    about = ""
    is_filled = False

    def load(self) -> None:
        """Shows what is known so far."""

    def keep(self) -> bool:
        return True

    def forget(self) -> None:
        self.load()


class IdentitiesStep(Step):
    name = "Two hats, two identities"
    about = (
        "Write as yourself or as a professional. The two never share an account, and you always see which one you wear."
    )

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._theme = theme
        self._owner = owner
        self.forms = {hat: IdentityForm(theme, hat) for hat in Hat}
        _fill(self, Columns(theme, *self.forms.values(), needs_px=690))
        for form in self.forms.values():
            form.colour.chosen.connect(self._try_colours)

    def load(self) -> None:
        for hat, form in self.forms.items():
            form.show_identity(self._owner.identity(hat))
        self._try_colours()

    def keep(self) -> bool:
        for form in self.forms.values():
            self._owner.save_identity(form.value)
        self._theme.set_accents(self._owner.identities())
        return True

    def _try_colours(self) -> None:
        self._theme.set_accents(tuple(form.value for form in self.forms.values()))


class CardStep(Step):
    name = "Your professional card"
    about = (
        "What anybody may know of your practice. It is never flagged, and stands in for private details when you mend a"
        " post."
    )

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self.form = CardForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)

    def load(self) -> None:
        self.form.show_card(self._owner.identity(Hat.PROFESSIONAL).card)

    def keep(self) -> bool:
        self._owner.save_identity(replace(self._owner.identity(Hat.PROFESSIONAL), card=self.form.value))
        return True


class FoldersStep(Step):
    name = "Where your blog lies"
    is_filled = True
    about = (
        "Each hat has a folder. A post becomes a Markdown file in it: no account is needed, and nothing goes online by"
        " itself. Other places can be connected later, under Accounts."
    )

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self.forms = {hat: FolderForm(theme, hat) for hat in Hat}
        self._plates = {hat: HatPlate(theme, hat) for hat in Hat}
        sides = []
        for hat in Hat:
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP)
            column.addWidget(self._plates[hat])
            column.addWidget(self.forms[hat])
            sides.append(side)
        _fill(self, Columns(theme, *sides, needs_px=620))

    def load(self) -> None:
        for hat, form in self.forms.items():
            self._plates[hat].show_identity(self._owner.identity(hat))
            account = self._folder_of(hat)
            settings = account.settings if account else {}
            form.show_folder(settings.get("path", "") or default_folder(hat), settings.get("preset", "plain"))

    def keep(self) -> bool:
        """Makes the folders. What cannot be made is said beside it, and the step stays."""
        return all([self._keep_one(hat, form.folder, form.layout_name) for hat, form in self.forms.items()])

    def keep_defaults(self) -> bool:
        """For a welcome that was skipped: a hat without any account gets the usual folder. False when one could not be
        made; that is said beside it."""
        hats = [hat for hat in Hat if not self._owner.accounts(hat)]
        return all([self._keep_one(hat, default_folder(hat), "plain") for hat in hats])

    def _keep_one(self, hat: Hat, path: str, preset: str) -> bool:
        account = self._folder_of(hat)
        self.forms[hat].tell_fault("")
        try:
            if account is None:
                self._owner.add_folder(hat, path, preset)
            elif (account.settings.get("path"), account.settings.get("preset")) != (path, preset):
                self._owner.move_folder(account, path, preset)
        except TwoHatsError as problem:
            self.forms[hat].tell_fault(wording.error(problem))
            return False
        return True

    def _folder_of(self, hat: Hat) -> Account | None:
        return next((a for a in self._owner.accounts(hat) if a.network == "folder"), None)


class CheckStep(Step):
    name = "What the check does, and does not"
    is_filled = True
    about = "While you write, Two Hats marks words that clients might take home. You decide what stays."

    _DOES = (
        "Reads on this computer alone. No text leaves it to be checked.",
        "Marks what tells of your own life, of a client, or of somebody else, and says why.",
        "Is stricter under the professional hat; about clients, equally strict under both.",
        "Stands between you and the site only while something is open.",
    )
    _DOES_NOT = (
        "It goes by rules. It misses things, and it marks some that are fine.",
        "“Nothing found by these checks” does not mean safe.",
        "It cannot know what your clients know already.",
        "It is no legal advice, and does not replace your board's rules.",
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        does = _Points(theme, "It does", self._DOES, "check", "good")
        does_not = _Points(theme, "It does not", self._DOES_NOT, "close", "text-soft")
        _fill(self, Columns(theme, does, does_not, needs_px=560))


class LastStep(CheckStep):
    """What the check is, and the offer to begin with the quiet trial."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(theme)
        self._owner = owner
        self.quiet = QCheckBox("Begin with two quiet weeks")
        offer = Sunken(padding=12, spacing=4)
        offer.body.addWidget(self.quiet)
        offer.body.addWidget(
            Label(
                "Words are marked, and Post asks only where clients or other people could be harmed. Then you see what"
                " else it would have asked, and from then on it asks.",
                "small",
                wraps=True,
            )
        )
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertSpacing(1, GAP)
            column.insertWidget(2, offer)

    def load(self) -> None:
        self.quiet.setChecked(self._owner.trial.is_quiet)

    def keep(self) -> bool:
        trial = self._owner.trial
        if self.quiet.isChecked() is not trial.is_quiet:
            trial.begin() if self.quiet.isChecked() else trial.end()
        return True


def _fill(step: Step, widget: QWidget) -> None:
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)


class _Points(QWidget):
    """A few sentences, each with a sign before it."""

    def __init__(self, theme: Theme, name: str, points: tuple[str, ...], icon_name: str, token: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(GAP)
        grid.addWidget(title(name), 0, 0, 1, 2)
        for number, point in enumerate(points, 1):
            grid.addWidget(Glyph(theme, icon_name, token, 18), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(point, wraps=True), number, 1)
        grid.setColumnStretch(1, 1)
