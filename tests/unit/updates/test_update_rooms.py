"""The channel file, the system's name, versions, our keys, and the starting of a set-up."""

import base64
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from twohats import __version__
from twohats.model.errors import BadInput
from twohats.model.update import Channel, Version
from twohats.updates import release_keys
from twohats.updates.channel import channel_of, platform_name
from twohats.updates.set_up import start_set_up
from twohats.updates.shelf import UpdateShelf


@pytest.mark.parametrize("channel", list(Channel), ids=lambda channel: channel.value)
def test_the_packager_writes_the_channel(tmp_path: Path, channel: Channel) -> None:
    (tmp_path / "channel").write_text(f"{channel.value}\n")
    assert channel_of((tmp_path / "not there", tmp_path)) is channel


@pytest.mark.parametrize("word", ["", "Setup", "setup deb", "\x00", "é", "x" * 5_000])
def test_a_word_that_is_not_known_switches_updates_off(tmp_path: Path, word: str) -> None:
    (tmp_path / "channel").write_text(word, encoding="utf-8")
    assert not channel_of((tmp_path,)).may_look


def test_a_checkout_has_no_updates() -> None:
    assert channel_of() is Channel.SOURCE
    assert not Channel.SOURCE.may_look


def test_only_the_windows_set_up_replaces_the_program_from_inside() -> None:
    assert [channel for channel in Channel if channel.may_install] == [Channel.SETUP]
    assert all(channel.may_look for channel in Channel if channel.may_install)


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("win32", "AMD64", "windows-x64"),
        ("win32", "ARM64", "windows-arm64"),
        ("darwin", "arm64", "macos"),
        ("linux", "x86_64", "linux-x64"),
        ("linux", "aarch64", "linux-arm64"),
    ],
)
def test_the_name_of_a_system(system: str, machine: str, name: str) -> None:
    assert platform_name(system, machine) == name


def test_versions_are_compared_as_numbers() -> None:
    told = ["0.9.0", "0.10.0", "0.2.11", "1.0.0", "0.2.9"]
    assert [str(one) for one in sorted(map(Version.read, told))] == ["0.2.9", "0.2.11", "0.9.0", "0.10.0", "1.0.0"]


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3 ", "1.2.x", "-1.2.3", "1.2.3rc1", "١.٢.٣"]
)
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="version"):
        Version.read(text)


def test_the_program_has_a_version_that_updates_understand() -> None:
    assert str(Version.read(__version__)) == __version__


def test_the_keys_in_the_source_are_none_or_two_for_rotation() -> None:
    assert len(release_keys.PUBLIC_KEYS) in (0, 2)
    assert {len(base64.b64decode(key, validate=True)) for key in release_keys.PUBLIC_KEYS} <= {32}
    assert len(set(release_keys.PUBLIC_KEYS)) == len(release_keys.PUBLIC_KEYS)
    assert release_keys.ADDRESS.startswith("https://")


def test_the_set_up_is_started_silently_and_opens_the_window_again(tmp_path: Path) -> None:
    started: list[Sequence[str]] = []
    start_set_up(tmp_path / "TwoHats-setup-9.1.0.exe", started.append)
    assert started == [(str(tmp_path / "TwoHats-setup-9.1.0.exe"), "/S", "/RELAUNCH")]


@pytest.mark.skipif(sys.platform != "linux", reason="the set-up is played by a shell script that reads /proc")
def test_a_set_up_goes_on_apart_from_us(tmp_path: Path) -> None:
    said = tmp_path / "said"
    set_up = tmp_path / "TwoHats-setup-9.1.0.exe"
    set_up.write_text(f'#!/bin/sh\necho "$@" > {said}\ncut -d" " -f6 /proc/$$/stat >> {said}\n')
    set_up.chmod(0o755)
    started = start_set_up(set_up)
    assert isinstance(started, subprocess.Popen)
    assert started.wait() == 0
    words, session = said.read_text().splitlines()
    assert words == "/S /RELAUNCH"
    assert int(session) == started.pid != os.getsid(0)


def test_a_set_up_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="update_not_started"):
        start_set_up(tmp_path / "not-there.exe")


@pytest.mark.parametrize("name", ["", "../feed.json", "a/b", "a\\b", ".hidden", "x" * 100])
def test_a_name_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        UpdateShelf(tmp_path).path(name)
