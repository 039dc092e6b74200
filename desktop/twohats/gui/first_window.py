"""One window for a profile: a second start finds the first one, asks it to come to the front, and ends.

Who holds the profile's window lock listens; a lock goes with its process, so a crash leaves nothing in the way.
"""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from twohats.model.errors import BadInput
from twohats.model.wish import LONGEST_LINE, Wish, line_of, wish_of_line

_ANSWER = b"here\n"
_PATIENCE_MS = 3000  # a first window that is busy opening answers late


class FirstWindow(QObject):
    """`wanted` when another start asks for the window; it carries what is to be opened there, or None."""

    wanted = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Listens from now on. Only for who holds the window lock of the profile in `folder`."""
        super().__init__(parent)
        name = _name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(name)  # left by a crash: the lock says that nobody listens there
        self._server.listen(name)

    @property
    def is_listening(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        """Hears nothing more."""
        self._server.close()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            caller.disconnected.connect(caller.deleteLater)
            if caller.bytesAvailable():
                self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > LONGEST_LINE:
                caller.abort()
            return
        try:
            wish = wish_of_line(bytes(caller.readLine(LONGEST_LINE).data()).decode("ascii").removesuffix("\n"))
        except (BadInput, UnicodeDecodeError):
            caller.abort()  # no start of this program says such things
            return
        caller.write(_ANSWER)
        caller.flush()
        self.wanted.emit(wish)


def call_first(folder: Path, wish: Wish | None = None) -> bool:
    """Asks the window that is open on a profile to come to the front and do as wished; whether it answered."""
    socket = QLocalSocket()
    socket.connectToServer(_name_of(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    _let_come_to_front()
    socket.write(f"{line_of(wish)}\n".encode("ascii"))
    socket.flush()
    has_answered = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()) == _ANSWER
    socket.abort()
    return has_answered


def bring_to_front(window: QWidget) -> None:
    """Shows a window as the person left it, out of the dock if need be, before all others; where the system does not
    allow that, it is marked in its bar."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def _name_of(folder: Path) -> str:
    # Short: a socket's path has no room for more than about a hundred characters.
    return f"twohats-{hashlib.sha256(str(folder.resolve()).encode('utf-8', 'surrogateescape')).hexdigest()[:20]}"


def _let_come_to_front() -> None:
    if sys.platform == "win32":
        import ctypes

        # Windows lets a process come forward only if the one in front allows it (AllowSetForegroundWindow, ASFW_ANY:
        # https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow).
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
