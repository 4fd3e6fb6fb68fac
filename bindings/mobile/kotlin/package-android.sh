#!/bin/sh
# Builds an AAR for Android: the classes, and the library for all four ABIs.
#
# CI does not run this script, because it needs an Android NDK. CI does build and test the same
# library and the same Kotlin code on its own machine, with `cargo xtask kotlin`.
#
# Needs: cargo-ndk (`cargo install cargo-ndk`), ANDROID_NDK_HOME, Maven, zip, and the Rust targets
# (`rustup target add aarch64-linux-android armv7-linux-androideabi i686-linux-android \
# x86_64-linux-android`).
set -eu
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
out=$PWD/target/android
: "${ANDROID_NDK_HOME:?set it to the folder of the Android NDK}"

rm -rf "$out"
mkdir -p "$out/jni"
. ../small.sh
# The linker merges functions with the same code and packs relocations. NDK r28 and later align to
# pages of 16 KiB by default, which newer devices have; older NDKs need the flag.
flags="-C link-arg=-Wl,--icf=all -C link-arg=-Wl,--pack-dyn-relocs=android -C link-arg=-Wl,-z,max-page-size=16384"
(cd "$root" && RUSTFLAGS="$flags" cargo ndk --platform 24 \
    --target arm64-v8a --target armeabi-v7a --target x86 --target x86_64 --output-dir "$out/jni" \
    build --locked --profile mobile --package servanda-mobile)

# The classes are the same for every ABI, and the same that the tests use.
(cd "$root" && cargo xtask kotlin package -DskipTests)
cp target/servanda-kotlin-*.jar "$out/classes.jar"
cat > "$out/AndroidManifest.xml" <<'MANIFEST'
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="servanda">
    <uses-sdk android:minSdkVersion="26" />
</manifest>
MANIFEST
# JNA looks up methods by name, so R8 must keep them.
cat > "$out/proguard.txt" <<'RULES'
-keep class com.sun.jna.** { *; }
-keep class servanda.** { *; }
-dontwarn java.awt.**
RULES
: > "$out/R.txt"
(cd "$out" && zip -q -r ../servanda.aar AndroidManifest.xml classes.jar jni proguard.txt R.txt)
echo "built: target/servanda.aar"
echo "an app also needs net.java.dev.jna:jna:5.19.1@aar and kotlinx-coroutines-android"
