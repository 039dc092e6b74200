"""Approvals and deliveries in a real encrypted store."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from tests.unit.store.posts import BLOG, DIARY, FINDING, NOON, SITE, post

from twohats.model.account import account_of
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import MixedIdentities, NotApproved
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.store.database import Store, fresh_key, open_store

RECEIPT = Receipt("17", "https://lakeside.test/?p=17", NOON)


def add(store: Store, number: int = 1, **more: object) -> tuple[Delivery, ...]:
    made = post(number, **more)
    store.queue.add(made.approval, made.deliveries, made.record)
    return made.deliveries


def save_draft(store: Store) -> None:
    store.drafts.save(Draft("draft-1", NOON, NOON, text="Sleep"))


def drafts_listed(store: Store) -> list[str]:
    return [line.id for line in store.drafts.list()]


def test_what_was_queued_comes_back_as_it_was(store: Store) -> None:
    blog, site = add(store)
    assert store.queue.of_post("post-1") == [blog, site]
    assert store.queue.get(site.id) == site
    assert store.queue.get("nobody") is None
    assert store.queue.approved_under("post-1") == ("2026.11", 3)
    assert store.queue.approved_under("nobody") is None
    assert store.queue.answered("post-1") == frozenset({FINDING.key})
    assert store.queue.answered("nobody") == frozenset()


def test_queueing_marks_the_draft_as_handed_over_in_the_same_breath(store: Store) -> None:
    save_draft(store)
    add(store)
    kept = store.drafts.get("draft-1")
    assert kept is not None
    assert kept.post_id == "post-1"
    assert store.drafts.count() == 0


def test_only_what_is_due_is_due_and_the_longest_first(store: Store) -> None:
    add(store, 1, accounts=(BLOG,), at=NOON + timedelta(seconds=20))
    add(store, 2, accounts=(BLOG,), at=NOON)
    assert store.queue.due(NOON - timedelta(seconds=1)) == []
    assert [d.post_id for d in store.queue.due(NOON)] == ["post-2"]
    assert [d.post_id for d in store.queue.due(NOON + timedelta(minutes=1))] == ["post-2", "post-1"]
    assert store.queue.next_due() == NOON


def test_nothing_waits_in_an_empty_queue(store: Store) -> None:
    assert store.queue.next_due() is None
    assert store.queue.in_state(*DeliveryState) == []


def test_a_row_is_claimed_once(store: Store) -> None:
    delivery, _ = add(store)
    claimed = store.queue.claim(delivery.id, NOON)
    assert claimed == delivery.claimed(NOON)
    assert store.queue.get(delivery.id) == claimed
    assert store.queue.claim(delivery.id, NOON) is None
    assert store.queue.claim("nobody", NOON) is None


def test_a_row_that_is_not_due_is_not_claimed_even_after_the_clock_was_set_back(store: Store) -> None:
    delivery, _ = add(store)
    assert store.queue.claim(delivery.id, NOON - timedelta(hours=3)) is None
    assert store.queue.claim(delivery.id, NOON) is not None


def test_a_move_is_written_only_over_the_state_it_came_from(store: Store) -> None:
    delivery, _ = add(store)
    claimed = store.queue.claim(delivery.id, NOON)
    assert claimed is not None
    sent = claimed.sent(RECEIPT)
    assert store.queue.save(sent, DeliveryState.WAITING) is False
    assert store.queue.get(delivery.id) == claimed
    assert store.queue.save(sent, DeliveryState.SENDING) is True
    assert store.queue.get(delivery.id) == sent


def test_problems_and_their_facts_are_kept(store: Store) -> None:
    delivery, _ = add(store)
    claimed = store.queue.claim(delivery.id, NOON)
    assert claimed is not None
    held = claimed.held("signed_out", host="lakeside.test", status=401)
    store.queue.save(held, DeliveryState.SENDING)
    assert store.queue.in_state(DeliveryState.HELD, DeliveryState.FAILED) == [held]


def test_undoing_cancels_all_of_a_post_and_makes_its_text_a_draft_again(store: Store) -> None:
    save_draft(store)
    blog, site = add(store)
    add(store, 2)
    assert store.queue.undo("post-1") is True
    assert store.queue.of_post("post-1") == [blog.cancelled(), site.cancelled()]
    assert drafts_listed(store) == ["draft-1"]
    assert store.drafts.get("draft-1") == Draft("draft-1", NOON, NOON, text="Sleep")
    assert [record.post_id for record in store.records.search()] == ["post-2"]
    assert store.records.first_broken() is None
    assert [d.post_id for d in store.queue.due(NOON)] == ["post-2", "post-2"]


def test_a_post_is_undone_once_and_an_unknown_one_never(store: Store) -> None:
    add(store)
    assert store.queue.undo("nobody") is False
    assert store.queue.undo("post-1") is True
    assert store.queue.undo("post-1") is False


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(lambda d: d, id="sending"),
        pytest.param(lambda d: d.sent(RECEIPT), id="sent"),
        pytest.param(lambda d: d.refused_for_now(NOON, "unreachable"), id="waiting for the second attempt"),
        pytest.param(lambda d: d.held("signed_out"), id="held"),
        pytest.param(lambda d: d.failed("refused"), id="failed"),
    ],
)
def test_a_post_of_which_one_target_was_tried_is_not_undone_at_all(
    store: Store, move: Callable[[Delivery], Delivery]
) -> None:
    save_draft(store)
    blog, site = add(store)
    claimed = store.queue.claim(site.id, NOON)
    assert claimed is not None
    moved = move(claimed)
    store.queue.save(moved, DeliveryState.SENDING)
    assert store.queue.undo("post-1") is False
    assert store.queue.of_post("post-1") == [blog, moved]
    assert drafts_listed(store) == []
    assert store.records.count() == 1


def test_of_an_undo_and_a_claim_at_once_one_has_the_post_whole(store: Store) -> None:
    posts = [add(store, number) for number in range(30)]
    together = Barrier(2)

    def undo() -> list[bool]:
        together.wait()
        return [store.queue.undo(given[0].post_id) for given in posts]

    def claim() -> list[bool]:
        together.wait()
        return [store.queue.claim(given[1].id, NOON) is not None for given in reversed(posts)]

    with ThreadPoolExecutor(2) as lanes:
        undoing, claiming = lanes.submit(undo), lanes.submit(claim)
        undone, claimed = undoing.result(), claiming.result()[::-1]
    assert [not one for one in claimed] == undone
    for (blog, site), is_undone in zip(posts, undone, strict=True):
        expected = [blog.cancelled(), site.cancelled()] if is_undone else [blog, site.claimed(NOON)]
        assert store.queue.of_post(blog.post_id) == expected


def test_the_text_is_a_draft_again_when_the_last_target_is_cancelled_and_not_before(store: Store) -> None:
    save_draft(store)
    blog, site = add(store)
    claimed = store.queue.claim(site.id, NOON)
    assert claimed is not None
    failed = claimed.failed("refused")
    store.queue.save(failed, DeliveryState.SENDING)
    assert store.queue.save(blog.cancelled(), DeliveryState.WAITING) is True
    assert drafts_listed(store) == []
    assert store.queue.save(failed.cancelled(), DeliveryState.FAILED) is True
    assert drafts_listed(store) == ["draft-1"]
    # It was tried: what became of it is not hidden.
    assert store.records.count() == 1


def test_the_text_of_what_is_posted_in_one_place_is_no_draft_when_the_other_is_cancelled(store: Store) -> None:
    save_draft(store)
    blog, site = add(store)
    claimed = store.queue.claim(site.id, NOON)
    assert claimed is not None
    store.queue.save(claimed.sent(RECEIPT), DeliveryState.SENDING)
    store.queue.save(blog.cancelled(), DeliveryState.WAITING)
    assert drafts_listed(store) == []


def test_a_cancelling_that_comes_too_late_gives_no_draft_back(store: Store) -> None:
    save_draft(store)
    (blog,) = add(store, accounts=(BLOG,))
    assert store.queue.claim(blog.id, NOON) is not None
    assert store.queue.save(blog.cancelled(), DeliveryState.WAITING) is False
    assert drafts_listed(store) == []
    assert store.records.count() == 1


def test_a_text_that_was_handed_over_once_more_stays_with_the_later_post(store: Store) -> None:
    save_draft(store)
    first, later = post(1), post(2)
    store.queue.add(first.approval, first.deliveries, first.record)
    approval = replace(later.approval, draft_id="draft-1")
    store.queue.add(approval, [replace(d, draft_id="draft-1") for d in later.deliveries], later.record)
    assert store.queue.undo("post-1") is True
    assert drafts_listed(store) == []
    assert store.queue.undo("post-2") is True
    assert drafts_listed(store) == ["draft-1"]


def test_a_delivery_of_the_other_hat_is_refused_and_nothing_is_kept(store: Store) -> None:
    made = post()
    wrong = (made.deliveries[0], replace(made.deliveries[1], hat=Hat.PERSONAL))
    with pytest.raises(MixedIdentities):
        store.queue.add(made.approval, wrong, made.record)
    with pytest.raises(MixedIdentities):
        store.queue.add(made.approval, made.deliveries, replace(made.record, hat=Hat.PERSONAL))
    assert store.queue.in_state(*DeliveryState) == []
    assert store.records.count() == 0


def test_an_account_that_is_kept_under_the_other_hat_is_refused_by_the_database_itself(store: Store) -> None:
    store.profile.save_account(account_of(Hat.PERSONAL, id=SITE.id, network="wordpress", label="Mine"))
    made = post()
    with pytest.raises(MixedIdentities):
        store.queue.add(made.approval, made.deliveries, made.record)
    assert store.queue.in_state(*DeliveryState) == []
    assert store.queue.approved_under("post-1") is None
    assert store.records.get("post-1") is None


@pytest.mark.parametrize("column", ["hat", "account_id", "rendition", "approval_digest", "key"])
def test_no_statement_changes_what_was_approved(store: Store, column: str) -> None:
    add(store)
    with pytest.raises(Exception, match="approved bytes do not change"), store._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE deliveries SET {column} = 'personal'")
    with pytest.raises(Exception, match="FOREIGN KEY"), store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE approvals SET hat = 'personal'")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda p: replace(p, deliveries=p.deliveries[:1]), id="a target is missing"),
        pytest.param(lambda p: replace(p, deliveries=p.deliveries[::-1]), id="targets changed places"),
        pytest.param(lambda p: replace(p, record=replace(p.record, post_id="post-2")), id="record of another post"),
        pytest.param(lambda p: replace(p, record=replace(p.record, approval_digest="0" * 64)), id="record's digest"),
        pytest.param(lambda p: replace(p, approval=replace(p.approval, digest="0" * 64)), id="approval's digest"),
        pytest.param(
            lambda p: replace(p, approval=replace(p.approval, renditions=p.approval.renditions[:1])),
            id="a rendition less",
        ),
        pytest.param(lambda p: replace(p, deliveries=_with_text(p.deliveries, "other words")), id="other bytes"),
        pytest.param(
            lambda p: replace(p, deliveries=tuple(replace(d, post_id="post-2") for d in p.deliveries)), id="other post"
        ),
    ],
)
def test_what_is_not_as_approved_is_refused_and_nothing_is_kept(store: Store, spoil: object) -> None:
    spoiled = spoil(post())
    with pytest.raises(NotApproved, match="not_as_approved"):
        store.queue.add(spoiled.approval, spoiled.deliveries, spoiled.record)
    assert store.queue.in_state(*DeliveryState) == []
    assert store.records.count() == 0


def test_a_personal_post_stands_beside_professional_ones(store: Store) -> None:
    add(store, 1)
    (diary,) = add(store, 2, accounts=(DIARY,), hat=Hat.PERSONAL)
    assert store.queue.get(diary.id) == diary
    assert diary.hat is Hat.PERSONAL


def test_deliveries_outlive_their_account(store: Store) -> None:
    store.profile.save_account(BLOG)
    (delivery,) = add(store, accounts=(BLOG,))
    store.profile.delete_account(BLOG.id)
    assert store.queue.claim(delivery.id, NOON) is not None
    assert store.records.get("post-1").targets[0].label == "Practice blog"


CLAIMER = """
import sys
from datetime import datetime
from pathlib import Path
from twohats.store.database import open_store

folder, key, now = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
store = open_store(folder, key)
ids = sorted(d.id for d in store.queue.due(now))
print("ready", flush=True)
sys.stdin.readline()
for id in ids:
    if store.queue.claim(id, now):
        print(id, flush=True)
store.close()
"""


def test_of_two_processes_that_claim_the_same_rows_each_row_goes_to_exactly_one(tmp_path: Path) -> None:
    key = fresh_key()
    store = open_store(tmp_path, key)
    wanted = sorted(d.id for number in range(20) for d in add(store, number))
    command = [sys.executable, "-c", CLAIMER, str(tmp_path), key, NOON.isoformat()]
    claimers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for claimer in claimers:
        assert claimer.stdout.readline() == "ready\n"
    for claimer in claimers:
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    won = [claimer.communicate(timeout=60)[0].split() for claimer in claimers]
    assert [claimer.returncode for claimer in claimers] == [0, 0]
    assert sorted(won[0] + won[1]) == wanted
    assert len(store.queue.in_state(DeliveryState.SENDING)) == len(wanted)
    store.close()


def _with_text(deliveries: tuple[Delivery, ...], text: str) -> tuple[Delivery, ...]:
    return tuple(replace(d, rendition=replace(d.rendition, payload={"body": text})) for d in deliveries)
