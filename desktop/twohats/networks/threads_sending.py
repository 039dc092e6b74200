"""Posts on their way to Threads: a container first, then its publishing; and finding them again.

The journal knows a container before it is published. So after a lost answer its state tells: PUBLISHED means that the
post is out, and it is never published again; anything else that it is not.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from twohats.model.account import Account
from twohats.model.errors import NetworkError, OutcomeUnknown, Refused, Unreachable
from twohats.model.ports import Journal
from twohats.model.rendition import Rendition
from twohats.networks.graph import Graph, Told, compared, fault_in, id_in, moment_in, tables_in, told_by
from twohats.networks.limits import address_of, limits_of
from twohats.networks.repeating import only_looking, safe_to_repeat
from twohats.networks.social import texts_of
from twohats.networks.thread import Sent
from twohats.networks.tools import NetworkTools

_NO_CONTAINER = 4279009
_GONE = "gone"
_POST_FIELDS = "id,text,permalink,timestamp,username"


class ThreadsSending:
    """One delivery. `send` and `look` are those of a thread; parts hang on to one another as replies."""

    def __init__(
        self, tools: NetworkTools, graph: Graph, account: Account, rendition: Rendition, journal: Journal
    ) -> None:
        self._tools = tools
        self._graph = graph
        self._username = account.settings.get("username", "")
        self._texts = texts_of(rendition.payload)
        self._links = [str(link) for link in json.loads(rendition.payload["links"])]
        self._journal = journal
        self._begun: dict[int, datetime] = {}
        self.count = len(self._texts)

    def send(self, number: int, out: Sequence[Sent]) -> Sent:
        """Makes the part's container, unless there is one already, waits for it, and publishes it."""
        container = self._made(number, out)
        state = self._finished(container)
        if state == "PUBLISHED":
            return self._published(number, out)
        if state != "FINISHED":
            if state == _GONE and number in self._begun:
                raise OutcomeUnknown("twin_unseen", host=self._graph.host)
            self._forget(number)
            if state == "ERROR":
                raise Refused("refused", host=self._graph.host, reason="container")
            raise Unreachable("still_preparing", host=self._graph.host)
        answer = self._graph.ask("POST", "me/threads_publish", {"creation_id": container})
        fault = fault_in(answer)
        if fault and fault.subcode == _NO_CONTAINER:
            # It says so of one that is not ready everywhere, of one that it has lost, and of one that is out already.
            if self._state(container) == "PUBLISHED":
                return self._published(number, out)
            if number not in self._begun:
                self._forget(number)
            raise Unreachable("still_preparing", host=self._graph.host)
        post_id = id_in(told_by(answer), self._graph.host)
        return {"id": post_id, "url": self._address(post_id)}

    def look(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """Looks among the own posts since then, and at the container."""
        self._begun[number] = begun
        container = self._journal.read(f"container.{number}")
        if not container:
            return None  # nothing is published before its container stands in the journal
        found = self._standing(number, out, begun)
        if found is not None:
            return found
        with only_looking():
            state = self._state(container)
        if state in ("IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED"):
            return None
        raise OutcomeUnknown("twin_unseen", host=self._graph.host)

    def _made(self, number: int, out: Sequence[Sent]) -> str:
        kept = self._journal.read(f"container.{number}")
        if kept:
            return kept
        fields = {"media_type": "TEXT", "text": self._texts[number]}
        if self._links[number]:
            fields["link_attachment"] = self._links[number]
        if out:
            fields["reply_to_id"] = out[-1]["id"]
        try:
            with safe_to_repeat():
                made = id_in(self._graph.write("POST", "me/threads", fields), self._graph.host)
        except Refused as problem:
            # A post that went out a moment ago may not be there everywhere yet.
            if not (out and problem.code == "not_there" and self._graph.has(out[-1]["id"])):
                raise
        else:
            self._journal.note(f"container.{number}", made)
            return made
        raise Unreachable("still_preparing", host=self._graph.host)

    def _finished(self, container: str) -> str:
        """The state of a container once it is no longer in progress, or when we have waited long enough."""
        for pause_s in limits_of("threads")["container"]["pauses_s"]:
            if pause_s:
                self._tools.http.pause(pause_s)
            try:
                state = self._state(container)
            except Refused as problem:
                if problem.code != "not_there":
                    raise
                return _GONE
            if state != "IN_PROGRESS":
                return state
        raise Unreachable("still_preparing", host=self._graph.host)

    def _state(self, container: str) -> str:
        return str(self._graph.read(container, fields="status,error_message").get("status") or "")

    def _published(self, number: int, out: Sequence[Sent]) -> Sent:
        """The post of a container that is out. Raises OutcomeUnknown while it does not show."""
        begun = self._begun.get(number, self._tools.clock() - timedelta(days=1))
        found = self._standing(number, out, begun)
        if found is None:
            raise OutcomeUnknown("twin_unseen", host=self._graph.host)
        return found

    def _standing(self, number: int, out: Sequence[Sent], begun: datetime) -> Sent | None:
        """The oldest own post with the part's words since then; None also where we may not see the replies."""
        rule = limits_of("threads")["look"]
        since = (begun - timedelta(seconds=rule["margin_s"])).replace(microsecond=0)
        path = f"{out[-1]['id']}/replies" if out else "me/threads"
        asked = {"fields": _POST_FIELDS, "limit": str(rule["posts"]), "since": str(int(since.timestamp()))}
        taken = {sent["id"] for sent in out}
        try:
            with only_looking():
                told = self._graph.read(path, **asked)
        except OutcomeUnknown as problem:
            if problem.code == "app_may_not":
                return None
            raise
        for post in sorted(tables_in(told), key=lambda post: str(post.get("timestamp"))):
            made_at = moment_in(post, "timestamp")
            is_own = str(post.get("username") or "") == self._username
            if made_at and made_at >= since and is_own and post.get("id") not in taken and self._says(post, number):
                return self._sent(post)
        return None

    def _says(self, post: Told, number: int) -> bool:
        """Threads takes the sign of a hashtag out of a text, and shows the tag above it."""
        shown, ours = (compared(text.replace("#", "")) for text in (str(post.get("text") or ""), self._texts[number]))
        return shown == ours

    def _sent(self, post: Told) -> Sent:
        post_id, url = id_in(post, self._graph.host), post.get("permalink")
        return {"id": post_id, "url": url if isinstance(url, str) else self._profile}

    def _address(self, post_id: str) -> str:
        """Where the post can be read; the profile, where it does not tell at once."""
        try:
            url = self._graph.read(post_id, fields="permalink").get("permalink")
        except NetworkError:
            url = None
        return url if isinstance(url, str) and url.startswith("https://") else self._profile

    def _forget(self, number: int) -> None:
        self._journal.note(f"container.{number}", "")

    @property
    def _profile(self) -> str:
        return f"{address_of('threads', 'page')}/@{self._username}"
