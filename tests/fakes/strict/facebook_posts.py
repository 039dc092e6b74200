"""Facebook's Pages: posts, photos that wait for their post, comments, counts.

By developers.facebook.com/docs/pages-api/posts and docs/graph-api/reference/page/photos; the duplicate by github.com/
facebook-csharp-sdk/facebook-csharp-sdk/issues/119, read 2026-11-22.
"""

from datetime import UTC, datetime
from typing import Any

from tests.fakes.strict.facebook import DAY_S, FacebookAuth
from tests.fakes.strict.graph import listed, refused, sent_fields, wanted_fields
from tests.fakes.strict.network import Clock
from tests.fakes.strict.oauth import Token
from tests.fakes.strict.posts import Person, Picture, Post, mime_of
from tests.fakes.strict.wire import Request, Response, route

_POST_FIELDS = (
    "id",
    "message",
    "created_time",
    "permalink_url",
    "shares",
    "comments",
    "reactions",
    "likes",
    "from",
    "is_published",
    "scheduled_publish_time",
    "attachments",
    "full_picture",
    "status_type",
)
_COMMENT_FIELDS = ("id", "message", "created_time", "from", "permalink_url", "like_count", "comment_count", "parent")
_LONGEST = 63206
_PHOTOS = ("image/jpeg", "image/png", "image/gif")
_LARGEST_PHOTO = 4 * 1024 * 1024


class Facebook(FacebookAuth):
    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._scheduled: set[str] = set()

    def react(self, post_id: str, **counts: int) -> None:
        """From readers: reactions, shares."""
        self.kept[post_id].counts.update(counts)

    def reply_from(self, post_id: str, text: str, person: Person) -> Post:
        number = f"{post_id.partition('_')[2]}_{self.fresh_id()}"
        self.kept[number] = Post(number, person.id, text, self.now_s(), reply_to=post_id, is_comment=True)
        self.kept[number].sent = {"name": person.name}
        return self.kept[number]

    @route("POST", "/{version}/{page_id}/feed")
    def create(self, request: Request, version: str, page_id: str) -> Response:
        self.check_version(version)
        token = self._page_token(request, page_id)
        sent = sent_fields(request)
        text, link = str(sent.get("message") or ""), str(sent.get("link") or "")
        pictures = self._attached(token, sent)
        if not text.strip() and not link and not pictures:
            raise refused(100, "(#100) Missing message or attachment")
        if len(text) > _LONGEST:
            raise refused(100, "(#100) Your message is too long")
        if link and not link.startswith(("http://", "https://")):
            raise refused(100, "(#100) link URL is not properly formatted", error_subcode=1500010)
        self._check_new(token, text, pictures)
        post = Post(f"{token.person.id}_{self.fresh_id()}", token.person.id, text, self.now_s(), sent=sent)
        post.url = f"https://www.facebook.com/{post.id.replace('_', '/posts/')}"
        post.pictures, post.link = pictures, {"source": link} if link else {}
        post.is_published = str(sent.get("published", "true")).lower() not in ("false", "0")
        if sent.get("scheduled_publish_time"):
            if post.is_published:
                raise refused(100, "(#100) You cannot specify a scheduled publish time on a published post")
            post.at_s = self._time_ahead(sent)
            self._scheduled.add(post.id)
        self.kept[post.id] = post
        return Response(200, self._seen(post, str(sent.get("fields") or "id")))

    @route("POST", "/{version}/{page_id}/photos")
    def photo(self, request: Request, version: str, page_id: str) -> Response:
        """Published unless it is said otherwise: then it is a post of its own."""
        self.check_version(version)
        token = self._page_token(request, page_id)
        parts, sent = request.parts(), sent_fields(request)
        if "source" not in parts:
            raise refused(324, "(#324) Requires upload file")
        data = parts["source"].data
        if mime_of(data) not in _PHOTOS:
            raise refused(100, "(#100) Invalid image format", error_subcode=2446496)
        if len(data) > _LARGEST_PHOTO:
            raise refused(1, "Please reduce the amount of data you're asking for", error_subcode=1366046)
        alt = str(sent.get("alt_text_custom") or "")
        picture = Picture(self.fresh_id(), data, mime_of(data), token.person.id, self.now_s(), alt)
        self.pictures[picture.id] = picture
        if str(sent.get("published", "true")).lower() in ("false", "0"):
            return Response(200, {"id": picture.id})
        text = str(sent.get("message") or sent.get("caption") or "")
        post = Post(f"{token.person.id}_{self.fresh_id()}", token.person.id, text, self.now_s(), pictures=(picture,))
        self.kept[post.id] = post
        return Response(200, {"id": picture.id, "post_id": post.id})

    @route("GET", "/{version}/{page_id}/scheduled_posts")
    def waiting(self, request: Request, version: str, page_id: str) -> Response:
        self.check_version(version)
        token = self._page_token(request, page_id, "pages_read_engagement", task=False)
        self.posts()
        fields = request.query.get("fields", "created_time,message")
        found = [self.kept[number] for number in sorted(self._scheduled)]
        told = [self._seen(post, fields) for post in found if post.author == token.person.id]
        return Response(200, {"data": told, "paging": {}})

    @route("POST", "/{version}/{post_id}")
    def change(self, request: Request, version: str, post_id: str) -> Response:
        """Of what waits, the time; until three minutes before."""
        self.check_version(version)
        self._page_token(request, post_id.partition("_")[0])
        self.posts()
        post = self._living(post_id, "post")
        if post.id not in self._scheduled or post.at_s < self.now_s() + 180:
            raise refused(100, "(#100) The post can no longer be rescheduled")
        post.at_s = self._time_ahead(sent_fields(request))
        return Response(200, {"success": True})

    @route("GET", "/{version}/{page_id}/published_posts")
    @route("GET", "/{version}/{page_id}/posts")
    @route("GET", "/{version}/{page_id}/feed")
    def listing(self, request: Request, version: str, page_id: str) -> Response:
        self.check_version(version)
        token = self._page_token(request, page_id, "pages_read_engagement", task=False)
        most = min(100, int(request.query.get("limit", "25")))
        fields = request.query.get("fields", "created_time,message")
        since_s = float(request.query.get("since", "0"))
        found = [post for post in reversed(self.posts()) if post.author == token.person.id and post.at_s >= since_s]
        return Response(200, {"data": [self._seen(post, fields) for post in found[:most]], "paging": {}})

    @route("POST", "/{version}/{post_id}/comments")
    def comment(self, request: Request, version: str, post_id: str) -> Response:
        self.check_version(version)
        token = self._page_token(request, post_id.partition("_")[0], "pages_manage_engagement")
        text = str(sent_fields(request).get("message") or "")
        if not text.strip():
            raise refused(100, "(#100) Missing message or attachment")
        post = self._living(post_id, "post")
        return Response(200, {"id": self.reply_from(post.id, text, token.person).id})

    @route("GET", "/{version}/{post_id}/comments")
    def comments_of(self, request: Request, version: str, post_id: str) -> Response:
        self.check_version(version)
        self._page_token(request, post_id.partition("_")[0], "pages_read_user_content", task=False)
        post = self._living(post_id, "get")
        wanted = {*wanted_fields(request.query.get("fields", "created_time,from,message"), _COMMENT_FIELDS), "id"}
        told = []
        for one in self.comments():
            if one.reply_to == post.id:
                writer = {"id": one.author, "name": one.sent.get("name", "")}
                full = {"id": one.id, "message": one.text, "created_time": _time(one.at_s), "from": writer}
                told.append({name: value for name, value in full.items() if name in wanted})
        return Response(200, {"data": told, "paging": {}})

    @route("GET", "/{version}/{number}")
    def one(self, request: Request, version: str, number: str) -> Response:
        """A post, or a Page."""
        self.check_version(version)
        fields = request.query.get("fields", "")
        page = next((one for one in self.pages if one.id == number), None)
        if page is not None:
            self.signed_in(request)
            return Response(200, self.about(page, fields or "name"))
        self._page_token(request, number.partition("_")[0], "pages_read_engagement", task=False)
        return Response(200, self._seen(self._living(number, "get"), fields or "created_time,message"))

    @route("DELETE", "/{version}/{post_id}")
    def delete(self, request: Request, version: str, post_id: str) -> Response:
        self.check_version(version)
        self.signed_in(request)
        post = self._living(post_id, "delete")
        owner = post.reply_to.partition("_")[0] if post.is_comment else post.author
        self._page_token(request, owner)
        post.deleted_at_s = self.now_s()
        self._scheduled.discard(post.id)
        return Response(200, {"success": True})

    def _readable(self) -> list[Post]:
        """Scheduled ones whose time has come are out."""
        for number in [one for one in self._scheduled if self.kept[one].at_s <= self.now_s()]:
            self.kept[number].is_published = True
            self._scheduled.discard(number)
        return super()._readable()

    def _time_ahead(self, sent: dict[str, Any]) -> float:
        """Unix time, from 10 minutes to 30 days ahead."""
        told = str(sent.get("scheduled_publish_time"))
        ahead_s = float(told) - self.now_s() if told.isdigit() else 0.0
        if not 600 <= ahead_s <= 30 * DAY_S:
            raise refused(100, "(#100) The specified scheduled publish time is invalid.", error_subcode=1363060)
        return float(told)

    def _page_token(self, request: Request, page_id: str, *scopes: str, task: bool = True) -> Token:
        token = self.signed_in(request, *(scopes or ("pages_manage_posts", "pages_read_engagement")))
        if token.kind != "page":
            raise refused(210, "(#210) A page access token is required to request this resource.", 403)
        if page_id not in ("me", token.person.id):
            raise self.missing("post", page_id)
        if task and "CREATE_CONTENT" not in self.tasks:
            message = "(#200) The user must have the CREATE_CONTENT task on the Page"
            raise refused(200, message, 403)
        return token

    def _attached(self, token: Token, sent: dict[str, Any]) -> tuple[Picture, ...]:
        if "attached_media" not in sent:
            return ()
        found = []
        used = {picture.id for post in self.kept.values() for picture in post.pictures}
        for one in listed(sent["attached_media"]):
            number = str(one.get("media_fbid")) if isinstance(one, dict) else ""
            picture = self.pictures.get(number)
            if picture is None or picture.owner != token.person.id or self.now_s() > picture.at_s + DAY_S:
                raise refused(100, "(#100) Invalid parameter: media_fbid", error_subcode=33)
            if number in used:
                raise refused(100, "(#100) Photos were already posted.", error_subcode=1366051)
            found.append(picture)
        return tuple(found)

    def _check_new(self, token: Token, text: str, pictures: tuple[Picture, ...]) -> None:
        recent = [one for one in self.posts() if one.author == token.person.id and self.now_s() < one.at_s + DAY_S]
        if text and not pictures and any(one.text == text and not one.pictures for one in recent):
            why = "This status update is identical to the last one you posted."
            raise refused(506, "Duplicate status message", error_subcode=1455006, error_user_msg=why)

    def _living(self, number: str, method: str) -> Post:
        post = self.kept.get(number)
        if post is None or post.deleted_at_s is not None:
            raise self.missing(method, number)
        return post

    def _seen(self, post: Post, fields: str) -> dict[str, Any]:
        replies = sum(1 for one in self.comments() if one.reply_to == post.id)
        page = next((one for one in self.pages if one.id == post.author), None)
        told: dict[str, Any] = {
            "id": post.id,
            "message": post.text,
            "created_time": _time(post.at_s),
            "permalink_url": post.url,
            "comments": {"data": [], "summary": {"order": "chronological", "total_count": replies}},
            "reactions": {"data": [], "summary": {"total_count": post.counts.get("reactions", 0)}},
            "likes": {"data": [], "summary": {"total_count": post.counts.get("reactions", 0)}},
            "from": {"id": post.author, "name": page.name if page else ""},
            "is_published": post.is_published,
            "scheduled_publish_time": round(post.at_s) if post.id in self._scheduled else "",
        }
        if post.pictures or post.link:
            told["attachments"] = {"data": [_attached(post)]}
        if post.counts.get("shares"):
            told["shares"] = {"count": post.counts["shares"]}  # left out as long as nobody shared it
        wanted = {*wanted_fields(fields, _POST_FIELDS), "id"}
        return {name: value for name, value in told.items() if name in wanted and value != ""}


def _attached(post: Post) -> dict[str, Any]:
    """As in docs/graph-api/reference/story-attachment: a photo, an album with its photos below, or a link."""
    photos = [{"media_type": "photo", "target": {"id": one.id}, "type": "photo"} for one in post.pictures]
    if not photos:
        return {"media_type": "link", "target": {"url": post.link["source"]}, "type": "share"}
    if len(photos) == 1:
        return photos[0]
    return {"media_type": "album", "type": "album", "subattachments": {"data": photos}}


def _time(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
