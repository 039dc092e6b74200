"""How the system's timer stands, in a sentence: the same in the window and on the command line."""

from twohats.gui import wording
from twohats.system_timer.timer import TimerState


def timer_sentence(state: TimerState | None) -> str:
    """None: nobody has asked the system yet."""
    if state is None:
        return wording.sentence("timer", "looking")
    if not state.kind:
        return wording.sentence("error", "timer_unsupported")
    code = "installed" if state.is_installed else "another" if state.is_of_another else "absent"
    return wording.sentence("timer", code, scheduler=wording.sentence("timer", state.kind))
