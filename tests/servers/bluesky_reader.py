"""Bluesky's posts as readers get them, taken from a PDS without a login, and what a reader would find wrong in them.

A PDS takes much that no reader can use: facets that point beside their words, answers to posts that are not there.
`BlueskyPost.faults` names it; a post that an adapter wrote must have none.
"""

import io
import re
from dataclasses import dataclass
from typing import Any

from PIL import Image
from tests.servers.pds import PdsServer

POSTS = "app.bsky.feed.post"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Facet:
    """What stands under some words: a "link" (target: its address), a "mention" (a DID) or a "tag" (without #)."""

    kind: str
    words: str
    target: str


@dataclass(frozen=True)
class Picture:
    """`content` is what a reader's program downloads; `shape` the width and height that the post announces."""

    alt: str
    content: bytes
    kind: str
    shape: tuple[int, int] | None


@dataclass(frozen=True)
class Card:
    address: str
    title: str
    description: str
    picture: bytes


@dataclass(frozen=True)
class BlueskyPost:
    """`root` and `parent` are the addresses (at://...) of the posts it answers, else empty. `labels` are the warnings
    that the author put on it, `record` is the post itself."""

    uri: str
    cid: str
    text: str
    created_at: str
    languages: tuple[str, ...]
    facets: tuple[Facet, ...]
    pictures: tuple[Picture, ...]
    card: Card | None
    quoted: str
    root: str
    parent: str
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    record: dict[str, Any]
    faults: tuple[str, ...]

    @property
    def key(self) -> str:
        """The record key, the last part of its address."""
        return self.uri.rpartition("/")[2]


def read_posts(server: PdsServer, did: str) -> list[BlueskyPost]:
    """All posts of an account, the oldest first."""
    posts, cursor = [], ""
    while True:
        asked = {"repo": did, "collection": POSTS, "limit": 100, "reverse": "true"} | (
            {"cursor": cursor} if cursor else {}
        )
        page = server.call("com.atproto.repo.listRecords", asked=asked).body
        posts += [_post(server, row) for row in page["records"]]
        cursor = page.get("cursor", "")
        if not cursor:
            return posts


def read_post(server: PdsServer, uri: str) -> BlueskyPost | None:
    """One post, or None when it is not there (any more)."""
    row = _record(server, uri)
    return None if row is None else _post(server, row)


def _post(server: PdsServer, row: dict[str, Any]) -> BlueskyPost:
    record, did = row["value"], row["uri"].split("/")[2]
    embed, reply = record.get("embed", {}), record.get("reply", {})
    media = embed.get("media", embed)  # a quote may have pictures or a card beside it
    facets, faults = _facets(server, record)
    return BlueskyPost(
        uri=row["uri"],
        cid=row["cid"],
        text=record["text"],
        created_at=record["createdAt"],
        languages=tuple(record.get("langs", ())),
        facets=tuple(facets),
        pictures=tuple(_picture(server, did, image) for image in media.get("images", ())),
        card=_card(server, did, media.get("external")),
        quoted=_quoted(embed),
        root=reply.get("root", {}).get("uri", ""),
        parent=reply.get("parent", {}).get("uri", ""),
        tags=tuple(record.get("tags", ())),
        labels=tuple(label["val"] for label in record.get("labels", {}).get("values", ())),
        record=record,
        faults=(*faults, *_dead_links(record, facets), *_reply_faults(server, reply)),
    )


def _facets(server: PdsServer, record: dict[str, Any]) -> tuple[list[Facet], list[str]]:
    text, found, faults, last = record["text"].encode(), [], [], 0
    for facet in sorted(record.get("facets", ()), key=lambda facet: facet["index"]["byteStart"]):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        place = f"facet {start}-{end}"
        if not 0 <= start < end <= len(text):
            faults.append(f"{place} is outside the text of {len(text)} bytes")
            continue
        if start < last:
            faults.append(f"{place} lies over another")
        last = end
        try:
            words = text[start:end].decode()
        except UnicodeDecodeError:
            faults.append(f"{place} splits a character")
            continue
        for feature in facet["features"]:
            one = _feature(words, feature)
            found.append(one)
            if not _fits(server, one):
                faults.append(f"{place} is a {one.kind} to {one.target!r} under {one.words!r}")
    return found, faults


def _feature(words: str, feature: dict[str, Any]) -> Facet:
    kind = feature["$type"].rpartition("#")[2]
    return Facet(kind, words, feature[{"link": "uri", "mention": "did", "tag": "tag"}[kind]])


def _fits(server: PdsServer, facet: Facet) -> bool:
    """Whether the words are what a reader would expect under such a target."""
    words = facet.words
    if words != words.strip():
        return False
    if facet.kind == "tag":
        return words[:1] in "#＃" and words[1:] == facet.target
    if facet.kind == "mention":
        asked = {"handle": words.removeprefix("@")}
        answer = server.call("com.atproto.identity.resolveHandle", asked=asked)
        return words.startswith("@") and answer.status == 200 and answer.body["did"] == facet.target
    shown = words.removesuffix("...").removesuffix("…")
    # Words that look like an address lead there, and nowhere else.
    return shown in facet.target if re.fullmatch(r"\S+\.\S{2,}", shown) else True


def _dead_links(record: dict[str, Any], facets: list[Facet]) -> list[str]:
    """Addresses in the text that nothing makes a link of."""
    linked = [facet.words for facet in facets if facet.kind == "link"]
    addresses = _ADDRESS.findall(record["text"])
    return [f"{address!r} is dead text" for address in addresses if not any(words in address for words in linked)]


def _reply_faults(server: PdsServer, reply: dict[str, Any]) -> list[str]:
    faults, rows = [], {}
    for name, told in reply.items():
        if name in ("root", "parent"):
            rows[name] = _record(server, told["uri"])
            if rows[name] is None:
                faults.append(f"its {name} is not there")
            elif rows[name]["cid"] != told["cid"]:
                faults.append(f"its {name} is told by another hash than its own")
    parent = rows.get("parent")
    if not faults and parent is not None:
        root = parent["value"].get("reply", {}).get("root", {}).get("uri", parent["uri"])
        if root != reply["root"]["uri"]:
            faults.append("its root is not where the thread begins")
    return faults


def _picture(server: PdsServer, did: str, image: dict[str, Any]) -> Picture:
    content = _blob(server, did, image["image"])
    ratio = image.get("aspectRatio")
    shape = (ratio["width"], ratio["height"]) if ratio else None
    with Image.open(io.BytesIO(content)) as opened:
        return Picture(image["alt"], content, str(opened.format).lower(), shape)


def _card(server: PdsServer, did: str, external: dict[str, Any] | None) -> Card | None:
    if external is None:
        return None
    picture = _blob(server, did, external["thumb"]) if "thumb" in external else b""
    return Card(external["uri"], external["title"], external["description"], picture)


def _quoted(embed: dict[str, Any]) -> str:
    record = embed.get("record", {})
    return str(record.get("record", record).get("uri", ""))


def _blob(server: PdsServer, did: str, blob: dict[str, Any]) -> bytes:
    answer = server.call("com.atproto.sync.getBlob", asked={"did": did, "cid": blob["ref"]["$link"]})
    if answer.status != 200:
        raise AssertionError(f"a picture of the post cannot be downloaded: {answer.status} {answer.body!r}")
    content = answer.body
    assert isinstance(content, bytes)
    return content


def _record(server: PdsServer, uri: str) -> dict[str, Any] | None:
    repo, collection, key = uri.removeprefix("at://").split("/")
    asked = {"repo": repo, "collection": collection, "rkey": key}
    answer = server.call("com.atproto.repo.getRecord", asked=asked)
    if answer.error == "RecordNotFound":
        return None
    if answer.status != 200:
        raise AssertionError(f"the record cannot be read: {answer.status} {answer.body!r}")
    return dict(answer.body)
