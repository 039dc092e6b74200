"""Threads' posts: a container first, which takes its time, and then its publishing.

By developers.facebook.com/docs/threads (posts, troubleshooting, reply management, insights, delete posts); the answer
to a container that is not ready: github.com/fbsamples/threads_api/issues/70; a published post has no `status`:
github.com/exileum/meta-mcp/issues/143; read 2026-11-22.
"""

import ipaddress
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.strict.counting import length_on_threads
from tests.fakes.strict.graph import refused, sent_fields, wanted_fields
from tests.fakes.strict.oauth import Token
from tests.fakes.strict.posts import Person, Picture, Post, mime_of
from tests.fakes.strict.threads import DAY_S, ThreadsAuth
from tests.fakes.strict.wire import Request, Response, route

from twohats.networks.writing.links import links_in

_TYPES = ("TEXT", "IMAGE", "VIDEO", "CAROUSEL")
_CONTROLS = ("everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only", "followers_only")
_CONTAINER_FIELDS = ("id", "status", "error_message")
_FIELD_NAMES = (
    "id media_product_type media_type media_url permalink owner username text timestamp shortcode thumbnail_url "
    "children is_quote_post has_replies alt_text link_attachment_url is_reply root_post replied_to hide_status "
    "reply_audience topic_tag"
)
_POST_FIELDS = _FIELD_NAMES.split()
_METRICS = ("views", "likes", "replies", "reposts", "quotes", "shares")
_QUOTAS = {"quota_usage": ("post", 250), "reply_quota_usage": ("reply", 1000), "delete_quota_usage": ("delete", 100)}


@dataclass
class Container:
    """What was made and not yet published. `polls_left`: how often it still answers IN_PROGRESS."""

    id: str
    owner: str
    sent: dict[str, Any]
    made_at_s: float
    polls_left: int
    problem: str = ""
    pictures: tuple[Picture, ...] = ()
    published_as: list[str] = field(default_factory=list)


class Threads(ThreadsAuth):
    """`polls` is how often a container says IN_PROGRESS before it says FINISHED.

    `fetches`: pictures are fetched from where they are said to be, this computer included; otherwise their address is
    only looked at, and must be a public one. `publishes_again`: a container that is published twice makes two posts.
    """

    polls = 1
    fetches = False
    publishes_again = True

    def __init__(self, clock: object) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self.containers: dict[str, Container] = {}

    def react(self, post_id: str, **counts: int) -> None:
        """From readers: views, likes, reposts, quotes, shares."""
        self.kept[post_id].counts.update(counts)

    def reply_from(self, post_id: str, text: str, person: Person) -> Post:
        post = self.kept[post_id]
        made = Post(self.fresh_id(), person.id, text, self.now_s(), reply_to=post.id, root=post.root, is_comment=True)
        made.url = f"https://www.threads.com/@{person.handle}/post/{made.id}"
        self.kept[made.id] = made
        return made

    @route("POST", "/v1.0/{person_id}/threads")
    def create(self, request: Request, person_id: str) -> Response:
        token = self.signed_in(request, "threads_basic", "threads_content_publish")
        self.own_path(token, person_id)
        sent = sent_fields(request)
        kind, text = sent.get("media_type"), str(sent.get("text") or "")
        if kind not in _TYPES:
            raise refused(100, "(#100) The parameter media_type is required")
        if length_on_threads(text) > 500:
            raise refused(100, "(#100) Param text must be at most 500 characters long.")
        if kind == "TEXT" and not text.strip():
            raise refused(100, "(#100) The parameter text is required")
        links = {text[start:end] for start, end in links_in(text)} | {str(sent.get("link_attachment") or "")} - {""}
        if len(links) > 5:
            raise refused(100, "(#100) THREADS_API__LINK_LIMIT_EXCEEDED")
        if sent.get("link_attachment") and kind != "TEXT":
            raise refused(100, "(#100) link_attachment is for TEXT posts only")
        if sent.get("reply_control", "everyone") not in _CONTROLS:
            raise refused(100, "(#100) Param reply_control is not one of the known ones")
        if len(str(sent.get("alt_text") or "")) > 1000:
            raise refused(100, "(#100) Param alt_text must be at most 1000 characters long.")
        if sent.get("reply_to_id"):
            self.signed_in(request, "threads_manage_replies")
            self._living(str(sent["reply_to_id"]))
        made = Container(self.fresh_id(), token.person.id, sent, self.now_s(), self.polls)
        made.pictures, made.problem = self._media(token, sent)
        self.containers[made.id] = made
        if kind == "TEXT" and str(sent.get("auto_publish_text", "")).lower() == "true":
            made.polls_left = 0
            return Response(200, {"id": self._publish(token, made).id})
        return Response(200, {"id": made.id})

    @route("POST", "/v1.0/{person_id}/threads_publish")
    def publish(self, request: Request, person_id: str) -> Response:
        token = self.signed_in(request, "threads_basic", "threads_content_publish")
        self.own_path(token, person_id)
        container = self.containers.get(str(sent_fields(request).get("creation_id", "")))
        if container is None or container.owner != token.person.id:
            raise self._no_media(container.id if container else "")
        state = self._state(container)
        if state == "PUBLISHED" and not self.publishes_again:
            raise self._no_media(container.id)
        if state not in ("FINISHED", "PUBLISHED"):
            raise self._no_media(container.id)
        return Response(200, {"id": self._publish(token, container).id})

    @route("GET", "/v1.0/{person_id}/threads_publishing_limit")
    def quota(self, request: Request, person_id: str) -> Response:
        token = self.signed_in(request, "threads_basic", "threads_content_publish")
        self.own_path(token, person_id)
        told: dict[str, Any] = {}
        for name, (what, most) in _QUOTAS.items():
            now_s = self.now_s()
            used = [at_s for at_s in self._calls.get((token.person.id, what), []) if at_s > now_s - DAY_S]
            told[name] = len(used)
            told[name.replace("quota_usage", "config")] = {"quota_total": most, "quota_duration": 86400}
        wanted = wanted_fields(request.query.get("fields", "quota_usage"), told)
        return Response(200, {"data": [{name: told[name] for name in wanted}]})

    @route("GET", "/v1.0/{person_id}/threads")
    def own(self, request: Request, person_id: str) -> Response:
        """One's own posts, without the replies, newest first."""
        token = self.signed_in(request, "threads_basic")
        self.own_path(token, person_id)
        mine = [post for post in self.posts() if post.author == token.person.id and not post.reply_to]
        return self._listed(request, list(reversed(mine)))

    @route("GET", "/v1.0/{number}/replies")
    def replies(self, request: Request, number: str) -> Response:
        """To a post; of a person those they wrote."""
        token = self.signed_in(request, "threads_basic", "threads_read_replies")
        everything = [*self.posts(), *self.comments()]
        if number in ("me", token.person.id):
            mine = [one for one in everything if one.author == token.person.id and one.reply_to]
            return self._listed(request, list(reversed(mine)))
        post = self._living(number)
        return self._listed(request, [one for one in everything if one.reply_to == post.id])

    @route("GET", "/v1.0/{number}/conversation")
    def conversation(self, request: Request, number: str) -> Response:
        self.signed_in(request, "threads_basic", "threads_read_replies")
        post = self._living(number)
        below = [one for one in [*self.posts(), *self.comments()] if one.root == post.root and one.id != post.id]
        return self._listed(request, below)

    @route("GET", "/v1.0/{number}/insights")
    def insights(self, request: Request, number: str) -> Response:
        self.signed_in(request, "threads_basic", "threads_manage_insights")
        post = self._living(number)
        asked = [one for one in request.query.get("metric", "").split(",") if one]
        if not asked or not set(asked) <= set(_METRICS):
            raise refused(100, f"(#100) metric must be one of the following values: {', '.join(_METRICS)}")
        counts = {**post.counts}
        counts["replies"] = sum(1 for one in [*self.posts(), *self.comments()] if one.reply_to == post.id)
        data = [
            {"name": one, "period": "lifetime", "values": [{"value": counts.get(one, 0)}], "title": one, "id": post.id}
            for one in asked
        ]
        return Response(200, {"data": data})

    @route("GET", "/v1.0/{number}")
    def one(self, request: Request, number: str) -> Response:
        """A container, or a post: each has its own fields."""
        token = self.signed_in(request, "threads_basic")
        fields = request.query.get("fields", "id")
        container = self.containers.get(number)
        if container is None:
            return Response(200, self._seen(self._living(number), fields))
        wanted = {*wanted_fields(fields, _CONTAINER_FIELDS), "id"}
        if container.owner != token.person.id:
            raise self.missing("get", number)
        told = {"id": container.id, "status": self._state(container)}
        if container.problem:
            told["error_message"] = container.problem
        if container.polls_left and "status" in wanted:
            container.polls_left -= 1
        return Response(200, {name: value for name, value in told.items() if name in wanted})

    @route("DELETE", "/v1.0/{number}")
    def delete(self, request: Request, number: str) -> Response:
        token = self.signed_in(request, "threads_basic", "threads_delete")
        post = self._living(number, "delete")
        if post.author != token.person.id:
            raise refused(10, "(#10) Application does not have permission for this action", 403)
        if self.within(token.person.id, "delete", 100, DAY_S)[0] < 0:
            raise refused(4, "(#4) Application request limit reached", error_subcode=2207051)
        post.deleted_at_s = self.now_s()
        return Response(200, {"success": True, "deleted_id": number})

    def _state(self, container: Container) -> str:
        if container.published_as:
            return "PUBLISHED"
        if self.now_s() > container.made_at_s + DAY_S:
            return "EXPIRED"
        if container.polls_left:
            return "IN_PROGRESS"
        return "ERROR" if container.problem else "FINISHED"

    def _publish(self, token: Token, container: Container) -> Post:
        sent = container.sent
        what = "reply" if sent.get("reply_to_id") else "post"
        if self.within(token.person.id, what, 1000 if what == "reply" else 250, DAY_S)[0] < 0:
            raise refused(4, "(#4) Application request limit reached", error_subcode=2207042)
        above = self._living(str(sent["reply_to_id"])) if sent.get("reply_to_id") else None
        post_id = self.fresh_id()
        post = Post(post_id, token.person.id, str(sent.get("text") or ""), self.now_s(), sent=sent)
        post.url = f"https://www.threads.com/@{token.person.handle}/post/{post_id}"
        post.reply_to, post.root = (above.id, above.root) if above else ("", post_id)
        post.pictures = container.pictures
        post.link = {"source": str(sent["link_attachment"])} if sent.get("link_attachment") else {}
        self.kept[post_id] = post
        container.published_as.append(post_id)
        return post

    def _media(self, token: Token, sent: dict[str, Any]) -> tuple[tuple[Picture, ...], str]:
        """The pictures, and what was wrong with them."""
        if sent["media_type"] == "IMAGE":
            return self._picture(token, str(sent.get("image_url") or ""), str(sent.get("alt_text") or ""))
        if sent["media_type"] == "VIDEO":
            raise refused(100, "(#100) This fake takes no videos")
        if sent["media_type"] != "CAROUSEL":
            return (), ""
        children = [self.containers.get(one) for one in str(sent.get("children") or "").split(",")]
        parts = [one for one in children if one and str(one.sent.get("is_carousel_item", "")).lower() == "true"]
        if len(parts) != len(children) or not 2 <= len(parts) <= 20:
            raise refused(100, "(#100) Param children must be the ids of 2 to 20 carousel items")
        if any(self._state(one) != "FINISHED" for one in parts):
            raise self._no_media(parts[0].id)
        return tuple(picture for one in parts for picture in one.pictures), ""

    def _picture(self, token: Token, url: str, alt: str) -> tuple[tuple[Picture, ...], str]:
        if urlsplit(url).scheme not in ("http", "https") or not (self.fetches or _is_public(url)):
            raise refused(100, "(#100) Param image_url is not a public URL", error_subcode=2207052)
        data = b""
        if self.fetches:
            try:
                with urllib.request.urlopen(url, timeout=10) as answer:
                    data = answer.read()
            except (OSError, urllib.error.URLError):
                return (), "FAILED_DOWNLOADING_MEDIA"
            if mime_of(data) not in ("image/jpeg", "image/png"):
                return (), "INVALID_MEDIA_TYPE"
        picture = Picture(url, data, mime_of(data), token.person.id, self.now_s(), alt)
        return (picture,), ""

    def _no_media(self, number: str) -> Exception:
        why = f"The media with id {number} cannot be found."
        more: dict[str, Any] = {"is_transient": False, "error_user_title": "Media Not Found", "error_user_msg": why}
        return refused(24, "The requested resource does not exist", error_subcode=4279009, **more)

    def _living(self, number: str, method: str = "get") -> Post:
        post = self.kept.get(number)
        if post is None or post.deleted_at_s is not None:
            raise self.missing(method, number)
        return post

    def _listed(self, request: Request, found: list[Post]) -> Response:
        most = min(100, int(request.query.get("limit", "25")))
        fields = request.query.get("fields", "id")
        since_s = float(request.query.get("since", "0"))
        found = [post for post in found if post.at_s >= since_s]
        return Response(200, {"data": [self._seen(post, fields) for post in found[:most]], "paging": {}})

    def _seen(self, post: Post, fields: str) -> dict[str, Any]:
        handle = next((person.handle for person in self.people if person.id == post.author), "")
        told: dict[str, Any] = {
            "id": post.id,
            "media_product_type": "THREADS",
            "media_type": {0: "TEXT_POST", 1: "IMAGE"}.get(len(post.pictures), "CAROUSEL_ALBUM"),
            "permalink": post.url,
            "owner": {"id": post.author},
            "username": handle,
            "text": post.text,
            "timestamp": datetime.fromtimestamp(post.at_s, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "shortcode": post.id,
            "is_quote_post": False,
            "has_replies": any(one.reply_to == post.id for one in self.kept.values()),
            "is_reply": bool(post.reply_to),
            "alt_text": post.pictures[0].alt if post.pictures else "",
            "link_attachment_url": post.link.get("source", ""),
        }
        if post.reply_to:
            told |= {"replied_to": {"id": post.reply_to}, "root_post": {"id": post.root}}
        wanted = {*wanted_fields(fields, _POST_FIELDS), "id"}
        return {name: value for name, value in told.items() if name in wanted and value != ""}


def _is_public(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".lan"))
