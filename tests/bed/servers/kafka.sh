# One Kafka node, broker and controller in one, with a listener for each way in. Sourced.
# shellcheck shell=bash disable=SC2034,SC2154

. "$BED/lib/certificates.sh"
. "$BED/lib/kafka.sh"

CLUSTER=a2Fma2FlZmQtdGVzdC1iZQ
ADMIN_PASSWORD=admin-secret
SCIENTIST_PASSWORD=scientist-secret
# Listener, its protocol and the key of its endpoint.
LISTENERS=(
    PLAINTEXT:PLAINTEXT:KAFKA
    SSL:SSL:KAFKA_SSL
    WRONG_HOST:SSL:KAFKA_SSL_WRONG_HOST
    CLIENT_CERT:SSL:KAFKA_SSL_CLIENT
    SASL_SSL:SASL_SSL:KAFKA_SASL_SSL
    SASL_PLAINTEXT:SASL_PLAINTEXT:KAFKA_SASL_PLAINTEXT
)
MECHANISMS=(PLAIN SCRAM-SHA-256 SCRAM-SHA-512 OAUTHBEARER)

prepare() {
    certificates "$RUN/certificates"
    configuration >"$DIR/server.properties"
    local arguments
    mapfile -t arguments < <(users)
    format "$CLUSTER" "${arguments[@]}"
    printf '#!/bin/sh\n%s\n' "exec java ${JVM[*]} -Xmx256m \
-Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp '$KAFKA_LIB/*' \"\$@\"" >"$DIR/tool"
    chmod +x "$DIR/tool"
}

users() {
    local hash
    for hash in SCRAM-SHA-256 SCRAM-SHA-512; do
        echo "--add-scram=$hash=[name=admin,password=$ADMIN_PASSWORD]"
        echo "--add-scram=$hash=[name=scientist,password=$SCIENTIST_PASSWORD]"
    done
}

configuration() {
    local entry name protocol listeners="" map="CONTROLLER:PLAINTEXT"
    for entry in "${LISTENERS[@]}"; do
        IFS=: read -r name protocol _ <<<"$entry"
        listeners+="$name://127.0.0.1:$(port "$name"),"
        map+=",$name:$protocol"
    done
    cat <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$(port CONTROLLER)
listeners=${listeners}CONTROLLER://127.0.0.1:$(port CONTROLLER)
advertised.listeners=${listeners%,}
listener.security.protocol.map=$map
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=$DIR/data

authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS

ssl.truststore.type=PEM
ssl.truststore.location=$RUN/certificates/ca.pem
ssl.keystore.type=PEM
ssl.keystore.location=$RUN/certificates/server.pem
listener.name.wrong_host.ssl.keystore.location=$RUN/certificates/elsewhere.pem
listener.name.client_cert.ssl.client.auth=required

sasl.enabled.mechanisms=$(IFS=,; echo "${MECHANISMS[*]}")
$(logins sasl_ssl)
$(logins sasl_plaintext)

$(shared_properties 1 1)
EOF
}

# The mechanisms of the listener $1.
logins() {
    local package=org.apache.kafka.common.security of="listener.name.$1"
    echo "$of.plain.sasl.jaas.config=$package.plain.PlainLoginModule required" \
        "user_admin=\"$ADMIN_PASSWORD\" user_scientist=\"$SCIENTIST_PASSWORD\";"
    echo "$of.scram-sha-256.sasl.jaas.config=$package.scram.ScramLoginModule required;"
    echo "$of.scram-sha-512.sasl.jaas.config=$package.scram.ScramLoginModule required;"
    # Takes tokens without a signature.
    echo "$of.oauthbearer.sasl.jaas.config=$package.oauthbearer.OAuthBearerLoginModule required;"
}

serve() {
    kafka_class 512 kafka.Kafka "$DIR/server.properties"
}

answers() { kcat -b "127.0.0.1:$(port PLAINTEXT)" -L -m 2; }

endpoints() {
    local entry name key certificates="$RUN/certificates"
    for entry in "${LISTENERS[@]}"; do
        IFS=: read -r name _ key <<<"$entry"
        echo "$key=127.0.0.1:$(port "$name")"
    done
    cat <<EOF
CA=$certificates/ca.pem
OTHER_CA=$certificates/other-ca.pem
CLIENT_CERT=$certificates/client.pem
CLIENT_KEY=$certificates/client.key
ADMIN_USER=admin
ADMIN_PASSWORD=$ADMIN_PASSWORD
SCIENTIST_USER=scientist
SCIENTIST_PASSWORD=$SCIENTIST_PASSWORD
JAVA_TOOL=$DIR/tool
PYTHON=$CACHE/$PYTHON_FOLDER/bin/python
EOF
}
