#!/bin/sh
# Puts together an AAR for Android: the classes, and the library for all four ABIs.
#
# NOT RUN where this project is developed: it takes an Android NDK, which is not there. What comes before it is: the same
# library and the same Kotlin code are built and tested by `cargo xtask kotlin`.
#
# It needs: cargo-ndk (`cargo install cargo-ndk`), ANDROID_NDK_HOME, the four Rust targets
# (`rustup target add aarch64-linux-android armv7-linux-androideabi i686-linux-android x86_64-linux-android`), Maven and zip.
set -eu
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
out=$PWD/target/android
: "${ANDROID_NDK_HOME:?is not set: the folder of the Android NDK}"

rm -rf "$out"
mkdir -p "$out/jni"
. ../small.sh
# Functions with the same code are one; what the loader has to move is packed. Pages of 16 KiB, which newer devices have, are the NDK's own default from
# r28 on; older ones are told.
flags="-C link-arg=-Wl,--icf=all -C link-arg=-Wl,--pack-dyn-relocs=android -C link-arg=-Wl,-z,max-page-size=16384"
# shellcheck disable=SC2086 # They are words.
(cd "$root" && RUSTFLAGS="$flags" cargo ndk \
    --platform 24 --target arm64-v8a --target armeabi-v7a --target x86 --target x86_64 --output-dir "$out/jni" \
    build $SMALL_STD --profile mobile --package servanda-mobile)

# The classes do not depend on the ABI: they are those that the tests have run with.
(cd "$root" && cargo xtask kotlin package -DskipTests)
cp target/servanda-kotlin-*.jar "$out/classes.jar"
cat > "$out/AndroidManifest.xml" <<'MANIFEST'
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="servanda">
    <uses-sdk android:minSdkVersion="26" />
</manifest>
MANIFEST
# JNA finds its methods by name.
cat > "$out/proguard.txt" <<'RULES'
-keep class com.sun.jna.** { *; }
-keep class servanda.** { *; }
-dontwarn java.awt.**
RULES
: > "$out/R.txt"
(cd "$out" && zip -q -r ../servanda.aar AndroidManifest.xml classes.jar jni proguard.txt R.txt)
echo "target/servanda.aar; an app needs net.java.dev.jna:jna:5.19.1@aar and kotlinx-coroutines-android beside it"
