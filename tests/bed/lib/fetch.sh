# How each thing is fetched. Sourced.

# Runs "$2…", which fills the folder $1 of the cache, unless it has been filled.
once() {
    local folder="$CACHE/$1"
    shift
    [ ! -f "$folder/.done" ] || return 0
    say "fetching $(basename "$folder")"
    rm -rf "$folder"
    mkdir -p "$folder"
    "$@" "$folder" || fail "cannot fetch $(basename "$folder")"
    touch "$folder/.done"
}

# Installs Debian's packages: "COMMAND=PACKAGE…", those whose command is missing.
commands() {
    local pair missing=() as_root=()
    for pair in "$@"; do has "${pair%%=*}" || missing+=("${pair#*=}"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    has apt-get || fail "missing ${missing[*]}, under the names Debian gives them: install them"
    if [ "$(id -u)" -ne 0 ]; then
        has sudo && sudo -n true 2>/dev/null ||
            fail "missing: install them with 'apt-get install ${missing[*]}' as root"
        as_root=(sudo -n)
    fi
    say "installing ${missing[*]}"
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get install -qq -y --no-install-recommends "${missing[@]}")
    # The list of packages may be there already; it is fetched only where it is not.
    "${install[@]}" >/dev/null 2>&1 ||
        { "${as_root[@]}" apt-get update -qq && "${install[@]}" >/dev/null; }
}

# Fills the folder $2 with the jars of poms/$1.xml.
jars() {
    local name="$1" folder="$2"
    mvn -q -B -f "$BED/poms/$name.xml" -Dkafka="$KAFKA_VERSION" -Dslf4j="$SLF4J_VERSION" \
        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder" >&2
}

fetch_kafka() {
    commands java=openjdk-17-jre-headless mvn=maven kcat=kcat openssl=openssl python3=python3
    once "kafka-$KAFKA_VERSION" jars kafka
}
