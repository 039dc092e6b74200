"""What is said beside the requests of a dry run, in the window and on the command line."""

from twohats.flows.dry_run import AccountDryRun
from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.model.plan import Plan

_SECTION = "dry_run"


def reason_of(run: AccountDryRun, plan: Plan | None = None) -> str:
    """Why there is nothing to show of an account, or no more, what it waits for, and until when (`plan`); empty where
    all is shown and would leave at once."""
    if run.problem:
        section = "problem" if wording.has_sentence("problem", run.problem) else "error"
        return wording.sentence(section, run.problem, **run.facts)
    said = []
    if plan is not None and run.keeper is not None:
        said.append(wording.sentence(_SECTION, f"goes_{run.keeper.value}", when=when.plan_words(plan)))
    if run.follows_blog:
        said.append(wording.sentence(_SECTION, "follows"))
    if not run.is_whole:
        said.append(wording.sentence(_SECTION, "more"))
    return " ".join(said)
