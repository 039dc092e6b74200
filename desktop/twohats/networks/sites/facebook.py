"""Facebook Pages, by Meta's Graph, as an app of the person's own. Profiles cannot be posted to by any program.

Graph takes no key that would make a second sending harmless. After a lost answer we look among the Page's own posts
since then. The same text twice is refused within a day; after a lost answer that says that the first one arrived.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, EntityKind, Rendition
from twohats.networks.dry_run import dry_run
from twohats.networks.facebook_sending import FacebookSending
from twohats.networks.graph import Graph, Told, fault_in, moment_in, tables_in, told_by, total_in
from twohats.networks.limits import address_of, limits_of
from twohats.networks.own_schedule import out, planned_for, unfit, waiting
from twohats.networks.portraits import portrait_at
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.social import Manner, Said, payload_of, said
from twohats.networks.thread import begun_at, find_parts, send_parts
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import utf16_units
from twohats.networks.writing.entities import FACEBOOK as DIALECT

_UNKNOWN_APP = 101
_ANY_FAULT = 1  # what a wrong secret is told with, too
_MOST_PAGES = "100"


def make(tools: NetworkTools) -> "Facebook":
    """Entry point of the group twohats.networks."""
    return Facebook(tools)


class Facebook:
    """`account.settings`: "page_id", "app_id"; "api_root" where Graph lies elsewhere. The secret is the token of a
    Page, which has no end, but dies with a new password. The app's secret is kept for signing in anew."""

    name = "facebook"
    needs_secret = True
    more_secrets = ("app_secret",)
    ways = (Way("page_token", (Ask("app_id"), Ask("app_secret", is_secret=True), Ask("user_token", is_secret=True))),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Trades the person's short token for a long one, whose Pages have tokens without an end; it is not kept.

        Raises SignedOut("token_refused"), Refused("app_keys_wrong"), Refused("permissions_missing")."""
        app_id, app_secret = given["app_id"].strip(), given["app_secret"].strip()
        root = given.get("api_root", "")
        user = self._graph(root, self._long_token(root, app_id, app_secret, given["user_token"].strip()))
        missing = _missing_permissions(user)
        if missing:
            raise Refused("permissions_missing", host=user.host, names=", ".join(missing))
        task = limits_of(self.name)["login"]["task"]
        grants = []
        for page in _pages(user):
            name, token, tasks = page.get("name"), page.get("access_token"), page.get("tasks")
            if isinstance(token, str) and token and (not isinstance(tasks, list) or task in tasks):
                settings = {"page_id": str(page.get("id") or ""), "app_id": app_id}
                if root:
                    settings["api_root"] = root
                grants.append(Grant(str(name or ""), settings, token, {"app_secret": app_secret}))
        return tuple(grants)

    def renew(self, login: Login) -> None:
        """The token of a Page does not end, and one that has died helps to no other."""

    def verify(self, login: Login) -> Profile:
        """The Page."""
        graph = self._api(login)
        me = graph.read("me", fields="id,name,username,link,picture.width(200)")
        page_id = me.get("id")
        if not (isinstance(page_id, str) and page_id.isdigit()):
            raise Unreachable("answer_cut", host=graph.host)
        name = str(me.get("name") or page_id)
        return Profile(
            name=name,
            handle=f"@{me['username']}" if me.get("username") else name,
            url=str(me.get("link") or f"{address_of(self.name, 'page')}/{page_id}"),
            settings=(("page_id", page_id),),
            picture=portrait_at(self._tools.http, _picture_url(me)),
        )

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts" (one), "card", "link" (the first one, of which Facebook makes a card), "published"."""
        found = said(draft, account, _manner())
        link = "" if found.pictures else _first_link(found)
        rule, notes = limits_of(self.name)["pictures"], list(found.notes)
        sent = draft.media[: len(found.pictures)]
        if any(media.mime == "image/gif" for media in sent):
            notes.append("gif_still")
        if any(media.size_bytes > rule["bytes"] for media in sent):
            notes.append("pictures_made_smaller")
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found, link=link, published="true"),
            pictures=found.pictures,
            count=found.count,
            problems=found.problems,
            parts=found.parts,
            card=found.card,
            notes=tuple(notes),
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Brings the pictures there, unseen, then the post."""
        sending = FacebookSending(self._tools, self._api(login), _page_id(login), rendition, journal)
        if begun_at(journal, 0) is None:
            sending.upload()
        receipt = send_parts(1, journal, self._tools.clock, sending.send, sending.look)
        return self._as_it_stands(receipt, login, journal)

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """Among the Page's own posts since the answer was lost."""
        sending = FacebookSending(self._tools, self._api(login), _page_id(login), rendition, journal)
        receipt = find_parts(1, journal, self._tools.clock, sending.look)
        return self._as_it_stands(receipt, login, journal) if receipt else None

    def delete(self, receipt: Receipt, login: Login) -> None:
        """What is gone already is fine."""
        self._api(login).take_down(_post_id(receipt))

    def unfit_to_keep(self, rendition: Rendition, account: Account, at: datetime, now: datetime) -> str:
        """Pictures of posts that wait may be let go of before their post."""
        return "pictures_not_kept" if rendition.pictures else unfit(self.name, at, now)

    def replan(self, rendition: Rendition, receipt: Receipt, login: Login, at: datetime) -> Receipt:
        """Gives a post that waits there another time."""
        graph, number = self._api(login), _post_id(receipt)
        if self._published(graph, number) is not None:
            raise Refused("out_already", host=graph.host)
        with safe_to_repeat():
            graph.write("POST", number, {"scheduled_publish_time": str(int(at.timestamp()))})
        return waiting(receipt, at)

    def came_out(self, rendition: Rendition, receipt: Receipt, login: Login) -> Receipt | None:
        """A post keeps its number when it comes out."""
        told = self._published(self._api(login), _post_id(receipt))
        return out(receipt, _url_of(told), self._tools.clock()) if told is not None else None

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Comments need a permission that posting does not; without it, only how many there are."""
        graph, number = self._api(login), _post_id(receipt)
        summed = "shares,comments.summary(true).limit(0),reactions.summary(true).limit(0)"
        told = graph.read(number, fields=summed)
        shares = told.get("shares")
        shared = shares.get("count") if isinstance(shares, dict) else 0
        return Reactions(
            likes=total_in(told, "reactions"),
            reposts=shared if isinstance(shared, int) else None,
            reply_count=total_in(told, "comments"),
            replies=_replies(graph, number),
        )

    def revoke(self, login: Login) -> None:
        """Nothing: what Facebook can end is the whole app, with every other Page that was connected by it."""

    def _published(self, graph: Graph, number: str) -> Told | None:
        """What is told of a post that is out, None while it waits. Raises Refused("gone_there")."""
        try:
            told = graph.read(number, fields="id,is_published,permalink_url")
        except Refused as problem:
            if problem.code != "not_there":
                raise
            raise Refused("gone_there", host=graph.host) from None
        return told if told.get("is_published") is True else None

    def _as_it_stands(self, receipt: Receipt, login: Login, journal: Journal) -> Receipt:
        """What was sent to wait may have come out before anybody looked; then it is not said to wait."""
        until = planned_for(journal)
        if until is None:
            return receipt
        is_time_past = self._tools.clock() >= until
        if is_time_past and self._published(self._api(login), receipt.remote_id) is not None:
            return receipt
        return waiting(receipt, until)

    def _long_token(self, root: str, app_id: str, app_secret: str, user_token: str) -> str:
        asked = {
            "grant_type": "fb_exchange_token",
            "client_id": app_id,
            "client_secret": app_secret,
            "fb_exchange_token": user_token,
        }
        graph = self._graph(root)
        with safe_to_repeat():
            answer = graph.ask("POST", "oauth/access_token", asked)
            fault = fault_in(answer)
            is_wrong_secret = fault is not None and fault.code == _ANY_FAULT and not fault.is_passing
            if fault and (fault.code == _UNKNOWN_APP or (is_wrong_secret and answer.status == 400)):
                raise Refused("app_keys_wrong", host=graph.host)
            try:
                token = told_by(answer).get("access_token")
            except SignedOut:
                raise SignedOut("token_refused", host=graph.host) from None
        if not (isinstance(token, str) and token):
            raise Unreachable("answer_cut", host=graph.host)
        return token

    def _graph(self, root: str, token: str = "") -> Graph:
        version = limits_of(self.name)["version"]["use"]
        return Graph(self._tools.http, f"{address_of(self.name, 'api', root)}/{version}", token)

    def _api(self, login: Login) -> Graph:
        return self._graph(login.account.settings.get("api_root", ""), login.secret)


def _manner() -> Manner:
    limits = limits_of("facebook")

    def count(text: str) -> Count:
        return Count(utf16_units(text), limits["text"]["most"])

    return Manner("facebook", DIALECT, count, limits["pictures"]["most"], has_threads=False)


def _first_link(found: Said) -> str:
    if found.card:
        return found.card.url
    links = (entity.target for part in found.parts for entity in part.entities if entity.kind is EntityKind.LINK)
    return next(links, "")


def _pages(user: Graph) -> list[Told]:
    """Those that the person has let the app see. Addresses of further answers hold the token, so they are not used."""
    found: list[Told] = []
    asked = {"fields": "id,name,access_token,tasks", "limit": _MOST_PAGES}
    after = ""
    for _ in range(10):
        told = user.read("me/accounts", **asked, **({"after": after} if after else {}))
        found += tables_in(told)
        paging: Any = told.get("paging")  # Any: what Graph sends
        cursors = paging.get("cursors") if isinstance(paging, dict) else None
        after = str(cursors.get("after") or "") if isinstance(cursors, dict) else ""
        if not (after and isinstance(paging, dict) and paging.get("next")):
            break
    return found


def _missing_permissions(user: Graph) -> list[str]:
    """What posting needs and the person has not given; nothing where Graph does not tell."""
    try:
        told = tables_in(user.read("me/permissions"))
    except Refused:
        return []
    given = {str(one.get("permission")) for one in told if one.get("status") == "granted"}
    return [name for name in limits_of("facebook")["login"]["needs"] if name not in given]


def _picture_url(me: Told) -> object:
    picture = me.get("picture")
    data = picture.get("data") if isinstance(picture, dict) else None
    return data.get("url") if isinstance(data, dict) and not data.get("is_silhouette") else None


def _replies(graph: Graph, number: str) -> tuple[Reply, ...]:
    """The newest, oldest first; none where they may not be read."""
    most = str(limits_of("facebook")["reactions"]["replies"])
    asked = {"fields": "id,message,created_time,from,permalink_url", "order": "reverse_chronological", "limit": most}
    try:
        told = graph.read(f"{number}/comments", **asked)
    except (Refused, Unreachable):
        return ()
    found = []
    for one in tables_in(told):
        at, author = moment_in(one, "created_time"), one.get("from")
        if at is not None:
            name = str(author.get("name") or "") if isinstance(author, dict) else ""
            found.append(Reply(name, str(one.get("message") or ""), str(one.get("permalink_url") or ""), at))
    return tuple(sorted(found, key=lambda reply: reply.at.astimezone(UTC)))


def _url_of(told: Told) -> str:
    url = told.get("permalink_url")
    is_address = isinstance(url, str) and url.startswith("https://")
    return str(url) if is_address else f"{address_of('facebook', 'page')}/{told.get('id')}"


def _page_id(login: Login) -> str:
    page_id = login.account.settings.get("page_id", "")
    if not page_id.isdigit():
        raise BadInput("account_incomplete")
    return page_id


def _post_id(receipt: Receipt) -> str:
    if not receipt.remote_id.replace("_", "").isdigit():
        raise BadInput("receipt_wrong")
    return receipt.remote_id
