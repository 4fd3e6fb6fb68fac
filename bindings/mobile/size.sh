#!/bin/sh
# Builds the library for mobile apps, for this machine. Prints its stripped size and its largest
# parts, and fails if it is larger than the limit.
set -eu
cd "$(dirname "$0")/../.."
max=$((15 * 1024 * 1024 / 4))

. bindings/mobile/small.sh
host=$(rustc --version --verbose | sed -n 's/^host: //p')
# The linker merges functions with the same code and packs relocations. The symbols are kept only
# to tell the parts apart; stripping them changes nothing else.
cargo rustc --locked --target "$host" --profile mobile --package servanda-mobile \
    --config profile.mobile.strip=false --crate-type cdylib -- \
    -C link-arg=-Wl,--icf=all -C link-arg=-Wl,-z,pack-relative-relocs
library=${CARGO_TARGET_DIR:-target}/$host/mobile/libservanda_mobile.so

stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$library"
bytes=$(wc -c < "$stripped")

echo "stripped: $bytes bytes; the limit is $max"
echo
echo "bytes of code and data, by part:"
# A mangled name contains the name of its crate. Names without one are SQLite's, or those of the C
# parts of the standard library.
nm --print-size --defined-only --demangle "$library" | awk '
    function hex(text,   n, i) {
        n = 0
        for (i = 1; i <= length(text); i++)
            n = n * 16 + index("0123456789abcdef", tolower(substr(text, i, 1))) - 1
        return n
    }
    NF >= 4 && $3 ~ /[tTrRdD]/ {
        name = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", name)
        if (name ~ /servanda_mobile/) part = "servanda-mobile"
        else if (name ~ /servanda_core/) part = "servanda-core"
        else if (name ~ /^_?<*&?(mut )?servanda/ || name ~ /[ <]servanda::/) part = "servanda"
        else if (name ~ /uniffi/) part = "uniffi"
        else if (name ~ /rusqlite/) part = "rusqlite"
        else if (name ~ /serde/) part = "serde, serde_json"
        else if (name ~ /toml|winnow/) part = "toml"
        else if (name ~ /chrono/) part = "chrono"
        else if (name ~ /::/) part = "standard library and small crates"
        else part = "SQLite and other C"
        sum[part] += hex($2)
    }
    END { for (part in sum) printf "%9d  %s\n", sum[part], part }' | sort -rn
echo
echo "the largest symbols:"
nm --print-size --size-sort --reverse-sort --defined-only --demangle "$library" |
    head -12 | cut -c18-120

if [ "$bytes" -gt "$max" ]; then
    echo
    echo "error: the library is $((bytes - max)) bytes over the limit" >&2
    exit 1
fi
