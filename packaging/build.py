"""One way to everything that is built: `python packaging/build.py linux`, and so on; --help tells the rest.

    linux    the folder that runs, the .deb and the .tar.xz          (on Debian 12, with CPython 3.11)
    deb      the .deb alone
    windows  the set-up, by packaging/windows                        (on Debian; --release for a real one)
    macos    the .app and the .dmg                                   (on a Mac)
    stage    the licences and the icons, as Windows and macOS want them
    sbom     the list of all that is shipped, of an environment made for Linux
    verify   the lock files against the index: everything is there, and has the hash that it had

Run it with the Python of the checkout's environment (`python3 run.py test` makes that). Exit code 3 when a build is
refused, with the reason.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import icons
import licences
import lock
from release import must_be_provable
from version import ROOT, version

PACKAGING = ROOT / "packaging"
_REFUSED = 3
_MB = 1_000_000


def main() -> int:
    steps: dict[str, Callable[[argparse.Namespace], int]] = {
        "linux": _linux,
        "deb": _deb,
        "windows": _windows,
        "macos": _macos,
        "stage": _stage,
        "sbom": _sbom,
        "verify": _verify,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=steps)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where what was made goes; dist/ by itself")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build", help="what is kept between builds; build/ by itself"
    )
    parser.add_argument("--release", action="store_true", help="for people: refused where anything of it is for tests")
    parser.add_argument("--quick", action="store_true", help="pack fast rather than small")
    chosen = parser.parse_args()
    chosen.out, chosen.work = chosen.out.resolve(), chosen.work.resolve()
    from linux.bundle import BuildRefused
    from linux.libraries import LibraryMissing

    try:
        if chosen.release:
            must_be_provable()
        return steps[chosen.what](chosen)
    except (BuildRefused, LibraryMissing, licences.LicenceMissing, ValueError) as refused:
        print(refused, file=sys.stderr)
        return _REFUSED


def _linux(chosen: argparse.Namespace) -> int:
    from linux import deb

    bundle, bill = _bundle(chosen)
    _make_deb(chosen, bundle, bill)
    archive = chosen.out / f"TwoHats-{version()}-linux-x64.tar.xz"
    _tell("archive", deb.make_archive(bundle, bill, archive, 0 if chosen.quick else 6))
    (chosen.out / f"TwoHats-{version()}-linux-x64.sbom.json").write_bytes(bill)
    return 0


def _deb(chosen: argparse.Namespace) -> int:
    bundle, bill = _bundle(chosen)
    _make_deb(chosen, bundle, bill)
    return 0


def _bundle(chosen: argparse.Namespace):  # noqa: ANN202 - a type of a module that only Linux loads
    from linux import bundle

    made = bundle.make(chosen.work / "linux" / "program", chosen.work / "linux")
    print(f"program: {made.size / _MB:.1f} MB, {made.folder}")
    return made, _bill_of(bundle.python_of(made.environment), bundle.lock_names())


def _make_deb(chosen: argparse.Namespace, bundle, bill: bytes) -> None:  # noqa: ANN001 - as above
    from linux import deb

    tree = deb.make_tree(chosen.work / "linux" / "tree", bundle, bill)
    package = chosen.out / f"twohats_{version()}_amd64.deb"
    _tell("package", deb.make_package(tree, package, 3 if chosen.quick else 19))


def _windows(chosen: argparse.Namespace) -> int:
    words = [sys.executable, "-m", "windows", "--out", str(chosen.out / "windows")]
    words += ["--cache", str(chosen.work / "windows-cache")]
    words += [option for option, wanted in (("--release", chosen.release), ("--quick", chosen.quick)) if wanted]
    return subprocess.run(words, cwd=PACKAGING, check=False).returncode


def _macos(chosen: argparse.Namespace) -> int:
    from macos import application

    made = application.make(chosen.out / "macos", chosen.work / "macos")
    print(f"application: {made}")
    return 0


def _stage(chosen: argparse.Namespace) -> int:
    staged = chosen.work / "stage"
    for made in (icons.make_ico(staged / "twohats.ico"), icons.make_icns(staged / "twohats.icns")):
        print(made)
    return 0


def _sbom(chosen: argparse.Namespace) -> int:
    from linux import bundle

    environment = bundle.make_environment(chosen.work / "linux", bundle.LOCKS / "linux.txt")
    chosen.out.mkdir(parents=True, exist_ok=True)
    file = chosen.out / f"TwoHats-{version()}-linux-x64.sbom.json"
    file.write_bytes(_bill_of(bundle.python_of(environment), bundle.lock_names()))
    _tell("sbom", file)
    return 0


def _bill_of(python: Path, names: list[str]) -> bytes:
    told = "import platform, PySide6; print(platform.python_version(), PySide6.__version__)"
    numbers = subprocess.run([str(python), "-c", told], capture_output=True, text=True, check=True).stdout.split()
    made = licences.bill(python, names, {"python": numbers[0], "qt": numbers[1]})
    return (json.dumps(made, indent=1, sort_keys=True) + "\n").encode()


def _verify(_: argparse.Namespace) -> int:
    """Fetches what linux.txt and build.txt name, by hash, into nowhere."""
    for name in ("linux", "build"):
        with tempfile.TemporaryDirectory() as folder:
            words = ["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--dest", folder]
            ran = subprocess.run(
                [sys.executable, *words, "--requirement", str(lock.LOCKS / f"{name}.txt")], check=False
            )
            count = len(os.listdir(folder))  # noqa: PTH208 - a number is wanted
        if ran.returncode or count != len(lock.names(lock.LOCKS / f"{name}.txt")):
            print(f"packaging/locks/{name}.txt does not hold", file=sys.stderr)
            return _REFUSED
        print(f"packaging/locks/{name}.txt: {count} packages, each with its hash")
    return 0


def _tell(what: str, file: Path) -> None:
    print(f"{what}: {file.stat().st_size / _MB:.1f} MB, {file}")


if __name__ == "__main__":
    sys.exit(main())
