# Servers as processes: in a session of their own, known by pid and start time. Sourced.
#
# A server is a file servers/NAME.sh, which defines
#   needs      prints the servers that must answer first
#   prepare    writes the configuration into $DIR
#   serve      becomes the server
#   answers    whether it answers
#   endpoints  prints its KEY=VALUE lines

. "$BED/lib/ports.sh"
. "$BED/lib/java.sh"

# What `up` starts unless told otherwise.
SERVERS=(kafka apicurio franz influxdb prometheus connect)

# The servers "$@", with the nodes of kafka3 in its place.
expand() {
    local server
    for server in "$@"; do
        if [ "$server" = kafka3 ]; then echo kafka3-1 kafka3-2 kafka3-3; else echo "$server"; fi
    done
}

# Reads the server $1.
load() {
    SERVER="$1"
    DIR="$RUN/$1"
    needs() { :; }
    prepare() { :; }
    mkdir -p "$DIR"
    # shellcheck source=/dev/null
    . "$BED/servers/$1.sh"
}

# When the process $1 started, in ticks since boot; nothing where there is none. With it another
# process that got the pid later is not taken for the server.
born() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# Whether the server in folder $1 runs.
alive() {
    local pid start
    [ -f "$1/pid" ] && read -r pid start <"$1/pid" && [ -n "$start" ] &&
        [ "$(born "$pid")" = "$start" ]
}

# Starts the loaded server.
launch() {
    rm -f "$DIR/endpoints"
    setsid bash -c ". '$BED/lib/common.sh'; . '$BED/lib/server.sh'
        load '$SERVER'; cd '$DIR'; serve" </dev/null >"$DIR/log" 2>&1 9>&- &
    echo "$! $(born $!)" >"$DIR/pid"
}

# Waits until the loaded server answers.
await() {
    local deadline=$((SECONDS + PATIENCE))
    until answers >/dev/null 2>&1; do
        if ! alive "$DIR"; then
            tail -n 30 "$DIR/log" >&2
            fail "$SERVER ended; its log is $DIR/log"
        elif [ "$SECONDS" -ge "$deadline" ]; then
            tail -n 30 "$DIR/log" >&2
            fail "$SERVER did not answer within $PATIENCE s; its log is $DIR/log"
        fi
        sleep 0.2
    done
}

# Stops the server in folder $1 with all it started: gently for 10 s, then for good.
halt() {
    local pid start deadline=$((SECONDS + 10))
    alive "$1" || return 0
    read -r pid start <"$1/pid"
    rm -f "$1/endpoints"
    kill -TERM -- "-$pid" 2>/dev/null || true
    while alive "$1" && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
    while alive "$1"; do sleep 0.05; done
    rm -f "$1/pid"
}

# Writes the endpoints of the loaded server, and with them those of all that run. A reader sees the
# old file or the new one.
publish() {
    local folder
    [ -z "${SERVER:-}" ] || endpoints >"$DIR/endpoints"
    (
        flock 8
        for folder in "$RUN"/*/; do
            if alive "$folder" && [ -f "$folder/endpoints" ]; then cat "$folder/endpoints"; fi
        done >"$RUN/.endpoints"
        mv "$RUN/.endpoints" "$RUN/endpoints"
    ) 8>"$RUN/.publish"
}
