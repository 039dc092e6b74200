"""What goes into the program that PyInstaller makes for Linux and macOS, and what does not."""

from fnmatch import fnmatchcase
from pathlib import Path

HIDDEN = ("twohats", "keyring.backends")
"""Packages whose modules are found by name while the program runs: networks, rules, keyrings."""
METADATA = ("twohats", "keyring")
"""Distributions whose entry points are looked up while the program runs."""
EXCLUDED = [
    "tkinter", "setuptools", "pkg_resources", "distutils", "_distutils_hack", "lib2to3", "pydoc", "pydoc_data",
    "chardet", "readline", "curses", "numpy.f2py", "numpy.distutils", "numpy.testing", "sqlalchemy.testing",
    "alembic.testing", "PIL.ImageTk", "PIL._imagingtk", "PIL._tkinter_finder", "PySide6.QtOpenGL", "xmlrpc",
]  # fmt: skip
"""Never imported by the program: asked for in branches that it does not take, and by what builds it."""

HOOKS_LEFT = ("pyi_rth_pyside6", "pyi_rth_multiprocessing")
"""What PyInstaller would run at every start, and the Linux program does without."""
QT_PLUGINS = {
    "platforms": ("libqxcb", "libqwayland", "libqoffscreen", "libqminimal", "libqcocoa"),
    "imageformats": ("libqgif", "libqico", "libqjpeg", "libqsvg", "libqwebp"),
    "platformthemes": ("libqxdgdesktopportal",),
    "generic": (),
    "egldeviceintegrations": (),
    "networkinformation": ("libqglib", "libqapplenetworkinformation"),
    "wayland-graphics-integration-client": ("libqt-plugin-wayland-egl", "libshm-emulation-server"),
    "wayland-shell-integration": ("libxdg-shell",),
}
"""Of these kinds of plug-ins only these, by how their file begins; of other kinds all that PyInstaller chose."""
_DROPPED = (
    "PySide6/Qt/lib/libQt6EglF*", "PySide6/Qt/lib/libQt6OpenGL.*", "PySide6/Qt/qml/*", "*/numpy/*/tests/*",
    "alembic/templates/*", "reportlab/fonts/*.sfd", "tzdata/zoneinfo/tzdata.zi",
)  # fmt: skip


def is_wanted(path: str) -> bool:
    """Whether a file belongs into the program, by its path within it."""
    path = path.replace("\\", "/")
    parts = path.split("/")
    if "translations" in parts and "PySide6" in parts:
        return parts[-1].startswith("qtbase_")
    if "plugins" in parts and parts[-2] in QT_PLUGINS:
        return parts[-1].startswith(QT_PLUGINS[parts[-2]])
    return not any(fnmatchcase(path, pattern) for pattern in _DROPPED)


def data_of(package: Path) -> list[tuple[str, str]]:
    """Our own files that are read as files, as pairs of where each lies and the folder that it goes into."""
    steps = package / "store" / "migrations"  # alembic reads the steps of the store from there
    wanted = [*package.glob("resources/**/*"), *steps.glob("**/*.py")]
    files = [file for file in sorted(wanted) if file.is_file()]
    return [(str(file), _place_of(file.relative_to(package).parent)) for file in files]


def _place_of(folder: Path) -> str:
    return folder.as_posix() if folder.parts[0] == "resources" else f"twohats/{folder.as_posix()}"
