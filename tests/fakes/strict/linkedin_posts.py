"""LinkedIn's posts, pictures and comments: an empty answer with the id in a header, and no reading back for members.

Duplicates: github.com/Arisamiga/Linkedin-RSS/issues/5 and github.com/ComposioHQ/composio/issues/2710, read 2026-11-22.
"""

from typing import Any
from urllib.parse import quote, unquote

from tests.fakes.strict.linkedin import DAY_S, LinkedInAuth, wrong
from tests.fakes.strict.little_text import readable
from tests.fakes.strict.network import Rejected
from tests.fakes.strict.oauth import Token
from tests.fakes.strict.posts import Picture, Post, mime_of
from tests.fakes.strict.wire import Request, Response, route

_POST_FIELDS = {
    "author": True,
    "commentary": True,
    "visibility": True,
    "distribution": True,
    "lifecycleState": True,
    "isReshareDisabledByAuthor": False,
    "content": False,
    "contentLandingPage": False,
    "contentCallToActionLabel": False,
    "reshareContext": False,
    "container": False,
}
_DISTRIBUTION = {"feedDistribution": True, "targetEntities": False, "thirdPartyDistributionChannels": False}
_ARTICLE = {"source": True, "title": True, "description": False, "thumbnail": False, "thumbnailAltText": False}
_MEDIA = {"id": True, "title": False, "altText": False}
_LONGEST_ALT = 4086
_LONGEST_TEXT = 3000
_LONGEST_COMMENT = 1250
_POSTS_A_DAY = 150


class LinkedIn(LinkedInAuth):
    """`pictures_take_s` is how long a picture is worked on before a post may show it.

    `remembers_texts_s` is how long an identical text is refused, deleted or not (24 to 48 hours were seen).
    """

    pictures_take_s = 0.0
    remembers_texts_s = DAY_S

    @route("POST", "/rest/posts")
    def create(self, request: Request) -> Response:
        token = self.signed_in(request, "partnerApiPostsExternal.CREATE")
        sent = _checked(_json(request), _POST_FIELDS, "")
        self._check_own(token, sent["author"], "author")
        _checked(sent["distribution"], _DISTRIBUTION, "/distribution")
        _one_of(sent["visibility"], ("PUBLIC", "CONNECTIONS", "LOGGED_IN"), "/visibility")
        _one_of(sent["distribution"]["feedDistribution"], ("MAIN_FEED", "NONE"), "/distribution/feedDistribution")
        _one_of(sent["lifecycleState"], ("PUBLISHED", "DRAFT"), "/lifecycleState")
        if not isinstance(sent.get("isReshareDisabledByAuthor", False), bool):
            raise _unfit("/isReshareDisabledByAuthor", "cannot be coerced to Boolean")
        text = _text(sent["commentary"], "/commentary")
        shown = readable(text)
        if _units(shown) > _LONGEST_TEXT:
            raise _unfit("/commentary", f'length of "{text}" is out of range 0...{_LONGEST_TEXT}')
        pictures, link = self._content(token, sent.get("content"))
        if not text.strip() and not pictures and not link:
            raise _unfit("/commentary", "an empty post")
        self._check_new(token, text)
        left, _ = self.within(token.person.id, "post", _POSTS_A_DAY, DAY_S)
        if left < 0:
            raise Rejected(self.too_fast())
        kind = "ugcPost" if len(pictures) > 1 else "share"
        urn = f"urn:li:{kind}:{self.fresh_id()}"
        url = f"https://www.linkedin.com/feed/update/{urn}/"
        is_out = sent["lifecycleState"] == "PUBLISHED"
        made = Post(urn, sent["author"], shown, self.now_s(), url, sent["visibility"], pictures=pictures, link=link)
        made.sent, made.is_published = sent, is_out
        self.kept[urn] = made
        return Response(201, None, {"x-restli-id": urn, "Location": f"/posts/{quote(urn, safe='')}"})

    @route("DELETE", "/rest/posts/{urn}")
    def delete(self, request: Request, urn: str) -> Response:
        """204, and again 204."""
        token = self.signed_in(request, "partnerApiPostsExternal.DELETE")
        if request.headers.get("x-restli-method", "").upper() != "DELETE":
            raise wrong(400, "ILLEGAL_ARGUMENT", "The header X-RestLi-Method must be DELETE")
        post = self.kept.get(_urn_of(urn))
        if post is not None and post.deleted_at_s is None:
            self._check_own(token, post.author, "author")
            post.deleted_at_s = self.now_s()
        return Response(204, None)

    @route("GET", "/rest/posts/{urn}")
    @route("GET", "/rest/socialMetadata/{urn}")
    @route("GET", "/rest/socialActions/{urn}")
    @route("GET", "/rest/socialActions/{urn}/likes")
    @route("GET", "/rest/socialActions/{urn}/comments")
    @route("GET", "/rest/images/{urn}")
    def closed(self, request: Request, urn: str) -> Response:
        """Members cannot read back what they posted, nor how it goes."""
        self.signed_in(request, "")
        _urn_of(urn)
        raise self.denied(f"{request.path.split('/')[2]}.GET")

    @route("GET", "/rest/posts")
    def closed_list(self, request: Request) -> Response:
        self.signed_in(request, "")
        raise self.denied("partnerApiPostsExternal.FINDER-author")

    @route("POST", "/rest/images")
    def upload(self, request: Request) -> Response:
        token = self.signed_in(request, "images.ACTION-initializeUpload")
        if request.query != {"action": "initializeUpload"}:
            raise wrong(400, "ILLEGAL_ARGUMENT", "action is not known")
        sent = _checked(_json(request), {"initializeUploadRequest": True}, "")
        asked = _checked(sent["initializeUploadRequest"], {"owner": True}, "/initializeUploadRequest")
        self._check_own(token, asked["owner"], "owner")
        urn = f"urn:li:image:C4E{self.fresh_id()}"
        self.pictures[urn] = Picture(urn, b"", "", asked["owner"], self.now_s())
        url = f"{self.url}/dms-uploads/{quote(urn, safe='')}/uploaded-image/0?ca=vector_feedshare"
        ends_at = round((self.now_s() + DAY_S) * 1000)
        return Response(200, {"value": {"uploadUrlExpiresAt": ends_at, "uploadUrl": url, "image": urn}})

    @route("PUT", "/dms-uploads/{urn}/uploaded-image/0")
    def put(self, request: Request, urn: str) -> Response:
        """The bytes, in one request, once."""
        self.bearer_of(request)
        picture = self.pictures.get(unquote(urn))
        if picture is None or picture.data or self.now_s() > picture.at_s + DAY_S:
            return Response(403, None)
        mime = mime_of(request.body)
        if mime not in ("image/jpeg", "image/png", "image/gif"):
            return Response(400, None)
        picture.data, picture.mime = request.body, mime
        picture.ready_at_s = self.now_s() + self.pictures_take_s
        return Response(201, None)

    @route("POST", "/rest/socialActions/{urn}/comments")
    def comment(self, request: Request, urn: str) -> Response:
        token = self.signed_in(request, "socialActions.CREATE")
        above = self.kept.get(_urn_of(urn))
        sent = _checked(_json(request), {"actor": True, "object": True, "message": True}, "")
        self._check_own(token, sent["actor"], "actor")
        message = _checked(sent["message"], {"text": True, "attributes": False}, "/message")
        text = _text(message["text"], "/message/text")
        if above is None or above.deleted_at_s is not None:
            raise wrong(404, "NOT_FOUND", "Could not find entity", 0)
        if sent["object"] != above.id:
            raise wrong(400, "ILLEGAL_ARGUMENT", "The object in the body is not the one in the address")
        if not 0 < _units(text) <= _LONGEST_COMMENT:
            raise _unfit("/message/text", f'length of "{text}" is out of range 0...{_LONGEST_COMMENT}')
        number = self.fresh_id()
        made = Post(f"urn:li:comment:({above.id},{number})", sent["actor"], text, self.now_s(), is_comment=True)
        made.reply_to, made.sent = above.id, sent
        self.kept[made.id] = made
        told = {"id": number, "$URN": made.id, "object": above.id, "actor": sent["actor"], "message": message}
        return Response(201, told, {"x-restli-id": number})

    @route("DELETE", "/rest/socialActions/{urn}/comments/{number}")
    def delete_comment(self, request: Request, urn: str, number: str) -> Response:
        token = self.signed_in(request, "socialActions.DELETE")
        self._check_own(token, request.query.get("actor"), "actor")
        made = self.kept.get(f"urn:li:comment:({_urn_of(urn)},{number})")
        if made is not None:
            made.deleted_at_s = self.now_s()
        return Response(204, None)

    def urn_of(self, token: Token) -> str:
        return f"urn:li:person:{token.person.id}"

    def _check_own(self, token: Token, urn: object, field: str) -> None:
        if urn != self.urn_of(token):
            description = f"Unpermitted fields present in REQUEST_BODY: while processing fields [/{field}]"
            raise wrong(403, "ACCESS_DENIED", description, 100)

    def _check_new(self, token: Token, text: str) -> None:
        """An identical text is refused, also after the first was deleted."""
        for post in self.kept.values():
            is_own = post.author == self.urn_of(token) and not post.is_comment
            is_recent = self.now_s() < post.at_s + self.remembers_texts_s
            if text and is_own and is_recent and post.sent["commentary"] == text:
                what = "com.linkedin.content.common.exception.BadRequestResponseException"
                error = {"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}
                told = {"message": f"{what}: Content is a duplicate of {post.id}", "status": 422}
                more = {"errorDetailType": "com.linkedin.common.error.BadRequest"}
                raise Rejected(Response(422, {**more, **told, "errorDetails": {"inputErrors": [error]}}))

    def _content(self, token: Token, content: object) -> tuple[tuple[Picture, ...], dict[str, str]]:
        if content is None:
            return (), {}
        kinds = _checked(content, {"article": False, "media": False, "multiImage": False}, "/content")
        if len(kinds) != 1:
            raise _unfit("/content", "union type must have exactly one member")
        if "article" in kinds:
            article = _checked(kinds["article"], _ARTICLE, "/content/article")
            if not article["source"].startswith(("http://", "https://")):
                raise _unfit("/content/article/source", "is not a URL")
            if "thumbnail" in article:
                self._picture(token, {"id": article["thumbnail"]})
            return (), {name: value for name, value in article.items() if isinstance(value, str)}
        if "media" in kinds:
            return (self._picture(token, _checked(kinds["media"], _MEDIA, "/content/media")),), {}
        many = _checked(kinds["multiImage"], {"images": True, "altText": False}, "/content/multiImage")
        images = many["images"]
        if not isinstance(images, list) or not 2 <= len(images) <= 20:
            raise _unfit("/content/multiImage/images", "size is out of range 2...20")
        checked = [_checked(one, _MEDIA, "/content/multiImage/images") for one in images]
        return tuple(self._picture(token, one) for one in checked), {}

    def _picture(self, token: Token, media: dict[str, Any]) -> Picture:
        picture = self.pictures.get(media["id"])
        if picture is None or picture.owner != self.urn_of(token) or not picture.data:
            raise wrong(400, "INVALID_CONTENT_OWNERSHIP", f"The image {media['id']} was not uploaded by this author")
        if self.now_s() < picture.ready_at_s:
            raise wrong(400, "MEDIA_ASSET_WAITING", f"The image {media['id']} is still being processed")
        alt = _text(media.get("altText", ""), "/content/media/altText")
        if _units(alt) > _LONGEST_ALT:
            raise _unfit("/content/media/altText", f"length is out of range 0...{_LONGEST_ALT}")
        return Picture(picture.id, picture.data, picture.mime, picture.owner, picture.at_s, alt)


def _json(request: Request) -> Any:
    try:
        return request.data()
    except ValueError:
        raise wrong(400, "ILLEGAL_ARGUMENT", "The body is not JSON, or is not said to be") from None


def _checked(data: Any, known: dict[str, bool], where: str) -> dict[str, Any]:
    """The object, when it has what it must (True in `known`) and nothing that nobody knows."""
    if not isinstance(data, dict):
        raise _unfit(where or "/", "is not a record")
    for name in data:
        if name not in known:
            raise _unfit(f"{where}/{name}", "unrecognized field found but not allowed")
    for name, is_needed in known.items():
        if is_needed and name not in data:
            raise _unfit(f"{where}/{name}", "field is required but not found and has no default value")
    return data


def _one_of(value: object, known: tuple[str, ...], where: str) -> None:
    if value not in known:
        raise _unfit(where, f'"{value}" is not an enum symbol')


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _unfit(where, "cannot be coerced to String")
    return value


def _units(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unfit(where: str, why: str) -> Rejected:
    return Rejected(Response(422, {"message": f"ERROR :: {where} :: {why}\n", "status": 422}))


def _urn_of(encoded: str) -> str:
    """The URN of an address; its colons and brackets must be encoded, as Rest.li 2.0 has it."""
    if ":" in encoded or "(" in encoded:
        raise wrong(400, "ILLEGAL_ARGUMENT", "The key in the address is not encoded")
    return unquote(encoded)
