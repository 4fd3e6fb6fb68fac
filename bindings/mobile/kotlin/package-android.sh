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
# Without what of SQLite no ledger uses; functions with the same code are one; what the loader has to move is packed. `cargo xtask mobile-size` says the same.
export LIBSQLITE3_FLAGS="-USQLITE_ENABLE_FTS3 -USQLITE_ENABLE_FTS3_PARENTHESIS -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE \
-USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_STAT4 -USQLITE_ENABLE_LOAD_EXTENSION -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_JSON"
small="-C link-arg=-Wl,--icf=all -C link-arg=-Wl,--pack-dyn-relocs=android"
# Pages of 16 KiB, which newer devices have, are the NDK's own default from r28 on; older ones are told.
(cd "$root" && RUSTFLAGS="$small -C link-arg=-Wl,-z,max-page-size=16384" cargo ndk \
    --platform 24 --target arm64-v8a --target armeabi-v7a --target x86 --target x86_64 --output-dir "$out/jni" \
    build --profile mobile --package servanda-mobile)

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
