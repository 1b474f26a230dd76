# What Kafka's nodes have in common. Sourced.
# shellcheck shell=bash disable=SC2154

# Prints properties for internal topics of $1 copies, of which $2 are in sync.
shared_properties() {
    cat <<EOF
# A topic that is not there is an error.
auto.create.topics.enable=false
offsets.topic.replication.factor=$1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=$1
transaction.state.log.min.isr=$2
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor=$1
share.coordinator.state.topic.min.isr=$2
share.coordinator.state.topic.num.partitions=3
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000

# One machine for all: few threads, small buffers.
num.network.threads=2
num.io.threads=4
background.threads=4
log.cleaner.dedupe.buffer.size=2097152
EOF
}

# Formats the storage of the node in $DIR for the cluster $1, unless it has one; the rest are
# further arguments.
format() {
    [ ! -f "$DIR/data/meta.properties" ] || return 0
    local cluster="$1"
    shift
    set -- -t "$cluster" -c "$DIR/server.properties" "$@"
    (LOG_LEVEL=error kafka_class 128 kafka.tools.StorageTool format "$@") >"$DIR/format.log" 2>&1 ||
        { cat "$DIR/format.log" >&2; fail "cannot format the storage of $SERVER"; }
}
