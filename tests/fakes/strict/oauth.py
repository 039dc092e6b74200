"""The OAuth dances: codes that live briefly and work once, tokens that end, and the consent page."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from tests.fakes.strict.network import Network
from tests.fakes.strict.posts import Person
from tests.fakes.strict.wire import Request, Response, page, redirect, route


@dataclass
class Code:
    """A code from the consent page."""

    value: str
    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    challenge: str
    person: Person
    dies_at_s: float
    is_used: bool = False


@dataclass
class Token:
    """An access token. `refresh` is empty where there is none; `kind` says what it is good for."""

    access: str
    person: Person
    scopes: frozenset[str]
    made_at_s: float
    dies_at_s: float
    refresh: str = ""
    refresh_dies_at_s: float = float("inf")
    kind: str = "user"
    client_id: str = ""
    is_dead: bool = False
    is_refresh_dead: bool = False


@dataclass
class Asked:
    """What the consent page asks; waits for the person."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    state: str
    challenge: str
    extra: dict[str, str] = field(default_factory=dict)


class WithConsent(Network):
    """A network with a consent page, codes and tokens. `person` is who is signed in in the browser."""

    client_id = ""
    client_secret = ""
    code_lives_s = 600.0
    token_lives_s = 3600.0
    comes_back_with = ""  # what stands behind the code in the address, as Threads does

    def __init__(self, clock: object) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self.redirect_uris: set[str] = set()
        self.codes: dict[str, Code] = {}
        self.tokens: list[Token] = []
        self._asked: dict[str, Asked] = {}
        self._person: Person | None = None

    @property
    def person(self) -> Person:
        return self._person or self.people[0]

    @person.setter
    def person(self, person: Person) -> None:
        self._person = person

    def give_token(
        self,
        person: Person | None = None,
        scopes: Iterable[str] | None = None,
        lives_s: float | None = None,
        kind: str = "user",
        client_id: str = "",
    ) -> Token:
        """A token as at the end of the dance, with all scopes unless told."""
        now_s = self.now_s()
        asked = frozenset(self.all_scopes() if scopes is None else scopes)
        token = Token(
            f"{self.name}-access-{secrets.token_urlsafe(24)}",
            person or self.person,
            asked,
            now_s,
            now_s + (self.token_lives_s if lives_s is None else lives_s),
            f"{self.name}-refresh-{secrets.token_urlsafe(24)}" if self.may_refresh(asked) else "",
            kind=kind,
            client_id=client_id or self.client_id,
        )
        self.tokens.append(token)
        return token

    def all_scopes(self) -> frozenset[str]:
        raise NotImplementedError

    def may_refresh(self, scopes: frozenset[str]) -> bool:
        return False

    def token_of(self, access: str) -> Token | None:
        """The token, if it lives."""
        for token in self.tokens:
            if token.access == access and not token.is_dead and self.now_s() < token.dies_at_s:
                return token
        return None

    def live_tokens(self) -> list[Token]:
        """What still opens a door, by itself or by being refreshed."""
        now_s = self.now_s()
        return [
            token
            for token in self.tokens
            if (not token.is_dead and now_s < token.dies_at_s)
            or (token.refresh and not token.is_refresh_dead and now_s < token.refresh_dies_at_s)
        ]

    def secrets(self) -> set[str]:
        """Everything that must not stand in an address."""
        found = {token.access for token in self.tokens} | {token.refresh for token in self.tokens if token.refresh}
        return found | ({self.client_secret} if self.client_secret else set())

    def secrets_in_urls(self) -> list[str]:
        """Addresses that were asked for with a secret in them."""
        secret = self.secrets()
        return [request.target for request in self.requests if any(one in request.target for one in secret)]

    def ask_person(self, asked: Asked) -> Response:
        """The page with two buttons."""
        number = secrets.token_hex(8)
        self._asked[number] = asked
        fields = f"<input type='hidden' name='asked' value='{number}'>"
        buttons = "<button name='answer' value='yes'>Allow</button><button name='answer' value='no'>Cancel</button>"
        who = f"<p>Signed in as {escape(self.person.name)}. Allow: {escape(' '.join(sorted(asked.scopes)))}?</p>"
        form = f"<form method='post' action='/consent'>{fields}{buttons}</form>"
        return page(200, "Allow access?", who + form)

    @route("POST", "/consent")
    def consent(self, request: Request) -> Response:
        given = request.form()
        asked = self._asked.pop(given.get("asked", ""), None)
        if asked is None:
            return self.consent_error("This page has expired.")
        state = {"state": asked.state} if asked.state else {}
        if given.get("answer") != "yes":
            return redirect(_with(self.return_to(asked), {**self.declined(), **state}) + self.comes_back_with)
        value = secrets.token_urlsafe(48)
        lives_until_s = self.now_s() + self.code_lives_s
        self.codes[value] = Code(
            value, asked.client_id, asked.redirect_uri, asked.scopes, asked.challenge, self.person, lives_until_s
        )
        return redirect(_with(self.return_to(asked), {"code": value, **state}) + self.comes_back_with)

    def return_to(self, asked: Asked) -> str:
        """Where the browser is sent with the answer."""
        return asked.redirect_uri

    def declined(self) -> dict[str, str]:
        """What comes back when the person says no."""
        return {"error": "access_denied"}

    def consent_error(self, why: str) -> Response:
        """A page for the person; nothing goes back to the program."""
        return page(400, "Something went wrong", f"<p class='error'>{escape(why)}</p>")

    def take_code(self, value: str, client_id: str, redirect_uri: str) -> Code | None:
        """The code, once: a second try, a late one, another client or another redirect gets nothing."""
        code = self.codes.get(value)
        if code is None or code.is_used:
            return None
        code.is_used = True
        is_fresh = self.now_s() < code.dies_at_s
        return code if is_fresh and (code.client_id, code.redirect_uri) == (client_id, redirect_uri) else None


def is_challenge(text: str) -> bool:
    """Whether it can be the SHA-256 of something, as PKCE wants it written."""
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", text) is not None


def answers(challenge: str, verifier: str) -> bool:
    """Whether the verifier fits the challenge, and is long enough (43 to 128 characters)."""
    if not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", verifier):
        return False
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return made == challenge


def _with(url: str, more: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"
