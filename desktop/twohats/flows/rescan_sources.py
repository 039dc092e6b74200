"""What a re-scan looks through: own records with what was weighed then, or the posts of an archive."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from twohats.flows.rescan import Place, Post, Source, normal
from twohats.model.archive import Archive, ArchivedPost
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.finding import Severity
from twohats.model.media import Media
from twohats.model.ports import QueueStore, RecordStore
from twohats.model.record import Record
from twohats.model.wording import Wording

RECORDS = "records"
_AT_ONCE = 50
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_SEVERITIES = {severity.word: severity for severity in Severity}
_WEIGHED = ("answered", "allowed", "noted")  # not what the gate let through unasked in the quiet trial


def of_records(records: RecordStore, queue: QueueStore) -> Source:
    """All that stands somewhere, the newest first. Raises StoreError."""
    total = records.count()
    left_out: Counter[str] = Counter()

    def posts() -> Iterator[Post]:
        for record in _all(records):
            post = _post_of(record, [delivery for delivery in queue.of_post(record.post_id) if _stands(delivery)])
            if post is None:
                left_out["not_out"] += 1
            else:
                yield post

    def fraction(looked_at: int) -> float:
        return min(1.0, (looked_at + left_out.total()) / total) if total else 1.0

    return Source(RECORDS, posts(), lambda: dict(left_out), fraction, total)


def of_archive(archive: Archive, records: RecordStore | None = None, queue: QueueStore | None = None) -> Source:
    """All posts in it; what of them went out from here is recognised, with what was weighed then.

    Looking through it raises BadInput where it is damaged, StoreError where the records cannot be read."""
    network = archive.network

    def posts() -> Iterator[Post]:
        known = _Known(records, queue) if records is not None and queue is not None else None
        for archived in archive.posts():
            post = _post_in(archived, network)
            yield known.recognised(post) if known else post

    return Source(network, posts(), lambda: archive.left_out, lambda _looked_at: archive.fraction)


class _Known:
    """Finds the record of a post that an archive gives back: by its address or the name it has there, else by its text.
    Kept are numbers for all of that, not the texts."""

    def __init__(self, records: RecordStore, queue: QueueStore) -> None:
        self._records = records
        self._queue = queue
        self._by_place: dict[int, str] = {}
        self._by_text: dict[int, str] = {}
        for record in _all(records):
            if text := normal(record.text):
                self._by_text[hash(text)] = record.post_id
            for target in record.targets:
                for name in (target.url, target.remote_id):
                    if name:
                        self._by_place[hash((target.network, name))] = record.post_id

    def recognised(self, post: Post) -> Post:
        """The same post with what its record says; as it is where there is none."""
        (place,) = post.places
        names = (place.url, place.url.rsplit("/", 1)[-1]) if place.url else ()
        keys = [hash((place.network, name)) for name in names]
        by_place = next((found for key in keys if (found := self._by_place.get(key))), "")
        post_id = by_place or self._by_text.get(hash(normal(post.draft.text)), "")
        record = self._records.get(post_id) if post_id else None
        if record is None:
            return post
        # The same words may have been posted twice: only what is found by its place is the one that we can take down.
        return replace(
            post,
            hat=record.hat,
            post_id=post_id if by_place else "",
            weighed=_weighed(record),
            can_be_taken_down=bool(by_place) and _can_be_taken_down(self._queue.of_post(post_id)),
        )


def _all(records: RecordStore) -> Iterator[Record]:
    """Read page by page. What is posted meanwhile moves the pages on: nothing is given twice."""
    offset, last = 0, None
    while page := records.search(limit=_AT_ONCE, offset=offset):
        offset += len(page)
        for record in page:
            if last is None or record.number < last:
                last = record.number
                yield record


def _stands(delivery: Delivery) -> bool:
    return delivery.is_out or delivery.state is DeliveryState.UNKNOWN


def _post_of(record: Record, standing: list[Delivery]) -> Post | None:
    if not standing:
        return None
    names = {target.delivery_id: target for target in record.targets}
    places = []
    for delivery in standing:
        target = names.get(delivery.id)
        url = delivery.receipt.url if delivery.receipt else ""
        places.append(Place(delivery.rendition.network, target.label if target else "", url))
    draft = Draft(
        record.post_id,
        record.posted_at,
        record.posted_at,
        text=record.text,
        title=record.title,
        excerpt=record.excerpt,
        tags=record.tags,
        media=_pictures(record.alt_texts),
        wordings=tuple(own for delivery in standing if (own := _own_words(delivery, record))),
        warning=next((d.rendition.warning for d in standing if d.rendition.warning), ""),
        hat=record.hat,
    )
    return Post(
        draft,
        record.posted_at,
        tuple(places),
        record.hat,
        record.post_id,
        _weighed(record),
        can_be_taken_down=_can_be_taken_down(standing),
    )


def _post_in(post: ArchivedPost, network: str) -> Post:
    at = post.posted_at or _BEGINNING
    draft = Draft(
        "",
        at,
        at,
        text=post.text,
        title=post.title,
        excerpt=post.excerpt,
        tags=post.tags,
        media=_pictures(post.alt_texts),
        warning=post.warning,
    )
    return Post(draft, post.posted_at, (Place(network, url=post.url),))


def _pictures(alt_texts: tuple[str, ...]) -> tuple[Media, ...]:
    return tuple(Media(str(number), "", "", 0, 0, 0, alt=alt) for number, alt in enumerate(alt_texts))


def _own_words(delivery: Delivery, record: Record) -> Wording | None:
    """What one network was given in place of the shared text."""
    parts = tuple(part.text for part in delivery.rendition.parts)
    if not parts or normal(" ".join(parts)) == normal(record.text):
        return None
    return Wording(delivery.account_id, record.hat, parts)


def _weighed(record: Record) -> Mapping[tuple[str, str], Severity]:
    return {
        (finding.rule, normal(finding.words)): _SEVERITIES.get(finding.severity, Severity.NOTE)
        for finding in record.findings
        if finding.action in _WEIGHED
    }


def _can_be_taken_down(deliveries: Iterable[Delivery]) -> bool:
    return any(delivery.is_out and not delivery.went_by_hand for delivery in deliveries)
