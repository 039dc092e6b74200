"""One post on its way to LinkedIn: pictures, the card of a link, the post, and what a duplicate proves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from twohats.model.errors import OutcomeUnknown, Refused
from twohats.model.ports import NOT_THERE, Journal
from twohats.model.rendition import RenderedPicture, Rendition
from twohats.model.wording import LinkCard
from twohats.networks.fitting import fitted
from twohats.networks.http import host_of
from twohats.networks.limits import address_of, limits_of
from twohats.networks.linkedin_api import LinkedInApi, duplicate_of, is_still_working, require_success, urn_in
from twohats.networks.social import card_of, texts_of
from twohats.networks.thread import Sent
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.littletext import escape

_CARD_PICTURE = "card"


class Sending:
    """One delivery. `was_there` says that LinkedIn had its text, though the person had not found it there."""

    def __init__(
        self, tools: NetworkTools, api: LinkedInApi, author: str, rendition: Rendition, journal: Journal
    ) -> None:
        self._tools = tools
        self._api = api
        self._author = author
        self._rendition = rendition
        self._text = "".join(texts_of(rendition.payload))
        self._card = card_of(rendition.payload)
        self._journal = journal
        self._is_again = False
        self.was_there = False

    def upload(self) -> None:
        """Brings the pictures there, those that are not yet, and gives LinkedIn a moment to work on them."""
        fresh = [picture for picture in self._pictures() if not self._urn_of(picture)]
        for picture in fresh:
            rule = limits_of("linkedin")["pictures"]
            data = self._tools.picture(picture)
            fit = fitted(data, most_bytes=rule["bytes"], mimes=rule["mimes"], most_pixels=rule["pixels"])
            try:
                urn = self._api.upload(self._author, fit.data, fit.mime)
            except Refused as problem:
                if problem.code not in ("refused", "too_large"):
                    raise
                raise Refused("picture_refused", name=picture.name) from None
            self._journal.note(f"image.{picture.name}", urn)
        if fresh:
            self._tools.http.pause(limits_of("linkedin")["pictures"]["wait_s"])

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Sends the post. That LinkedIn has its text already means, after a lost answer, that it arrived; also where
        the person looked meanwhile and found nothing: posts may show late. At first it tells of another post."""
        self.upload()
        body = self._body()
        answer = self._api.write("POST", "posts", body)
        if is_still_working(answer):
            self._tools.http.pause(limits_of("linkedin")["pictures"]["again_s"])
            answer = self._api.write("POST", "posts", body)
        urn = duplicate_of(answer)
        self.was_there = urn is not None and bool(self._journal.read(NOT_THERE))
        if urn is not None and (self._is_again or self.was_there):
            return _sent(urn)
        try:
            require_success(answer)
        except Refused:
            if not self._is_again:
                self._forget()
            raise
        return _sent(urn_in(answer))

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Members cannot read their own posts, but for a day LinkedIn refuses a text that it has: sending once more is
        then as good as looking. Raises OutcomeUnknown where it would not be."""
        surely = timedelta(hours=limits_of("linkedin")["duplicate"]["surely_h"])
        if not self._text or not timedelta() <= self._tools.clock() - begun < surely:
            raise OutcomeUnknown("cannot_look", host=host_of(self._api.root))
        self._is_again = True
        return None

    def _body(self) -> dict[str, object]:
        body: dict[str, object] = {
            "author": self._author,
            "commentary": escape(self._text),
            "visibility": self._rendition.payload["audience"],
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        images = [{"id": self._urn_of(one), "altText": one.alt} for one in self._rendition.pictures]
        if len(images) > 1:
            body["content"] = {"multiImage": {"images": images}}
        elif images:
            body["content"] = {"media": images[0]}
        elif self._card:
            body["content"] = {"article": self._article(self._card)}
        return body

    def _article(self, card: LinkCard) -> dict[str, str]:
        article = {"source": card.url, "title": card.title}
        if card.description:
            article["description"] = card.description
        thumbnail = _picture_of(card)
        return {**article, "thumbnail": self._urn_of(thumbnail)} if thumbnail else article

    def _pictures(self) -> list[RenderedPicture]:
        thumbnail = _picture_of(self._card) if self._card else None
        return [*self._rendition.pictures, *([thumbnail] if thumbnail else [])]

    def _urn_of(self, picture: RenderedPicture) -> str:
        return self._journal.read(f"image.{picture.name}") or ""

    def _forget(self) -> None:
        """What was refused may have been for its pictures: the next try brings them anew."""
        for picture in self._pictures():
            self._journal.note(f"image.{picture.name}", "")


def _picture_of(card: LinkCard) -> RenderedPicture | None:
    digest = card.picture_digest
    return RenderedPicture(_CARD_PICTURE, digest, card.picture_mime, "") if digest else None


def _sent(urn: str) -> Sent:
    return {"id": urn, "url": f"{address_of('linkedin', 'page')}/{urn}/" if urn else ""}
