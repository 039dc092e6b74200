"""Writes packaging/locks/linux.txt, macos.txt, windows.txt or build.txt anew: `python packaging/lock.py linux`.

Needs the network, and takes the newest versions that pyproject.toml allows; what came is to be read in the diff before
it is committed.
"""

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from version import ROOT

LOCKS = ROOT / "packaging" / "locks"
LEFT_OUT = {
    "huggingface-hub": "tokenizers fetches models with it; ours is in the program",
    "protobuf": "onnxruntime's tools read models with it; the runtime does not",
    "flatbuffers": "as protobuf",
}
"""Named as needed by a package, and not needed by what we use of it: name and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is locked: which wheels pip is to choose, and how their markers are judged. `more`: what only this system
    needs, and pip, which judges markers by the system it runs on, would not fetch."""

    for_what: str
    wheels: tuple[str, ...]
    python: str
    markers: dict[str, str]
    more: tuple[str, ...] = ()


TARGETS = {
    "linux": Target(
        "the Linux program",
        ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux2014_x86_64"),
        "3.11",
        {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"},
    ),
    "macos": Target(
        "the macOS program",
        ("macosx_14_0_arm64", "macosx_14_0_universal2", "macosx_13_0_universal2", "macosx_11_0_arm64"),
        "3.13",
        {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"},
    ),
    "windows": Target(
        "the Windows program",
        ("win_amd64",),
        "3.13",
        {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
        ("pywin32-ctypes",),
    ),
}
BUILD_TOOLS = ("pyinstaller>=6.22", "hatchling>=1.26")


def main() -> int:
    name = sys.argv[1]
    if name == "build":
        text, count = _tools()
    else:
        text, count = _program(TARGETS[name])
    (LOCKS / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    print(f"{count} packages in packaging/locks/{name}.txt")
    return 0


def wanted() -> list[str]:
    """What pyproject.toml says the program needs."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def names(lock: Path) -> list[str]:
    """The packages of a lock file, as they name themselves there."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line and not line.startswith("#")]


def _program(target: Target) -> tuple[str, int]:
    choice = ["--only-binary=:all:", *(f"--platform={tag}" for tag in target.wheels)]
    choice += [f"--python-version={target.python}", "--implementation=cp"]
    choice += [f"--abi=cp{target.python.replace('.', '')}", "--abi=abi3", "--abi=none"]
    with tempfile.TemporaryDirectory() as folder:
        # pip judges markers by the system it runs on, and fetches more than another one needs; that is left again.
        _download(choice, [*wanted(), *target.more], Path(folder))
        wheels = _wheels(Path(folder))
        lines = [_line(wheels[name]) for name in sorted(_reached(wheels, target))]
    left = "".join(f"#   {name}: {why}\n" for name, why in LEFT_OUT.items())
    head = f"# What {target.for_what} is made of, for CPython {target.python}. Written by packaging/lock.py.\n"
    return f"{head}# Left out, though a package names it:\n{left}{''.join(lines)}", len(lines)


def _tools() -> tuple[str, int]:
    """The tools run on Linux and macOS alike: every wheel and source that the index has of a version is allowed."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for target in (TARGETS["linux"], TARGETS["macos"]):
            choice = [
                "--only-binary=:all:",
                *(f"--platform={tag}" for tag in (*target.wheels, "macosx_10_13_universal2")),
            ]
            choice += [f"--python-version={target.python}", "--implementation=cp"]
            choice += [f"--abi=cp{target.python.replace('.', '')}", "--abi=abi3", "--abi=none"]
            more = () if target.markers["sys_platform"] == "linux" else ("macholib>=1.8",)
            _download(choice, [*BUILD_TOOLS, *more], Path(folder))
        by_name: dict[str, list[Path]] = {}
        for wheel in sorted(Path(folder).glob("*.whl")):
            by_name.setdefault(canonicalize_name(parse_wheel_filename(wheel.name)[0]), []).append(wheel)
        for _, wheels in sorted(by_name.items()):
            versions = {str(parse_wheel_filename(wheel.name)[1]) for wheel in wheels}
            if len(versions) != 1:
                raise SystemExit(f"{wheels[0].name}: two versions for two systems")
            lines.append(" ".join([_line(wheels[0]).strip(), *(_hash(wheel) for wheel in wheels[1:])]) + "\n")
    head = "# What builds the Linux and macOS programs, and is not shipped. Written by packaging/lock.py.\n"
    return head + "".join(lines), len(lines)


def _download(choice: list[str], requirements: list[str], folder: Path) -> None:
    fetch = ["pip", "download", "--quiet", "--disable-pip-version-check", *choice, "--dest", str(folder)]
    subprocess.run([sys.executable, "-m", *fetch, *requirements], check=True)


def _wheels(folder: Path) -> dict[str, Path]:
    return {canonicalize_name(parse_wheel_filename(one.name)[0]): one for one in folder.glob("*.whl")}


def _reached(wheels: dict[str, Path], target: Target) -> set[str]:
    versions = {"python_version": target.python, "python_full_version": f"{target.python}.0", "extra": ""}
    environment = {**default_environment(), **target.markers, **versions}
    found: set[str] = set()
    waiting = [Requirement(line) for line in wanted()]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in found or name in LEFT_OUT or (one.marker and not one.marker.evaluate(environment)):
            continue
        found.add(name)
        waiting += _required_by(wheels[name])
    return found


def _required_by(wheel: Path) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as opened:
        told = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(opened.read(told).decode("utf-8"))
    return map(Requirement, headers.get_all("Requires-Dist") or ())


def _line(wheel: Path) -> str:
    name, number, *_ = parse_wheel_filename(wheel.name)
    return f"{name}=={number} {_hash(wheel)}\n"


def _hash(wheel: Path) -> str:
    return f"--hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


if __name__ == "__main__":
    sys.exit(main())
