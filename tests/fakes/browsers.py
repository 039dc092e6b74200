"""The system's browser, as connecting sees it, in the hands of a test."""

from collections.abc import Callable


class AnyBrowser:
    """Calls `visit` with each address that is opened; `stop` is the person giving up."""

    def __init__(self, visit: Callable[[str], object] = lambda url: None) -> None:
        self.opened: list[str] = []
        self.is_stopped = False
        self._visit = visit

    def open(self, url: str) -> None:
        self.opened.append(url)
        self._visit(url)

    def stop(self) -> None:
        self.is_stopped = True
