"""Accounts on social networks, for tests of what is set for them."""

from tests.gui.desk import Desk

from twohats.model.account import Account, account_of
from twohats.model.identity import Hat

LABELS = {"linkedin": "Dr Lee", "bluesky": "alee.example.com", "x": "Amira", "threads": "Amira on Threads"}


def add_accounts(bench: Desk, hat: Hat, *networks: str) -> tuple[Account, ...]:
    """One account at each network, ticked in the post on the desk; the folder of the hat is not ticked any more."""
    made = tuple(
        account_of(hat, id=f"{name}-1", network=name, label=LABELS[name], handle=LABELS[name]) for name in networks
    )
    for account in made:
        bench.services.profile.save_account(account)
    bench.owner.save_account_settings(made[0].id)
    for account in bench.owner.accounts(hat):
        bench.session.tick(account.id, account in made)
    return made


def wait_for_faces(bench: Desk) -> None:
    bench.wait_for(lambda: bench.session.faces.revision == bench.session.draft.revision)
