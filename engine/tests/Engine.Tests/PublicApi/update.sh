#!/bin/sh
# Renews orleans-10.4.2.txt from a listing of the whole public surface of Microsoft Orleans 10.4.2 (the extract's first
# lines explain its form), for the types the extract has and those named as further arguments; -T leaves a type out.
# usage: update.sh LISTING [TYPE | -TYPE]...
set -e
cd "$(dirname "$0")"
listing=$1
shift
{
    sed -n 's/^T \([^ ]*\) .*/\1/p' orleans-10.4.2.txt
    for type in "$@"; do echo "$type"; done
} | awk '
    NR == FNR { if (sub(/^-/, "")) out[$1]; else wanted[$1]; next }
    /^#/ { print; next }
    {
        name = $2
        if ($1 == "M" || $1 == "P" || $1 == "F" || $1 == "E") {
            sub(/\(.*/, "", name)
            sub(/\.[^.]*$/, "", name)
        }
        if (name in wanted && !(name in out)) print
    }' - "$listing" > orleans-10.4.2.new
mv orleans-10.4.2.new orleans-10.4.2.txt
