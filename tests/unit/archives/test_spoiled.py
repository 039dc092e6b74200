"""Archives that were changed at random, and entries of any shape: read, left out or refused, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes import archive_files as made

from twohats.archives.opening import open_archive
from twohats.gui import wording
from twohats.model.errors import BadInput

_ITEM = made.wxr_item("School", "First day")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("whole")
    toots = made.outbox([made.toot(1, "<p>One</p>"), made.boost(), made.toot(2, "<p>Two</p>")])
    return [
        made.x_archive(folder / "x.zip", [made.tweet(1, "First"), made.tweet(2, "Second &amp; last")]).read_bytes(),
        made.tar_of(folder / "m.tar.gz", {"a.jpg": bytes(2000), "outbox.json": toots}).read_bytes(),
        made.tar_of(folder / "m.tar", {"a.jpg": bytes(2000), "outbox.json": toots}, "w").read_bytes(),
        made.facebook_archive(folder / "f.zip", [made.facebook_post("Café")]).read_bytes(),
        made.wxr(_ITEM, _ITEM).encode(),
        toots.encode(),
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_was_changed_in_an_archive_it_is_read_or_refused(
    whole: list[bytes], tmp_path: Path, data: st.DataObject
) -> None:
    spoiled = bytearray(data.draw(st.sampled_from(whole)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(spoiled) - 1)))
        match data.draw(st.integers(0, 3)):
            case 0:
                spoiled[at : at + 1] = data.draw(st.binary(max_size=4))
            case 1:
                spoiled[at : at + 4] = b"\xff\xff\xff\xff"
            case 2:
                del spoiled[at:]
            case _:
                spoiled[at:at] = spoiled[: data.draw(st.integers(0, 64))]
    path = tmp_path / "spoiled"
    path.write_bytes(spoiled)
    try:
        posts = list(open_archive(path).posts())
    except BadInput as refusal:
        sentence = wording.error(refusal)
        if sentence == refusal.code or "…" in sentence:
            raise AssertionError(f"nobody says what {refusal.code} is") from refusal
    else:
        assert all(isinstance(post.text, str) for post in posts)


_KEYS = st.sampled_from(
    (
        "tweet",
        "full_text",
        "created_at",
        "id_str",
        "entities",
        "urls",
        "media",
        "type",
        "object",
        "content",
        "to",
        "cc",
        "tag",
        "attachment",
        "name",
        "summary",
        "published",
        "url",
        "timestamp",
        "data",
        "post",
        "comment",
    )
)
_ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=6),
    max_leaves=30,
)


def _kinds(inside: object) -> Iterator[dict[str, str]]:
    listed = json.dumps([inside, {"tweet": inside}, {"type": "Create", "object": inside, "data": [inside]}])
    yield {"data/tweets.js": f"window.YTD.tweets.part0 = {listed}", "data/note-tweet.js": listed}
    yield {"outbox.json": f'{{"orderedItems": {listed}}}'}
    yield {made.FACEBOOK_POSTS: listed}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(inside=_ANYTHING)
def test_whatever_stands_in_an_entry_it_is_read_or_left_out(tmp_path: Path, inside: object) -> None:
    for files in _kinds(inside):
        archive = open_archive(made.zip_of(tmp_path / "odd.zip", files))
        posts = list(archive.posts())
        assert len(posts) + sum(archive.left_out.values()) >= 3
        assert all(post.posted_at is None or post.posted_at.tzinfo for post in posts)
