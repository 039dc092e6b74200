"""How records are found: by words, hat, network and time, over tables that need not decrypt a record to be asked."""

from sqlalchemy import Integer, Select, column, select, table, text
from sqlalchemy.sql.elements import ColumnElement, TextClause

from twohats.model.record import RecordFilter
from twohats.store import words
from twohats.store.tables import record_places, records

_TRIGRAM = 3
_WORDS = table("record_words", column("rowid", Integer))


def numbers_of(wanted: RecordFilter, *, is_newest_first: bool, after: int = 0) -> Select[int]:
    """A statement that gives the numbers of the records that fit and stand behind `after`, in their order."""
    found = select(records.c.number).where(records.c.is_undone == 0)
    by: ColumnElement[int] = records.c.number
    if wanted.hat is not None:
        found = found.where(records.c.hat == wanted.hat.value)
    places = _places(wanted)
    if places is not None:
        found = found.where(records.c.number.in_(places))
    terms = words.terms(wanted.query)
    if terms:
        # The index of words gives its rows in their order, so that reading stops when the page is full.
        by = _WORDS.c.rowid
        found = found.join_from(_WORDS, records, records.c.number == _WORDS.c.rowid)
        for place, term in enumerate(terms):
            found = found.where(_has(term, f"term_{place}"))
    if after:
        found = found.where(by > after)
    return found.order_by(by.desc() if is_newest_first else by)


def _places(wanted: RecordFilter) -> Select[int] | None:
    found = select(record_places.c.number)
    if wanted.first is not None:
        found = found.where(record_places.c.posted_at >= wanted.first)
    if wanted.until is not None:
        found = found.where(record_places.c.posted_at < wanted.until)
    if wanted.network:
        found = found.where(record_places.c.networks.contains(f" {wanted.network} ", autoescape=True))
    if wanted.only_quiet:
        found = found.where(record_places.c.was_quiet == 1)
    return found if found.whereclause is not None else None


def _has(term: str, name: str) -> TextClause:
    # LIKE is answered from the trigram index for three letters and more; without ESCAPE, or it would not be.
    if len(term) >= _TRIGRAM and "%" not in term and "_" not in term:
        return text(f"words LIKE :{name}").bindparams(**{name: f"%{term}%"})
    return text(f"instr(words, :{name}) > 0").bindparams(**{name: term})
