"""What one key costs in the previews: a draft of 3,000 characters rendered, shown and painted for eight accounts."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.bench.measure import Row, p95, timed_ms
from tests.bench.profile import make_profile, vault_of
from tests.bench.texts import post_of

from twohats.app import House, open_house
from twohats.bridge.owner import Owner
from twohats.bridge.session import Face, Faces, Session
from twohats.bridge.tasks import Tasks
from twohats.flows.compose import new_draft
from twohats.gui.preview.board import PreviewBoard
from twohats.gui.preview.card import PreviewCard
from twohats.gui.preview.social_card import SocialCard
from twohats.gui.theme import Theme
from twohats.model.account import Account, account_of
from twohats.model.draft import Draft
from twohats.model.identity import Hat, fresh_identities
from twohats.model.settings import ThemeChoice

CHARACTERS, KEYS = 3_000, 60

_NETWORKS = ("folder", "wordpress", "facebook", "linkedin", "x", "mastodon", "bluesky", "threads")
_WIDTH, _HEIGHT = 460, 900
_WORDS = "it helps to write down what woke you and when "


def rows() -> Iterator[Row]:
    """Once as a person finds the cards, once with every fold and thread open. Nothing is asked of a network."""
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("previews need a QApplication")
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        folder = Path(place)
        make_profile(folder)
        house = open_house(folder, vault_of(folder))
        tasks = Tasks()
        theme = Theme(ThemeChoice.LIGHT)
        theme.apply(application)
        board = PreviewBoard(theme, Session(house.services, Owner(house.services, tasks, _open_nothing), tasks))
        board.resize(_WIDTH, _HEIGHT)
        board.show()
        accounts = _accounts(house)
        name = f"{len(accounts)} previews of {CHARACTERS:,} characters, a key"
        for state in ("", ", all open"):
            if state:
                _open_all(board)
                application.processEvents()
            drawn_ms, shown_ms = _type(application, house, board, accounts)
            both_ms = [drawn + shown for drawn, shown in zip(drawn_ms, shown_ms, strict=True)]
            yield Row(f"{name}{state}, p95", p95(both_ms), "ms")
            yield Row(f"{name}{state}, rendered beside the typing, p95", p95(drawn_ms), "ms")
            yield Row(f"{name}{state}, shown and painted, p95", p95(shown_ms), "ms")
        board.close()
        tasks.close()
        house.close()


def _accounts(house: House) -> tuple[Account, ...]:
    settings = {"folder": {"path": "/nowhere", "preset": "hugo"}, "wordpress": {"site_url": "https://example.com"}}
    return tuple(
        account_of(
            Hat.PROFESSIONAL, id=name, network=name, label="Dr A. Lee", handle="@alee", settings=settings.get(name, {})
        )
        for name in _NETWORKS
        if name in house.services.networks
    )


def _type(
    application: QApplication, house: House, board: PreviewBoard, accounts: tuple[Account, ...]
) -> tuple[list[float], list[float]]:
    """Half of the keys in the middle of the text, where all that follows moves; half at its end."""
    text = post_of(CHARACTERS - KEYS)
    middle = text.index(" ", CHARACTERS // 2)
    ids = [account.id for account in accounts]
    drawn_ms, shown_ms = [], []
    for number in range(KEYS):
        is_in_middle = number < KEYS // 2
        cut = middle + number if is_in_middle else len(text)
        text = f"{text[:cut]}{_WORDS[number % len(_WORDS)]}{text[cut:]}"
        draft = new_draft("bench", datetime(2026, 11, 22, tzinfo=UTC), Hat.PROFESSIONAL, ids)
        found: list[Faces] = []

        def draw(draft: Draft = draft, text: str = text, found: list[Faces] = found, number: int = number) -> None:
            found.append(_faces(house, draft, text, accounts, number))

        def show(found: list[Faces] = found) -> None:
            board.show_faces(found[0])
            application.processEvents()

        drawn = timed_ms(draw)
        shown = timed_ms(show)
        if number:  # the first builds the cards
            drawn_ms.append(drawn)
            shown_ms.append(shown)
    return drawn_ms, shown_ms


def _faces(house: House, draft: Draft, text: str, accounts: tuple[Account, ...], revision: int) -> Faces:
    identity = fresh_identities()[1]
    renditions = house.services.renderer.render_all(replace(draft, text=text), accounts, identity, draft.created_at)
    faces = (Face(account, identity, one, True) for account, one in zip(accounts, renditions, strict=True))
    return Faces((), tuple(faces), revision)


def _open_nothing(_url: str) -> None:
    """Stands for the system's browser."""


def _open_all(board: PreviewBoard) -> None:
    for card in board.cards(Hat.PROFESSIONAL):
        match card:
            case PreviewCard():
                card.more_button.click()
            case SocialCard():
                card.more_button.click()
                for part in card.parts:
                    part.set_open(True)
