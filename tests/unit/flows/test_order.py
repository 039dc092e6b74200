"""The blog first: what the others get, when they go, and what becomes of them when the blog does not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.fakes.networks import PretendNetwork

from twohats.app import House, open_house
from twohats.boundary.policy import answers_for
from twohats.flows import compose
from twohats.flows.logins import Logins, secret_name
from twohats.flows.order import as_follower
from twohats.flows.publish import Publisher
from twohats.flows.render import Renderer
from twohats.flows.review import Reviewer, VerdictKind
from twohats.model.account import Account, account_of
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import NetworkError, Refused, SignedOut, Unreachable
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, plan_at
from twohats.model.ports import Journal, Login, Network, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import AFTER, LINK_TO_COME, Rendition, is_to_come, with_link
from twohats.networks.social import texts_of
from twohats.vault.keyring_vault import SessionVault

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = "Grief has no timetable. Three things that help, and where to find a group."
SITE = "https://harbour-street.example.com"


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Place(PretendNetwork):
    """Renders as the real network of its name does, and keeps what reaches it. `fault` is raised before that."""

    def __init__(self, real: Network, clock: Clock) -> None:
        super().__init__(real.name, (Way("token"),))
        self.needs_secret = False
        self.real = real
        self.clock = clock
        self.came: list[Rendition] = []
        self.taken_down: list[str] = []

    def render(self, draft: Draft, account: Account, identity: object, at: datetime) -> Rendition:
        return self.real.render(draft, account, identity, at)

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        if self.fault is not None:
            raise self.fault
        self.came.append(rendition)
        return Receipt(str(len(self.came)), f"https://{self.name}.example.com/{len(self.came)}", self.clock())

    def delete(self, receipt: Receipt, login: Login) -> None:
        self.taken_down.append(receipt.remote_id)


class Blog(Place):
    """One whose posts have an address, as WordPress says it."""

    def gives_links(self, account: Account) -> bool:
        return self.real.gives_links(account)

    def link_to_come(self, rendition: Rendition, account: Account) -> str:
        return self.real.link_to_come(rendition, account)

    def link_of(self, receipt: Receipt, account: Account, longest: int) -> str:
        return self.real.link_of(receipt, account, longest)


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Shop:
    """A house with a blog and other places that a test speaks for."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.clock = house, clock
        services = house.services
        real = services.networks
        self.blog = Blog(real["wordpress"], clock)
        self.places: Mapping[str, Place] = {
            name: Place(real[name], clock) for name in ("x", "mastodon", "bluesky", "threads")
        }
        self.networks: Mapping[str, Network] = {
            "wordpress": self.blog,
            "folder": real["folder"],
            "byhand": real["byhand"],
            **self.places,
        }
        self.accounts = {
            name: account_of(
                Hat.PROFESSIONAL,
                id=name,
                network=name,
                label=name,
                settings={"site_url": SITE, "page": "https://forum.example.com"},
            )
            for name in ("wordpress", *self.places, "byhand")
        }
        vault = SessionVault()
        for account in self.accounts.values():
            services.profile.save_account(account)
            vault.set(secret_name(account.id), "token")
        self.queue = services.queue
        self.renderer = Renderer(self.networks)
        self.reviewer = Reviewer(services.checker, self.renderer, answers_for, clock, services.new_id)
        self.publisher = Publisher(
            queue=services.queue,
            drafts=services.drafts,
            profile=services.profile,
            plans=services.plans,
            networks=self.networks,
            logins=Logins(services.profile, self.networks, lambda: vault, clock),
            checker=services.checker,
            clock=clock,
            new_id=services.new_id,
            pause=lambda seconds: None,
        )

    def write(self, *names: str, text: str = WORDS, blog_first: bool = True) -> Draft:
        services = self.house.services
        draft = compose.new_draft(services.new_id(), self.clock.now, Hat.PROFESSIONAL, names)
        draft = compose.with_text(compose.with_title(draft, "Grief in November", self.clock.now), text, self.clock.now)
        draft = compose.with_blog_first(draft, blog_first, self.clock.now)
        services.drafts.save(draft)
        return draft

    def rendered(self, draft: Draft) -> dict[str, Rendition]:
        chosen = [self.accounts[name] for name in self.accounts if name in draft.target_ids]
        identity = self.house.services.profile.identities()[1]
        return {one.account_id: one for one in self.renderer.render_all(draft, chosen, identity, self.clock.now)}

    def post(self, *names: str, at: datetime | None = None, keeper: Keeper = Keeper.HERE) -> dict[str, Delivery]:
        """The deliveries of a post, by network."""
        services = self.house.services
        draft = self.write(*names)
        identity, policy = services.profile.identities()[1], services.profile.policy()
        plan = plan_at(at, "Europe/Berlin") if at else None
        verdict = self.reviewer.review(
            draft, identity, [self.accounts[name] for name in names], policy, goes_at=plan.at if plan else None
        )
        assert verdict.kind is VerdictKind.CLEAR, verdict
        made = self.publisher.queue_up(verdict, self.reviewer.approve(verdict), 0, plan, keeper)
        return {one.account_id: one for one in made}

    def run(self) -> None:
        """What is due goes, and what that lets go."""
        for _ in range(5):
            self.publisher.order.release()
            for delivery in self.queue.due(self.clock.now):
                self.publisher.deliver(delivery.id)

    def states(self, made: Mapping[str, Delivery]) -> dict[str, tuple[str, str]]:
        kept = {name: self.queue.get(one.id) for name, one in made.items()}
        return {name: (one.state.value, one.problem) for name, one in kept.items() if one is not None}


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[Shop]:
    opened = open_house(tmp_path / "profile", SessionVault(), clock)
    yield Shop(opened, clock)
    opened.close()


# What they get.


@pytest.mark.parametrize("name", ["bluesky", "byhand", "mastodon", "threads", "x"])
def test_a_place_for_the_link_stands_at_the_end_and_is_counted(shop, name):
    bare = shop.rendered(shop.write("wordpress", name, blog_first=False))[name]
    led = shop.rendered(shop.write("wordpress", name))[name]

    place = led.payload[LINK_TO_COME]
    assert led.parts[-1].text.endswith(f"\n\n{place}")
    assert any(is_to_come(entity.target) for entity in led.parts[-1].entities)
    assert led.payload[AFTER] == "wordpress"
    assert led.notes == (*bare.notes, "link_follows")
    real = with_link(led, f"{SITE}/2026/11/23/grief-in-november/")
    assert led.count.used >= bare.count.used + (
        23 if name in ("x", "mastodon") else len(real.parts[-1].entities[-1].target)
    )


def test_without_the_wish_or_without_a_blog_nothing_waits(shop):
    for draft in (shop.write("wordpress", "x", blog_first=False), shop.write("x", "mastodon"), shop.write("wordpress")):
        for rendition in shop.rendered(draft).values():
            assert not {AFTER, LINK_TO_COME} & set(rendition.payload)


def test_words_for_one_account_get_the_link_too_and_the_disclaimer_stays_last(shop):
    services = shop.house.services
    identity = services.profile.identities()[1]
    services.profile.save_identity(replace(identity, card=replace(identity.card, disclaimer="No advice.")))
    draft = compose.with_wording(shop.write("wordpress", "x"), "x", Hat.PROFESSIONAL, ["New on my blog."], START)
    led = shop.rendered(draft)["x"]
    assert texts_of(led.payload) == (f"New on my blog.\n\n{led.payload[LINK_TO_COME]}\n\nNo advice.",)


def test_nothing_but_a_link_is_no_post(shop):
    draft = shop.write("wordpress", "mastodon", text="")
    assert shop.rendered(draft)["mastodon"].parts == ()


def test_the_link_goes_into_the_last_part_of_a_thread_whole(shop):
    led = shop.rendered(shop.write("wordpress", "x", text=f"{WORDS} " * 12))["x"]
    assert len(led.parts) > 2
    assert led.payload[LINK_TO_COME] in led.parts[-1].text
    assert not any("link-to-come" in part.text for part in led.parts[:-1])
    assert all(not part.count.is_over for part in led.parts)


def test_what_has_no_room_for_the_link_is_told(shop):
    rendition = Rendition("x", "x", "", "", {"parts": '["cut"]'}, parts=shop.rendered(shop.write("x"))["x"].parts)
    leader = shop.renderer.leader(
        shop.write("wordpress", "x"),
        [shop.accounts["wordpress"], shop.accounts["x"]],
        shop.house.services.profile.identities()[1],
        START,
    )
    assert leader is not None
    assert as_follower(rendition, leader).problems == ("link_no_room",)


def test_only_the_link_is_put_in_its_place(shop):
    led = shop.rendered(shop.write("wordpress", "x", text=f"See example.org. {WORDS} #grief"))["x"]
    link = f"{SITE}/?p=7"
    filled = with_link(led, link)
    place = led.payload[LINK_TO_COME]
    assert texts_of(filled.payload) == tuple(text.replace(place, link) for text in texts_of(led.payload))
    assert {*led.payload} - {*filled.payload} == {LINK_TO_COME}
    for part in filled.parts:
        assert link in part.text
        for entity in part.entities:
            assert part.text[entity.start : entity.end].strip("#").removeprefix("https://") in entity.target


# When they go.


def test_the_others_go_once_the_blog_is_out_with_its_address(shop):
    made = shop.post("x", "wordpress", "mastodon", "byhand")
    assert [d.account_id for d in shop.queue.due(shop.clock.now)] == ["wordpress"]
    assert shop.queue.next_due() == made["wordpress"].due_at
    assert shop.publisher.deliver(made["x"].id) is None

    shop.run()

    states = shop.states(made)
    assert {name: state for name, (state, _) in states.items()} == {
        "wordpress": "sent",
        "x": "sent",
        "mastodon": "sent",
        "byhand": "held",
    }
    link = "https://wordpress.example.com/1"
    for name in ("x", "mastodon"):
        (came,) = shop.places[name].came
        assert texts_of(came.payload)[-1].endswith(link)
        assert "link-to-come" not in str(came.payload)
    by_hand = shop.queue.get(made["byhand"].id)
    assert by_hand is not None
    assert by_hand.leaving.parts[0].text.endswith(link)
    kept = shop.queue.get(made["x"].id)
    assert kept is not None
    assert kept.rendition.digest == made["x"].rendition.digest, "what was approved stays as it was"


@pytest.mark.parametrize(
    ("fault", "problem"), [(Refused("refused"), "refused"), (SignedOut("signed_out"), "signed_out")]
)
def test_when_the_blog_fails_nothing_else_goes_and_trying_again_sends_all(shop, fault, problem):
    shop.blog.fault = fault
    made = shop.post("wordpress", "x", "mastodon")
    shop.run()
    assert shop.states(made)["wordpress"][1] == problem
    assert [shop.states(made)[name] for name in ("x", "mastodon")] == [("waiting", ""), ("waiting", "")]
    assert not any(place.came for place in shop.places.values())

    shop.blog.fault = None
    assert shop.publisher.try_again(made["x"].id) is not None, "what waits tries what it waits for"
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_while_the_blog_is_not_reached_the_others_wait(shop):
    shop.blog.fault = Unreachable("no_connection")
    made = shop.post("wordpress", "x")
    shop.run()
    shop.clock.now += timedelta(hours=2)
    shop.run()
    assert [state for state, _ in shop.states(made).values()] == ["waiting", "waiting"]
    shop.blog.fault = None
    shop.clock.now += timedelta(hours=2)
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_who_gives_up_the_blog_gives_up_the_rest_and_has_the_draft_back(shop):
    shop.blog.fault = Refused("refused")
    made = shop.post("wordpress", "x", "mastodon")
    shop.run()
    shop.publisher.cancel(made["wordpress"].id)
    assert {state for state, _ in shop.states(made).values()} == {"cancelled"}
    draft = shop.house.services.drafts.get(made["x"].draft_id)
    assert draft is not None
    assert (draft.post_id, draft.blog_first) == ("", True)


def test_what_was_to_follow_a_post_that_was_taken_down_is_held(shop):
    shop.places["x"].fault = SignedOut("signed_out")
    made = shop.post("wordpress", "x")
    shop.run()
    shop.places["x"].fault = None
    shop.publisher.take_down(made["wordpress"].id)
    shop.publisher.try_again(made["x"].id)
    shop.run()
    assert shop.states(made)["x"] == ("held", "blog_gone")
    assert shop.places["x"].came == []


def test_a_blog_post_without_an_address_is_followed_by_nothing(shop):
    made = shop.post("wordpress", "x")
    claimed = shop.queue.claim(made["wordpress"].id, shop.clock.now)
    assert claimed is not None
    shop.queue.save(claimed.sent(Receipt("", "", shop.clock.now, "told_by_person")), DeliveryState.SENDING)
    shop.run()
    assert shop.states(made)["x"] == ("held", "blog_link_unknown")


def test_an_address_longer_than_its_place_gives_way_to_the_short_one(shop):
    wordpress, account = shop.blog.real, shop.accounts["wordpress"]
    long = Receipt("12", f"{SITE}/{'category/' * 20}grief/", START)
    assert wordpress.link_of(long, account, 60) == f"{SITE}/?p=12"
    assert (
        wordpress.link_of(replace(long, url=f"{SITE}/trauer-über-nacht/"), account, 80)
        == f"{SITE}/trauer-%C3%BCber-nacht/"
    )
    assert wordpress.link_of(replace(long, remote_id=""), account, 60) == ""


# Starts and crashes.


def test_after_a_crash_between_the_blog_and_the_others_they_follow(shop):
    made = shop.post("wordpress", "x")
    shop.publisher.deliver(made["wordpress"].id)
    shop.clock.now += timedelta(minutes=2)
    shop.publisher.recover()
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_long_after_the_blog_they_ask(shop):
    made = shop.post("wordpress", "x")
    shop.publisher.deliver(made["wordpress"].id)
    shop.clock.now += timedelta(hours=2)
    shop.publisher.recover()
    assert shop.states(made)["x"] == ("held", "missed_blog")
    shop.publisher.try_again(made["x"].id)
    shop.run()
    assert shop.states(made)["x"] == ("sent", "")


def test_a_start_does_not_hold_what_waits_for_a_blog_that_asks(shop):
    made = shop.post("wordpress", "x")
    shop.clock.now += timedelta(hours=2)
    shop.publisher.recover()
    assert shop.states(made) == {"wordpress": ("held", "missed"), "x": ("waiting", "")}
    shop.publisher.try_again(made["wordpress"].id)
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_planned_ones_follow_the_blog_and_wait_here(shop):
    at = START + timedelta(hours=3)
    made = shop.post("wordpress", "x", at=at, keeper=Keeper.THERE)
    kept = shop.publisher.planner.of(made["x"].id)
    assert kept is not None
    assert kept.keeper is Keeper.HERE
    assert shop.publisher.planner.unfit_to_keep(made["x"].rendition, at) == "goes_after_blog"
    shop.clock.now = at + timedelta(seconds=1)
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_a_planned_blog_that_was_late_takes_the_others_along(shop):
    at = START + timedelta(hours=3)
    made = shop.post("wordpress", "x", at=at)
    shop.clock.now = at + timedelta(hours=2)
    shop.publisher.recover()
    shop.run()
    assert shop.states(made) == {"wordpress": ("held", "missed_plan"), "x": ("waiting", "")}
    shop.publisher.try_again(made["wordpress"].id)
    shop.run()
    assert {state for state, _ in shop.states(made).values()} == {"sent"}


def test_undo_takes_all_of_it_back(shop):
    made = shop.post("wordpress", "x")
    assert shop.publisher.undo(made["x"].post_id)
    assert {state for state, _ in shop.states(made).values()} == {"cancelled"}


def test_a_fault_of_one_that_follows_is_its_own(shop):
    fault: NetworkError = Refused("refused")
    shop.places["x"].fault = fault
    made = shop.post("wordpress", "x", "mastodon")
    shop.run()
    assert {name: state for name, (state, _) in shop.states(made).items()} == {
        "wordpress": "sent",
        "x": "failed",
        "mastodon": "sent",
    }
    shop.places["x"].fault = None
    shop.publisher.try_again(made["x"].id)
    shop.run()
    assert shop.states(made)["x"] == ("sent", "")
    assert len(shop.blog.came) == 1
