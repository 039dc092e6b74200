"""A fresh Windows of Wine, in which the set-up and the installed program run.

Debian's Wine 8 lacks a little of Windows 10; the libraries made here from the .c files beside this one stand in for it,
in this Windows only. Debian packages: wine64, wine, gcc-mingw-w64-x86-64-posix.
"""

import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.processes import fresh_folder, run

HERE = Path(__file__).resolve().parent
PATIENCE_S = 240.0  # on a loaded machine
_COMPILER = "x86_64-w64-mingw32-gcc"
_WINE_UCRT = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")
_STAND_INS = {"bcryptprimitives": ("-ladvapi32",), "icuuc": (), "mscms": ()}
_LIBRARY = ("-shared", "-nostdlib")
# n: what lies in the prefix rather than Wine's own. The last would write menus into the home of who runs the tests.
_OVERRIDES = "ucrtbase=n;mscms=n;schtasks.exe=n;winemenubuilder.exe=d"


class Prefix:
    """While it is entered, this Windows is there; its processes and files are gone afterwards."""

    def __init__(self, display: str) -> None:
        """`display`: of an X server, such as ":5"."""
        self.folder = Path()
        self._display = display

    def __enter__(self) -> Self:
        home = fresh_folder("twohats-wine-")
        self.folder = home / "prefix"
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "HOME": str(home),
            "DISPLAY": self._display,
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEPREFIX": str(self.folder),
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
        }
        try:
            run(["wine", "wineboot", "-i"], env=self.environment, timeout=PATIENCE_S)
            self._stand_in(self.folder / "drive_c" / "windows" / "system32")
            self.environment["WINEDLLOVERRIDES"] = _OVERRIDES
            self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end()

    @property
    def user(self) -> Path:
        """The person's own folder in this Windows."""
        return next(one for one in (self.folder / "drive_c" / "users").iterdir() if one.name != "Public")

    def run(
        self, *words: str | Path, told: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program to its end."""
        return subprocess.run(
            ["wine", *map(str, words)],
            input=told,
            env={**self.environment, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Starts a program and does not wait for it. Wine hands pipes through, and files not always."""
        return subprocess.Popen(
            ["wine", *map(str, words)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def registry(self, key: str) -> dict[str, str]:
        """The values below a key, by "subkey\\name" in lower case; empty where there is none."""
        asked = self.run("reg", "query", key, "/s")
        told = asked.stdout if asked.returncode == 0 else ""
        found, below = {}, ""
        for line in told.splitlines():
            if line.startswith("HKEY_"):
                below = line.strip().partition(key.partition("\\")[2])[2].lstrip("\\")
            elif line.strip():
                name, _, value = re.split(r" {4}REG_(\w+) *", line.strip(), maxsplit=1)
                found[f"{below}\\{name}".lstrip("\\").lower()] = value
        return found

    def _stand_in(self, system: Path) -> None:
        for name, options in _STAND_INS.items():
            _compile(HERE / f"{name}.c", system / f"{name}.dll", *_LIBRARY, "-Wl,--entry,0", *options)
        _compile(HERE / "schtasks.c", system / "schtasks.exe", "-municode", "-static")
        theirs = bytearray(_WINE_UCRT.read_bytes())
        own = ("creal", "crealf", "creall", "cimag", "cimagf", "cimagl")
        listed = [f"{name} = ucrtwine.{name}" for name in exports(bytes(theirs)) if name not in own]
        told = self.folder / "ucrtbase.def"
        told.write_text("LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join([*listed, *own]) + "\n", encoding="ascii")
        # Under another name Wine would look for its own library of that name, unless the mark is gone.
        theirs[64:80] = b"Wine renamed DLL"
        (system / "ucrtwine.dll").write_bytes(theirs)
        _compile(
            HERE / "ucrtbase.c", system / "ucrtbase.dll", *_LIBRARY, "-fno-builtin", "-Wl,--entry,DllMain", str(told)
        )

    def _end(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, capture_output=True, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, capture_output=True, check=False)
        shutil.rmtree(self.folder.parent, ignore_errors=True)


def until(is_so: Callable[[], bool], what: str) -> None:
    """Waits. Raises TimeoutError."""
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError(what)
        time.sleep(0.1)


def exports(library: bytes) -> list[str]:
    """The names that a 64-bit PE library gives out."""
    header = struct.unpack_from("<I", library, 60)[0]
    sections, optional = struct.unpack_from("<H", library, header + 6)[0], header + 24
    table = optional + struct.unpack_from("<H", library, header + 20)[0]
    parts = [struct.unpack_from("<III", library, table + 40 * number + 12) for number in range(sections)]

    def at(address: int) -> int:
        start, _, lies = next(part for part in parts if part[0] <= address < part[0] + part[1])
        return address - start + lies

    directory = at(struct.unpack_from("<I", library, optional + 112)[0])
    count, _, names = struct.unpack_from("<III", library, directory + 24)
    found = []
    for address in struct.unpack_from(f"<{count}I", library, at(names)):
        start = at(address)
        found.append(library[start : library.index(b"\0", start)].decode("ascii"))
    return found


def _compile(source: Path, to: Path, *options: str) -> None:
    run([_COMPILER, "-O2", "-o", str(to), str(source), *options])
