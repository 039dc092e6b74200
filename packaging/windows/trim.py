"""What of the runtime and of the wheels goes into the Windows program. Everything here was found by leaving it out and
running the program; the tests of the set-up run the result."""

from fnmatch import fnmatchcase

STDLIB_LEFT_OUT = (
    "test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "venv", "pydoc_data", "site-packages",
    "__phello__", "turtle.py", "__pycache__",
)  # fmt: skip
"""Top folders and files of Lib."""

# _wmi serves platform.platform() alone, which does without; it starts COM in a thread for it.
RUNTIME_LIBRARIES_LEFT_OUT = (
    "_tkinter.pyd", "tcl86t.dll", "tk86t.dll", "zlib1.dll", "_wmi.pyd", "_test*.pyd", "_ctypes_test.pyd",
    "xxlimited*.pyd",
)  # fmt: skip

C_RUNTIME_FROM = "PySide6"
C_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll")
"""Microsoft's C runtime: one copy for all, the newest, which Qt's wheel brings."""

_QT_MODULES = ("Core", "Gui", "Widgets", "Network", "Svg")

_KEPT = {
    "PySide6": (
        "PySide6/*.py",
        *(f"PySide6/Qt{name}.pyd" for name in _QT_MODULES),
        *(f"PySide6/Qt6{name}.dll" for name in _QT_MODULES),
        "PySide6/pyside6.abi3.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/plugins/styles/*.dll",
        "PySide6/plugins/iconengines/*.dll",
        "PySide6/plugins/tls/*.dll",
        "PySide6/plugins/networkinformation/*.dll",
        *(f"PySide6/plugins/imageformats/q{name}.dll" for name in ("gif", "ico", "jpeg", "svg", "webp")),
        "PySide6/translations/qtbase_*.qm",
    ),
    "shiboken6": ("shiboken6/*.py", "shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll"),
    # The .pyd holds the whole of onnxruntime; onnxruntime.dll beside it is for programs in C.
    "onnxruntime": (
        "onnxruntime/__init__.py",
        "onnxruntime/LICENSE",
        "onnxruntime/ThirdPartyNotices.txt",
        "onnxruntime/capi/*.py",
        "onnxruntime/capi/onnxruntime_pybind11_state.pyd",
        "onnxruntime/capi/onnxruntime_providers_shared.dll",  # it warns at every start without
    ),
}
"""Of these packages only what matches, path by path."""

_LEFT_OUT = (
    "*/tests/*", "*/test/*", "*.pyi", "*/py.typed", "*.lib", "*.a", "*.h", "*.hpp", "*.pxd", "*.pyx", "*.c", "*.cpp",
    "*.exe", "*.data/*",
    "numpy/f2py/*", "numpy/distutils/*", "numpy/_core/include/*", "numpy/*_tests.*.pyd", "numpy/_pyinstaller/*",
    "numpy/_core/_simd.*.pyd",
    "PIL/_imagingtk.*.pyd",
    "alembic/testing/*", "alembic/templates/*", "sqlalchemy/testing/*", "sqlalchemy/ext/mypy/*",
)  # fmt: skip

_KEPT_OF_DIST_INFO = ("METADATA", "entry_points.txt", "LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "AUTHORS*")


def is_wanted(path: str) -> bool:
    """Whether a wheel's file (with forward slashes) goes into the program."""
    first, _, rest = path.partition("/")
    if first.endswith(".dist-info"):
        if rest.endswith("LicenseRef-Qt-Commercial.txt"):
            return False  # we use Qt under the LGPL, whose text is among our resources
        return rest.startswith("licenses/") or any(fnmatchcase(rest, one) for one in _KEPT_OF_DIST_INFO)
    if first in _KEPT:
        return any(_fits(path, pattern) for pattern in _KEPT[first])
    return not any(fnmatchcase(path, pattern) for pattern in _LEFT_OUT)


def _fits(path: str, pattern: str) -> bool:
    """As in a shell: a star stands for no slash."""
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))
