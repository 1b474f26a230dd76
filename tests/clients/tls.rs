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
    _registry: RegistryServer,
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
        Bed { folder, _registry: registry, front }
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

#[test]
fn another_authority_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), None);
    assert_eq!(bed.refused("ca = '@/other.pem'"), "");
    assert_eq!(bed.refused(""), "");
}

#[test]
fn another_host_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("elsewhere.example"), None);
    assert_eq!(bed.refused("ca = '@/ca.pem'"), "");
}

#[test]
fn an_expired_certificate_is_refused() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign_expired("localhost"), None);
    assert_eq!(bed.refused("ca = '@/ca.pem'"), "");
}

#[test]
fn a_server_may_ask_for_our_certificate() {
    let authority = Pair::authority("ours");
    let bed = Bed::start(&authority, &authority.sign("localhost"), Some(&authority));
    authority.sign("me").write(bed.folder.path(), "me");
    let ours = "ca = '@/ca.pem'\ncert = '@/me.pem'\nkey = '@/me.key'";
    bed.register(ours).stdout("[\"a-value\"]\n").stderr("").success();
    assert_eq!(bed.refused("ca = '@/ca.pem'"), "");
    assert_eq!(bed.refused("ca = '@/ca.pem'\ncert = '@/me.pem'"), "");
    assert_eq!(bed.refused("ca = '@/me.key'"), "");
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
    assert_eq!(kafka(&address, &ssl(&other)), "");
    assert_eq!(kafka(&format!("127.0.0.1:{}", front.port), &ssl(&ca)), "");
    assert_eq!(kafka(&address, &ssl("missing.pem")), "");
}

#[test]
fn kafka_says_that_a_port_speaks_no_tls() {
    let broker = Broker::start(0).unwrap();
    assert_eq!(kafka(&broker.bootstrap(), "security.protocol = 'ssl'"), "");
}
