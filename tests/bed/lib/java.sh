# Java with small costs: these servers do little, and several run side by side. Sourced.

KAFKA_LIB="$CACHE/kafka-$KAFKA_VERSION"
JVM=(-Xms64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto)

# Becomes the class of Kafka's jars $2, with at most $1 MB of heap and the arguments after it.
kafka_class() {
    local heap="$1"
    shift
    exec java "${JVM[@]}" "-Xmx${heap}m" ${JVM_OPTIONS:-} -Djava.awt.headless=true \
        -Dorg.slf4j.simpleLogger.defaultLogLevel="${LOG_LEVEL:-warn}" \
        -Dorg.slf4j.simpleLogger.showDateTime=true \
        -Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS -cp "$KAFKA_LIB/*" "$@"
}
