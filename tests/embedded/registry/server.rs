use std::net::TcpListener;

use kafkaefd::embedded::registry::RegistryServer;
use kafkaefd::error::Explain;
use serde_json::json;

use super::Bed;

#[test]
fn a_taken_port_is_an_error_that_names_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = RegistryServer::start(port).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("cannot start the embedded registry on 127.0.0.1:{port}: the port is taken")
    );
    assert!(error.remedy().is_some());
}

#[test]
fn a_dropped_server_frees_its_port() {
    let server = RegistryServer::start(0).unwrap();
    let port: u16 = server.url().rsplit(':').next().unwrap().parse().unwrap();
    drop(server);
    RegistryServer::start(port).unwrap();
}

#[test]
fn fixed_pages_answer() {
    let bed = Bed::new();
    assert_eq!(bed.call("GET /"), json!({}));
    assert_eq!(bed.call("GET /schemas/types"), json!(["AVRO"]));
    assert_eq!(bed.call("GET /mode"), json!({ "mode": "READWRITE" }));
    let not_found = (404, 404, "HTTP 404 Not Found".to_owned());
    assert_eq!(bed.fails("GET /nowhere", None), not_found);
    let wrong = (405, 405, "HTTP 405 Method Not Allowed".to_owned());
    assert_eq!(bed.fails("PUT /subjects", None), wrong);
}
