"""`twohats post --dry-run`: what would be sent to each network, with nothing sent, nothing kept and no secret told."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import twohats.networks.wire  # noqa: F401 - what it loads tries out at once whether this computer has IPv6
from twohats import cli
from twohats.app import House, open_house
from twohats.flows import compose
from twohats.flows.dry_run import dry_run
from twohats.flows.logins import secret_name
from twohats.gui.composer.dry_run_words import reason_of
from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.errors import BadInput
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

CLEAN = "Grief has no timetable. Three things that help, “and” where to find a group."
FAMILY = "My wife and I finally took that cruise."
SETTINGS = {
    "wordpress": {"api_root": "https://blog.example.org/wp-json/", "login": "jamie", "user_id": "1"},
    "facebook": {"page_id": "101", "app_id": "7"},
    "linkedin": {"client_id": "c", "user_id": "u1"},
    "x": {"client_id": "c", "user_id": "1", "username": "jamie"},
    "mastodon": {"server": "https://social.example.org", "user_id": "1", "domain": "social.example.org"},
    "bluesky": {"service": "https://pds.example.org", "did": "did:plc:abcdefghijklmnopqrstuvwx"},
    "threads": {"user_id": "1", "username": "jamie", "app_id": "7"},
    "byhand": {"page": "https://www.facebook.com/jamie"},
}
SECRETS = {"wordpress": "jamie:abcd EFGH 1234", "more": "further-secret"}


class WatchedVault(SessionVault):
    """Says what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, name: str) -> str | None:
        self.asked.append(name)
        return super().get(name)


@pytest.fixture
def vault() -> WatchedVault:
    return WatchedVault()


@pytest.fixture
def house(tmp_path: Path, vault: WatchedVault) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", vault)
    opened.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")
    for network, settings in SETTINGS.items():
        account = account_of(Hat.PROFESSIONAL, id=network, network=network, label=f"My {network}", settings=settings)
        opened.services.profile.save_account(account)
        vault.set(secret_name(network), secret_of(network))
        for name in opened.services.networks[network].more_secrets:
            vault.set(secret_name(network, name), SECRETS["more"])
    vault.asked.clear()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    for way_out in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, way_out, lambda *_, **__: pytest.fail("something was asked"))


def secret_of(network: str) -> str:
    return SECRETS.get(network, f"token-of-{network}")


def show(house: House, text: str = CLEAN, form: str = "json", *to: str) -> int:
    places = [word for name in to or ("folder", *SETTINGS) for word in ("--to", name)]
    more = ["--title", "A title", "--tag", "rest", "--now", "--dry-run", "--format", form]
    chosen = cli._parser().parse_args(["post", "-", "--as", "professional", *places, *more])
    return cli._post_from(house, Hat.PROFESSIONAL, text, chosen)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_told_and_none_is_read(house: House, vault: WatchedVault, form: str, capsys) -> None:
    assert show(house, CLEAN, form) == cli.EXIT_CLEAR

    told = capsys.readouterr().out
    for secret in ("abcd EFGH 1234", "abcd+EFGH", SECRETS["more"], *map(secret_of, SETTINGS)):
        assert secret not in told
    assert told.count("***") >= len(SETTINGS) - 1
    assert vault.asked == []


def test_nothing_is_kept(house: House, tmp_path: Path, capsys) -> None:
    show(house)

    services = house.services
    assert services.queue.in_state(*DeliveryState) == []
    assert services.records.search() == []
    assert services.drafts.count() == 0
    assert list((tmp_path / "work").rglob("*")) == []


def test_each_account_has_its_requests_in_order(house: House, capsys) -> None:
    show(house)

    told = json.loads(capsys.readouterr().out)
    assert (told["is_sent"], told["hat"], told["open_findings"]) == (False, "professional", 0)
    asked = {
        one["network"]: [f"{request['method']} {request['address'].split('?')[0]}" for request in one["requests"]]
        for one in told["accounts"]
    }
    assert asked["x"] == ["POST https://api.x.com/2/tweets"]
    assert asked["threads"] == [
        "POST https://graph.threads.net/v1.0/me/threads",
        "GET https://graph.threads.net/v1.0/90000000000000001",
        "POST https://graph.threads.net/v1.0/me/threads_publish",
        "GET https://graph.threads.net/v1.0/90000000000000003",
    ]
    assert [line.rpartition("/")[2] for line in asked["wordpress"]] == ["posts", "posts", "tags", "tags", "posts"]
    assert [line.split()[0] for line in asked["folder"]] == ["WRITE"]
    assert all(one["is_whole"] for one in told["accounts"] if one["network"] != "byhand")


def test_what_is_posted_by_hand_says_so(house: House, capsys) -> None:
    show(house, CLEAN, "json", "byhand")

    (one,) = json.loads(capsys.readouterr().out)["accounts"]
    assert (one["requests"], one["problem"], one["is_whole"]) == ([], "by_hand", False)
    assert one["reason"].startswith("Two Hats sends nothing here.")


def test_for_reading_signs_are_as_they_are_meant_and_the_end_says_that_nothing_was_sent(house: House, capsys) -> None:
    show(house, CLEAN, "text", "x", "threads")

    told = capsys.readouterr().out
    assert told.startswith("== My x ==\n\nPOST https://api.x.com/2/tweets\n")
    assert '"text": "Grief has no timetable. Three things that help, “and” where' in told
    assert "text = Grief has no timetable. Three things that help, “and” where" in told
    assert "Nothing was sent." in told.splitlines()[-1]


def test_what_follows_the_blog_comes_behind_it_and_says_so(house: House) -> None:
    services = house.services
    site = {"site_url": "https://blog.example.org", **SETTINGS["wordpress"]}
    made = account_of(Hat.PROFESSIONAL, id="wordpress", network="wordpress", label="My wordpress", settings=site)
    services.profile.save_account(made)
    accounts = [one for one in services.profile.accounts() if one.network in ("x", "wordpress")]
    now = services.clock()
    draft = compose.new_draft("d1", now, Hat.PROFESSIONAL, [one.id for one in accounts])
    draft = compose.with_blog_first(compose.with_text(draft, CLEAN, now), blog_first=True, now=now)
    (identity,) = (one for one in services.profile.identities() if one.hat is Hat.PROFESSIONAL)

    verdict = services.reviewer.review(draft, identity, accounts, services.profile.policy())
    blog, follower = dry_run(verdict, services.networks, services.new_id)

    assert (blog.account.id, follower.account.id) == ("wordpress", "x")
    assert (reason_of(blog), reason_of(follower).startswith("This goes once the blog post is out.")) == ("", True)
    assert "https://blog.example.org/link-to-come-" in follower.requests[0].body


def test_what_wants_a_reason_is_shown_all_the_same_and_said(house: House, capsys) -> None:
    assert show(house, FAMILY, "text", "x") == cli.EXIT_WARN

    told = capsys.readouterr().out
    assert "took that cruise" in told
    assert "Findings that want a reason before this can be posted: 1." in told


def test_what_cannot_go_as_it_is_is_refused_as_when_posting(house: House) -> None:
    with pytest.raises(BadInput, match="empty"):
        show(house, " ", "text", "x")


def test_a_network_of_others_that_cannot_tell_is_not_made_to_send(house: House, capsys) -> None:
    class Mute:
        """All that a network has, but no word of what it would send."""

        def __init__(self, real: object) -> None:
            self._real = real

        def __getattr__(self, name: str) -> object:
            if name == "dry_run":
                raise AttributeError(name)
            if name == "publish":
                pytest.fail("it was to send")
            return getattr(self._real, name)

    networks = house.services.networks
    assert isinstance(networks, dict)
    networks["x"] = Mute(networks["x"])

    show(house, CLEAN, "text", "x")

    assert "The program for x cannot say beforehand what it would send." in capsys.readouterr().out
