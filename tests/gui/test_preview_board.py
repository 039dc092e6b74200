"""The previews: both faces of what is on the desk, live, from the renditions alone."""

import hashlib
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.flows.compose import with_card
from twohats.gui.preview.article import FOLD_LINES, ArticleBody
from twohats.gui.preview.board import PreviewBoard
from twohats.gui.preview.card import PreviewCard
from twohats.gui.preview.figures import Figures
from twohats.gui.preview.skeleton import Skeleton
from twohats.gui.preview.social_card import SocialCard
from twohats.gui.widgets.labels import Label
from twohats.model.account import account_of
from twohats.model.identity import Hat
from twohats.model.wording import LinkCard
from twohats.store.database import Store

_LONG = "\n\n".join(f"Paragraph number {number} of a long article." for number in range(40))


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        made.session.new_draft()
        yield made


@pytest.fixture
def board(desk: Desk) -> PreviewBoard:
    made = PreviewBoard(desk.theme, desk.session)
    desk.show(made, 600, 800)
    desk.wait_for(lambda: bool(made.cards(Hat.PERSONAL)))
    return made


def _words(card: PreviewCard) -> list[str]:
    shown = [one.text() for kind in (Label, Figures) for one in card.findChildren(kind) if one.isVisibleTo(card)]
    return [*shown, *(a.toPlainText() for a in card.findChildren(ArticleBody) if a.isVisibleTo(card))]


def _card(board: PreviewBoard, hat: Hat) -> PreviewCard:
    return board.cards(hat)[0]


def test_both_sides_show_what_is_typed_under_their_own_names(desk: Desk, board: PreviewBoard) -> None:
    editor = QPlainTextEdit()
    editor.textChanged.connect(lambda: desk.session.edit_text(editor.toPlainText()))
    desk.show(editor, 300, 200)
    desk.session.edit_title("First days")
    desk.qtbot.keyClicks(editor, "School nerves are normal.")
    desk.wait_for(lambda: any("School nerves are normal." in w for w in _words(_card(board, Hat.PERSONAL))))

    for hat, name in ((Hat.PERSONAL, "Me"), (Hat.PROFESSIONAL, "My practice")):
        words = _words(_card(board, hat))
        assert "First days" in words
        assert "School nerves are normal." in words
        assert any(name in widget.accessibleName() for widget in board.findChildren(QWidget))


def test_the_preview_follows_the_last_key(desk: Desk, board: PreviewBoard) -> None:
    desk.session.edit_text("warm")
    desk.wait_for(lambda: any("warm" in w for w in _words(_card(board, Hat.PERSONAL))))
    for number in range(5):
        desk.session.edit_text(f"Text number {number}. {_LONG}")
        desk.wait_for(lambda n=number: any(f"Text number {n}." in w for w in _words(_card(board, Hat.PROFESSIONAL))))


def test_a_board_that_nobody_sees_catches_up_when_it_is_shown(desk: Desk, board: PreviewBoard) -> None:
    board.hide()
    desk.session.edit_text("Written in the meantime.")
    desk.wait_for(lambda: desk.session.faces.revision == desk.session.draft.revision)
    board.show()
    desk.wait_for(lambda: any("Written in the meantime." in w for w in _words(_card(board, Hat.PROFESSIONAL))))


def test_an_empty_draft_shows_bars_and_no_words_of_our_own(desk: Desk, board: PreviewBoard) -> None:
    card = _card(board, Hat.PERSONAL)
    assert card.findChild(Skeleton).isVisibleTo(card)
    desk.session.edit_text("Something")
    desk.wait_for(lambda: not card.findChild(Skeleton).isVisibleTo(card))


def test_an_account_that_is_not_chosen_says_so_and_shows_no_article(desk: Desk, board: PreviewBoard) -> None:
    desk.session.edit_text("Only for one side.")
    desk.session.tick(desk.owner.accounts(Hat.PERSONAL)[0].id, False)
    desk.wait_for(lambda: "not chosen" in _words(_card(board, Hat.PERSONAL)))
    assert not any("Only for one side." in word for word in _words(_card(board, Hat.PERSONAL)))
    assert "not chosen" in _card(board, Hat.PERSONAL).accessibleName()
    assert any("Only for one side." in word for word in _words(_card(board, Hat.PROFESSIONAL)))


def test_chosen_accounts_come_first(desk: Desk, board: PreviewBoard) -> None:
    second = desk.owner.add_folder(Hat.PERSONAL, str(desk.folder / "second"), "hugo")
    desk.session.tick(second.id, True)
    desk.session.tick(desk.owner.accounts(Hat.PERSONAL)[0].id, False)
    desk.wait_for(lambda: len(board.cards(Hat.PERSONAL)) == 2 and board.cards(Hat.PERSONAL)[0].face.is_ticked)
    assert board.cards(Hat.PERSONAL)[0].face.account.id == second.id


def test_a_long_article_folds_and_unfolds_by_key(desk: Desk, board: PreviewBoard) -> None:
    desk.session.edit_text(_LONG)
    card = _card(board, Hat.PERSONAL)
    article = card.findChild(ArticleBody)
    desk.wait_for(lambda: article.is_long)
    folded = article.height()
    assert folded < FOLD_LINES * 40
    card.more_button.setFocus()
    desk.qtbot.keyClick(card.more_button, " ")
    desk.wait_for(lambda: article.height() > folded)
    assert "Paragraph number 39" in article.toPlainText()
    assert card.more_button.text() == "Show less"


def test_a_paste_of_200_000_characters_does_not_stop_the_window(desk: Desk, board: PreviewBoard) -> None:
    desk.session.edit_text("warm")
    desk.wait_for(lambda: any("warm" in w for w in _words(_card(board, Hat.PERSONAL))))
    faces = []
    desk.session.faces_changed.connect(faces.append)
    desk.session.edit_text("Words and more words. " * 9100)
    desk.wait_for(lambda: bool(faces))
    board.show_faces(faces[0])
    article = _card(board, Hat.PROFESSIONAL).findChild(ArticleBody)
    assert 0 < len(article.toPlainText()) < 100_000, "a card shows a part of it, and says so"


def test_nothing_is_loaded_for_a_picture_that_points_elsewhere(desk: Desk) -> None:
    article = ArticleBody(desk.theme)
    desk.show(article, 400, 200)
    article.show_html(
        '<p>Before</p><img src="https://example.com/track.png"><link rel="stylesheet" href="https://example.com/a.css">'
        "<p>After</p>",
        {},
    )
    assert article.toPlainText().split() == ["Before", "After"]
    assert "example.com" not in article.document().toHtml()


def test_pictures_turn_into_what_a_screen_reader_says(desk: Desk, board: PreviewBoard) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "#225577").save(buffer, "PNG")
    desk.session.add_picture_bytes(buffer.getvalue(), "gate.png")
    desk.wait_for(lambda: bool(desk.session.draft.media))
    card = _card(board, Hat.PERSONAL)
    desk.wait_for(card.pictures.switch.isVisible)
    card.pictures.switch.click()
    desk.wait_for(lambda: "No alt text yet" in _words(card))
    desk.session.set_alt(desk.session.draft.media[0].id, "A school gate")
    desk.wait_for(lambda: "“A school gate”" in _words(card))
    card.pictures.switch.click()
    desk.wait_for(lambda: _has_colour(board.grab().toImage(), "#225577"))


def test_the_sides_stack_when_it_is_narrow_and_stand_side_by_side_when_not(desk: Desk, board: PreviewBoard) -> None:
    assert not board.is_stacked
    board.resize(320, 800)
    personal, professional = _card(board, Hat.PERSONAL), _card(board, Hat.PROFESSIONAL)
    origin = board.rect().topLeft()

    def is_below() -> bool:
        return professional.mapTo(board, origin).y() >= personal.mapTo(board, origin).y() + personal.height()

    desk.wait_for(is_below)
    board.resize(640, 800)
    desk.wait_for(lambda: professional.mapTo(board, origin).x() >= personal.mapTo(board, origin).x() + personal.width())


@pytest.mark.parametrize("scale_percent", [100, 150, 200])
def test_no_part_of_a_card_lies_over_another_at_any_width(desk: Desk, board: PreviewBoard, scale_percent: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "#225577").save(buffer, "PNG")
    desk.session.edit_title("First days")
    desk.session.edit_text(_LONG)
    desk.wait_for(lambda: any("Paragraph number 3" in w for w in _words(_card(board, Hat.PERSONAL))))
    board.hide()
    desk.theme.set_scale(scale_percent)
    desk.session.add_picture_bytes(buffer.getvalue(), "gate.png")
    desk.wait_for(lambda: bool(desk.session.draft.media))
    desk.wait_for(lambda: desk.session.faces.revision == desk.session.draft.revision)
    board.show()
    try:
        for width in (260, 420, 640, 900, 1300):
            board.resize(width, 700)
            desk.wait_for(lambda: all(_is_tidy(_card(board, hat)) for hat in Hat))
    finally:
        desk.theme.set_scale(100)


def _is_tidy(card: PreviewCard) -> bool:
    article = card.findChild(ArticleBody)
    parts = [article, card.more_button, card.pictures, card.pictures.switch]
    edges = [(part.mapTo(card, part.rect().topLeft()).y(), part.height()) for part in parts]
    in_order = all(top + height <= below for (top, height), (below, _) in itertools.pairwise(edges))
    last_top, last_height = edges[-1]
    return in_order and all(part.isVisible() for part in parts) and last_top + last_height <= card.height()


def test_every_network_is_drawn_from_what_it_would_send(desk: Desk, board: PreviewBoard) -> None:
    names = sorted({"x", "linkedin", "facebook", "bluesky", "threads", "mastodon"} & set(desk.services.networks))
    for name in names:
        for hat in Hat:
            account = account_of(hat, id=f"{name}-{hat.value}", network=name, label="A. Lee", handle="@alee")
            desk.services.profile.save_account(account)
    desk.owner.save_account_settings(f"{names[0]}-personal")
    desk.session.new_draft()
    for account in desk.owner.accounts():
        desk.session.tick(account.id, True)
    desk.wait_for(lambda: len(board.cards(Hat.PERSONAL)) == len(names) + 1)
    desk.session.edit_text("Roses in **November**, and #frost. " + "More of them tomorrow. " * 30)
    desk.wait_for(lambda: desk.session.faces.revision == desk.session.draft.revision)
    for hat in Hat:
        cards = {card.face.account.network: card for card in board.cards(hat)}
        assert isinstance(cards.pop("folder"), PreviewCard)
        for name, card in cards.items():
            assert isinstance(card, SocialCard), name
            assert card.parts[0].text.text.startswith("Roses in November, and #frost.")
            sent = json.loads(card.face.rendition.payload["parts"])
            assert len(sent) == len(card.face.rendition.parts)
            for part, text in zip(card.parts, sent, strict=False):
                assert text.startswith(part.text.text.removesuffix("…"))


def test_the_picture_of_a_card_comes_from_the_store(desk: Desk, board: PreviewBoard) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "#225577").save(buffer, "PNG")
    digest = hashlib.sha256(buffer.getvalue()).hexdigest()
    desk.services.media.add(digest, buffer.getvalue())
    desk.services.profile.save_account(account_of(Hat.PERSONAL, id="b", network="bluesky", label="A. Lee"))
    desk.owner.save_account_settings("b")
    url = "https://example.org/roses"
    desk.session.new_draft()
    desk.session.edit_text(f"Roses: {url}")
    desk.session.tick("b", True)
    draft = desk.session.draft
    desk.session._change(with_card(draft, LinkCard(url, "Roses", "", digest, "image/png"), draft.edited_at))
    desk.wait_for(lambda: any(card.face.account.id == "b" and card.parts[0].card for card in _social(board)))
    desk.wait_for(lambda: _has_colour(board.grab().toImage(), "#225577"))


def _social(board: PreviewBoard) -> list[SocialCard]:
    return [card for card in board.cards(Hat.PERSONAL) if isinstance(card, SocialCard)]


def _has_colour(image: QImage, name: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == name for y in range(0, image.height(), 4) for x in range(0, image.width(), 4)
    )
