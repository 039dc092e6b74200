"""How records are found: by words, hat, network and time, over tables that need not decrypt a record to be asked.

SQLite goes through what may fit from one end and stops when the page is full, so the order of the joins is ours (CROSS
JOIN, https://sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join, read 2026-11-23): the index
of words gives numbers in their order, small tables drop what does not fit, and only what is left has its words read.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, TextClause, bindparam, text

from twohats.model.record import RecordFilter
from twohats.store import words
from twohats.store.tables import Moment

_TRIGRAM = 3
# A short word is looked for among the trigrams that begin with it. Where there are more of them than this, it is so
# common that reading the words themselves fills a page sooner.
_MOST_TRIGRAMS = 100
_TRIGRAMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.record_trigrams USING fts5vocab('main', 'record_words', 'row')"
_ALL = -1

AFTER_WORDS = "  "
"""Stands behind the words of each record, so that a letter at their end begins a trigram as every other does."""


def numbers_of(
    connection: Connection,
    wanted: RecordFilter,
    *,
    is_newest_first: bool,
    after: int = 0,
    limit: int = _ALL,
    offset: int = 0,
) -> list[int]:
    """The numbers of the records that fit and stand behind `after`, in their order."""
    asked = _Asked(connection, wanted, after)
    order = f"ORDER BY {asked.by} {'DESC' if is_newest_first else 'ASC'} LIMIT :limit OFFSET :offset"
    found = connection.execute(
        asked.statement(asked.by, order), {**asked.values, "limit": limit, "offset": offset}
    ).scalars()
    return [int(number) for number in found]


def count_of(connection: Connection, wanted: RecordFilter) -> int:
    """How many records fit."""
    asked = _Asked(connection, wanted, 0)
    return int(connection.execute(asked.statement("count(*)", ""), asked.values).scalar_one())


class _Asked:
    """A filter as SQL. `by` is the column whose order is that of the records."""

    def __init__(self, connection: Connection, wanted: RecordFilter, after: int) -> None:
        self.values: dict[str, str | int | datetime] = {}
        terms = words.terms(wanted.query)
        places = self._places(wanted)
        self._where: list[str] = []
        if terms:
            self.by = "found.rowid"
            self._from = "record_words AS found"
            self._match(connection, terms)
            if places:
                self._from += " CROSS JOIN record_places AS place ON place.number = found.rowid"
        elif places:
            self.by, self._from = "place.number", "record_places AS place"
        else:
            self.by, self._from = "record.number", "records AS record"
        if terms or places:
            # The index holds number and is_undone, and needs no page with the body of a record.
            self._from += f" CROSS JOIN records AS record INDEXED BY records_listed ON record.number = {self.by}"
        self._bound(wanted, after)
        self._where += places
        self._where.append("record.is_undone = 0")
        if wanted.hat is not None:
            self._where.append("record.hat = :hat")
            self.values["hat"] = wanted.hat.value
        for number, term in enumerate(terms):
            # The CASE holds the reading of the words back until the other tables have been asked.
            self._where.append(f"instr(CASE WHEN record.number THEN found.words END, :term_{number}) > 0")
            self.values[f"term_{number}"] = term

    def statement(self, what: str, end: str) -> TextClause:
        # Only names of ours are put together here; what a person wrote is a value.
        asked = text(f"SELECT {what} FROM {self._from} WHERE {' AND '.join(self._where)} {end}")  # noqa: S608
        times = [name for name in ("first", "until") if name in self.values]
        return asked.bindparams(*(bindparam(name, type_=Moment) for name in times))

    def _places(self, wanted: RecordFilter) -> list[str]:
        found = []
        if wanted.first is not None:
            found.append("posted_at >= :first")
            self.values["first"] = wanted.first
        if wanted.until is not None:
            found.append("posted_at < :until")
            self.values["until"] = wanted.until
        if wanted.network:
            found.append("instr(networks, :network) > 0")
            self.values["network"] = f" {wanted.network} "
        if wanted.only_quiet:
            found.append("was_quiet = 1")
        return found

    def _bound(self, wanted: RecordFilter, after: int) -> None:
        """A span of time is a span of numbers, or nearly: clocks are set back at times, so that both are asked. So are
        the first and the last record that went to a network: there may be none."""
        if after:
            self._where.append(f"{self.by} > :after")
            self.values["after"] = after
        times = [
            condition
            for condition, value in (("posted_at >= :first", wanted.first), ("posted_at < :until", wanted.until))
            if value is not None
        ]
        if times:
            within = f"FROM record_places WHERE {' AND '.join(times)}"
            self._between(f"SELECT min(number) {within}", f"SELECT max(number) {within}")
        elif wanted.network:
            went = "SELECT number FROM record_places WHERE instr(networks, :network) > 0 ORDER BY number"
            self._between(f"{went} LIMIT 1", f"{went} DESC LIMIT 1")

    def _between(self, first: str, last: str) -> None:
        # To the index of words, NULL is no bound at all.
        self._where.append(f"{self.by} BETWEEN coalesce(({first}), 1) AND coalesce(({last}), 0)")

    def _match(self, connection: Connection, terms: Sequence[str]) -> None:
        """Every trigram of every word must occur; whether they stand together is seen from the words."""
        grams = dict.fromkeys(term[at : at + _TRIGRAM] for term in terms for at in range(len(term) - _TRIGRAM + 1))
        asked = [_quoted(gram) for gram in grams]
        for term in terms:
            if len(term) < _TRIGRAM:
                beginning = _trigrams_from(connection, term)
                if len(beginning) <= _MOST_TRIGRAMS:
                    # Nothing begins so: a word that is nowhere, since FTS5 knows no empty question.
                    asked.append(f"({' OR '.join(map(_quoted, beginning)) or _NOWHERE})")
        if asked:
            self._where.append("record_words MATCH :grams")
            self.values["grams"] = " AND ".join(asked)


_NOWHERE = '"\x01\x01\x01"'


def _trigrams_from(connection: Connection, term: str) -> Sequence[str]:
    """One more than the most that are of use, at the most."""
    connection.execute(text(_TRIGRAMS))
    asked = "SELECT term FROM temp.record_trigrams WHERE term >= :term AND term < :behind LIMIT :most"
    values = {"term": term, "behind": term + "\U0010ffff", "most": _MOST_TRIGRAMS + 1}
    return connection.execute(text(asked), values).scalars().all()


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'
