"""How long a login still lasts, in a few words. No Qt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from twohats.flows.logins import expires_at
from twohats.gui.accounts.facts import counts_days, is_renewed
from twohats.model.account import Account

_SOON_DAYS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """`tone` is "", "warn" or "stop"; `wants_sign_in`: it is time to sign in again."""

    words: str
    tone: str = ""
    wants_sign_in: bool = False


def standing_of(account: Account, now: datetime) -> Standing | None:
    """None where a login does not end, or is renewed for good without the person."""
    ends_at = expires_at(account)
    if ends_at is None or not counts_days(account.network):
        return None
    if ends_at <= now:
        return Standing("Signed out: sign in again", "stop", wants_sign_in=True)
    days = (ends_at - now) // timedelta(days=1)
    words = f"Signed in for {_days(days)}"
    if days < _SOON_DAYS:
        return Standing(words, "warn", wants_sign_in=True)
    return Standing(f"{words}, renewed by itself" if is_renewed(account.network) else words)


def _days(days: int) -> str:
    if days == 0:
        return "less than a day"
    return f"{days} more day{'' if days == 1 else 's'}"
