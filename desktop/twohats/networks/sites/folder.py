"""Blog folder: posts as Markdown files, for Hugo, Jekyll, Eleventy or plain reading.

A post stands when its text file does: pictures are written first, the text last and in one move. So a crash leaves
either a whole post or none, and a second try finds which.
"""

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import yaml

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRequest, DryRun
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, Unreachable
from twohats.model.identity import Identity
from twohats.model.ports import Browser, Grant, Journal, Login, Profile
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, RenderedPicture, Rendition, link_to_come
from twohats.networks.limits import limits_of
from twohats.networks.markdown import html_with_pictures, markdown_as_seen, pictures_in, with_pictures_below
from twohats.networks.own_schedule import dates_of
from twohats.networks.slugs import slug_of
from twohats.networks.tools import NetworkTools
from twohats.networks.wire_text import sendable, sendable_line, sendable_tags

TRASH = ".twohats-trash"
_UNFINISHED = ".twohats-unfinished"
_TITLE_WORDS = 8
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_OURS_TO_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS)
_PART = re.compile(r"[^\x00-\x1f\\/:*?\"<>|]{1,255}")


def make(tools: NetworkTools) -> "BlogFolder":
    """Entry point of the group twohats.networks."""
    return BlogFolder(tools)


class BlogFolder:
    """`account.settings`: "path", "preset" (hugo, jekyll, eleventy, plain), and "site_url" if there is one."""

    name = "folder"
    needs_secret = False
    more_secrets = ()
    ways = ()

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """The post as a file. `at` is the date it will bear, in this computer's zone.

        payload: "file" and "pictures" (places in the folder), "text" (the whole file), "page" (as readers find it)."""
        preset = _preset(account)
        text, title = sendable(draft.text), sendable_line(draft.title)
        tags, excerpt = sendable_tags(draft.tags), sendable_line(draft.excerpt)
        local = at.astimezone()
        slug = slug_of(title, text, limits_of("folder")["slug"]["bytes"])
        pictures = tuple(
            RenderedPicture(media.public_name(number), media.digest, media.mime, sendable_line(media.alt))
            for number, media in enumerate(draft.media, 1)
        )
        file = preset.filled(preset.file, slug, local)
        links = {p.name: preset.link_to(file, p.name) for p in pictures}
        heading = title or _first_words(text)
        front = {"title": heading, "date": local.isoformat(timespec="seconds"), "slug": slug, **preset.front_matter}
        front |= {"tags": list(tags)} if tags else {}
        front |= {"description": excerpt} if excerpt else {}
        front |= {"images": list(links.values())} if pictures and not preset.has_liquid else {}
        body = with_pictures_below(preset.guarded(markdown_as_seen(text)), pictures, links, pictures_in(text))
        return Rendition(
            account_id=account.id,
            network=self.name,
            title=heading,
            html=html_with_pictures(text, pictures),
            payload={
                "file": file,
                "pictures": preset.shelf_of(file),
                "page": preset.filled(preset.page, slug, local),
                "text": f"---\n{_yaml(front)}---\n\n{body}\n",
            },
            pictures=pictures,
            tags=tags,
            excerpt=excerpt,
            count=Count(len(text)),
            problems=() if text.strip() or pictures else ("empty",),
        )

    def gives_links(self, account: Account) -> bool:
        """Readers find a file only where it is known under which address its site stands."""
        return _site_of(account).startswith(("https://", "http://"))

    def link_to_come(self, rendition: Rendition, account: Account) -> str:
        """As long as the page's own address: that follows from its name."""
        return link_to_come(_site_of(account), len(f"{_site_of(account)}/{quote(rendition.payload['page'], safe='/')}"))

    def link_of(self, receipt: Receipt, account: Account, longest: int) -> str:
        """The address of the page; "" where the folder had no site when it was written."""
        is_link = receipt.url.startswith(("https://", "http://")) and len(receipt.url) <= longest
        return receipt.url if is_link else ""

    def verify(self, login: Login) -> Profile:
        """Makes the folder if it is not there, and tries to write in it."""
        _preset(login.account)
        base = _base(login.account)
        with _plainly(base):
            base.mkdir(parents=True, exist_ok=True)
            trial = base / _UNFINISHED
            _write(trial, b"")
            trial.unlink()
        return Profile(name=base.name or str(base), handle=str(base), url=base.as_uri())

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """A folder is chosen, not signed in to."""
        raise BadInput("account_incomplete")

    def renew(self, login: Login) -> None:
        """There is nothing to renew."""

    def reactions(self, receipt: Receipt, login: Login) -> None:
        """A folder hears nothing of its readers."""

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal | None = None) -> Receipt:
        """Writes pictures, then the text. An earlier attempt that arrived is found and not repeated.

        Raises Refused("slug_taken") rather than write over another post."""
        base = _existing(login.account)
        variants = _by_dates(rendition, login.account, journal)
        earlier = next((found for one in variants if (found := self._found(one, base, login))), None)
        if earlier:
            return earlier
        rendition = variants[-1]
        target, shelf, pictures = self._to_write(rendition, base)
        made: list[Path] = []
        with _plainly(base):
            try:
                _make_folders(target.parent, made)
                for picture, data in pictures:
                    _make_folders(shelf, made)
                    if not (shelf / picture.name).exists():
                        _put(shelf / picture.name, data, made)
                _put(target, rendition.payload["text"].encode(), made)
            except BaseException:
                _take_back(made)
                raise
        return self._receipt(rendition, base, login)

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """The files that `publish` would write."""
        base = _existing(account)
        rendition = _by_dates(rendition, account, journal)[-1]
        target, shelf, pictures = self._to_write(rendition, base)
        told = [(shelf / picture.name, f"<{picture.mime}, {len(data)} bytes>") for picture, data in pictures]
        told.append((target, rendition.payload["text"]))
        return DryRun(tuple(DryRequest("WRITE", str(place), {}, text) for place, text in told))

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal | None = None) -> Receipt | None:
        """Whether the file stands, word for word. Raises OutcomeUnknown when the folder cannot be read, or when a file
        of the same name and second says something else: ours, mended since, or another post."""
        try:
            base = _existing(login.account)
            variants = _by_dates(rendition, login.account, journal)
            found = next((found for one in variants if (found := self._found(one, base, login))), None)
            is_like_ours = found is None and any(self._is_like_ours(one, base) for one in variants)
        except NetworkError as problem:
            lost = OutcomeUnknown(problem.code, **problem.facts)
        else:
            if not is_like_ours:
                return found
            lost = OutcomeUnknown("file_says_other", name=rendition.payload["file"])
        raise lost

    def revoke(self, login: Login) -> None:
        """A folder knows no logins."""

    def delete(self, receipt: Receipt, login: Login) -> None:
        """Moves the post into the folder's trash. One that is gone already is fine."""
        base = _existing(login.account)
        target = _inside(base, receipt.remote_id)
        shelves = [_inside(base, place) for place in _shelves_of(receipt.remote_id)]
        with _plainly(base):
            if not target.exists():
                return
            trash = _free_place(base / TRASH, f"{self._tools.clock():%Y%m%d-%H%M%S}")
            trash.mkdir(parents=True)
            # The text first: without it the post is down, whatever happens to the pictures. A name that no site
            # generator reads keeps it from coming back as a post.
            target.rename(trash / f"{target.name}.taken-down")
            for shelf in shelves:
                if shelf.is_dir():
                    shelf.rename(trash / shelf.name)

    def _to_write(self, rendition: Rendition, base: Path) -> tuple[Path, Path, list[tuple[RenderedPicture, bytes]]]:
        """Where the text goes, where the pictures go, and those. Raises Refused("slug_taken") for another's place."""
        pictures = [(picture, self._tools.picture(picture)) for picture in rendition.pictures]
        target = _inside(base, rendition.payload["file"])
        shelf = _inside(base, rendition.payload["pictures"])
        with _plainly(base):
            if target.exists() or not _is_free(shelf, pictures):
                raise Refused("slug_taken", name=PurePosixPath(rendition.payload["file"]).as_posix())
        return target, shelf, pictures

    def _found(self, rendition: Rendition, base: Path, login: Login) -> Receipt | None:
        target = _inside(base, rendition.payload["file"])
        with _plainly(base):
            if not target.is_file():
                return None
            stands = target.read_bytes()
        # Line ends may be another program's (git on Windows); every other difference makes it another post.
        if _plain_ends(stands) == _plain_ends(rendition.payload["text"].encode()):
            return self._receipt(rendition, base, login)
        return None

    def _is_like_ours(self, rendition: Rendition, base: Path) -> bool:
        target = _inside(base, rendition.payload["file"])
        with _plainly(base):
            if not target.is_file():
                return False
            return _identity_of(target.read_bytes()) == _identity_of(rendition.payload["text"].encode())

    def _receipt(self, rendition: Rendition, base: Path, login: Login) -> Receipt:
        site = _site_of(login.account)
        page = quote(rendition.payload["page"], safe="/")
        url = f"{site}/{page}" if site else _inside(base, rendition.payload["file"]).as_uri()
        return Receipt(rendition.payload["file"], url, self._tools.clock())


@dataclass(frozen=True, slots=True)
class _Preset:
    """One way of laying out a blog, as in resources/limits/folder.toml."""

    file: str
    pictures: str
    link: str
    page: str
    has_liquid: bool
    has_shortcodes: bool
    front_matter: Mapping[str, Any]  # Any: YAML scalars

    def filled(self, pattern: str, slug: str, local: datetime) -> str:
        return pattern.format(
            slug=slug, date=f"{local:%Y-%m-%d}", year=f"{local:%Y}", month=f"{local:%m}", day=f"{local:%d}"
        )

    def shelf_of(self, file: str) -> str:
        """The folder of a post's pictures, from the place of its text."""
        place = PurePosixPath(file)
        return self.pictures.format(folder=place.parent.as_posix(), stem=place.stem)

    def link_to(self, file: str, name: str) -> str:
        """How the text points to a picture."""
        return self.link.format(stem=PurePosixPath(file).stem, name=name)

    def guarded(self, text: str) -> str:
        """The text so that the site's own orders in it stay words."""
        if self.has_liquid and ("{{" in text or "{%" in text):
            inner = re.sub(r"\{%(-?\s*endraw)", r"{&#37;\1", text)
            return f"{{% raw %}}\n\n{inner}\n\n{{% endraw %}}"
        if self.has_shortcodes:
            return text.replace("{{<", "{&#123;<").replace("{{%", "{&#123;%")
        return text


def _by_dates(rendition: Rendition, account: Account, journal: Journal | None) -> list[Rendition]:
    """The post with the date that it was approved with, and with those that it was moved to since; the newest last.
    Sites leave out what bears a date to come."""
    return [rendition, *(_dated(rendition, account, at) for at in dates_of(journal))]


def _dated(rendition: Rendition, account: Account, at: datetime) -> Rendition:
    """The same post with another date, in its text and in the places that are made of it."""
    preset, payload = _preset(account), rendition.payload
    front = yaml.safe_load(payload["text"].split("---\n", 2)[1])
    before, local = datetime.fromisoformat(str(front["date"])), at.astimezone()
    slug, file = front["slug"], payload["file"]
    if before == local or preset.filled(preset.file, slug, before) != file:
        return rendition  # nothing to change, or the folder is laid out in another way since it was approved
    moved = preset.filled(preset.file, slug, local)
    old_date, new_date = (f"date: '{one.isoformat(timespec='seconds')}'\n" for one in (before, local))
    text = payload["text"].replace(old_date, new_date, 1)
    for picture in rendition.pictures:
        text = text.replace(preset.link_to(file, picture.name), preset.link_to(moved, picture.name))
    places = {"file": moved, "pictures": preset.shelf_of(moved), "page": preset.filled(preset.page, slug, local)}
    return replace(rendition, payload={**payload, **places, "text": text})


def _preset(account: Account) -> _Preset:
    known = limits_of("folder")["preset"]
    name = account.settings.get("preset", "") or "plain"
    if name not in known:
        raise BadInput("preset_unknown", preset=name)
    return _preset_of(known[name])


def _preset_of(table: Mapping[str, Any]) -> _Preset:
    return _Preset(
        file=table["file"],
        pictures=table["pictures"],
        link=table["link"],
        page=table["page"],
        has_liquid=table.get("liquid", False),
        has_shortcodes=table.get("shortcodes", False),
        front_matter=table.get("front_matter", {}),
    )


def _shelves_of(file: str) -> set[str]:
    """Where a post's pictures can lie. By the shape of its place, since the account's preset may have changed since."""
    is_bundle = PurePosixPath(file).name == "index.md"
    presets = (_preset_of(table) for table in limits_of("folder")["preset"].values())
    return {p.shelf_of(file) for p in presets if p.file.endswith("/index.md") == is_bundle}


def _site_of(account: Account) -> str:
    return account.settings.get("site_url", "").strip().rstrip("/")


def _base(account: Account) -> Path:
    told = account.settings.get("path", "").strip()
    if not told or "\0" in told or not Path(told).expanduser().is_absolute():
        raise BadInput("folder_not_chosen")
    return Path(told).expanduser()


def _existing(account: Account) -> Path:
    base = _base(account)
    with _plainly(base):
        if not base.is_dir():
            raise Unreachable("folder_missing", path=str(base))
    return base


def _inside(base: Path, place: str) -> Path:
    """The path of a place in the folder. Raises BadInput for anything that could lead out of it."""
    parts = place.split("/")
    if any(not _PART.fullmatch(part) or part.strip(" .") == "" for part in parts):
        raise BadInput("place_outside_folder")
    return base.joinpath(*parts)


@contextmanager
def _plainly(base: Path) -> Iterator[None]:
    """Turns the system's refusals into ours."""
    try:
        yield
        return
    except OSError as problem:
        number, name = problem.errno, errno.errorcode.get(problem.errno or 0, "")
    if number in _NO_ROOM:
        raise Refused("disk_full", path=str(base))
    if number in _NOT_OURS_TO_WRITE:
        raise Refused("folder_not_writable", path=str(base))
    if number == errno.ENAMETOOLONG:
        raise Refused("name_too_long", path=str(base))
    raise Unreachable("folder_missing", path=str(base), reason=name)


def _is_free(shelf: Path, pictures: list[tuple[RenderedPicture, bytes]]) -> bool:
    """Whether nothing of another post lies there; what a broken attempt of this one left does not count."""
    if not shelf.is_dir():
        return not shelf.exists()
    ours = {picture.name: data for picture, data in pictures}
    for lying in shelf.iterdir():
        if lying.name.startswith(_UNFINISHED):
            continue
        if lying.name not in ours or not lying.is_file() or lying.read_bytes() != ours[lying.name]:
            return False
    return True


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Makes a folder and those above it, noting each that was not there."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


def _put(target: Path, data: bytes, made: list[Path]) -> None:
    """Makes a file appear whole or not at all, and never in place of another."""
    unfinished = target.parent / f"{_UNFINISHED}-{target.name}"
    made.append(unfinished)
    _write(unfinished, data)
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise Refused("slug_taken", name=target.name) from None
    except OSError:
        # File systems without hard links (FAT, some shares): the check a moment ago has to do.
        unfinished.replace(target)
    made.append(target)
    unfinished.unlink(missing_ok=True)
    made.remove(unfinished)
    _settle(target.parent)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Has the folder's own entry written to the disk, where the system allows it (Windows does so by itself)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)


def _free_place(folder: Path, name: str) -> Path:
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{name}-{number}"
    return place


def _identity_of(text: bytes) -> tuple[object, object] | None:
    """Date and slug of a post's front matter: likely the same post, even after somebody mended a word."""
    parts = _plain_ends(text).split(b"---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        return None
    try:
        front = yaml.safe_load(parts[1].decode())
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(front, dict) or "date" not in front:
        return None
    return (str(front["date"]), front.get("slug"))


def _plain_ends(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n")


def _yaml(front: Mapping[str, object]) -> str:
    return str(yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False, width=10_000))


def _first_words(text: str) -> str:
    line = next((line.strip(" #>*-") for line in text[:4000].split("\n") if line.strip(" #>*-")), "")
    words = line.split()
    return " ".join(words[:_TITLE_WORDS])[:80] + ("…" if len(words) > _TITLE_WORDS else "")
