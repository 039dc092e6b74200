"""A Facebook Page and Threads the whole way: connected, posted to, read, taken down, over the strict fake."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.fakes.browsers import AnyBrowser
from tests.fakes.strict import Fault, StrictFake

from twohats.app import House, open_house
from twohats.flows import compose
from twohats.model.account import Account
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

TEXT = "Grief has no timetable. Three things that help, and where to find a group."
LONG = " ".join([TEXT] * 9)
DAY = timedelta(days=1)


class Time:
    """The same for the program and for the networks."""

    def __init__(self, fake: StrictFake) -> None:
        self._fake = fake

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self._fake.clock.now_s(), UTC)


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("facebook", "threads") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def house(tmp_path: Path, fake: StrictFake) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), Time(fake))
    yield opened
    opened.close()


@pytest.fixture
def page(house: House, fake: StrictFake) -> Account:
    facebook = fake.facebook
    given = {"app_id": facebook.client_id, "app_secret": facebook.client_secret, "api_root": facebook.url}
    given["user_token"] = fake.give_token("facebook").access
    grants = house.services.accounts.connect("facebook", "page_token", given, AnyBrowser())
    choir = next(grant for grant in grants if grant.label == "Fenn Choir")
    return house.services.accounts.confirm(house.services.accounts.look(Hat.PROFESSIONAL, "facebook", choir))


@pytest.fixture
def threads(house: House, fake: StrictFake) -> Account:
    given = {"app_id": fake.threads.client_id, "app_secret": fake.threads.client_secret, "api_root": fake.threads.url}
    given["token"] = fake.give_token("threads", lives_s=3600, kind="short").access
    (grant,) = house.services.accounts.connect("threads", "token", given, AnyBrowser())
    return house.services.accounts.confirm(house.services.accounts.look(Hat.PROFESSIONAL, "threads", grant))


def queued(house: House, account: Account, text: str = TEXT) -> Delivery:
    services = house.services
    draft = compose.new_draft(services.new_id(), services.clock(), Hat.PROFESSIONAL, (account.id,))
    draft = compose.with_text(draft, text, services.clock())
    services.drafts.save(draft)
    identity = services.profile.identities()[1]
    verdict = services.reviewer.review(draft, identity, (account,), services.profile.policy())
    return services.publisher.queue_up(verdict, services.reviewer.approve(verdict, ()), 0)[0]


def test_a_post_goes_to_the_page_that_was_chosen_and_comes_down_again(
    house: House, fake: StrictFake, page: Account
) -> None:
    assert (page.label, page.settings["page_id"]) == ("Fenn Choir", fake.facebook.pages[1].id)

    delivery = queued(house, page)
    sent = house.services.publisher.deliver(delivery.id)

    assert sent is not None
    assert sent.state is DeliveryState.SENT
    (post,) = fake.posts("facebook")
    assert (post.author, post.text) == (fake.facebook.pages[1].id, TEXT)
    fake.facebook.react(post.id, reactions=3)
    told = house.services.publisher.reactions(delivery.id)
    assert told is not None
    assert told.likes == 3
    house.services.publisher.take_down(delivery.id)
    assert fake.posts("facebook") == []


def test_a_lost_answer_is_looked_up_and_settled(house: House, fake: StrictFake, page: Account) -> None:
    delivery = queued(house, page)
    fake.fail_next("facebook", "POST /v26.0/*/feed", Fault.CUT_AFTER)
    unknown = house.services.publisher.deliver(delivery.id)
    assert unknown is not None
    assert unknown.state is DeliveryState.UNKNOWN

    found = house.services.publisher.look(delivery.id)

    assert found is not None
    assert found.state is DeliveryState.SENT
    assert len(fake.posts("facebook")) == 1


def test_a_new_password_holds_the_post_until_one_signs_in_again(house: House, fake: StrictFake, page: Account) -> None:
    delivery = queued(house, page)
    fake.facebook.change_password()
    held = house.services.publisher.deliver(delivery.id)
    assert held is not None
    assert (held.state, held.problem) == (DeliveryState.HELD, "signed_out")

    fresh = {"app_id": fake.facebook.client_id, "app_secret": "", "api_root": fake.facebook.url}
    fresh["user_token"] = fake.give_token("facebook").access
    grants = house.services.accounts.connect("facebook", "page_token", fresh, AnyBrowser(), page)
    choir = next(grant for grant in grants if grant.label == "Fenn Choir")
    house.services.accounts.confirm(house.services.accounts.look(Hat.PROFESSIONAL, "facebook", choir, page))
    house.services.publisher.try_again(delivery.id)
    sent = house.services.publisher.deliver(delivery.id)

    assert sent is not None
    assert sent.state is DeliveryState.SENT


def test_the_token_of_threads_is_renewed_before_it_ends(house: House, fake: StrictFake, threads: Account) -> None:
    for _ in range(4):
        fake.advance(50 * DAY.total_seconds())
        delivery = queued(house, threads, f"{TEXT} {_}")
        sent = house.services.publisher.deliver(delivery.id)
        assert sent is not None
        assert sent.state is DeliveryState.SENT

    assert fake.threads.count("GET /refresh_access_token") == 4
    assert len(fake.posts("threads")) == 4


def test_a_thread_goes_on_after_a_lost_answer_and_a_login_that_ended(
    house: House, fake: StrictFake, threads: Account
) -> None:
    fake.advance(2 * DAY.total_seconds())
    delivery = queued(house, threads, LONG)
    parts = [part.text for part in delivery.rendition.parts]
    assert len(parts) > 1
    fake.fail_next("threads", "POST /v1.0/me/threads_publish", Fault.CUT_AFTER)
    fake.fail_next("threads", "GET /v1.0/me/threads", Fault.UNAUTHORIZED)
    unknown = house.services.publisher.deliver(delivery.id)
    assert unknown is not None
    assert unknown.state is DeliveryState.UNKNOWN

    fake.advance(120)
    waiting = house.services.publisher.look(delivery.id)
    assert waiting is not None
    assert waiting.state is DeliveryState.WAITING
    sent = house.services.publisher.deliver(delivery.id)

    assert sent is not None
    assert sent.state is DeliveryState.SENT
    assert [post.text for post in fake.posts("threads")] == parts
    assert sent.receipt is not None
    assert (sent.receipt.remote_id, *sent.receipt.more_ids) == tuple(post.id for post in fake.posts("threads"))


def test_nobody_is_disconnected_by_a_network_that_is_down(house: House, fake: StrictFake, threads: Account) -> None:
    fake.advance(55 * DAY.total_seconds())
    fake.fail_next("threads", "GET /refresh_access_token", Fault.SERVER_ERROR)
    delivery = queued(house, threads)

    sent = house.services.publisher.deliver(delivery.id)

    assert sent is not None
    assert sent.state is DeliveryState.SENT


def test_letting_go_forgets_the_secrets_and_leaves_other_pages_signed_in(
    house: House, fake: StrictFake, page: Account
) -> None:
    secret = house.services.vault().get(f"account-{page.id}")

    house.services.accounts.disconnect(page.id)
    house.services.accounts.forget_secret(page)

    assert secret
    assert house.services.vault().get(f"account-{page.id}") is None
    assert house.services.vault().get(f"account-{page.id}-app_secret") is None
    assert fake.facebook.token_of(secret) is not None
