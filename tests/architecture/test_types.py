"""The type checker itself refuses a post that would reach accounts of two identities."""

import re
from pathlib import Path

from mypy import api

import twohats

HOUSE = Path(twohats.__file__).resolve().parent

# Lines marked "refused" must be errors, and no other line.
SNIPPET = """
from twohats.model.account import PersonalAccount, PersonalTargets, ProfessionalAccount, ProfessionalTargets, Targets

mine = PersonalAccount(id="1", network="folder", label="Notes")
practice = ProfessionalAccount(id="2", network="folder", label="Practice blog")

PersonalTargets((mine,))
ProfessionalTargets((practice,))
PersonalTargets((practice,))  # refused
ProfessionalTargets((mine,))  # refused
PersonalTargets((mine, practice))  # refused


def post(targets: PersonalTargets) -> None: ...


def either(targets: Targets) -> None:
    post(targets)  # refused
    if isinstance(targets, PersonalTargets):
        post(targets)


post(ProfessionalTargets((practice,)))  # refused
"""


def test_targets_of_two_identities_do_not_type_check(tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "snippet.py"
    file.write_text(SNIPPET, encoding="utf-8")
    monkeypatch.setenv("MYPYPATH", str(HOUSE.parent))

    printed, trouble, _ = api.run(["--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}", str(file)])

    assert trouble == ""
    refused = {int(line) for line in re.findall(r"snippet\.py:(\d+): error", printed)}
    marked = {number for number, line in enumerate(SNIPPET.splitlines(), 1) if line.endswith("# refused")}
    assert refused == marked, printed
