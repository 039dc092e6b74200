"""Work beside the typing lets a key go first, and is never held for long."""

from threading import Thread
from time import monotonic

import pytest

from twohats.bridge.courtesy import Courtesy, Overtaken


def test_without_a_key_nobody_waits() -> None:
    courtesy = Courtesy()
    began = monotonic()
    for _ in range(1000):
        courtesy.give_way()
    assert monotonic() - began < 1


def test_after_a_key_work_waits_until_its_moment_is_over() -> None:
    courtesy = Courtesy()
    courtesy.note_key()
    until = courtesy._until
    worker = Thread(target=courtesy.give_way)
    worker.start()
    worker.join(10)
    assert not worker.is_alive()
    assert monotonic() >= until


def test_work_that_a_key_made_idle_ends_there() -> None:
    courtesy = Courtesy()
    courtesy.note_key()
    with courtesy.only_while(lambda: False), pytest.raises(Overtaken):
        courtesy.give_way()


def test_work_goes_on_after_a_key_that_changed_nothing() -> None:
    courtesy = Courtesy()
    courtesy.note_key()
    with courtesy.only_while(lambda: True):
        courtesy.give_way()


def test_without_a_key_nobody_asks_whether_the_work_is_wanted() -> None:
    courtesy = Courtesy()
    with courtesy.only_while(lambda: False):
        courtesy.give_way()


def test_only_the_work_that_said_so_is_ended() -> None:
    courtesy = Courtesy()
    ended: list[bool] = []

    def work() -> None:
        courtesy.note_key()
        courtesy.give_way()
        ended.append(False)

    with courtesy.only_while(lambda: False):
        other = Thread(target=work)
        other.start()
        other.join(10)
    courtesy.note_key()
    courtesy.give_way()
    assert ended == [False]
