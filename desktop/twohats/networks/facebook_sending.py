"""One post on its way to a Facebook Page: its pictures first, then the post; and finding it again."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from twohats.model.errors import OutcomeUnknown, Refused, Unreachable
from twohats.model.ports import Journal
from twohats.model.rendition import RenderedPicture, Rendition
from twohats.networks.fitting import fitted
from twohats.networks.graph import Graph, Told, compared, fault_in, id_in, moment_in, tables_in, told_by
from twohats.networks.http import Upload
from twohats.networks.limits import address_of, limits_of
from twohats.networks.own_schedule import planned_for
from twohats.networks.repeating import only_looking, safe_to_repeat
from twohats.networks.social import texts_of
from twohats.networks.thread import Sent, begun_at
from twohats.networks.tools import NetworkTools

_DUPLICATE = 506
_PHOTO_USED = 1366051
_PHOTO_TOO_LARGE = (1366046, 2446496)  # or no picture that Facebook takes
_ATTACHED = "attachments{target{id},subattachments{target{id}}}"
_POST_FIELDS = f"id,message,created_time,permalink_url,{_ATTACHED}"


class FacebookSending:
    """One delivery. `send` and `look` are those of a thread with one part."""

    def __init__(self, tools: NetworkTools, graph: Graph, page_id: str, rendition: Rendition, journal: Journal) -> None:
        self._tools = tools
        self._graph = graph
        self._page_id = page_id
        self._payload = rendition.payload
        self._text = texts_of(rendition.payload)[0]
        self._pictures = rendition.pictures
        self._journal = journal
        self._begun: datetime | None = None
        self._until = planned_for(journal)

    def upload(self) -> list[str]:
        """The numbers of the pictures on the Page, each brought there once as long as Facebook keeps it unseen."""
        return [self._uploaded(number, picture) for number, picture in enumerate(self._pictures)]

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Sends the post. That Facebook has it may mean that it arrived: by an attempt whose answer was lost, or since
        something in between sent it twice."""
        fields = {"published": self._payload["published"], "fields": "id,permalink_url"}
        if self._until is not None:
            fields |= {"published": "false", "scheduled_publish_time": str(int(self._until.timestamp()))}
        if self._text:
            fields["message"] = self._text
        if self._payload["link"]:
            fields["link"] = self._payload["link"]
        if self._pictures:
            fields["attached_media"] = json.dumps([{"media_fbid": one} for one in self.upload()])
        answer = self._graph.ask("POST", f"{self._page_id}/feed", fields)
        fault = fault_in(answer)
        is_used = fault is not None and fault.subcode == _PHOTO_USED
        if fault and (fault.code == _DUPLICATE or (is_used and self._begun)):
            return self._twin()
        if is_used and (found := self._since_begun()) is not None:
            return found
        if fault and self._pictures and (is_used or (fault.code, fault.subcode) == (100, 33)):
            self._forget()
            raise Unreachable("pictures_lapsed", host=self._graph.host)
        return self._sent(told_by(answer))

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Looks among the Page's own posts since then; before those, among what waits for its time."""
        self._begun = begun
        if self._until is not None and (waits := self._kept_there(self._until)) is not None:
            return waits
        return self._found(begun - timedelta(seconds=limits_of("facebook")["look"]["margin_s"]))

    def _found(self, since: datetime) -> Sent | None:
        told = self._own_posts(since=str(int(since.timestamp())))
        for post in reversed(tables_in(told)):
            made_at = moment_in(post, "created_time")
            if made_at is not None and made_at >= since.replace(microsecond=0) and self._is_same(post):
                return self._sent(post)
        paging = told.get("paging")
        if "data" not in told or (isinstance(paging, dict) and paging.get("next")):
            raise OutcomeUnknown("answer_unreadable", host=self._graph.host)
        return None

    def _kept_there(self, until: datetime) -> Sent | None:
        asked = {"fields": "id,message,scheduled_publish_time", "limit": str(limits_of("facebook")["look"]["posts"])}
        with only_looking():
            told = self._graph.read(f"{self._page_id}/scheduled_posts", **asked)
        for post in tables_in(told):
            is_at = str(post.get("scheduled_publish_time")) == str(int(until.timestamp()))
            if is_at and compared(str(post.get("message") or "")) == compared(self._text):
                return self._sent(post)
        return None

    def _twin(self) -> Sent:
        """What Facebook takes for the same: ours, when it stands there since we began."""
        if self._begun is None:
            found = self._since_begun()
            if found is None:
                raise Refused("duplicate_text", host=self._graph.host)
            return found
        found = self.look(0, (), self._begun)
        if found is not None:
            return found
        if any(self._is_same(post) for post in tables_in(self._own_posts())):
            raise Refused("duplicate_text", host=self._graph.host)
        raise OutcomeUnknown("twin_unseen", host=self._graph.host)

    def _since_begun(self) -> Sent | None:
        """What this attempt brought out itself, where it was sent twice."""
        begun = begun_at(self._journal, 0)
        return self._found(begun) if begun is not None and self._until is None else None

    def _own_posts(self, **more: str) -> Told:
        asked = {"fields": _POST_FIELDS, "limit": str(limits_of("facebook")["look"]["posts"]), **more}
        with only_looking():
            return self._graph.read(f"{self._page_id}/published_posts", **asked)

    def _is_same(self, post: Told) -> bool:
        if compared(str(post.get("message") or "")) != compared(self._text):
            return False
        if not self._pictures:
            return True
        ours = {_kept(self._journal, number)[0] for number in range(len(self._pictures))}
        shown = _photos_in(post)
        if not shown:  # pictures that it does not tell of: it may be ours, or not
            raise OutcomeUnknown("answer_unreadable", host=self._graph.host)
        return bool(shown & ours)

    def _sent(self, post: Told) -> Sent:
        number = id_in(post, self._graph.host)
        url = post.get("permalink_url")
        is_address = isinstance(url, str) and url.startswith("https://")
        return {"id": number, "url": str(url) if is_address else f"{address_of('facebook', 'page')}/{number}"}

    def _uploaded(self, number: int, picture: RenderedPicture) -> str:
        photo_id, until = _kept(self._journal, number)
        if photo_id and until is not None and self._tools.clock() < until:
            return photo_id
        rule = limits_of("facebook")["pictures"]
        fit = fitted(self._tools.picture(picture), most_bytes=rule["bytes"], mimes=rule["mimes"])
        file = Upload(picture.name, fit.data, fit.mime, field="source")
        fields = {"published": "false"} | ({"alt_text_custom": picture.alt} if picture.alt else {})
        with safe_to_repeat():
            answer = self._graph.ask("POST", f"{self._page_id}/photos", fields, file)
            fault = fault_in(answer)
            if fault and fault.subcode in _PHOTO_TOO_LARGE:
                raise Refused("picture_refused", name=picture.name)
            photo_id = id_in(told_by(answer), self._graph.host)
        until = self._tools.clock() + timedelta(hours=rule["wait_h"])
        self._journal.note(f"photo.{number}", json.dumps({"id": photo_id, "until": until.isoformat()}))
        return photo_id

    def _forget(self) -> None:
        for number in range(len(self._pictures)):
            self._journal.note(f"photo.{number}", "")


def _kept(journal: Journal, number: int) -> tuple[str, datetime | None]:
    """The number of a picture that is there, and until when it may be used."""
    kept = journal.read(f"photo.{number}")
    told = json.loads(kept) if kept else {}
    return str(told.get("id", "")), datetime.fromisoformat(told["until"]) if told else None


def _photos_in(post: Told) -> set[str]:
    """The numbers of the pictures that a post shows; empty where it does not tell."""
    found = set()
    for one in tables_in(post.get("attachments")):
        for shown in (one, *tables_in(one.get("subattachments"))):
            target = shown.get("target")
            if isinstance(target, dict) and isinstance(target.get("id"), str):
                found.add(target["id"])
    return found
