# One of three Kafka nodes, each broker and controller, for tests of faults. Sourced by
# servers/kafka3-N.sh, which sets NODE. Every node is in a rack of its own; topics have three copies,
# two of which must be in sync.
# shellcheck shell=bash disable=SC2154

NODES=(1 2 3)

# The address of the listener $2 of the node $1.
address() { echo "127.0.0.1:$(DIR="$RUN/kafka3-$1" && port "$2")"; }

# "$1" for each node, which $1 prints given the number, joined by commas.
each_node() {
    local node all=""
    for node in "${NODES[@]}"; do all+="$("$1" "$node"),"; done
    echo "${all%,}"
}

voter() { echo "$1@$(address "$1" CONTROLLER)"; }
broker() { address "$1" PLAINTEXT; }

prepare() {
    cat >"$DIR/server.properties" <<EOF
process.roles=broker,controller
node.id=$NODE
broker.rack=rack-$NODE
controller.quorum.voters=$(each_node voter)
listeners=PLAINTEXT://$(broker "$NODE"),CONTROLLER://$(address "$NODE" CONTROLLER)
advertised.listeners=PLAINTEXT://$(broker "$NODE")
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=$DIR/data
default.replication.factor=3
min.insync.replicas=2
$(shared_properties 3 2)
# A node that is gone is noticed soon.
broker.session.timeout.ms=6000
replica.lag.time.max.ms=6000
EOF
    format a2Fma2FlZmQtdGhyZWUtbg
}

serve() { kafka_class 256 kafka.Kafka "$DIR/server.properties"; }

# It answers once it is in the metadata that it hands out.
answers() { kcat -b "$(broker "$NODE")" -L -m 2 | grep -q "broker $NODE at $(broker "$NODE")"; }

endpoints() {
    echo "KAFKA3=$(each_node broker)"
    echo "KAFKA3_$NODE=$(broker "$NODE")"
}
