"""What the bridge works with: made once, in app.py, and handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twohats.bridge.courtesy import Courtesy
from twohats.flows.accounts import Accounts
from twohats.flows.publish import Publisher
from twohats.flows.render import Renderer
from twohats.flows.review import Reviewer
from twohats.flows.updates import Updates
from twohats.model.ports import (
    Checker,
    Clock,
    DraftStore,
    MediaStore,
    Network,
    NewId,
    PlanStore,
    ProfileStore,
    QueueStore,
    RecordStore,
    TallyStore,
    Vault,
    WholeStore,
)
from twohats.system_timer.timer import SystemTimer

if TYPE_CHECKING:
    from twohats.networks.link_card import FetchedCard  # with all that reads pages: at the first card, not at the start


@dataclass(frozen=True, slots=True)
class Services:
    """`vault` is asked for each time, since a person may change it (session-only) while the program runs. `fetch_card`
    looks at the page of a link; it raises BadInput and NetworkError."""

    drafts: DraftStore
    media: MediaStore
    queue: QueueStore
    plans: PlanStore
    records: RecordStore
    profile: ProfileStore
    tallies: TallyStore
    whole: WholeStore
    networks: Mapping[str, Network]
    vault: Callable[[], Vault]
    checker: Checker
    courtesy: Courtesy
    renderer: Renderer
    reviewer: Reviewer
    publisher: Publisher
    accounts: Accounts
    fetch_card: Callable[[str], "FetchedCard"]
    timer: SystemTimer
    updates: Updates
    clock: Clock
    new_id: NewId
