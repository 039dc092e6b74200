"""Drafts in a real encrypted store."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from twohats.model.draft import Draft
from twohats.model.errors import BadInput, StoreError
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.media import Media
from twohats.model.wording import HatWords, Wording
from twohats.store.database import Store, open_store
from twohats.store.encoding import draft_json, written
from twohats.store.key import fresh_key
from twohats.store.migrations import LADDER, Ladder
from twohats.store.migrations.climb import climb
from twohats.store.transactions import Database

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PICTURE = b"\x89PNG invented"
MEDIA = Media("m1", sha256(PICTURE).hexdigest(), "image/png", 4, 3, len(PICTURE), "A lake", "IMG_1.png", ("location",))


def draft(
    text: str = "Sleep comes easier with a routine.", after_s: float = 0, revision: int = 1, **more: object
) -> Draft:
    edited_at = NOON + timedelta(seconds=after_s)
    return replace(Draft("d1", NOON, edited_at, revision, text=text), **more)


def ids(store: Store, *given: object, **more: object) -> list[str]:
    return [line.id for line in store.drafts.list(*given, **more)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("👩‍⚕️ says “hello”\n\n\ttabs and\u2028separators", id="emoji and separators"),
        pytest.param("a\x00b\x07c", id="NUL and bell"),
        pytest.param("lone \ud800 and \udfff surrogates", id="lone surrogates"),
        pytest.param("\u202eright\u202c to \u200eleft\u200b zero", id="bidi and zero width"),
        pytest.param("שלום — مرحبا — 心理学", id="scripts"),
        pytest.param("plain words and é " * 11112, id="200,000 characters"),
        pytest.param("'; DROP TABLE drafts; -- %s :name ? {x}", id="what SQL and formats read"),
    ],
)
def test_a_draft_comes_back_exactly(store: Store, text: str) -> None:
    full = draft(
        text,
        hat=Hat.PERSONAL,
        title=text[:50],
        excerpt=text[:20],
        tags=("sleep", text[:10]),
        media=(MEDIA,),
        target_ids=frozenset({"blog", "diary"}),
        post_id="",
    )
    store.drafts.save(full)
    assert store.drafts.get("d1") == full
    assert len(store.drafts.list()) == 1


def test_a_draft_that_was_never_saved_is_none(store: Store) -> None:
    assert store.drafts.get("nobody") is None
    assert store.drafts.versions("nobody") == []
    assert store.drafts.version("nobody", 1) is None


def test_a_late_save_of_an_older_revision_changes_nothing(store: Store) -> None:
    assert store.drafts.save(draft("newer", revision=5)) is True
    assert store.drafts.save(draft("older" * 100, 90, revision=4)) is False
    kept = store.drafts.get("d1")
    assert kept is not None
    assert kept.text == "newer"
    assert store.drafts.versions("d1") == []
    assert store.drafts.save(draft("as new", revision=5)) is True
    kept = store.drafts.get("d1")
    assert kept is not None
    assert kept.text == "as new"


def test_a_time_in_another_zone_is_the_same_time(store: Store) -> None:
    from zoneinfo import ZoneInfo

    there = replace(draft(), edited_at=NOON.astimezone(ZoneInfo("Asia/Kathmandu")))
    store.drafts.save(there)
    kept = store.drafts.get("d1")
    assert kept is not None
    assert kept.edited_at == NOON
    assert store.drafts.list()[0].edited_at == NOON


def test_the_list_shows_the_newest_first_and_finds_by_any_word(store: Store) -> None:
    store.drafts.save(replace(draft("Sleep and CAFÉ habits", 10), id="a", hat=Hat.PROFESSIONAL, tags=("rest",)))
    store.drafts.save(replace(draft("The garden in autumn", 30), id="b", hat=Hat.PERSONAL, title="Leaves"))
    store.drafts.save(replace(draft("100% of_it", 20), id="c"))
    assert ids(store) == ["b", "c", "a"]
    assert ids(store, "cafe sleep") == ["a"]
    assert ids(store, "REST") == ["a"]
    assert ids(store, "eave") == ["b"]
    assert ids(store, "garden sleep") == []
    assert ids(store, "100% of_") == ["c"]
    assert ids(store, "%") == ["c"]
    assert ids(store, hat=Hat.PERSONAL) == ["b"]
    assert ids(store, limit=2) == ["b", "c"]
    assert [line.preview for line in store.drafts.list()] == ["Leaves", "100% of_it", "Sleep and CAFÉ habits"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("heron", ["d2", "d1"], id="by the index"),
        pytest.param("er", ["d3", "d2", "d1"], id="too short for it"),
        pytest.param("heron zz", ["d2"], id="both at once"),
        pytest.param("HÉRON lake", ["d1"], id="any case and accents"),
        pytest.param("100%", ["d3"], id="a sign that LIKE reads"),
        pytest.param("a_b", [], id="another one"),
        pytest.param("one account", ["d3"], id="words of one account alone"),
        pytest.param("finch", [], id="nowhere"),
    ],
)
def test_words_are_found_wherever_they_stand(store: Store, query: str, found: list[str]) -> None:
    own = Wording("blog", Hat.PERSONAL, ("for one", "account alone"))
    store.drafts.save(draft("A héron at the lake", after_s=0))
    store.drafts.save(draft("Herons: zz", after_s=1, id="d2"))
    store.drafts.save(draft("axb, never 100% sure", after_s=2, id="d3", wordings=(own,)))
    assert ids(store, query) == found


def test_the_index_follows_edits_and_what_is_forgotten(store: Store) -> None:
    store.drafts.save(draft("a heron"))
    store.drafts.save(draft("a finch", revision=2))
    assert (ids(store, "heron"), ids(store, "finch")) == ([], ["d1"])
    store.drafts.delete("d1", NOON)
    store.drafts.empty_bin()
    store.drafts.save(draft("a wren", id="d2"))
    assert (ids(store, "finch"), ids(store, "wren")) == ([], ["d2"])
    with store._database.writing() as connection:
        # Raises when the index and the words beside it differ.
        connection.exec_driver_sql("INSERT INTO draft_index (draft_index, rank) VALUES ('integrity-check', 1)")


def test_the_list_is_narrowed_by_time_and_by_findings(store: Store) -> None:
    for number, severity in enumerate((Severity.STOP, Severity.NOTE, Severity.WARN, None)):
        store.drafts.save(draft(after_s=number, id=f"d{number}"))
        if severity is not None:
            store.drafts.note_findings(f"d{number}", severity)
    assert ids(store, has_findings=True) == ["d2", "d0"]
    assert ids(store, since=NOON + timedelta(seconds=2)) == ["d3", "d2"]
    assert ids(store, "sleep", since=NOON + timedelta(seconds=1), has_findings=True) == ["d2"]
    store.drafts.note_findings("d2", Severity.SILENT)
    store.drafts.note_findings("never saved", Severity.STOP)
    assert ids(store, has_findings=True) == ["d0"]


def test_drafts_of_an_older_store_are_kept_and_found(tmp_path: Path) -> None:
    key = fresh_key()
    old = Database(tmp_path / "twohats.db", key, is_being_made=True)
    body = written(draft_json(draft("a heron")))
    with old.writing() as connection:
        climb(connection, Ladder(LADDER.folder, ("0004",)))
        for name in ("d1", "d2"):
            connection.exec_driver_sql(
                "INSERT INTO drafts VALUES (?, NULL, 1, 1, NULL, '', 'a heron', ?)", (name, body.replace("d1", name))
            )
            connection.exec_driver_sql("INSERT INTO draft_words VALUES (?, 'a heron')", (name,))
            connection.exec_driver_sql("INSERT INTO draft_versions VALUES (?, 1, 1, 1, ?)", (name, body))
    old.close()
    store = open_store(tmp_path, key)
    assert sorted(ids(store, "heron")) == ["d1", "d2"]
    assert store.drafts.get("d1") == draft("a heron")
    assert len(store.drafts.versions("d2")) == 1
    store.drafts.delete("d2", NOON)
    store.drafts.empty_bin()
    assert (ids(store, "heron"), list(store.drafts.versions("d2"))) == (["d1"], [])
    store.close()


def test_other_words_for_one_account_are_a_version_too(store: Store) -> None:
    own = Wording("blog", Hat.PERSONAL, ("for one account",))
    store.drafts.save(draft(wordings=(own,)))
    store.drafts.save(draft(after_s=61, revision=2))
    kept = store.drafts.version("d1", store.drafts.versions("d1")[0].number)
    assert kept is not None
    assert kept.wordings == (own,)


def test_what_the_other_hat_says_is_kept_found_and_a_version_too(store: Store) -> None:
    words = HatWords(Hat.PERSONAL, "a heron \ud800 at the lake")
    store.drafts.save(draft(hat=Hat.PROFESSIONAL, other_words=words))
    assert store.drafts.get("d1") == draft(hat=Hat.PROFESSIONAL, other_words=words)
    assert ids(store, "heron") == ["d1"]
    store.drafts.save(draft(after_s=61, revision=2, hat=Hat.PROFESSIONAL))
    assert ids(store, "heron") == []
    kept = store.drafts.version("d1", store.drafts.versions("d1")[0].number)
    assert kept is not None
    assert kept.other_words == words


def test_another_hat_alone_is_no_version(store: Store) -> None:
    now = draft("a report", hat=Hat.PROFESSIONAL, other_words=HatWords(Hat.PERSONAL, "a tale " * 60))
    store.drafts.save(now)
    turned = replace(draft("a tale " * 60, 61, 2), hat=Hat.PERSONAL, other_words=HatWords(Hat.PROFESSIONAL, "a report"))
    store.drafts.save(turned)
    assert list(store.drafts.versions("d1")) == []


def test_deleting_is_soft_and_undone(store: Store) -> None:
    store.drafts.save(draft())
    store.drafts.delete("d1", NOON)
    assert ids(store) == []
    assert store.drafts.count() == 0
    assert [line.deleted_at for line in store.drafts.list(deleted=True)] == [NOON]
    assert store.drafts.get("d1") is not None
    store.drafts.undelete("d1")
    assert ids(store) == ["d1"]
    assert ids(store, deleted=True) == []


def test_an_autosave_that_comes_after_the_delete_does_not_bring_it_back(store: Store) -> None:
    store.drafts.save(draft(revision=1))
    store.drafts.delete("d1", NOON)
    store.drafts.save(draft("more", 1, revision=2))
    assert ids(store) == []


@pytest.mark.parametrize("post_id", ["", "p2"])
def test_a_save_neither_hands_over_nor_takes_back(store: Store, post_id: str) -> None:
    store.drafts.save(draft(post_id="p1"))
    assert (ids(store), store.drafts.count()) == ([], 0)
    assert store.drafts.save(draft("A key that came late", 1, revision=2, post_id=post_id)) is True
    kept = store.drafts.get("d1")
    assert kept is not None
    assert (kept.text, kept.post_id) == ("A key that came late", "p1")
    assert (ids(store), store.drafts.count()) == ([], 0)


def test_an_earlier_state_does_not_say_that_it_was_handed_over(store: Store) -> None:
    store.drafts.save(draft("x" * 300, post_id="p1"))
    store.drafts.save(draft("y" * 300, 1, revision=2, post_id="p1"))
    kept = store.drafts.version("d1", 1)
    assert kept == draft("x" * 300)


def test_a_version_is_kept_once_a_minute_of_writing(store: Store) -> None:
    text = "Words"
    for second in range(0, 200, 2):
        text += " and"
        store.drafts.save(draft(text, second, revision=second))
    versions = store.drafts.versions("d1")
    assert [version.number for version in versions] == [3, 2, 1]
    assert [(version.saved_at - NOON).seconds for version in versions] == [178, 118, 58]
    assert text.startswith(versions[0].text)


def test_a_big_change_keeps_what_was_there_at_once(store: Store) -> None:
    long = "A paragraph that took an hour. " * 20
    store.drafts.save(draft(long, 0, revision=1))
    store.drafts.save(draft("", 1, revision=2))
    store.drafts.save(draft("x", 2, revision=3))
    assert [version.text for version in store.drafts.versions("d1")] == [long]
    kept = store.drafts.version("d1", 1)
    assert kept == draft(long, 0, revision=1)


def test_replacing_all_by_as_many_words_is_a_big_change_too(store: Store) -> None:
    store.drafts.save(draft("a" * 300, 0, revision=1))
    store.drafts.save(draft("b" * 300, 1, revision=2))
    assert [version.text for version in store.drafts.versions("d1")] == ["a" * 300]


def test_what_is_set_aside_is_kept_at_once_and_once(store: Store) -> None:
    store.drafts.save(draft("First words", 0, revision=1))
    store.drafts.set_aside("d1")
    store.drafts.set_aside("d1")
    assert [version.text for version in store.drafts.versions("d1")] == ["First words"]
    assert store.drafts.version("d1", 1) == store.drafts.get("d1")
    store.drafts.save(draft("First words again", 1, revision=2))
    store.drafts.set_aside("d1")
    assert [version.text for version in store.drafts.versions("d1")] == ["First words again", "First words"]


def test_going_back_to_a_version_and_forth_again_loses_nothing(store: Store) -> None:
    store.drafts.save(draft("Then", 0, revision=1))
    store.drafts.set_aside("d1")
    store.drafts.save(draft("Then, and now", 1, revision=2))
    store.drafts.set_aside("d1")
    then = store.drafts.version("d1", 1)
    assert then is not None
    store.drafts.save(replace(then, revision=3, edited_at=NOON + timedelta(seconds=2)))
    assert [version.text for version in store.drafts.versions("d1")] == ["Then, and now", "Then"]
    store.drafts.set_aside("d1")
    assert [version.text for version in store.drafts.versions("d1")] == ["Then", "Then, and now", "Then"]


def test_nothing_is_set_aside_of_an_empty_draft_or_of_none(store: Store) -> None:
    store.drafts.save(draft(" "))
    store.drafts.set_aside("d1")
    store.drafts.set_aside("nobody")
    assert store.drafts.versions("d1") == []
    assert store.drafts.versions("nobody") == []


def test_choosing_a_hat_makes_no_version(store: Store) -> None:
    store.drafts.save(draft(revision=1))
    for minute in range(1, 10):
        store.drafts.save(draft(after_s=60 * minute, revision=minute + 1, hat=list(Hat)[minute % 2]))
    assert store.drafts.versions("d1") == []


def test_versions_older_than_thirty_days_go_and_the_newest_stays(store: Store) -> None:
    day = 24 * 3600
    for number, when in enumerate([0, 1, 20, 31.5, 90], start=1):
        store.drafts.save(draft(f"Text number {number}", when * day, revision=number))
    assert [version.text for version in store.drafts.versions("d1")] == ["Text number 4"]


def test_a_clock_set_back_neither_stops_versions_nor_floods_them(store: Store) -> None:
    store.drafts.save(draft("Before the clock was set", 0, revision=1))
    store.drafts.save(draft("Before the clock was set.", 61, revision=2))
    for second in range(100):
        back = second - 7200
        store.drafts.save(draft(f"After it was set back {second}", back, revision=3 + second))
    versions = store.drafts.versions("d1")
    assert [version.number for version in versions] == [3, 2, 1]
    assert versions[1].text == "Before the clock was set."


def test_purging_forgets_drafts_their_versions_and_pictures_that_nobody_else_shows(store: Store) -> None:
    other = b"\x89PNG another"
    shared = replace(MEDIA, id="m2", digest=sha256(other).hexdigest())
    store.media.add(MEDIA.digest, PICTURE)
    store.media.add(shared.digest, other)
    store.drafts.save(draft("x" * 300, media=(MEDIA, shared), revision=1))
    store.drafts.save(draft("y" * 300, 1, revision=2))
    store.drafts.save(replace(draft(), id="d2", media=(shared,)))
    store.drafts.delete("d1", NOON)
    assert store.drafts.purge_deleted(NOON) == 0
    assert store.drafts.purge_deleted(NOON + timedelta(seconds=1)) == 1
    assert store.drafts.get("d1") is None
    assert store.drafts.versions("d1") == []
    assert store.media.read(shared.digest) == other
    with pytest.raises(StoreError, match="picture_missing"):
        store.media.read(MEDIA.digest)


def test_the_bin_is_emptied_of_one_or_of_all_and_of_nothing_else(store: Store) -> None:
    store.media.add(MEDIA.digest, PICTURE)
    store.drafts.save(draft(media=(MEDIA,)))
    for other in ("d2", "d3", "d4"):
        store.drafts.save(replace(draft(), id=other))
    for gone in ("d1", "d2", "d3"):
        store.drafts.delete(gone, NOON)
    store.drafts.forget_deleted("d1")
    store.drafts.forget_deleted("d4")
    assert sorted(ids(store, deleted=True)) == ["d2", "d3"]
    with pytest.raises(StoreError, match="picture_missing"):
        store.media.read(MEDIA.digest)
    store.drafts.empty_bin()
    assert ids(store, deleted=True) == []
    assert ids(store) == ["d4"]


def test_tidying_empties_the_bin_after_thirty_days(store: Store) -> None:
    store.drafts.save(draft())
    store.drafts.delete("d1", NOON)
    store.tidy(NOON + timedelta(days=29))
    assert store.drafts.get("d1") is not None
    store.tidy(NOON + timedelta(days=31))
    assert store.drafts.get("d1") is None


def test_pictures_are_kept_once_and_only_under_their_own_digest(store: Store) -> None:
    store.media.add(MEDIA.digest, PICTURE)
    store.media.add(MEDIA.digest, PICTURE)
    assert store.media.read(MEDIA.digest) == PICTURE
    with pytest.raises(BadInput, match="picture_changed"):
        store.media.add(MEDIA.digest, PICTURE + b"!")
    with pytest.raises(StoreError, match="picture_missing"):
        store.media.read("0" * 64)


def test_a_deep_text_of_any_code_point_is_kept(store: Store) -> None:
    every = "".join(chr(point) for point in range(0, sys.maxunicode + 1, 257) if not 0xD800 <= point <= 0xDFFF)
    store.drafts.save(draft(every))
    kept = store.drafts.get("d1")
    assert kept is not None
    assert kept.text == every
