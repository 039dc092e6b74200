"""Who signed the program's binaries, and our own signature under those that nobody signed.

Every PE file of the program must carry a signature of a known publisher whose digest fits, or be named in signers.toml
with its hash and a reason; those and our own get our signature. Anything else stops the build.

Our signature is made by the command in TWOHATS_SIGN (words in it are split as in a shell; {file} is the file), which a
release needs; or by osslsigncode with the PKCS#12 file in TWOHATS_SIGN_P12, which has no password and is for tests.
"""

import hashlib
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from version import epoch

from windows.places import SIGNERS, BuildRefused

COMMAND, TEST_KEY = "TWOHATS_SIGN", "TWOHATS_SIGN_P12"
_ENDINGS = frozenset({".exe", ".dll", ".pyd", ".sys", ".ocx"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What lies under a PE file: the organisation of the leaf certificate, and whether the digest is the file's own."""

    organisation: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Known:
    """signers.toml: organisations that may have signed, and what no signature fits, by path and sha256."""

    organisations: frozenset[str]
    unsigned: dict[str, str]


def known(file: Path = SIGNERS) -> Known:
    """Raises BuildRefused for an entry without a reason."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    unsigned = {}
    for package in told["unsigned"]:
        if not package["reason"].strip():
            raise BuildRefused(f"{package['package']} in {file.name} has no reason.")
        unsigned |= package["files"]
    return Known(frozenset(told["organisations"]), unsigned)


def is_pe(file: Path) -> bool:
    """By what is in it, so that no ending hides one."""
    with file.open("rb") as opened:
        head = opened.read(64)
        if len(head) < 64 or head[:2] != b"MZ":
            return False
        opened.seek(int.from_bytes(head[60:64], "little"))
        return opened.read(4) == b"PE\0\0"


def signature(file: Path) -> Signature | None:
    """None where there is none. The chain to Microsoft's roots cannot be judged off Windows: what came is held to the
    lock files' hashes, and here to its publisher's name and digest."""
    ran = subprocess.run(
        ["osslsigncode", "verify", "-ignore-cdp", "-ignore-crl", "-CAfile", os.devnull, "-in", str(file)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if "No signature found" in ran.stdout + ran.stderr:
        return None
    digests = re.findall(r"^(?:Current|Calculated) message digest\s*: ([0-9A-F]+)", ran.stdout, re.MULTILINE)
    subject = re.search(r"Signer #0:\s+Subject: (.+)", ran.stdout)
    organisation = re.search(r"/O=([^/]+)", subject[1]) if subject else None
    if not organisation:
        raise BuildRefused(f"{file.name} carries a signature that cannot be read.")
    return Signature(organisation[1].strip(), len(digests) == 2 and digests[0] == digests[1])


def sign_what_is_ours(stage: Path, ours: frozenset[str], who: Known) -> dict[str, str]:
    """Checks every PE file in `stage`, signs what is ours or named as unsigned, and tells who signed each: path to
    organisation. `ours`: paths that we built. Raises BuildRefused, naming all that is wrong at once."""
    told, wrong, to_sign = {}, [], []
    for file in sorted(one for one in stage.rglob("*") if one.is_file()):
        path = file.relative_to(stage).as_posix()
        if not is_pe(file):
            if file.suffix.lower() in _ENDINGS:
                wrong.append(f"{path} is no PE file, though it is called one")
            continue
        if path in ours:
            to_sign.append(path)
            continue
        found = signature(file)
        if found is None or not found.is_whole:
            if who.unsigned.get(path) == sha256(file):
                to_sign.append(path)
            else:
                how = "unsigned" if found is None else "changed after it was signed"
                wrong.append(f'{how}, and not named: "{path}" = "{sha256(file)}"')
        elif found.organisation not in who.organisations:
            wrong.append(f"{path} was signed by {found.organisation}, whom signers.toml does not name")
        else:
            told[path] = found.organisation
    gone = sorted(set(who.unsigned) - set(to_sign))
    if gone:
        wrong.append("named as unsigned and not there, or signed by now: " + ", ".join(gone))
    if wrong:
        raise BuildRefused("The signatures are not as they must be:\n  " + "\n  ".join(wrong))
    for path in to_sign:
        sign(stage / path)
        found = signature(stage / path)
        if found is None or not found.is_whole:
            raise BuildRefused(f"{path} could not be signed.")
        told[path] = found.organisation
    return dict(sorted(told.items()))


def can_sign_a_release() -> bool:
    return bool(os.environ.get(COMMAND))


def sign(file: Path) -> None:
    """Puts our signature under a file. Raises BuildRefused."""
    command = os.environ.get(COMMAND)
    if command:
        ran = subprocess.run([word.replace("{file}", str(file)) for word in shlex.split(command)], check=False)
        if ran.returncode:
            raise BuildRefused(f"{file.name} could not be signed: the command ended with {ran.returncode}.")
        return
    key = os.environ.get(TEST_KEY)
    if not key:
        raise BuildRefused(f"Nothing to sign with: set {COMMAND} for a release, {TEST_KEY} for a test.")
    signed = file.with_name(file.name + ".signed")
    words = ["osslsigncode", "sign", "-pkcs12", key, "-pass", "", "-n", "Two Hats", "-h", "sha256"]
    ran = subprocess.run([*words, "-time", str(epoch()), "-in", str(file), "-out", str(signed)], capture_output=True)
    if ran.returncode:
        signed.unlink(missing_ok=True)
        raise BuildRefused(f"{file.name} could not be signed: {ran.stdout.decode(errors='replace').strip()[-300:]}")
    signed.replace(file)


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":  # as the set-up's compiler calls it: python -m windows.signing FILE
    sign(Path(sys.argv[1]))
