# Free ports of 127.0.0.1, kept for the run so that a restarted server is found again. Sourced.
#
# They lie below the range from which the kernel gives ports to connections: a server that is down
# for a moment finds its port free when it comes back.

# Prints the port of the name $1 in $DIR; the first call of a start chooses it.
port() {
    local file="$DIR/ports/$1"
    [ -f "$file" ] || choose_port "$file"
    cat "$file"
}

# Writes a free port to the file $1, unless another process did meanwhile: servers start at once.
choose_port() {
    mkdir -p "$(dirname "$1")"
    (
        flock 7
        [ ! -f "$1" ] || exit 0
        free_port >"$1.new"
        mv "$1.new" "$1"
    ) 7>"$RUN/.ports"
}

# Prints a port that no server of the bed has and nothing listens on.
free_port() {
    python3 - "$RUN" <<'PY'
import glob, random, socket, sys

taken = {open(path).read().strip() for path in glob.glob(sys.argv[1] + "/*/ports/*")}
while True:
    port = random.randint(20000, 32000)
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    if str(port) not in taken:
        print(port)
        break
PY
}

# Whether something listens on port $1.
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Forgets the ports of the loaded server that another process took while it was down.
forget_taken_ports() {
    local file
    for file in "$DIR"/ports/*; do
        if [ -f "$file" ] && listens "$(cat "$file")"; then rm "$file"; fi
    done
}
