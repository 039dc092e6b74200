"""Newer versions over a real server: what is offered, and everything that is refused."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.fakes.bad_server import BadServer, Hangup, Reply
from tests.fakes.releases import NOTES, NOW, SET_UP, Publisher, make_feed

from twohats.flows.updates import STALE_AFTER
from twohats.model.errors import BadInput, NetworkError, Refused, TwoHatsError, Unreachable
from twohats.model.update import Channel, Version


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with BadServer() as server:
        yield Publisher(server, tmp_path / "built")


def code_of(work: Callable[[], object], kind: type[TwoHatsError] = NetworkError) -> str:
    with pytest.raises(kind) as caught:
        work()
    return caught.value.code


def left_in(data: Path) -> list[str]:
    folder = data / "updates"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_a_newer_version_is_found_fetched_and_checked(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish("9.1.0")
    updates = publisher.updates(tmp_path / "data")
    told: list[tuple[int, int]] = []

    look = updates.look()
    file = updates.fetch(look, lambda done, all_: told.append((done, all_)))

    assert look.is_newer
    assert (look.release.version, look.release.notes_url, look.at) == (Version(9, 1, 0), NOTES, NOW)
    assert file == tmp_path / "data" / "updates" / "TwoHats-setup-9.1.0.exe"
    assert file.read_bytes() == SET_UP + b"9.1.0"
    assert told[-1] == (len(SET_UP) + 5, len(SET_UP) + 5)
    assert updates.checked(look) == file
    assert left_in(tmp_path / "data") == ["TwoHats-setup-9.1.0.exe", "feed.json", "feed.json.sig"]


def test_a_set_up_that_changed_nothing_is_told_at_the_next_start_and_once(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish("9.1.0")
    updates = publisher.updates(tmp_path)
    assert updates.not_put_in() is None
    updates.note_leaving(updates.look())

    assert publisher.updates(tmp_path).not_put_in() == Version(9, 1, 0)
    assert publisher.updates(tmp_path).not_put_in() is None


def test_a_set_up_that_did_its_work_is_not_told(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish("9.1.0")
    updates = publisher.updates(tmp_path)
    updates.note_leaving(updates.look())

    newer = publisher.updates(tmp_path)
    newer.own = Version(9, 1, 0)
    assert newer.not_put_in() is None
    assert "left-for" not in left_in(tmp_path)


@pytest.mark.parametrize("noted", [b"", b"nine", "9.1.\u0660".encode(), b"9" * 5_000])
def test_a_damaged_note_says_nothing(publisher: Publisher, tmp_path: Path, noted: bytes) -> None:
    (tmp_path / "updates").mkdir()
    (tmp_path / "updates" / "left-for").write_bytes(noted)
    assert publisher.updates(tmp_path).not_put_in() is None


def test_it_is_fetched_once(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish()
    updates = publisher.updates(tmp_path)
    look = updates.look()
    updates.fetch(look)
    updates.fetch(updates.look())
    assert publisher.server.count("GET", ".exe") == 1


@pytest.mark.parametrize("version", ["9.0.0", "8.9.9", "0.1.0"])
def test_the_same_or_an_older_version_is_none(publisher: Publisher, tmp_path: Path, version: str) -> None:
    publisher.publish(version)
    updates = publisher.updates(tmp_path)
    look = updates.look()
    assert not look.is_newer
    assert code_of(lambda: updates.fetch(look), BadInput) == "update_none_here"
    # Even where somebody hands in a look that says otherwise.
    package = look.release.packages["windows-x64"]
    forced = replace(look, is_newer=True, package=package)
    assert code_of(lambda: updates.fetch(forced), BadInput) == "update_none_here"
    assert publisher.server.count("GET", ".exe") == 0


@pytest.mark.parametrize(
    ("own", "channel", "platform"),
    [
        pytest.param("9.0.0", Channel.DMG, "macos", id="a Mac"),
        pytest.param("9.0.0", Channel.TAR, "linux-x64", id="a tarball"),
        pytest.param("9.0.0", Channel.SETUP, "windows-arm64", id="no package for this system"),
        pytest.param("8.0.0", Channel.SETUP, "windows-x64", id="too old to be replaced in one step"),
    ],
)
def test_elsewhere_it_is_told_and_not_installed(
    publisher: Publisher, tmp_path: Path, own: str, channel: Channel, platform: str
) -> None:
    publisher.publish("9.1.0", min_version="8.5.0")
    look = publisher.updates(tmp_path, own=own, channel=channel, platform=platform).look()
    assert look.is_newer
    assert look.package is None


@pytest.mark.parametrize("channel", [Channel.DEB, Channel.FLATPAK, Channel.STORE, Channel.SOURCE])
def test_stores_and_checkouts_ask_nobody(publisher: Publisher, tmp_path: Path, channel: Channel) -> None:
    publisher.publish()
    updates = publisher.updates(tmp_path, channel=channel)
    assert not updates.is_on_offer
    assert code_of(updates.look, BadInput) == "update_off"
    assert publisher.server.asked == []


def test_without_a_key_nobody_is_asked(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish()
    updates = publisher.updates(tmp_path, keys=())
    assert not updates.is_on_offer
    assert code_of(updates.look, BadInput) == "update_off"
    assert publisher.server.asked == []


class TestSignatures:
    def test_of_a_stranger(self, publisher, tmp_path):
        feed = publisher.publish()
        publisher.put_up(feed, make_feed.signed(feed, [Ed25519PrivateKey.generate()]))
        assert code_of(publisher.updates(tmp_path).look, Refused) == "feed_not_signed"
        assert left_in(tmp_path) == []

    def test_of_another_feed(self, publisher, tmp_path):
        feed = publisher.publish()
        signature = make_feed.signed(feed, [publisher.key])
        publisher.put_up(feed.replace(b"9.1.0", b"9.2.0"), signature)
        assert code_of(publisher.updates(tmp_path).look, Refused) == "feed_not_signed"

    @pytest.mark.parametrize(
        "signature",
        [b"", b"\n\n", b"not base64 at all", b"QUJD\n", b"\xff\xfe" * 40, base64.b64encode(bytes(64)), b"A" * 4000],
        ids=["none", "blank", "words", "short", "bytes", "zeros", "long"],
    )
    def test_that_are_none(self, publisher, tmp_path, signature):
        feed = publisher.publish()
        publisher.put_up(feed, signature)
        assert code_of(publisher.updates(tmp_path).look, Refused) == "feed_not_signed"

    def test_every_single_changed_byte_is_found(self, publisher, tmp_path):
        feed = publisher.publish()
        good = make_feed.signed(feed, [publisher.key])
        signatures = make_feed.Ed25519Signatures([make_feed.public_half(publisher.key)])
        assert signatures.fit(feed, good)
        for place in range(len(feed)):
            changed = feed[:place] + bytes([feed[place] ^ 1]) + feed[place + 1 :]
            assert not signatures.fit(changed, good)

    def test_either_of_two_keys_is_enough_and_both_may_sign(self, publisher, tmp_path):
        other = Ed25519PrivateKey.generate()
        keys = (make_feed.public_half(other), make_feed.public_half(publisher.key))
        feed = publisher.publish()
        for signed_by in ([publisher.key], [other], [other, publisher.key]):
            publisher.put_up(feed, make_feed.signed(feed, signed_by))
            assert publisher.updates(tmp_path, keys=keys).look().is_newer
        # A program that knows the old key alone goes on while both sign.
        assert publisher.updates(tmp_path).look().is_newer

    def test_a_known_signature_of_the_standard_fits(self):
        # RFC 8032, 7.1, test 2: https://www.rfc-editor.org/rfc/rfc8032#section-7.1, read 2026-11-23.
        key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        signature = bytes.fromhex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        signatures = make_feed.Ed25519Signatures([base64.b64encode(key).decode()])
        assert signatures.fit(b"\x72", base64.b64encode(signature))
        assert not signatures.fit(b"\x73", base64.b64encode(signature))

    @pytest.mark.parametrize("key", ["", "QUJD", "not base64", base64.b64encode(bytes(33)).decode()])
    def test_a_key_that_is_none_is_our_own_fault(self, key):
        with pytest.raises(ValueError, match=r"base64|length"):
            make_feed.Ed25519Signatures([key])


class TestNeverBack:
    @pytest.mark.parametrize(
        ("version", "days"),
        [
            pytest.param("9.1.0", 3, id="an older version, freshly signed"),
            pytest.param("9.2.0", -3, id="the same version from an older day"),
            pytest.param("9.3.0", -3, id="a newer version from an older day"),
        ],
    )
    def test_a_feed_below_the_newest_that_was_seen_is_refused(self, publisher, tmp_path, version, days):
        publisher.publish("9.2.0", published=NOW - timedelta(days=5))
        publisher.updates(tmp_path).look()
        publisher.publish(version, published=NOW - timedelta(days=5) + timedelta(days=days))
        # Another start of the program remembers as well.
        assert code_of(publisher.updates(tmp_path).look, Refused) == "feed_went_back"

    def test_the_same_feed_and_a_newer_one_are_fine(self, publisher, tmp_path):
        publisher.publish("9.2.0")
        updates = publisher.updates(tmp_path)
        assert updates.look() == updates.look()
        publisher.publish("9.3.0", published=NOW)
        assert updates.look().release.version == Version(9, 3, 0)

    def test_what_lies_there_without_a_signature_of_ours_holds_nobody_back(self, publisher, tmp_path):
        publisher.publish("9.2.0")
        updates = publisher.updates(tmp_path)
        updates.look()
        kept = tmp_path / "updates" / "feed.json"
        kept.write_bytes(kept.read_bytes().replace(b"9.2.0", b"99.2.0"))
        assert updates.look().release.version == Version(9, 2, 0)

    def test_a_download_of_an_older_release_is_let_go(self, publisher, tmp_path):
        publisher.publish("9.1.0", published=NOW - timedelta(days=2))
        updates = publisher.updates(tmp_path)
        updates.fetch(updates.look())
        publisher.publish("9.2.0")
        updates.look()
        assert left_in(tmp_path) == ["feed.json", "feed.json.sig"]


def test_a_stale_feed_is_refused_and_said_so(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish(published=NOW - STALE_AFTER - timedelta(days=1))
    with pytest.raises(Refused) as caught:
        publisher.updates(tmp_path).look()
    assert caught.value.code == "feed_stale"
    assert caught.value.facts == {"days": 61, "limit": 60}
    publisher.publish(published=NOW - STALE_AFTER)
    assert publisher.updates(tmp_path).look().is_newer


@pytest.mark.parametrize(
    ("changes", "id_"),
    [
        ({"format": "another"}, "another format"),
        ({"format_version": 2}, "a later form"),
        ({"version": "9.1"}, "two numbers"),
        ({"version": "9.1.0; rm"}, "words in the version"),
        ({"version": "../../9.1.0"}, "a way out of the folder"),
        ({"version": 9}, "a number"),
        ({"min_version": None}, "no oldest version"),
        ({"published": "2026-11-23T09:00:00"}, "a time without a zone"),
        ({"published": "yesterday"}, "no time"),
        ({"notes": "http://example.org/"}, "notes over plain http"),
        ({"notes": "javascript:alert(1)"}, "notes that are a script"),
        ({"notes": "https://lee:secret@example.org/"}, "notes with a password"),
        ({"platforms": []}, "a list of systems"),
        ({"platforms": {"windows-x64": {"url": "http://example.org/a.exe", "sha256": "0" * 64, "size": 1}}}, "http"),
        ({"platforms": {"windows-x64": {"url": "file:///etc/passwd", "sha256": "0" * 64, "size": 1}}}, "a file"),
        ({"platforms": {"windows-x64": {"url": "https://e.org/a", "sha256": "0" * 63, "size": 1}}}, "a short hash"),
        ({"platforms": {"windows-x64": {"url": "https://e.org/a", "sha256": "0" * 64, "size": 0}}}, "no size"),
        ({"platforms": {"windows-x64": {"url": "https://e.org/a", "sha256": "0" * 64, "size": True}}}, "a truth"),
        ({"platforms": {"windows-x64": {"url": "https://e.org/a", "sha256": "0" * 64, "size": 1 << 40}}}, "a giant"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_signed_feed_that_is_not_right_is_refused_all_the_same(
    publisher: Publisher, tmp_path: Path, changes: dict[str, object], id_: str
) -> None:
    feed = json.dumps({**json.loads(publisher.publish()), **changes}).encode()
    publisher.put_up(feed, make_feed.signed(feed, [publisher.key]))
    assert code_of(publisher.updates(tmp_path).look, Refused) == "feed_not_a_list"
    assert left_in(tmp_path) == []


HTML = b"<!DOCTYPE html><html><body>Welcome to our hotel</body></html>"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(Reply(body=HTML), "feed_not_a_list", id="a web page"),
        pytest.param(Reply(body=b"\r\n  " + HTML), "feed_not_a_list", id="a web page after blanks"),
        pytest.param(Reply(body=b" " * 70_000), "feed_too_long", id="over-long"),
        pytest.param(Reply(404, HTML), "feed_not_there", id="404"),
        pytest.param(Reply(403, "{}"), "feed_not_there", id="403"),
        pytest.param(Reply(500, "{}"), "feed_unreachable", id="500"),
        pytest.param(Reply(429, "{}"), "feed_unreachable", id="429"),
        pytest.param(Hangup(), "feed_unreachable", id="no answer"),
        pytest.param(Reply(302, "", {"Location": "http://plain.example.org/feed.json"}), "feed_moved", id="plain http"),
        pytest.param(Reply(302, "", {"Location": "ftp://example.org/feed.json"}), "feed_moved", id="ftp"),
        pytest.param(Reply(302, "", {"Location": "/feed.json"}), "feed_moved", id="round in circles"),
    ],
)
def test_what_a_server_can_answer_instead_of_the_feed(
    publisher: Publisher, tmp_path: Path, reply: Reply, code: str
) -> None:
    publisher.publish()
    publisher.server.tell("GET", "/feed.json", reply)
    assert code_of(publisher.updates(tmp_path).look) == code
    assert left_in(tmp_path) == []


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with BadServer() as server:
        publisher = Publisher(server, tmp_path / "built")
    assert code_of(publisher.updates(tmp_path).look, Unreachable) == "feed_unreachable"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(SET_UP + b"9.1.1", "update_damaged", id="another file of the same size"),
        pytest.param(SET_UP, "update_damaged", id="too short"),
        pytest.param(SET_UP + b"9.1.0 and more", "update_damaged", id="too long"),
        pytest.param(SET_UP * 20, "update_damaged", id="far too long"),
        pytest.param(b"", "update_damaged", id="empty"),
        pytest.param(HTML, "update_damaged", id="a web page"),
    ],
)
def test_a_download_that_does_not_fit_is_deleted(publisher: Publisher, tmp_path: Path, body: bytes, code: str) -> None:
    publisher.publish("9.1.0")
    publisher.server.tell("GET", ".exe", Reply(body=body))
    updates = publisher.updates(tmp_path)
    look = updates.look()
    assert code_of(lambda: updates.fetch(look), Refused) == code
    assert left_in(tmp_path) == ["feed.json", "feed.json.sig"]
    assert code_of(lambda: updates.checked(look), Refused) == "update_damaged"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(Reply(body=SET_UP + b"9.1.0", cut_at=5_000), "feed_unreachable", id="cut"),
        pytest.param(Reply(404, HTML), "feed_not_there", id="gone"),
        pytest.param(Reply(302, "", {"Location": "http://plain.example.org/a.exe"}), "feed_moved", id="plain http"),
    ],
)
def test_a_download_that_fails_leaves_nothing_and_can_be_tried_again(
    publisher: Publisher, tmp_path: Path, reply: Reply, code: str
) -> None:
    publisher.publish("9.1.0")
    publisher.server.tell("GET", ".exe", reply)
    updates = publisher.updates(tmp_path)
    look = updates.look()
    assert code_of(lambda: updates.fetch(look)) == code
    assert left_in(tmp_path) == ["feed.json", "feed.json.sig"]
    publisher.publish("9.1.0")
    assert updates.fetch(look).exists()


def test_a_download_changed_before_the_start_is_not_started(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish()
    updates = publisher.updates(tmp_path)
    look = updates.look()
    file = updates.fetch(look)
    file.write_bytes(file.read_bytes()[:-1] + b"1")
    assert code_of(lambda: updates.checked(look), Refused) == "update_damaged"


def test_a_folder_that_cannot_be_written_is_told(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish()
    (tmp_path / "updates").write_text("a file where the folder should be")
    assert code_of(publisher.updates(tmp_path).look, BadInput) == "update_not_written"
