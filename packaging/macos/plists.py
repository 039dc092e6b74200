"""What macOS reads of the program: Info.plist and the entitlements that it runs with."""

import plistlib

from version import version

IDENTIFIER = "org.twohats.TwoHats"
OLDEST_MACOS = "14.0"
_EXPORT_TYPE = "org.twohats.export"

ENTITLEMENTS = {
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
}
"""Beside the hardened runtime: libffi, by which Python's ctypes calls, writes code into memory. Nothing else is
loosened: every library inside is signed anew with the program's own certificate, so that their team is the same."""


def info() -> dict[str, object]:
    """https://developer.apple.com/documentation/bundleresources/information-property-list, read 2026-11-23."""
    return {
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleName": "Two Hats",
        "CFBundleDisplayName": "Two Hats",
        "CFBundleExecutable": "twohats",
        "CFBundleIconFile": "twohats.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleDevelopmentRegion": "en",
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticTermination": False,
        "NSHumanReadableCopyright": "The Two Hats authors. Apache License 2.0. Uses Qt under the LGPL, version 3.",
        "CFBundleURLTypes": [
            {"CFBundleURLName": IDENTIFIER, "CFBundleURLSchemes": ["twohats"], "CFBundleTypeRole": "Viewer"}
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Two Hats export",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [_EXPORT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": _EXPORT_TYPE,
                "UTTypeDescription": "Two Hats export",
                "UTTypeConformsTo": ["public.data", "public.zip-archive"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["twohats"],
                    "public.mime-type": ["application/vnd.twohats.export"],
                },
            }
        ],
    }


def entitlements() -> bytes:
    """As codesign takes them."""
    return plistlib.dumps(ENTITLEMENTS)
