"""Loads the tagger that ships with the program, if this computer can run it."""

import logging
from pathlib import Path

from twohats.assets import resources
from twohats.boundary.tagger.reading import Tagger

log = logging.getLogger(__name__)


def load(folder: Path | None = None) -> Tagger | None:
    """The tagger in `folder`, or the one among the resources; None when a file is missing or damaged, or this platform
    has no wheel of what runs it. The rules go on without it, and the desk says so."""
    try:
        from twohats.boundary.tagger.network import Network

        return Network(folder or resources() / "tagger")
    except Exception as problem:  # whatever is wrong with it, the check must go on by rules
        log.warning("the tagger could not be loaded: %s", type(problem).__name__)
        return None
