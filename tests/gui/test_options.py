"""The options of a post, set with keys and clicks: warning, language, readers, numbers, cards of links."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.desk import Desk
from tests.gui.social import add_accounts, wait_for_faces

from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.composer.options import OptionsStrip
from twohats.gui.main_window import MainWindow
from twohats.model.errors import NetworkError, Refused
from twohats.model.identity import Hat
from twohats.model.span import Field
from twohats.model.wording import LinkCard
from twohats.networks.link_card import FetchedCard

PAGE = "https://www.example.org/sleep"
TEXT = f"Sleep is a skill that can be learned. {PAGE}"
ALONE = "My wife and I asked ourselves the same."


@pytest.fixture
def page(window: MainWindow) -> DeskPage:
    return window.workbench.desk


@pytest.fixture
def options(bench: Desk, page: DeskPage) -> OptionsStrip:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "linkedin", "bluesky")
    bench.session.edit_text(TEXT)
    wait_for_faces(bench)
    bench.wait_for(page.options.isVisible)
    return page.options


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that were looked at."""
    asked: list[str] = []

    def fetch(http: object, url: str) -> FetchedCard:
        asked.append(url)
        return FetchedCard(LinkCard(url, "Sleep well", "What helps at night.", "0" * 64, "image/jpeg"), _photo())

    monkeypatch.setattr("twohats.networks.link_card.fetch_card", fetch)
    return asked


def _photo() -> bytes:
    """One that tells who took it."""
    exif = Image.Exif()
    exif[0x013B] = "Jamie Lee"
    out = io.BytesIO()
    Image.new("RGB", (120, 90), "#3a7d44").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_blog_has_no_options(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    bench.session.edit_text("Good morning")
    bench.wait_for(page.post.isEnabled)
    assert not page.options.isVisible()


def test_the_folded_line_says_what_is_set(bench: Desk, options: OptionsStrip) -> None:
    assert options.summary == "Nothing set beside the text"
    assert not options.warning.isVisible()
    options.fold.click()
    QTest.keyClicks(options.warning, "Loss")
    options.language.setCurrentIndex(options.language.findText("German"))
    options.language.activated.emit(options.language.currentIndex())
    options.numbers.click()
    box = options.audiences.box("linkedin-1")
    box.setCurrentIndex(box.findText("Connections only"))
    box.activated.emit(box.currentIndex())
    bench.wait_for(lambda: options.summary == "Warning: Loss · German · Parts numbered · Dr Lee: Connections only")
    draft = bench.session.draft
    assert (draft.warning, draft.language, draft.numbers_parts) == ("Loss", "de", True)
    assert draft.audiences == {"linkedin-1": "CONNECTIONS"}


def test_what_is_always_so_is_not_kept_with_the_post(bench: Desk, options: OptionsStrip) -> None:
    bench.session.options.set_language("de")
    bench.session.options.set_audience("linkedin-1", "CONNECTIONS")
    bench.wait_for(lambda: options.audiences.box("linkedin-1").currentText() == "Connections only")
    options.language.setCurrentIndex(0)
    options.language.activated.emit(0)
    assert options.language.currentText() == "English"
    box = options.audiences.box("linkedin-1")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert bench.session.draft.language == ""
    assert bench.session.draft.audiences == {}


def test_the_audience_of_an_account_holds_where_the_post_says_nothing(bench: Desk, options: OptionsStrip) -> None:
    bench.owner.save_account_settings("linkedin-1", audience="CONNECTIONS")
    bench.wait_for(lambda: options.audiences.box("linkedin-1").currentText() == "Connections only")
    assert options.summary == "Nothing set beside the text"


def test_places_that_cannot_warn_are_named(bench: Desk, options: OptionsStrip) -> None:
    options.fold.click()
    QTest.keyClicks(options.warning, "Loss")
    wait_for_faces(bench)
    bench.wait_for(lambda: "Dr Lee" in options.warning.accessibleDescription())


def test_a_page_is_looked_at_only_when_its_card_is_asked_for(
    bench: Desk, options: OptionsStrip, asked: list[str]
) -> None:
    options.fold.click()
    bench.wait_for(lambda: options.cards.offered() == (PAGE,))
    assert options.cards.offer(PAGE).text() == "Add a card for example.org"
    assert asked == []
    options.cards.offer(PAGE).click()
    bench.wait_for(lambda: bool(bench.session.draft.cards))
    assert asked == [PAGE]
    card = bench.session.draft.cards[0]
    kept = bench.session.options.card_picture(card)
    assert b"Jamie" not in kept
    assert b"Jamie" in _photo()
    wait_for_faces(bench)
    faces = bench.session.faces.professional
    assert all(face.rendition.card == card for face in faces if face.is_ticked)
    bench.wait_for(lambda: options.cards.offered() == ())
    assert options.cards.row(PAGE).title.text() == "Sleep well"


def test_the_words_of_a_card_can_be_changed_and_the_card_taken_out(
    bench: Desk, options: OptionsStrip, asked: list[str]
) -> None:
    options.fold.click()
    bench.session.options.ask_for_card(PAGE)
    bench.wait_for(lambda: options.cards.isVisible() and bool(bench.session.draft.cards))
    bench.wait_for(lambda: not options.cards.offered())
    row = options.cards.row(PAGE)
    row.title.setFocus()
    row.title.end(False)
    QTest.keyClicks(row.title, " tonight")
    assert bench.session.draft.cards[0].title == "Sleep well tonight"
    row.remove_button.click()
    assert bench.session.draft.cards == ()
    bench.wait_for(lambda: options.cards.offered() == (PAGE,))


def test_a_page_without_a_card_is_told_plainly(
    bench: Desk, options: OptionsStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(http: object, url: str) -> FetchedCard:
        problem: NetworkError = Refused("card_untitled", host="example.org")
        raise problem

    monkeypatch.setattr("twohats.networks.link_card.fetch_card", fetch)
    options.fold.click()
    bench.wait_for(lambda: bool(options.cards.offered()))
    options.cards.offer(PAGE).click()
    bench.wait_for(lambda: bool(options.cards.sentence))
    assert options.cards.sentence.startswith("The page at example.org does not say what it is called")
    assert options.cards.offer(PAGE).isEnabled()
    assert bench.session.draft.cards == ()


def test_f8_leads_to_the_warning_and_takes_its_suggestion(
    bench: Desk, window: MainWindow, page: DeskPage, options: OptionsStrip
) -> None:
    bench.session.options.set_warning(ALONE)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    finding = page.walk(1)
    assert finding is not None
    assert finding.span.field is Field.WARNING
    assert options.warning.hasFocus()
    assert options.warning.selectedText() == finding.words
    bench.session.options.set_warning("Loss")
    bench.wait_for(lambda: options.warning.text() == "Loss")


def test_f8_leads_to_the_card_of_a_link(bench: Desk, page: DeskPage, options: OptionsStrip, asked: list[str]) -> None:
    bench.session.options.ask_for_card(PAGE)
    bench.wait_for(lambda: bool(bench.session.draft.cards))
    bench.session.options.edit_card(PAGE, "Sleep well", ALONE)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    finding = page.walk(1)
    assert finding is not None
    assert finding.span.field is Field.CARD
    assert options.cards.row(PAGE).description.selectedText() == finding.words
    QTest.keyClick(page.window(), Qt.Key.Key_F8)
    suggestion = next((s for s in finding.suggestions if s.span.field is Field.CARD), None)
    if suggestion is not None:
        page.use(suggestion)
        assert bench.session.draft.cards[0].description != ALONE
