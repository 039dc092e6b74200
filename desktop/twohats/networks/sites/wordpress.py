"""WordPress: posts by its REST interface, with an application password.

Never a second post: WordPress has no idempotency key, but it lets us choose a slug and a date. A post is ours when its
slug ends in our mark, or when slug and date are those that were approved. Before every sending we look; after a lost
answer `find` looks the same way. The marked slug is kept for when the plain one is taken, or when the site's clock is
behind ours (it would make our date a future one, and the post a scheduled one). A planned post bears the date of its
time, and where it was moved, all dates that it may have been sent with are looked for.
"""

import calendar
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import (
    BadInput,
    NetworkError,
    OutcomeUnknown,
    Refused,
    SignedOut,
    Unreachable,
)
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Reactions, Reply, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, RenderedPicture, Rendition, link_to_come
from twohats.networks.connect_wordpress import ask_in_browser, revoke
from twohats.networks.dry_run import dry_run
from twohats.networks.http import Answer, Upload, host_of
from twohats.networks.limits import limits_of
from twohats.networks.markdown import html_with_pictures
from twohats.networks.own_schedule import dates_of, out, planned_for, unfit, waiting
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.slugs import slug_of
from twohats.networks.tools import NetworkTools
from twohats.networks.wire_text import sendable, sendable_line, sendable_tags
from twohats.networks.wordpress_site import Api, discover, login_of

_POST_FIELDS = "id,author,slug,status,link,date_gmt"
_COMMENT_FIELDS = "author_name,content,link,date_gmt"
_RECENT = "20"
_FUTURE, _OUT = "future", "publish"


def make(tools: NetworkTools) -> "WordPress":
    """Entry point of the group twohats.networks."""
    return WordPress(tools)


class WordPress:
    """`account.settings`: "site_url", "api_root", "login", "user_id"; "featured" = "yes" makes the first picture the
    post's featured one. The secret is "login:application password"."""

    name = "wordpress"
    needs_secret = True
    more_secrets = ()
    ways = (
        Way("browser", (Ask("site_url"),), comes_back=True),
        Way("paste", (Ask("site_url"), Ask("login"), Ask("password", is_secret=True))),
    )

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """The post as WordPress will get it; `at` is the date it will bear.

        payload: title, content, excerpt, slug, status, date_gmt, "tags" and "featured" (names). Pictures are pointed to
        by name in the content, until the site gives them an address.
        """
        text, title = sendable(draft.text), sendable_line(draft.title)
        tags, excerpt = sendable_tags(draft.tags), sendable_line(draft.excerpt)
        pictures = tuple(
            RenderedPicture(media.public_name(number), media.digest, media.mime, sendable_line(media.alt))
            for number, media in enumerate(draft.media, 1)
        )
        html = html_with_pictures(text, pictures)
        featured = pictures[0].name if pictures and account.settings.get("featured") == "yes" else ""
        return Rendition(
            account_id=account.id,
            network=self.name,
            title=title,
            html=html,
            payload={
                "title": _as_words(title),
                "content": _without_shortcodes(html),
                "excerpt": _as_words(excerpt),
                "tags": json.dumps(tags, ensure_ascii=False),
                "slug": slug_of(title, text, limits_of(self.name)["slug"]["bytes"]),
                "status": "publish",
                "date_gmt": _date_in(at),
                "featured": featured,
            },
            pictures=pictures,
            tags=tags,
            excerpt=excerpt,
            count=Count(len(text)),
            problems=() if text.strip() or pictures else ("empty",),
        )

    def gives_links(self, account: Account) -> bool:
        """Each post has an address, on a site that says where it is."""
        return bool(account.settings.get("site_url"))

    def link_to_come(self, rendition: Rendition, account: Account) -> str:
        """As long as by the usual settings: with the day, the slug, and our mark."""
        root = account.settings["site_url"].rstrip("/")
        address = f"{root}/2026/11/22/{quote(rendition.payload['slug'])}-{_mark_of('')}/"
        return link_to_come(root, len(address))

    def link_of(self, receipt: Receipt, account: Account, longest: int) -> str:
        """Where the site's own address is too long, the short one, which leads there on every site."""
        root = account.settings.get("site_url", "").rstrip("/")
        known = [receipt.url] if receipt.url.startswith(("https://", "http://")) else []
        if receipt.remote_id and root:
            known.append(f"{root}/?p={receipt.remote_id}")
        return next((link for link in map(_plain_link, known) if len(link) <= longest), "")

    def verify(self, login: Login) -> Profile:
        """Who signs in, and whether they may publish. `account.settings["site_url"]` may be as a person typed it.

        Raises SignedOut("login_refused"), Refused("may_not_publish"), and what `discover` raises."""
        http, secret = self._tools.http, login_of(login.secret)
        site = discover(http, login.account.settings.get("site_url", ""), secret)
        answer = http.read(Api(http, site.api_root, secret).url("users/me"), login=secret, params={"context": "edit"})
        if answer.status == 401:
            raise SignedOut("login_refused", host=host_of(site.home))
        answer.require_success()
        me = _table(answer)
        may = me.get("capabilities")
        if isinstance(may, dict) and not may.get("publish_posts"):
            raise Refused("may_not_publish", host=host_of(site.home))
        name = unescape(str(me.get("name") or secret.name))
        settings = {
            "site_url": site.home,
            "api_root": site.api_root,
            "login": secret.name,
            "user_id": str(me.get("id") or ""),
            "site_title": site.title,
        }
        return Profile(name=name, handle=secret.name, url=site.home, settings=tuple(settings.items()))

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Consent on the site's own page, or an application password that was copied from there."""
        if way == "browser":
            return (ask_in_browser(given["site_url"], browser, self._tools.http),)
        return (Grant(settings={"site_url": given["site_url"]}, secret=f"{given['login']}:{given['password']}"),)

    def renew(self, login: Login) -> None:
        """An application password does not end."""

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal | None = None) -> Receipt:
        """Looks, sends pictures and tags, then the post. OutcomeUnknown comes from the post alone: what goes before it
        is looked up again by the next try."""
        api = _api(self._tools, login)
        mark = _mark_of(key)
        dates, until = _dates_of(rendition, journal), planned_for(journal)
        with safe_to_repeat():
            seen = _look(api, rendition, mark, login, dates)
            if seen.ours:
                return self._receipt(seen.ours, until=until)
            pictures = [self._uploaded(api, picture, mark) for picture in rendition.pictures]
            tags, left_out = _tag_ids(api, json.loads(rendition.payload["tags"]))
        body = _body({**rendition.payload, "date_gmt": dates[-1]}, seen, mark, pictures, tags, is_planned=bool(until))
        try:
            answer = api.write("POST", "posts", json=body)
            if answer.reason() == "rest_cannot_assign_term":
                left_out = tuple(json.loads(rendition.payload["tags"]))
                answer = api.write("POST", "posts", json={**body, "tags": []})
            answer.require_success()
        except (Refused, SignedOut):
            _remove(api, [picture.id for picture in pictures])
            raise
        return self._receipt(_post(_table(answer), answer), left_out, until)

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """What `publish` would send."""
        return dry_run(make, self._tools, rendition, account, key, journal)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal | None = None) -> Receipt | None:
        """Looks for the post as `publish` does. Raises OutcomeUnknown when the site does not let us see."""
        try:
            seen = _look(_api(self._tools, login), rendition, _mark_of(key), login, _dates_of(rendition, journal))
            return self._receipt(seen.ours, until=planned_for(journal)) if seen.ours else None
        except NetworkError as problem:
            lost = OutcomeUnknown(problem.code, **problem.facts)
        raise lost

    def unfit_to_keep(self, rendition: Rendition, account: Account, at: datetime, now: datetime) -> str:
        """WordPress keeps every post until its date, however far away."""
        return unfit(self.name, at, now)

    def replan(self, rendition: Rendition, receipt: Receipt, login: Login, at: datetime) -> Receipt:
        """Gives a post that waits there another date."""
        api = _api(self._tools, login)
        if self._published(api, receipt) is not None:
            raise Refused("out_already", host=host_of(api.root))
        with safe_to_repeat():
            answer = api.write("POST", f"posts/{receipt.remote_id}", json={"date_gmt": _date_in(at), "status": _FUTURE})
            answer.require_success()
            post = _post(_table(answer), answer)
        if post.status != _FUTURE:
            raise OutcomeUnknown("answer_unreadable", host=host_of(api.root))
        return waiting(receipt, at)

    def came_out(self, rendition: Rendition, receipt: Receipt, login: Login) -> Receipt | None:
        """Sites publish when somebody visits them after that time; one that nobody visits goes on waiting."""
        out_now = self._published(_api(self._tools, login), receipt)
        return out(receipt, out_now.link, self._tools.clock()) if out_now else None

    def revoke(self, login: Login) -> None:
        """Has the site forget the application password."""
        revoke(login, self._tools.http)

    def delete(self, receipt: Receipt, login: Login) -> None:
        """Puts the post into the site's trash, and deletes the pictures that came with it: their addresses would go on
        showing them. What is gone already is fine."""
        if not receipt.remote_id.isdigit():
            raise BadInput("receipt_wrong")
        api = _api(self._tools, login)
        with safe_to_repeat():
            try:
                content = _table(api.read(f"posts/{receipt.remote_id}", context="edit", _fields="content"))
            except Refused as problem:
                if problem.code != "not_there":
                    raise
                return
            answer = api.write("DELETE", f"posts/{receipt.remote_id}")
            if answer.reason() == "rest_trash_not_supported":
                answer = api.write("DELETE", f"posts/{receipt.remote_id}", force="true")
            if answer.status not in (404, 410):
                answer.require_success()
            raw = content.get("content")
            _remove_own(api, str(raw.get("raw") or "") if isinstance(raw, dict) else "")

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Comments that readers can see. WordPress itself knows no likes."""
        if not receipt.remote_id.isdigit():
            raise BadInput("receipt_wrong")
        asked = {"post": receipt.remote_id, "order": "desc", "per_page": _RECENT, "_fields": _COMMENT_FIELDS}
        answer = _api(self._tools, login).read("comments", **asked)
        total = answer.headers.get("x-wp-total", "")
        replies = tuple(reversed([reply for table in _tables(answer) if (reply := _reply(table))]))
        return Reactions(reply_count=int(total) if total.isdigit() else len(replies), replies=replies)

    def _published(self, api: Api, receipt: Receipt) -> "_Post | None":
        """The post if it is out, None while it waits. Raises Refused("gone_there") when it is neither."""
        if not receipt.remote_id.isdigit():
            raise BadInput("receipt_wrong")
        try:
            answer = api.read(f"posts/{receipt.remote_id}", context="edit", _fields=_POST_FIELDS)
        except Refused as problem:
            if problem.code != "not_there":
                raise
            raise Refused("gone_there", host=host_of(api.root)) from None
        post = _post(_table(answer), answer)
        if post.status not in (_FUTURE, _OUT):
            raise Refused("gone_there", host=host_of(api.root))
        return post if post.status == _OUT else None

    def _receipt(self, post: "_Post", left_out: Sequence[str] = (), until: datetime | None = None) -> Receipt:
        """Notes are codes, each with what it is about: "tags_left_out: rest, sleep"."""
        notes = []
        if left_out:
            notes.append(f"tags_left_out: {', '.join(left_out)}")
        if post.status == _FUTURE and until is None:
            notes.append(f"appears_later: {post.date_gmt}")
        receipt = Receipt(str(post.id), post.link, self._tools.clock(), "\n".join(notes))
        return waiting(receipt, until) if post.status == _FUTURE and until else receipt

    def _uploaded(self, api: Api, picture: RenderedPicture, mark: str) -> "_Picture":
        """The picture on the site; one that an earlier try brought there is not sent again."""
        place = PurePosixPath(picture.name)
        stem = f"{place.stem}-{mark}"
        for found in _tables(api.read("media", slug=stem, context="edit", _fields="id,source_url")):
            return _picture(picture, found)
        file = Upload(f"{stem}{place.suffix}", self._tools.picture(picture), picture.mime)
        answer = api.write("POST", "media", fields={"alt_text": picture.alt}, file=file)
        if answer.reason().startswith("rest_upload") or answer.status == 413:
            raise Refused("picture_refused", name=picture.name)
        if answer.status == 403:
            raise Refused("pictures_not_allowed", host=host_of(api.root))
        answer.require_success()
        return _picture(picture, _table(answer))


@dataclass(frozen=True, slots=True)
class _Post:
    id: int
    author: str
    slug: str
    status: str
    link: str
    date_gmt: str


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture of the post on the site: its name in the content, and its number and address there."""

    name: str
    id: int
    url: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look showed: our post if it is there, whether another has our slug, the site's clock (seconds)."""

    ours: _Post | None
    is_slug_taken: bool
    server_time_s: float | None


def _api(tools: NetworkTools, login: Login) -> Api:
    root = login.account.settings.get("api_root", "")
    if not root:
        raise BadInput("account_incomplete")
    return Api(tools.http, root, login_of(login.secret))


def _plain_link(link: str) -> str:
    """An address in the signs that every network takes for one."""
    return quote(link, safe="/:?#[]@!$&'()*+,;=%~")


def _mark_of(key: str) -> str:
    """What our post's slug ends in when the plain slug will not do."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def _look(api: Api, rendition: Rendition, mark: str, login: Login, dates: Sequence[str]) -> _Seen:
    """`dates` are those that the post may have been sent with."""
    slug = rendition.payload["slug"]
    user_id = login.account.settings.get("user_id", "")
    asked = {"status": "any", "_fields": _POST_FIELDS}
    # Our own newest: a slug may have been changed on arrival, when somebody's draft that we may not see holds it.
    own = {"author": user_id} if user_id else {}
    recent = _posts(_asked_as_owner(api, context="edit", orderby="id", order="desc", per_page=_RECENT, **own, **asked))
    ours = [p for p in recent if p.slug.endswith(f"-{mark}") or (p.date_gmt in dates and p.slug.startswith(slug))]
    # Then whoever has our slug, however long ago. Not for editing: that would leave out what others wrote.
    answer = api.read("posts", slug=f"{slug},{slug}-{mark}", **asked)
    named = _posts(answer)
    ours += [p for p in named if p.slug.endswith(f"-{mark}") or (p.date_gmt in dates and user_id in ("", p.author))]
    return _Seen(ours[0] if ours else None, bool(named), answer.server_time_s())


def _asked_as_owner(api: Api, **params: str) -> Answer:
    """A list of posts of any status. A login that is no longer good gets 400 for the status before any 401."""
    answer = api.http.read(api.url("posts"), login=api.login, params=params)
    if answer.status == 400 and answer.reason() == "rest_invalid_param":
        data = _table(answer).get("data")
        invalid = data.get("params") if isinstance(data, dict) else None
        if isinstance(invalid, dict) and "status" in invalid:
            raise SignedOut("signed_out", host=host_of(api.root))
    answer.require_success()
    return answer


def _posts(answer: Answer) -> list[_Post]:
    return [_post(table, answer) for table in _tables(answer)]


def _body(
    payload: Mapping[str, str],
    seen: _Seen,
    mark: str,
    pictures: Sequence[_Picture],
    tags: Sequence[int],
    *,
    is_planned: bool = False,
) -> dict[str, object]:
    """The request's body: what was approved, with addresses of pictures and numbers of tags filled in. A planned one
    waits there for its date."""
    content = payload["content"]
    for picture in pictures:
        placed = f'<img class="wp-image-{picture.id}" src="{escape(picture.url)}"'
        content = content.replace(f'<img src="{escape(picture.name)}"', placed)
    body: dict[str, object] = {
        "title": payload["title"],
        "content": content,
        "excerpt": payload["excerpt"],
        "status": _FUTURE if is_planned else payload["status"],
        "slug": payload["slug"],
        "date_gmt": payload["date_gmt"],
        "tags": list(tags),
    }
    featured = [picture.id for picture in pictures if picture.name == payload["featured"]]
    if featured:
        body["featured_media"] = featured[0]
    if not is_planned and _is_ahead(payload["date_gmt"], seen.server_time_s):
        del body["date_gmt"]
        body["slug"] = f"{payload['slug']}-{mark}"
    elif seen.is_slug_taken:
        body["slug"] = f"{payload['slug']}-{mark}"
    return body


def _dates_of(rendition: Rendition, journal: Journal | None) -> tuple[str, ...]:
    """The dates that this post may bear there, as WordPress writes them; the one to send last."""
    return (rendition.payload["date_gmt"], *map(_date_in, dates_of(journal)))


def _date_in(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _is_ahead(date_gmt: str, server_time_s: float | None) -> bool:
    """Whether the site would take the date for a future one; a site that hides its clock might."""
    if server_time_s is None:
        return True
    date_s = calendar.timegm(datetime.strptime(date_gmt, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC).utctimetuple())
    return bool(date_s > server_time_s + limits_of("wordpress")["clock"]["ahead_s"])


def _tag_ids(api: Api, names: Iterable[str]) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of tags, made where they were missing; and the names that the account may not make."""
    ids: list[int] = []
    left_out: list[str] = []
    for name in names:
        number = _tag_id(api, name)
        if number is None:
            left_out.append(name)
        else:
            ids.append(number)
    return ids, tuple(left_out)


def _tag_id(api: Api, name: str) -> int | None:
    if len(name) > limits_of("wordpress")["tag"]["characters"]:
        return None
    for table in _tables(api.read("tags", search=name, per_page="100", _fields="id,name")):
        if unescape(str(table.get("name"))).casefold() == name.casefold():
            return _number(table)
    answer = api.write("POST", "tags", json={"name": _as_words(name)})
    if answer.reason() == "term_exists":
        data = _table(answer).get("data")
        return _number({"id": data.get("term_id")}) if isinstance(data, dict) else None
    if answer.status in (400, 403):
        return None
    answer.require_success()
    return _number(_table(answer))


def _remove_own(api: Api, content: str) -> None:
    """Deletes the pictures in a post that we brought there; others may be used elsewhere."""
    ids = [int(part.split('"', 1)[0].split(" ", 1)[0]) for part in content.split("wp-image-")[1:] if part[:1].isdigit()]
    for number in ids:
        try:
            slug = str(_table(api.read(f"media/{number}", context="edit", _fields="slug")).get("slug"))
        except Refused:
            continue
        if _is_own_picture(slug):
            answer = api.write("DELETE", f"media/{number}", force="true")
            if answer.status not in (404, 410):
                answer.require_success()


def _is_own_picture(slug: str) -> bool:
    match slug.split("-"):
        case ["image", number, mark, *_]:
            return number.isdigit() and len(mark) == 8
        case _:
            return False


def _remove(api: Api, ids: Iterable[int]) -> None:
    """Takes pictures back whose post was refused; what cannot be taken back is found again by the next try."""
    for number in ids:
        try:
            api.write("DELETE", f"media/{number}", force="true")
        except NetworkError:
            return


def _post(table: Mapping[str, Any], answer: Answer) -> _Post:
    number = _number(table)
    if number is None:
        lost = OutcomeUnknown if answer.was_write else Unreachable
        raise lost("answer_unreadable", host=host_of(answer.url))
    return _Post(
        id=number,
        author=str(table.get("author") or ""),
        slug=unquote(str(table.get("slug") or "")),
        status=str(table.get("status") or ""),
        link=str(table.get("link") or ""),
        date_gmt=str(table.get("date_gmt") or ""),
    )


def _reply(table: Mapping[str, Any]) -> Reply | None:
    content = table.get("content")
    html = str(content.get("rendered") or "") if isinstance(content, dict) else ""
    words = unescape(re.sub(r"<[^>]*>", " ", html))
    try:
        at = datetime.fromisoformat(str(table.get("date_gmt"))).replace(tzinfo=UTC)
    except ValueError:
        return None
    author = unescape(str(table.get("author_name") or ""))
    return Reply(author, " ".join(words.split()), str(table.get("link") or ""), at)


def _picture(picture: RenderedPicture, table: Mapping[str, Any]) -> _Picture:
    number, url = _number(table), table.get("source_url")
    if number is None or not isinstance(url, str):
        raise Unreachable("answer_unreadable", host="")
    return _Picture(picture.name, number, url)


def _number(table: Mapping[str, Any]) -> int | None:
    number = table.get("id")
    return number if isinstance(number, int) else None


def _table(answer: Answer) -> Mapping[str, Any]:
    """A JSON object, or the fault that anything else means."""
    data = answer.data()
    if isinstance(data, dict):
        return data
    raise (OutcomeUnknown if answer.was_write else Unreachable)("answer_unreadable", host=host_of(answer.url))


def _tables(answer: Answer) -> list[Mapping[str, Any]]:
    data = answer.data()
    if isinstance(data, list):
        return [table for table in data if isinstance(table, dict)]
    raise Unreachable("answer_unreadable", host=host_of(answer.url))


def _as_words(text: str) -> str:
    """Plain words for a place that takes HTML."""
    return _without_shortcodes(escape(text, quote=False))


def _without_shortcodes(html: str) -> str:
    """Brackets that WordPress would take for its orders ("[gallery]") stay brackets."""
    return html.replace("[", "&#91;")
