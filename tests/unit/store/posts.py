"""Approved posts to put into a store; the people in them are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from twohats.model.account import Account, account_of, targets_of
from twohats.model.approval import Answer, Approval, approval_digest
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.finding import Category, Finding, Severity
from twohats.model.identity import Hat
from twohats.model.record import Record, RecordedFinding
from twohats.model.rendition import AFTER, LINK_TO_COME, Rendition, link_to_come
from twohats.model.span import Span

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BLOG = account_of(Hat.PROFESSIONAL, id="blog", network="folder", label="Practice blog")
SITE = account_of(Hat.PROFESSIONAL, id="site", network="wordpress", label="Lakeside Café")
DIARY = account_of(Hat.PERSONAL, id="diary", network="folder", label="Garden diary")
FINDING = Finding("S1", Category.RELATIONSHIPS, Span(0, 7), "My wife", Severity.WARN, "S1")


@dataclass(frozen=True)
class Post:
    approval: Approval
    deliveries: tuple[Delivery, ...]
    record: Record


def post(
    number: int = 1,
    text: str = "Sleep comes easier with a routine.",
    accounts: Sequence[Account] = (BLOG, SITE),
    hat: Hat = Hat.PROFESSIONAL,
    at: datetime = NOON,
    title: str = "",
    tags: tuple[str, ...] = (),
    *,
    is_led: bool = False,
) -> Post:
    """A post as review and publish would make it, due at `at`, with one finding answered. `is_led`: the first account
    goes first, and the others lead to its post."""
    renditions = tuple(
        Rendition(account.id, account.network, title, f"<p>{text}</p>", {"body": text}) for account in accounts
    )
    if is_led:
        place = link_to_come("https://lake.example", 60)
        led = {"body": f"{text} {place}", AFTER: accounts[0].id, LINK_TO_COME: place}
        renditions = (renditions[0], *(replace(one, payload=led) for one in renditions[1:]))
    digest = approval_digest(hat, tuple(a.id for a in accounts), tuple(r.digest for r in renditions))
    post_id, draft_id = f"post-{number}", f"draft-{number}"
    approval = Approval(
        id=f"approval-{number}",
        post_id=post_id,
        draft_id=draft_id,
        targets=targets_of(hat, accounts),
        renditions=renditions,
        findings=(FINDING,),
        answers=(Answer(FINDING, "meant", "for the talk"),),
        policy_version=3,
        rules_version="2026.11",
        approved_at=at,
        digest=digest,
    )
    deliveries = tuple(
        Delivery(
            id=f"delivery-{number}-{account.id}",
            post_id=post_id,
            draft_id=draft_id,
            approval_digest=digest,
            hat=hat,
            account_id=account.id,
            rendition=rendition,
            key=f"key-{number}-{account.id}",
            state=DeliveryState.WAITING,
            due_at=at,
            after_id=f"delivery-{number}-{accounts[0].id}" if AFTER in rendition.payload else "",
        )
        for account, rendition in zip(accounts, renditions, strict=True)
    )
    record = Record(
        post_id=post_id,
        hat=hat,
        posted_as="Dr Robin Vale, PhD",
        text=text,
        title=title,
        tags=tags,
        excerpt="",
        alt_texts=(),
        approval_digest=digest,
        findings=(RecordedFinding("S1", "relationships", "warn", "My wife", "answered", "meant", "for the talk"),),
        targets=(),
        posted_at=at,
        checked_by="2026.11",
    )
    return Post(approval, deliveries, record)
