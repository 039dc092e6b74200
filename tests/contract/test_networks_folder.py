"""The blog folder against real folders."""

import errno
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.fakes.pictures import Pictures

from twohats.model.account import account_of
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Login
from twohats.model.receipt import Receipt
from twohats.networks.sites import folder
from twohats.networks.tools import NetworkTools

PRESETS = ("hugo", "jekyll", "eleventy", "plain")
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FolderPlace(Place):
    def __init__(self, place: Path, preset: str, **settings: str) -> None:
        self.path = place
        self.pictures = Pictures()
        self.network = folder.make(NetworkTools(self.pictures, lambda: datetime.now(UTC)))
        settings = {"path": str(place), "preset": preset} | settings
        self.login = Login(account_of(Hat.PERSONAL, id="f1", network="folder", label="Blog", settings=settings))

    def post_count(self) -> int:
        return len(list(self.path.rglob("*.md")))

    def page_of(self, receipt: Receipt) -> str:
        file = self.path / receipt.remote_id
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def lock_out(self) -> None:
        shutil.rmtree(self.path)

    def everything(self) -> set[str]:
        return {p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file()}


@pytest.fixture(params=PRESETS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> FolderPlace:
    path = tmp_path / "My blog"
    path.mkdir()
    return FolderPlace(path, request.param)


class TestFolderContract(NetworkContract):
    @pytest.fixture
    def place(self, place: FolderPlace) -> Place:  # type: ignore[override]
        return place


@pytest.mark.parametrize(
    ("preset", "file", "picture", "link"),
    [
        ("hugo", "content/posts/a-note/index.md", "content/posts/a-note/image-1.jpg", "image-1.jpg"),
        (
            "jekyll",
            "_posts/2026-11-22-a-note.md",
            "assets/2026-11-22-a-note/image-1.jpg",
            "{{ '/assets/2026-11-22-a-note/image-1.jpg' | relative_url }}",
        ),
        ("eleventy", "posts/a-note/index.md", "posts/a-note/image-1.jpg", "image-1.jpg"),
        ("plain", "2026-11-22-a-note.md", "2026-11-22-a-note/image-1.jpg", "2026-11-22-a-note/image-1.jpg"),
    ],
)
def test_each_preset_puts_things_where_its_generator_looks(
    tmp_path: Path, preset: str, file: str, picture: str, link: str
) -> None:
    place = FolderPlace(tmp_path, preset)
    draft = a_draft("A note", media=(place.pictures.draw("red", "Kite"),))

    receipt = place.network.publish(place.rendition(draft, AT), place.login, "key-preset")

    assert receipt.remote_id == file
    assert place.everything() == {file, picture}
    assert f"![Kite]({link})" in place.page_of(receipt)


def test_the_front_matter_is_read_back_as_it_was_written(place: FolderPlace) -> None:
    draft = a_draft("Yes: 2026", "Text", tags=("#null", "a: b"), excerpt="- in short")
    receipt = place.network.publish(place.rendition(draft, AT), place.login, "key-front")

    front = yaml.safe_load(place.page_of(receipt).split("---\n")[1])

    assert front["title"] == "Yes: 2026"
    assert front["tags"] == ["null", "a: b"]
    assert front["description"] == "- in short"
    assert datetime.fromisoformat(front["date"]) == AT


def test_a_post_without_a_title_is_named_by_its_first_words(place: FolderPlace) -> None:
    rendition = place.rendition(a_draft("", "# Our waiting list is open again from next Monday on\n\nMore."), AT)

    assert rendition.title == "Our waiting list is open again from next…"
    assert "our-waiting-list-is-open-again-from-next" in rendition.payload["file"]


def test_a_published_post_knows_its_page_when_the_site_is_known(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, "hugo", site_url="https://lee.example/blog/")

    receipt = place.network.publish(place.rendition(a_draft("Ein Größe"), AT), place.login, "key-page")

    assert receipt.url == "https://lee.example/blog/posts/ein-grosse/"


def test_a_post_whose_line_ends_changed_is_still_found(place: FolderPlace) -> None:
    rendition = place.rendition(a_draft("Line ends"), AT)
    receipt = place.network.publish(rendition, place.login, "key-ends")
    file = place.path / receipt.remote_id
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    found = place.network.find(rendition, place.login, "key-ends")

    assert found is not None
    assert found.remote_id == receipt.remote_id


def test_a_file_that_says_something_else_is_a_question_for_the_person(place: FolderPlace) -> None:
    rendition = place.rendition(a_draft("Mended"), AT)
    file = place.path / place.network.publish(rendition, place.login, "key-mended").remote_id
    file.write_bytes(file.read_bytes().replace(b"rest", b"sleep"))

    with pytest.raises(OutcomeUnknown) as caught:
        place.network.find(rendition, place.login, "key-mended")

    assert caught.value.code == "file_says_other"


def test_two_posts_of_one_title_and_second_never_count_as_one(place: FolderPlace) -> None:
    first = place.rendition(a_draft("Twice", "The first text."), AT)
    second = place.rendition(a_draft("Twice", "Another text."), AT)
    receipt = place.network.publish(first, place.login, "key-first")

    with pytest.raises(Refused) as caught:
        place.network.publish(second, place.login, "key-second")

    assert caught.value.code == "slug_taken"
    assert "The first text." in (place.path / receipt.remote_id).read_text(encoding="utf-8")


@pytest.mark.parametrize("broken_at", ["first picture", "second picture", "text"])
def test_a_crash_between_the_files_leaves_no_post_and_the_next_try_makes_a_whole_one(
    place: FolderPlace, monkeypatch: pytest.MonkeyPatch, broken_at: str
) -> None:
    media = (place.pictures.draw("red", "Red"), place.pictures.draw("blue", "Blue"))
    rendition = place.rendition(a_draft("Crash", media=media), AT)
    steps = {"first picture": 1, "second picture": 2, "text": 3}
    written = 0
    write = folder._write

    class PowerCut(BaseException):
        """Not even cleaning up happens."""

    def dying_write(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        write(path, data[: len(data) // 2] if written == steps[broken_at] else data)
        if written == steps[broken_at]:
            raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(folder, "_write", dying_write)
        patched.setattr(folder, "_take_back", lambda made: None)
        with pytest.raises(PowerCut):
            place.network.publish(rendition, place.login, "key-crash")

    assert place.network.find(rendition, place.login, "key-crash") is None
    receipt = place.network.publish(rendition, place.login, "key-crash")
    assert place.page_of(receipt) == rendition.payload["text"]
    assert place.everything() == {
        rendition.payload["file"],
        f"{rendition.payload['pictures']}/image-1.jpg",
        f"{rendition.payload['pictures']}/image-2.jpg",
    }


def test_a_folder_of_that_name_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, "hugo")
    theirs = tmp_path / "content" / "posts" / "mine" / "index.de.md"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("Hallo")

    with pytest.raises(Refused) as caught:
        place.network.publish(place.rendition(a_draft("Mine"), AT), place.login, "key-other")

    assert caught.value.code == "slug_taken"
    assert place.everything() == {"content/posts/mine/index.de.md"}


def test_taking_down_moves_the_post_where_no_generator_makes_a_page_of_it(place: FolderPlace) -> None:
    draft = a_draft("Gone", media=(place.pictures.draw("red", "Kite"),))
    receipt = place.network.publish(place.rendition(draft, AT), place.login, "key-trash")
    neighbour = place.network.publish(place.rendition(a_draft("Stays"), AT), place.login, "key-stays")

    place.network.delete(receipt, place.login)

    assert place.page_of(neighbour)
    trashed = [name for name in place.everything() if name.startswith(folder.TRASH)]
    assert sorted(name.rsplit(".", 1)[-1] for name in trashed) == ["jpg", "taken-down"]


@pytest.mark.parametrize("now", PRESETS)
def test_a_post_of_another_preset_is_taken_down_alone(place: FolderPlace, now: str) -> None:
    gone = place.network.publish(place.rendition(a_draft("Gone"), AT), place.login, "key-p1")
    stays = place.network.publish(place.rendition(a_draft("Stays"), AT), place.login, "key-p2")

    FolderPlace(place.path, now).network.delete(gone, FolderPlace(place.path, now).login)

    assert place.page_of(gone) == ""
    assert place.page_of(stays)


@pytest.mark.parametrize(
    "way_out",
    [
        "../out.md",
        "/etc/out.md",
        "a/../../out.md",
        "a\\..\\..\\out.md",
        "C:/out.md",
        "a/./b.md",
        "a//b.md",
        "",
        "a\0.md",
    ],
)
def test_no_place_leads_out_of_the_folder(place: FolderPlace, tmp_path: Path, way_out: str) -> None:
    outside = tmp_path / "out.md"
    outside.write_text("not yours")
    rendition = place.rendition(a_draft("Out"), AT)
    astray = Receipt(way_out, "", AT)
    payload = {**rendition.payload, "file": way_out}

    with pytest.raises(BadInput):
        place.network.delete(astray, place.login)
    with pytest.raises(BadInput):
        place.network.publish(replace(rendition, payload=payload), place.login, "key-out")

    assert outside.read_text() == "not yours"
    assert place.everything() == set()


def test_a_folder_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "unplugged", "hugo")

    with pytest.raises(Unreachable) as caught:
        place.network.publish(place.rendition(a_draft(), AT), place.login, "key-away")

    assert caught.value.code == "folder_missing"
    assert not (tmp_path / "unplugged").exists()


@pytest.mark.parametrize("path", ["", "relative/blog", "nul\0"])
def test_a_folder_that_was_never_chosen_is_told(path: str) -> None:
    place = FolderPlace(Path("x"), "hugo", path=path)

    with pytest.raises(BadInput) as caught:
        place.network.verify(place.login)

    assert caught.value.code == "folder_not_chosen"


def test_an_unknown_preset_is_told(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, "gopher")

    with pytest.raises(BadInput) as caught:
        place.rendition(a_draft())

    assert caught.value.code == "preset_unknown"


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that may be read and not written, for root too: the effective user is changed for the while."""
    path = Path(tempfile.mkdtemp(prefix="twohats-locked-"))
    path.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield path
    if is_root:
        os.seteuid(0)
    path.chmod(0o755)
    shutil.rmtree(path)


def test_a_folder_that_may_not_be_written_is_told_and_left_as_it_was(locked_folder: Path) -> None:
    place = FolderPlace(locked_folder, "hugo")

    for call in (
        lambda: place.network.verify(place.login),
        lambda: place.network.publish(place.rendition(a_draft(), AT), place.login, "key-locked"),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.code == "folder_not_writable"

    assert place.everything() == set()


@pytest.fixture
def nearly_full_disk() -> Iterator[None]:
    """The kernel lets no file grow beyond 4 KiB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_without_room_is_told_and_nothing_half_written_stays(place: FolderPlace, nearly_full_disk: None) -> None:
    rendition = place.rendition(a_draft("Large", "word " * 4000, media=(place.pictures.draw("red", "Red"),)), AT)

    with pytest.raises(Refused) as caught:
        place.network.publish(rendition, place.login, "key-full")

    assert caught.value.code == "disk_full"
    assert list(place.path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, Refused, "disk_full"),
        (errno.EDQUOT, Refused, "disk_full"),
        (errno.EROFS, Refused, "folder_not_writable"),
        (errno.EACCES, Refused, "folder_not_writable"),
        (errno.ENAMETOOLONG, Refused, "name_too_long"),
        (errno.EIO, Unreachable, "folder_missing"),
        (errno.ESTALE, Unreachable, "folder_missing"),
    ],
)
def test_every_refusal_of_the_system_has_a_plain_meaning(
    number: int, kind: type[NetworkError], code: str, tmp_path: Path
) -> None:
    with pytest.raises(kind) as caught, folder._plainly(tmp_path):
        raise OSError(number, "refused")

    assert caught.value.code == code


def test_a_file_system_without_hard_links_takes_posts_too(place: FolderPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: object, target: object) -> None:
        raise OSError(errno.EPERM, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    rendition = place.rendition(a_draft("FAT"), AT)

    receipt = place.network.publish(rendition, place.login, "key-fat")

    assert place.page_of(receipt) == rendition.payload["text"]
    assert place.everything() == {receipt.remote_id}
