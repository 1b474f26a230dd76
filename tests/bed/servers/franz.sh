# A second registry, independent of Apicurio, at the root path: plain, guarded, and with TLS. Sourced.
# shellcheck shell=bash disable=SC2154

. "$BED/lib/certificates.sh"

prepare() { certificates "$RUN/certificates"; }

serve() {
    local certificates="$RUN/certificates"
    exec "$CACHE/franz-$FRANZ_VERSION/franz" "127.0.0.1:$(port PLAIN)" \
        "127.0.0.1:$(port GUARDED)" "127.0.0.1:$(port TLS)" \
        "$certificates/server.pem" "$certificates/server.key"
}

answers() {
    curl -sf "http://127.0.0.1:$(port PLAIN)/subjects" && listens "$(port GUARDED)" &&
        listens "$(port TLS)"
}

endpoints() {
    cat <<EOF
FRANZ=http://127.0.0.1:$(port PLAIN)
FRANZ_AUTH=http://127.0.0.1:$(port GUARDED)
FRANZ_TLS=https://127.0.0.1:$(port TLS)
FRANZ_TOKEN=bed-token
FRANZ_USER=bed
FRANZ_PASSWORD=bed-secret
EOF
}
