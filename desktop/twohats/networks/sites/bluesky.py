"""Bluesky, by the server (PDS) that holds the account, with an app password.

A post is a record whose name we choose, so sending it again writes the same record: nothing is doubled, and after a
lost answer it is found by its name. Bluesky makes neither links nor cards nor mentions of a text: we do. It cannot hide
a text behind a warning; its labels speak of nakedness and violence in pictures, so a warning in words is left out, and
the person is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, Rendition
from twohats.networks.bluesky_api import POSTS, Pds, Told, key_of, table_in, tables_in, text_in
from twohats.networks.bluesky_login import Session, ended, home_of, name_of, refreshed, signed_in
from twohats.networks.bluesky_sending import Sending, has_mentions
from twohats.networks.dry_run import dry_run
from twohats.networks.http import BearerLogin
from twohats.networks.limits import address_of, limits_of
from twohats.networks.portraits import portrait_at
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.server_address import server_of
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.thread import find_parts, send_parts
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import graphemes, utf8_bytes
from twohats.networks.writing.entities import BLUESKY as DIALECT

_DEEPEST = 100


def make(tools: NetworkTools) -> "Bluesky":
    """Entry point of the group twohats.networks."""
    return Bluesky(tools)


class Bluesky:
    """`account.settings`: "service", the address of the server that holds the account; "did", "handle". The secret is
    an access token of two hours; `more` holds the token that renews it, and the app password for when that has ended.
    """

    name = "bluesky"
    needs_secret = True
    more_secrets = ("refresh", "app_password")
    ways = (Way("app_password", (Ask("handle"), Ask("app_password", is_secret=True), Ask("service"))),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Finds the server of a handle, unless one is given, and signs in there. `given` may name another "resolver" of
        handles and another "directory" of identities than Bluesky's own."""
        http, name, password = self._tools.http, name_of(given["handle"]), given["app_password"].strip()
        if given.get("service", "").strip():
            service = server_of(given["service"])
        else:
            resolver = given.get("resolver") or address_of(self.name, "resolver")
            service = home_of(http, name, resolver, given.get("directory") or address_of(self.name, "directory"))
        now = self._tools.clock()
        session = signed_in(http, service, name, password, now)
        life = {"expires_at": session.expires_at.isoformat(), "renewed_at": now.isoformat()}
        return (
            Grant(
                settings={"service": service, "did": session.did, "handle": session.handle, **life},
                secret=session.access,
                more={"refresh": session.refresh, "app_password": password},
            ),
        )

    def renew(self, login: Login) -> Renewal:
        """By the token for it; where that has ended, by the app password. SignedOut when it was taken back."""
        service, now = _service_of(login), self._tools.clock()
        session = refreshed(self._tools.http, service, login.more.get("refresh", ""), now)
        return _renewal(session or self._begun_anew(service, login, now))

    def verify(self, login: Login) -> Profile:
        """Who signed in, with the name and the portrait that they show."""
        pds = self._pds(login)
        told = pds.read("com.atproto.server.getSession")
        did, handle = text_in(told, "did"), text_in(told, "handle")
        if not did:
            raise Unreachable("answer_cut", host=pds.host)
        if told.get("active") is False:
            raise Refused("account_closed", host=pds.host)
        shown = _profile_of(pds, did)
        portrait = text_in(table_in(table_in(shown, "avatar"), "ref"), "$link")
        return Profile(
            name=text_in(shown, "displayName") or handle,
            handle=f"@{handle}",
            url=f"{address_of(self.name, 'page')}/profile/{did}",
            settings=(("service", pds.root), ("did", did), ("handle", handle)),
            picture=portrait_at(
                self._tools.http, f"{pds.url('com.atproto.sync.getBlob')}?did={did}&cid={portrait}" if portrait else ""
            ),
        )

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts", "card", "language", and "at", which the records are named after."""
        found = said(draft, account, _manner())
        notes = found.notes
        if any(has_mentions(part.entities) for part in found.parts):
            notes = (*notes, "mentions_looked_up")
        if any(media.size_bytes > limits_of(self.name)["pictures"]["bytes"] for media in draft.media):
            notes = (*notes, "pictures_made_smaller")
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found, language=draft.language or "en", at=at.astimezone(UTC).isoformat()),
            pictures=found.pictures,
            count=found.count,
            problems=found.problems,
            parts=found.parts,
            card=found.card,
            notes=notes,
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Uploads, finds who is mentioned, and writes the parts, each an answer to the one before."""
        sending = self._sending(rendition, login, key, journal)
        sending.prepare()
        return sending.noted(send_parts(sending.count, journal, self._tools.clock, sending.send, sending.look))

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """By the names of the records."""
        sending = self._sending(rendition, login, key, journal)
        receipt = find_parts(sending.count, journal, self._tools.clock, sending.look)
        return sending.noted(receipt) if receipt else None

    def delete(self, receipt: Receipt, login: Login) -> None:
        """From the end of a thread. What is gone already is fine: the server says the same."""
        did = _did_of(login)
        keys = [key_of(uri, did) for uri in (receipt.remote_id, *receipt.more_ids)]
        pds = self._pds(login)
        for key in reversed(keys):
            with safe_to_repeat():
                pds.write("com.atproto.repo.deleteRecord", {"repo": did, "collection": POSTS, "rkey": key})

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Counts of the first post, and what others wrote under any part. Servers ask Bluesky's AppView for it; None
        where they do not."""
        did = _did_of(login)
        own = (receipt.remote_id, *receipt.more_ids)
        for uri in own:
            key_of(uri, did)
        depth = str(min(_DEEPEST, len(own) + 1))
        try:
            told = self._pds(login).read("app.bsky.feed.getPostThread", uri=own[0], depth=depth, parentHeight="0")
        except Refused as problem:
            if problem.code != "refused":
                raise
            return None
        top = table_in(told, "thread")
        post = table_in(top, "post")
        if not post:
            return None
        posts = list(_posts_under(top))
        mine = [post, *(one for one in posts if text_in(one, "uri") in own)]
        replies = [reply for one in posts if text_in(one, "uri") not in own and (reply := _reply(one))]
        return Reactions(
            likes=_number(post, "likeCount"),
            reposts=_number(post, "repostCount"),
            reply_count=max(0, sum(_number(one, "replyCount") or 0 for one in mine) - (len(mine) - 1)),
            replies=tuple(sorted(replies, key=lambda reply: reply.at)),
        )

    def revoke(self, login: Login) -> None:
        """Ends the session. The app password stays until its owner takes it back: it may not do that itself."""
        if login.more.get("refresh"):
            ended(self._tools.http, _service_of(login), login.more["refresh"])

    def _begun_anew(self, service: str, login: Login, now: datetime) -> Session:
        name, password = login.account.settings.get("did", ""), login.more.get("app_password", "")
        pds = Pds(self._tools.http, service)
        if not (name and password):
            raise SignedOut("signed_out", host=pds.host)
        fault: NetworkError
        try:
            return signed_in(self._tools.http, service, name, password, now)
        except SignedOut:
            fault = SignedOut("signed_out", host=pds.host)
        except Refused as problem:
            if problem.code != "not_bluesky":
                raise
            fault = Unreachable("answer_cut", host=pds.host)  # something on the way; it disconnects nobody
        raise fault

    def _sending(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Sending:
        return Sending(self._tools, self._pds(login), _did_of(login), rendition, key, journal)

    def _pds(self, login: Login) -> Pds:
        return Pds(self._tools.http, _service_of(login), BearerLogin(login.secret))


def _manner() -> Manner:
    limits = limits_of("bluesky")
    text = limits["text"]

    def count(words: str) -> Count:
        used, size = graphemes(words), utf8_bytes(words)
        if size > text["bytes"] and used <= text["most"]:
            return Count(size, text["bytes"], "bytes")  # emoji joined of many, or accents by the dozen
        return Count(used, text["most"], text["unit"])

    return Manner(
        network="bluesky",
        dialect=DIALECT,
        count=count,
        most_pictures=limits["pictures"]["most"],
        longest_alt=limits["alt"]["characters"],
    )


def _service_of(login: Login) -> str:
    service = login.account.settings.get("service", "")
    if not service:
        raise BadInput("account_incomplete")
    return service.rstrip("/")


def _did_of(login: Login) -> str:
    did = login.account.settings.get("did", "")
    if not did:
        raise BadInput("account_incomplete")
    return did


def _renewal(session: Session) -> Renewal:
    more = {"refresh": session.refresh} if session.refresh else {}
    return Renewal(session.access, more, session.expires_at)


def _profile_of(pds: Pds, did: str) -> Told:
    """What somebody wrote about themselves; empty where they wrote nothing, or it cannot be read."""
    asked = {"repo": did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    try:
        return table_in(pds.read("com.atproto.repo.getRecord", **asked), "value")
    except NetworkError:
        return {}


def _posts_under(thread: Told) -> Iterator[Told]:
    """Every post below one; what was deleted, or blocked, has none."""
    waiting = [thread]
    while waiting:
        for below in tables_in(waiting.pop(), "replies"):
            waiting.append(below)
            if post := table_in(below, "post"):
                yield post


def _reply(post: Told) -> Reply | None:
    author = table_in(post, "author")
    did, key = text_in(author, "did"), text_in(post, "uri").rpartition("/")[2]
    try:
        at = datetime.fromisoformat(text_in(post, "indexedAt"))
    except ValueError:
        return None
    if not (did and key and at.tzinfo):
        return None
    return Reply(
        author=text_in(author, "displayName") or text_in(author, "handle"),
        text=text_in(table_in(post, "record"), "text"),
        url=f"{address_of('bluesky', 'page')}/profile/{did}/post/{key}",
        at=at.astimezone(UTC),
    )


def _number(post: Told, name: str) -> int | None:
    value = post.get(name)
    return value if isinstance(value, int) else None
