"""Counts of what became of findings, by day; and what was said to the proposals that came of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.sqlite import insert

from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.tally import Outcome, Proposal, ProposalAnswer, Showing, Tally
from twohats.store.tables import proposal_answers, tallies
from twohats.store.transactions import Database


class Tallies:
    """Meets TallyStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, day: date, showings: Sequence[Showing]) -> None:
        """Adds showings to the counts of a day."""
        if not showings:
            return
        with self._database.writing() as connection:
            for showing, count in Counter(showings).items():
                connection.execute(
                    insert(tallies)
                    .values(
                        day=day.isoformat(),
                        rule=showing.rule,
                        hat=showing.hat.value,
                        severity=showing.severity.value,
                        outcome=showing.outcome.value,
                        reason=showing.reason,
                        count=count,
                    )
                    .on_conflict_do_update(
                        ["day", "rule", "hat", "severity", "outcome", "reason"], set_={"count": tallies.c.count + count}
                    )
                )

    def all(self) -> Sequence[Tally]:
        """The oldest first. What a newer program counted in its own way is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(select(tallies).order_by(tallies.c.day)).mappings().all()
        return [_tally(row) for row in rows if row["outcome"] in _OUTCOMES]

    def answers(self) -> Sequence[ProposalAnswer]:
        with self._database.reading() as connection:
            rows = connection.execute(select(proposal_answers).order_by(proposal_answers.c.day)).mappings().all()
        return [_answer(row) for row in rows]

    def note_answer(self, answer: ProposalAnswer) -> None:
        """Keeps what was said to a proposal; one answer for each rule and hat, the last."""
        made = answer.proposal
        values = {
            "kept": made.kept,
            "shown": made.shown,
            "is_lowered": int(answer.is_lowered),
            "day": answer.on.isoformat(),
        }
        with self._database.writing() as connection:
            connection.execute(
                insert(proposal_answers)
                .values(rule=made.rule, hat=made.hat.value, **values)
                .on_conflict_do_update(["rule", "hat"], set_=values)
            )

    def forget_before(self, day: date) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(tallies).where(tallies.c.day < day.isoformat()))

    def clear(self) -> None:
        """Forgets all counts, and what was said to proposals."""
        with self._database.writing() as connection:
            connection.execute(delete(tallies))
            connection.execute(delete(proposal_answers))


_OUTCOMES = frozenset(outcome.value for outcome in Outcome)


def _tally(row: RowMapping) -> Tally:
    showing = Showing(row["rule"], Hat(row["hat"]), Severity(row["severity"]), Outcome(row["outcome"]), row["reason"])
    return Tally(date.fromisoformat(row["day"]), showing, row["count"])


def _answer(row: RowMapping) -> ProposalAnswer:
    made = Proposal(row["rule"], Hat(row["hat"]), row["kept"], row["shown"])
    return ProposalAnswer(made, bool(row["is_lowered"]), date.fromisoformat(row["day"]))
