"""Work beside the typing lets a key go first, and is never held for long."""

from threading import Thread
from time import monotonic

from twohats.bridge.courtesy import Courtesy


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
