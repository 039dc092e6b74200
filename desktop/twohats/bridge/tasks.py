"""Work off the main thread: lanes of stdlib executors, and one QObject that brings results home."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from twohats.model.errors import TwoHatsError


class Lane(Enum):
    """What shares a lane of one thread keeps its order; WIRE has eight: a post leaves for all places at once."""

    SCAN = "scan"
    RENDER = "render"
    DISK = "disk"
    PICTURES = "pictures"
    RESCAN = "rescan"
    PAPERS = "papers"
    WIRE = "wire"

    @property
    def width(self) -> int:
        return 8 if self is Lane.WIRE else 1


class Tasks(QObject):
    """`crashed` carries an exception that nobody expected: our own fault, for the crash note."""

    crashed = Signal(object)
    _came_home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(lane.width, thread_name_prefix=lane.value) for lane in Lane}
        self._is_closed = False
        # Queued: what it brings is taken in on this object's thread, whichever thread the work ran on.
        self._came_home.connect(self._take_in, Qt.ConnectionType.QueuedConnection)
        self._parcels: deque[_Parcel] = deque()
        self._unpacking = QTimer(self)
        self._unpacking.setSingleShot(True)
        self._unpacking.setInterval(0)
        self._unpacking.timeout.connect(self._unpack)

    def run(
        self,
        lane: Lane,
        work: Callable[[], Any],  # Any: what work gives is what done takes
        done: Callable[[Any], None] | None = None,
        failed: Callable[[TwoHatsError], None] | None = None,
    ) -> None:
        """Runs `work` in a lane; then `done` with its result or `failed` with its TwoHatsError, on the main thread."""
        if self._is_closed:
            return

        def finish(future: "Future[Any]") -> None:
            if not future.cancelled():
                self._came_home.emit((future, done, failed))

        self._lanes[lane].submit(work).add_done_callback(finish)

    def close(self) -> None:
        """Lets running work end, drops what has not begun."""
        self._is_closed = True
        for executor in self._lanes.values():
            executor.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _take_in(self, parcel: "_Parcel") -> None:
        # Qt runs timers when what waits to be painted is painted: a result must not go before a letter.
        self._parcels.append(parcel)
        self._unpacking.start()

    def _unpack(self) -> None:
        parcel = self._parcels.popleft()
        if self._parcels:
            self._unpacking.start()
        self._receive(parcel)

    def _receive(self, parcel: "_Parcel") -> None:
        future, done, failed = parcel
        problem = future.exception()
        if problem is None:
            if done:
                done(future.result())
        elif isinstance(problem, TwoHatsError):
            if failed:
                failed(problem)
        else:
            self.crashed.emit(problem)
            if failed:
                failed(TwoHatsError("unknown"))  # whoever waits must not wait for ever


_Parcel = tuple["Future[Any]", Callable[[Any], None] | None, Callable[[TwoHatsError], None] | None]
