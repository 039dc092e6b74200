"""A delivery followed until it has arrived, as flows/publish.py and a patient person do it together."""

from tests.contract.networks_suite import Place

from twohats.model.errors import NetworkError, OutcomeUnknown, SignedOut
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition

_MOST_TRIES = 12


def pursued(place: Place, rendition: Rendition, key: str) -> tuple[Receipt, list[NetworkError]]:
    """The receipt, and what went wrong on the way. After a lost answer it looks before anything is sent again."""
    problems: list[NetworkError] = []
    is_unknown = False
    for _ in range(_MOST_TRIES):
        try:
            found = place.find(rendition, key) if is_unknown else None
            if found is not None:
                return found, problems
            is_unknown = False
            return place.publish(rendition, key), problems
        except NetworkError as problem:
            problems.append(problem)
            is_unknown = is_unknown or isinstance(problem, OutcomeUnknown)
            if isinstance(problem, SignedOut):
                renew(place)
    raise AssertionError([problem.code for problem in problems])


def renew(place: Place) -> None:
    """Where the network renews nothing, the person signs in anew, and the login is as it was."""
    renewal = place.network.renew(place.login)
    if renewal is not None:
        place.login = type(place.login)(place.login.account, renewal.secret, {**place.login.more, **renewal.more})
