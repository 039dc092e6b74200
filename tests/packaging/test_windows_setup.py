"""The Windows set-up, built and run: installed under Wine, started, asked, upgraded over, and removed again.

What runs is the real thing: CPython for Windows, the wheels for Windows, our launchers, NSIS. What stands in for the
little that Wine 8 lacks is in wine/. What only a real Windows can show is in packaging/RELEASE.md.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from icons import make_ico
from tests.packaging.updating import update_over_the_feed
from tests.packaging.wine.prefix import PATIENCE_S, Prefix, until
from tests.packaging.wine.screen import Screen
from tests.servers.processes import cache_folder
from version import version
from windows import setup, signing, stage

from twohats.flows.compose import new_draft, with_text
from twohats.model.identity import Hat
from twohats.model.update import Channel
from twohats.store.database import fresh_key, open_store
from twohats.updates.channel import channel_of
from twohats.updates.set_up import WORDS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the set-up is built on Linux, and runs under Wine there"
)

US = "Two Hats tests"
OLDER = "0.0.1"
LARGEST_QUICK_MB = 105
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\TwoHats"
CLASSES = r"HKCU\Software\Classes"
APP_PATHS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\TwoHats.exe"
ABOUT_A_CLIENT = "My client Maria Keller told me on Tuesday that her husband beats her."
# No rule has a word of these sentences in its lists; the network does.
FOR_THE_NETWORK_ALONE = "I sat with a young mother last night who has been hiding the bottles."

DRAFT = "0123456789abcdef0123456789abcdef"
WRITTEN_ELSEWHERE = "Grief has no timetable."


@dataclass(frozen=True, slots=True)
class Built:
    """The staged program, and the set-ups of it and of an older version with a file more."""

    staged: stage.Staged
    newer: Path
    older: Path


class Installed:
    """The program where the set-up put it."""

    def __init__(self, prefix: Prefix) -> None:
        self.prefix = prefix
        self.local = prefix.user / "AppData" / "Local"
        self.folder = self.local / "Programs" / "Two Hats"
        self.data = self.local / "TwoHats"
        self.start_menu = prefix.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Two Hats.lnk"

    @property
    def task(self) -> Path:
        """Where the task that sends planned posts is kept."""
        return self.prefix.folder / "drive_c" / "windows" / "tasks" / "Two Hats Deliver.xml"

    def twohats(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """What the command line answers."""
        return self.prefix.run(self.folder / "bin" / "twohats.exe", *words, told=told)

    @property
    def place(self) -> str:
        """The folder as Windows calls it."""
        return "C:" + str(self.folder).partition("drive_c")[2].replace("/", "\\")

    def uninstalling(self, *words: str) -> tuple[str, ...]:
        """What to run. _? keeps the uninstaller from copying itself away, so that there is an end to wait for; it wants
        the folder's name unquoted, even with a space in it."""
        return (str(self.folder / "uninstall.exe"), "/S", *words, *f"_?={self.place}".split(" "))

    def uninstall(self, *words: str) -> int:
        """The exit code."""
        code = self.prefix.run(*self.uninstalling(*words)).returncode
        if code == 0:
            (self.folder / "uninstall.exe").unlink()  # which run in its place cannot remove itself
        if self.folder.exists() and not any(self.folder.iterdir()):
            self.folder.rmdir()
        return code


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def prefix(screen: Screen) -> Iterator[Prefix]:
    with Prefix(screen.display) as prefix:
        yield prefix


@pytest.fixture(scope="module")
def built(prefix: Prefix, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("windows")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("WINEPREFIX", "WINEARCH", "WINEDEBUG", "WINEDLLOVERRIDES"):
            patch.setenv(name, prefix.environment[name])
        patch.setenv(signing.TEST_KEY, str(made_certificate(folder / "us.p12")))
        patch.delenv(signing.COMMAND, raising=False)
        icon = make_ico(folder / "twohats.ico")
        cache = cache_folder() / "windows"
        staged = stage.put_together(folder / "stage", cache, version(), icon, is_for_release=False)
        newer = setup.make(staged.folder, staged.files, folder / "TwoHats-new.exe", version(), icon, "zlib")

        gone = "lib/twohats/of_the_older_version.pyc"
        old_stage = folder / "old-stage"
        shutil.copytree(staged.folder, old_stage, copy_function=os.link)
        (old_stage / gone).write_bytes(b"")
        files = (*staged.files, gone)
        older = setup.make(old_stage, files, folder / "old" / "TwoHats-old.exe", OLDER, icon, "off")
        yield Built(staged, newer, older)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def installed(prefix: Prefix, built: Built) -> Installed:
    """The newer version, over the older one."""
    program = Installed(prefix)
    assert prefix.run(built.older, "/S").returncode == 0
    assert prefix.registry(UNINSTALL)["displayversion"].endswith(OLDER)
    assert (program.folder / "lib" / "twohats" / "of_the_older_version.pyc").exists()
    assert prefix.run(built.newer, "/S").returncode == 0
    return program


def test_every_binary_is_signed_by_somebody_known(built: Built) -> None:
    by_whom = list(built.staged.signed_by.values())

    assert set(by_whom) == {*signing.known().organisations, US}
    assert by_whom.count(US) == len(signing.known().unsigned) + len(stage.OURS)
    assert all(signing.signature(file) == signing.Signature(US, is_whole=True) for file in (built.newer, built.older))


def test_the_set_up_is_small_enough_even_packed_in_a_hurry(
    built: Built, record_property: Callable[[str, object], None]
) -> None:
    told = f"stage {built.staged.size / 1e6:.1f} MB, set-up {built.newer.stat().st_size / 1e6:.1f} MB packed with zlib"
    record_property("outcomes", told)
    assert built.newer.stat().st_size < LARGEST_QUICK_MB * 1_000_000


def test_an_upgrade_leaves_the_new_version_and_nothing_else(built: Built, installed: Installed) -> None:
    there = {file.relative_to(installed.folder).as_posix() for file in installed.folder.rglob("*") if file.is_file()}

    assert there == {*built.staged.files, "uninstall.exe"}
    assert signing.signature(installed.folder / "uninstall.exe") == signing.Signature(US, is_whole=True)


def test_windows_knows_the_program_its_links_and_its_files(installed: Installed) -> None:
    where = installed.place
    told = installed.prefix.registry(UNINSTALL)
    classes = {key: installed.prefix.registry(rf"{CLASSES}\{key}") for key in ("twohats", ".twohats", "TwoHats.File")}

    assert told["displayversion"].endswith(version())
    assert told["quietuninstallstring"].endswith(rf'"{where}\uninstall.exe" /S')
    assert told["installlocation"].endswith(where)
    assert installed.prefix.registry(APP_PATHS)["(default)"].endswith(rf"{where}\TwoHats.exe")
    assert "url protocol" in classes["twohats"]
    for key, word in (("twohats", "--open-url"), ("TwoHats.File", "--open-file")):
        assert classes[key][r"shell\open\command\(default)"].endswith(rf'"{where}\TwoHats.exe" {word} "%1"')
    assert classes[".twohats"]["(default)"].endswith("TwoHats.File")
    assert installed.start_menu.exists()


def test_the_installed_program_checks_with_rules_and_with_the_model(installed: Installed) -> None:
    by_rule = installed.twohats("check", "--as", "professional", "--format", "json", told=ABOUT_A_CLIENT)
    by_model = installed.twohats("check", "--as", "professional", "--format", "json", told=FOR_THE_NETWORK_ALONE)

    assert by_rule.returncode == 2, by_rule.stderr
    assert json.loads(by_rule.stdout)["findings"][0]["text"] in ABOUT_A_CLIENT
    answer = json.loads(by_model.stdout)
    assert not answer["by_rules_only"]
    assert any(not finding["by_rule"] for finding in answer["findings"]), by_model.stdout


def test_the_key_of_the_store_goes_to_the_windows_keyring_and_comes_back(installed: Installed) -> None:
    first = installed.twohats("drafts")
    again = installed.twohats("drafts")

    assert [first.returncode, again.returncode] == [0, 0], first.stderr + again.stderr
    assert (installed.data / "twohats.db").read_bytes()[:6] != b"SQLite"
    assert any(
        "generic: twohats" in name for name in installed.prefix.registry(r"HKCU\Software\Wine\Credential Manager")
    )


def test_the_installed_program_has_the_task_scheduler_start_it_without_a_console(installed: Installed) -> None:
    told = installed.twohats("deliver", "--timer", "install")
    assert (told.returncode, told.stdout.split(":")[0]) == (0, "Installed"), told.stdout + told.stderr

    starts = ElementTree.fromstring(installed.task.read_bytes().decode("utf-16").partition("?>")[2]).find(".//{*}Exec")
    assert starts is not None
    assert starts.findtext("{*}Command") == installed.place + r"\TwoHats.exe"
    word, option, folder = starts.findtext("{*}Arguments", "").split(" ", 2)
    assert (word, option) == ("deliver", "--home")

    ran = installed.prefix.run(installed.folder / "TwoHats.exe", word, option, folder.strip('"'))
    assert ran.returncode == 0, ran.stderr
    assert "Nothing is due." in ran.stdout


def test_what_was_written_elsewhere_comes_along(installed: Installed, tmp_path: Path) -> None:
    elsewhere = open_store(tmp_path / "elsewhere", fresh_key())
    elsewhere.profile.save_settings(replace(elsewhere.profile.settings(), welcomed=True))
    now = datetime.now(UTC)
    elsewhere.drafts.save(with_text(new_draft(DRAFT, now, Hat.PROFESSIONAL), WRITTEN_ELSEWHERE, now))
    elsewhere.export_all(tmp_path / "all.twohats", now)
    elsewhere.close()

    taken = installed.twohats("import", f"Z:{tmp_path / 'all.twohats'}")

    assert taken.returncode == 0, taken.stderr
    assert WRITTEN_ELSEWHERE in installed.twohats("drafts").stdout


def test_the_desk_opens_at_a_link_and_meanwhile_nothing_is_replaced_or_removed(
    built: Built, installed: Installed, screen: Screen, tmp_path: Path
) -> None:
    prefix = installed.prefix
    window = prefix.start(installed.folder / "TwoHats.exe", "--open-url", f"twohats://draft/{DRAFT}")
    until(lambda: shows_the_desk(screen), "the desk did not open")
    screen.picture().save(tmp_path / "desk.png")
    print(f"the desk: {tmp_path / 'desk.png'}")

    both = [prefix.start(built.older, "/S"), prefix.start(*installed.uninstalling())]
    for one in both:
        one.communicate(timeout=PATIENCE_S)
    is_still_open = window.poll() is None
    prefix.run("taskkill", "/IM", "TwoHats.exe")
    window.communicate(timeout=PATIENCE_S)

    assert [one.returncode for one in both] == [5, 5]
    assert is_still_open
    assert prefix.registry(UNINSTALL)["displayversion"].endswith(version())
    assert (installed.folder / "TwoHats.exe").exists()


def test_who_left_for_an_update_that_is_refused_gets_the_window_back(
    built: Built, installed: Installed, screen: Screen
) -> None:
    prefix, command = installed.prefix, installed.folder / "bin" / "twohats.exe"
    busy = prefix.start(command, "deliver")
    until(lambda: str(command) in Path(f"/proc/{busy.pid}/maps").read_text(encoding="utf-8"), "it did not start")
    busy.send_signal(signal.SIGSTOP)

    set_up = prefix.start(built.older, *WORDS)
    set_up.wait(PATIENCE_S)
    until(lambda: shows_the_desk(screen), "the desk did not open again")
    prefix.run("taskkill", "/IM", "TwoHats.exe")
    set_up.communicate(timeout=PATIENCE_S)
    busy.send_signal(signal.SIGCONT)
    busy.communicate(timeout=PATIENCE_S)

    assert set_up.returncode == 5
    assert busy.returncode == 0
    assert prefix.registry(UNINSTALL)["displayversion"].endswith(version())


def test_an_update_from_a_signed_feed_replaces_the_older_version_and_opens_the_window_again(
    built: Built, installed: Installed, screen: Screen, tmp_path: Path
) -> None:
    prefix = installed.prefix
    assert prefix.run(built.older, "/S").returncode == 0
    assert prefix.registry(UNINSTALL)["displayversion"].endswith(OLDER)

    set_up = update_over_the_feed(built.newer, version(), tmp_path, prefix.start)
    set_up.wait(PATIENCE_S)
    until(lambda: shows_the_desk(screen), "the desk did not open again")
    prefix.run("taskkill", "/IM", "TwoHats.exe")
    set_up.communicate(timeout=PATIENCE_S)

    assert set_up.returncode == 0
    assert set_up.args[1] == str(tmp_path / "data" / "updates" / f"TwoHats-setup-{version()}.exe")
    assert prefix.registry(UNINSTALL)["displayversion"].endswith(version())


def test_the_program_is_told_that_a_set_up_brought_it(installed: Installed) -> None:
    assert channel_of((installed.folder,)) is Channel.SETUP


def test_removed_it_leaves_the_person_s_data_and_nothing_else(built: Built, installed: Installed) -> None:
    prefix = installed.prefix
    stranger = installed.folder / "lib" / "a file of somebody else.txt"
    stranger.write_text("mine")

    assert installed.uninstall() == 0

    assert [file for file in installed.folder.rglob("*") if file.is_file()] == [stranger]
    assert not installed.start_menu.exists()
    assert not installed.task.exists()
    for key in (UNINSTALL, APP_PATHS, rf"{CLASSES}\twohats", rf"{CLASSES}\.twohats", rf"{CLASSES}\TwoHats.File"):
        assert prefix.registry(key) == {}
    assert (installed.data / "twohats.db").exists()
    shutil.rmtree(installed.folder)

    assert prefix.run(built.newer, "/S").returncode == 0
    assert installed.twohats("drafts").returncode == 0  # with the key that stayed


def test_removed_with_everything_it_leaves_no_data_and_no_secret(installed: Installed) -> None:
    assert installed.uninstall("/PURGE") == 0

    assert not installed.folder.exists()
    assert not installed.data.exists()
    assert not any("twohats" in name for name in installed.prefix.registry(r"HKCU\Software\Wine\Credential Manager"))


def shows_the_desk(screen: Screen) -> bool:
    """Whether the window with its panes stands: a small part of the screen is one colour, unlike while it opens."""
    colours = screen.picture().getcolors(1 << 24) or []
    return len(colours) > 1_000


def made_certificate(to: Path) -> Path:
    """A key and a certificate of our own making, which nobody trusts."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = [(x509.NameOID.ORGANIZATION_NAME, US), (x509.NameOID.COMMON_NAME, US)]
    who = x509.Name([x509.NameAttribute(kind, told) for kind, told in names])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .sign(key, SHA256())
    )
    to.write_bytes(pkcs12.serialize_key_and_certificates(b"us", key, made, None, NoEncryption()))
    return to
