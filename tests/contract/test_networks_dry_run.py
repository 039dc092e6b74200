"""What a dry run tells of each network is what that network then receives: every request, in order, to the byte, but
for what only the network can say."""

import json
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from tests.contract.networks_suite import Place, a_draft
from tests.contract.test_networks_bluesky import BlueskyPlace
from tests.contract.test_networks_facebook import FacebookPlace
from tests.contract.test_networks_folder import FolderPlace
from tests.contract.test_networks_linkedin import LinkedInPlace
from tests.contract.test_networks_mastodon import FakePlace
from tests.contract.test_networks_threads import ThreadsPlace
from tests.contract.test_networks_wordpress import WordPressPlace
from tests.contract.test_networks_x import XPlace
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.journals import MemoryJournal
from tests.fakes.strict import StrictFake
from tests.servers.pds import PdsServer, pds
from tests.servers.wordpress import WordPressServer, wordpress

from twohats.model.draft import Draft
from twohats.model.dry_run import DryRequest
from twohats.model.errors import Refused
from twohats.model.plan import Keeper
from twohats.model.ports import DATED, PLANNED_FOR, Login, TellsRequests
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.dry_run import MASK

__all__ = ["pds", "wordpress"]  # the fixtures

STRICT: dict[str, Callable[[StrictFake], Place]] = {
    "x": XPlace,
    "facebook": FacebookPlace,
    "linkedin": LinkedInPlace,
    "mastodon": FakePlace,
    "threads": ThreadsPlace,
}
LONG = "\n\n".join(f"Paragraph {number}: " + "rest, and sleep well. " * 11 for number in range(3)).strip()
POSTS = ["words", "pictures", "thread", "link"]
ASSUMED = (
    r"https://www\.linkedin\.com/dms-uploads/9\d{16}",
    r"https?://[^\"\\ ]+/wp-content/uploads/9\d{16}\.jpg",
    r"did:plc:assumed[a-j]{17}",
    r"9\d{16}",
)
PICTURE = re.compile(rb"<image/\w+, (\d+) bytes>")


class Came(Protocol):
    """A request as a server got it."""

    @property
    def method(self) -> str: ...

    @property
    def target(self) -> str: ...

    @property
    def headers(self) -> object: ...

    @property
    def body(self) -> bytes: ...


def a_post(place: Place, kind: str) -> Draft:
    match kind:
        case "pictures":
            media = (place.pictures.draw("red", "A “red” kite & string"), place.pictures.draw("blue", ""))
            return a_draft("Kites", "Two of them: größer, 心.", media=media, tags=("Rest & more", "sleep"))
        case "thread":
            return a_draft("A thread", LONG)
        case "link":
            return a_draft("", "Read https://example.org/sleep?a=1&b=2 #rest @ada.invalid")
    return a_draft(excerpt="In short", tags=("rest",))


def planned_journal(at: datetime, keeper: Keeper) -> MemoryJournal:
    """As a planner leaves it before the first attempt."""
    journal = MemoryJournal()
    journal.note(DATED, at.isoformat())
    journal.note(PLANNED_FOR, at.isoformat() if keeper is Keeper.THERE else "")
    return journal


def shown(
    place: Place, rendition: Rendition, key: str, at: datetime, journal: MemoryJournal | None = None
) -> tuple[DryRequest, ...]:
    """The dry run, at a time that stands still."""
    network = _at(place, at)
    assert isinstance(network, TellsRequests)
    with pytest.MonkeyPatch.context() as patch:
        for way_out in ("socket", "create_connection", "getaddrinfo"):
            patch.setattr(socket, way_out, lambda *_, **__: pytest.fail("something was asked"))
        run = network.dry_run(rendition, place.login.account, key, journal or MemoryJournal())
    assert run.is_whole
    return run.requests


def sent(place: Place, rendition: Rendition, key: str, at: datetime, journal: MemoryJournal | None = None) -> Receipt:
    return _at(place, at).publish(  # type: ignore[attr-defined, no-any-return]
        rendition, place.login, key, journal or MemoryJournal()
    )


def _at(place: Place, at: datetime) -> object:
    tools = place.network._tools  # type: ignore[attr-defined]
    return type(place.network)(replace(tools, clock=lambda: at))  # type: ignore[call-arg]


def assert_same(told: Sequence[DryRequest], came: Sequence[Came], url: str, login: Login) -> None:
    # How often it has us ask whether it is ready is the network's own.
    came = [one for one, next_one in zip(came, (*came[1:], None), strict=True) if not _is_asked_again(one, next_one)]
    assert [one.method for one in told] == [one.method for one in came]
    for one, other in zip(told, came, strict=True):
        is_elsewhere = "/dms-uploads/" in one.address  # where LinkedIn wants its pictures, only LinkedIn says
        assert is_elsewhere or re.fullmatch(_pattern(one.address.encode()), (url + other.target).encode())
        body = PICTURE.sub(lambda found: b"\0" + found[1] + b"\0", one.body.encode())
        pattern = re.sub(rb"\\?\x00(\d+)\\?\x00", lambda found: b"(?s:.{" + found[1] + b"})", _pattern(body))
        boundary = re.search(r"boundary=(\w+)", one.headers.get("Content-Type", ""))
        if boundary:
            pattern = pattern.replace(boundary[1].encode(), b"[0-9a-f]{32}")
        assert re.fullmatch(pattern, other.body), f"the body of {one.method} {one.address}"
        for name, value in one.headers.items():
            came_as = other.headers[name.lower()]  # type: ignore[index]
            if value == MASK:
                assert login.secret.rpartition(":")[2] in came_as or came_as.startswith("Basic ")
            elif name != "Content-Length" and not boundary:
                assert re.fullmatch(_pattern(value.encode()), came_as.encode()), name
    words = str(told)
    for secret in (login.secret, *login.more.values()):
        assert secret not in words or not secret


def _is_asked_again(one: Came, next_one: Came | None) -> bool:
    return (
        next_one is not None and one.method == "GET" and (one.method, one.target) == (next_one.method, next_one.target)
    )


def _pattern(text: bytes) -> bytes:
    """What a server may have got in place of a text in which something was assumed."""
    escaped = re.escape(text)
    for assumed in ASSUMED:
        for one in set(re.findall(assumed.encode(), text)):
            escaped = escaped.replace(re.escape(one), rb"[^\"&\\ ]+")
    return escaped


@pytest.mark.parametrize("kind", POSTS)
@pytest.mark.parametrize("name", STRICT)
def test_social_networks_get_what_was_shown(name: str, kind: str) -> None:
    with StrictFake(name) as fake:
        place, server = STRICT[name](fake), getattr(fake, name)
        rendition = place.rendition(a_post(place, kind))
        at = place.now() if hasattr(place, "now") else datetime.now(UTC)
        told = shown(place, rendition, "key-1", at)
        before = len(server.requests)

        sent(place, rendition, "key-1", at)

        assert_same(told, server.requests[before:], server.url.rstrip("/"), place.login)


@pytest.mark.parametrize("kind", ["words", "pictures", "link"])
@pytest.mark.parametrize("name", ["facebook", "mastodon"])
def test_what_a_network_keeps_until_its_time_is_shown_with_that_time(name: str, kind: str) -> None:
    with StrictFake(name) as fake:
        place, server = STRICT[name](fake), getattr(fake, name)
        at = datetime.fromtimestamp(fake.clock.now_s(), UTC)
        goes_at = (at + timedelta(hours=30)).replace(second=0, microsecond=0)
        rendition = place.rendition(a_post(place, kind))
        told = shown(place, rendition, "key-1", at, planned_journal(goes_at, Keeper.THERE))
        before = len(server.requests)

        receipt = sent(place, rendition, "key-1", at, planned_journal(goes_at, Keeper.THERE))

        assert receipt.waits_there
        assert_same(told, server.requests[before:], server.url.rstrip("/"), place.login)
        time = f'"scheduled_at": "{goes_at.isoformat()}"' if name == "mastodon" else f"{int(goes_at.timestamp())}"
        assert time in told[-1].body


@pytest.mark.parametrize("name", STRICT)
def test_what_waits_here_for_its_time_is_shown_as_it_leaves_then(name: str) -> None:
    with StrictFake(name) as fake:
        place, server = STRICT[name](fake), getattr(fake, name)
        at = datetime.fromtimestamp(fake.clock.now_s(), UTC)
        goes_at = at + timedelta(hours=1)
        rendition = place.rendition(a_post(place, "pictures"))
        told = shown(place, rendition, "key-1", at, planned_journal(goes_at, Keeper.HERE))
        fake.advance(3600)
        before = len(server.requests)

        receipt = sent(place, rendition, "key-1", goes_at, planned_journal(goes_at, Keeper.HERE))

        assert not receipt.waits_there
        assert_same(told, server.requests[before:], server.url.rstrip("/"), place.login)


@pytest.mark.parametrize("keeper", Keeper)
def test_wordpress_is_shown_with_its_time(keeper: Keeper, wordpress: WordPressServer) -> None:
    now = datetime.now(UTC) - timedelta(seconds=30)
    # What waits here is taken for due: the clock of a real site cannot be set.
    goes_at = now.replace(microsecond=0) + (timedelta(hours=30) if keeper is Keeper.THERE else timedelta())
    before = now - timedelta(hours=30) if keeper is Keeper.HERE else now
    with CuttingProxy(wordpress.url) as proxy:
        place = WordPressPlace(wordpress, wordpress.writer, f"{proxy.url}/wp-json/")
        draft = replace(a_post(place, "pictures"), tags=(f"tag kept {keeper.value}",), title=f"Planned {keeper.value}")
        rendition = place.rendition(draft, goes_at)
        key = f"key-dry-later-{keeper.value}"
        told = shown(place, rendition, key, before, planned_journal(goes_at, keeper))

        receipt = sent(place, rendition, key, now, planned_journal(goes_at, keeper))

        assert receipt.waits_there is (keeper is Keeper.THERE)
        assert_same(told, proxy.requests, proxy.url, place.login)
        body = json.loads(told[-1].body)
        status = "future" if keeper is Keeper.THERE else "publish"
        assert (body["status"], body["date_gmt"]) == (status, f"{goes_at:%Y-%m-%dT%H:%M:%S}")


@pytest.mark.parametrize("kind", POSTS)
def test_wordpress_gets_what_was_shown(kind: str, wordpress: WordPressServer) -> None:
    at = datetime.now(UTC) - timedelta(seconds=30)
    with CuttingProxy(wordpress.url) as proxy:
        place = WordPressPlace(wordpress, wordpress.writer, f"{proxy.url}/wp-json/")
        draft = replace(a_post(place, kind), tags=(f"tag of {kind}",))
        rendition = place.rendition(replace(draft, title=f"A dry run of {kind}"), at)
        told = shown(place, rendition, f"key-dry-{kind}", at)

        sent(place, rendition, f"key-dry-{kind}", at)

        assert_same(told, proxy.requests, proxy.url, place.login)


@pytest.mark.parametrize("kind", POSTS)
def test_bluesky_gets_what_was_shown(kind: str, pds: PdsServer) -> None:
    with CuttingProxy(pds.url) as proxy:
        place = BlueskyPlace(pds, service=proxy.url)
        draft = a_post(place, kind)
        if kind == "link":
            draft = replace(draft, text=draft.text.replace("@ada.invalid", f"@{pds.new_account().handle}"))
        at = datetime.now(UTC)
        rendition = place.rendition(draft, at)
        told = shown(place, rendition, "key-1", at)
        before = len(proxy.requests)

        sent(place, rendition, "key-1", at)

        assert_same(told, proxy.requests[before:], proxy.url, place.login)


def test_bluesky_is_shown_with_the_time_at_which_it_leaves(pds: PdsServer) -> None:
    goes_at = datetime.now(UTC).replace(microsecond=0)
    with CuttingProxy(pds.url) as proxy:
        place = BlueskyPlace(pds, service=proxy.url)
        rendition = place.rendition(a_post(place, "words"), goes_at)
        journal = planned_journal(goes_at, Keeper.HERE)
        told = shown(place, rendition, "key-1", goes_at - timedelta(hours=30), journal)
        before = len(proxy.requests)

        sent(place, rendition, "key-1", goes_at, planned_journal(goes_at, Keeper.HERE))

        assert_same(told, proxy.requests[before:], proxy.url, place.login)
        assert f"{goes_at:%Y-%m-%dT%H:%M:%S}" in told[-1].body


@pytest.mark.parametrize("preset", ["hugo", "jekyll", "eleventy", "plain"])
def test_a_folder_gets_the_files_that_were_shown(preset: str, tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, preset)
    rendition = place.rendition(a_post(place, "pictures"))
    told = shown(place, rendition, "key-1", datetime.now(UTC))
    assert place.everything() == set()

    sent(place, rendition, "key-1", datetime.now(UTC))

    assert {Path(one.address).relative_to(tmp_path).as_posix() for one in told} == place.everything()
    assert [one.method for one in told] == ["WRITE"] * 3
    *pictures, text = told
    assert text.body == Path(text.address).read_text(encoding="utf-8")
    for one in pictures:
        assert one.body == f"<image/jpeg, {Path(one.address).stat().st_size} bytes>"


def test_a_folder_says_beforehand_that_the_name_is_taken(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, "plain")
    at = datetime.now(UTC)
    place.publish(place.rendition(a_draft(), at), "key-1")

    with pytest.raises(Refused, match="slug_taken"):
        shown(place, place.rendition(a_draft(text="Other words"), at), "key-2", at)
