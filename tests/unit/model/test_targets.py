"""Targets: no way of making them mixes the two identities."""

import copy
import dataclasses
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.account import (
    Account,
    PersonalAccount,
    PersonalTargets,
    ProfessionalAccount,
    ProfessionalTargets,
    Targets,
    account_of,
    targets_of,
)
from twohats.model.errors import MixedIdentities
from twohats.model.identity import Hat


class Disguised(PersonalAccount):
    """A plug-in's account that says it is personal, and hands out what it likes."""


hats = st.sampled_from(Hat)
accounts = st.builds(
    account_of,
    hats,
    id=st.text(max_size=5),
    network=st.sampled_from(["folder", "wordpress"]),
    label=st.text(max_size=5),
)
strangers = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.builds(Disguised, id=st.text(max_size=5), network=st.just("folder"), label=st.just("")),
)

# Every way there is from accounts to targets.
WAYS: dict[str, Callable[[Hat, tuple[Account, ...]], Targets]] = {
    "targets_of": targets_of,
    "targets_of an iterator": lambda hat, chosen: targets_of(hat, iter(chosen)),
    "by class": lambda hat, chosen: _class_of(hat)(chosen),
    "replace": lambda hat, chosen: dataclasses.replace(_class_of(hat)(()), accounts=chosen),
    "copy": lambda hat, chosen: copy.deepcopy(_class_of(hat)(chosen)),
    "pickle": lambda hat, chosen: pickle.loads(pickle.dumps(_class_of(hat)(chosen))),
}


@pytest.mark.parametrize("way", WAYS)
@given(hat=hats, chosen=st.lists(st.one_of(accounts, strangers), max_size=4).map(tuple))
def test_no_way_of_making_targets_mixes_identities(way: str, hat: Hat, chosen: tuple[Account, ...]) -> None:
    own = PersonalAccount if hat is Hat.PERSONAL else ProfessionalAccount
    is_pure = all(type(account) is own for account in chosen)

    try:
        targets = WAYS[way](hat, chosen)
    except MixedIdentities:
        assert not is_pure
        return

    assert is_pure
    assert targets.hat is hat
    assert targets.accounts == chosen
    assert all(account.hat is hat for account in targets.accounts)


@given(hat=hats, chosen=st.lists(accounts, max_size=4))
def test_the_accounts_of_one_hat_make_targets_of_that_hat(hat: Hat, chosen: list[Account]) -> None:
    own = tuple(account for account in chosen if account.hat is hat)

    assert targets_of(hat, own).accounts == own


def test_targets_and_accounts_cannot_be_changed_afterwards() -> None:
    mine = account_of(Hat.PERSONAL, id="1", network="folder", label="Notes")
    practice = account_of(Hat.PROFESSIONAL, id="2", network="folder", label="Practice blog")
    targets = targets_of(Hat.PERSONAL, (mine,))

    with pytest.raises(dataclasses.FrozenInstanceError):
        targets.accounts = (practice,)  # type: ignore[misc, assignment]
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):  # Python 3.11 raises TypeError in a subclass
        mine.hat = Hat.PROFESSIONAL  # type: ignore[misc, assignment]


def _class_of(hat: Hat) -> type[PersonalTargets] | type[ProfessionalTargets]:
    return PersonalTargets if hat is Hat.PERSONAL else ProfessionalTargets
