"""Makes the set-up of a staged Windows program with NSIS."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from version import epoch

from windows.places import HERE, BuildRefused


def make(stage: Path, files: Iterable[str], to: Path, version: str, icon: Path, packing: str) -> Path:
    """The set-up at `to`; it and its uninstaller get our signature. `files`: paths below `stage`, with forward slashes.
    `packing`: "lzma" for people; "zlib" takes a sixth of the time, "off" none. Raises BuildRefused."""
    listed = sorted(files)
    size_kib = sum((stage / path).stat().st_size for path in listed) // 1024
    to.parent.mkdir(parents=True, exist_ok=True)
    install, remove = lists(stage, listed)
    (to.parent / "files.nsh").write_text(install, encoding="utf-8")
    (to.parent / "unfiles.nsh").write_text(remove, encoding="utf-8")
    numbers = ".".join([*(version.split(".") + ["0"] * 4)][:4])
    defined = {
        "OUT": to,
        "LISTS": to.parent,
        "VERSION": version,
        "NUMBERS": numbers,
        "ICON": icon,
        "SIZE_KIB": size_kib,
        "PACKING": packing,
        "SIGN": f'"{sys.executable}" -m windows.signing',
    }
    words = [f"-D{name}={word}" for name, word in defined.items()]
    ran = subprocess.run(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(HERE / "setup.nsi")],
        cwd=HERE.parent,
        env=dict(os.environ, SOURCE_DATE_EPOCH=str(epoch()), PYTHONPATH=str(HERE.parent)),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode or not to.exists():
        raise BuildRefused("The set-up could not be made: " + (ran.stdout + ran.stderr).strip()[-2000:])
    return to


def lists(stage: Path, files: list[str]) -> tuple[str, str]:
    """What the set-up installs, and what the uninstaller removes, in NSIS's words."""
    return _to_install(stage, files), _to_remove(files)


def _to_install(stage: Path, files: list[str]) -> str:
    lines, at = [], None
    for path in sorted(files, key=lambda one: (str(PurePosixPath(one).parent), one)):
        folder = str(PurePosixPath(path).parent)
        if folder != at:
            at = folder
            lines.append(f'SetOutPath "{_installed(folder)}"')
        lines.append(f'File "{_written(str(stage / path))}"')
    return "\n".join(lines) + "\n"


def _to_remove(files: list[str]) -> str:
    """File by file, then the folders that are empty by then: what somebody else put there stays."""
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents if str(parent) != "."}
    lines = [f'Delete "{_installed(path)}"' for path in files]
    lines += [f'RMDir "{_installed(folder)}"' for folder in sorted(folders, key=lambda one: (-one.count("/"), one))]
    return "\n".join(lines) + "\n"


def _installed(path: str) -> str:
    return "$INSTDIR" if path == "." else "$INSTDIR\\" + _written(path.replace("/", "\\"))


def _written(text: str) -> str:
    return text.replace("$", "$$")
