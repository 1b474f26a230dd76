//! Certificates made for one test, and a TLS server in front of a plain one.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::{X509, X509Builder, X509Name};

/// A certificate with its key.
#[derive(Clone)]
pub struct Pair {
    certificate: X509,
    key: PKey<Private>,
}

impl Pair {
    /// A certificate authority of that name.
    pub fn authority(name: &str) -> Pair {
        make(name, None, 1)
    }

    /// A certificate for the host `name`, signed by this authority.
    pub fn sign(&self, name: &str) -> Pair {
        make(name, Some(self), 1)
    }

    /// The same, but its time was over a day ago.
    pub fn sign_expired(&self, name: &str) -> Pair {
        make(name, Some(self), -1)
    }

    /// Writes `NAME.pem` and `NAME.key` into `folder`; returns the certificate's path.
    pub fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(format!("{name}.pem"));
        fs::write(&path, self.certificate.to_pem().unwrap()).unwrap();
        let key = self.key.private_key_to_pem_pkcs8().unwrap();
        fs::write(folder.join(format!("{name}.key")), key).unwrap();
        path
    }
}

/// A certificate that ends `days` from now.
fn make(name: &str, issuer: Option<&Pair>, days: i64) -> Pair {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut subject = X509Name::builder().unwrap();
    subject.append_entry_by_text("CN", name).unwrap();
    let subject = subject.build();
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    let at = |days: i64| Asn1Time::from_unix(now + days * 86_400).unwrap();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    let serial = BigNum::from_u32(if issuer.is_some() { 2 } else { 1 }).unwrap();
    builder.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&subject).unwrap();
    builder.set_issuer_name(issuer.map_or(&subject, |i| i.certificate.subject_name())).unwrap();
    builder.set_not_before(&at(-2)).unwrap();
    builder.set_not_after(&at(days)).unwrap();
    builder.set_pubkey(&key).unwrap();
    let extension = match issuer {
        None => BasicConstraints::new().critical().ca().build().unwrap(),
        Some(issuer) => {
            let context = builder.x509v3_context(Some(&issuer.certificate), None);
            SubjectAlternativeName::new().dns(name).build(&context).unwrap()
        }
    };
    builder.append_extension(extension).unwrap();
    builder.sign(issuer.map_or(&key, |i| &i.key), MessageDigest::sha256()).unwrap();
    Pair { certificate: builder.build(), key }
}

/// A TLS server on a free port that hands each HTTP request to a plain server.
pub struct TlsFront {
    pub port: u16,
}

impl TlsFront {
    /// Shows `pair`, asks for a certificate of `clients` if given, forwards to `upstream`.
    pub fn start(pair: &Pair, clients: Option<&Pair>, upstream: &str) -> TlsFront {
        let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
        acceptor.set_private_key(&pair.key).unwrap();
        acceptor.set_certificate(&pair.certificate).unwrap();
        if let Some(authority) = clients {
            let mut store = X509StoreBuilder::new().unwrap();
            store.add_cert(authority.certificate.clone()).unwrap();
            acceptor.set_cert_store(store.build());
            acceptor.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        }
        let acceptor = Arc::new(acceptor.build());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let upstream = upstream.to_owned();
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let (acceptor, upstream) = (acceptor.clone(), upstream.clone());
                std::thread::spawn(move || serve(&acceptor, connection, &upstream));
            }
        });
        TlsFront { port }
    }
}

/// One request and its answer; a client that refuses our certificate just goes away.
fn serve(acceptor: &SslAcceptor, connection: TcpStream, upstream: &str) -> Option<()> {
    let mut client = acceptor.accept(connection).ok()?;
    let request = read_request(&mut client)?;
    let mut server = TcpStream::connect(upstream).ok()?;
    server
        .write_all(request.replacen("\r\n\r\n", "\r\nconnection: close\r\n\r\n", 1).as_bytes())
        .ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    client.write_all(&answer).ok()?;
    client.shutdown().ok()?;
    Some(())
}

fn read_request(client: &mut impl Read) -> Option<String> {
    let mut request = String::new();
    loop {
        let mut buffer = [0; 4096];
        let count = client.read(&mut buffer).ok().filter(|count| *count > 0)?;
        request.push_str(std::str::from_utf8(buffer.get(..count)?).ok()?);
        let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
        let length = |line: &str| line.strip_prefix("content-length: ")?.parse().ok();
        if body.len() >= head.lines().find_map(length).unwrap_or(0) {
            return Some(request);
        }
    }
}
