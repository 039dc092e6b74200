"""Previews of social networks: the post as it will stand there, drawn from the rendition that is sent."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from twohats.bridge.session import Face
from twohats.gui.preview.figures import Figures
from twohats.gui.preview.pictures import Album
from twohats.gui.preview.post_part import PostPart
from twohats.gui.preview.social_card import SocialCard
from twohats.gui.preview.tiles import TilesView
from twohats.gui.theme import Theme
from twohats.gui.widgets.labels import Label
from twohats.model.account import account_of
from twohats.model.identity import Hat, Identity
from twohats.model.rendition import Count, Entity, EntityKind, Part, RenderedPicture, Rendition
from twohats.model.settings import ThemeChoice
from twohats.model.wording import LinkCard

NETWORKS = ("bluesky", "facebook", "linkedin", "mastodon", "threads", "x")
_PICTURES = {"red": "#c03020", "blue": "#2040c0"}
_ALEE = account_of(Hat.PROFESSIONAL, id="a", network="x", label="Dr A. Lee", handle="@alee")
_IDENTITY = Identity(Hat.PROFESSIONAL, "A. Lee")


@pytest.fixture
def theme(qtbot: QtBot) -> Iterator[Theme]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = Theme(ThemeChoice.LIGHT)
    made.apply(application)
    yield made
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _read(digest: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), _PICTURES[digest]).save(buffer, "PNG")
    return buffer.getvalue()


def _card(qtbot: QtBot, theme: Theme, network: str, width: int = 320) -> SocialCard:
    card = SocialCard(theme, Album(_read), network)
    qtbot.addWidget(card)
    card.resize(width, 700)
    card.show()
    qtbot.waitExposed(card)
    return card


def _show(card: SocialCard, face: Face) -> None:
    """And what is new comes onto the screen."""
    card.show_face(face)
    QApplication.processEvents()


def _face(network: str, *texts: str, is_ticked: bool = True, **more: object) -> Face:
    parts = tuple(Part(text, Count(len(text), 280)) for text in texts)
    told: dict[str, object] = {"parts": parts, "count": Count(max((len(t) for t in texts), default=0), 280), **more}
    rendition = Rendition("a", network, "", "", {}, **told)  # type: ignore[arg-type]
    return Face(replace(_ALEE, network=network), _IDENTITY, rendition, is_ticked)


def _words(widget: QWidget) -> list[str]:
    return [one.text() for kind in (Label, Figures) for one in widget.findChildren(kind) if one.isVisibleTo(widget)]


def _has_color(image: QImage, name: str) -> bool:
    wanted = QColor(name)
    found = (image.pixelColor(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return any(abs(c.red() - wanted.red()) + abs(c.blue() - wanted.blue()) < 12 for c in found)


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("x", ("Dr A. Lee", "@alee", "now")),
        ("bluesky", ("Dr A. Lee", "@alee", "now")),
        ("mastodon", ("Dr A. Lee", "@alee", "now")),
        ("threads", ("alee", "now")),
        ("facebook", ("Dr A. Lee", "now")),
        ("linkedin", ("Dr A. Lee", "now")),
    ],
)
def test_who_posts_is_written_as_the_network_writes_it(
    qtbot: QtBot, theme: Theme, network: str, expected: tuple[str, ...]
) -> None:
    card = _card(qtbot, theme, network)
    _show(card, _face(network, "A walk at noon helps."))
    assert card.parts[0].head.words == expected
    assert card.parts[0].text.text == "A walk at noon helps."
    assert "Dr A. Lee" in card.accessibleName()


def test_a_name_that_is_the_handle_stands_there_once(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky")
    face = _face("bluesky", "One.")
    _show(card, replace(face, account=replace(face.account, label="alee.example.com", handle="alee.example.com")))
    assert card.parts[0].head.words == ("alee.example.com", "now")


@pytest.mark.parametrize("network", NETWORKS)
def test_what_leads_somewhere_has_the_networks_colour(qtbot: QtBot, theme: Theme, network: str) -> None:
    card = _card(qtbot, theme, network)
    text = "One #sleepwellsleepwell"
    entity = Entity(EntityKind.HASHTAG, 4, len(text), "sleepwellsleepwell")
    plain = _face(network, text)
    linked = replace(plain, rendition=replace(plain.rendition, parts=(Part(text, Count(4, 280), (entity,)),)))
    _show(card, plain)
    accent = card._look.color(theme, "accent")
    qtbot.waitUntil(card.parts[0].text.isVisible)
    assert not _has_exact(card.parts[0].text.grab().toImage(), accent)
    _show(card, linked)
    assert _has_exact(card.parts[0].text.grab().toImage(), accent)


def _has_exact(image: QImage, color: QColor) -> bool:
    return any(
        image.pixelColor(x, y).name() == color.name() for x in range(image.width()) for y in range(image.height())
    )


def test_a_fold_opens_by_key_and_stays_open_while_one_writes(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "linkedin")
    text = "The first lines are seen. The rest is kept back until a reader asks for more."
    folded = (Part(text, Count(len(text), 3000), (), text.index(" The rest")),)
    _show(card, _face("linkedin", parts=folded))
    part = card.parts[0]
    assert part.text.text == "The first lines are seen."
    assert part.more_button is not None
    part.more_button.setFocus()
    qtbot.keyClick(part.more_button, Qt.Key.Key_Return)
    assert part.text.text == text
    longer = (Part(f"{text} And on.", Count(len(text) + 8, 3000), (), text.index(" The rest")),)
    _show(card, _face("linkedin", parts=longer))
    assert part.text.text == f"{text} And on."
    qtbot.keyClick(part.more_button, " ")
    assert part.text.text == "The first lines are seen."


def test_parts_of_a_thread_say_their_number_and_their_own_count(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky")
    _show(card, _face("bluesky", "One.", "Two two.", "Three three three."))
    assert [part.text.text for part in card.parts] == ["One.", "Two two.", "Three three three."]
    words = _words(card)
    assert "3 parts" in words
    assert {"1/3 · 4/280", "2/3 · 8/280", "3/3 · 18/280"} <= set(words)


def test_a_line_joins_the_portraits_of_a_thread(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky")
    line = card._look.color(theme, "line")
    _show(card, _face("bluesky", "One.\n\nAnd more.", "Two."))
    QApplication.processEvents()
    first, last = card.parts[0], card.parts[1]

    def at_foot(part: PostPart) -> QColor:
        portrait = part._portrait.geometry()
        return part.grab().toImage().pixelColor(portrait.center().x(), part.height() - 2)

    assert at_foot(first).name() == line.name()
    assert at_foot(last).name() != line.name()


def test_a_long_thread_shows_its_first_parts_until_it_is_opened(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "x")
    _show(card, _face("x", *(f"Part number {number}." for number in range(1, 8))))
    assert len(card.parts) == 3
    assert card.more_button.text() == "Show 4 more parts"
    card.more_button.setFocus()
    qtbot.keyClick(card.more_button, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert len([part for part in card.parts if part.isVisible()]) == 7
    assert card.parts[6].action_row.isVisible()
    qtbot.keyClick(card.more_button, Qt.Key.Key_Return)
    assert len([part for part in card.parts if part.isVisible()]) == 3


def test_a_part_that_is_too_long_is_never_folded_away(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "x")
    texts = [f"Part number {number}." for number in range(1, 8)]
    texts[5] = "word " * 60
    _show(card, _face("x", *texts, problems=("too_long",)))
    assert "6/7 · 20 over" in _words(card)


def test_a_thread_of_hundreds_of_parts_does_not_become_hundreds_of_widgets(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "x")
    _show(card, _face("x", *(f"Part number {number}." for number in range(1, 800))))
    card.more_button.click()
    assert len(card.parts) == 30
    assert "769 more" in card.more_button.text()


def test_what_lies_behind_a_warning_is_hidden_until_it_is_asked_for(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "mastodon")
    _show(card, _face("mastodon", "A hard text.", "And more of it.", warning="Grief"))
    assert _words(card).count("Grief") == 2
    assert not any(part.text.isVisible() for part in card.parts)
    button = card.parts[1].warning_button
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert all(part.text.isVisible() for part in card.parts)
    _show(card, _face("mastodon", "A hard text.", "And more of it."))
    assert "Grief" not in _words(card)
    assert all(part.text.isVisible() for part in card.parts)


@pytest.mark.parametrize("network", NETWORKS)
def test_the_card_of_a_link_hangs_on_the_part_that_has_the_link(qtbot: QtBot, theme: Theme, network: str) -> None:
    url = "https://www.example.org/sleep"
    link = LinkCard(url, "Sleep in November", "What helps", "red", "image/png")
    entity = Entity(EntityKind.LINK, 0, len(url), url)
    parts = (Part("One.", Count(4, 280)), Part(url, Count(23, 280), (entity,)))
    card = _card(qtbot, theme, network)
    _show(card, _face(network, parts=parts, card=link))
    assert card.parts[0].card is None
    shown = card.parts[1].card
    assert shown is not None
    assert "Sleep in November" in shown.words
    assert any(words.casefold() == "example.org" for words in shown.words)
    qtbot.waitUntil(lambda: _has_color(card.grab().toImage(), _PICTURES["red"]))
    _show(card, _face(network, parts=parts))
    assert not shown.isVisible()


def test_a_card_whose_picture_is_gone_still_says_what_it_is(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky")
    _show(card, _face("bluesky", "One.", card=LinkCard("https://example.org", "", "", "gone", "image/png")))
    shown = card.parts[0].card
    assert shown is not None
    assert shown.words == ("example.org", "example.org")
    card.grab()


def test_pictures_share_a_place_and_turn_into_their_alt_texts(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "linkedin")
    pictures = tuple(RenderedPicture(f"{n}.png", "red" if n else "blue", "image/png", f"Alt {n}") for n in range(6))
    _show(card, _face("linkedin", "A garden.", pictures=pictures))
    tiles = card.findChild(TilesView)
    assert tiles is not None
    assert tiles.hidden_count == 2
    assert "Alt 5" in tiles.accessibleName()
    qtbot.waitUntil(lambda: all(_has_color(card.grab().toImage(), name) for name in _PICTURES.values()))
    part = card.parts[0]
    assert part.pictures is not None
    part.pictures.switch.click()
    QApplication.processEvents()
    assert {f"“Alt {number}”" for number in range(6)} <= set(_words(card))


def test_below_the_post_stands_what_we_have_to_say_of_it(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "x")
    told = {"problems": ("parts_alike",), "notes": ("title_left_out", "pictures_left_out"), "cost_mills": 1075}
    _show(card, _face("x", "One.", **told))
    problem, title, pictures, audience, cost = card.telling.sentences
    assert problem.startswith("Two parts say the same")
    assert "title" in title
    assert "pictures" in pictures
    assert audience == "Public"
    assert cost == "Costs about $1.08"
    assert set(card.telling.sentences) <= set(_words(card))
    _show(card, _face("x", "One.", cost_mills=15))
    assert card.telling.sentences == ("Public", "Costs about $0.015")
    _show(card, _face("x", "One.", cost_mills=200))
    assert card.telling.sentences == ("Public", "Costs about $0.20")


def test_who_reads_it_is_what_was_chosen(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "linkedin")
    _show(card, _face("linkedin", "One.", audience="CONNECTIONS"))
    assert card.telling.sentences == ("Connections only",)
    assert "Connections only" in card.parts[0].head.accessibleName()
    _show(card, _face("linkedin", "One.", audience="PUBLIC"))
    assert card.telling.sentences == ("Anyone",)
    assert "Connections only" not in card.parts[0].head.accessibleName()


def test_bars_stand_where_nothing_is_written(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "threads")
    _show(card, _face("threads", problems=("empty",)))
    assert card.telling.sentences == ("Public, unless your profile is private",)
    assert not card.parts[0].text.isVisible()
    assert any(w.accessibleName() == "Nothing written yet" and w.isVisible() for w in card.findChildren(QWidget))
    _show(card, _face("threads", "Something."))
    assert not any(w.accessibleName() == "Nothing written yet" and w.isVisible() for w in card.findChildren(QWidget))
    assert card.parts[0].action_row.isVisible()


def test_an_account_that_is_not_chosen_shows_its_name_alone(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky")
    _show(card, _face("bluesky", "One.", is_ticked=False))
    assert "not chosen" in _words(card)
    assert "not chosen" in card.accessibleName()
    assert not any(part.isVisible() for part in card.parts)
    _show(card, _face("bluesky", "One."))
    assert card.parts[0].isVisible()
    assert "not chosen" not in _words(card)


class _Layouts(QObject):
    """Counts how often something asked for another size."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_key_that_changes_one_part_touches_that_part_alone(qtbot: QtBot, theme: Theme) -> None:
    card = _card(qtbot, theme, "bluesky", 400)
    _show(card, _face("bluesky", "The first part of it.", "The second part of it."))
    QApplication.processEvents()
    qtbot.wait(50)  # until all that is new has found its place
    kept = list(card.parts)
    layouts = _Layouts(card)
    before = card.parts[0].text._layout
    _show(card, _face("bluesky", "The first part of it.", "The second part of us."))
    QApplication.processEvents()
    assert card.parts == kept
    assert card.parts[1].text.text == "The second part of us."
    assert card.parts[0].text._layout is before
    assert layouts.count == 0


@pytest.mark.parametrize("scale_percent", [100, 200])
@pytest.mark.parametrize("network", NETWORKS)
def test_nothing_lies_over_anything_at_any_width(qtbot: QtBot, theme: Theme, network: str, scale_percent: int) -> None:
    theme.set_scale(scale_percent)
    url = "https://www.example.org/a-rather-long-address/for-a-narrow-card"
    text = f"Words that fill some lines of it. {url}"
    parts = (
        Part(text, Count(90, 280), (Entity(EntityKind.LINK, 34, len(text), url),), 20),
        Part("word " * 40, Count(200, 280)),
    )
    face = _face(
        network,
        parts=parts,
        card=LinkCard(url, "A title that is longer than one line of it", "And what it is about", "red", "image/png"),
        pictures=(RenderedPicture("1.png", "blue", "image/png", "A garden"),),
        notes=("title_left_out",),
        cost_mills=200,
    )
    card = _card(qtbot, theme, network)
    try:
        _show(card, face)
        for width in (170, 220, 320, 600):
            least = card.minimumSizeHint().width()
            card.resize(max(width, least), card.heightForWidth(max(width, least)))
            QApplication.processEvents()
            _expect_tidy(card)
    finally:
        theme.set_scale(100)


def _expect_tidy(card: SocialCard) -> None:
    boxes = []
    for part in card.parts:
        pieces = [part.head, part.text, part.more_button, part.pictures, part.card, part._counter]
        for piece in pieces:
            if piece is not None and piece.isVisible():
                assert piece.height() >= piece.minimumSizeHint().height() > 0
                boxes.append((piece.mapTo(card, piece.rect().topLeft()).y(), piece.height(), type(piece).__name__))
        assert part.text.height() >= part.text.heightForWidth(part.text.width())
    foot = card.telling.mapTo(card, card.telling.rect().topLeft()).y()
    for (top, height, name), (below, _height, other) in zip(boxes, [*boxes[1:], (foot, 0, "telling")], strict=True):
        assert top + height <= below, (name, other)
    assert foot + card.telling.height() <= card.height()
