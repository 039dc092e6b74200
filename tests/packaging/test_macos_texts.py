"""What macOS reads of the program, made and looked over on Linux; the application itself is built on a Mac."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest
import version
from macos import application, plists

from twohats.model import wish

MACOS = version.ROOT / "packaging" / "macos"


def test_the_property_list_is_read_back_as_it_was_written() -> None:
    told = plistlib.loads(plistlib.dumps(plists.info()))
    assert told == plists.info()
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == version.version()


def test_links_and_exports_come_to_the_program() -> None:
    told = plists.info()
    (link,) = told["CFBundleURLTypes"]
    assert link["CFBundleURLSchemes"] == ["twohats"]
    (document,) = told["CFBundleDocumentTypes"]
    (kind,) = told["UTExportedTypeDeclarations"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["twohats"]
    assert wish.wish_of("twohats://draft/0123456789abcdef0123456789abcdef")


def test_nothing_but_ctypes_is_excused_from_the_hardened_runtime() -> None:
    assert plistlib.loads(plists.entitlements()) == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_script_that_signs_can_be_read_by_the_shell_and_wants_an_identity() -> None:
    script = MACOS / "sign_notarize.sh"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    ran = subprocess.run(["bash", str(script), "a", "b", "c"], capture_output=True, text=True, check=False, env={})
    assert ran.returncode != 0
    assert "SIGN_IDENTITY" in ran.stderr


def test_the_disk_image_holds_the_application_and_the_way_to_install_it() -> None:
    given = {"defines": {"app": "/made/Two Hats.app"}}
    exec(compile((MACOS / "dmg_settings.py").read_text(encoding="utf-8"), "dmg_settings.py", "exec"), given)
    assert given["files"] == ["/made/Two Hats.app"]
    assert set(given["icon_locations"]) == {"Two Hats.app", *given["symlinks"]}


@pytest.mark.skipif(sys.platform == "darwin", reason="there it is built")
def test_the_application_is_built_on_a_mac_alone(tmp_path: Path) -> None:
    from linux.bundle import BuildRefused

    with pytest.raises(BuildRefused, match="on a Mac"):
        application.make(tmp_path / "out", tmp_path / "work")


def test_a_program_is_signed_with_the_hardened_runtime_and_these_entitlements(tmp_path: Path) -> None:
    from apple_platform import certificates, macho, models, reading, signing

    contents = tmp_path / "Two Hats.app" / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Info.plist").write_bytes(plistlib.dumps(plists.info()))
    program = contents / "MacOS" / "twohats"
    program.write_bytes(macho.create_synthetic("aarch64", "executable"))
    (tmp_path / "entitlements.plist").write_bytes(plists.entitlements())
    key = certificates.generate_self_signed("Two Hats trial", profile="developer-id-application")
    (tmp_path / "trial.p12").write_bytes(key.to_p12("trial"))
    signing.sign(
        contents.parent,
        signer=models.Signer(p12=models.P12Key(tmp_path / "trial.p12", password="trial")),
        entitlements_xml_file=tmp_path / "entitlements.plist",
        code_signature_flags=["runtime"],
        timestamp_url="none",
    )
    told = reading.read_signature(program)
    assert "RUNTIME" in str(told)
    assert "allow-unsigned-executable-memory" in str(told)
    assert reading.code_directory_identifier(told) == plists.IDENTIFIER
    assert reading.verify_macho(program) == []
