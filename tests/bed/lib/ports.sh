# Free ports of 127.0.0.1, kept for the run so that a restarted server is found again. Sourced.
#
# They lie below the range from which the kernel gives ports to connections: a server that is down
# for a moment finds its port free when it comes back.

# Prints the port of the name $1 in $DIR; the first call of a start chooses it.
port() {
    local file="$DIR/ports/$1"
    [ -f "$file" ] || {
        mkdir -p "$DIR/ports"
        free_port >"$file"
    }
    cat "$file"
}

free_port() {
    # Two servers that start at once must not choose the same.
    (
        flock 7
        python3 - "$RUN" <<'PY'
import glob, random, socket, sys

taken = {open(path).read().strip() for path in glob.glob(sys.argv[1] + "/*/ports/*")}
taken.update(open(sys.argv[1] + "/.ports").read().split())
while True:
    port = random.randint(20000, 32000)
    if str(port) in taken:
        continue
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    break
with open(sys.argv[1] + "/.ports", "a") as file:
    print(port, file=file)
print(port)
PY
    ) 7>>"$RUN/.ports"
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
