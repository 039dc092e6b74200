"""Makes the feed of a release from the built files, and signs it (keys.md says how the keys are kept).

new-key FILE                          a new key, its private half encrypted into FILE; prints the public half
feed OUT --notes URL --base URL WINDOWS-X64=FILE…   OUT/feed.json, with size and SHA-256 of each built file
renew OUT                             the same feed with today's date: once a month while a release stands
sign OUT --key FILE [--key FILE]      OUT/feed.json.sig, one signature a key
verify OUT                            as the program will: exit code 0 when a key in the source fits

A passphrase is asked for, or read from standard input where that is no terminal.
"""

import argparse
import base64
import getpass
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from twohats import __version__
from twohats.flows.updates import FORMAT
from twohats.model.update import Version
from twohats.updates.release_keys import PUBLIC_KEYS
from twohats.updates.signature import Ed25519Signatures

FEED, SIGNATURE = "feed.json", "feed.json.sig"
_SHORTEST_PASSPHRASE = 12


def feed_of(
    version: str, min_version: str, published: datetime, notes: str, base: str, files: Mapping[str, Path]
) -> bytes:
    """The bytes of a feed. `files` by the system's name; each is found at `base` under its own name."""
    platforms = {
        name: {
            "url": f"{base.rstrip('/')}/{file.name}",
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "size": file.stat().st_size,
        }
        for name, file in sorted(files.items())
    }
    told = {
        "format": FORMAT,
        "format_version": 1,
        "version": str(Version.read(version)),
        "min_version": str(Version.read(min_version)),
        "published": published.astimezone(UTC).isoformat(timespec="seconds"),
        "notes": notes,
        "platforms": platforms,
    }
    return (json.dumps(told, indent=1) + "\n").encode()


def signed(feed: bytes, keys: Sequence[Ed25519PrivateKey]) -> bytes:
    """A line of base64 for each key."""
    return b"".join(base64.b64encode(key.sign(feed)) + b"\n" for key in keys)


def public_half(key: Ed25519PrivateKey) -> str:
    """As it stands in the source."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 not, and why is said."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (OSError, ValueError) as problem:
        print(f"not done: {problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_feed.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wishes = parser.add_subparsers(required=True, metavar="new-key | feed | renew | sign | verify")
    key = wishes.add_parser("new-key")
    key.add_argument("file", type=Path)
    key.set_defaults(run=_new_key)
    feed = wishes.add_parser("feed")
    feed.add_argument("out", type=Path)
    feed.add_argument("--notes", required=True, help="the page of the release, https")
    feed.add_argument("--base", required=True, help="where the files will lie, https")
    feed.add_argument("--min-version", default="0.1.0", help="the oldest version that the set-up can replace by itself")
    feed.add_argument("files", nargs="+", metavar="SYSTEM=FILE", help="windows-x64, macos, linux-x64 …")
    feed.set_defaults(run=_feed)
    renew = wishes.add_parser("renew")
    renew.add_argument("out", type=Path)
    renew.set_defaults(run=_renew)
    sign = wishes.add_parser("sign")
    sign.add_argument("out", type=Path)
    sign.add_argument("--key", type=Path, action="append", required=True, dest="keys")
    sign.set_defaults(run=_sign)
    verify = wishes.add_parser("verify")
    verify.add_argument("out", type=Path)
    verify.set_defaults(run=_verify)
    return parser


def _new_key(chosen: argparse.Namespace) -> int:
    words = _passphrase(f"A passphrase for {chosen.file.name}: ")
    if len(words) < _SHORTEST_PASSPHRASE:
        raise ValueError(f"a passphrase has at least {_SHORTEST_PASSPHRASE} characters")
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(words),
    )
    chosen.file.touch(mode=0o600, exist_ok=False)
    chosen.file.write_bytes(data)
    print(public_half(key))
    return 0


def _feed(chosen: argparse.Namespace) -> int:
    for address in (chosen.notes, chosen.base):
        if not address.startswith("https://"):
            raise ValueError(f"{address} is not https")
    files = {}
    for pair in chosen.files:
        name, separator, file = pair.partition("=")
        if not separator:
            raise ValueError(f"{pair} is not SYSTEM=FILE")
        files[name] = Path(file)
    feed = feed_of(__version__, chosen.min_version, datetime.now(UTC), chosen.notes, chosen.base, files)
    chosen.out.mkdir(parents=True, exist_ok=True)
    _write(chosen.out, feed)
    return 0


def _renew(chosen: argparse.Namespace) -> int:
    told = json.loads((chosen.out / FEED).read_bytes())
    told["published"] = datetime.now(UTC).isoformat(timespec="seconds")
    _write(chosen.out, (json.dumps(told, indent=1) + "\n").encode())
    return 0


def _sign(chosen: argparse.Namespace) -> int:
    keys = [_read_key(file) for file in chosen.keys]
    unknown = [file.name for file, key in zip(chosen.keys, keys, strict=True) if public_half(key) not in PUBLIC_KEYS]
    if unknown:
        raise ValueError(f"no program knows {', '.join(unknown)}: its public half is not in updates/release_keys.py")
    (chosen.out / SIGNATURE).write_bytes(signed((chosen.out / FEED).read_bytes(), keys))
    return _verify(chosen)


def _verify(chosen: argparse.Namespace) -> int:
    is_ours = Ed25519Signatures().fit((chosen.out / FEED).read_bytes(), (chosen.out / SIGNATURE).read_bytes())
    print("the signature fits" if is_ours else "no key in updates/release_keys.py fits this signature")
    return 0 if is_ours else 1


def _write(out: Path, feed: bytes) -> None:
    """A signature of another feed must not lie beside it."""
    (out / SIGNATURE).unlink(missing_ok=True)
    (out / FEED).write_bytes(feed)
    print(out / FEED)


def _read_key(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), _passphrase(f"The passphrase of {file.name}: "))
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file.name} is another kind of key")
    return key


def _passphrase(question: str) -> bytes:
    words = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return words.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
