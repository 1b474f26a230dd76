# Apicurio Registry, in memory unless STORAGE names a database, with the API of Confluent's registry
# under a path. Sourced.
# shellcheck shell=bash disable=SC2154

serve() {
    exec java "${JVM[@]}" -Xmx384m \
        -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$(port HTTP)" \
        -Dquarkus.http.access-log.enabled=false -Dquarkus.log.level=WARN \
        ${STORAGE:+"-Dapicurio.datasource.url=$STORAGE"} \
        -Dapicurio.rest.deletion.group.enabled=true \
        -Dapicurio.rest.deletion.artifact.enabled=true \
        -Dapicurio.rest.deletion.artifact-version.enabled=true \
        -jar "$CACHE/apicurio-$APICURIO_VERSION/apicurio-registry-app-$APICURIO_VERSION-runner.jar"
}

answers() { curl -sf "http://127.0.0.1:$(port HTTP)/apis/ccompat/v7/subjects"; }

endpoints() {
    echo "APICURIO=http://127.0.0.1:$(port HTTP)/apis/ccompat/v7"
    # Its own API, which its Connect converter speaks.
    echo "APICURIO_CORE=http://127.0.0.1:$(port HTTP)/apis/registry/v2"
}
