"""X's posts, pictures and counts. What does not stand in the OpenAPI is refused, as there.

A text comes back as X gives it: addresses shortened to t.co, an address for the pictures behind it, and &, < and > as
entities. Whoever looks for an own post by its text meets that.
"""

import hashlib
import html
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

from tests.fakes.strict.counting import weight_on_x
from tests.fakes.strict.network import Rejected
from tests.fakes.strict.posts import Person, Picture, Post, mime_of
from tests.fakes.strict.wire import Request, Response, route
from tests.fakes.strict.x import NOT_FOUND, XAuth, invalid, only, problem

_POST_FIELDS = {
    "text": str,
    "media": dict,
    "reply": dict,
    "reply_settings": str,
    "made_with_ai": bool,
    "paid_partnership": bool,
    "quote_tweet_id": str,
    "poll": dict,
    "geo": dict,
    "community_id": str,
    "card_uri": str,
    "nullcast": bool,
    "for_super_followers_only": bool,
    "share_with_followers": bool,
    "direct_message_deep_link": str,
    "edit_options": dict,
}
_FIELD_NAMES = (
    "article attachments author_id card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang media_metadata "
    "note_tweet possibly_sensitive public_metrics referenced_tweets reply_settings scopes source text withheld"
)
_KNOWN_FIELDS = frozenset(_FIELD_NAMES.split())
_SETTINGS = ("following", "mentionedUsers", "subscribers", "verified")
_COUNTS = ("like", "reply", "repost", "quote", "bookmark", "impression")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")
_TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see "
    "https://github.com/twitter/twitter-text."
)
_TYPES = ("image/jpeg", "image/png", "image/webp")
_DAY_S = 86400.0


class X(XAuth):
    """`allows_replies` off: even one's own posts cannot be replied to (X does not say how it is, February 2026).

    `metric_names`: "new" (repost_count) or "old" (retweet_count). `deleting_again` is the status for a post that is
    gone already (undocumented).
    """

    allows_replies = True
    metric_names = "new"
    deleting_again = 404

    def react(self, post_id: str, **counts: int) -> None:
        """Likes and the like from readers: like, repost, quote, bookmark, impression."""
        self.kept[post_id].counts.update(counts)

    def reply_from(self, post_id: str, text: str, person: Person) -> Post:
        post = self.kept[post_id]
        made = Post(self.fresh_id(), person.id, text, self.now_s(), reply_to=post.id, root=post.root, is_comment=True)
        self.kept[made.id] = made
        return made

    @route("POST", "/2/tweets")
    def create(self, request: Request) -> Response:
        token = self.signed_in(request, "tweet.read", "tweet.write", "users.read")
        sent = _checked(_json(request), _POST_FIELDS, "")
        self.limit(request, token, "post", 100)
        pictures = self._pictures(sent, token.person)
        text = sent.get("text", "")
        if not text.strip() and not pictures:
            raise invalid("$.text: is missing but it is required", text=text)
        if any(one in text for one in "\ufffe\ufeff\uffff"):
            raise invalid("Your Tweet text contains invalid characters.", text=text)
        if weight_on_x(text) > 280:
            raise invalid(_TOO_LONG, text=text)
        if "reply_settings" in sent and sent["reply_settings"] not in _SETTINGS:
            raise invalid("$.reply_settings: does not have a value in the enumeration", **sent)
        above = self._above(sent, token.person)
        if any(_same(text, post.text) for post in self.posts() if post.author == token.person.id and text):
            raise Rejected(problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."))
        post_id = self.fresh_id()
        self.kept[post_id] = Post(
            post_id,
            token.person.id,
            unicodedata.normalize("NFC", text),
            self.now_s(),
            f"https://x.com/{token.person.handle}/status/{post_id}",
            reply_to=above.id if above else "",
            root=above.root if above else post_id,
            pictures=pictures,
            sent=sent,
        )
        told = {"id": post_id, "text": _served(self.kept[post_id]), "edit_history_tweet_ids": [post_id]}
        return Response(201, {"data": told})

    @route("DELETE", "/2/tweets/{post_id}")
    def delete(self, request: Request, post_id: str) -> Response:
        token = self.signed_in(request, "tweet.read", "tweet.write", "users.read")
        self.limit(request, token, "delete", 50)
        post = self.kept.get(post_id)
        if post is None or post.deleted_at_s is not None:
            gone = {"data": {"deleted": True}} if self.deleting_again == 200 else _missing(post_id)
            return Response(self.deleting_again, gone)
        if post.author != token.person.id:
            raise Rejected(problem(403, "Forbidden", "You are not authorized to delete this Tweet."))
        post.deleted_at_s = self.now_s()
        return Response(200, {"data": {"deleted": True}})

    @route("GET", "/2/tweets/{post_id}")
    def one(self, request: Request, post_id: str) -> Response:
        token = self.signed_in(request, "tweet.read", "users.read")
        fields = _fields(only(request, "tweet.fields", "expansions", "media.fields", "user.fields"))
        self.limit(request, token, "read post", 900)
        post = self.kept.get(post_id)
        if post is None or post.deleted_at_s is not None:
            return Response(200, _missing(post_id))  # 200, with errors and without data: so it is there
        return Response(200, {"data": self._seen(post, fields)})

    @route("GET", "/2/users/{user_id}/tweets")
    def timeline(self, request: Request, user_id: str) -> Response:
        self.signed_in(request, "tweet.read", "users.read")
        asked = only(
            request,
            *("max_results", "exclude", "since_id", "until_id", "start_time", "end_time", "pagination_token"),
            *("tweet.fields", "expansions", "media.fields", "user.fields"),
        )
        found = [post for post in self.posts() if post.author == user_id]
        if "replies" in asked.get("exclude", ""):
            found = [post for post in found if not post.reply_to]
        return self._listed(found, asked, 5)

    @route("GET", "/2/users/{user_id}/mentions")
    def mentions(self, request: Request, user_id: str) -> Response:
        self.signed_in(request, "tweet.read", "users.read")
        asked = only(request, "max_results", "since_id", "tweet.fields", "expansions", "user.fields")
        own = {post.id for post in self.kept.values() if post.author == user_id}
        return self._listed([post for post in self.comments() if post.reply_to in own], asked, 5)

    @route("GET", "/2/tweets/search/recent")
    def search(self, request: Request) -> Response:
        """Of the last seven days, by conversation alone."""
        self.signed_in(request, "tweet.read", "users.read")
        asked = only(request, "query", "max_results", "since_id", "tweet.fields", "expansions", "user.fields")
        if not re.fullmatch(r"conversation_id:\d+", asked.get("query", "")):
            raise invalid("This fake searches for conversations alone.", query=asked.get("query", ""))
        root = asked["query"].partition(":")[2]
        found = [post for post in self.posts() + self.comments() if post.root == root and post.id != root]
        return self._listed([post for post in found if post.at_s > self.now_s() - 7 * _DAY_S], asked, 10)

    @route("POST", "/2/media/upload")
    def upload(self, request: Request) -> Response:
        token = self.signed_in(request, "media.write")
        only(request)
        parts = request.parts()
        for name in parts:
            if name not in ("media", "media_category", "media_type", "additional_owners", "shared"):
                raise invalid(f"$.{name}: is not defined in the schema and additional properties are not allowed")
        if "media" not in parts or "media_category" not in parts:
            raise invalid("$.media_category and $.media are required but they are missing")
        if parts["media_category"].data.decode() not in ("tweet_image", "dm_image", "subtitles"):
            raise invalid("$.media_category: does not have a value in the enumeration")
        data = parts["media"].data
        mime = mime_of(data)
        if mime not in _TYPES or len(data) > 5 * 1024 * 1024:
            raise invalid("media type unrecognized, or the file is larger than 5242880 bytes")
        self.limit(request, token, "upload", 500)
        picture = Picture(self.fresh_id(), data, mime, token.person.id, self.now_s())
        self.pictures[picture.id] = picture
        told = {"id": picture.id, "media_key": f"3_{picture.id}", "size": len(data), "expires_after_secs": 86400}
        return Response(200, {"data": {**told, "image": {"image_type": mime, "w": 64, "h": 48}}})

    @route("POST", "/2/media/metadata")
    def describe(self, request: Request) -> Response:
        token = self.signed_in(request, "media.write")
        sent = _checked(_json(request), {"id": str, "metadata": dict}, "")
        alt = _checked(sent.get("metadata", {}), {"alt_text": dict}, "metadata.").get("alt_text", {})
        text = _checked(alt, {"text": str}, "metadata.alt_text.").get("text", "")
        picture = self._own_picture(sent.get("id", ""), token.person)
        if not 0 < len(text) <= 1000:
            raise invalid("$.metadata.alt_text.text: may only be 1000 characters long")
        picture.alt = text
        return Response(200, {"data": {"id": picture.id, "associated_metadata": {"alt_text": {"text": text}}}})

    def _pictures(self, sent: dict[str, Any], person: Person) -> tuple[Picture, ...]:
        media = _checked(sent.get("media", {}), {"media_ids": list, "tagged_user_ids": list}, "media.")
        ids = media.get("media_ids", [])
        if "media" in sent and not 1 <= len(ids) <= 4:
            raise invalid("$.media.media_ids: there must be between 1 and 4 items in the array")
        found = [self._own_picture(one, person) for one in ids]
        return tuple(Picture(p.id, p.data, p.mime, p.owner, p.at_s, p.alt) for p in found)

    def _own_picture(self, number: object, person: Person) -> Picture:
        picture = self.pictures.get(number) if isinstance(number, str) else None
        if picture is None or picture.owner != person.id or self.now_s() > picture.at_s + _DAY_S:
            raise invalid("Your media IDs are invalid.", **{"media.media_ids": number})
        return picture

    def _above(self, sent: dict[str, Any], person: Person) -> Post | None:
        names = {"in_reply_to_tweet_id": str, "exclude_reply_user_ids": list, "auto_populate_reply_metadata": bool}
        if "reply" not in sent:
            return None
        number = _checked(sent["reply"], names, "reply.").get("in_reply_to_tweet_id", "")
        post = self.kept.get(number)
        if post is None or post.deleted_at_s is not None:
            why = "You attempted to reply to a Tweet that is deleted or not visible to you."
            raise Rejected(problem(403, "Forbidden", why))
        mentions_me = f"@{person.handle}" in post.text
        if not self.allows_replies or (post.author != person.id and not mentions_me):
            why = "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged."
            raise Rejected(problem(403, "Forbidden", why))
        return post

    def _listed(self, found: list[Post], asked: dict[str, str], fewest: int) -> Response:
        if "since_id" in asked:
            found = [post for post in found if int(post.id) > int(asked["since_id"])]
        if "start_time" in asked:
            since_s = self._moment_s(asked["start_time"])
            found = [post for post in found if post.at_s >= since_s]
        most = int(asked.get("max_results", "10"))
        if not fewest <= most <= 100:
            raise invalid(f"The `max_results` query parameter value [{most}] is not between {fewest} and 100")
        fields = _fields(asked)
        shown = sorted(found, key=lambda post: int(post.id), reverse=True)[:most]
        if not shown:
            return Response(200, {"meta": {"result_count": 0}})
        body: dict[str, Any] = {"data": [self._seen(post, fields) for post in shown]}
        if "author_id" in asked.get("expansions", ""):
            people = [person for person in self.people if person.id in {post.author for post in shown}]
            body["includes"] = {"users": [self.user(person) for person in people]}
        meta = {"result_count": len(shown), "newest_id": shown[0].id, "oldest_id": shown[-1].id}
        more = {"next_token": "7140dibdnow9c7btw482rrbf8t"} if len(found) > most else {}
        return Response(200, {**body, "meta": {**meta, **more}})

    def _moment_s(self, told: str) -> float:
        """A start_time, in seconds since 1970: whole seconds, UTC, and not in the future."""
        try:
            moment_s = datetime.strptime(told, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
        except ValueError:
            raise invalid(
                "The `start_time` query parameter value is not an RFC3339 date-time", start_time=told
            ) from None
        if moment_s > self.now_s() - 10:
            raise invalid("'start_time' must be a minimum of 10 seconds prior to the request time.", start_time=told)
        return moment_s

    def _seen(self, post: Post, fields: set[str]) -> dict[str, Any]:
        counts = {f"{name}_count": post.counts.get(name, 0) for name in _COUNTS}
        counts["reply_count"] = sum(1 for one in self.posts() + self.comments() if one.reply_to == post.id)
        if self.metric_names == "old":
            counts["retweet_count"] = counts.pop("repost_count")
        links = [{"url": _short(link), "expanded_url": link} for link in _LINK.findall(post.text)]
        at = datetime.fromtimestamp(post.at_s, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        more: dict[str, Any] = {
            "author_id": post.author,
            "conversation_id": post.root,
            "created_at": at,
            "public_metrics": counts,
            "entities": {"urls": links},
            "lang": "en",
            "attachments": {"media_keys": [f"3_{picture.id}" for picture in post.pictures]},
        }
        if post.reply_to:
            more["referenced_tweets"] = [{"type": "replied_to", "id": post.reply_to}]
            more["in_reply_to_user_id"] = self.kept[post.reply_to].author
        shown = {name: value for name, value in more.items() if name in fields}
        return {"id": post.id, "text": _served(post), "edit_history_tweet_ids": [post.id], **shown}


def _json(request: Request) -> Any:
    try:
        return request.data()
    except ValueError:
        raise invalid("The request body is not JSON, or is not said to be.") from None


def _checked(data: Any, known: dict[str, type], where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise invalid(f"$.{where.rstrip('.')}: is not an object")
    for name, value in data.items():
        if name not in known:
            raise invalid(
                f"$.{where}{name}: is not defined in the schema and the schema does not allow additional properties",
                **{f"{where}{name}": value},
            )
        if not isinstance(value, known[name]):
            raise invalid(f"$.{where}{name}: {type(value).__name__} found, {known[name].__name__} expected")
    return data


def _fields(asked: dict[str, str]) -> set[str]:
    fields = set(asked.get("tweet.fields", "id").split(","))
    if not fields <= _KNOWN_FIELDS:
        raise invalid("The `tweet.fields` query parameter value is not one of the known ones", **asked)
    return fields


def _missing(post_id: str) -> dict[str, Any]:
    told = {"value": post_id, "detail": f"Could not find tweet with id: [{post_id}].", "title": "Not Found Error"}
    more = {"resource_type": "tweet", "parameter": "id", "resource_id": post_id, "type": NOT_FOUND}
    return {"errors": [{**told, **more}]}


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).strip() == other.strip()


def _short(link: str) -> str:
    return f"https://t.co/{hashlib.sha256(link.encode()).hexdigest()[:10]}"


def _served(post: Post) -> str:
    text = _LINK.sub(lambda found: _short(found.group()), post.text)
    shown = html.escape(text, quote=False)
    return f"{shown} {_short(post.id)}".strip() if post.pictures else shown
