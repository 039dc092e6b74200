"""Writes packaging/locks/windows.txt anew: `python -m windows.lock`, in packaging/. Needs the network, and takes the
newest versions that pyproject.toml allows; what came is to be read in the diff before it is committed."""

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from windows.places import LOCK, PYTHON_MINOR, ROOT, WHEEL_CHOICE

LEFT_OUT = {
    "huggingface-hub": "tokenizers fetches models with it; ours is in the program",
    "protobuf": "onnxruntime's tools read models with it; the runtime does not",
    "flatbuffers": "as protobuf",
}
"""Named as needed by a package, and not needed by what we use of it: name and why."""

_HEAD = f"""# What the Windows program is made of: CPython {PYTHON_MINOR}, x86-64. By `python -m windows.lock`.
# Left out, though a package names it:
"""


def main() -> int:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        # pip judges markers by the system it runs on: what only Windows needs is named, what only Linux needs is left.
        fetch = ["pip", "download", "--quiet", *WHEEL_CHOICE, "--dest", folder, *wanted, "pywin32-ctypes"]
        subprocess.run([sys.executable, "-m", *fetch], check=True)
        wheels = {canonicalize_name(parse_wheel_filename(one.name)[0]): one for one in Path(folder).glob("*.whl")}
        lines = [_line(wheels[name]) for name in sorted(_reached(wanted, wheels))]
    left = "".join(f"#   {name}: {why}\n" for name, why in LEFT_OUT.items())
    LOCK.write_text(_HEAD + left + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines)} packages in {LOCK}")
    return 0


def _reached(wanted: list[str], wheels: dict[str, Path]) -> set[str]:
    environment = {
        **default_environment(),
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "python_version": PYTHON_MINOR,
        "python_full_version": f"{PYTHON_MINOR}.0",
        "extra": "",
    }
    found: set[str] = set()
    waiting = [Requirement(line) for line in wanted]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in found or name in LEFT_OUT or (one.marker and not one.marker.evaluate(environment)):
            continue
        found.add(name)
        waiting += _required_by(wheels[name])
    return found


def _required_by(wheel: Path) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as opened:
        told = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(opened.read(told).decode("utf-8"))
    return map(Requirement, headers.get_all("Requires-Dist") or ())


def _line(wheel: Path) -> str:
    name, version, *_ = parse_wheel_filename(wheel.name)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


if __name__ == "__main__":
    sys.exit(main())
