# Certificates of a run: made once, valid for two days. Sourced.

# Makes in folder $1, as PEM:
#   ca.pem, ca.key          the authority of the servers
#   other-ca.pem            an authority that signed nothing here
#   server.pem              chain and key for 127.0.0.1 and localhost
#   elsewhere.pem           chain and key for a host of another name
#   client.pem, client.key  a client, CN=observer
certificates() {
    mkdir -p "$1"
    (
        # Two servers that start at once must not both make them.
        flock 6
        [ -f "$1/.done" ] || make_certificates "$1" >"$1/.log" 2>&1
    ) 6>"$1/.lock"
}

make_certificates() {
    cd "$1"
    authority ca "Test bed"
    authority other-ca "Another authority"
    signed server "CN=127.0.0.1" "IP:127.0.0.1,DNS:localhost"
    signed elsewhere "CN=elsewhere.invalid" "DNS:elsewhere.invalid"
    signed client "CN=observer" "DNS:observer"
    # A PEM store of Kafka is one file.
    cat server.key >>server.pem
    cat elsewhere.key >>elsewhere.pem
    touch .done
}

authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 \
        -subj "/CN=$2" -addext basicConstraints=critical,CA:TRUE \
        -addext keyUsage=critical,keyCertSign,cRLSign
}

signed() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/$2"
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
        -extfile "$1.ext" -out "$1.pem"
    rm "$1.csr" "$1.ext"
}
