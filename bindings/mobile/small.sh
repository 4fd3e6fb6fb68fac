# What makes the library small enough for a pocket, for the scripts here that build it: beside the profile `mobile`, which Cargo knows by itself.
# Sourced, not run. cargo is to be called with $SMALL_STD.

# Without what of SQLite no ledger uses.
export LIBSQLITE3_FLAGS="-USQLITE_ENABLE_API_ARMOR -USQLITE_ENABLE_COLUMN_METADATA -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_FTS3 \
-USQLITE_ENABLE_FTS3_PARENTHESIS -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_LOAD_EXTENSION -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_STAT4 -USQLITE_SOUNDEX \
-DSQLITE_OMIT_AUTHORIZATION -DSQLITE_OMIT_COMPILEOPTION_DIAGS -DSQLITE_OMIT_COMPLETE -DSQLITE_OMIT_DATETIME_FUNCS -DSQLITE_OMIT_DECLTYPE \
-DSQLITE_OMIT_DEPRECATED -DSQLITE_OMIT_DESERIALIZE -DSQLITE_OMIT_GET_TABLE -DSQLITE_OMIT_INCRBLOB -DSQLITE_OMIT_JSON -DSQLITE_OMIT_LOAD_EXTENSION \
-DSQLITE_OMIT_LOCALTIME -DSQLITE_OMIT_PROGRESS_CALLBACK -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_TCL_VARIABLE -DSQLITE_OMIT_TRACE -DSQLITE_OMIT_UTF16 \
-DSQLITE_UNTESTABLE"

# Nothing unwinds through C: what Rust is called back for there, it catches itself.
export CFLAGS="${CFLAGS:-} -Oz -fno-asynchronous-unwind-tables -fno-unwind-tables"

# The standard library, compiled anew for size and without what names the lines of a backtrace, by the compiler that compiles everything else. That Cargo
# does so is not stable yet; the variable lets the stable one do it.
export RUSTC_BOOTSTRAP=1
SMALL_STD="-Zbuild-std=std,panic_unwind -Zbuild-std-features=optimize_for_size"
if [ ! -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std" ]; then
    rustup component add rust-src
fi
