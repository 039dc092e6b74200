"""What goes by hand is never sent, and waits for the person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contract.networks_suite import a_draft
from tests.fakes.browsers import AnyBrowser
from tests.fakes.journals import MemoryJournal
from tests.fakes.pictures import Pictures

from twohats.app import House, open_house
from twohats.flows import compose
from twohats.model.account import Account, account_of
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import BadInput, ByHand, NetworkError, Refused, VaultMissing
from twohats.model.identity import Hat, fresh_identities
from twohats.model.ports import Login
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.sites import byhand
from twohats.networks.tools import NetworkTools
from twohats.vault.keyring_vault import SessionVault

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CLEAN = "Roses in November: the last of the year, and the first frost on them."


@pytest.fixture
def place() -> byhand.ByHandPlace:
    return byhand.make(NetworkTools(Pictures(), lambda: NOW))


def login(page: str = "https://www.facebook.com/") -> Login:
    return Login(account_of(Hat.PERSONAL, id="b1", network="byhand", label="My profile", settings={"page": page}))


def rendered(place: byhand.ByHandPlace, **changes: object) -> Rendition:
    return place.render(a_draft(**changes), login().account, fresh_identities()[0], NOW)  # type: ignore[arg-type]


class TestThePlace:
    @pytest.mark.parametrize(
        ("typed", "page"),
        [
            ("", "https://www.facebook.com/"),
            (" facebook.com/jamie ", "https://facebook.com/jamie"),
            ("https://forum.example.org/new?topic=1", "https://forum.example.org/new?topic=1"),
        ],
    )
    def test_connecting_keeps_a_whole_address(self, place: byhand.ByHandPlace, typed: str, page: str) -> None:
        (grant,) = place.connect("page", {"label": "Jamie", "page": typed}, AnyBrowser())

        assert (grant.label, grant.settings, grant.secret) == ("Jamie", {"page": page}, "")
        profile = place.verify(Login(replace(login().account, label="Jamie", settings=grant.settings)))
        assert (profile.name, profile.url) == ("Jamie", page)

    @pytest.mark.parametrize("typed", ["file:///etc/passwd", "javascript:alert(1)", "https://[", "two words.org", "x"])
    def test_what_is_no_address_of_a_page_is_refused(self, place: byhand.ByHandPlace, typed: str) -> None:
        with pytest.raises(BadInput) as caught:
            place.connect("page", {"label": "", "page": typed}, AnyBrowser())

        assert caught.value.code == "address_wrong"

    def test_without_a_name_it_is_called_by_its_host(self, place: byhand.ByHandPlace) -> None:
        assert place.connect("page", {"label": " ", "page": ""}, AnyBrowser())[0].label == "www.facebook.com"

    def test_the_text_is_plain_with_its_tags(self, place: byhand.ByHandPlace) -> None:
        rendition = rendered(place, title="", text="Sleep **well**.", tags=("rest",))

        assert [part.text for part in rendition.parts] == ["Sleep well.\n\n#rest"]
        assert (rendition.problems, rendition.notes) == ((), ())
        assert rendition.payload["page"] == "https://www.facebook.com/"

    def test_pictures_go_along_for_the_person_to_save_and_this_is_said(self, place: byhand.ByHandPlace) -> None:
        kite = Pictures().draw("red", "Kite")
        rendition = rendered(place, title="", media=(kite,))

        assert [(one.digest, one.alt) for one in rendition.pictures] == [(kite.digest, "Kite")]
        assert rendition.notes == ("pictures_by_hand",)

    def test_what_is_too_long_for_facebook_is_told(self, place: byhand.ByHandPlace) -> None:
        assert rendered(place, text="a" * 63_207).problems == ("too_long",)
        assert rendered(place, text=" ").problems == ("empty",)

    def test_nothing_is_sent_nor_found_nor_taken_down(self, place: byhand.ByHandPlace) -> None:
        with pytest.raises(ByHand) as caught:
            place.publish(rendered(place), login(), "key", MemoryJournal())
        assert isinstance(caught.value, NetworkError)
        assert place.find(rendered(place), login(), "key", MemoryJournal()) is None
        with pytest.raises(Refused):
            place.delete(Receipt("", "", NOW), login())


class _NoVault(SessionVault):
    """As where there is no keyring."""

    def set(self, name: str, secret: str) -> None:
        raise VaultMissing("keyring_missing")

    def get(self, name: str) -> str | None:
        raise VaultMissing("keyring_missing")


class TestTheWay:
    @pytest.fixture
    def house(self, tmp_path: Path) -> Iterator[House]:
        opened = open_house(tmp_path / "profile", SessionVault(), lambda: NOW)
        yield opened
        opened.close()

    @pytest.fixture
    def account(self, house: House) -> Account:
        return _connected(house)

    def test_it_needs_no_keyring(self, tmp_path: Path) -> None:
        house = open_house(tmp_path / "bare", SessionVault(), lambda: NOW)
        house.services.accounts._logins._vault = _NoVault
        account = _connected(house)
        again = house.services.accounts.connect("byhand", "page", {"label": "", "page": ""}, AnyBrowser(), account)
        house.close()

        assert again[0].settings == {"page": "https://www.facebook.com/"}

    def test_it_waits_for_its_undo_window_and_then_for_the_person(self, house: House, account: Account) -> None:
        delivery = _queued(house, account, window_s=20)
        assert house.services.publisher.deliver(delivery.id) is None
        assert house.services.publisher.posted_by_hand(delivery.id) is None

        house.services.publisher.send_now(delivery.post_id)
        held = house.services.publisher.deliver(delivery.id)

        assert held is not None
        assert (held.state, held.problem, held.waits_for_hand) == (DeliveryState.HELD, "by_hand", True)

    def test_once_the_person_says_so_the_record_says_posted_by_hand(self, house: House, account: Account) -> None:
        delivery = _queued(house, account)
        house.services.publisher.deliver(delivery.id)

        moved = house.services.publisher.posted_by_hand(delivery.id)

        assert moved is not None
        assert moved.receipt == Receipt("", "", NOW, "posted_by_hand")
        assert house.services.queue.get(delivery.id) == moved
        record = house.services.records.get(delivery.post_id)
        assert record is not None
        assert [target.state for target in record.targets] == ["sent"]
        assert house.services.publisher.posted_by_hand(delivery.id) is None
        assert house.services.records.first_broken() is None

    def test_what_was_not_posted_after_all_is_a_draft_again(self, house: House, account: Account) -> None:
        delivery = _queued(house, account)
        house.services.publisher.deliver(delivery.id)

        house.services.publisher.cancel(delivery.id)

        draft = house.services.drafts.get(delivery.draft_id)
        assert draft is not None
        assert draft.post_id == ""

    def test_other_held_posts_cannot_be_told_to_be_there(self, house: House, account: Account) -> None:
        delivery = _queued(house, account)
        house.services.accounts.disconnect(account.id)
        held = house.services.publisher.deliver(delivery.id)

        assert held is not None
        assert held.problem == "account_gone"
        assert house.services.publisher.posted_by_hand(delivery.id) is None

    def test_cut_off_in_between_it_waits_for_the_person_all_the_same(self, house: House, account: Account) -> None:
        delivery = _queued(house, account)
        house.services.queue.claim(delivery.id, NOW)
        (lost,) = house.services.publisher.recover()
        assert lost.state is DeliveryState.UNKNOWN

        house.services.queue.save(replace(lost, started_at=NOW - timedelta(minutes=2)), DeliveryState.UNKNOWN)
        house.services.publisher.look(delivery.id)
        held = house.services.publisher.deliver(delivery.id)

        assert held is not None
        assert held.waits_for_hand


def _connected(house: House) -> Account:
    accounts = house.services.accounts
    (grant,) = accounts.connect("byhand", "page", {"label": "My profile", "page": ""}, AnyBrowser())
    return accounts.confirm(accounts.look(Hat.PERSONAL, "byhand", grant))


def _queued(house: House, account: Account, window_s: int = 0) -> Delivery:
    services = house.services
    draft = compose.with_text(compose.new_draft(services.new_id(), NOW, Hat.PERSONAL, (account.id,)), CLEAN, NOW)
    services.drafts.save(draft)
    identity = services.profile.identities()[0]
    verdict = services.reviewer.review(draft, identity, (account,), services.profile.policy())
    return services.publisher.queue_up(verdict, services.reviewer.approve(verdict, ()), window_s)[0]
