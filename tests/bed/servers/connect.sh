# A distributed worker of Kafka Connect. Sourced.
# shellcheck shell=bash disable=SC2154

. "$BED/lib/fetch.sh"

needs() { echo kafka; }

prepare() {
    local kafka store
    mkdir -p "$DIR/plugins"
    ln -sfn "$CACHE/converter-$CONVERTER_VERSION" "$DIR/plugins/converter"
    ln -sfn "$CACHE/sink-$(sink_version)" "$DIR/plugins/sink"
    kafka="$(sed -n 's/^KAFKA=//p' "$RUN/kafka/endpoints")"
    {
        cat <<EOF
bootstrap.servers=$kafka
group.id=bed-connect
listeners=http://127.0.0.1:$(port HTTP)
rest.advertised.host.name=127.0.0.1
key.converter=org.apache.kafka.connect.storage.StringConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
value.converter.schemas.enable=false
plugin.path=$DIR/plugins
plugin.discovery=only_scan
connector.client.config.override.policy=All
offset.flush.interval.ms=1000
# One worker: nobody else is waited for.
scheduled.rebalance.max.delay.ms=0
EOF
        for store in offset config status; do
            echo "$store.storage.topic=_bed-connect-$store"
            echo "$store.storage.replication.factor=1"
        done
        echo offset.storage.partitions=1
        echo status.storage.partitions=1
    } >"$DIR/connect.properties"
}

serve() {
    kafka_class 384 org.apache.kafka.connect.cli.ConnectDistributed "$DIR/connect.properties"
}

# It listens before it has read what connectors there are; then it answers this.
answers() { curl -sf -m 5 "http://127.0.0.1:$(port HTTP)/connectors"; }

endpoints() {
    echo "CONNECT=http://127.0.0.1:$(port HTTP)"
    echo "AVRO=$CACHE/converter-$CONVERTER_VERSION/*:$KAFKA_LIB/*"
}
