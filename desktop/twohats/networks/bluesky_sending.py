"""One post or thread on its way to Bluesky: pictures, people and links first, then one record a part.

Each part has a name that follows from the delivery, so a second try writes the same record and no second post.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from twohats.model.errors import BadInput, OutcomeUnknown, Refused
from twohats.model.ports import Journal
from twohats.model.receipt import Receipt
from twohats.model.rendition import Entity, EntityKind, RenderedPicture, Rendition
from twohats.networks.bluesky_api import POSTS, Pds, Told, text_in
from twohats.networks.bluesky_login import did_of
from twohats.networks.fitting import fitted
from twohats.networks.limits import address_of, limits_of
from twohats.networks.repeating import only_looking, safe_to_repeat
from twohats.networks.social import card_of, texts_of
from twohats.networks.thread import Sent, begun_at
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import graphemes, utf8_bytes
from twohats.networks.writing.entities import BLUESKY, byte_ranges, entities_in
from twohats.networks.writing.tid import tid

_FACET = "app.bsky.richtext.facet"


class Sending:
    """One delivery. `count` is how many parts it has."""

    def __init__(
        self, tools: NetworkTools, pds: Pds, did: str, rendition: Rendition, key: str, journal: Journal
    ) -> None:
        self._tools = tools
        self._pds = pds
        self._did = did
        self._payload = rendition.payload
        self._pictures = rendition.pictures
        self._key = key
        self._journal = journal
        self._texts = texts_of(rendition.payload)
        self._entities = tuple(entities_in(text, BLUESKY) for text in self._texts)
        self._card = card_of(rendition.payload)
        self.count = len(self._texts)

    def prepare(self) -> None:
        """What goes before the post itself, each thing once."""
        with safe_to_repeat():
            self._people()
            for number in range(len(self._pictures)):
                self._picture(number)
            self._thumb()

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Writes a part. What was uploaded long ago is gone by then, and is brought anew."""
        try:
            return self._put(number, out)
        except Refused as problem:
            if problem.code != "upload_gone":
                raise
        self._forget_uploads()
        self.prepare()
        return self._put(number, out)

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Asks for the record by its name."""
        asked = {"repo": self._did, "collection": POSTS, "rkey": self._name(number)}
        with only_looking():
            try:
                return self._sent(self._pds.read("com.atproto.repo.getRecord", **asked))
            except Refused as problem:
                if problem.code != "not_there":
                    raise
                return None

    def noted(self, receipt: Receipt) -> Receipt:
        """With a word on names that nobody bears: they stand there as plain text."""
        nobodies = [f"@{name}" for name, did in json.loads(self._journal.read("people") or "{}").items() if not did]
        return replace(receipt, note=f"mentions_plain: {', '.join(nobodies)}") if nobodies else receipt

    def _put(self, number: int, out: Sequence[Sent]) -> Sent:
        record = self._record(number, out)
        given = {"repo": self._did, "collection": POSTS, "rkey": self._name(number), "record": record}
        return self._sent(self._pds.write("com.atproto.repo.putRecord", given))

    def _record(self, number: int, out: Sequence[Sent]) -> Mapping[str, object]:
        facets = _facets(self._texts[number], self._entities[number], self._people())
        embed = self._embed(number)
        # Fixed when the part was first sent, so that a second try is the same; no two parts of one moment.
        begun = (begun_at(self._journal, number) or self._tools.clock()).astimezone(UTC)
        at = begun + timedelta(milliseconds=number)
        record: dict[str, object] = {
            "$type": POSTS,
            "text": self._texts[number],
            "createdAt": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "langs": [self._payload["language"]],
        }
        if facets:
            record["facets"] = facets
        if embed:
            record["embed"] = embed
        if out:
            record["reply"] = {"root": _reference(out[0]), "parent": _reference(out[-1])}
        return record

    def _embed(self, number: int) -> Mapping[str, object] | None:
        if self._pictures:
            if number > 0:
                return None
            images = []
            for place, picture in enumerate(self._pictures):
                kept = self._picture(place)
                shape = {"width": kept["width"], "height": kept["height"]}
                images.append({"image": kept["blob"], "alt": picture.alt, "aspectRatio": shape})
            return {"$type": "app.bsky.embed.images", "images": images}
        if self._card is None or number != self._card_part():
            return None
        told = {"uri": self._card.url, "title": self._card.title, "description": self._card.description}
        thumb = self._thumb()
        return {"$type": "app.bsky.embed.external", "external": {**told, **({"thumb": thumb["blob"]} if thumb else {})}}

    def _card_part(self) -> int:
        """The part that has the card's link."""
        url = self._card.url if self._card else ""
        having = (
            number for number, entities in enumerate(self._entities) if any(entity.target == url for entity in entities)
        )
        return next(having, 0)

    def _people(self) -> Mapping[str, str]:
        """DIDs of those who are mentioned, by handle; empty for nobody's. Found once: a second try says the same."""
        kept = self._journal.read("people")
        if kept is None:
            mentions = (entity for one in self._entities for entity in one if entity.kind is EntityKind.MENTION)
            names = dict.fromkeys(entity.target.lower() for entity in mentions)
            kept = json.dumps({name: did_of(self._pds, name) for name in names})
            self._journal.note("people", kept)
        return {str(name): str(did) for name, did in json.loads(kept).items()}

    def _picture(self, number: int) -> Told:
        picture = self._pictures[number]
        return self._uploaded(f"blob.{number}", picture, limits_of("bluesky")["pictures"]["bytes"])

    def _thumb(self) -> Told | None:
        if self._card is None or not self._card.picture_digest or self._pictures:
            return None
        picture = RenderedPicture("card", self._card.picture_digest, self._card.picture_mime, "")
        return self._uploaded("blob.card", picture, limits_of("bluesky")["card"]["thumb_bytes"])

    def _uploaded(self, step: str, picture: RenderedPicture, most_bytes: int) -> Told:
        """ "blob", as records hold it, with "width" and "height"; not sent again while the journal knows it."""
        kept = self._journal.read(step)
        if kept:
            known: dict[str, object] = json.loads(kept)
            return known
        fit = fitted(self._tools.picture(picture), most_bytes=most_bytes)
        try:
            with safe_to_repeat():
                blob = self._pds.upload(fit.data, fit.mime)
        except Refused as problem:
            if problem.code not in ("refused", "too_large"):
                raise
            raise Refused("picture_refused", name=picture.name) from None
        made = {"blob": blob, "width": fit.width, "height": fit.height}
        self._journal.note(step, json.dumps(made))
        return made

    def _forget_uploads(self) -> None:
        for step in ("blob.card", *(f"blob.{number}" for number in range(len(self._pictures)))):
            if self._journal.read(step):
                self._journal.note(step, "")

    def _name(self, number: int) -> str:
        try:
            approved_at = datetime.fromisoformat(self._payload["at"])
        except ValueError:
            raise BadInput("receipt_wrong") from None
        return tid(self._key, approved_at, number)

    def _sent(self, told: Told) -> Sent:
        uri, cid = text_in(told, "uri"), text_in(told, "cid")
        if not (uri.startswith(f"at://{self._did}/") and cid):
            raise OutcomeUnknown("answer_unreadable", host=self._pds.host)
        url = f"{address_of('bluesky', 'page')}/profile/{self._did}/post/{uri.rpartition('/')[2]}"
        return {"id": uri, "cid": cid, "url": url}


def _facets(text: str, entities: Sequence[Entity], people: Mapping[str, str]) -> Sequence[Mapping[str, object]]:
    """What makes words lead somewhere, by bytes of UTF-8."""
    places = byte_ranges(text, entities)
    features = [_feature(entity, people) for entity in entities]
    return [
        {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}
        for (start, end), feature in zip(places, features, strict=True)
        if feature
    ]


def _feature(entity: Entity, people: Mapping[str, str]) -> Mapping[str, str] | None:
    match entity.kind:
        case EntityKind.LINK:
            return {"$type": f"{_FACET}#link", "uri": entity.target}
        case EntityKind.MENTION:
            did = people.get(entity.target.lower(), "")
            return {"$type": f"{_FACET}#mention", "did": did} if did else None
        case EntityKind.HASHTAG:
            return {"$type": f"{_FACET}#tag", "tag": entity.target} if is_tag(entity.target) else None


def is_tag(name: str) -> bool:
    """Whether Bluesky takes a hashtag of this length."""
    rule = limits_of("bluesky")["tag"]
    return graphemes(name) <= int(rule["characters"]) and utf8_bytes(name) <= int(rule["bytes"])


def has_mentions(entities: Iterable[Entity]) -> bool:
    """Whether somebody seems to be mentioned; who that is is found out when it is sent."""
    return any(entity.kind is EntityKind.MENTION for entity in entities)


def _reference(sent: Sent) -> Mapping[str, str]:
    return {"uri": sent["id"], "cid": sent["cid"]}
