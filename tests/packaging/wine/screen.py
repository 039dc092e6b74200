"""A screen without a monitor, whose picture can be read. Debian package: xvfb."""

import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

_SIZE = "1400x900x24"


class Screen:
    """While it is entered, an X server listens on `display`."""

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="twohats-screen-"))
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", _SIZE, "-fbdir", str(self._folder), "-nolisten", "tcp"],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self._folder)

    def picture(self) -> Image.Image:
        """What it shows, read from the server's memory, which has the form of an XWD file."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, width, height, bytes_per_line, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = data[start + 12 * colours :][: bytes_per_line * height]
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", bytes_per_line, 1)

    def shows_something(self) -> bool:
        """Whether any window has painted across its middle; without one it is black."""
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            header = struct.unpack(">25I", file.read(100))
            start, height, bytes_per_line, colours = header[0], header[5], header[12], header[19]
            file.seek(start + 12 * colours + height // 2 * bytes_per_line)
            return any(file.read(bytes_per_line))
