"""Mastodon, and all servers that speak its language, each with limits of its own.

The first part of a thread goes to whom the person chose; the rest of a public one stays out of the public lists, as is
polite there. Cards of links the server makes itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, Rendition
from twohats.networks.dry_run import dry_run
from twohats.networks.html_text import words_of
from twohats.networks.http import BearerLogin
from twohats.networks.limits import limits_of
from twohats.networks.mastodon_api import MastodonApi, Told, id_of, moment_in, number_in, table_in, tables_in, text_in
from twohats.networks.mastodon_login import App, ended, found_server, rules_of, signed_in
from twohats.networks.mastodon_sending import Sending
from twohats.networks.oauth import tokens_for
from twohats.networks.own_schedule import NoJournal, out, planned_for, unfit, until_of, waiting
from twohats.networks.portraits import portrait_at
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.thread import begun_at, find_parts, send_parts
from twohats.networks.tools import NetworkTools
from twohats.networks.wire_text import sendable_line
from twohats.networks.writing.counting import graphemes, mastodon_units
from twohats.networks.writing.entities import MASTODON as DIALECT

_PUBLIC, _QUIET = "public", "unlisted"
_EARLY = timedelta(minutes=5)  # clocks differ by so much at most, and servers publish by the minute
_AUDIENCES = (_PUBLIC, _QUIET, "private")


def make(tools: NetworkTools) -> "Mastodon":
    """Entry point of the group twohats.networks."""
    return Mastodon(tools)


class Mastodon:
    """`account.settings`: "server", "client_id", "user_id", "username", "domain", "audience" where one was chosen, and
    what the server takes ("most_characters", "link_counts", "most_pictures", "most_alt", "picture_bytes",
    "picture_pixels", "picture_mimes"), as far as it tells. The secret is an access token."""

    name = "mastodon"
    needs_secret = True
    more_secrets = ("client_secret", "refresh")
    ways = (Way("browser", (Ask("server"),), comes_back=True),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Registers with the server, and lets the person say yes there."""
        server = found_server(self._tools.http, given["server"])
        app, tokens = signed_in(self._tools.http, server, browser, self._tools.clock)
        settings = {"server": server, "client_id": app.client_id, **tokens.life(self._tools.clock())}
        more = {"client_secret": app.client_secret, **({"refresh": tokens.refresh} if tokens.refresh else {})}
        return (Grant(settings=settings, secret=tokens.access, more=more),)

    def renew(self, login: Login) -> Renewal | None:
        """Mastodon's own tokens do not end; some servers of its kind let them, and give another to renew them."""
        if not login.more.get("refresh"):
            return None
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": login.more["refresh"],
            "client_id": login.account.settings.get("client_id", ""),
            "client_secret": login.more.get("client_secret", ""),
        }
        tokens = tokens_for(self._tools.http, f"{_server_of(login)}/oauth/token", fields, self._tools.clock)
        return Renewal(tokens.access, {"refresh": tokens.refresh} if tokens.refresh else {}, tokens.expires_at)

    def verify(self, login: Login) -> Profile:
        """Who signed in, and what the server takes."""
        api = self._api(login)
        me = _me(api)
        user_id, username = text_in(me, "id"), text_in(me, "username")
        if not (user_id and username):
            raise Unreachable("answer_cut", host=api.host)
        rules = rules_of(api)
        domain = rules.get("domain") or urlsplit(api.root).netloc
        return Profile(
            name=text_in(me, "display_name").strip() or username,
            handle=f"@{username}@{domain}",
            url=text_in(me, "url"),
            settings=tuple({**rules, "domain": domain, "user_id": user_id, "username": username}.items()),
            picture=portrait_at(self._tools.http, text_in(me, "avatar_static") or text_in(me, "avatar")),
        )

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts", "visibility" of the first and "later_visibility" of the rest, "warning", "language"."""
        warning = sendable_line(draft.warning)
        rules = _Rules(account.settings)
        # A warning that leaves no room would cut the text to crumbs; it is a problem by itself.
        is_warning_long = graphemes(warning) > rules.most_characters // 2
        manner = rules.manner("" if is_warning_long else warning)
        found = replace(said(draft, account, manner), card=None)
        audience = draft.audiences.get(account.id) or account.settings.get("audience", "")
        visibility = audience if audience in _AUDIENCES else _PUBLIC
        notes = found.notes
        if any(media.size_bytes > rules.picture_bytes for media in draft.media):
            notes = (*notes, "pictures_made_smaller")
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(
                found,
                visibility=visibility,
                later_visibility=_QUIET if visibility == _PUBLIC else visibility,
                warning=warning,
                language=draft.language or "en",
            ),
            pictures=found.pictures,
            count=found.count,
            problems=(*found.problems, *(("warning_too_long",) if is_warning_long else ())),
            parts=found.parts,
            audience=visibility,
            warning=warning,
            notes=notes,
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Uploads the pictures, then sends the parts, each an answer to the one before."""
        sending = self._sending(rendition, login, key, journal)
        if planned_for(journal) and begun_at(journal, 0) is None:
            api = self._api(login)
            if rules_of(api).get("keeps_plans") != "yes":
                raise Refused("not_kept_there", host=api.host)
        sending.prepare()
        return sending.noted(send_parts(sending.count, journal, self._tools.clock, sending.send, sending.look))

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """Among the own posts since the answer was lost."""
        sending = self._sending(rendition, login, key, journal)
        receipt = find_parts(sending.count, journal, self._tools.clock, sending.look)
        return sending.noted(receipt) if receipt else None

    def delete(self, receipt: Receipt, login: Login) -> None:
        """From the end of a thread. What is gone already is fine. Servers let few be deleted in half an hour, and count
        those that were gone: so in a thread we look first."""
        api, ids = self._api(login), [id_of(one) for one in (receipt.remote_id, *receipt.more_ids)]
        if receipt.waits_there:
            self._take_back(api, receipt)
            return
        for status_id in reversed(ids):
            with safe_to_repeat():
                if len(ids) == 1 or api.has(f"v1/statuses/{status_id}"):
                    _take_down(api, f"v1/statuses/{status_id}")

    def unfit_to_keep(self, rendition: Rendition, account: Account, at: datetime, now: datetime) -> str:
        """Nothing can hang on to a post that is not out yet, so that threads are not kept."""
        if account.settings.get("keeps_plans") == "no":
            return "not_kept_there"
        return "thread_not_kept" if len(rendition.parts) > 1 else unfit(self.name, at, now)

    def replan(self, rendition: Rendition, receipt: Receipt, login: Login, at: datetime) -> Receipt:
        """Gives what waits there another time."""
        api = self._api(login)
        with safe_to_repeat():
            try:
                api.write("PUT", _waiting_at(receipt), json={"scheduled_at": at.isoformat()})
            except Refused as problem:
                raise (Refused("out_already", host=api.host) if problem.code == "not_there" else problem) from None
        return waiting(receipt, at)

    def came_out(self, rendition: Rendition, receipt: Receipt, login: Login) -> Receipt | None:
        """A post that came out has another name than while it waited: it is looked for among the own posts since."""
        api, until = self._api(login), until_of(receipt)
        if api.has(_waiting_at(receipt)):
            return None
        found = self._sending(rendition, login, "", NoJournal()).out_since(0, (), until - _EARLY)
        if found is not None:
            return out(receipt, found.get("url", ""), self._tools.clock(), found["id"])
        if self._tools.clock() - until < _EARLY:
            return None
        raise Refused("gone_there", host=api.host)

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Counts of the first post, and what others wrote under any part."""
        api, own = self._api(login), [id_of(one) for one in (receipt.remote_id, *receipt.more_ids)]
        first = api.table(f"v1/statuses/{own[0]}")
        below = tables_in(api.table(f"v1/statuses/{own[0]}/context"), "descendants")
        mine = [first, *(status for status in below if text_in(status, "id") in own)]
        counts = [number_in(status, "replies_count") for status in mine]
        replies = [reply for one in below if text_in(one, "id") not in own and (reply := _reply(one))]
        return Reactions(
            likes=number_in(first, "favourites_count"),
            reposts=number_in(first, "reblogs_count"),
            reply_count=max(0, sum(count or 0 for count in counts) - (len(mine) - 1)),
            replies=tuple(sorted(replies, key=lambda reply: reply.at)),
        )

    def revoke(self, login: Login) -> None:
        """Has the server forget the token."""
        app = App(login.account.settings.get("client_id", ""), login.more.get("client_secret", ""))
        ended(self._tools.http, _server_of(login), app, login.secret)

    def _take_back(self, api: MastodonApi, receipt: Receipt) -> None:
        """What is gone before its time was taken back there already; after it, it may be out under another name."""
        with safe_to_repeat():
            try:
                api.write("DELETE", _waiting_at(receipt))
            except Refused as problem:
                if problem.code != "not_there":
                    raise
                if self._tools.clock() > until_of(receipt) - _EARLY:
                    raise Refused("out_already", host=api.host) from None

    def _sending(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Sending:
        return Sending(self._tools, self._api(login), login.account, rendition, key, journal)

    def _api(self, login: Login) -> MastodonApi:
        return MastodonApi(self._tools.http, _server_of(login), BearerLogin(login.secret))


class _Rules:
    """What a server takes, where it told; else what is usual."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        limits = limits_of("mastodon")
        self.most_characters = _number(settings.get("most_characters"), limits["text"]["most"])
        self.link_counts = _number(settings.get("link_counts"), limits["text"]["link_counts"])
        self.most_pictures = _number(settings.get("most_pictures"), limits["pictures"]["most"])
        self.most_alt = _number(settings.get("most_alt"), limits["alt"]["characters"])
        self.picture_bytes = _number(settings.get("picture_bytes"), limits["pictures"]["bytes"])
        self._unit = str(limits["text"]["unit"])

    def manner(self, warning: str) -> Manner:
        """Every part bears the warning, and both count."""

        def count(text: str) -> Count:
            return Count(mastodon_units(text, warning, self.link_counts), self.most_characters, self._unit)

        return Manner(
            network="mastodon",
            dialect=DIALECT,
            count=count,
            most_pictures=self.most_pictures,
            has_warnings=True,
            longest_alt=self.most_alt,
        )


def _waiting_at(receipt: Receipt) -> str:
    return f"v1/scheduled_statuses/{id_of(receipt.remote_id)}"


def _me(api: MastodonApi) -> Told:
    """Who signed in. Some servers say with 422, and nothing else, that nobody did (snac2)."""
    try:
        return api.table("v1/accounts/verify_credentials")
    except Refused as problem:
        if problem.facts.get("status") != 422:
            raise
    raise SignedOut("signed_out", host=api.host)


def _take_down(api: MastodonApi, path: str) -> None:
    try:
        api.write("DELETE", path, params={"delete_media": "true"})
    except Refused as problem:
        if problem.code != "not_there":
            raise
        if api.has(path):  # some servers know no deleting, and say that they do not know what we ask for
            raise Refused("delete_unknown", host=api.host) from None


def _number(told: str | None, usual: int) -> int:
    return int(told) if told and told.isdigit() and int(told) > 0 else int(usual)


def _server_of(login: Login) -> str:
    server = login.account.settings.get("server", "")
    if not server:
        raise BadInput("account_incomplete")
    return server.rstrip("/")


def _reply(status: Told) -> Reply | None:
    at, author = moment_in(status, "created_at"), table_in(status, "account")
    if at is None:
        return None
    return Reply(
        author=text_in(author, "display_name").strip() or text_in(author, "acct"),
        text=words_of(text_in(status, "content")),
        url=text_in(status, "url") or text_in(status, "uri"),
        at=at,
    )
