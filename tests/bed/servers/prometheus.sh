# Prometheus, told what to scrape by files that tests put into $PROMETHEUS_TARGETS. Sourced.
# shellcheck shell=bash disable=SC2154

prepare() {
    mkdir -p "$DIR/targets"
    cat >"$DIR/prometheus.yml" <<EOF
global:
  scrape_interval: 1s
scrape_configs:
  - job_name: bed
    file_sd_configs:
      - files: ["$DIR/targets/*.json"]
        refresh_interval: 1s
EOF
}

serve() {
    exec "$CACHE/prometheus-$PROMETHEUS_VERSION/usr/bin/prometheus" \
        --config.file="$DIR/prometheus.yml" --storage.tsdb.path="$DIR/data" \
        --web.listen-address="127.0.0.1:$(port HTTP)" --log.level=warn
}

answers() { curl -sf "http://127.0.0.1:$(port HTTP)/-/ready"; }

endpoints() {
    echo "PROMETHEUS=http://127.0.0.1:$(port HTTP)"
    echo "PROMETHEUS_TARGETS=$DIR/targets"
    echo "PROMTOOL=$CACHE/prometheus-$PROMETHEUS_VERSION/usr/bin/promtool"
}
