"""The parts of a thread: each once, in order, and looked for only where nobody knows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.journals import MemoryJournal

from twohats.model.errors import NetworkError, OutcomeUnknown, Refused, StoppedMidway, TooFast, Unreachable
from twohats.model.ports import NOT_THERE
from twohats.networks.thread import Sent, begun_at, find_parts, send_parts

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Network:
    """`out` are the parts that readers see; `faults` are raised in turn, those of `taken` after the part was taken."""

    def __init__(self, *faults: NetworkError | None, taken: bool = False) -> None:
        self.out: list[int] = []
        self.looked: list[int] = []
        self.faults = list(faults)
        self.is_taken = taken
        self.journal = MemoryJournal()
        self.now = NOON

    def send(self, number: int, before: Sequence[Sent]) -> Sent:
        assert [one["id"] for one in before] == [f"id{place}" for place in range(number)]
        fault = self.faults.pop(0) if self.faults else None
        if fault is None or self.is_taken:
            self.out.append(number)
        if fault is not None:
            raise fault
        return {"id": f"id{number}"}

    def look(self, number: int, before: Sequence[Sent], begun: datetime) -> Sent | None:
        self.looked.append(number)
        return {"id": f"id{number}"} if number in self.out else None

    def go(self, count: int = 3) -> tuple[str, ...]:
        receipt = send_parts(count, self.journal, lambda: self.now, self.send, self.look)
        return (receipt.remote_id, *receipt.more_ids)

    def find(self, count: int = 3) -> bool:
        return find_parts(count, self.journal, lambda: self.now, self.look) is not None


ALL = ("id0", "id1", "id2")


def test_parts_go_out_in_order_and_once() -> None:
    network = Network()

    assert network.go() == network.go() == ALL
    assert network.out == [0, 1, 2]
    assert network.looked == []


@pytest.mark.parametrize("is_taken", [True, False])
@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_lost_part_is_looked_for_and_is_out_once(part: int, is_taken: bool) -> None:
    network = Network(*[None] * part, OutcomeUnknown("no_answer"), taken=is_taken)

    with pytest.raises(OutcomeUnknown):
        network.go()

    assert network.go() == ALL
    assert network.out == [0, 1, 2]
    assert network.looked == [part]


@pytest.mark.parametrize("fault", [Unreachable("host_silent"), TooFast("too_fast", 60.0), Refused("refused")])
def test_what_was_surely_not_taken_is_not_looked_for(fault: NetworkError) -> None:
    network = Network(fault)

    with pytest.raises(type(fault)):
        network.go()

    assert network.go() == ALL
    assert network.looked == []


def test_an_earlier_lost_one_is_not_forgotten_over_a_later_sure_one() -> None:
    network = Network(OutcomeUnknown("no_answer"), TooFast("too_fast", 60.0))

    with pytest.raises(OutcomeUnknown):
        network.go()
    network.now += timedelta(minutes=5)
    with pytest.raises(TooFast):
        network.go()

    assert begun_at(network.journal, 0) == NOON
    assert network.go() == ALL
    assert network.looked == [0, 0]


def test_a_refused_part_stops_the_thread_and_it_can_go_on_later() -> None:
    network = Network(None, Refused("reply_refused"))

    with pytest.raises(StoppedMidway) as caught:
        network.go()

    assert caught.value.facts == {"sent": 1, "of": 3, "why": "reply_refused"}
    assert (caught.value.receipt.remote_id, caught.value.receipt.more_ids) == ("id0", ())
    assert network.go() == ALL
    assert network.out == [0, 1, 2]


def test_a_thread_of_which_the_rest_is_missing_is_not_found_yet() -> None:
    network = Network(None, OutcomeUnknown("no_answer"), taken=True)
    with pytest.raises(OutcomeUnknown):
        network.go()

    assert not network.find()
    assert network.looked == [1]
    assert network.go() == ALL
    assert network.looked == [1]
    assert network.find()


def test_what_the_person_looked_for_is_not_looked_for_again() -> None:
    network = Network(OutcomeUnknown("no_answer"))
    with pytest.raises(OutcomeUnknown):
        network.go()
    network.journal.note(NOT_THERE, (NOON + timedelta(minutes=2)).isoformat())
    network.now += timedelta(minutes=3)

    assert network.go() == ALL
    assert network.looked == []
    assert begun_at(network.journal, 0) == network.now
