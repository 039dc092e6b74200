"""What is read of each network's archive, and what is left out and why."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.fakes import archive_files as made

from twohats.archives.html_words import words_of
from twohats.archives.opening import open_archive
from twohats.model.archive import ArchivedPost
from twohats.model.errors import BadInput


def _read(path: Path) -> tuple[list[ArchivedPost], dict[str, int]]:
    archive = open_archive(path)
    posts = list(archive.posts())
    assert archive.fraction == 1.0
    return posts, dict(archive.left_out)


def test_posts_of_x_have_their_moment_their_link_and_their_words(tmp_path: Path) -> None:
    shortened = {"urls": [{"url": "https://t.co/a", "expanded_url": "https://blog.example.com/sleep"}]}
    picture = {"media": [{"url": "https://t.co/p", "ext_alt_text": "An empty gate"}]}
    first = made.tweet(
        11, "Fish &amp; chips, see https://t.co/a https://t.co/p", entities=shortened, extended_entities=picture
    )
    reply = made.tweet(12, "@robin yes", in_reply_to_status_id_str="9")
    posts, left_out = _read(made.x_archive(tmp_path / "x.zip", [first, made.tweet(13, "RT @robin: look"), reply]))
    assert posts == [
        ArchivedPost(
            datetime(2020, 11, 7, 8, 30, tzinfo=UTC),
            "Fish & chips, see https://blog.example.com/sleep",
            "https://x.com/i/web/status/11",
            alt_texts=("An empty gate",),
        ),
        ArchivedPost(datetime(2020, 11, 7, 8, 30, tzinfo=UTC), "@robin yes", "https://x.com/i/web/status/12", "reply"),
    ]
    assert left_out == {"not_own": 1}


def test_further_parts_of_x_are_read_too(tmp_path: Path) -> None:
    more = {"data/tweets-part1.js": made.assigned("tweets.part1", [made.tweet(2, "Second")])}
    posts, _ = _read(made.x_archive(tmp_path / "x.zip", [made.tweet(1, "First")], **more))
    assert sorted(post.text for post in posts) == ["First", "Second"]


def test_a_long_post_of_x_is_read_whole_once_and_with_its_link(tmp_path: Path) -> None:
    whole = "A long thought about sleep and light in November. " * 12
    notes = [made.note_tweet(whole, "2020-11-07T08:30:00.000Z"), made.note_tweet("Alone", "2022-01-01T00:00:00.000Z")]
    short = made.tweet(5, f"{whole[:270]}… https://t.co/more")
    path = made.x_archive(
        tmp_path / "x.zip", [short], **{"data/note-tweet.js": made.assigned("note_tweet.part0", notes)}
    )
    posts, _ = _read(path)
    assert [(post.text, post.url) for post in posts] == [
        (whole, "https://x.com/i/web/status/5"),
        ("Alone", ""),
    ]


def test_the_one_file_of_x_can_be_given_alone(tmp_path: Path) -> None:
    path = tmp_path / "tweets.js"
    path.write_text(made.assigned("tweets.part0", [made.tweet(1, "First")]) + ";\n", encoding="utf-8")
    assert [post.text for post in _read(path)[0]] == ["First"]


@pytest.mark.parametrize("packed", ["tar.gz", "tar", "zip", "json"])
def test_posts_of_mastodon_are_words_and_not_markup(tmp_path: Path, packed: str) -> None:
    items = [
        made.toot(
            1,
            "<p>Roses &amp; frost<br>again</p><p>See <a href='https://blog.example.com'>the blog</a></p>",
            summary="garden",
            tag=[{"type": "Hashtag", "name": "#roses"}],
            attachment=[{"type": "Document", "name": "A red rose"}, {"type": "Document", "name": None}],
        ),
        made.boost(),
        made.toot(2, "<p>To one alone</p>", to=["https://social.example.com/users/robin"], cc=[]),
        made.toot(3, "<p>For followers</p>", to=[made.FOLLOWERS], cc=[], inReplyTo="https://social.example.com/1"),
        made.toot(4, "<p></p>"),
    ]
    files = {"media_attachments/a.jpg": b"\xff\xd8" * 3000, "outbox.json": made.outbox(items), "actor.json": "{}"}
    path = tmp_path / f"archive.{packed}"
    match packed:
        case "tar.gz":
            made.tar_of(path, files)
        case "tar":
            made.tar_of(path, files, "w")
        case "zip":
            made.zip_of(path, files)
        case _:
            path.write_text(made.outbox(items), encoding="utf-8")
    posts, left_out = _read(path)
    assert posts == [
        ArchivedPost(
            datetime(2021, 3, 4, 10, tzinfo=UTC),
            "Roses & frost\nagain\n\nSee the blog",
            "https://social.example.com/@jamie/1",
            warning="garden",
            tags=("roses",),
            alt_texts=("A red rose",),
        ),
        ArchivedPost(
            datetime(2021, 3, 4, 10, tzinfo=UTC),
            "For followers",
            "https://social.example.com/@jamie/3",
            "reply",
        ),
    ]
    assert left_out == {"not_own": 1, "direct": 1, "empty": 1}


def test_facebooks_letters_are_put_right(tmp_path: Path) -> None:
    picture = [{"data": [{"media": {"uri": "a.jpg", "description": made.spoiled("Café 🌹")}}]}]
    posts = [
        made.facebook_post("Café, naïve, “quoted” 🌹", attachments=picture),
        {"timestamp": 1_600_000_001, "title": "Jamie Lee shared a link."},
    ]
    path = made.facebook_archive(tmp_path / "facebook.zip", posts, [made.facebook_comment("Grüße an alle")])
    found, left_out = _read(path)
    assert [(post.text, post.kind, post.url) for post in found] == [
        ("Grüße an alle", "reply", ""),
        ("Café, naïve, “quoted” 🌹\n\nCafé 🌹", "post", ""),
    ]
    assert found[1].posted_at == datetime.fromtimestamp(1_600_000_000, UTC)
    assert left_out == {"empty": 1}


def test_facebooks_export_as_web_pages_is_told_from_the_one_we_read(tmp_path: Path) -> None:
    path = made.zip_of(tmp_path / "f.zip", {"your_facebook_activity/posts/your_posts_1.html": "<html></html>"})
    with pytest.raises(BadInput, match="archive_html_kind"):
        open_archive(path)


@pytest.mark.parametrize("is_packed", [False, True])
def test_posts_and_pages_of_wordpress_that_are_published(tmp_path: Path, is_packed: bool) -> None:
    content = "<!-- wp:paragraph -->\n<p>First day &amp; nerves.</p>\n<!-- /wp:paragraph -->\n\n[caption]"
    file = made.wxr(
        made.wxr_item("School", content),
        made.wxr_item("About", "Who I am", post_type="page", post_date_gmt="0000-00-00 00:00:00"),
        made.wxr_item("Not yet", "A draft", status="draft"),
        made.wxr_item("gate.jpg", "", post_type="attachment", status="inherit"),
    )
    path = tmp_path / "export.xml"
    if is_packed:
        made.zip_of(path, {"site.wordpress.2026-11-01.000.xml": file, "__MACOSX/._site.wordpress.000.xml": b"\x00\x05"})
    else:
        path.write_text(file, encoding="utf-8")
    posts, left_out = _read(path)
    assert [(post.title, post.text, post.kind) for post in posts] == [
        ("School", "First day & nerves.\n\n[caption]", "post"),
        ("About", "Who I am", "page"),
    ]
    assert [post.posted_at for post in posts] == [datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)] * 2
    assert posts[0].tags == ("sleep",)
    assert posts[0].url.startswith("https://blog.example.com/")
    assert left_out == {"not_published": 1, "other_type": 1}


def test_entries_of_any_shape_are_counted_and_never_fatal(tmp_path: Path) -> None:
    odd = [None, 3, "text", [], {}, {"tweet": None}, {"tweet": {"full_text": 5, "id_str": {}}}, [[[]]]]
    posts, left_out = _read(made.x_archive(tmp_path / "x.zip", [*odd, made.tweet(1, "Here")]))
    assert [post.text for post in posts] == ["Here"]
    assert sum(left_out.values()) == len(odd)


def test_what_is_no_address_of_the_web_is_no_link(tmp_path: Path) -> None:
    items = [made.toot(1, "<p>Hello</p>", url="javascript:alert(1)", id="file:///etc/passwd")]
    path = made.zip_of(tmp_path / "m.zip", {"outbox.json": made.outbox(items)})
    assert _read(path)[0][0].url == ""


def test_an_archive_without_one_post_says_so(tmp_path: Path) -> None:
    archive = open_archive(made.zip_of(tmp_path / "m.zip", {"outbox.json": made.outbox([])}))
    with pytest.raises(BadInput, match="archive_no_posts"):
        list(archive.posts())


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a<br/>b", "a\nb"),
        ("2 < 3 and <b>bold</b>", "2 < 3 and bold"),
        ("<script>if (a < b) run()</script>said", "said"),
        ("<style>p{}</style><h2>Title</h2>text", "Title\n\ntext"),
        ("seen<!-- not <p> this", "seen"),
        ("&lt;p&gt; is a tag", "<p> is a tag"),
        ("<" * 50, "<" * 50),
    ],
)
def test_words_of_markup(markup: str, words: str) -> None:
    assert words_of(markup) == words


def test_a_file_of_json_of_another_kind_is_not_taken_for_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text(json.dumps([{"note": "Buy milk"}]), encoding="utf-8")
    with pytest.raises(BadInput, match="archive_unknown"):
        open_archive(path)
