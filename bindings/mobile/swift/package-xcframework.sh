#!/bin/sh
# Builds ServandaFFI.xcframework in this folder: the library for iOS, its simulator and macOS.
#
# CI does not run this script, because it needs macOS with Xcode and Rust's targets for Apple. CI
# does test what it uses: the profile `mobile`, the code from UniFFI, and the package on Linux.
#
#     bindings/mobile/swift/package-xcframework.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
framework=$here/ServandaFFI.xcframework

if [ "$(uname)" != Darwin ] || ! command -v xcodebuild >/dev/null; then
    echo "error: building an XCFramework needs macOS with Xcode" >&2
    exit 1
fi

cd "$root"
triples="aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin"
# shellcheck disable=SC2086 # Each word is a target.
rustup target add $triples
. bindings/mobile/small.sh
for triple in $triples; do
    # The oldest systems that Package.swift supports.
    IPHONEOS_DEPLOYMENT_TARGET=16.0 MACOSX_DEPLOYMENT_TARGET=13.0 \
        cargo build --locked --profile mobile --package servanda-mobile --target "$triple"
done

# Write the Swift code and the C header into this package.
cargo xtask swift generate

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
library() { echo "$target/$1/mobile/libservanda_mobile.a"; }
mkdir "$work/headers" "$work/simulator" "$work/macos"
cp "$here/Sources/ServandaFFI/ServandaFFI.h" "$work/headers/"
# The framework contains the library, so the module map must not name one to link.
grep -v ' link ' "$here/Sources/ServandaFFI/module.modulemap" >"$work/headers/module.modulemap"
lipo -create "$(library aarch64-apple-ios-sim)" "$(library x86_64-apple-ios)" \
    -output "$work/simulator/libservanda_mobile.a"
lipo -create "$(library aarch64-apple-darwin)" "$(library x86_64-apple-darwin)" \
    -output "$work/macos/libservanda_mobile.a"

rm -rf "$framework"
xcodebuild -create-xcframework \
    -library "$(library aarch64-apple-ios)" -headers "$work/headers" \
    -library "$work/simulator/libservanda_mobile.a" -headers "$work/headers" \
    -library "$work/macos/libservanda_mobile.a" -headers "$work/headers" \
    -output "$framework"
echo "built: $framework"
