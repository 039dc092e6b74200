"""What a person reads back about their posts, asked of a real AppView behind a real PDS."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.servers.bluesky import BlueskyServer, bluesky, eventually
from tests.servers.bluesky_reader import POSTS, BlueskyPost, read_post
from tests.servers.pds import PdsAccount

__all__ = ["bluesky"]  # the fixture


@pytest.fixture
def author(bluesky: BlueskyServer) -> PdsAccount:
    return bluesky.new_account()


@pytest.fixture
def ask(bluesky: BlueskyServer, author: PdsAccount) -> Callable[..., Any]:
    """A query by the author."""
    token = bluesky.session(author)["accessJwt"]
    return lambda method, **asked: bluesky.call(method, token=token, asked=asked).body


def _post(bluesky: BlueskyServer, author: PdsAccount, text: str) -> BlueskyPost:
    record = {"$type": POSTS, "text": text, "createdAt": "2026-11-22T09:00:00Z"}
    given = {"repo": author.did, "collection": POSTS, "record": record}
    answer = bluesky.call("com.atproto.repo.createRecord", given, token=bluesky.session(author)["accessJwt"])
    post = read_post(bluesky, answer.body["uri"])
    assert post is not None
    return post


def test_likes_reposts_and_answers_are_counted(
    bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]
) -> None:
    post = _post(bluesky, author, "Sleep well")
    bluesky.like(bluesky.personal, post)
    bluesky.like(bluesky.professional, post)
    bluesky.repost(bluesky.personal, post)
    bluesky.answer(bluesky.professional, post, "Thank you")

    def counts() -> list[int]:
        posts = ask("app.bsky.feed.getPosts", uris=post.uri)["posts"]
        return [posts[0][f"{what}Count"] for what in ("like", "repost", "reply")] if posts else []

    assert eventually(counts, lambda told: told == [2, 1, 1]) == [2, 1, 1]


def test_answers_are_read_as_a_thread(bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]) -> None:
    post = _post(bluesky, author, "Sleep well")
    bluesky.answer(bluesky.professional, post, "Thank you")

    def replies() -> list[tuple[str, str]]:
        thread = ask("app.bsky.feed.getPostThread", uri=post.uri).get("thread", {})
        rows = [reply["post"] for reply in thread.get("replies", ())]
        return [(row["author"]["handle"], row["record"]["text"]) for row in rows]

    assert eventually(replies, bool) == [("professional.test", "Thank you")]


def test_the_author_is_told(bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]) -> None:
    post = _post(bluesky, author, "Sleep well")
    bluesky.like(bluesky.personal, post)
    bluesky.answer(bluesky.personal, post, "Thank you")

    def reasons() -> set[str]:
        return {row["reason"] for row in ask("app.bsky.notification.listNotifications")["notifications"]}

    assert eventually(reasons, lambda told: len(told) == 2) == {"like", "reply"}


def test_what_was_deleted_is_seen_no_more(bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]) -> None:
    post = _post(bluesky, author, "Short-lived")

    def is_seen() -> bool:
        return bool(ask("app.bsky.feed.getPosts", uris=post.uri)["posts"])

    assert eventually(is_seen, bool)
    given = {"repo": author.did, "collection": POSTS, "rkey": post.key}
    bluesky.call("com.atproto.repo.deleteRecord", given, token=bluesky.session(author)["accessJwt"])
    assert not eventually(is_seen, lambda seen: not seen)
    assert ask("app.bsky.feed.getPostThread", uri=post.uri)["error"] == "NotFound"


def test_a_profile_tells_name_and_handle(bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]) -> None:
    record = {"$type": "app.bsky.actor.profile", "displayName": "Jamie Lind"}
    given = {"repo": author.did, "collection": "app.bsky.actor.profile", "rkey": "self", "record": record}
    bluesky.call("com.atproto.repo.putRecord", given, token=bluesky.session(author)["accessJwt"])

    def told() -> tuple[str, str]:
        profile = ask("app.bsky.actor.getProfile", actor=author.did)
        return profile.get("displayName", ""), profile.get("handle", "")

    assert eventually(told, lambda words: words[0] != "") == ("Jamie Lind", author.handle)


def test_the_appview_finds_its_pds_again(bluesky: BlueskyServer, author: PdsAccount, ask: Callable[..., Any]) -> None:
    with bluesky.down():
        pass
    post = _post(bluesky, author, "Back again")

    assert eventually(lambda: ask("app.bsky.feed.getPosts", uris=post.uri)["posts"], bool)
