"""Which characters a text keeps: those that files and networks take.

One place decides it, so that what is written, what is checked and what is sent are the same characters.
"""

import re

# Control characters but tab and line feed; U+FFFE and U+FFFF are not characters.
UNSENDABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
"""A set of characters, as a regular expression, that are taken out."""


def sendable(text: str) -> str:
    """The same text without control characters, with plain line ends; half characters become U+FFFD."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _UNSENDABLE.sub("", unified))


_UNSENDABLE = re.compile(UNSENDABLE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
