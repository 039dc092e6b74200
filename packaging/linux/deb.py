"""The Debian package and the archive, made from the folder that runs."""

import gzip
import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import icons
from version import epoch, version

from linux import libraries
from linux.bundle import BuildRefused, Bundle, dated, set_modes

HERE = Path(__file__).resolve().parent
NAME = "org.twohats.TwoHats"
INSTALLED = "usr/lib/twohats"
_BY = "The Two Hats authors <packages@twohats.org>"
_CONTROL = """\
Package: twohats
Version: {version}
Architecture: amd64
Maintainer: {by}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-noto-core, gnome-keyring | kwalletmanager | keepassxc, ca-certificates
Section: editors
Priority: optional
Homepage: https://twohats.org
Description: write once, choose the personal or professional hat, publish
 For people who write in public under two identities, above all for licensed
 clinicians: one text, previews of both identities side by side, and a check
 on this computer that marks what would tell of a client, of one's own life or
 of the wrong hat before it is posted to blogs and networks.
 .
 Drafts and records are encrypted. Nothing is uploaded to be checked.
"""
_CHANGELOG = """\
twohats ({version}) stable; urgency=medium

  * What is new is told at https://twohats.org and in CHANGELOG.md.

 -- {by}  {date}
"""
_READ_ME = """\
Two Hats {version}, for Linux on x86-64

Start ./twohats in this folder. It needs a desktop with glibc 2.34 or newer (Debian 12, Ubuntu 22.04, Fedora 36, and
later), and a keyring: GNOME Keyring, KWallet or KeePassXC.

To have it in the menu of your desktop, copy share/ to ~/.local/share and replace "twohats" behind Exec= in
applications/{name}.desktop by the whole path of the program.

Licences of all that is inside: _internal/resources/licenses. Qt is used under the LGPL, version 3: its libraries are
_internal/PySide6/Qt/lib, and may be replaced by your own.
"""


def make_tree(to: Path, bundle: Bundle, bill: bytes) -> Path:
    """Everything that the package installs, as it will lie, below `to`. `bill`: the SBOM."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(bundle.folder, to / INSTALLED, symlinks=True)
    (to / INSTALLED / "channel").write_text("deb\n", encoding="ascii")
    (to / "usr" / "bin").mkdir(parents=True)
    (to / "usr" / "bin" / "twohats").symlink_to("../lib/twohats/twohats")
    _add_share(to / "usr" / "share")
    told = to / "usr" / "share" / "doc" / "twohats"
    _write(told / "copyright", (HERE / "copyright.in").read_text(encoding="utf-8"))
    (told / "sbom.json").write_bytes(bill)
    date = format_datetime(datetime.fromtimestamp(epoch(), UTC))
    (told / "changelog.gz").write_bytes(_gzipped(_CHANGELOG.format(version=version(), by=_BY, date=date)))
    manual = to / "usr" / "share" / "man" / "man1" / "twohats.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(_gzipped(_filled("twohats.1.in")))
    _write(to / "usr" / "share" / "lintian" / "overrides" / "twohats", (HERE / "lintian-overrides").read_text("utf-8"))
    _set_all_modes(to)
    return to


def make_package(tree: Path, to: Path, level: int = 10) -> Path:
    """The .deb of a tree. Raises LibraryMissing when the program needs what no package is known for."""
    control = tree / "DEBIAN"
    control.mkdir(exist_ok=True)
    files = sorted(one for one in (tree / "usr").rglob("*") if one.is_file() and not one.is_symlink())
    told = _CONTROL.format(
        version=version(),
        by=_BY,
        kilobytes=sum(-(-file.stat().st_size // 1024) for file in files),
        depends=", ".join(libraries.dependencies(tree / INSTALLED)),
    )
    _write(control / "control", told)
    sums = subprocess.run(
        ["md5sum", *(str(file.relative_to(tree)) for file in files)], cwd=tree, capture_output=True, check=True
    )
    (control / "md5sums").write_bytes(sums.stdout)
    _set_all_modes(tree)
    to.parent.mkdir(parents=True, exist_ok=True)
    words = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{level}", "--build", str(tree), str(to)]
    ran = subprocess.run(words, env=dated(), capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BuildRefused(f"dpkg-deb failed: {ran.stderr.strip()[-1500:]}")
    return to


def make_archive(bundle: Bundle, bill: bytes, to: Path, level: int = 6) -> Path:
    """The .tar.xz: the folder that runs, how to start it, and what puts it into a menu."""
    top = f"TwoHats-{version()}"
    extra = to.parent / "archive-extra"
    shutil.rmtree(extra, ignore_errors=True)
    _add_share(extra / "share")
    _write(extra / "README.txt", _READ_ME.format(version=version(), name=NAME))
    _write(extra / "channel", "tar\n")
    (extra / "sbom.json").write_bytes(bill)
    _set_all_modes(extra)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(to, "w:xz", preset=level, format=tarfile.PAX_FORMAT) as made:
        for folder in (bundle.folder, extra):
            for file in sorted(one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir()):
                made.add(file, f"{top}/{file.relative_to(folder).as_posix()}", filter=_undated)
    shutil.rmtree(extra)
    return to


def _add_share(share: Path) -> None:
    """The desktop entry, the metainfo, the type of file and the icons, as freedesktop.org has them lie."""
    _write(share / "applications" / f"{NAME}.desktop", (HERE / f"{NAME}.desktop").read_text(encoding="utf-8"))
    _write(share / "metainfo" / f"{NAME}.metainfo.xml", _filled(f"{NAME}.metainfo.xml.in"))
    _write(share / "mime" / "packages" / f"{NAME}.xml", (HERE / f"{NAME}.mime.xml").read_text(encoding="utf-8"))
    icons.make_pngs(share / "icons" / "hicolor", NAME)
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(icons.SOURCE, scalable / f"{NAME}.svg")


def _filled(template: str) -> str:
    text = (HERE / template).read_text(encoding="utf-8")
    date = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    return text.replace("@VERSION@", version()).replace("@DATE@", date)


def _gzipped(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _undated(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.mtime, info.uid, info.gid, info.uname, info.gname = epoch(), 0, 0, "root", "root"
    return info


def _set_all_modes(folder: Path) -> None:
    program = folder / INSTALLED / "twohats"
    set_modes(folder)
    if program.exists():
        program.chmod(0o755)
        os.utime(program, (epoch(), epoch()))
