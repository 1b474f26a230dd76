# Apicurio Registry that keeps what it has on disk, for tests that kill it. Sourced.
# shellcheck shell=bash disable=SC2034,SC2154

. "$BED/servers/apicurio.sh"

# What was acknowledged is there after a crash.
STORAGE="jdbc:h2:file:$DIR/data/registry;WRITE_DELAY=0"

endpoints() { echo "APICURIO_KEPT=http://127.0.0.1:$(port HTTP)/apis/ccompat/v7"; }
