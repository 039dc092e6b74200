"""The starter: what it says when something is missing, and that it starts quickly when nothing is."""

import ast
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import run

ROOT = Path(run.__file__).resolve().parent
DEBIAN = {"ID": "debian", "VERSION_ID": "12"}


def test_an_old_python_can_read_the_file() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("system", "newer", "mend"),
    [
        pytest.param(DEBIAN, "python3.12", "python3.12 run.py check a.txt", id="a newer one is here"),
        pytest.param({"ID": "windows"}, "", "winget install Python.Python.3.13", id="windows"),
        pytest.param({"ID": "macos"}, "", "brew install python@3.13", id="macos"),
        pytest.param({"ID": "debian", "VERSION_ID": "11"}, "", run.PYTHON_ORG, id="debian 11"),
        pytest.param(DEBIAN, "", "apt install python3.11 python3.11-venv", id="debian 12"),
        pytest.param({"ID": "debian", "VERSION_ID": "13"}, "", "apt install python3 python3-venv", id="debian 13"),
        pytest.param({"ID": "ubuntu", "VERSION_ID": "22.04"}, "", "apt install python3.11", id="ubuntu 22.04"),
        pytest.param({"ID": "fedora", "VERSION_ID": "38"}, "", "dnf install python3.13", id="fedora"),
        pytest.param({"ID": "nixos", "VERSION_ID": "rolling"}, "", run.PYTHON_ORG, id="something else"),
    ],
)
def test_too_old_a_python_is_said_with_the_line_that_mends_it(system: dict[str, str], newer: str, mend: str) -> None:
    told = run.too_old((3, 8, 18, "final", 0), system, newer, ["check", "a.txt"])

    assert "needs Python 3.11 or newer; this is Python 3.8.18" in told.sentence
    assert mend in told.mend


def test_debian_that_has_no_good_python_is_named() -> None:
    told = run.too_old((3, 9, 2), {"ID": "debian", "VERSION_ID": "11"}, "", [])

    assert "Debian 11 has none that is new enough; Debian 12 has." in told.sentence


def test_a_missing_venv_module_names_the_debian_package() -> None:
    assert run.without_venv({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}).mend.endswith("apt install python3-venv")
    assert run.without_venv({"ID": "arch"}).mend == run.PYTHON_ORG


def test_missing_libraries_are_named_with_one_line() -> None:
    told = run.missing_libraries(["libEGL.so.1", "libxcb-cursor.so.0"], DEBIAN)

    assert "lacks libEGL.so.1 and libxcb-cursor.so.0" in told.sentence
    assert told.mend.endswith("apt install libegl1 libxcb-cursor0")


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        pytest.param(
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(... [Errno -3] Temporary"
            " failure in name resolution)'\nERROR: No matching distribution found for hatchling",
            "no network",
            id="no network",
        ),
        pytest.param(
            "ERROR: Could not find a version that satisfies the requirement hatchling (from versions: none)",
            "no network",
            id="no network, tried once",
        ),
        pytest.param("ERROR: Could not install: [Errno 28] No space left on device", "disk is full", id="full disk"),
        pytest.param("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "trusted", id="proxy"),
        pytest.param("Error: [Errno 13] Permission denied: '/opt/x/.venv'", "cannot be written", id="not ours"),
        pytest.param("ERROR: Cannot build the wheel\nsomething rare", "something rare", id="anything else"),
    ],
)
def test_what_stopped_the_installation_becomes_a_plain_sentence(printed: str, sentence: str) -> None:
    assert sentence in run.why_not_installed(printed).sentence


def test_the_debian_list_holds_everything_that_qt_needs() -> None:
    listed = run._packages_listed(run.DEBIAN_PACKAGES.read_text(encoding="utf-8"))

    assert {package for _, package in run.QT_LIBRARIES} | {"python3-venv", "fonts-dejavu-core"} <= set(listed)
    assert not [name for name in listed if not name.replace("-", "").replace(".", "").replace("+", "").isalnum()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small project with the real starter in it, and nothing installed."""
    shutil.copy(ROOT / "run.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "twohats"\nversion = "1"\n', encoding="ascii")
    return tmp_path


def test_a_second_start_goes_straight_to_the_program(checkout: Path) -> None:
    # Without pip in it, any attempt to install would fail.
    venv.create(checkout / ".venv", with_pip=False, symlinks=os.name != "nt")
    packages = next((checkout / ".venv").rglob("site-packages"))
    (packages / "twohats").mkdir()
    (packages / "twohats" / "__main__.py").write_text("import sys; print(sys.argv[1:]); sys.exit(2)", encoding="ascii")
    stamped = _in_starter(checkout, "run._stamp('program').write_text(run._fingerprint())")
    assert stamped.returncode == 0, stamped.stderr

    started = _start(checkout, "check", "a b.txt", "--as", "professional")

    assert started.stdout == "['check', 'a b.txt', '--as', 'professional']\n"
    assert started.returncode == 2
    assert started.stderr == ""


def test_other_dependencies_make_the_installation_stale(checkout: Path) -> None:
    venv.create(checkout / ".venv", with_pip=False, symlinks=os.name != "nt")
    said = _in_starter(
        checkout,
        "run._stamp('test').write_text(run._fingerprint())\n"
        "print(run._is_installed('program'), run._is_installed('test'))\n"
        "(run.ROOT / 'pyproject.toml').write_text('[project]')\n"
        "print(run._is_installed('program'), run._is_installed('test'))\n",
    )

    assert said.stdout.split() == ["True", "True", "False", "False"]


def test_a_half_made_installation_is_made_again_and_no_network_is_said_plainly(checkout: Path) -> None:
    half_made = checkout / ".venv"
    half_made.mkdir()
    (half_made / "pyvenv.cfg").write_text("home = /nowhere\n", encoding="ascii")

    started = _start(checkout, "check", "a.txt", **OFFLINE)

    assert started.returncode == run.CANNOT_START
    assert "left half-made; it is made again" in started.stderr
    assert "there is no network" in started.stderr
    assert "Traceback" not in started.stderr
    assert (half_made / "pyvenv.cfg").read_text(encoding="utf-8") != "home = /nowhere\n"


LEAVES_A_SERVER = """
import subprocess, sys
left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(left.pid, flush=True)
sys.exit(3)
"""
HANGS = """
import faulthandler, time
faulthandler.enable()
def hangs_here(): time.sleep(600)
hangs_here()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes that end together")
@pytest.mark.parametrize(
    ("check", "longest_s", "code", "printed"),
    [
        pytest.param(LEAVES_A_SERVER, None, 3, "", id="a server is left behind"),
        pytest.param(HANGS, 2.0, run.STOPPED, "in hangs_here", id="the check hangs"),
    ],
)
def test_a_check_ends_with_all_that_it_started(check: str, longest_s: float | None, code: int, printed: str) -> None:
    """Whoever called reads our output to its end: nothing that is left may hold it."""
    ran = _in_starter(ROOT, f"print(run.passed_on([run.sys.executable, '-c', {check!r}], None, {longest_s}))", 60)

    assert ran.stdout.splitlines()[-1] == str(code)
    assert printed in ran.stdout
    if longest_s is None:
        left = Path("/proc") / ran.stdout.split()[0]
        assert not left.exists() or "State:\tZ" in (left / "status").read_text(encoding="utf-8")


# Nothing listens on port 9 of this computer.
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}


def _start(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, str(checkout / "run.py"), *arguments],
        env=kept | environment,
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def _in_starter(checkout: Path, code: str, within_s: float | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import run\n" + code]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, timeout=within_s)
