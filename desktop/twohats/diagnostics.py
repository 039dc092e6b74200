"""The log and the crash note: places, codes and numbers, never the words of a post, a name or a token.

What is written depends on where it comes from, not on what it looks like. A message is written if it is a constant in
the code of the module that logs it; of its arguments, numbers, classes, rule ids and Enum members. Of an exception: its
class, its code, and the places it passed, without its message. Everything else, and everything libraries say, leaves
its place alone.
"""

import errno
import faulthandler
import logging
import platform
import re
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import CodeType, TracebackType
from typing import Any, TextIO

from twohats import __version__
from twohats.model.errors import TwoHatsError
from twohats.model.ports import Clock

LOG_NAME = "two-hats.log"
LOG_SIZE_BYTES = 256 * 1024
NOTES_KEPT = 5

_RULE_ID = re.compile(r"[A-Z][0-9]{1,2}")


def start(folder: Path, crashed: Callable[[Path], None] | None = None) -> "Diagnostics":
    """Begins to keep the log and the notes in `folder`/logs."""
    diagnostics = Diagnostics(folder / "logs", lambda: datetime.now(UTC), crashed)
    diagnostics.start()
    return diagnostics


class Diagnostics:
    """Keeps a small log and a note of every crash in `folder`, from start() to stop().

    `crashed` hears where a note was written, in the thread that failed. A folder that cannot be written to costs the
    log, never the program.
    """

    def __init__(self, folder: Path, clock: Clock, crashed: Callable[[Path], None] | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._crashed = crashed
        self._log = logging.getLogger(__name__)
        self._handler: _QuietHandler | None = None
        self._native: TextIO | None = None
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def start(self) -> None:
        """Opens the log and takes over what nobody caught."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread
        sys.unraisablehook = self._on_unraisable
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._settle_native_crash()
            self._native = self._native_crash.open("w", encoding="utf-8")
            self._handler = _QuietHandler(
                self._folder / LOG_NAME, maxBytes=LOG_SIZE_BYTES, backupCount=2, encoding="utf-8"
            )
        except OSError:
            return
        faulthandler.enable(self._native)
        self._handler.setFormatter(_PlacesAndCodes())
        logging.getLogger().addHandler(self._handler)
        logging.getLogger("twohats").setLevel(logging.INFO)
        self._log.info("started")

    def stop(self) -> None:
        """Gives everything back as it was."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        if self._native:
            faulthandler.disable()
            self._native.close()
            self._native = None
            self._native_crash.unlink(missing_ok=True)
        if self._handler:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell(error, "main thread" if threading.current_thread() is threading.main_thread() else "a thread")

    def _on_uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._tell(args.exc_value, "a thread")

    def _on_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self._tell(args.exc_value, "a place that cannot raise")

    def _tell(self, error: BaseException, where: str) -> None:
        told = "\n".join(_told(error))
        self._log.critical("crashed", exc_info=error)
        # The usual report would hold the exception's message, and a desktop keeps what programs print.
        if sys.stderr:
            print(f"Two Hats met a fault in {where}.\n{told}", file=sys.stderr)  # noqa: T201 - nothing else may be left
        note = self._write_note(f"in {where}\n\n{told}\n")
        if note and self._crashed:
            self._crashed(note)

    def _write_note(self, body: str) -> Path | None:
        now = self._clock()
        note = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        head = f"Two Hats {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
        try:
            note.write_text(f"{head}\n{now:%Y-%m-%d %H:%M:%S} UTC, {body}", encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-NOTES_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return note

    @property
    def _native_crash(self) -> Path:
        return self._folder / "native-crash.txt"

    def _settle_native_crash(self) -> None:
        # What Python writes as the process dies holds whole paths, and with them the owner's name; it stays on this
        # computer until the next start makes a note of it.
        try:
            written = self._native_crash.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        if written.strip():
            short = re.sub(r'File "([^"]+)"', lambda found: f'File "{_short(found[1])}"', written)
            self._write_note(f"the program died below Python\n\n{short}")


class _QuietHandler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk costs the line. The usual way out prints the whole record."""


class _PlacesAndCodes(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line = f"{moment:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}:{record.lineno} {_message(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line.rstrip(), *(_told(error) if error else ())])


def _message(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str) or record.msg not in _constants(record.name):
        return ""
    if not record.args:
        return record.msg
    try:
        if isinstance(record.args, dict):
            return record.msg % {name: _harmless(value) for name, value in record.args.items()}
        return record.msg % tuple(_harmless(value) for value in record.args)
    except (TypeError, ValueError, KeyError):
        return record.msg


def _harmless(value: object) -> object:
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, BaseException):
        return _kind(value)
    if isinstance(value, type):
        return value.__qualname__
    return value if isinstance(value, str) and _RULE_ID.fullmatch(value) else "…"


@cache
def _constants(module_name: str) -> frozenset[str]:
    """Every text constant in the code of one of our modules. Read from its loader, so that frozen programs work too."""
    spec = getattr(sys.modules.get(module_name), "__spec__", None)
    if spec is None or not module_name.startswith("twohats"):
        return frozenset()
    code: CodeType | None = spec.loader.get_code(module_name) if hasattr(spec.loader, "get_code") else None
    return frozenset(_texts_in(code)) if code else frozenset()


def _texts_in(code: CodeType) -> Iterator[str]:
    constant: Any  # code constants have no common type
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _texts_in(constant)


def _told(error: BaseException) -> list[str]:
    """An exception and those behind it, innermost first, without their messages."""
    lines: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines[:0] = [_kind(at), *(f"  {place}" for place in _places(at.__traceback__))]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return lines


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, TwoHatsError):
        return f"{name} {error.code}" if re.fullmatch(r"[a-z][a-z0-9_]*", error.code) else name
    if isinstance(error, OSError) and error.errno:
        return f"{name} {errno.errorcode.get(error.errno, error.errno)}"
    return name


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{_short(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}"
        trace = trace.tb_next


def _short(path: str) -> str:
    """A source file as seen from its package: the folders above may hold the owner's name."""
    parts = PurePath(path.replace("\\", "/")).parts
    for root in ("site-packages", "twohats"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last + (root == "site-packages") :])
    return parts[-1] if parts else path
