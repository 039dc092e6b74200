"""Gathers the licence of everything that is shipped, and the list of it all (SBOM, CycloneDX).

Texts that no package brings lie in resources/licenses, and are in the program with the other resources. Those that
packages bring are copied beside them, a folder for each. A package without any stops the build.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

from version import ROOT, version

OURS = ROOT / "resources" / "licenses"
STANDING_IN = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt-parts.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
}
"""Packages that bring no text of their own (or only that of a licence that is not the one we use), and ours for it."""
IN_THE_PACKAGE = {"onnxruntime": ("onnxruntime/LICENSE", "onnxruntime/ThirdPartyNotices.txt")}
"""Packages whose texts lie among their files."""

PARTS = (
    ("CPython", "PSF-2.0", "pkg:generic/cpython@{python}", "{python}"),
    ("Qt", "LGPL-3.0-only", "pkg:generic/qt@{qt}", "{qt}"),
    ("ICU, in Qt", "Unicode-3.0", "pkg:generic/icu", ""),
    ("OpenSSL, in cryptography and beside CPython", "Apache-2.0", "pkg:generic/openssl", ""),
    ("SQLCipher, in sqlcipher3", "BSD-3-Clause", "pkg:generic/sqlcipher", ""),
    ("The trained check, from all-MiniLM-L6-v2", "Apache-2.0", "pkg:generic/twohats-tagger@{version}", "{version}"),
)
"""What no index of packages tells of: name, licence, address, version."""
_FORM = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)[^/]*$", re.IGNORECASE)


class LicenceMissing(Exception):
    """A package that is shipped brings no licence, and none stands in for it."""


def gather(to: Path, site_packages: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """Copies the texts of the packages `names` into folders of `to`; what was copied, by package.

    Raises LicenceMissing.
    """
    found = installed(site_packages)
    told: dict[str, list[str]] = {}
    for name in sorted(names):
        one = found[name]
        texts = _texts(name, one)
        if not texts:
            raise LicenceMissing(f"{name} brings no licence, and packaging/licences.py names none for it.")
        folder = to / f"{name}-{one.version}"
        folder.mkdir(parents=True, exist_ok=True)
        for text in texts:
            shutil.copyfile(text, folder / _free_name(folder, text))
        told[name] = sorted(file.name for file in folder.iterdir())
    return told


def installed(site_packages: Path) -> dict[str, Distribution]:
    """The packages in a folder, by their plain names."""
    return {plain(one.metadata["Name"]): one for one in distributions(path=[str(site_packages)])}


def plain(name: str) -> str:
    """As lock files write a name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bill(environment_python: Path, names: Iterable[str], versions: dict[str, str]) -> dict[str, object]:
    """The list of all that is shipped. `versions`: "python" and "qt". The Python that runs this needs cyclonedx-bom."""
    words = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6"]
    ran = subprocess.run([*words, str(environment_python)], capture_output=True, text=True, check=True)
    made = json.loads(ran.stdout)
    wanted = set(names)
    packages = [part for part in made["components"] if plain(part["name"]) in wanted]
    missing = wanted - {plain(part["name"]) for part in packages}
    if missing:
        raise LicenceMissing("Not in the list of what is shipped: " + ", ".join(sorted(missing)))
    by_hand = [_part(*part, versions={**versions, "version": version()}) for part in PARTS]
    references = {str(part["bom-ref"]) for part in [*packages, *by_hand]}
    made["components"] = packages + by_hand
    program = {"type": "application", "bom-ref": "twohats", "name": "Two Hats", "version": version()}
    made["metadata"]["component"] = {**program, "licenses": [{"license": {"id": "Apache-2.0"}}]}
    kept = [
        {**one, "dependsOn": [name for name in one.get("dependsOn", ()) if name in references]}
        for one in made["dependencies"]
        if one["ref"] in references
    ]
    made["dependencies"] = [*kept, {"ref": "twohats", "dependsOn": sorted(references)}]
    return made


def _texts(name: str, one: Distribution) -> list[Path]:
    if name in STANDING_IN:
        return [OURS / text for text in STANDING_IN[name]]
    inside = [Path(str(one.locate_file(path))) for path in IN_THE_PACKAGE.get(name, ())]
    files = one.files or ()
    beside = [
        Path(str(one.locate_file(file)))
        for file in files
        if ".dist-info/" in str(file) and "/sboms/" not in str(file) and _FORM.search(str(file))
    ]
    return [*inside, *(file for file in beside if file.is_file())]


def _free_name(folder: Path, text: Path) -> str:
    """Its own name; where that is taken, with the folders before it."""
    name = text.name if text.suffix in (".txt", ".md", ".rst") else f"{text.name}.txt"
    for parent in text.parents:
        if not (folder / name).exists():
            break
        name = f"{parent.name}-{name}"
    return name


def _part(name: str, licence: str, address: str, number: str, versions: dict[str, str]) -> dict[str, object]:
    told = {
        "type": "machine-learning-model" if "tagger" in address else "library",
        "bom-ref": address.format(**versions),
        "name": name,
        "purl": address.format(**versions),
        "licenses": [{"license": {"id": licence}}],
    }
    return {**told, "version": number.format(**versions)} if number else told
