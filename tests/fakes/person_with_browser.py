"""Somebody at a browser who is asked by WordPress for consent: signs in, and presses one of the two buttons."""

import threading
from html.parser import HTMLParser

import requests
from tests.servers.wordpress import WordPressUser


class PersonWithBrowser:
    """`open` is given where the program opens addresses. `visited` are the pages gone through, `read` the last one."""

    def __init__(self, user: WordPressUser, *, approves: bool = True) -> None:
        self.visited: list[str] = []
        self.read = ""
        self.is_stopped = False
        self._user = user
        self._button = "approve" if approves else "reject"
        self._thread: threading.Thread | None = None

    def open(self, url: str) -> None:
        """Goes there, and takes its time: the program does not wait for it."""
        self._thread = threading.Thread(target=self._consent, args=(url,))
        self._thread.start()

    def wait_until_done(self) -> None:
        if self._thread:
            self._thread.join(60)

    def _consent(self, url: str) -> None:
        back_office = url.split("/wp-admin/")[0]
        with requests.Session() as browser:
            browser.get(f"{back_office}/wp-login.php", timeout=30)
            signing_in = {"log": self._user.login, "pwd": self._user.password, "testcookie": "1"}
            browser.post(f"{back_office}/wp-login.php", data=signing_in, timeout=30, allow_redirects=False)
            form = _Fields()
            form.feed(browser.get(url, timeout=30).text)
            answers = {**form.found, self._button: "1"}
            page = browser.post(f"{back_office}/wp-admin/authorize-application.php", data=answers, timeout=30)
            self.visited = [step.url for step in page.history] + [page.url]
            self.read = page.text


class _Fields(HTMLParser):
    """The named fields of a page's forms, as they are filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name") and given.get("type") in ("hidden", "text"):
            self.found[given["name"] or ""] = given.get("value") or ""
