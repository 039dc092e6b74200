"""The button that says it all: who posts, where, and when."""

from twohats.gui import wording
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
        self.show_planned(identity, where, None, is_busy=is_busy)

    def show_planned(
        self, identity: Identity | None, where: tuple[str, ...], times: tuple[str, str] | None, *, is_busy: bool
    ) -> None:
        """The same for a post with a time, told in full and in short; empty words while there is none that can be."""
        has_time = times is None or bool(times[0])
        self.set_hat(identity.hat if identity else None)
        self.setEnabled(identity is not None and bool(where) and has_time and not is_busy)
        if identity is not None and where and not is_busy and times is not None:
            self.set_wordings(*_timed(identity, where, *times))
            self._tell_key()
            return
        self.set_wordings(*_wordings(identity, where, is_busy))
        self._tell_key()

    def _tell_key(self) -> None:
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


def _timed(identity: Identity, where: tuple[str, ...], whole: str, short: str) -> tuple[str, ...]:
    if not whole:
        return (wording.sentence("later", "needs_time"),)
    post = f"Post as {identity.display_name}"
    places = "one place" if len(where) == 1 else f"{len(where)} places"
    return (f"{post} to {listed(where)}, {whole}", f"{post} to {places}, {short}", f"{post}, {short}", f"Post {short}")
