"""The quiet trial in plain words: what the gate would have done."""

from twohats.flows.trial import TrialReport
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.policy.counts_words import times


def reported(report: TrialReport, span: str) -> str:
    """ "In two weeks the gate would have asked about 2 posts and held 1. It would have let 6 pass."."""
    if report.posts == 0:
        return f"{span} nothing was posted, so there was nothing to ask about."
    others = report.posts - report.asked - report.held - report.stopped
    done: list[str] = []
    if report.asked:
        done.append(f"asked about {_posts(report.asked)}")
    if report.held:
        done.append(f"held {report.held if report.asked else _posts(report.held)}")
    if not done and not others:
        return f"{span} the gate would have asked about nothing more than it did."
    if not done:
        return f"{span} the gate would have let {_posts(others)} pass without a question."
    rest = f" It would have let {others} pass." if others > 0 else ""
    return f"{span} the gate would have {' and '.join(done)}.{rest}"


def reported_rules(report: TrialReport) -> str:
    """ "Family detail 3 times, raw mood once." and what it did stop; "" when there is neither."""
    named = tuple(f"{wording.rule_title(rule)} {times(count)}" for rule, count in report.rules)
    words = [f"{listed(named)}."] if named else []
    if report.stopped:
        words.append(f"It did stop {_posts(report.stopped)}, as it always does for clients and other people.")
    return " ".join(words)


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
