"""One post or thread on its way to X: pictures, parts, and looking for a part whose answer was lost."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from twohats.model.account import Account
from twohats.model.errors import BadInput, OutcomeUnknown, Refused, Unreachable
from twohats.model.ports import Journal
from twohats.model.rendition import RenderedPicture, Rendition
from twohats.networks.fitting import fitted
from twohats.networks.http import Upload, host_of
from twohats.networks.limits import address_of, limits_of
from twohats.networks.repeating import only_looking, safe_to_repeat
from twohats.networks.social import texts_of
from twohats.networks.thread import Sent, begun_at
from twohats.networks.tools import NetworkTools
from twohats.networks.x_api import POST_FIELDS, Told, XApi, data_of, is_post, moment_of, tables_in

_STAYS_GOOD = timedelta(minutes=5)


class Sending:
    """One delivery. `count` is how many parts it has."""

    def __init__(
        self, tools: NetworkTools, api: XApi, account: Account, rendition: Rendition, journal: Journal
    ) -> None:
        self._tools = tools
        self._api = api
        self._account = account
        self._texts = texts_of(rendition.payload)
        self._pictures = rendition.pictures
        self._journal = journal
        self._again: set[int] = set()
        self.count = len(self._texts)

    def upload(self) -> list[str]:
        """The numbers of the pictures on X, each uploaded and described once as long as X keeps it."""
        return [self._uploaded(number, picture) for number, picture in enumerate(self._pictures)]

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Sends a part. X refuses a text that it has: it may have arrived, by an attempt whose answer was lost or since
        something in between sent it twice."""
        text = self._texts[number]
        body: dict[str, object] = {"text": text} if text else {}
        if number == 0 and self._pictures:
            body["media"] = {"media_ids": self.upload()}
        if out:
            body["reply"] = {"in_reply_to_tweet_id": out[-1]["id"]}
        try:
            told = self._api.write("POST", "tweets", json=body)
        except Refused as problem:
            begun = begun_at(self._journal, number)
            if problem.code == "duplicate_text" and begun is not None:
                found = self._found(number, out, begun, is_first=number not in self._again)
                if found is not None:
                    return found
            if number == 0 and number not in self._again:
                self._forget()
            raise
        return self._sent(data_of(told, host_of(self._api.root), was_write=True))

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Looks among the own posts since then."""
        self._again.add(number)
        return self._found(number, out, begun)

    def _found(self, number: int, out: Sequence[Sent], begun: datetime, *, is_first: bool = False) -> Sent | None:
        rule = limits_of("x")["look"]
        since = begun.astimezone(UTC) - timedelta(seconds=rule["margin_s"])
        asked = {"max_results": str(rule["posts"]), "start_time": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
        path = f"users/{user_id_of(self._account)}/tweets"
        with only_looking():
            told = self._api.read(path, **asked, **{"tweet.fields": POST_FIELDS})
        media_ids = [_upload(self._journal, place)[0] for place in range(len(self._pictures))] if number == 0 else []
        above = out[-1]["id"] if out else ""
        for post in reversed(tables_in(told, "data")):
            made_at = moment_of(post)
            is_since = not is_first or (made_at is not None and made_at >= begun.replace(microsecond=0))
            if is_since and is_post(post, self._texts[number], above, media_ids):
                return self._sent(post)
        meta = told.get("meta")
        if not isinstance(meta, dict) or "next_token" in meta or (meta.get("result_count") and not told.get("data")):
            raise OutcomeUnknown("answer_unreadable", host=host_of(self._api.root))
        return None

    def _sent(self, post: Told) -> Sent:
        number = post.get("id")
        if not (isinstance(number, str) and number.isdigit()):
            raise OutcomeUnknown("answer_unreadable", host=host_of(self._api.root))
        username = self._account.settings.get("username") or "i"
        return {"id": number, "url": f"{address_of('x', 'page')}/{username}/status/{number}"}

    def _uploaded(self, number: int, picture: RenderedPicture) -> str:
        kept, until = _upload(self._journal, number)
        if kept and until is not None and self._tools.clock() < until - _STAYS_GOOD:
            return kept
        rule = limits_of("x")["pictures"]
        fit = fitted(self._tools.picture(picture), most_bytes=rule["bytes"], mimes=rule["mimes"])
        file = Upload(picture.name, fit.data, fit.mime, field="media")
        host = host_of(self._api.root)
        with safe_to_repeat():
            try:
                told = self._api.write("POST", "media/upload", fields={"media_category": "tweet_image"}, file=file)
            except Refused as problem:
                if problem.code not in ("refused", "too_large"):
                    raise
                raise Refused("picture_refused", name=picture.name) from None
            data = data_of(told, host, was_write=True)
            media_id, lasts = data.get("id"), data.get("expires_after_secs")
            if not isinstance(media_id, str):
                raise Unreachable("answer_unreadable", host=host)
            if picture.alt:
                alt = {"id": media_id, "metadata": {"alt_text": {"text": picture.alt}}}
                self._api.tell("media/metadata", alt)
        lasts_s = lasts if isinstance(lasts, int) and lasts > 0 else 0
        until = self._tools.clock() + timedelta(seconds=lasts_s)
        self._journal.note(f"media.{number}", json.dumps({"id": media_id, "until": until.isoformat()}))
        return media_id

    def _forget(self) -> None:
        """What was refused may have been for its pictures: the next try brings them anew."""
        for number in range(len(self._pictures)):
            self._journal.note(f"media.{number}", "")


def user_id_of(account: Account) -> str:
    """The number of whoever signed in. Raises BadInput("account_incomplete")."""
    user_id = account.settings.get("user_id", "")
    if not user_id.isdigit():
        raise BadInput("account_incomplete")
    return user_id


def _upload(journal: Journal, number: int) -> tuple[str, datetime | None]:
    """The number of a picture that was uploaded, and until when X keeps it."""
    kept = journal.read(f"media.{number}")
    told = json.loads(kept) if kept else {}
    return str(told.get("id", "")), datetime.fromisoformat(told["until"]) if told else None
