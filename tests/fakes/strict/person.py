"""Somebody at a browser who is asked for consent, and presses one of the two buttons."""

import threading
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

_HERE = ("127.0.0.1", "localhost", "::1")
_MOST_STEPS = 8


class PersonAtConsent:
    """`open` is given where the program opens addresses.

    `visited` are the addresses gone through. `landed` is what stands in the address bar at the end, with what follows
    a #; a page of another computer is not fetched. `read` is the last page, `saw_error` whether it said that something
    is wrong instead of asking. `is_stopped` is what the person set who gave up waiting.
    """

    def __init__(self, *, approves: bool = True) -> None:
        self.visited: list[str] = []
        self.landed = ""
        self.read = ""
        self.saw_error = False
        self.is_stopped = False
        self._answer = "yes" if approves else "no"
        self._thread: threading.Thread | None = None

    def open(self, url: str) -> bool:
        """Goes there, and takes its time: the program does not wait for it."""
        self._thread = threading.Thread(target=self.go, args=(url,), daemon=True)
        self._thread.start()
        return True

    def wait_until_done(self) -> None:
        if self._thread:
            self._thread.join(60)

    def go(self, url: str) -> None:
        """The same, and comes back when it is done."""
        with requests.Session() as browser:
            browser.trust_env = False
            answer = browser.get(url, timeout=30, allow_redirects=False)
            self.visited.append(url)
            form = _Form()
            form.feed(answer.text)
            if "asked" in form.fields:
                self.landed = urljoin(url, form.action)
                data = {**form.fields, "answer": self._answer}
                answer = browser.post(self.landed, data=data, timeout=30, allow_redirects=False)
                self.visited.append(self.landed)
            else:
                self.landed, self.saw_error = url, answer.status_code >= 400
            self._follow(browser, answer)

    def _follow(self, browser: requests.Session, answer: requests.Response) -> None:
        for _ in range(_MOST_STEPS):
            self.read = answer.text
            to = answer.headers.get("Location", "")
            if answer.status_code not in (301, 302, 303, 307) or not to:
                return
            self.landed = urljoin(self.landed, to)
            self.visited.append(self.landed)
            if urlsplit(self.landed).hostname not in _HERE:
                return
            answer = browser.get(self.landed, timeout=30, allow_redirects=False)


class _Form(HTMLParser):
    """Where a page's form goes, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given.get("name", "")] = given.get("value", "")
