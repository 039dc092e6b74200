"""LinkedIn, by its Posts API, as an app of the person's own with its secret.

There are no threads, members cannot read their posts back, and no key makes a second sending harmless. But LinkedIn
refuses a text that it has had within a day, and names the post: after a lost answer, that is the proof that it arrived.
A login lasts 60 days, and only for LinkedIn's partners can it be renewed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, Refused, SignedOut, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, Rendition
from twohats.model.wording import LinkCard
from twohats.networks.dry_run import dry_run
from twohats.networks.http import BearerLogin, host_of
from twohats.networks.limits import address_of, limits_of
from twohats.networks.linkedin_api import LinkedInApi, require_success
from twohats.networks.linkedin_sending import Sending
from twohats.networks.oauth import PORTS, ask_for_code, listener, tokens_for
from twohats.networks.portraits import portrait_at
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.thread import begun_at, find_parts, send_parts
from twohats.networks.tools import NetworkTools
from twohats.networks.wire_text import sendable_line
from twohats.networks.writing.counting import utf16_units
from twohats.networks.writing.entities import LINKEDIN


def make(tools: NetworkTools) -> "LinkedIn":
    """Entry point of the group twohats.networks."""
    return LinkedIn(tools)


class LinkedIn:
    """`account.settings`: "client_id", "user_id"; "audience" (who may read, where the draft does not say), "version" of
    the interface and "api_root" where they are not the usual ones. The secret is an access token."""

    name = "linkedin"
    needs_secret = True
    more_secrets = ("refresh", "client_secret")
    ways = (Way("own_app", (Ask("client_id"), Ask("client_secret", is_secret=True)), comes_back=True),)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Consent in the browser; the app's secret then fetches the token. LinkedIn takes PKCE only from apps that it
        has enabled for it, and people register one address to come back to."""
        root = given.get("api_root", "")
        client = {"client_id": given["client_id"].strip(), "client_secret": given["client_secret"].strip()}
        asked = {"client_id": client["client_id"], "scope": limits_of(self.name)["login"]["scopes"]}
        with listener(PORTS[:1]) as loopback:
            code = ask_for_code(address_of(self.name, "authorize", root), asked, browser, loopback, has_pkce=False)
            back = {"code": code.code, "redirect_uri": code.redirect_uri}
            fields = {"grant_type": "authorization_code", **back, **client}
            token_url = address_of(self.name, "token", root)
            tokens = tokens_for(self._tools.http, token_url, fields, self._tools.clock)
        settings = {"client_id": client["client_id"], **tokens.life(self._tools.clock())}
        if root:
            settings["api_root"] = root
        more = {"refresh": tokens.refresh, "client_secret": client["client_secret"]}
        return (Grant(settings=settings, secret=tokens.access, more=more),)

    def renew(self, login: Login) -> Renewal | None:
        """Only where LinkedIn gave a token for it. Raises SignedOut when that one has ended."""
        if not login.more.get("refresh"):
            return None
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": login.more["refresh"],
            "client_id": login.account.settings.get("client_id", ""),
            "client_secret": login.more.get("client_secret", ""),
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
        """Who signed in. LinkedIn tells neither a handle nor where the profile is."""
        url = self._address("me", login)
        answer = self._tools.http.read(url, login=BearerLogin(login.secret))
        require_success(answer)
        told = answer.told()
        user_id, name = told.get("sub"), str(told.get("name") or "")
        if not (isinstance(user_id, str) and user_id):
            answer.data()
            raise Unreachable("answer_cut", host=host_of(url))
        portrait = portrait_at(self._tools.http, told.get("picture"))
        return Profile(name=name, handle=name, settings=(("user_id", user_id),), picture=portrait)

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts" (one), "card", "audience"."""
        found = said(draft, account, _manner())
        found = replace(found, card=_shortened(found.card) if found.card else None)
        known = limits_of(self.name)["audience"]["values"]
        chosen = draft.audiences.get(account.id) or account.settings.get("audience") or known[0]
        audience = chosen if chosen in known else known[-1]  # what nobody knows is read by the fewest
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found, audience=audience),
            pictures=found.pictures,
            count=found.count,
            problems=found.problems,
            parts=found.parts,
            card=found.card,
            audience=audience,
            notes=found.notes,
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Brings the pictures there, then the post."""
        sending = self._sending(rendition, login, journal)
        if begun_at(journal, 0) is None:
            sending.upload()
        receipt = send_parts(1, journal, self._tools.clock, sending.send, sending.look)
        return replace(receipt, note="there_before") if sending.was_there else receipt

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """What the journal knows. Else None for as long as LinkedIn itself keeps a second one out."""
        return find_parts(1, journal, self._tools.clock, self._sending(rendition, login, journal).look)

    def delete(self, receipt: Receipt, login: Login) -> None:
        """What is gone already is fine."""
        if not receipt.remote_id.startswith("urn:li:"):
            raise BadInput("receipt_wrong")
        api = self._api(login)
        with safe_to_repeat():
            path = f"posts/{quote(receipt.remote_id, safe='')}"
            answer = api.write("DELETE", path, headers={"X-RestLi-Method": "DELETE"})
            if answer.status != 404:
                require_success(answer)
                if answer.body:
                    raise Unreachable("answer_unreadable", host=host_of(api.root))

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """LinkedIn does not let members read them."""
        return None

    def revoke(self, login: Login) -> None:
        """Only the person can, in LinkedIn's own settings."""

    def _address(self, name: str, login: Login) -> str:
        return address_of(self.name, name, login.account.settings.get("api_root", ""))

    def _api(self, login: Login) -> LinkedInApi:
        version = login.account.settings.get("version") or limits_of(self.name)["version"]["use"]
        return LinkedInApi(self._tools.http, self._address("api", login), version, BearerLogin(login.secret))

    def _sending(self, rendition: Rendition, login: Login, journal: Journal) -> Sending:
        user_id = login.account.settings.get("user_id", "")
        if not user_id:
            raise BadInput("account_incomplete")
        return Sending(self._tools, self._api(login), f"urn:li:person:{user_id}", rendition, journal)


def _manner() -> Manner:
    limits = limits_of("linkedin")

    def count(text: str) -> Count:
        return Count(utf16_units(text), limits["text"]["most"])

    return Manner(
        network="linkedin",
        dialect=LINKEDIN,
        count=count,
        most_pictures=limits["pictures"]["most"],
        has_threads=False,
        longest_alt=limits["alt"]["characters"],
    )


def _shortened(card: LinkCard) -> LinkCard:
    """As LinkedIn takes it: it wants a title."""
    rule = limits_of("linkedin")["card"]
    title = sendable_line(card.title)[: rule["title"]].strip() or host_of(card.url)
    return replace(card, title=title, description=sendable_line(card.description)[: rule["description"]].strip())
