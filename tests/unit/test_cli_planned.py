"""`twohats post --at`: planned as in the window, by a clock on the wall, with the two meanings of an odd hour named."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.fakes.networks import KeepingNetwork

from twohats import cli
from twohats.app import House, open_house
from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.model.account import Account, account_of
from twohats.model.delivery import DeliveryState
from twohats.model.errors import BadInput, Refused
from twohats.model.identity import Hat
from twohats.model.plan import Keeper
from twohats.model.ports import Way
from twohats.store.file_lock import Claim
from twohats.vault.keyring_vault import SessionVault

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
AT = "2026-12-01 18:30"
MOMENT = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), lambda: START)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


@pytest.fixture
def keeping(house: House) -> KeepingNetwork:
    """A place that keeps posts until their time."""
    network = KeepingNetwork("keeps", ways=(Way("keeps", ()),))
    house.services.networks["keeps"] = network
    house.services.profile.save_account(account_of(Hat.PROFESSIONAL, id="k", network="keeps", label="Kept blog"))
    return network


def post(house: House, *more: str, text: str = CLEAN, to: tuple[str, ...] = ("folder",)) -> int:
    places = [word for name in to for word in ("--to", name)]
    chosen = cli._parser().parse_args(["post", "-", "--as", "professional", *places, "--title", "A title", *more])
    return cli._post_from(house, Hat.PROFESSIONAL, text, chosen)


def refused(house: House, *more: str) -> str:
    with pytest.raises(BadInput) as caught:
        post(house, *more)
    assert house.services.queue.in_state(*DeliveryState) == []
    assert house.services.drafts.count() == 0
    return wording.error(caught.value)


class TestPlanned:
    def test_it_waits_for_its_time(self, house, blog, tmp_path, capsys):
        assert post(house, "--at", AT, "--zone", BERLIN) == cli.EXIT_CLEAR

        (delivery,) = house.services.queue.in_state(*DeliveryState)
        kept = house.services.plans.of_delivery(delivery.id)
        assert (delivery.state, delivery.due_at) == (DeliveryState.WAITING, MOMENT)
        assert (kept.plan.local, kept.plan.zone, kept.keeper) == (datetime.fromisoformat(AT), BERLIN, Keeper.HERE)
        assert list((tmp_path / "work").rglob("*.md")) == []
        assert house.services.drafts.count() == 0
        assert [record.title for record in house.services.records.search()] == ["A title"]
        told = wording.sentence("later", "planned_here", when=when.plan_words(kept.plan))
        assert capsys.readouterr().out == f"{told}\n"

    @pytest.mark.parametrize("given", ["2026-12-01T18:30", "2026-12-01 18:30+01:00", "2026-12-01 18:30 +0100"])
    def test_a_time_can_be_written_in_more_than_one_way(self, house, blog, given):
        post(house, "--at", given, "--zone", "europe/berlin")

        (delivery,) = house.services.queue.in_state(*DeliveryState)
        assert delivery.due_at == MOMENT

    def test_without_a_zone_it_is_that_of_this_computer(self, house, blog):
        post(house, "--at", AT)

        (kept,) = house.services.plans.in_state(DeliveryState.WAITING)
        assert (kept.plan.zone, kept.plan.local) == (when.own_zone(), datetime.fromisoformat(AT))

    def test_the_gate_stands_before_it(self, house, blog, capsys):
        assert post(house, "--at", AT, "--zone", BERLIN, text=FAMILY) == cli.EXIT_WARN
        assert house.services.queue.in_state(*DeliveryState) == []
        assert "Not posted yet: 1 to answer." in capsys.readouterr().out

        reason = house.services.reviewer._answers_for("S1")[0]
        assert post(house, "--at", AT, "--zone", BERLIN, "--answer", f"S1={reason}", text=FAMILY) == cli.EXIT_CLEAR
        assert len(house.services.queue.in_state(DeliveryState.WAITING)) == 1


class TestKeptThere:
    def test_where_it_is_wished_the_network_has_it_at_once(self, house, keeping, capsys):
        assert post(house, "--at", AT, "--zone", BERLIN, "--keep", "there", to=("keeps",)) == cli.EXIT_CLEAR

        (delivery,) = house.services.queue.in_state(*DeliveryState)
        assert (delivery.state, delivery.receipt.waits_there) == (DeliveryState.SENT, True)
        assert capsys.readouterr().out.startswith("Kept blog: Planned for Tuesday 1 December 2026, 18:30")

    def test_without_that_wish_it_waits_here(self, house, keeping):
        post(house, "--at", AT, "--zone", BERLIN, to=("keeps",))

        (delivery,) = house.services.queue.in_state(*DeliveryState)
        assert (delivery.state, delivery.due_at) == (DeliveryState.WAITING, MOMENT)

    def test_where_not_all_can_all_wait_here_and_it_is_said_why(self, house, blog, keeping, capsys):
        assert post(house, "--at", AT, "--zone", BERLIN, "--keep", "there", to=("keeps", "folder")) == cli.EXIT_CLEAR

        waiting = house.services.queue.in_state(DeliveryState.WAITING)
        assert [one.due_at for one in waiting] == [MOMENT] * 2
        why, told = capsys.readouterr().out.splitlines()
        assert why == f"{blog.label}: {wording.sentence('error', 'not_kept_there')}"
        assert told.endswith("Two Hats must be running then, or its timer installed.")

    def test_what_the_network_says_is_told(self, house, keeping, capsys):
        keeping.refusal = Refused("refused", host="keeps.example.com")

        assert post(house, "--at", AT, "--zone", BERLIN, "--keep", "there", to=("keeps",)) == cli.EXIT_WARN

        said = wording.sentence("error", "refused", host="keeps.example.com")
        assert capsys.readouterr().out == f"Kept blog: {said}\n"

    def test_an_open_window_sends_it(self, house, keeping, capsys):
        window = Claim(house.folder / "sender.lock")
        assert window.take()

        assert post(house, "--at", AT, "--zone", BERLIN, "--keep", "there", to=("keeps",)) == cli.EXIT_CLEAR

        assert capsys.readouterr().out == "Kept blog: the open window of Two Hats is sending it.\n"
        assert len(house.services.queue.in_state(DeliveryState.WAITING)) == 1
        window.give_back()


class TestOddTimes:
    def test_an_hour_that_is_left_out_names_the_one_before_and_the_one_after(self, house, blog):
        said = refused(house, "--at", "2027-03-28 02:30", "--zone", BERLIN)

        assert '--at "2027-03-28 01:30" or --at "2027-03-28 03:30"' in said

    def test_an_hour_that_comes_twice_names_both_and_either_can_be_said(self, house, blog):
        said = refused(house, "--at", "2027-10-31 02:30", "--zone", BERLIN)

        both = ["2027-10-31 02:30+02:00", "2027-10-31 02:30+01:00"]
        assert f'--at "{both[0]}" or --at "{both[1]}"' in said
        for given in both:
            post(house, "--at", given, "--zone", BERLIN)
        due = sorted(one.due_at for one in house.services.queue.in_state(DeliveryState.WAITING))
        assert due == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)]

    def test_west_of_greenwich_the_offsets_can_be_copied_too(self, house, blog):
        said = refused(house, "--at", "2027-11-07 01:30", "--zone", "America/New_York")

        assert '--at "2027-11-07 01:30-04:00" or --at "2027-11-07 01:30-05:00"' in said

    def test_an_offset_that_the_zone_does_not_have_then_is_refused(self, house, blog):
        said = refused(house, "--at", f"{AT}+02:00", "--zone", BERLIN)

        assert "UTC+01:00" in said
        assert "Z" not in refused(house, "--at", f"{AT}Z", "--zone", BERLIN)

    @pytest.mark.parametrize("given", ["2026-11-20 09:59", "2020-01-01 00:00"])
    def test_a_time_that_is_past_is_refused(self, house, blog, given):
        assert refused(house, "--at", given, "--zone", BERLIN) == wording.sentence("error", "plan_past")

    @pytest.mark.parametrize(
        "given", ["", "tomorrow", "2026-12-01", "18:30", "2026-13-01 18:30", "2026-12-01 25:00", f"{AT}+99:00"]
    )
    def test_what_is_no_day_and_time_is_refused(self, house, blog, given):
        assert refused(house, "--at", given, "--zone", BERLIN).startswith(f"{given} is not a day and a time.")

    @pytest.mark.parametrize("zone", ["Europe/Atlantis", "../../etc/passwd", "CEST"])
    def test_an_unknown_zone_is_refused(self, house, blog, zone):
        assert refused(house, "--at", AT, "--zone", zone) == wording.sentence("error", "zone_not_known", zone=zone)

    @pytest.mark.parametrize("more", [("--zone", BERLIN), ("--keep", "there")])
    def test_without_a_time_there_is_nothing_to_keep(self, house, blog, more):
        assert refused(house, *more) == wording.sentence("error", "at_missing")

    def test_at_once_and_later_is_bad_use(self, capsys):
        arguments = ["post", "-", "--as", "professional", "--to", "folder", "--at", AT, "--now"]

        assert cli.run(arguments) == cli.EXIT_BAD

        assert "not allowed with argument" in capsys.readouterr().err

    def test_the_help_tells_of_it(self, capsys):
        assert cli.run(["post", "--help"]) == cli.EXIT_CLEAR

        told = capsys.readouterr().out
        assert all(word in told for word in ("--at TIME", "--zone ZONE", "--keep {here,there}", "Europe/Berlin"))


class TestDryRun:
    @pytest.fixture(autouse=True)
    def _places(self, house: House) -> None:
        settings = {
            "mastodon": {"server": "https://social.example.org", "user_id": "1", "domain": "social.example.org"},
            "wordpress": {"api_root": "https://blog.example.org/wp-json/", "login": "jamie", "user_id": "1"},
            "facebook": {"page_id": "101", "app_id": "7"},
            "x": {"client_id": "c", "user_id": "1", "username": "jamie"},
        }
        for name, own in settings.items():
            account = account_of(Hat.PROFESSIONAL, id=name, network=name, label=f"My {name}", settings=own)
            house.services.profile.save_account(account)

    def told(self, house: House, capsys, *more: str, to: tuple[str, ...]) -> dict:
        assert post(house, "--at", AT, "--zone", BERLIN, "--dry-run", "--format", "json", *more, to=to) == 0
        assert house.services.queue.in_state(*DeliveryState) == []
        return json.loads(capsys.readouterr().out)

    def test_the_time_stands_in_the_requests_to_those_who_keep_it(self, house, capsys):
        told = self.told(house, capsys, "--keep", "there", to=("mastodon", "wordpress", "facebook"))

        assert told["goes_at"] == MOMENT.isoformat()
        assert [one["kept_by"] for one in told["accounts"]] == ["there"] * 3
        last = {one["network"]: one["requests"][-1]["body"] for one in told["accounts"]}
        assert json.loads(last["mastodon"])["scheduled_at"] == MOMENT.isoformat()
        wordpress = json.loads(last["wordpress"])
        assert (wordpress["status"], wordpress["date_gmt"]) == ("future", "2026-12-01T17:30:00")
        assert f"scheduled_publish_time={int(MOMENT.timestamp())}" in last["facebook"]
        reason = told["accounts"][0]["reason"]
        assert reason.startswith("This is sent at once; the network keeps it until Tuesday 1 December 2026, 18:30")

    def test_where_one_cannot_keep_it_all_wait_here(self, house, capsys):
        told = self.told(house, capsys, "--keep", "there", to=("mastodon", "x"))

        assert [one["kept_by"] for one in told["accounts"]] == ["here"] * 2
        assert "scheduled_at" not in told["accounts"][0]["requests"][-1]["body"]
        assert told["accounts"][0]["reason"].startswith(
            "This waits here, and is sent on Tuesday 1 December 2026, 18:30"
        )

    def test_the_date_of_what_waits_here_is_that_of_its_time(self, house, capsys):
        told = self.told(house, capsys, to=("wordpress",))

        body = json.loads(told["accounts"][0]["requests"][-1]["body"])
        assert (body["status"], body["date_gmt"]) == ("publish", "2026-12-01T17:30:00")

    def test_without_a_time_none_is_told(self, house, capsys):
        assert post(house, "--dry-run", "--format", "json", to=("x",)) == 0

        told = json.loads(capsys.readouterr().out)
        assert (told["goes_at"], told["accounts"][0]["kept_by"], told["accounts"][0]["reason"]) == (None, None, None)

    def test_for_reading_the_time_is_said_too(self, house, capsys):
        assert post(house, "--at", AT, "--zone", BERLIN, "--dry-run", to=("x",)) == 0

        assert "This waits here, and is sent on Tuesday 1 December 2026, 18:30" in capsys.readouterr().out
