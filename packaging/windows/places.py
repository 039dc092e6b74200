"""Where the parts of the Windows build lie, and which Python it is for."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCK = HERE.parent / "locks" / "windows.txt"
RUNTIME_LOCK = HERE / "runtime.lock"
SIGNERS = HERE / "signers.toml"

PYTHON_MINOR = "3.13"
PYTHON_NAME = "python" + PYTHON_MINOR.replace(".", "")
"""As the runtime's library is called: python313(.dll, .zip, ._pth)."""

WHEEL_CHOICE = (
    "--only-binary=:all:",
    "--platform=win_amd64",
    f"--python-version={PYTHON_MINOR}",
    "--implementation=cp",
    f"--abi=cp{PYTHON_MINOR.replace('.', '')}",
    "--abi=abi3",
    "--abi=none",
)


class BuildRefused(Exception):
    """Why nothing is built, in a sentence."""
