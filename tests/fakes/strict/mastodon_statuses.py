"""A Mastodon server's statuses and media: keys against doubles, pictures that take their time, HTML for readers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.fakes.strict.mastodon import MastodonAuth, error, fields_of, iso, rate
from tests.fakes.strict.mastodon_text import as_html, length, mentioned
from tests.fakes.strict.oauth import Token
from tests.fakes.strict.posts import Person, Picture, Post, mime_of
from tests.fakes.strict.wire import Request, Response, route

_VISIBLE = ("public", "unlisted", "private", "direct")
_HOUR_S = 3600.0
_HALF_HOUR_S = 1800.0
_FIVE_MINUTES_S = 300.0
_DAY_S = 86400.0


class Mastodon(MastodonAuth):
    """`honours_keys` off: as GoToSocial, Takahe and snac2, where the same Idempotency-Key twice makes two posts.

    `lists_private` off: as snac2, whose lists of own posts leave out those for followers; `deletes` off: as old copies
    of it, which know no deleting.

    `keeps_plans` off: as servers that publish at once what they were asked to keep.

    `media_waits`: how often a picture answers "not yet" (202 at the upload, 206 after) before it is ready;
    `media_fails`: it never will be.
    """

    honours_keys = True
    lists_private = True
    deletes = True
    keeps_plans = True
    media_waits = 0
    media_fails = False

    def __init__(self, clock: object) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self._by_key: dict[tuple[str, str], tuple[float, str]] = {}
        self._waits: dict[str, int] = {}
        self._attached: set[str] = set()

    def react(self, status_id: str, **counts: int) -> None:
        """From readers: favourites, reblogs, quotes."""
        self.kept[status_id].counts.update(counts)

    def reply_from(self, status_id: str, text: str, person: Person) -> Post:
        made = Post(self.fresh_id(), person.id, text, self.now_s(), reply_to=status_id, is_comment=True)
        made.url = f"{self.url}/@{person.handle}/{made.id}"
        self.kept[made.id] = made
        return made

    @route("POST", "/api/v1/statuses")
    def create(self, request: Request) -> Response:
        token = self.signed_in(request, "write:statuses")
        sent = fields_of(request)
        key = (token.person.id, request.headers.get("idempotency-key", ""))
        if self.honours_keys and key[1] and key in self._by_key and self.now_s() < self._by_key[key][0] + _HOUR_S:
            return self._answer(self._living(self._by_key[key][1]))
        post = self._made(token, sent, key[1])
        self._by_key[key] = (self.now_s(), post.id)
        self.kept[post.id] = post
        return self._answer(post)

    @route("GET", "/api/v1/statuses/{status_id}")
    def one(self, request: Request, status_id: str) -> Response:
        self._reader(request)
        return Response(200, self._status(self._living(status_id)))

    @route("GET", "/api/v1/statuses/{status_id}/source")
    def source(self, request: Request, status_id: str) -> Response:
        self.signed_in(request, "read:statuses")
        post = self._living(status_id)
        return Response(200, {"id": post.id, "text": post.text, "spoiler_text": post.warning})

    @route("GET", "/api/v1/statuses/{status_id}/context")
    def context(self, request: Request, status_id: str) -> Response:
        self._reader(request)
        self._living(status_id)
        below: list[Post] = []
        for post in [*self.posts(), *self.comments()]:
            if post.reply_to == status_id or post.reply_to in {one.id for one in below}:
                below.append(post)
        return Response(200, {"ancestors": [], "descendants": [self._status(post) for post in below]})

    @route("DELETE", "/api/v1/statuses/{status_id}")
    def delete(self, request: Request, status_id: str) -> Response:
        token = self.signed_in(request, "write:statuses")
        left, until_s = self.within(token.person.id, "delete", 30, _HALF_HOUR_S)
        if left < 0:
            self.rates[id(request)] = rate(30, left, until_s)
            raise error(429, "Too many requests")
        if not self.deletes:
            raise error(404, "Not Found")
        post = self._living(status_id)
        if post.author != token.person.id:
            raise error(404, "Record not found")
        post.deleted_at_s = self.now_s()
        if request.query.get("delete_media") != "true":
            self._attached -= {picture.id for picture in post.pictures}
        return Response(200, {**self._status(post), "text": post.text})

    @route("GET", "/api/v1/accounts/{account_id}/statuses")
    def listed(self, request: Request, account_id: str) -> Response:
        """Newest first, at most 40, older than `max_id`; who is not signed in as the author sees what is public."""
        reader = self._reader(request)
        is_own = reader is not None and reader.person.id == account_id
        found = [post for post in self.posts() if post.author == account_id]
        is_own = is_own and self.lists_private
        seen = [post for post in found if is_own or post.visibility in ("public", "unlisted")]
        if request.query.get("exclude_replies") == "true":
            seen = [post for post in seen if not post.reply_to]
        return self._page(request, seen)

    @route("GET", "/api/v1/timelines/home")
    def home(self, request: Request) -> Response:
        """All that a person reads, own posts among it; here everybody follows everybody."""
        self.signed_in(request, "read:statuses")
        return self._page(request, sorted([*self.posts(), *self.comments()], key=lambda post: int(post.id)))

    def _page(self, request: Request, found: list[Post]) -> Response:
        if request.query.get("max_id"):
            found = [post for post in found if int(post.id) < int(request.query["max_id"])]
        most = min(40, int(request.query.get("limit", "20")))
        return Response(200, [self._status(post) for post in reversed(found)][:most])

    @route("GET", "/api/v1/scheduled_statuses")
    def scheduled(self, request: Request) -> Response:
        token = self.signed_in(request, "read:statuses")
        self.posts()
        waiting = [post for post in self.kept.values() if not post.is_published and post.author == token.person.id]
        return Response(200, [self._scheduled(post) for post in waiting if post.deleted_at_s is None])

    @route("GET", "/api/v1/scheduled_statuses/{status_id}")
    def one_scheduled(self, request: Request, status_id: str) -> Response:
        self.signed_in(request, "read:statuses")
        return Response(200, self._scheduled(self._waiting(status_id)))

    @route("PUT", "/api/v1/scheduled_statuses/{status_id}")
    def reschedule(self, request: Request, status_id: str) -> Response:
        self.signed_in(request, "write:statuses")
        post, at_s = self._waiting(status_id), self._due(str(fields_of(request).get("scheduled_at")))
        if at_s <= self.now_s() + _FIVE_MINUTES_S:
            raise error(422, "Validation failed: Scheduled at The scheduled date must be in the future")
        post.at_s = at_s
        return Response(200, self._scheduled(post))

    @route("DELETE", "/api/v1/scheduled_statuses/{status_id}")
    def unschedule(self, request: Request, status_id: str) -> Response:
        self.signed_in(request, "write:statuses")
        self._waiting(status_id).deleted_at_s = self.now_s()
        return Response(200, {})

    @route("POST", "/api/v2/media")
    def upload(self, request: Request) -> Response:
        token = self.signed_in(request, "write:media")
        left, until_s = self.within(token.person.id, "media", 30, _HALF_HOUR_S)
        if left < 0:
            self.rates[id(request)] = rate(30, left, until_s)
            raise error(429, "Too many requests")
        parts = request.parts()
        if "file" not in parts or parts["file"].filename is None:
            raise error(422, "Validation failed: File can't be blank")
        mime = mime_of(parts["file"].data)
        if not mime:
            raise error(422, "Validation failed: File content type is invalid")
        alt = parts["description"].data.decode() if "description" in parts else ""
        if len(alt) > 1500:
            raise error(422, "Validation failed: Description is too long (maximum is 1500 characters)")
        picture = Picture(self.fresh_id(), parts["file"].data, mime, token.person.id, self.now_s(), alt)
        self.pictures[picture.id] = picture
        self._waits[picture.id] = self.media_waits
        return Response(202 if self.media_waits else 200, self._attachment(picture))

    @route("GET", "/api/v1/media/{media_id}")
    def media(self, request: Request, media_id: str) -> Response:
        token = self.signed_in(request, "write:media")
        picture = self.pictures.get(media_id)
        if picture is None or picture.owner != token.person.id or media_id in self._attached:
            raise error(404, "Record not found")
        if self.media_fails:
            raise error(422, "Error processing thumbnail for uploaded media")
        if self._waits[media_id]:
            self._waits[media_id] -= 1
            if self._waits[media_id]:
                return Response(206, self._attachment(picture))
        return Response(200, self._attachment(picture))

    def _made(self, token: Token, sent: dict[str, Any], key: str) -> Post:
        text, warning = str(sent.get("status") or ""), str(sent.get("spoiler_text") or "")
        pictures = self._attach(token, [str(one) for one in sent.get("media_ids") or []])
        visibility = sent.get("visibility") or self.default_privacy
        if not text.strip() and not pictures:
            raise error(422, "Validation failed: Text can't be blank")
        if length(warning + text, self.url_length) > self.max_characters:
            raise error(422, f"Validation failed: Text character limit of {self.max_characters} exceeded")
        if visibility not in _VISIBLE:
            raise error(422, "Validation failed: Visibility is not included in the list")
        above = sent.get("in_reply_to_id")
        if above and (above not in self.kept or self.kept[str(above)].deleted_at_s is not None):
            raise error(404, "The post you are trying to reply to does not appear to exist.")
        post = Post(self.fresh_id(), token.person.id, text, self.now_s(), visibility=visibility, sent=sent)
        post.reply_to, post.warning, post.pictures = str(above or ""), warning, pictures
        post.language = str(sent.get("language") or "en")
        post.url = f"{self.url}/@{token.person.handle}/{post.id}"
        if sent.get("scheduled_at") and self.keeps_plans:
            self._plan(post, str(sent["scheduled_at"]))
            post.sent["key"] = key
        self._attached |= {picture.id for picture in pictures}
        return post

    def _plan(self, post: Post, when: str) -> None:
        """What is not five minutes ahead goes out at once, without a word."""
        at_s = self._due(when)
        if at_s <= self.now_s() + _FIVE_MINUTES_S:
            return
        waiting = [one for one in self.kept.values() if not one.is_published and one.deleted_at_s is None]
        own_day = [one for one in waiting if int(one.at_s // _DAY_S) == int(at_s // _DAY_S)]
        if len(waiting) >= 300 or len(own_day) >= 25:
            raise error(422, "Validation failed: You have exceeded the limit of scheduled posts")
        post.at_s, post.is_published = at_s, False

    def _due(self, when: str) -> float:
        try:
            at = datetime.fromisoformat(when)
        except ValueError:
            raise error(422, "Validation failed: Scheduled at is invalid") from None
        return at.replace(tzinfo=at.tzinfo or UTC).timestamp()

    def _attach(self, token: Token, ids: list[str]) -> tuple[Picture, ...]:
        if len(ids) > 4:
            raise error(422, "Validation failed: Cannot attach more than 4 files")
        for one in ids:
            if one not in self.pictures or self.pictures[one].owner != token.person.id or one in self._attached:
                raise error(422, f"Media {one} not found or already attached to another post")
            if self._waits[one] or self.media_fails:
                raise error(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return tuple(self.pictures[one] for one in ids)

    def _reader(self, request: Request) -> Token | None:
        if "authorization" in request.headers or "access_token" in request.query:
            return self.signed_in(request, "read:statuses")
        return None

    def _waiting(self, status_id: str) -> Post:
        self.posts()
        post = self.kept.get(status_id)
        if post is None or post.is_published or post.deleted_at_s is not None:
            raise error(404, "Record not found")
        return post

    def _living(self, status_id: str) -> Post:
        self.posts()
        post = self.kept.get(status_id)
        if post is None or post.deleted_at_s is not None:
            raise error(404, "Record not found")
        return post

    def _readable(self) -> list[Post]:
        """Scheduled ones whose time has come are out, under a name of their own."""
        for post in [one for one in self.kept.values() if not one.is_published and one.deleted_at_s is None]:
            if post.at_s <= self.now_s():
                post.deleted_at_s = post.at_s
                author = next(person for person in self.people if person.id == post.author)
                out = replace(post, id=self.fresh_id(), is_published=True, deleted_at_s=None)
                out.url = f"{self.url}/@{author.handle}/{out.id}"
                self.kept[out.id] = out
        return super()._readable()

    def _answer(self, post: Post) -> Response:
        return Response(200, self._status(post) if post.is_published else self._scheduled(post))

    def _scheduled(self, post: Post) -> dict[str, Any]:
        params = {"text": post.text, "visibility": post.visibility, "spoiler_text": post.warning}
        params["idempotency"] = post.sent.get("key") or None
        shown = [self._attachment(picture) for picture in post.pictures]
        return {"id": post.id, "scheduled_at": iso(post.at_s), "params": params, "media_attachments": shown}

    def _status(self, post: Post) -> dict[str, Any]:
        author = next(person for person in self.people if person.id == post.author)
        replies = sum(1 for one in [*self.posts(), *self.comments()] if one.reply_to == post.id)
        handles = {person.handle for person in self.people}
        return {
            "id": post.id,
            "created_at": iso(post.at_s),
            "in_reply_to_id": post.reply_to or None,
            "sensitive": bool(post.sent.get("sensitive")),
            "spoiler_text": post.warning,
            "visibility": post.visibility,
            "language": post.language or "en",
            "uri": f"{self.url}/users/{author.handle}/statuses/{post.id}",
            "url": post.url,
            "replies_count": replies,
            "reblogs_count": post.counts.get("reblogs", 0),
            "favourites_count": post.counts.get("favourites", 0),
            "quotes_count": post.counts.get("quotes", 0),
            "content": as_html(post.text, self.url, handles),
            "account": self.account(author),
            "media_attachments": [self._attachment(picture) for picture in post.pictures],
            "mentions": [self._mention(name) for name in mentioned(post.text, handles)],
            "tags": [],
            "card": None,
            "reblog": None,
        }

    def _mention(self, handle: str) -> dict[str, str]:
        person = next(person for person in self.people if person.handle == handle)
        return {"id": person.id, "username": handle, "acct": handle, "url": f"{self.url}/@{handle}"}

    def _attachment(self, picture: Picture) -> dict[str, Any]:
        url = None if self._waits.get(picture.id) else f"{self.url}/media_attachments/{picture.id}/original.jpg"
        told = {"id": picture.id, "type": "image", "url": url, "preview_url": url, "description": picture.alt or None}
        return {**told, "meta": {"original": {"width": 64, "height": 48}}, "blurhash": None}
