"""The screen that shows what would be sent: the menu beside the Post button, and its sheet."""

from collections.abc import Callable
from datetime import timedelta

from tests.gallery.one_post import wait_for

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.gui.composer.dry_run_sheet import DryRunSheet
from twohats.gui.main_window import MainWindow
from twohats.model.account import account_of
from twohats.model.identity import Hat

Shoot = Callable[..., None]
_SETTINGS = {
    "linkedin": {"client_id": "c", "user_id": "Wd3k9pQ"},
    "threads": {"user_id": "25100000000000001", "username": "dr.a.lee", "app_id": "7"},
    "byhand": {"page": "https://www.facebook.com/alee"},
    "mastodon": {"server": "https://mastodon.example.org", "user_id": "1", "domain": "mastodon.example.org"},
}
_TICKED = ("linkedin", "threads", "byhand")
_LABELS = {"linkedin": "LinkedIn", "threads": "@dr.a.lee", "byhand": "Facebook profile", "mastodon": "@alee"}


def walk(window: MainWindow, owner: Owner, services: Services, settle: Callable[[], None], shoot: Shoot) -> None:
    """Leaves the accounts as they were, and an empty draft."""
    window.show_page("compose")
    session, desk = window.session, window.workbench.desk
    session.new_draft()
    session.choose_hat(Hat.PROFESSIONAL)
    for account_id in session.draft.target_ids:
        session.tick(account_id, False)
    for network, settings in _SETTINGS.items():
        account = account_of(
            Hat.PROFESSIONAL, id=f"{network}-dry", network=network, label=_LABELS[network], settings=settings
        )
        services.profile.save_account(account)
        session.tick(account.id, network in _TICKED)
    owner.save_account_settings("linkedin-dry")
    session.edit_title("Sleep in November")
    session.edit_text("Light in the morning, a walk at noon & a fixed hour for “getting up” help most.")
    session.draft_opened.emit(session.draft)
    settle()
    desk.more.open_menu()
    shoot("more-menu", (320, 120), desk.more.choices)
    desk.more.choices.close()
    desk.show_requests()
    wait_for(lambda: window.findChild(DryRunSheet) is not None)
    (sheet,) = window.findChildren(DryRunSheet)
    shoot("requests", (760, 620), sheet)
    sheet.folds[0].head.setChecked(False)
    sheet.folds[-1].head.setChecked(True)
    shoot("requests-folded", (760, 620), sheet)
    sheet.folds[1].head.setChecked(True)
    shoot("requests-small", (760, 552), sheet)
    sheet.accept()
    wait_for(lambda: not window.findChildren(DryRunSheet))
    _later(window, services, settle, shoot)
    session.new_draft()
    for network in _SETTINGS:
        owner.disconnect_account(f"{network}-dry")


def _later(window: MainWindow, services: Services, settle: Callable[[], None], shoot: Shoot) -> None:
    """With a time chosen, at a network that keeps the post until then."""
    session, desk = window.session, window.workbench.desk
    for network in _SETTINGS:
        session.tick(f"{network}-dry", network == "mastodon")
    settle()
    desk.later.open_sheet()
    day = (services.clock() + timedelta(days=9)).replace(hour=18, minute=30, tzinfo=None, second=0, microsecond=0)
    desk.later.chooser.show_time(day, "Europe/Berlin")
    settle()
    desk.later.there.setChecked(True)
    desk.show_requests()
    wait_for(lambda: bool(window.findChildren(DryRunSheet)))
    (sheet,) = window.findChildren(DryRunSheet)
    shoot("requests-later", (760, 620), sheet)
    sheet.accept()
    desk.later.close_sheet()
