"""What is built for the public can tell its own updates from anybody else's, or it is not built."""

import sys

import build
import pytest
import release
from windows import __main__ as windows

_KEY = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE="


@pytest.mark.parametrize("keys", [(), (_KEY,)], ids=["none", "one"])
@pytest.mark.parametrize("what", ["linux", "deb", "macos", "windows"])
def test_a_release_is_refused_until_two_keys_are_named(
    what: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "PUBLIC_KEYS", keys)
    monkeypatch.setattr(sys, "argv", ["build.py", what, "--release"])
    assert build.main() == 3
    assert "make them first (packaging/update/keys.md)" in capsys.readouterr().err


def test_the_windows_build_asks_for_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(release, "PUBLIC_KEYS", (_KEY,))
    monkeypatch.setattr(sys, "argv", ["windows", "--release"])
    assert windows.main() == 3
    assert "holds 1:" in capsys.readouterr().err


def test_two_keys_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "PUBLIC_KEYS", (_KEY, _KEY[::-1]))
    release.must_be_provable()
