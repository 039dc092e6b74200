"""`python -m windows`, in packaging/: puts the Windows program together and makes its set-up.

On Debian with nsis, osslsigncode, gcc-mingw-w64-x86-64 and wine64 (or python3.13). Exit code 3 when it is refused.
"""

import argparse
import sys
from pathlib import Path

from icons import make_ico
from release import must_be_provable
from version import version

from windows import bill, setup, signing, stage
from windows.places import ROOT, BuildRefused

_MB = 1_000_000
_REFUSED = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m windows", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "windows")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "windows-cache", help="where fetched files stay")
    parser.add_argument("--release", action="store_true", help="python.org's CPython, a real certificate")
    parser.add_argument("--quick", action="store_true", help="pack with zlib: for tests")
    parser.add_argument("--only-stage", action="store_true", help="leave the set-up")
    chosen = parser.parse_args()
    try:
        return _build(chosen)
    except (BuildRefused, ValueError) as refused:
        print(refused, file=sys.stderr)
        return _REFUSED


def _build(chosen: argparse.Namespace) -> int:
    if chosen.release:
        must_be_provable()
    out = chosen.out.resolve()
    icon = make_ico(out / "twohats.ico")
    staged = stage.put_together(
        out / "stage",
        chosen.cache.resolve(),
        version(),
        icon,
        is_for_release=chosen.release,
    )
    print(f"stage: {staged.size / _MB:.1f} MB, {len(staged.files)} files, CPython {staged.python}")
    by_whom: dict[str, int] = {}
    for organisation in staged.signed_by.values():
        by_whom[organisation] = by_whom.get(organisation, 0) + 1
    print("signed by: " + ", ".join(f"{name} {count}" for name, count in sorted(by_whom.items())))
    listed = out / f"TwoHats-{version()}-windows-x64.sbom.json"
    listed.write_bytes(bill.bill(staged.folder, version(), staged.python))
    if chosen.only_stage:
        return 0
    is_tested_only = not signing.can_sign_a_release()
    name = f"TwoHats-{version()}-setup{'-TEST-SIGNATURE' if is_tested_only else ''}.exe"
    packed = "zlib" if chosen.quick else "lzma"
    made = setup.make(staged.folder, staged.files, out / name, version(), icon, packed)
    print(f"set-up: {made.stat().st_size / _MB:.1f} MB ({packed}), {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
