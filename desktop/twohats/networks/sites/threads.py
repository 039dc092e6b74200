"""Threads, by Meta's interface for it, as an app of the person's own.

Pictures are fetched by Meta from public addresses, and nothing is uploaded: so text alone goes there.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, EntityKind, Rendition
from twohats.networks.dry_run import dry_run
from twohats.networks.graph import Graph, Told, fault_in, moment_in, tables_in, told_by
from twohats.networks.http import host_of
from twohats.networks.limits import address_of, limits_of
from twohats.networks.portraits import portrait_at
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.thread import find_parts, send_parts
from twohats.networks.threads_sending import ThreadsSending
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import threads_units
from twohats.networks.writing.entities import THREADS as DIALECT
from twohats.networks.writing.entities import entities_in

_ANY_FAULT = 1  # what a wrong secret is told with, too
_LONG_ALREADY = 452
_BAD_QUESTION = 100
_OTHERS = ("reposts", "quotes")


def make(tools: NetworkTools) -> "Threads":
    """Entry point of the group twohats.networks."""
    return Threads(tools)


class Threads:
    """`account.settings`: "user_id", "username", "app_id"; "api_root" where Threads lies elsewhere. The secret is a
    token of 60 days, which renews itself as long as it lives. The app's secret is kept for signing in anew."""

    name = "threads"
    needs_secret = True
    more_secrets = ("app_secret",)
    ways = (Way("token", (Ask("app_id"), Ask("app_secret", is_secret=True), Ask("token", is_secret=True))),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Trades a short token for a long one. One that is long already is renewed, or kept if it is too young.

        Raises SignedOut("token_refused"), Refused("app_keys_wrong")."""
        app_secret, root = given["app_secret"].strip(), given.get("api_root", "")
        token, ends_at = self._long_token(self._tokens(root, given["token"].strip()), app_secret)
        settings = {
            "app_id": given["app_id"].strip(),
            "expires_at": ends_at.isoformat(),
            "renewed_at": self._tools.clock().isoformat(),
        }
        if root:
            settings["api_root"] = root
        return (Grant(settings=settings, secret=token, more={"app_secret": app_secret}),)

    def renew(self, login: Login) -> Renewal | None:
        """None for a token that is younger than a day: Threads renews no such one."""
        settings = login.account.settings
        if self._tools.clock() < _renewable_at(settings):
            return None
        graph = self._tokens(settings.get("api_root", ""), login.secret)
        answer = graph.look("refresh_access_token", grant_type="th_refresh_token")
        fault = fault_in(answer)
        if fault and fault.code == _BAD_QUESTION:
            return None
        token, ends_at = self._token_in(told_by(answer))
        return Renewal(token, {}, ends_at)

    def verify(self, login: Login) -> Profile:
        """Who posts."""
        graph = self._api(login)
        me = graph.read("me", fields="id,username,name,threads_profile_picture_url")
        user_id, username = me.get("id"), me.get("username")
        if not (isinstance(user_id, str) and user_id.isdigit() and isinstance(username, str) and username):
            raise Unreachable("answer_cut", host=graph.host)
        return Profile(
            name=str(me.get("name") or username),
            handle=f"@{username}",
            url=f"{address_of(self.name, 'page')}/@{username}",
            settings=(("user_id", user_id), ("username", username)),
            picture=portrait_at(self._tools.http, me.get("threads_profile_picture_url")),
        )

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts", "card", and "links": the link of each part of which Threads makes a card."""
        found = said(draft, account, _manner())
        links = [_link(part.text, found.card.url if found.card else "") for part in found.parts]
        problems = list(found.problems)
        if any(not _has_few_links(part.text) for part in found.parts):
            problems.append("too_many_links")
            if not any(part.count.is_over for part in found.parts):
                problems.remove("too_long")
        notes = ["pictures_need_address" if note == "pictures_left_out" else note for note in found.notes]
        if draft.tags:
            notes.append("tags_left_out")
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found, links=json.dumps(links, ensure_ascii=False)),
            count=found.count,
            problems=tuple(problems),
            parts=found.parts,
            card=found.card,
            notes=tuple(notes),
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Part after part, each a reply to the one before."""
        sending = ThreadsSending(self._tools, self._api(login), login.account, rendition, journal)
        return send_parts(sending.count, journal, self._tools.clock, sending.send, sending.look)

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """By the containers in the journal, and among the own posts since the answer was lost."""
        sending = ThreadsSending(self._tools, self._api(login), login.account, rendition, journal)
        return find_parts(sending.count, journal, self._tools.clock, sending.look)

    def delete(self, receipt: Receipt, login: Login) -> None:
        """From the end of a thread. What is gone already is fine."""
        graph = self._api(login)
        for number in reversed(_ids(receipt)):
            graph.take_down(number)

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Of the first part; what others wrote anywhere below it. What the app may not see is None."""
        graph, ids = self._api(login), _ids(receipt)
        counts = _counts(graph, ids[0])
        replies = _replies(graph, ids)
        most = limits_of(self.name)["reactions"]["replies"]
        told = counts.get("replies")
        if replies is not None and len(replies) + len(ids) - 1 < most:
            told = len(replies)
        elif told is not None:
            told = max(0, told - (1 if len(ids) > 1 else 0))
        shared = [counts[name] for name in _OTHERS if name in counts]
        return Reactions(
            likes=counts.get("likes"),
            reposts=sum(shared) if shared else None,
            reply_count=told,
            replies=replies or (),
        )

    def revoke(self, login: Login) -> None:
        """Nothing: Threads has no call for it."""

    def _long_token(self, graph: Graph, app_secret: str) -> tuple[str, datetime]:
        # The secret stands in the address, since Threads takes it nowhere else; the token does not.
        answer = graph.look("access_token", grant_type="th_exchange_token", client_secret=app_secret)
        fault = fault_in(answer)
        if fault and fault.code == _ANY_FAULT and not fault.is_passing and answer.status == 400:
            raise Refused("app_keys_wrong", host=graph.host)
        if fault and fault.code == _LONG_ALREADY:
            answer = graph.look("refresh_access_token", grant_type="th_refresh_token")
            fault = fault_in(answer)
            if fault and fault.code == _BAD_QUESTION:
                lives = timedelta(days=limits_of(self.name)["login"]["token_days"] - 1)
                return graph.token, self._tools.clock() + lives
        try:
            return self._token_in(told_by(answer))
        except SignedOut:
            raise SignedOut("token_refused", host=graph.host) from None

    def _token_in(self, told: Told) -> tuple[str, datetime]:
        token, lives_s = told.get("access_token"), told.get("expires_in")
        if not (isinstance(token, str) and token and isinstance(lives_s, int) and lives_s > 0):
            raise Unreachable("answer_cut", host=host_of(address_of(self.name, "api")))
        most_s = timedelta(days=limits_of(self.name)["login"]["token_days"]).total_seconds()
        return token, self._tools.clock() + timedelta(seconds=min(lives_s, most_s))

    def _tokens(self, root: str, token: str) -> Graph:
        return Graph(self._tools.http, address_of(self.name, "api", root), token)

    def _api(self, login: Login) -> Graph:
        root = login.account.settings.get("api_root", "")
        version = limits_of(self.name)["version"]["use"]
        return Graph(self._tools.http, f"{address_of(self.name, 'api', root)}/{version}", login.secret)


def _manner() -> Manner:
    limits = limits_of("threads")

    def count(text: str) -> Count:
        return Count(threads_units(text), limits["text"]["most"])

    return Manner("threads", DIALECT, count, most_pictures=0, fits=_has_few_links, joins_tags=False)


def _links(text: str) -> list[str]:
    return [entity.target for entity in entities_in(text, DIALECT) if entity.kind is EntityKind.LINK]


def _has_few_links(text: str) -> bool:
    most: int = limits_of("threads")["links"]["most"]
    return len(set(_links(text))) <= most


def _link(text: str, wanted: str) -> str:
    """The link of a part that gets a card: the one that has one, else the first. It is named as it is written, or
    Threads would count it twice; empty where none is written in full."""
    links = [text[entity.start : entity.end] for entity in entities_in(text, DIALECT) if entity.kind is EntityKind.LINK]
    full = [link for link in links if link.lower().startswith(("https://", "http://"))]
    return wanted if wanted in full else next(iter(full), "")


def _renewable_at(settings: Mapping[str, str]) -> datetime:
    try:
        renewed_at = datetime.fromisoformat(settings.get("renewed_at", "")).astimezone(UTC)
    except ValueError:
        renewed_at = datetime.fromtimestamp(0, UTC)
    return renewed_at + timedelta(hours=limits_of("threads")["login"]["renew_after_h"])


def _counts(graph: Graph, number: str) -> dict[str, int]:
    """By name; empty where the app may not see them."""
    try:
        told = graph.read(f"{number}/insights", metric="likes,replies,reposts,quotes")
    except Refused as problem:
        if problem.code != "app_may_not":
            raise
        return {}
    found = {}
    for one in tables_in(told):
        values = tables_in(one, "values")
        value = values[0].get("value") if values else None
        if isinstance(value, int):
            found[str(one.get("name"))] = value
    return found


def _replies(graph: Graph, ids: Sequence[str]) -> tuple[Reply, ...] | None:
    """The newest, oldest first, without the thread's own parts; None where they cannot be read now."""
    most = str(limits_of("threads")["reactions"]["replies"])
    try:
        told = graph.read(f"{ids[0]}/conversation", fields="id,text,permalink,timestamp,username", limit=most)
    except NetworkError:
        return None
    found = []
    for one in tables_in(told):
        at = moment_in(one, "timestamp")
        if at is not None and one.get("id") not in ids:
            author = f"@{one['username']}" if one.get("username") else ""
            found.append(Reply(author, str(one.get("text") or ""), str(one.get("permalink") or ""), at))
    return tuple(sorted(found, key=lambda reply: reply.at.astimezone(UTC)))


def _ids(receipt: Receipt) -> tuple[str, ...]:
    ids = (receipt.remote_id, *receipt.more_ids)
    if not all(number.isdigit() for number in ids):
        raise BadInput("receipt_wrong")
    return ids
