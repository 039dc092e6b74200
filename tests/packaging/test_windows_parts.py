"""What goes into the Windows program, who must have signed it, and when a build is refused."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from windows import fetch, setup, signing, trim
from windows.places import LOCK, PYTHON_MINOR, BuildRefused

LOCKED = [line.split("==")[0] for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line]


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/translations/qtbase_de.qm",
        "onnxruntime/capi/onnxruntime_pybind11_state.pyd",
        "numpy/typing/__init__.py",
        "keyring/backends/Windows.py",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "numpy-2.5.5.dist-info/licenses/LICENSE.txt",
        "twohats/resources/tagger/model.onnx",
    ],
)
def test_what_the_program_needs_goes_in(path: str) -> None:
    assert trim.is_wanted(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/opengl32sw.dll",
        "PySide6/QtQuick.pyd",
        "PySide6/Qt6Qml.dll",
        "PySide6/designer.exe",
        "PySide6/translations/designer_de.qm",
        "PySide6/plugins/imageformats/qpdf.dll",
        "onnxruntime/capi/onnxruntime.dll",
        "onnxruntime/tools/symbolic_shape_infer.py",
        "numpy/_core/tests/test_umath.py",
        "numpy/_core/lib/npymath.lib",
        "numpy-2.5.5.dist-info/RECORD",
        "shiboken6-6.11.3.dist-info/licenses/LicenseRef-Qt-Commercial.txt",
    ],
)
def test_what_it_does_without_stays_out(path: str) -> None:
    assert not trim.is_wanted(path)


def test_every_package_is_locked_by_hash_and_the_windows_keyring_among_them() -> None:
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert all(" --hash=sha256:" in line for line in lines)
    assert {"pywin32-ctypes", "pyside6-essentials", "onnxruntime", "tokenizers", "sqlcipher3"} <= set(LOCKED)
    assert not {"secretstorage", "jeepney", "huggingface-hub"} & set(LOCKED)


def test_a_release_is_refused_while_no_python_is_named_for_it(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match="too old to be given to people"):
        fetch.runtime(tmp_path, is_for_release=True)


def lock_file(folder: Path, python: str, archive: bytes) -> Path:
    lock = folder / "runtime.lock"
    told = f'python = "{python}"\nurl = "https://www.python.org/ftp/embed.zip"\nsha256 = "{digest(archive)}"\n'
    lock.write_text(f"[release]\n{told}", encoding="utf-8")
    return lock


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_release_takes_the_archive_that_its_hash_names(tmp_path: Path) -> None:
    (tmp_path / "embed.zip").write_bytes(b"an archive")
    lock = lock_file(tmp_path, f"{PYTHON_MINOR}.9", b"an archive")

    found = fetch.runtime(tmp_path, is_for_release=True, lock=lock)

    assert found == fetch.Runtime(tmp_path / "embed.zip", f"{PYTHON_MINOR}.9", is_for_release=True)


def test_a_python_that_the_wheels_are_not_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match="the wheels are for"):
        fetch.runtime(tmp_path, is_for_release=True, lock=lock_file(tmp_path, "3.10.1", b""))


def portable_executable(told: bytes = b"") -> bytes:
    """As little as is needed to be taken for one."""
    return b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0" + told


def known(**unsigned: str) -> signing.Known:
    return signing.Known(frozenset({"Somebody"}), {name.replace("_", "."): value for name, value in unsigned.items()})


def test_a_binary_that_nobody_signed_and_nobody_named_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.dll").write_bytes(portable_executable())

    with pytest.raises(BuildRefused, match=r"a\.dll"):
        signing.sign_what_is_ours(tmp_path, frozenset(), known())


def test_a_binary_hidden_behind_another_ending_stops_it_too(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(portable_executable())

    with pytest.raises(BuildRefused, match=r"picture\.png"):
        signing.sign_what_is_ours(tmp_path, frozenset(), known())


def test_a_named_binary_that_changed_stops_it(tmp_path: Path) -> None:
    (tmp_path / "a.dll").write_bytes(portable_executable(b"changed"))

    with pytest.raises(BuildRefused, match=r"a\.dll"):
        signing.sign_what_is_ours(tmp_path, frozenset(), known(a_dll=digest(portable_executable())))


def test_a_named_binary_that_is_gone_stops_it(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match=r"not there, or signed by now: gone\.dll"):
        signing.sign_what_is_ours(tmp_path, frozenset(), known(gone_dll=digest(b"")))


def test_without_anything_to_sign_with_nothing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(signing.COMMAND, raising=False)
    monkeypatch.delenv(signing.TEST_KEY, raising=False)
    (tmp_path / "TwoHats.exe").write_bytes(portable_executable())

    with pytest.raises(BuildRefused, match="Nothing to sign with"):
        signing.sign_what_is_ours(tmp_path, frozenset({"TwoHats.exe"}), known())


def test_every_unsigned_file_is_named_with_a_reason_and_comes_from_a_locked_package() -> None:
    signing.known()  # refuses an entry without a reason
    told = signing.SIGNERS.read_text(encoding="utf-8")
    packages = [line.split('"')[1] for line in told.splitlines() if line.startswith("package = ")]

    assert packages
    assert set(packages) <= set(LOCKED)


def test_the_lists_for_the_set_up_name_each_file_once_and_remove_no_folder_whole(tmp_path: Path) -> None:
    files = ["TwoHats.exe", "lib/a/b.pyc", "lib/a$b.pyc"]

    install, remove = setup.lists(tmp_path, files)

    assert install.count("File ") == remove.count("Delete ") == len(files)
    assert 'Delete "$INSTDIR\\lib\\a$$b.pyc"' in remove
    assert remove.index('RMDir "$INSTDIR\\lib\\a"') < remove.index('RMDir "$INSTDIR\\lib"\n')
    assert "/r" not in remove


def test_the_embeddable_zip_and_the_whole_cpython_are_both_understood(tmp_path: Path) -> None:
    from windows import stage
    from windows.places import PYTHON_NAME

    archive = tmp_path / "python-embed.zip"
    beside = ["python.exe", f"{PYTHON_NAME}.dll", "python3.dll", f"{PYTHON_NAME}.zip", "_ssl.pyd", "_wmi.pyd"]
    with zipfile.ZipFile(archive, "w") as made:
        for name in [*beside, "libcrypto-3.dll", "vcruntime140.dll", f"{PYTHON_NAME}._pth"]:
            made.writestr(name, b"")

    stage.take_runtime(stage.unpack_runtime(archive, tmp_path / "unpacked"), tmp_path / "stage")

    there = {file.relative_to(tmp_path / "stage").as_posix() for file in (tmp_path / "stage").rglob("*.*")}
    assert there == {
        f"{PYTHON_NAME}.dll", "python3.dll", f"{PYTHON_NAME}.zip", "DLLs/_ssl.pyd", "DLLs/libcrypto-3.dll",
    }  # fmt: skip
