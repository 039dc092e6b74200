"""The screens of connecting: the places, what each asks for, the questions, and cards in all their states."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer
from tests.fakes.networks import WAYS, PretendNetwork

from twohats.boundary.pictures import portrait
from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.gui.accounts.page import AccountsPage
from twohats.model.account import account_of
from twohats.model.identity import Hat
from twohats.model.ports import Grant, Network, Profile

Shoot = Callable[[str], None]


def walk(page: AccountsPage, owner: Owner, services: Services, shoot: Shoot, shoot_both: Shoot) -> None:
    """Leaves the accounts as they were."""
    networks = services.networks
    assert isinstance(networks, dict)
    real: dict[str, Network] = dict(networks)
    networks.update({name: PretendNetwork(name, profile=_profile(name)) for name in WAYS})
    page.connect_account(Hat.PROFESSIONAL)
    shoot_both("connect-places")
    page.connect_account(Hat.PERSONAL)
    shoot("connect-places-personal")
    for name in ("folder", "wordpress", *WAYS):
        _pages(page, name, shoot_both if name == "linkedin" else shoot)
    _waiting(page, shoot)
    _several(page, networks, shoot)
    _right(page, owner, shoot_both)
    _cards(page, owner, services, shoot_both)
    networks.clear()
    networks.update(real)


def _pages(page: AccountsPage, name: str, shoot: Shoot) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    page.sheet.places.row(name).click()
    form = page.sheet.form
    if form is None:
        shoot(f"connect-{name}")
        return
    for number in range(len(form.pages)):
        form.show_page(number)
        shoot(f"connect-{name}-{number + 1}" if len(form.pages) > 1 else f"connect-{name}")
    if form.other_buttons:
        form.other_buttons[0].click()
        shoot(f"connect-{name}-otherwise")


def _waiting(page: AccountsPage, shoot: Shoot) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    page.sheet.places.row("mastodon").click()
    form = page.sheet.form
    assert form is not None
    form.next_button.click()
    shoot("connect-missing")
    form.page.edits["server"].setText("social.example.com")
    form.next_button.click()
    _wait_for(page.sheet.waiting_page.isVisible)
    shoot("connect-waiting")
    page.sheet.waiting_page.stop_button.click()


def _several(page: AccountsPage, networks: dict[str, Network], shoot: Shoot) -> None:
    facebook = networks["facebook"]
    assert isinstance(facebook, PretendNetwork)
    facebook.grants = tuple(Grant(label) for label in ("Harbour Street Practice", "Westbrook Choir"))
    page.connect_account(Hat.PROFESSIONAL)
    page.sheet.places.row("facebook").click()
    form = page.sheet.form
    assert form is not None
    for one in form.pages:
        for edit in one.edits.values():
            edit.setText("123")
        form.next_button.click()
    _wait_for(page.sheet.grants.isVisible)
    page.sheet.grants.buttons[0].click()
    shoot("connect-several")


def _right(page: AccountsPage, owner: Owner, shoot: Shoot) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    page.sheet.places.row("bluesky").click()
    form = page.sheet.form
    assert form is not None
    form.page.edits["handle"].setText("alee.example.com")
    form.page.edits["app_password"].setText("abcd")
    form.next_button.click()
    _wait_for(page.sheet.right.isVisible)
    shoot("connect-right")
    page.sheet.right.no_button.click()
    owner.connect_failed.emit("login_refused", {"host": "bsky.social"})
    shoot("connect-failed")


def _cards(page: AccountsPage, owner: Owner, services: Services, shoot: Shoot) -> None:
    now = services.clock()
    kept = []
    for hat, name, label, handle, days in (
        (Hat.PROFESSIONAL, "linkedin", "Dr A. Lee", "Amira Lee", 52),
        (Hat.PROFESSIONAL, "facebook", "Harbour Street Practice", "", None),
        (Hat.PROFESSIONAL, "threads", "Dr A. Lee", "@dr.a.lee", 6),
        (Hat.PERSONAL, "mastodon", "Jamie", "@jamie@social.example.com", None),
        (Hat.PERSONAL, "linkedin", "Jamie Lee", "Jamie Lee", -1),
    ):
        settings = {"portrait": portrait(face(hat))} if name != "facebook" else {}
        if days is not None:
            settings["expires_at"] = (now + timedelta(days=days, hours=1)).isoformat()
        account = account_of(hat, id=f"{name}-{hat.value}", network=name, label=label, handle=handle, settings=settings)
        services.profile.save_account(account)
        kept.append(account.id)
    owner.save_account_settings(kept[0])
    page.show_overview()
    shoot("accounts-cards")
    card = next(card for card in page.cards(Hat.PROFESSIONAL) if card.account.network == "linkedin")
    card.let_go.click()
    shoot("accounts-disconnect")
    card.keep.click()
    for account_id in kept:
        owner.disconnect_account(account_id)


def _profile(name: str) -> Profile:
    whole = Profile(
        "Dr A. Lee", "alee.example.com" if name == "bluesky" else "@alee", f"https://{name}.example.com/alee"
    )
    return replace(whole, picture=face(Hat.PROFESSIONAL))


def face(hat: Hat) -> bytes:
    """A drawn head and shoulders."""
    picture = Image.new("RGB", (200, 200), "#d9c6a5" if hat is Hat.PERSONAL else "#b8cfd0")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((64, 36, 136, 116), fill="#8a6a52")
    draw.ellipse((30, 120, 170, 270), fill="#4a5f66")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _wait_for(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the sheet did not get there")
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
