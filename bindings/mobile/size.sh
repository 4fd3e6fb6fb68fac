#!/bin/sh
# Builds the library as an app carries it about, for this machine, and says how large it is once it is stripped, and which parts take the most room.
# Fails if it is larger than it should be.
set -eu
cd "$(dirname "$0")/../.."
most=$((5 * 1024 * 1024 / 2))

. bindings/mobile/small.sh
host=$(rustc --version --verbose | sed -n 's/^host: //p')
# Functions with the same code are one, and what the loader has to move is packed. Symbols are what tells the parts apart; stripping changes nothing else.
# shellcheck disable=SC2086 # They are words.
cargo rustc $SMALL_STD --target "$host" --profile mobile --package servanda-mobile --config profile.mobile.strip=false --crate-type cdylib -- \
    -C link-arg=-Wl,--icf=all -C link-arg=-Wl,-z,pack-relative-relocs
library=${CARGO_TARGET_DIR:-target}/$host/mobile/libservanda_mobile.so

stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$library"
bytes=$(wc -c < "$stripped")

echo "stripped: $bytes bytes, and should be at most $most"
echo
echo "bytes of code and data, by part:"
# Names of crates as they are mangled; what has no such name is SQLite, which is C, or the C part of the standard library.
nm --print-size --defined-only --demangle "$library" | awk '
    function hex(text,   n, i) { n = 0; for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789abcdef", tolower(substr(text, i, 1))) - 1; return n }
    NF >= 4 && $3 ~ /[tTrRdD]/ {
        name = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", name)
        if (name ~ /servanda_mobile/) part = "servanda-mobile (what crosses the boundary)"
        else if (name ~ /servanda_core/) part = "servanda-core"
        else if (name ~ /^_?<*&?(mut )?servanda/ || name ~ /[ <]servanda::/) part = "servanda"
        else if (name ~ /uniffi/) part = "uniffi"
        else if (name ~ /rusqlite/) part = "rusqlite"
        else if (name ~ /serde/) part = "serde, serde_json"
        else if (name ~ /toml|winnow/) part = "toml"
        else if (name ~ /chrono/) part = "chrono"
        else if (name ~ /::/) part = "the standard library and small crates"
        else part = "SQLite, and other C"
        sum[part] += hex($2)
    }
    END { for (part in sum) printf "%9d  %s\n", sum[part], part }' | sort -rn
echo
echo "the largest single ones:"
nm --print-size --size-sort --reverse-sort --defined-only --demangle "$library" | head -12 | cut -c18-120

if [ "$bytes" -gt "$most" ]; then
    echo
    echo "that is $((bytes - most)) bytes more than it should have"
    exit 1
fi
