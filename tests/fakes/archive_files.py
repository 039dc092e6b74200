"""Archives as the networks give them out, of people who do not exist."""

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = "https://social.example.com/users/jamie/followers"
OUTBOX_FIRST_LINE = '{"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", '


def zip_of(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def tar_of(path: Path, files: Mapping[str, str | bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as packed:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return path


def assigned(name: str, entries: Sequence[object]) -> str:
    """A list as X writes it."""
    return f"window.YTD.{name} = {json.dumps(list(entries), ensure_ascii=False, indent=2)}"


def tweet(number: int, text: str, **more: object) -> dict[str, object]:
    written = {"id_str": str(number), "full_text": text, "created_at": "Sat Nov 07 08:30:00 +0000 2020"}
    return {"tweet": {**written, **more}}


def note_tweet(text: str, created_at: str) -> dict[str, object]:
    return {"noteTweet": {"noteTweetId": "77", "createdAt": created_at, "core": {"text": text, "urls": []}}}


def x_archive(path: Path, tweets: Sequence[object], **files: str) -> Path:
    other = {"data/manifest.js": "window.__THAR_CONFIG = {}", "data/like.js": assigned("like.part0", [])}
    return zip_of(path, {**other, "data/tweets.js": assigned("tweets.part0", tweets), **files})


def toot(number: int, content: str, **more: object) -> dict[str, object]:
    note = {
        "type": "Note",
        "id": f"https://social.example.com/users/jamie/statuses/{number}",
        "url": f"https://social.example.com/@jamie/{number}",
        "published": "2021-03-04T10:00:00Z",
        "summary": None,
        "inReplyTo": None,
        "content": content,
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "attachment": [],
        "tag": [],
    }
    return {"type": "Create", "published": "2021-03-04T10:00:00Z", "object": {**note, **more}}


def boost(of: str = "https://social.example.com/users/robin/statuses/9") -> dict[str, object]:
    return {"type": "Announce", "published": "2021-03-05T10:00:00Z", "object": of}


def outbox(items: Sequence[object]) -> str:
    rest = {"type": "OrderedCollection", "totalItems": len(items), "orderedItems": list(items)}
    return OUTBOX_FIRST_LINE + json.dumps(rest, ensure_ascii=False)[1:]


def spoiled(text: str) -> str:
    """The text as Facebook writes it: each byte of its UTF-8 as a character."""
    return text.encode().decode("latin-1")


def facebook_post(text: str, timestamp: int = 1_600_000_000, **more: object) -> dict[str, object]:
    return {"timestamp": timestamp, "data": [{"post": spoiled(text)}], "title": "Jamie Lee updated a status.", **more}


def facebook_comment(text: str) -> dict[str, object]:
    said = {"timestamp": 1_600_000_100, "comment": spoiled(text), "author": "Jamie Lee"}
    return {"timestamp": 1_600_000_100, "data": [{"comment": said}], "title": "Jamie Lee commented."}


FACEBOOK_POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
FACEBOOK_COMMENTS = "your_facebook_activity/comments_and_reactions/comments.json"


def facebook_archive(path: Path, posts: Sequence[object], comments: Sequence[object] = ()) -> Path:
    files = {FACEBOOK_POSTS: json.dumps(list(posts)), "start_here.html": "<html></html>"}
    if comments:
        files[FACEBOOK_COMMENTS] = json.dumps({"comments_v2": list(comments)})
    return zip_of(path, files)


_WXR_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour Street Practice</title><link>https://blog.example.com</link>
<wp:wxr_version>1.2</wp:wxr_version>
"""


def wxr_item(title: str, content: str, **more: str) -> str:
    said = {"post_type": "post", "status": "publish", "post_date_gmt": "2019-05-06 07:08:09", **more}
    parts = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in said.items())
    return f"""<item><title><![CDATA[{title}]]></title><link>https://blog.example.com/{len(content)}/</link>
<pubDate>Mon, 06 May 2019 07:08:09 +0000</pubDate>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>{parts}
<category domain="category" nicename="general"><![CDATA[General]]></category>
<category domain="post_tag" nicename="sleep"><![CDATA[sleep]]></category>
<wp:comment><wp:comment_content><![CDATA[A reader wrote this.]]></wp:comment_content></wp:comment></item>
"""


def wxr(*items: str) -> str:
    return _WXR_HEAD + "".join(items) + "</channel></rss>"
