"""The previews of every network under both hats: a short post, a thread, pictures, the card of a link, a warning."""

import hashlib
import io
import time
from collections.abc import Callable

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication
from tests.gallery.accounts import face

from twohats.app import House
from twohats.boundary.pictures import portrait
from twohats.bridge.owner import Owner
from twohats.bridge.session import Session
from twohats.flows import compose
from twohats.gui.main_window import MainWindow
from twohats.gui.preview.board import PreviewBoard
from twohats.gui.theme import Theme
from twohats.model.account import account_of
from twohats.model.draft import Draft
from twohats.model.identity import Hat
from twohats.model.wording import LinkCard

Shoot = Callable[..., None]
Wait = Callable[[], None]

_HANDLES = {
    "linkedin": ("", ""),
    "facebook": ("@westbrookchoir", "@harbourstreet"),
    "x": ("@jamielee", "@alee_phd"),
    "mastodon": ("@jamie@social.example.com", "@alee@mental.example.org"),
    "bluesky": ("@jamie.example.com", "@alee.example.com"),
    "threads": ("@jamie.lee", "@dr.a.lee"),
}
_URL = "https://harbour-street.example.com/articles/first-school-days-and-what-helps"
_SHORT = (
    "Back-to-school nerves are normal, for parents too 🎒 Three things that help are on our page, with thanks to"
    f" @west.example.com: {_URL}\n\n#anxiety #school"
)
_SENTENCES = (
    "Most of us sleep worse in November.",
    "Light in the morning, a walk at noon and a fixed hour for getting up help more than going to bed early.",
    "It is not a matter of willpower, and hardly anybody needs a pill for it.",
    "If you wake at four, write down what woke you, on paper, and leave it there until the morning.",
    "Read the short guide at https://example.org/guides/sleep-in-november before you buy anything.",
)
_SIZE = (1680, 960)


def walk(house: House, window: MainWindow, owner: Owner, theme: Theme, shoot: Shoot, wait: Wait) -> None:
    """Leaves the accounts as they were, and an empty draft."""
    session = window.session
    kept = {account.id for account in owner.accounts()}
    for hat in Hat:
        for network, handles in _HANDLES.items():
            if network in house.services.networks:
                _connect(house, hat, network, handles[list(Hat).index(hat)])
    owner.save_account_settings(owner.accounts()[0].id)
    window.show_page("compose")
    window.workbench.show_previews()
    board = PreviewBoard(theme, session)
    for name, write in (
        ("empty", lambda draft: draft),
        ("short", lambda draft: _with_text(draft, _SHORT)),
        ("thread", lambda draft: _with_text(draft, "\n\n".join(_paragraph(number) for number in range(5)))),
        ("card", lambda draft: _with_card(house, _with_text(draft, f"Three things that help. {_URL}"))),
        ("warning", lambda draft: compose.with_warning(_with_text(draft, _SHORT), "Grief, hospital", draft.edited_at)),
    ):
        _put(session, write)
        wait()
        _shoot(f"previews-{name}", window, board, shoot)
    for count in (1, 3, 6):
        _put(session, lambda draft: _with_text(draft, "The practice garden, over the year."))
        for number in range(count):
            session.add_picture_bytes(_season(number), f"garden-{number}.jpg")
            _wait_until(lambda wanted=number + 1: len(session.draft.media) == wanted)
            if number != 1:
                session.set_alt(session.draft.media[number].id, f"The garden in its season number {number + 1}")
        wait()
        _shoot(f"previews-pictures-{count}", window, board, shoot)
    board.close()
    for account in owner.accounts():
        if account.id not in kept:
            house.services.profile.delete_account(account.id)  # no farewell: nobody is signed in
    owner.save_account_settings(next(iter(kept)))
    session.new_draft()


def _paragraph(number: int) -> str:
    """Sentences in another order each time."""
    return " ".join((*_SENTENCES[number:], *_SENTENCES[:number]))


def _connect(house: House, hat: Hat, network: str, handle: str) -> None:
    name = "Jamie Lee" if hat is Hat.PERSONAL else "Dr A. Lee"
    if network == "facebook":
        name = "Westbrook Choir" if hat is Hat.PERSONAL else "Harbour Street Practice"
    settings = {"portrait": portrait(face(hat))} if network != "bluesky" else {}
    house.services.profile.save_account(
        account_of(hat, id=f"{network}-{hat.value}", network=network, label=name, handle=handle, settings=settings)
    )


def _put(session: Session, write: Callable[[Draft], Draft]) -> None:
    session.new_draft()
    session.choose_hat(Hat.PROFESSIONAL)
    session._change(write(session.draft))
    session.draft_opened.emit(session.draft)


def _with_text(draft: Draft, text: str) -> Draft:
    return compose.with_text(draft, text, draft.edited_at)


def _with_card(house: House, draft: Draft) -> Draft:
    data = _season(1)
    digest = hashlib.sha256(data).hexdigest()
    house.services.media.add(digest, data)
    title, about = "First school days, and what helps", "Three small things for the week in which everything is new."
    return compose.with_card(draft, LinkCard(_URL, title, about, digest, "image/jpeg"), draft.edited_at)


def _shoot(name: str, window: MainWindow, board: PreviewBoard, shoot: Shoot) -> None:
    """In the window, and the board alone as long as it is, side by side and wide."""
    shoot(name, _SIZE)
    for ending, width in (("whole", 460), ("broad", 900)):
        board.resize(width, 900)
        board.show()
        for _ in range(4):
            QApplication.processEvents()
        shoot(f"{name}-{ending}", (width, min(8000, board._ground.minimumHeight() + 80)), board)
    board.hide()


def _season(number: int) -> bytes:
    """A drawn garden: sky, hills and a tree, in other colours each time."""
    grounds = ("#7d9a5b", "#c9a24d", "#b7c9d6", "#8fb573", "#a8744a", "#5f8a72")
    skies = ("#bcd9ea", "#f0dcc0", "#e6ecf2", "#cfe6f5", "#ecd0b4", "#c5dcd6")
    picture = Image.new("RGB", (900, 640 if number % 2 == 0 else 900), skies[number % 6])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-200, 380, 700, 1400), fill=grounds[number % 6])
    draw.ellipse((300, 440, 1300, 1500), fill=grounds[(number + 3) % 6])
    draw.rectangle((610, 260, 640, 520), fill="#5a463a")
    draw.ellipse((520, 120, 730, 330), fill=grounds[(number + 1) % 6])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _wait_until(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the picture did not come")
        QApplication.processEvents()
        time.sleep(0.01)
