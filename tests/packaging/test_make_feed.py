"""Making and signing the feed of a release, as a person does it on the command line."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fakes.releases import load_make_feed

from twohats import __version__

_SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "update" / "make_feed.py"
PASSPHRASE = "four quiet river stones"

make_feed = load_make_feed()


def told(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, _SCRIPT, *map(str, words)], input=typed, capture_output=True, text=True, check=False
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    file = tmp_path / "built" / "TwoHats-setup.exe"
    file.parent.mkdir()
    file.write_bytes(b"MZ invented")
    return file


def made(out: Path, built: Path) -> subprocess.CompletedProcess[str]:
    return told(
        *("feed", out, "--notes", "https://example.org/new", "--base", "https://example.org/files/"),
        f"windows-x64={built}",
    )


def test_a_feed_tells_of_the_built_files_in_the_version_of_the_source(tmp_path: Path, built: Path) -> None:
    ran = made(tmp_path / "out", built)
    assert ran.returncode == 0, ran.stderr
    feed = json.loads((tmp_path / "out" / "feed.json").read_text())
    assert feed["version"] == __version__
    assert feed["platforms"] == {
        "windows-x64": {
            "url": "https://example.org/files/TwoHats-setup.exe",
            "sha256": "0eef4d98a7510df6c9772020144c037c9d6828d3fb5aad57091d0a6d9ec1ed35",
            "size": 11,
        }
    }


def test_a_key_is_encrypted_readable_by_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "first.pem"
    ran = told("new-key", file, typed=f"{PASSPHRASE}\n")
    assert ran.returncode == 0, ran.stderr
    make_feed.Ed25519Signatures([ran.stdout.strip()])
    assert "BEGIN ENCRYPTED PRIVATE KEY" in file.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert told("new-key", file, typed=f"{PASSPHRASE}\n").returncode == 1
    assert file.read_bytes() == before


def test_a_short_passphrase_makes_no_key(tmp_path: Path) -> None:
    assert told("new-key", tmp_path / "k.pem", typed="short\n").returncode == 1
    assert not (tmp_path / "k.pem").exists()


def test_a_key_that_no_program_knows_signs_nothing(tmp_path: Path, built: Path) -> None:
    told("new-key", tmp_path / "first.pem", typed=f"{PASSPHRASE}\n")
    made(tmp_path / "out", built)
    ran = told("sign", tmp_path / "out", "--key", tmp_path / "first.pem", typed=f"{PASSPHRASE}\n")
    assert ran.returncode == 1
    assert "no program knows first.pem" in ran.stderr
    assert not (tmp_path / "out" / "feed.json.sig").exists()


def test_it_is_signed_renewed_and_signed_anew_with_known_keys(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, keys = tmp_path / "out", []
    for name in ("first.pem", "second.pem"):
        keys.append(told("new-key", tmp_path / name, typed=f"{PASSPHRASE}\n").stdout.strip())
    signatures = make_feed.Ed25519Signatures
    monkeypatch.setattr(make_feed, "PUBLIC_KEYS", tuple(keys))
    monkeypatch.setattr(make_feed, "Ed25519Signatures", lambda: signatures(keys))
    monkeypatch.setattr(make_feed, "_passphrase", lambda _question: PASSPHRASE.encode())
    made(out, built)
    both = ["--key", str(tmp_path / "first.pem"), "--key", str(tmp_path / "second.pem")]

    assert make_feed.main(["sign", str(out), *both]) == 0
    assert len((out / "feed.json.sig").read_bytes().splitlines()) == 2
    for key in keys:
        assert signatures([key]).fit((out / "feed.json").read_bytes(), (out / "feed.json.sig").read_bytes())

    before = json.loads((out / "feed.json").read_text())
    assert make_feed.main(["renew", str(out)]) == 0
    after = json.loads((out / "feed.json").read_text())
    assert not (out / "feed.json.sig").exists(), "the signature of another feed must not lie there"
    assert {**after, "published": ""} == {**before, "published": ""}
    assert make_feed.main(["sign", str(out), *both]) == 0
    assert make_feed.main(["verify", str(out)]) == 0

    (out / "feed.json").write_bytes((out / "feed.json").read_bytes() + b" ")
    assert make_feed.main(["verify", str(out)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "no key in updates/release_keys.py fits this signature"


@pytest.mark.parametrize(
    "change",
    [
        ("--notes", "http://example.org/new"),
        ("--base", "http://example.org/files"),
        ("--base", "ftp://example.org/files"),
        ("--min-version", "1"),
    ],
    ids=lambda change: " ".join(change),
)
def test_what_programs_would_refuse_is_not_made(tmp_path: Path, built: Path, change: tuple[str, str]) -> None:
    words = {"--notes": "https://example.org/new", "--base": "https://example.org/files", "--min-version": "0.1.0"}
    words[change[0]] = change[1]
    given = [word for pair in words.items() for word in pair]
    ran = told("feed", tmp_path / "out", *given, f"windows-x64={built}")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()
