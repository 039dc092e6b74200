"""The button that says it all: who posts, and where."""

from twohats.gui.composer.fitting_button import FittingButton
from twohats.gui.composer.naming import listed
from twohats.gui.theme import Theme
from twohats.model.identity import Identity


class PostButton(FittingButton):
    """Where there is little room it names fewer places, then none; the name goes last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Choose a hat")
        self.show_state(None, (), is_busy=False)

    def show_state(self, identity: Identity | None, where: tuple[str, ...], *, is_busy: bool) -> None:
        """What would happen now; the button is off while something is missing or under way."""
        self.set_hat(identity.hat if identity else None)
        self.setEnabled(identity is not None and bool(where) and not is_busy)
        self.set_wordings(*_wordings(identity, where, is_busy))
        if self.isEnabled():
            self.setToolTip(f"{self.words} (Ctrl+Enter)")


def _wordings(identity: Identity | None, where: tuple[str, ...], is_busy: bool) -> tuple[str, ...]:
    """From the fullest to the shortest."""
    if identity is None:
        return ("Choose a hat",)
    if not where:
        return ("Choose where it goes",)
    if is_busy:
        return (f"Checking before posting as {identity.display_name}", "Checking")
    post = f"Post as {identity.display_name}"
    places = "one place" if len(where) == 1 else f"{len(where)} places"
    return (f"{post} to {listed(where)}", f"{post} to {places}", post, f"Post as {identity.name}")
