"""What the receipt of a planned post says."""

from datetime import UTC, datetime, timedelta

from twohats.gui.composer.receipt_notes import receipt_notes
from twohats.gui.sent.moment import moment_of
from twohats.model.receipt import Receipt, planned_note

AT = datetime(2026, 12, 24, 9, 30, tzinfo=UTC)


def test_what_waits_on_the_network_goes_even_if_this_computer_is_off() -> None:
    receipt = Receipt("17", "", AT - timedelta(days=3), f"{planned_note(AT)}\ntags_left_out: rest")

    waits, tags = receipt_notes(receipt)

    assert waits == f"It waits there until {moment_of(AT)}, and goes even if this computer is off."
    assert "rest" in tags
