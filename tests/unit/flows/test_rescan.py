"""What was posted, looked through again: what is new, what was weighed then, what is left out, how it is stopped."""

import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.fakes import archive_files as made

from twohats.app import House, open_house
from twohats.archives.opening import open_archive
from twohats.boundary.policy import answers_for
from twohats.flows import compose, rescan
from twohats.flows.rescan import Place, Progress, Report, Stopped, look_through
from twohats.flows.rescan_sources import of_archive, of_records
from twohats.model.account import Account
from twohats.model.approval import Answer
from twohats.model.archive import ArchivedPost
from twohats.model.errors import BadInput
from twohats.model.finding import Severity
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy
from twohats.vault.keyring_vault import SessionVault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
SESSION = "A client told me today that she wants to leave him."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


def posted(house: House, blog: Account, text: str, *, is_quiet: bool = False) -> str:
    services = house.services
    draft = compose.new_draft(services.new_id(), NOW, Hat.PROFESSIONAL, (blog.id,))
    draft = compose.with_text(compose.with_title(draft, f"Post {services.new_id()}", NOW), text, NOW)
    services.drafts.save(draft)
    identity = services.profile.identities()[1]
    verdict = services.reviewer.review(draft, identity, (blog,), services.profile.policy(), is_quiet=is_quiet)
    approval = services.reviewer.approve(verdict, [Answer(f, answers_for(f.rule)[0]) for f in verdict.open_findings])
    (delivery,) = services.publisher.queue_up(verdict, approval, 0)
    services.publisher.deliver(delivery.id)
    return approval.post_id


def looked_through(house: House, under: Hat | None = None) -> Report:
    services = house.services
    source = of_records(services.records, services.queue)
    identities, policy = services.profile.identities(), services.profile.policy()
    return look_through(source, under, house.boundary, identities, policy, NOW)


def of_file(house: House, path: Path, under: Hat = Hat.PROFESSIONAL) -> Report:
    source = of_archive(open_archive(path))
    return look_through(source, under, house.boundary, fresh_identities(), Policy(), NOW)


def test_what_was_answered_at_the_gate_is_known_and_nothing_new(house: House, blog: Account) -> None:
    posted(house, blog, FAMILY)
    posted(house, blog, CLEAN)
    report = looked_through(house)
    assert report.looked_at == 2
    assert report.severity is Severity.SILENT
    assert dict(report.counts) == {Severity.SILENT: 1}
    (flagged,) = report.of(Severity.SILENT)
    assert [(one.finding.rule, one.is_known) for one in flagged.seen] == [("S1", True)]


def test_what_a_rule_weighs_more_today_is_new_and_leads_to_the_post(house: House, blog: Account) -> None:
    house.services.profile.set_severity("S1", Hat.PROFESSIONAL, Severity.NOTE)
    post_id = posted(house, blog, FAMILY)
    house.services.profile.set_severity("S1", Hat.PROFESSIONAL, None)
    report = looked_through(house)
    (flagged,) = report.of(Severity.WARN)
    assert report.severity is Severity.WARN
    assert (flagged.post_id, flagged.hat, flagged.posted_at) == (post_id, Hat.PROFESSIONAL, NOW)
    assert flagged.can_be_taken_down
    (place,) = flagged.places
    assert (place.network, place.label) == ("folder", blog.label)
    assert place.url
    (seen,) = flagged.seen
    assert seen.before + seen.finding.words + seen.after == FAMILY


def test_what_the_gate_let_through_unasked_was_never_weighed(house: House, blog: Account) -> None:
    posted(house, blog, FAMILY, is_quiet=True)
    assert dict(looked_through(house).counts) == {Severity.WARN: 1}


def test_what_is_allowed_today_is_no_finding_and_another_hat_may_see_less(house: House, blog: Account) -> None:
    posted(house, blog, FAMILY, is_quiet=True)
    assert looked_through(house, Hat.PERSONAL).of(Severity.WARN) == ()
    assert looked_through(house, Hat.PROFESSIONAL).severity is Severity.WARN


def test_what_stands_nowhere_any_more_is_left_out(house: House, blog: Account) -> None:
    post_id = posted(house, blog, SESSION)
    (delivery,) = house.services.queue.of_post(post_id)
    house.services.publisher.take_down(delivery.id)
    report = looked_through(house)
    assert (report.looked_at, report.flagged, report.left_out) == (0, (), {"not_out": 1})


def test_posts_of_an_archive_are_looked_through_under_the_hat_that_was_chosen(house: House, tmp_path: Path) -> None:
    tweets = [made.tweet(1, FAMILY), made.tweet(2, CLEAN), made.tweet(3, f"Long day. {SESSION} More tomorrow.")]
    report = of_file(house, made.x_archive(tmp_path / "x.zip", [*tweets, made.tweet(4, "RT @robin: hello")]))
    assert (report.source, report.looked_at, report.left_out) == ("x", 3, {"not_own": 1})
    (gravest,) = report.of(Severity.STOP)
    assert gravest.places == (Place("x", url="https://x.com/i/web/status/3"),)
    assert (gravest.post_id, gravest.can_be_taken_down) == ("", False)
    assert gravest.posted_at == datetime(2020, 11, 7, 8, 30, tzinfo=UTC)
    assert {one.finding.rule for one in gravest.seen if one.finding.severity is Severity.STOP} == {"C2"}
    assert len(report.of(Severity.WARN)) == 1


def test_words_beside_the_text_are_looked_at_too(house: House, tmp_path: Path) -> None:
    toot = made.toot(1, "<p>Morning.</p>", summary=FAMILY, attachment=[{"name": "Call my cell 555-0142 any time"}])
    report = of_file(house, made.zip_of(tmp_path / "m.zip", {"outbox.json": made.outbox([toot])}))
    assert {one.finding.span.field.value for one in report.flagged[0].seen} == {"warning", "alt"}


def test_another_language_is_counted_as_hardly_checked(house: House, tmp_path: Path) -> None:
    german = "Heute war ein langer Tag in der Praxis, und am Abend gehen wir alle zusammen noch an den See hinaus."
    report = of_file(house, made.x_archive(tmp_path / "x.zip", [made.tweet(1, german), made.tweet(2, CLEAN)]))
    assert report.not_read == 1


def test_progress_is_told_and_stopping_keeps_what_was_seen(house: House, tmp_path: Path) -> None:
    path = made.x_archive(tmp_path / "x.zip", [made.tweet(number, SESSION) for number in range(1, 20)])
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.looked_at == 5:
            raise Stopped

    source = of_archive(open_archive(path))
    report = look_through(source, Hat.PERSONAL, house.boundary, fresh_identities(), Policy(), NOW, tell)
    assert [progress.looked_at for progress in told] == [1, 2, 3, 4, 5]
    assert told[-1].crossing == 5
    assert 0 < told[-1].fraction <= 1
    assert (report.is_whole, report.looked_at, len(report.flagged)) == (False, 5, 5)


def test_an_archive_that_breaks_off_gives_no_report(house: House, tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    path.write_text(made.outbox([made.toot(n, "<p>Hello</p>") for n in range(300)])[:-9], encoding="utf-8")
    with pytest.raises(BadInput, match="archive_damaged"):
        of_file(house, path)


def test_the_memory_stays_steady_however_long_it_goes(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescan, "MOST_LISTED", 20)
    text = "Most of us sleep worse in November. " * 30
    tweets = [made.tweet(number, SESSION if number % 2 else text) for number in range(1200)]
    path = made.x_archive(tmp_path / "x.zip", tweets)
    del tweets
    peaks: list[int] = []

    def tell(progress: Progress) -> None:
        if progress.looked_at in (300, 1200):
            peaks.append(tracemalloc.get_traced_memory()[0])

    source = of_archive(open_archive(path))
    tracemalloc.start()
    try:
        report = look_through(source, Hat.PERSONAL, house.boundary, fresh_identities(), Policy(), NOW, tell)
    finally:
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 500_000
    assert (report.counts[Severity.STOP], len(report.of(Severity.STOP)), report.not_listed) == (600, 20, 580)


def test_what_is_posted_meanwhile_gives_no_post_twice(house: House, blog: Account) -> None:
    first = [posted(house, blog, f"{CLEAN} {number}") for number in range(4)]
    source = of_records(house.services.records, house.services.queue)
    seen = []
    for post in source.posts:
        if not seen:
            posted(house, blog, f"{CLEAN} again")
        seen.append(post.post_id)
    assert sorted(seen) == sorted(first)


def _given_back(house: House, tmp_path: Path, url: str, text: str) -> Report:
    """As an archive of the blog's network, if it gave one, would have it."""

    class Given:
        network = "folder"
        fraction = 1.0
        left_out: Mapping[str, int] = MappingProxyType({})

        def posts(self) -> Iterator[ArchivedPost]:
            yield ArchivedPost(NOW, text, url)

        def close(self) -> None: ...

    services = house.services
    source = of_archive(Given(), services.records, services.queue)
    return look_through(source, Hat.PROFESSIONAL, house.boundary, fresh_identities(), Policy(), NOW)


def test_a_post_that_an_archive_gives_back_is_recognised_by_its_place(
    house: House, blog: Account, tmp_path: Path
) -> None:
    post_id = posted(house, blog, FAMILY)
    (delivery,) = house.services.queue.of_post(post_id)
    report = _given_back(house, tmp_path, delivery.receipt.url, f"{FAMILY} As the network shows it.")
    (flagged,) = report.of(Severity.SILENT)
    assert (flagged.post_id, flagged.can_be_taken_down) == (post_id, True)
    assert report.severity is Severity.SILENT


def test_the_same_words_elsewhere_were_weighed_and_are_not_ours_to_take_down(
    house: House, blog: Account, tmp_path: Path
) -> None:
    posted(house, blog, FAMILY)
    report = _given_back(house, tmp_path, "https://elsewhere.example.com/9", f" {FAMILY.upper()}")
    (flagged,) = report.flagged
    assert (flagged.post_id, flagged.can_be_taken_down) == ("", False)
    assert all(seen.is_known for seen in flagged.seen)


def test_other_words_elsewhere_are_new(house: House, blog: Account, tmp_path: Path) -> None:
    posted(house, blog, FAMILY)
    assert _given_back(house, tmp_path, "", f"{FAMILY} Twice.").severity is Severity.WARN
