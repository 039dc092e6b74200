"""One post or thread on its way to a server of Mastodon's kind.

Each part bears a key of its own, so that Mastodon takes it once. It honours keys for an hour, and other servers not at
all: after a lost answer the own newest posts are read first, and compared word for word.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from twohats.model.account import Account
from twohats.model.errors import BadInput, OutcomeUnknown, Refused, Unreachable
from twohats.model.ports import PART, Journal
from twohats.model.receipt import Receipt
from twohats.model.rendition import EntityKind, RenderedPicture, Rendition
from twohats.networks.fitting import fitted
from twohats.networks.html_text import words_of
from twohats.networks.http import Upload
from twohats.networks.limits import limits_of
from twohats.networks.mastodon_api import MastodonApi, Told, moment_in, table_in, table_of, tables_in, text_in
from twohats.networks.own_schedule import planned_for, waiting
from twohats.networks.repeating import only_looking, safe_to_repeat
from twohats.networks.social import texts_of
from twohats.networks.thread import Sent, begun_at
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.entities import MASTODON, entities_in

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 8.0


class Sending:
    """One delivery. `count` is how many parts it has."""

    def __init__(
        self, tools: NetworkTools, api: MastodonApi, account: Account, rendition: Rendition, key: str, journal: Journal
    ) -> None:
        self._tools = tools
        self._api = api
        self._settings = account.settings
        self._payload = rendition.payload
        self._pictures = rendition.pictures
        self._key = key
        self._journal = journal
        self._texts = texts_of(rendition.payload)
        self._again: set[int] = set()
        self._until = planned_for(journal)
        self.count = len(self._texts)

    def prepare(self) -> None:
        """Brings the pictures there, each once while the server keeps it, and waits until it has worked on them."""
        if begun_at(self._journal, 0) is None and not self._is_fresh():
            self._forget_uploads()
        for number, picture in enumerate(self._pictures):
            self._uploaded(number, picture)

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Sends a part. Pictures that the server has thrown away meanwhile are brought anew; where it cannot have done
        so yet, they stand in a post already, and it is ours."""
        try:
            return self._post(number, out)
        except Unreachable as problem:
            if problem.code == "picture_waits":  # it was not ready after all
                for place in range(len(self._pictures)):
                    self._journal.note(f"media.{place}", json.dumps({**self._kept(place), "ready": ""}))
            raise
        except Refused as problem:
            if problem.code != "upload_gone" or number > 0:
                raise
        if number in self._again and self._is_fresh():
            raise OutcomeUnknown("no_answer", host=self._api.host)
        self._forget_uploads()
        self.prepare()
        return self._post(number, out)

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Looks among the own posts since then; before those, among what waits for its time."""
        self._again.add(number)
        if self._until is not None and (waits := self._kept_there(number)) is not None:
            return waits
        return self.out_since(number, out, begun)

    def out_since(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """The part among the own posts since then."""
        above, known = out[-1]["id"] if out else "", {one["id"] for one in out}
        with only_looking():
            for status in self._since(begun):
                if text_in(status, "id") not in known and self._is_part(status, number, above):
                    return self._sent(status, number)
        return None

    def waits_there(self) -> bool:
        """Whether the server said that it keeps what was sent. It publishes at once what is too soon for it."""
        sent: dict[str, str] = json.loads(self._journal.read(f"{PART}0") or "{}")
        return sent.get("waits") == "yes"

    def noted(self, receipt: Receipt) -> Receipt:
        """With a word on names that nobody bears: they stand there as plain text; and on what waits for its time."""
        if self._until is not None and self.waits_there():
            return waiting(receipt, self._until)
        kept = (json.loads(self._journal.read(f"part.{number}") or "{}") for number in range(self.count))
        nobodies = dict.fromkeys(name for part in kept for name in str(part.get("nobodies") or "").split())
        return replace(receipt, note=f"mentions_plain: {', '.join(nobodies)}") if nobodies else receipt

    def _post(self, number: int, out: Sequence[Sent]) -> Sent:
        payload = self._payload
        body: dict[str, object] = {
            "status": self._texts[number],
            "visibility": payload["visibility" if number == 0 else "later_visibility"],
            "language": payload["language"],
            "sensitive": bool(payload["warning"]),
        }
        if payload["warning"]:
            body["spoiler_text"] = payload["warning"]
        if number == 0 and self._pictures:
            body["media_ids"] = [self._kept(place)["id"] for place in range(len(self._pictures))]
        if out:
            body["in_reply_to_id"] = out[-1]["id"]
        if self._until is not None:
            body["scheduled_at"] = self._until.isoformat()
        key = self._key_of(number)
        return self._sent(table_of(self._api.write("POST", "v1/statuses", json=body, key=key)), number)

    def _key_of(self, number: int) -> str:
        return hashlib.sha256(f"{self._key}/{number}".encode()).hexdigest()

    def _kept(self, number: int) -> Mapping[str, str]:
        """ "id" and "at" of an upload, and "ready" once the server has worked on it; empty where there is none."""
        kept: dict[str, str] = json.loads(self._journal.read(f"media.{number}") or "{}")
        return kept

    def _is_fresh(self) -> bool:
        """Whether the server still has all that was uploaded. What it threw away, old servers leave out silently."""
        moments = [kept["at"] for place in range(len(self._pictures)) if (kept := self._kept(place))]
        kept_for = timedelta(seconds=limits_of("mastodon")["pictures"]["kept_s"])
        return all(self._tools.clock() - datetime.fromisoformat(at) < kept_for for at in moments)

    def _forget_uploads(self) -> None:
        for place in range(len(self._pictures)):
            if self._kept(place):
                self._journal.note(f"media.{place}", "")

    def _uploaded(self, number: int, picture: RenderedPicture) -> None:
        step = f"media.{number}"
        kept = self._kept(number)
        if not kept:
            kept = self._upload(picture)
            self._journal.note(step, json.dumps(kept))
        if not kept["ready"]:
            self._wait_for(kept["id"], step, picture)
            self._journal.note(step, json.dumps({**kept, "ready": "yes"}))

    def _upload(self, picture: RenderedPicture) -> Mapping[str, str]:
        limits, settings = limits_of("mastodon")["pictures"], self._settings
        fit = fitted(
            self._tools.picture(picture),
            most_bytes=int(settings.get("picture_bytes") or limits["bytes"]),
            most_pixels=int(settings.get("picture_pixels") or limits["pixels"]),
            mimes=tuple(settings.get("picture_mimes", "").split()) or tuple(_ENDINGS),
        )
        name = f"{picture.name.rpartition('.')[0]}.{_ENDINGS[fit.mime]}"
        fields = {"description": picture.alt} if picture.alt else None
        file = Upload(name, fit.data, fit.mime)
        with safe_to_repeat():
            try:
                answer = self._api.write("POST", "v2/media", fields=fields, file=file)
            except Refused as problem:
                if problem.code == "not_there":  # servers that know the older way alone
                    answer = self._api.write("POST", "v1/media", fields=fields, file=file)
                elif problem.code in ("refused", "too_large"):
                    raise Refused("picture_refused", name=picture.name) from None
                else:
                    raise
            media_id = table_of(answer).get("id")
            if not isinstance(media_id, str | int):
                raise Unreachable("answer_unreadable", host=self._api.host)
        ready = "" if answer.status == 202 else "yes"
        return {"id": str(media_id), "at": self._tools.clock().isoformat(), "ready": ready}

    def _wait_for(self, media_id: str, step: str, picture: RenderedPicture) -> None:
        """Until a picture is worked on. Raises Unreachable("picture_waits") when it takes too long."""
        left_s, wait_s = float(limits_of("mastodon")["pictures"]["wait_s"]), _FIRST_WAIT_S
        while True:
            try:
                answer = self._api.read(f"v1/media/{media_id}")
                if answer.status != 206:
                    if "id" in table_of(answer):
                        return
                    raise Unreachable("answer_cut", host=self._api.host)
            except Refused as problem:
                if problem.code not in ("not_there", "refused"):
                    raise
                self._journal.note(step, "")
                raise Refused("picture_refused", name=picture.name) from None
            if left_s <= 0:
                raise Unreachable("picture_waits", host=self._api.host)
            self._tools.http.pause(wait_s)
            left_s -= wait_s
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    def _kept_there(self, number: int) -> Sent | None:
        """The part among what waits for its time, by its key, which the server tells; else word for word."""
        with only_looking():
            waiting_there = self._api.tables("v1/scheduled_statuses", limit=str(limits_of("mastodon")["look"]["posts"]))
        for one in waiting_there:
            params = table_in(one, "params")
            key = text_in(params, "idempotency")
            is_same = _plain(text_in(params, "text")) == _plain(self._texts[number])
            is_at = moment_in(one, "scheduled_at") == self._until
            if key == self._key_of(number) or (not key and is_same and is_at):
                return self._sent(one, number)
        return None

    def _since(self, begun: datetime) -> Iterator[Told]:
        """Own posts that the server made since then. Some servers list none that are for followers alone (snac2); then
        all that the person reads is looked through."""
        user_id, shows_private = user_id_of(self._settings), False
        for path in (f"v1/accounts/{user_id}/statuses", "v1/timelines/home"):
            for shown, is_since in self._listed(path, begun):
                # An own post that somebody passed on stands inside that (snac2).
                inner = table_in(shown, "reblog")
                status = inner if text_in(table_in(inner, "account"), "id") == user_id else shown
                if text_in(table_in(status, "account"), "id") in ("", user_id):
                    shows_private = shows_private or status.get("visibility") == "private"
                    if is_since:
                        yield status
            if self._payload["visibility"] != "private" or shows_private:
                return

    def _listed(self, path: str, begun: datetime) -> Iterator[tuple[Told, bool]]:
        """Posts of a list, the newest first, and whether the server made each since then; about as many as it made.

        Raises OutcomeUnknown when they are too many."""
        rule = limits_of("mastodon")["look"]
        asked = {"limit": str(rule["posts"]), "exclude_reblogs": "true"}
        seen: set[str] = set()
        for _ in range(rule["pages"]):
            answer = self._api.read(path, **asked)
            rows = answer.data()
            if not isinstance(rows, list):
                raise OutcomeUnknown("answer_unreadable", host=self._api.host)
            since = self._by_its_clock(begun, answer.server_time_s()) - timedelta(seconds=rule["margin_s"])
            fresh = [row for row in rows if isinstance(row, dict) and text_in(row, "id") not in seen]
            moments = [moment_in(status, "created_at") for status in fresh]
            if None in moments:
                raise OutcomeUnknown("answer_unreadable", host=self._api.host)
            reached = [made >= since for made in moments if made is not None]
            yield from zip(fresh, reached, strict=True)
            if not all(reached) or (not fresh and len(rows) < rule["posts"]):
                return
            seen |= {text_in(status, "id") for status in fresh}
            asked["max_id"] = text_in(fresh[-1], "id") if fresh else ""
        raise OutcomeUnknown("answer_unreadable", host=self._api.host)

    def _by_its_clock(self, moment: datetime, server_s: float | None) -> datetime:
        """A moment of ours as the server's clock had it."""
        if server_s is None:
            return moment
        return moment + (datetime.fromtimestamp(server_s, UTC) - self._tools.clock())

    def _is_part(self, status: Told, number: int, above: str) -> bool:
        """Whether a post that the server shows is this part: under the same post, with as many pictures, word for
        word. Servers make HTML of a text, each in its own way; some tell besides what they were given."""
        media = len(self._pictures) if number == 0 else 0
        parent = status.get("in_reply_to_id")
        if (str(parent) if parent else "") != above or len(tables_in(status, "media_attachments")) != media:
            return False
        if _plain(text_in(status, "spoiler_text")) != _plain(self._payload["warning"]):
            return False
        text = _plain(self._texts[number])
        if text in (_plain(words_of(text_in(status, "content"))), _plain(text_in(status, "text"))):
            return True
        try:
            source = self._api.table(f"v1/statuses/{text_in(status, 'id')}/source")
        except Refused:
            return False
        return _plain(text_in(source, "text")) == text

    def _sent(self, status: Told, number: int) -> Sent:
        status_id = status.get("id")
        if not isinstance(status_id, str | int) or not status_id:
            raise OutcomeUnknown("answer_unreadable", host=self._api.host)
        if text_in(status, "scheduled_at"):
            return {"id": str(status_id), "url": "", "waits": "yes"}
        url = text_in(status, "url") or text_in(status, "uri")
        return {"id": str(status_id), "url": url, "nobodies": " ".join(self._nobodies(status, number))}

    def _nobodies(self, status: Told, number: int) -> list[str]:
        """Names in the text that the server made no mention of."""
        if not isinstance(status.get("mentions"), list):
            return []
        domain = self._settings.get("domain", "").lower()
        people = {text_in(mention, "acct").lower() for mention in tables_in(status, "mentions")}
        people |= {f"{name}@{domain}" for name in people if "@" not in name}
        named = (one.target for one in entities_in(self._texts[number], MASTODON) if one.kind is EntityKind.MENTION)
        return [f"@{name}" for name in dict.fromkeys(named) if name.lower() not in people]


def user_id_of(settings: Mapping[str, str]) -> str:
    """What the server calls whoever signed in. Raises BadInput("account_incomplete")."""
    user_id = settings.get("user_id", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", user_id):
        raise BadInput("account_incomplete")
    return user_id


def _plain(text: str) -> str:
    """A text as it compares: composed, without white space, mentions without their server."""
    short = []
    at = 0
    for entity in entities_in(text, MASTODON):
        if entity.kind is EntityKind.MENTION:
            short += [text[at : entity.start], "@", entity.target.partition("@")[0]]
            at = entity.end
    short.append(text[at:])
    return "".join(unicodedata.normalize("NFC", "".join(short)).casefold().split())
