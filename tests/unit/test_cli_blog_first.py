"""`twohats post --blog-first`: the blog goes first, and the others lead to it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from twohats.app import House, open_house
from twohats.cli import _parser, _post_from
from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.errors import BadInput
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

SITE = "https://harbour-street.example.com"
WORDS = "Grief has no timetable. Three things that help, and where to find a group."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault())
    forum = account_of(
        Hat.PROFESSIONAL, id="forum", network="byhand", label="Forum", settings={"page": "https://forum.example.com"}
    )
    opened.services.profile.save_account(forum)
    yield opened
    opened.close()


def chosen(*places: str) -> argparse.Namespace:
    to = [word for place in places for word in ("--to", place)]
    return _parser().parse_args(["post", "-", "--as", "professional", *to, "--title", "Grief", "--now", "--blog-first"])


def test_the_blog_goes_first_whatever_comes_first_in_the_line(house, tmp_path, capsys):
    blog = house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "blog", "hugo", SITE)
    _post_from(house, Hat.PROFESSIONAL, WORDS, chosen("Forum", blog.label))

    (waiting,) = house.services.queue.in_state(DeliveryState.HELD)
    assert waiting.waits_for_hand
    assert waiting.leaving.parts[0].text == f"{WORDS}\n\n{SITE}/posts/grief/"
    said = capsys.readouterr().out
    assert said.index(f"{SITE}/posts/grief/") < said.index("Forum: ")


def test_where_the_blog_fails_the_others_are_said_to_wait(house, tmp_path, capsys):
    blog = house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "blog", "hugo", SITE)
    taken = tmp_path / "blog" / "content" / "posts" / "grief"
    taken.mkdir(parents=True)
    (taken / "index.md").write_text("another", encoding="utf-8")
    code = _post_from(house, Hat.PROFESSIONAL, WORDS, chosen("Forum", blog.label))

    assert code == 1
    assert "Forum: waits for the blog post" in capsys.readouterr().out
    assert [one.account_id for one in house.services.queue.waiting_for_others()] == ["forum"]


def test_without_a_blog_to_lead_nothing_is_posted(house, tmp_path):
    blog = house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "blog", "hugo")
    with pytest.raises(BadInput, match="blog_to_lead_missing"):
        _post_from(house, Hat.PROFESSIONAL, WORDS, chosen("Forum", blog.label))
    assert house.services.queue.in_state(*DeliveryState) == []
