"""One file a kind of crossing, each with its table of hits and near-misses; here is how they are brought in."""

import hashlib
import importlib
import logging
import pkgutil
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from twohats import __version__
from twohats.assets import resources
from twohats.boundary.rule import Rule
from twohats.model.errors import BadInput

log = logging.getLogger(__name__)

GROUP = "twohats.rules"
TABLE_LENGTH = 5  # sentences, at the least, in each of a rule's two tables


def builtin() -> tuple[Rule, ...]:
    """Our own rules: `RULE` of every file beside this one. Raises BadInput for a rule with a thin table."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(vetted(module.RULE) for module in modules)


def load(enabled: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Our own rules and those of the plug-ins enabled by name. One that cannot be loaded is left out, and logged.

    Our own come first and cannot be replaced: a plug-in's rule that takes an id already in use is refused.
    """
    names = set(enabled)
    found = {rule.id: rule for rule in builtin()}
    for entry in entry_points(group=GROUP):
        if entry.value != _OWN and entry.name in names:
            for rule in _of_plugin(entry):
                if rule.id not in found:
                    found[rule.id] = rule
                else:
                    log.error("plug-in %s brings rule %s again; left out", entry.name, rule.id)
    return tuple(found.values())


def vetted(rule: Rule) -> Rule:
    """The rule, when its tables are long enough to hold it to its word. Raises BadInput otherwise."""
    if len(set(rule.hits)) < TABLE_LENGTH or len(set(rule.near_misses)) < TABLE_LENGTH:
        raise BadInput("thin_rule", rule=rule.id)
    return rule


def version(rules_in_force: Sequence[Rule]) -> str:
    """A name (SHA-256, the first 16 hex digits) for the rules, their code, their words and their weights."""
    digest = hashlib.sha256()
    for rule in rules_in_force:
        digest.update(repr((rule.id, rule.hits, rule.near_misses)).encode("utf-8", "surrogatepass"))
    own = {str(path) for path in Path(__file__).parents[1].rglob("*.py")}
    guests = {getattr(sys.modules.get(rule.find.__module__), "__file__", None) or "" for rule in rules_in_force}
    words = [*(resources() / "policy").glob("*.toml"), *(resources() / "lexicons").glob("*.txt")]
    for path in sorted({Path(name) for name in own | guests} | set(words)):
        if path.is_file():  # a frozen program has no sources; there the tables and its own version speak for them
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(__version__.encode())
    return digest.hexdigest()[:16]


_OWN = f"{__name__}:builtin"


def _of_plugin(entry: EntryPoint) -> tuple[Rule, ...]:
    try:
        return tuple(vetted(rule) for rule in entry.load()())
    except Exception as problem:  # a guest's fault, of any kind; ours must go on
        log.error("plug-in %s could not be loaded: %s", entry.name, type(problem).__name__)
        return ()
