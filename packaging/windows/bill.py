"""The list of all that is in the Windows program (SBOM, CycloneDX 1.6). The same program gives the same list."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from licences import PARTS, plain

from windows.places import LOCK

_MICROSOFT = ("Visual C++ runtime", "LicenseRef-Microsoft-Visual-C-Runtime", "pkg:generic/vcruntime", "")


def bill(stage: Path, version: str, python: str) -> bytes:
    """Of a staged program. `python`: the version of its CPython."""
    hashes = dict(re.findall(r"^([^=\s]+)==.*sha256:([0-9a-f]{64})", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    found = {plain(one.metadata["Name"]): one for one in distributions(path=[str(stage / "lib")])}
    packages = [_package(name, one, hashes[name]) for name, one in sorted(found.items()) if name != "twohats"]
    versions = {"python": python, "qt": found["pyside6-essentials"].version, "version": version}
    # On Windows Qt takes the system's ICU.
    parts = [*(part for part in PARTS if not part[0].startswith("ICU")), _MICROSOFT]
    by_hand = [_part(*part, versions=versions) for part in parts]
    program = {"type": "application", "bom-ref": "twohats", "name": "Two Hats", "version": version}
    listed = [*packages, *by_hand]
    told = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**program, "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": listed,
        "dependencies": [{"ref": "twohats", "dependsOn": sorted(str(part["bom-ref"]) for part in listed)}],
    }
    return (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()


def _package(name: str, one: Distribution, sha256: str) -> dict[str, object]:
    address = f"pkg:pypi/{name}@{one.version}"
    told = {"type": "library", "bom-ref": address, "name": name, "version": one.version, "purl": address}
    return {**told, "licenses": list(_licences(one)), "hashes": [{"alg": "SHA-256", "content": sha256}]}


def _licences(one: Distribution) -> Iterator[dict[str, object]]:
    """As the package tells it: an SPDX expression, or the names of its classifiers, or what else it wrote."""
    expression = one.metadata.get("License-Expression")
    if expression:
        yield {"expression": expression}
        return
    classes = one.metadata.get_all("Classifier") or ()
    names = [told.rpartition(" :: ")[2] for told in classes if told.startswith("License :: ")]
    for name in names or [(one.metadata.get("License") or "as its licence file tells").splitlines()[0]]:
        yield {"license": {"name": name}}


def _part(name: str, licence: str, address: str, number: str, versions: dict[str, str]) -> dict[str, object]:
    kind = "machine-learning-model" if "tagger" in address else "library"
    known_as = {"name": licence} if licence.startswith("LicenseRef-") else {"id": licence}
    purl = address.format(**versions)
    told = {"type": kind, "bom-ref": purl, "name": name, "purl": purl, "licenses": [{"license": known_as}]}
    return {**told, "version": number.format(**versions)} if number else told
