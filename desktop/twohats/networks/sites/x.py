"""X, by its API v2, as an app of the person's own: public, native, without a secret.

X takes no key that would make a second sending harmless. After a lost answer we look among the own posts since then,
and X itself refuses the same text twice. Each call is paid for, so nothing is read but after a lost answer, or when the
person asks.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, EntityKind, Rendition
from twohats.networks.dry_run import dry_run
from twohats.networks.http import BearerLogin, host_of, is_private_wire
from twohats.networks.limits import address_of, limits_of
from twohats.networks.oauth import PORTS, ask_for_code, listener, tokens_for
from twohats.networks.portraits import portrait_at
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.thread import begun_at, find_parts, send_parts
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import x_weight
from twohats.networks.writing.entities import X as DIALECT
from twohats.networks.x_api import XApi, data_of, is_gone, moment_of, tables_in
from twohats.networks.x_sending import Sending, user_id_of


def make(tools: NetworkTools) -> "X":
    """Entry point of the group twohats.networks."""
    return X(tools)


class X:
    """`account.settings`: "client_id", "user_id", "username"; "api_root" where X lies elsewhere. The secret is an
    access token; `more` holds the token that renews it, which works once."""

    name = "x"
    needs_secret = True
    more_secrets = ("refresh",)
    ways = (Way("own_app", (Ask("client_id"),), comes_back=True),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    @property
    def reactions_cost_mills(self) -> int:
        """One post, and so many replies with who wrote each."""
        price, replies = limits_of(self.name)["price"], limits_of(self.name)["reactions"]["replies"]
        return int(price["read_post"] + replies * (price["read_own"] + price["read_user"]))

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Consent in the browser. The code that comes back lives for 30 seconds, so it is used at once."""
        client_id, root = given["client_id"].strip(), given.get("api_root", "")
        scopes = limits_of(self.name)["login"]["scopes"]
        with listener(PORTS) as loopback:
            asked = {"client_id": client_id, "scope": scopes}
            code = ask_for_code(address_of(self.name, "authorize", root), asked, browser, loopback)
            fields = {
                "grant_type": "authorization_code",
                "client_id": client_id,
                "code": code.code,
                "redirect_uri": code.redirect_uri,
                "code_verifier": code.verifier,
            }
            token_url = address_of(self.name, "token", root)
            tokens = tokens_for(self._tools.http, token_url, fields, self._tools.clock)
        settings = {"client_id": client_id, **tokens.life(self._tools.clock())}
        if root:
            settings["api_root"] = root
        return (Grant(settings=settings, secret=tokens.access, more={"refresh": tokens.refresh}),)

    def renew(self, login: Login) -> Renewal | None:
        """Raises SignedOut when X knows the token no more; it says so in words of its own ("invalid_request")."""
        if not login.more.get("refresh"):
            return None
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": login.more["refresh"],
            "client_id": login.account.settings.get("client_id", ""),
        }
        try:
            tokens = tokens_for(self._tools.http, self._address("token", login), fields, self._tools.clock)
        except Refused as problem:
            if problem.facts.get("reason") != "invalid_request":
                raise
            host = str(problem.facts.get("host", ""))
        else:
            return Renewal(tokens.access, {"refresh": tokens.refresh or login.more["refresh"]}, tokens.expires_at)
        raise SignedOut("signed_out", host=host)

    def verify(self, login: Login) -> Profile:
        """Who signed in."""
        api = self._api(login)
        told = api.read("users/me", **{"user.fields": "profile_image_url"})
        me = data_of(told, host_of(api.root), was_write=False)
        user_id, username = str(me.get("id") or ""), str(me.get("username") or "")
        if not user_id.isdigit():
            raise Unreachable("answer_cut", host=host_of(api.root))
        page, portrait = address_of(self.name, "page"), str(me.get("profile_image_url") or "")
        return Profile(
            name=str(me.get("name") or username),
            handle=f"@{username}",
            url=f"{page}/{username}",
            settings=(("user_id", user_id), ("username", username)),
            picture=portrait_at(self._tools.http, portrait.replace("_normal.", "_bigger.")),
        )

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts". X makes the card of a link itself, and has no audience to choose. It refuses the same text
        twice, within a thread too."""
        found = replace(said(draft, account, _manner()), card=None)
        is_said_twice = len(set(found.texts)) < len(found.texts)
        is_moving = any(picture.mime == "image/gif" for picture in found.pictures)
        price = limits_of(self.name)["price"]
        has_link = [any(entity.kind is EntityKind.LINK for entity in part.entities) for part in found.parts]
        cost = sum(price["post_with_link"] if linked else price["post"] for linked in has_link)
        cost += price["alt_text"] * sum(1 for picture in found.pictures if picture.alt)
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found),
            pictures=found.pictures,
            count=found.count,
            problems=(*found.problems, "parts_alike") if is_said_twice else found.problems,
            parts=found.parts,
            notes=(*found.notes, "gif_still") if is_moving else found.notes,
            cost_mills=cost,
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Uploads the pictures, then sends the parts, each an answer to the one before. X may refuse answers by program
        even under one's own post; then the first part stays out."""
        sending = Sending(self._tools, self._api(login), login.account, rendition, journal)
        if begun_at(journal, 0) is None:
            sending.upload()
        return send_parts(sending.count, journal, self._tools.clock, sending.send, sending.look)

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """Among the own posts since the answer was lost."""
        sending = Sending(self._tools, self._api(login), login.account, rendition, journal)
        return find_parts(sending.count, journal, self._tools.clock, sending.look)

    def delete(self, receipt: Receipt, login: Login) -> None:
        """From the end of a thread. What is gone already is fine."""
        ids = (receipt.remote_id, *receipt.more_ids)
        if not all(number.isdigit() for number in ids):
            raise BadInput("receipt_wrong")
        api = self._api(login)
        for number in reversed(ids):
            try:
                with safe_to_repeat():
                    told = api.write("DELETE", f"tweets/{number}")
            except Refused as problem:
                if problem.code != "not_there":
                    raise
            else:
                if not is_gone(told):
                    with safe_to_repeat():
                        data = data_of(told, host_of(api.root), was_write=True)
                    if data.get("deleted") is False:
                        raise Refused("refused", host=host_of(api.root))

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Costs money: see `reactions_cost_mills`. Counts of the first post; replies are found among the mentions."""
        api, user_id = self._api(login), user_id_of(login.account)
        if not receipt.remote_id.isdigit():
            raise BadInput("receipt_wrong")
        told = api.read(f"tweets/{receipt.remote_id}", **{"tweet.fields": "public_metrics"})
        if is_gone(told):
            raise Refused("not_there", host=host_of(api.root))
        metrics = data_of(told, host_of(api.root), was_write=False).get("public_metrics")
        counts = metrics if isinstance(metrics, dict) else {}
        own_answers = 1 if receipt.more_ids else 0
        replies = _number(counts.get("reply_count"))
        others = max(0, replies - own_answers) if replies is not None else None
        return Reactions(
            likes=_number(counts.get("like_count")),
            reposts=_number(counts.get("repost_count", counts.get("retweet_count"))),
            reply_count=others,
            replies=() if others == 0 else _replies(api, user_id, receipt.remote_id, others),
        )

    def revoke(self, login: Login) -> None:
        """What renews, and what it renewed. Tokens that X knows no more are fine."""
        url = self._address("revoke", login)
        if not is_private_wire(url):
            raise Refused("site_not_https", host=host_of(url))
        for token in (login.more.get("refresh", ""), login.secret):
            if token:
                fields = {"token": token, "client_id": login.account.settings.get("client_id", "")}
                with safe_to_repeat():
                    answer = self._tools.http.write("POST", url, login=None, fields=fields)
                    if answer.status not in (400, 401):
                        answer.require_success()

    def _address(self, name: str, login: Login) -> str:
        return address_of(self.name, name, login.account.settings.get("api_root", ""))

    def _api(self, login: Login) -> XApi:
        return XApi(self._tools.http, self._address("api", login), BearerLogin(login.secret))


def _manner() -> Manner:
    limits = limits_of("x")

    def count(text: str) -> Count:
        return Count(x_weight(text), limits["text"]["most"])

    return Manner(
        network="x",
        dialect=DIALECT,
        count=count,
        most_pictures=limits["pictures"]["most"],
        longest_alt=limits["alt"]["characters"],
    )


def _replies(api: XApi, user_id: str, post_id: str, count: int | None) -> tuple[Reply, ...]:
    """The newest answers to a post, oldest first; fewer where they cannot be read now."""
    rule = limits_of("x")["reactions"]
    most = min(rule["replies"], max(rule["fewest"], count or rule["replies"]))
    asked = {"max_results": str(most), "since_id": post_id, "expansions": "author_id", "user.fields": "name,username"}
    asked["tweet.fields"] = "author_id,conversation_id,created_at"
    try:
        told = api.read(f"users/{user_id}/mentions", **asked)
    except NetworkError:
        return ()
    people = {str(one.get("id")): one for one in tables_in(told.get("includes"), "users")}
    found = []
    for post in reversed(tables_in(told, "data")):
        author, at = people.get(str(post.get("author_id")), {}), moment_of(post)
        if str(post.get("conversation_id")) != post_id or at is None:
            continue
        url = f"{address_of('x', 'page')}/{author.get('username') or 'i'}/status/{post.get('id')}"
        found.append(Reply(str(author.get("name") or ""), html.unescape(str(post.get("text") or "")), url, at))
    return tuple(found)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
