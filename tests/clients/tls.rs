//! TLS and authentication, from `kafkaefd.toml` to a server that insists on them.

use std::net::TcpListener;

use kafkaefd::embedded::broker::Broker;
use kafkaefd::embedded::registry::RegistryServer;
use tempfile::TempDir;

use crate::support::Kafkaefd;
use crate::support::tls::{Pair, TlsFront};

/// A registry behind TLS, and a folder with certificates.
struct Bed {
    folder: TempDir,
    registry: RegistryServer,
    front: TlsFront,
}

impl Bed {
    fn start(authority: &Pair, server: &Pair, clients: Option<&Pair>) -> Bed {
        let folder = TempDir::new().unwrap();
        authority.write(folder.path(), "ca");
        Pair::authority("other").write(folder.path(), "other");
        let registry = RegistryServer::start(0).unwrap();
        let url = registry.url();
        let plain = url.trim_start_matches("http://").trim_end_matches('/');
        let front = TlsFront::start(server, clients, plain);
        Bed { folder, registry, front }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.front.port)
    }

    /// A script that registers a schema, with `trust` as the profile's `registry_http`.
    fn register(&self, trust: &str) -> Kafkaefd {
        let folder = self.folder.path().display();
        let trust = trust.replace('@', &folder.to_string());
        let file = format!(
            "profile = 'tls'\n[profiles.tls]\nregistry = '{}'\n\
             [profiles.tls.registry_http]\n{trust}\n",
            self.url()
        );
        let script = "registry::register(\"a-value\", avro::parse(`\"string\"`));\n\
                      print(registry::subjects());\n";
        Kafkaefd::new().file("kafkaefd.toml", &file).file("a.rhai", script).args(["run", "a.rhai"])
    }

    fn refused(&self, trust: &str) -> String {
        let output = self.register(trust).stdout("").code(1);
        String::from_utf8(output.stderr).unwrap().replace(&self.url(), "URL")
    }
}

#[test]
fn the_right_authority_is_trusted() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), None);
    bed.register("ca = '@/ca.pem'").stdout("[\"a-value\"]\n").stderr("").success();
}

/// What stderr says when the handshake fails for `reason`.
fn untrusted(reason: &str) -> String {
    format!(
        "error: cannot register schema string under subject `a-value` at URL: {reason}\n --> a.rhai:1:11\n  \
         |\n1 | registry::register(\"a-value\", avro::parse(`\"string\"`));\n  |           ^\n\
         help: check the URL, and ca, cert and key under [profiles.NAME.registry_http] in \
         kafkaefd.toml\n"
    )
}

#[test]
fn another_authority_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), None);
    let reason = "its certificate is not trusted: unable to get local issuer certificate";
    assert_eq!(bed.refused("ca = '@/other.pem'"), untrusted(reason));
    assert_eq!(bed.refused(""), untrusted(reason), "the system does not know ours");
}

#[test]
fn another_host_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("elsewhere.example"), None);
    let reason = "its certificate is not trusted: hostname mismatch";
    assert_eq!(bed.refused("ca = '@/ca.pem'"), untrusted(reason));
}

#[test]
fn an_expired_certificate_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign_expired("localhost"), None);
    let reason = "its certificate is not trusted: certificate has expired";
    assert_eq!(bed.refused("ca = '@/ca.pem'"), untrusted(reason));
}

#[test]
fn a_server_may_ask_for_our_certificate() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), Some(&authority));
    authority.sign("me").write(bed.folder.path(), "me");
    let ours = "ca = '@/ca.pem'\ncert = '@/me.pem'\nkey = '@/me.key'";
    bed.register(ours).stdout("[\"a-value\"]\n").stderr("").success();
    let reason = "TLS failed: tlsv13 alert certificate required";
    assert_eq!(bed.refused("ca = '@/ca.pem'"), untrusted(reason));
}

#[test]
fn files_that_are_no_certificates_are_named() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), None);
    let refused = |trust, code| {
        let output = bed.register(trust).stdout("").code(code);
        let text = String::from_utf8(output.stderr).unwrap().replace(&bed.url(), "URL");
        text.lines().next().unwrap().replace(&bed.folder.path().display().to_string(), "@")
    };
    assert_eq!(
        refused("ca = '@/ca.pem'\ncert = '@/ca.pem'", 2),
        "error: cannot use the registry `URL`: a client certificate needs both `cert` and `key`"
    );
    assert_eq!(
        refused("ca = '@/ca.key'", 2),
        "error: cannot use the registry `URL`: `@/ca.key` is no certificate or key in PEM"
    );
    assert_eq!(
        refused("ca = '@/none.pem'", 2),
        "error: cannot use the registry `URL`: \
         cannot read `@/none.pem`: No such file or directory (os error 2)"
    );
}

#[test]
fn a_plain_port_says_that_it_speaks_no_tls() {
    let authority = Pair::authority("ours");
    let mut bed = Bed::start(&authority, &authority.sign("localhost"), None);
    let plain = bed.registry.url();
    bed.front.port = plain.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    let reason = "TLS failed: the server does not speak TLS";
    assert_eq!(bed.refused("ca = '@/ca.pem'"), untrusted(reason));
}

/// Asks a broker at `address` for its topics with `properties`; returns what stderr says.
fn kafka(address: &str, properties: &str) -> String {
    let file = format!(
        "profile = 'tls'\n[profiles.tls]\nbroker = '{address}'\n[profiles.tls.kafka]\n{properties}\n"
    );
    let output = Kafkaefd::new()
        .file("kafkaefd.toml", &file)
        .file("a.rhai", "kafka::topics();\n")
        .args(["run", "a.rhai"])
        .stdout("")
        .code(1);
    String::from_utf8(output.stderr).unwrap().replace(address, "BROKER")
}

#[test]
fn kafka_refuses_another_authority_and_another_host() {
    let folder = TempDir::new().unwrap();
    let authority = Pair::authority("ours");
    let ca = authority.write(folder.path(), "ca").display().to_string();
    let other = Pair::authority("other").write(folder.path(), "other").display().to_string();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let front = TlsFront::start(&authority.sign("localhost"), None, &nobody);
    let ssl = |ca: &str| format!("security.protocol = 'ssl'\nssl.ca.location = '{ca}'");
    let address = format!("localhost:{}", front.port);
    let refused = |why: &str| {
        format!(
            "error: cannot list topics of BROKER: its certificate is not trusted: {why}\n \
             --> a.rhai:1:8\n  |\n1 | kafka::topics();\n  |        ^\n\
             help: check security.protocol and the ssl.* and sasl.* properties of the profile\n"
        )
    };
    let why = "unable to get local issuer certificate";
    assert_eq!(kafka(&address, &ssl(&other)), refused(why));
    let other_host = format!("127.0.0.1:{}", front.port);
    assert_eq!(kafka(&other_host, &ssl(&ca)), refused("IP address mismatch"));
}

#[test]
fn kafka_says_that_a_port_speaks_no_tls() {
    let broker = Broker::start(0).unwrap();
    let said = kafka(&broker.bootstrap(), "security.protocol = 'ssl'");
    let expected = "error: cannot list topics of BROKER: no TLS is spoken there: it is a plaintext \
        listener, or no broker\n --> a.rhai:1:8\n  |\n1 | kafka::topics();\n  |        ^\n\
        help: check security.protocol and the ssl.* and sasl.* properties of the profile\n";
    assert_eq!(said, expected);
}
