"""Puts the Windows program together in a folder: runtime, wheels, our own code and launchers, all signed.

TwoHats.exe  bin/twohats.exe  python313.dll  python313._pth  python313.zip  DLLs/  lib/  licenses/
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path

from version import epoch

from windows import fetch, signing, trim
from windows.places import HERE, PYTHON_MINOR, PYTHON_NAME, ROOT, BuildRefused

WINDOW, CONSOLE = "TwoHats.exe", "bin/twohats.exe"
OURS = frozenset({WINDOW, CONSOLE})
_LICENSES = HERE.parent / "licenses"
_COMPILER, _RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"


@dataclass(frozen=True, slots=True)
class Staged:
    """What was put together: where, its size in bytes, its files, and who signed each binary."""

    folder: Path
    size: int
    files: tuple[str, ...]
    signed_by: dict[str, str]
    python: str


def put_together(to: Path, cache: Path, version: str, icon: Path, *, is_for_release: bool) -> Staged:
    """Makes `to` anew. Raises BuildRefused."""
    if is_for_release and not signing.can_sign_a_release():
        raise BuildRefused(f"A release is signed with a known certificate: set {signing.COMMAND}.")
    cache.mkdir(parents=True, exist_ok=True)
    runtime = fetch.runtime(cache, is_for_release=is_for_release)
    shutil.rmtree(to, ignore_errors=True)
    (to / "lib").mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="twohats-") as scratch:
        python = unpack_runtime(runtime.archive, Path(scratch) / "runtime")
        take_runtime(python, to)
        for wheel in [*fetch.wheels(cache), _own_wheel(Path(scratch))]:
            _take_wheel(wheel, to)
        _compile(python, to)
        _make_launchers(to, version, icon, Path(scratch))
    if _LICENSES.is_dir():
        shutil.copytree(_LICENSES, to / "licenses")
    shutil.copyfile(ROOT / "LICENSE", to / "LICENSE.txt")
    for program in OURS:  # the program looks for it beside itself
        (to / program).with_name("channel").write_text("setup\n", encoding="ascii")
    (to / f"{PYTHON_NAME}._pth").write_text(f"{PYTHON_NAME}.zip\nDLLs\nlib\n", encoding="ascii", newline="\r\n")
    signed_by = signing.sign_what_is_ours(to, OURS, signing.known())
    files = tuple(sorted(one.relative_to(to).as_posix() for one in to.rglob("*") if one.is_file()))
    for path in files:
        os.utime(to / path, (epoch(), epoch()))
    return Staged(to, sum((to / path).stat().st_size for path in files), files, signed_by, runtime.python)


# --- CPython


def unpack_runtime(archive: Path, to: Path) -> Path:
    """Gives the folder that holds python.exe: of an embeddable zip, or of the CPython inside the archive for CI."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(to)  # noqa: S202 - held to its hash
    else:
        with tarfile.open(archive) as opened:
            inner = next(one for one in opened.getmembers() if one.name.endswith("/data.zip"))
            data = opened.extractfile(inner)
            assert data is not None  # noqa: S101 - a file, by its name
            with zipfile.ZipFile(BytesIO(data.read())) as whole:
                whole.extractall(to)  # noqa: S202 - as above
    found = sorted(to.rglob("python.exe"), key=lambda one: len(one.parts))
    if not found or not (found[0].parent / f"{PYTHON_NAME}.dll").exists():
        raise BuildRefused(f"{archive.name} holds no CPython {PYTHON_MINOR}.")
    return found[0].parent


def take_runtime(python: Path, to: Path) -> None:
    """Libraries and the standard library. An embeddable zip brings that compiled and zipped, and its modules flat."""
    (to / "DLLs").mkdir(parents=True)
    for name in (f"{PYTHON_NAME}.dll", "python3.dll"):
        shutil.copyfile(python / name, to / name)
    flat = python / f"{PYTHON_NAME}.zip"
    modules = python if flat.exists() else python / "DLLs"
    beside = {f"{PYTHON_NAME}.dll", "python3.dll", *trim.C_RUNTIME}
    for file in sorted(modules.iterdir()):
        is_library = file.suffix.lower() in (".pyd", ".dll") and file.name not in beside
        if is_library and not _matches(file.name, trim.RUNTIME_LIBRARIES_LEFT_OUT):
            shutil.copyfile(file, to / "DLLs" / file.name)
    if flat.exists():
        shutil.copyfile(flat, to / flat.name)
        return
    library = to / "stdlib"
    left_out = shutil.ignore_patterns("__pycache__", "*.exe", "*.pyi")
    for entry in sorted((python / "Lib").iterdir()):
        if entry.name in trim.STDLIB_LEFT_OUT:
            continue
        if entry.is_dir():
            shutil.copytree(entry, library / entry.name, ignore=left_out)
        elif entry.suffix == ".py":
            library.mkdir(exist_ok=True)
            shutil.copyfile(entry, library / entry.name)


# --- packages


def _own_wheel(scratch: Path) -> Path:
    """Two Hats itself, as a wheel: with its entry points, by which the networks are found."""
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "--wheel-dir",
         str(scratch), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    made = list(scratch.glob("twohats-*.whl"))
    if ran.returncode or len(made) != 1:
        raise BuildRefused("Two Hats itself could not be packed: " + ran.stderr.strip()[-1500:])
    return made[0]


def _take_wheel(wheel: Path, to: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        for name in sorted(opened.namelist()):
            if name.endswith("/") or "__pycache__" in name:
                continue
            if wheel.name.lower().startswith(trim.C_RUNTIME_FROM.lower() + "_") and _is_c_runtime(name):
                target = to / Path(name).name
            elif trim.is_wanted(name):
                target = to / "lib" / name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(opened.read(name))


def _is_c_runtime(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder == trim.C_RUNTIME_FROM and file in trim.C_RUNTIME


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


# --- compiling


def _compile(python: Path, to: Path) -> None:
    """Compiled once here, so that nothing is written into the installation later: the uninstaller knows every file.

    By a Python of the same minor on this computer, else by the runtime itself under Wine.
    """
    folders = [to / name for name in ("stdlib", "lib") if (to / name).is_dir()]
    options = ["-m", "compileall", "-q", "-f", "-b", "--invalidation-mode", "unchecked-hash"]
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", WINEDEBUG="-all")
    for name in [one for one in environment if one in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")]:
        del environment[name]
    compiler = _same_python() or ["wine", str(python / "python.exe")]
    at_work = [
        subprocess.Popen(
            [*compiler, "-S", "-s", "-P", *options, "."],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for folder in folders
    ]
    told = [one.communicate()[0].decode(errors="replace") for one in at_work]
    for folder, one, words in zip(folders, at_work, told, strict=True):
        if one.returncode:
            raise BuildRefused(f"Compiling {folder.name} failed: {words[-1500:]}")
        _drop_sources(folder)
    if (to / "stdlib").is_dir():
        _zip(to / "stdlib", to / f"{PYTHON_NAME}.zip")
        shutil.rmtree(to / "stdlib")


def _same_python() -> list[str]:
    """python3.13 of this computer, if it is there and runs: version managers put stand-ins in its place."""
    found = shutil.which(f"python{PYTHON_MINOR}")
    if not found or subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode:
        return []
    return [found]


def _drop_sources(folder: Path) -> None:
    for source in folder.rglob("*.py"):
        if not source.with_suffix(".pyc").exists():
            raise BuildRefused(f"{source.relative_to(folder)} was not compiled.")
        source.unlink()


def _zip(folder: Path, to: Path) -> None:
    """Stored, since the set-up packs it better; in order and undated, so that every build makes the same."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as made:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            made.writestr(zipfile.ZipInfo(file.relative_to(folder).as_posix()), file.read_bytes())


# --- the launchers


def _make_launchers(to: Path, version: str, icon: Path, scratch: Path) -> None:
    for path, options in ((WINDOW, ["-mwindows"]), (CONSOLE, ["-mconsole", "-DWITH_CONSOLE"])):
        target, resources = to / path, scratch / "launcher.o"
        target.parent.mkdir(parents=True, exist_ok=True)
        defined = {
            "ICON_FILE": f'\\"{icon.as_posix()}\\"',
            "MANIFEST_FILE": f'\\"{(HERE / "launcher.manifest").as_posix()}\\"',
            "VERSION_NUMBERS": ",".join([*(version.split(".") + ["0"] * 4)][:4]),
            "VERSION_TEXT": f'\\"{version}\\"',
            "PROGRAM_NAME": f'\\"{target.name}\\"',
        }
        _run(
            [
                _RESOURCES,
                *(f"-D{name}={word}" for name, word in defined.items()),
                str(HERE / "launcher.rc"),
                str(resources),
            ]
        )
        _run(
            [_COMPILER, "-municode", *options, "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-static",
             "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va",
             f'-DPYTHON_NAME=L"{PYTHON_NAME}"', "-o", str(target), str(HERE / "launcher.c"), str(resources)]
        )  # fmt: skip


def _run(words: list[str]) -> None:
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BuildRefused(f"{words[0]} failed: {ran.stderr.strip()[-1500:]}")
