# InfluxDB 1.x. Sourced.
# shellcheck shell=bash disable=SC2154

serve() {
    export INFLUXDB_HTTP_BIND_ADDRESS="127.0.0.1:$(port HTTP)"
    export INFLUXDB_BIND_ADDRESS="127.0.0.1:$(port RPC)"
    export INFLUXDB_META_DIR="$DIR/meta" INFLUXDB_DATA_DIR="$DIR/data"
    export INFLUXDB_DATA_WAL_DIR="$DIR/wal" INFLUXDB_REPORTING_DISABLED=true
    export INFLUXDB_MONITOR_STORE_ENABLED=false INFLUXDB_HTTP_LOG_ENABLED=false
    # Nothing of the machine's own configuration.
    export INFLUXDB_CONFIG_PATH=/dev/null
    exec "$CACHE/influxdb-$INFLUXDB_VERSION/usr/bin/influxd" run
}

answers() { curl -sf "http://127.0.0.1:$(port HTTP)/ping" -o /dev/null; }

endpoints() {
    echo "INFLUXDB=http://127.0.0.1:$(port HTTP)"
    # Its own client: influx -host 127.0.0.1 -port PORT -execute QUERY.
    echo "INFLUX=$CACHE/influxdb-client-$INFLUXDB_VERSION/usr/bin/influx"
}
