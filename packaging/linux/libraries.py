"""Which shared libraries the Linux program takes from the system, by name, and the Debian package that holds each.

What is not named here must lie in the program. Names that end in t64 are those of Debian 13 and Ubuntu 24.04.
"""

import os
import subprocess
from pathlib import Path

BUNDLED = (
    "libpython3", "libssl.so", "libcrypto.so", "libffi.so", "libbz2.so", "liblzma.so", "libsqlite3.so", "libmpdec.so",
    "libxcb-cursor.so", "libxcb-util.so", "libxcb-icccm.so", "libxcb-image.so", "libxcb-keysyms.so",
    "libxcb-render-util.so",
)  # fmt: skip
"""From the system that builds, by how the file begins: what Python needs and distributions number in their own ways,
and the small X libraries that desktops often lack."""

SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6 (>= 2.34)",
    "libc.so.6": "libc6 (>= 2.34)",
    "libm.so.6": "libc6 (>= 2.34)",
    "libdl.so.2": "libc6 (>= 2.34)",
    "libpthread.so.0": "libc6 (>= 2.34)",
    "librt.so.1": "libc6 (>= 2.34)",
    "libresolv.so.2": "libc6 (>= 2.34)",
    "libutil.so.1": "libc6 (>= 2.34)",
    "libstdc++.so.6": "libstdc++6 (>= 11)",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    "libexpat.so.1": "libexpat1",
    "libuuid.so.1": "libuuid1",
    "libzstd.so.1": "libzstd1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgio-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgobject-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}


class LibraryMissing(Exception):
    """A library is neither in the program nor known as one of the system's."""


def is_wanted(path: str, source: str, environment: Path) -> bool:
    """Whether a binary that PyInstaller found goes into the program: all of the wheels', few of the system's."""
    if Path(source).is_relative_to(environment) or "lib-dynload" in source:
        return True
    return Path(path).name.startswith(BUNDLED)


def leads_to(link: tuple[str, str, str], there: set[str]) -> bool:
    """Whether a symbolic link (its path, where it points, a word) of PyInstaller's ends at one of the files."""
    return os.path.normpath(os.path.join(os.path.dirname(link[0]), link[1])) in there  # noqa: PTH118, PTH120


def needed(folder: Path) -> dict[str, list[str]]:
    """What each binary in the program asks the loader for, by its path in it."""
    found: dict[str, list[str]] = {}
    for file in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink() and _is_elf(one)):
        told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
        lines = [line.split() for line in told.splitlines() if line.strip().startswith("NEEDED")]
        found[file.relative_to(folder).as_posix()] = [words[1] for words in lines]
    return found


def strip(folder: Path) -> None:
    """Takes symbols that only debuggers read out of what may be stripped: not out of libraries that patchelf moved as
    wheels were made, nor out of what loads them, since strip breaks such."""
    moved = {file.name for file in folder.glob("*.libs/*")} | {file.name for file in folder.glob("_internal/*.libs/*")}
    for path, names in needed(folder).items():
        inside = ".libs/" in path or "PySide6/" in path
        if not inside and not moved.intersection(names):
            subprocess.run(["strip", "--strip-unneeded", str(folder / path)], check=True)


def dependencies(folder: Path) -> list[str]:
    """The Debian packages that the program in `folder` needs. Raises LibraryMissing."""
    inside = {file.name for file in folder.rglob("*.so*")}
    packages: set[str] = set()
    for path, names in needed(folder).items():
        for name in names:
            if name in inside:
                continue
            if name not in SYSTEM:
                raise LibraryMissing(f"{path} needs {name}")
            packages.add(SYSTEM[name])
    return sorted(packages)


def _is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"
