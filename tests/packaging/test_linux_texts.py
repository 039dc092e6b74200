"""What the Linux desktop reads of the program, the lock files, the licences: all of it without building anything."""

import hashlib
import re
import subprocess
import tarfile
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import freezing
import licences
import lock
import pytest
import version
import yaml
from linux import bundle, deb, libraries

from twohats.commands import opening

LINUX = version.ROOT / "packaging" / "linux"
NAME = deb.NAME


@pytest.fixture(scope="module")
def share(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    deb._add_share(folder)
    return folder


def _ran(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


def test_the_desktop_entry_is_valid(share: Path) -> None:
    told = _ran("desktop-file-validate", share / "applications" / f"{NAME}.desktop")
    assert (told.returncode, told.stdout) == (0, "")


def test_the_desktop_entry_starts_a_command_that_there_is(share: Path) -> None:
    entry = (share / "applications" / f"{NAME}.desktop").read_text(encoding="utf-8")
    started = re.search(r"^Exec=twohats (\S+) %u$", entry, re.MULTILINE)
    assert started
    assert started[1] in opening.WORDS


def test_a_menu_that_gives_no_link_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(opening, "_open_window", lambda wish, refused: opened.append((wish, refused)) or 0)
    assert opening.run(["open"]) == 0
    assert opened == [(None, "")]


def test_the_metainfo_is_valid_and_tells_the_version(share: Path) -> None:
    file = share / "metainfo" / f"{NAME}.metainfo.xml"
    told = _ran("appstreamcli", "validate", "--no-net", "--no-color", file)
    assert told.returncode == 0, told.stdout
    release = ElementTree.parse(file).find("releases/release")
    assert release.get("version") == version.version()
    assert date.fromisoformat(release.get("date")) == date(2026, 1, 1)


def test_the_type_of_file_is_the_one_that_the_desktop_entry_opens(share: Path) -> None:
    told = ElementTree.parse(share / "mime" / "packages" / f"{NAME}.xml").getroot()
    kind = told[0].get("type")
    assert kind in (share / "applications" / f"{NAME}.desktop").read_text(encoding="utf-8")
    assert _ran("update-mime-database", share / "mime").returncode == 0
    assert f"{kind}:*.twohats" in (share / "mime" / "globs").read_text(encoding="utf-8")


def test_the_manual_page_has_no_warnings() -> None:
    page = deb._filled("twohats.1.in")
    told = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert version.version() in page


@pytest.mark.parametrize("name", ["build", "linux", "macos"])
def test_every_line_of_a_lock_file_has_version_and_hash(name: str) -> None:
    lines = [line for line in (lock.LOCKS / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line)] == []


@pytest.mark.parametrize("name", ["linux", "macos"])
def test_a_lock_file_holds_all_that_the_program_names(name: str) -> None:
    from packaging.requirements import Requirement

    text = (lock.LOCKS / f"{name}.txt").read_text("utf-8")
    versions = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    for wanted in map(Requirement, lock.wanted()):
        assert wanted.specifier.contains(versions[licences.plain(wanted.name)]), wanted


def test_a_package_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    told = tmp_path / "site" / "bare-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\n", encoding="utf-8")
    (told / "RECORD").write_text("bare-1.0.dist-info/METADATA,,\n", encoding="utf-8")
    with pytest.raises(licences.LicenceMissing, match="bare"):
        licences.gather(tmp_path / "texts", tmp_path / "site", ["bare"])


def test_the_licences_of_qt_are_whole() -> None:
    sizes = {file.name: file.stat().st_size for file in licences.OURS.iterdir()}
    assert sizes["LGPL-3.0.txt"] > 7000
    assert sizes["GPL-3.0.txt"] > 35000
    apache = (version.ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256((licences.OURS / "Apache-2.0.txt").read_bytes()).digest() == hashlib.sha256(apache).digest()
    for texts in licences.STANDING_IN.values():
        assert set(texts) <= set(sizes)


@pytest.mark.parametrize(
    ("path", "is_wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/designer_de.qm", False),
        ("resources/tagger/model.onnx", True),
    ],
)
def test_what_is_trimmed(path: str, is_wanted: bool) -> None:
    assert freezing.is_wanted(path) is is_wanted


def test_of_the_system_only_what_is_named_comes_along(tmp_path: Path) -> None:
    assert libraries.is_wanted("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", tmp_path)
    assert not libraries.is_wanted("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0", tmp_path)
    assert libraries.is_wanted("x.so", str(tmp_path / "lib" / "x.so"), tmp_path)


def test_a_library_that_nobody_brings_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "needed", lambda folder: {"twohats": ["libc.so.6", "libnobody.so.1"]})
    with pytest.raises(libraries.LibraryMissing, match=r"libnobody\.so\.1"):
        libraries.dependencies(tmp_path)


def test_the_archive_holds_the_program_and_how_to_start_it(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    for name in ("twohats", "_internal/one.so"):
        (program / name).write_text(name, encoding="ascii")
    bundle.set_modes(program)
    made = [deb.make_archive(bundle.Bundle(program, tmp_path), b"{}", tmp_path / name, 0) for name in ("a.xz", "b.xz")]
    assert made[0].read_bytes() == made[1].read_bytes()
    top = f"TwoHats-{version.version()}"
    with tarfile.open(made[0]) as archive:
        found = {one.name: (one.mode, one.uid, one.mtime) for one in archive}
    assert found[f"{top}/twohats"] == (0o755, 0, version.epoch())
    assert found[f"{top}/_internal/one.so"] == (0o644, 0, version.epoch())
    assert {f"{top}/README.txt", f"{top}/channel", f"{top}/sbom.json"} <= set(found)
    assert f"{top}/share/applications/{NAME}.desktop" in found


def test_the_flatpak_manifest_names_files_that_there_are() -> None:
    manifest = yaml.safe_load((LINUX / f"{NAME}.yaml").read_text(encoding="utf-8"))
    assert manifest["id"] == NAME
    assert manifest["command"] == "twohats"
    assert "--socket=wayland" in manifest["finish-args"]
    assert not [word for word in manifest["finish-args"] if word.startswith("--filesystem=home")]
    commands = "\n".join(command for module in manifest["modules"] for command in module["build-commands"])
    for name in re.findall(r"packaging/\S+", commands):
        assert (version.ROOT / name).exists() or (version.ROOT / f"{name}.in").exists(), name
    assert "--require-hashes" in commands
