"""All networks together, with one clock."""

from collections.abc import Iterable
from threading import Thread
from types import TracebackType
from typing import Self

from tests.fakes.strict.facebook_posts import Facebook
from tests.fakes.strict.faults import Broken
from tests.fakes.strict.linkedin_posts import LinkedIn
from tests.fakes.strict.mastodon_statuses import Mastodon
from tests.fakes.strict.network import Clock
from tests.fakes.strict.oauth import Token, WithConsent
from tests.fakes.strict.posts import Person, Post
from tests.fakes.strict.server import Host
from tests.fakes.strict.threads_posts import Threads
from tests.fakes.strict.x_posts import X


class StrictFake:
    """Each network is an attribute with its own port and switches; `only` are the names of those that are started.

    Use it as a context manager.
    """

    def __init__(self, *only: str) -> None:
        self.clock = Clock()
        self.x = X(self.clock)
        self.linkedin = LinkedIn(self.clock)
        self.mastodon = Mastodon(self.clock)
        self.facebook = Facebook(self.clock)
        self.threads = Threads(self.clock)
        known = (self.x, self.linkedin, self.mastodon, self.facebook, self.threads)
        self.networks: dict[str, WithConsent] = {network.name: network for network in known}
        self._hosts = [Host(network) for network in known if not only or network.name in only]

    def __enter__(self) -> Self:
        for host in self._hosts:
            host.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        stopping = [Thread(target=host.stop) for host in self._hosts]
        for thread in stopping:
            thread.start()
        for thread in stopping:
            thread.join()

    def fail_next(
        self,
        network: str,
        match: str,
        what: Broken,
        times: int = 1,
        *,
        skip: int = 0,
        is_taken: bool | None = None,
        seconds: float = 1.0,
    ) -> None:
        """See `Network.fail_next`."""
        self.networks[network].fail_next(match, what, times, skip=skip, is_taken=is_taken, seconds=seconds)

    def posts(self, network: str) -> list[Post]:
        """What readers see, oldest first."""
        return self.networks[network].posts()

    def give_token(
        self,
        network: str,
        person: Person | None = None,
        scopes: Iterable[str] | None = None,
        lives_s: float | None = None,
        kind: str = "user",
    ) -> Token:
        """A token without the dance; all scopes unless told."""
        return self.networks[network].give_token(person, scopes, lives_s, kind)

    def advance(self, seconds: float) -> None:
        """Moves the clock of all networks on."""
        self.clock.ahead_s += seconds

    def secrets_in_urls(self) -> list[str]:
        """Addresses with a token or a secret in them, of all networks."""
        return [url for network in self.networks.values() for url in network.secrets_in_urls()]
