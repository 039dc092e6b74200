"""The quiet trial in plain words: what the gate would have done."""

from twohats.flows.trial import TrialReport
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.policy.counts_words import times


def reported(report: TrialReport, days: int) -> str:
    """ "In two weeks the gate would have asked about 2 posts and held 1."."""
    span = {1: "In one day", 14: "In two weeks"}.get(days, f"In {days} days")
    if report.posts == 0:
        return f"{span} nothing was posted, so there was nothing to ask about."
    if not report.asked and not report.held:
        every = "your post" if report.posts == 1 else f"any of your {report.posts} posts"
        return f"{span} the gate would not have asked about {every}."
    done = []
    if report.asked:
        done.append(f"asked about {_posts(report.asked)}")
    if report.held:
        done.append(f"held {report.held if report.asked else _posts(report.held)}")
    return f"{span} the gate would have {' and '.join(done)}, of {report.posts}."


def reported_rules(report: TrialReport) -> str:
    """ "Family detail 3 times, raw mood once." and what it did stop; "" when there is neither."""
    named = tuple(f"{wording.rule_title(rule)} {times(count)}" for rule, count in report.rules)
    words = [f"{listed(named)}."] if named else []
    if report.stopped:
        words.append(f"It did stop {_posts(report.stopped)}, as it always does for clients and other people.")
    return " ".join(words)


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
