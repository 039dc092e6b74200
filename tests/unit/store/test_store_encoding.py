"""What is written as JSON comes back as it was."""

import builtins
import collections.abc
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.finding import Finding
from twohats.model.identity import Identity
from twohats.model.media import Media
from twohats.model.policy import Allowance
from twohats.model.receipt import Receipt
from twohats.model.record import RecordedFinding
from twohats.model.rendition import Rendition
from twohats.model.span import Span
from twohats.store import encoding
from twohats.store.encoding import read, written

# Any code point, NUL and lone surrogates included; but two surrogates side by side are one character already.
texts = st.text(st.characters(), max_size=40).map(
    lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]))

CASES = [
    pytest.param(Draft, encoding.draft_json, encoding.draft_of, id="draft"),
    pytest.param(Media, encoding.media_json, encoding.media_of, id="media"),
    pytest.param(Identity, encoding.identity_json, encoding.identity_of, id="identity"),
    pytest.param(Rendition, encoding.rendition_json, encoding.rendition_of, id="rendition"),
    pytest.param(Receipt, encoding.receipt_json, encoding.receipt_of, id="receipt"),
    pytest.param(Span, encoding.span_json, encoding.span_of, id="span"),
    pytest.param(Finding, encoding.finding_json, encoding.finding_of, id="finding"),
    pytest.param(Answer, encoding.answer_json, encoding.answer_of, id="answer"),
    pytest.param(RecordedFinding, encoding.recorded_finding_json, encoding.recorded_finding_of, id="record's finding"),
    pytest.param(Allowance, encoding.allowance_json, encoding.allowance_of, id="allowance"),
]


@pytest.mark.parametrize(("kind", "to_json", "of_json"), CASES)
@given(data=st.data())
def test_a_value_comes_back_equal_with_every_field_filled(
    kind: type, to_json: Callable[[object], object], of_json: Callable[[object], object], data: st.DataObject
) -> None:
    value = data.draw(_filled(kind))
    text = written(to_json(value))
    assert of_json(read(text)) == value
    text.encode("utf-8")


@given(st.dictionaries(texts, texts, max_size=4))
def test_the_same_map_is_written_the_same_whatever_its_order(values: dict[str, str]) -> None:
    backwards = dict(reversed(values.items()))
    assert written(encoding.text_map_json(values)) == written(encoding.text_map_json(backwards))
    assert encoding.text_map_of(read(written(encoding.text_map_json(values)))) == values


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        encoding.moment_json(datetime(2026, 11, 22, 12))  # noqa: DTZ001 - that is the point


def test_a_draft_of_an_older_program_reads_with_todays_defaults() -> None:
    kept = encoding.draft_json(Draft("d", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)))
    del kept["post_id"]
    assert encoding.draft_of(kept).post_id == ""


def _filled(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type, with no field of a dataclass left at its default."""
    plain = {
        str: texts,
        datetime: moments,
        bool: st.booleans(),
        int: st.integers(0, 99999),
        float: st.floats(0, 1),
        type(None): st.none(),
    }
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        return st.builds(hint, **{name: _filled(part) for name, part in get_type_hints(hint).items()})
    parts = [_filled(part) for part in get_args(hint) if part is not ...]
    match get_origin(hint):
        case collections.abc.Mapping:
            return st.dictionaries(*parts, max_size=3)
        case builtins.tuple:
            return st.lists(parts[0], max_size=2).map(tuple)
        case builtins.frozenset:
            return st.lists(parts[0], max_size=2).map(frozenset)
        case _:
            return st.one_of(parts)
