"""The one tree of errors. A code and facts, never text of a post, a name or a token.

TwoHatsError
├── MixedIdentities      a post would have reached accounts of two identities (our own fault: fails loudly)
├── NotApproved          bytes, identity or accounts are not those that were approved
├── BadInput             what was given cannot be used
├── VaultError           the keyring
│   ├── VaultMissing     there is none, or only a weak one
│   └── VaultLocked      it is there, and locked
├── StoreError           the database
│   ├── StoreUnreadable  cannot be opened: damaged, wrong key, or made by a newer program
│   └── StoreFull        no room left, or not writable
└── NetworkError         one delivery
    ├── Unreachable      nothing was sent: safe to try again
    ├── TooFast          the network asks to wait; nothing was taken
    ├── Refused          the network said no: trying the same again is useless
    │   └── StoppedMidway  it took the first parts of a thread, and no more
    ├── SignedOut        the login is no longer good
    ├── ByHand           nothing was sent: no program may post there, so the person does it
    └── OutcomeUnknown   something was sent and no answer came: look before anything else
"""

from twohats.model.receipt import Receipt


class TwoHatsError(Exception):
    """`code` picks the sentence that a person reads; `facts` fill it in."""

    def __init__(self, code: str, **facts: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class MixedIdentities(TwoHatsError):
    pass


class NotApproved(TwoHatsError):
    pass


class BadInput(TwoHatsError):
    pass


class VaultError(TwoHatsError):
    pass


class VaultMissing(VaultError):
    pass


class VaultLocked(VaultError):
    pass


class StoreError(TwoHatsError):
    pass


class StoreUnreadable(StoreError):
    pass


class StoreFull(StoreError):
    pass


class NetworkError(TwoHatsError):
    pass


class Unreachable(NetworkError):
    pass


class TooFast(NetworkError):
    """`retry_after_s` says how long the network asked to wait, in seconds."""

    def __init__(self, code: str, retry_after_s: float, **facts: str | int | float) -> None:
        super().__init__(code, retry_after_s=retry_after_s, **facts)
        self.retry_after_s = retry_after_s


class Refused(NetworkError):
    pass


class StoppedMidway(Refused):
    """`receipt` names the parts that are out. Facts: sent and of, in parts; why, the code of what stopped it."""

    def __init__(self, code: str, receipt: Receipt, **facts: str | int | float) -> None:
        super().__init__(code, **facts)
        self.receipt = receipt


class SignedOut(NetworkError):
    pass


class ByHand(NetworkError):
    pass


class OutcomeUnknown(NetworkError):
    pass
