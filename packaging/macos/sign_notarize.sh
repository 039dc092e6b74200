#!/bin/bash
# Signs Two Hats.app from the inside out, has Apple look at it, and makes the disk image, signed and looked at too.
#
#   packaging/macos/sign_notarize.sh "dist/macos/Two Hats.app" build/macos/staged/entitlements.plist dist/TwoHats-0.1.0.dmg
#
# SIGN_IDENTITY     "Developer ID Application: ..." in the keychain; "-" signs ad hoc, for trials, and nothing is notarized
# NOTARY_PROFILE    what `xcrun notarytool store-credentials` was told to keep them as
set -euo pipefail

app=$1
entitlements=$2
image=$3
here=$(cd "$(dirname "$0")" && pwd)
identity=${SIGN_IDENTITY:?"set SIGN_IDENTITY, or - for a trial"}

sign() {
    if [ "$identity" = "-" ]; then
        codesign --force --options runtime --sign - "$@"
    else
        codesign --force --options runtime --timestamp --sign "$identity" "$@"
    fi
}

notarize() {
    [ "$identity" = "-" ] && return 0
    xcrun notarytool submit "$1" --keychain-profile "${NOTARY_PROFILE:?}" --wait --timeout 30m
}

staple() {
    [ "$identity" = "-" ] && return 0
    xcrun stapler staple "$1"
}

# Inside out, never --deep: libraries first, then frameworks, then the program with its entitlements.
find "$app/Contents" -type f \( -name "*.dylib" -o -name "*.so" \) -print0 |
    while IFS= read -r -d '' file; do sign "$file"; done
find "$app/Contents/Frameworks" -type d -name "*.framework" -prune -print0 2>/dev/null |
    while IFS= read -r -d '' framework; do sign "$framework"; done
sign --entitlements "$entitlements" "$app"
codesign --verify --strict --deep --verbose=2 "$app"

# ditto keeps the links inside frameworks; a zip that follows them breaks the signature.
packed=$(mktemp -d)/TwoHats.zip
ditto -c -k --keepParent "$app" "$packed"
notarize "$packed"
staple "$app"

tries=0
until dmgbuild --settings "$here/dmg_settings.py" -D app="$app" "Two Hats" "$image"; do
    tries=$((tries + 1))
    [ "$tries" -lt 5 ] || exit 1 # hdiutil says "Resource busy" now and then
    sleep 5
done
sign "$image"
notarize "$image"
staple "$image"
if [ "$identity" != "-" ]; then
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
