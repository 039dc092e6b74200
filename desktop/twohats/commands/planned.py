"""`twohats post --at TIME`: plans a post for a time on the wall, as the sheet beside the Post button does."""

import argparse
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.model.delivery import DeliveryState
from twohats.model.errors import BadInput
from twohats.model.plan import Keeper, Plan, around_gap, offset_words, plans_of

if TYPE_CHECKING:
    from twohats.bridge.services import Services
    from twohats.flows.review import Verdict

EXIT_DONE, EXIT_ASKS = 0, 1
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?: ?(Z|[+-]\d{2}:?\d{2}))?")
_SHOWN = "%Y-%m-%d %H:%M"


def add_to(post: argparse.ArgumentParser) -> None:
    """Adds the options to `twohats post`; `--now` among them, since nothing goes at once and later."""
    times = post.add_mutually_exclusive_group()
    times.add_argument("--now", action="store_true", help="do not wait for the undo window")
    times.add_argument(
        "--at",
        metavar="TIME",
        help='plan it for then, such as "2026-12-01 18:30"; +01:00 behind it where that hour comes twice',
    )
    post.add_argument(
        "--zone", metavar="ZONE", help="whose clocks --at is read by, such as Europe/Berlin; else this computer's"
    )
    post.add_argument(
        "--keep",
        choices=[keeper.value for keeper in Keeper],
        help="who waits until --at: here Two Hats, or its timer, which checks it once more (as it is without this);"
        " there the networks, if all of them can",
    )


def plan_of(chosen: argparse.Namespace, now: datetime) -> Plan | None:
    """The time that was chosen, None where the post is to go at once. Raises BadInput: unreadable, not on that clock,
    twice on it, gone by, or of a zone that nobody knows."""
    if chosen.at is None:
        if chosen.zone or chosen.keep:
            raise BadInput("at_missing")
        return None
    zone = when.zone_named(chosen.zone) if chosen.zone else when.own_zone()
    if zone is None:
        raise BadInput("zone_not_known", zone=chosen.zone)
    plan = _meant(chosen.at, zone)
    if plan.at <= now:
        raise BadInput("plan_past")
    return plan


def keeper_of(services: "Services", verdict: "Verdict", plan: Plan, wished: str | None) -> tuple[Keeper, Sequence[str]]:
    """Who waits: the networks only where that is wished and all of them can, as in the window; else sentences say why
    not."""
    if wished != Keeper.THERE.value or verdict.targets is None:
        return Keeper.HERE, ()
    pairs = zip(verdict.targets.accounts, verdict.renditions, strict=True)
    unfit = [(one.label, services.publisher.planner.unfit_to_keep(rendition, plan.at)) for one, rendition in pairs]
    why = [f"{label}: {wording.sentence('error', code)}" for label, code in unfit if code]
    return (Keeper.HERE if why else Keeper.THERE), why


def hand_over(services: "Services", post_id: str, plan: Plan, may_send: bool) -> tuple[int, Sequence[str]]:
    """Once it is planned: gives the networks what they are to keep. The exit code, and what became of it; `may_send`:
    no open window does so."""
    labels = {account.id: account.label for account in services.profile.accounts()}
    keepers = {kept.delivery_id: kept.keeper for kept in services.plans.of_post(post_id)}
    if Keeper.THERE not in keepers.values():
        return EXIT_DONE, [_planned(plan, Keeper.HERE)]
    code, said = EXIT_DONE, []
    for delivery in services.queue.of_post(post_id):
        label = labels.get(delivery.account_id, delivery.rendition.network)
        moved = (services.publisher.deliver(delivery.id) if may_send else None) or services.queue.get(delivery.id)
        moved = moved or delivery
        if moved.state is DeliveryState.SENT:
            said.append(f"{label}: {_planned(plan, Keeper.THERE)}")
        elif moved.problem:
            code = EXIT_ASKS
            said.append(f"{label}: {wording.sentence('error', moved.problem, **dict(moved.problem_facts))}")
        elif may_send:
            said.append(f"{label}: {_planned(plan, Keeper.HERE)}")
        else:
            said.append(wording.sentence("cli", "taken_by_window", where=label))
    return code, said


def _meant(given: str, zone: str) -> Plan:
    found = _TIME.fullmatch(given.strip())
    try:
        if found is None:
            raise ValueError
        local = datetime.fromisoformat(f"{found[1]} {found[2]}")
        offset = datetime.fromisoformat(f"{found[1]} {found[2]}{found[3]}").utcoffset() if found[3] else None
    except ValueError as problem:
        raise BadInput("time_unreadable", given=given) from problem
    meant = plans_of(local, zone)
    shown = {"when": f"{local:{_SHOWN}}", "zone": zone}
    if not meant:
        before, after = (f"{one.local:{_SHOWN}}" for one in around_gap(local, zone))
        raise BadInput("time_left_out", before=before, after=after, **shown)
    if offset is not None:
        fitting = [one for one in meant if one.local - one.at.replace(tzinfo=None) == offset]
        if not fitting:
            raise BadInput("offset_not_there", known=" or ".join(map(offset_words, meant)), **shown)
        return fitting[0]
    if len(meant) > 1:
        first, second = (f"{one.local:{_SHOWN}}{_offset(one)}" for one in meant)
        raise BadInput("time_twice", first=first, second=second, **shown)
    return meant[0]


def _offset(plan: Plan) -> str:
    """As it is written behind a time: "+01:00"."""
    return offset_words(plan).removeprefix("UTC").replace("−", "-")


def _planned(plan: Plan, keeper: Keeper) -> str:
    return wording.sentence("later", f"planned_{keeper.value}", when=when.plan_words(plan))
