//! A registry that is busy is asked again, as long as there is time.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::fake;
use crate::support::{Fake, catching};

/// A registry that answers `count` requests with `busy`, then lists the subject `s`.
fn at_first(count: u64, busy: ResponseTemplate) -> Fake {
    let fake = fake();
    fake.mount(Mock::given(matchers::any()).respond_with(busy).up_to_n_times(count));
    let fine = ResponseTemplate::new(200).set_body_json(json!(["s"]));
    fake.mount(Mock::given(matchers::any()).respond_with(fine));
    fake
}

#[test]
fn it_is_asked_again_after_a_failure() {
    for status in [429, 500, 502, 503, 504] {
        let fake = at_first(2, ResponseTemplate::new(status));
        fake.run("print(registry::subjects());").stdout("[\"s\"]\n").success();
        assert_eq!(fake.asked().len(), 3, "{status}");
    }
}

#[test]
fn it_says_when_it_wants_to_be_asked_again() {
    let fake = at_first(1, ResponseTemplate::new(429).insert_header("retry-after", "1"));
    let start = Instant::now();
    fake.run("print(registry::subjects());").stdout("[\"s\"]\n").success();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(fake.asked().len(), 2);
}

#[test]
fn it_is_not_asked_again_past_the_time() {
    let fake = at_first(1, ResponseTemplate::new(503).insert_header("retry-after", "300"));
    let start = Instant::now();
    assert_eq!(
        fake.catches("registry::subjects(#{ timeout: 100 })"),
        "unreachable  true\ncannot list subjects of URL: the registry fails (status 503)\n\n"
    );
    assert!(start.elapsed() < Duration::from_secs(90), "it waited for nothing");
    assert_eq!(fake.asked().len(), 1);
}

#[test]
fn a_date_in_the_past_means_now() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let fake = at_first(1, ResponseTemplate::new(503).insert_header("retry-after", date));
    fake.run("print(registry::subjects());").stdout("[\"s\"]\n").success();
}

#[test]
fn a_deletion_that_may_have_been_carried_out_is_not_sent_again() {
    let fake = at_first(1, ResponseTemplate::new(500));
    assert_eq!(
        fake.catches("registry::delete(\"s\")"),
        "failed  true\ncannot delete subject `s` at URL: the registry fails (status 500)\n\n"
    );
    assert_eq!(fake.asked(), ["DELETE /subjects/s"]);
    let fake = Fake::of("--registry");
    let busy = ResponseTemplate::new(503);
    fake.mount(Mock::given(matchers::any()).respond_with(busy).up_to_n_times(1));
    fake.mount(
        Mock::given(matchers::any())
            .respond_with(ResponseTemplate::new(200).set_body_json(json!([1]))),
    );
    fake.run("print(registry::delete(\"s\"));").stdout("[1]\n").success();
}

/// A server that closes the first connection in the middle of an answer.
#[test]
fn a_connection_that_breaks_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        for answer in [
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n[\"",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n[\"s\"]",
        ] {
            let (mut client, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            assert!(client.read(&mut request).unwrap() > 0);
            client.write_all(answer.as_bytes()).unwrap();
        }
    });
    crate::support::Kafkaefd::new()
        .file("t.rhai", "print(registry::subjects());")
        .args(["--registry", &url, "run", "t.rhai"])
        .stdout("[\"s\"]\n")
        .stderr("")
        .success();
    server.join().unwrap();
}

/// The body comes drop by drop: the time limit counts for the whole answer.
#[test]
fn a_slow_body_ends_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        assert!(client.read(&mut request).unwrap() > 0);
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
        client.write_all(head.as_bytes()).unwrap();
        // Until the client has enough.
        while client.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let script = catching("registry::subjects(#{ timeout: 0.5 })");
    crate::support::Kafkaefd::new()
        .file("t.rhai", &script)
        .args(["--registry", &url, "run", "t.rhai"])
        .stdout(&format!(
            "timeout  true\ncannot list subjects of {url}: no answer within 500ms\n\n"
        ))
        .success();
    server.join().unwrap();
}

/// Ctrl-C ends the wait between two requests.
#[test]
fn a_wait_can_be_stopped() {
    let fake = at_first(9, ResponseTemplate::new(503).insert_header("retry-after", "100"));
    let home = tempfile::TempDir::new().unwrap();
    let url = fake.server.uri();
    let script = "registry::subjects(#{ timeout: 300 });";
    std::fs::write(home.path().join("t.rhai"), script).unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kafkaefd"))
        .args(["--registry", &url, "run", "t.rhai"])
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while fake.asked().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(120), "it never asked");
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(start.elapsed() < Duration::from_secs(240));
}

/// The time limit counts for each answer: a long list takes as long as it takes.
#[test]
fn a_long_list_is_described() {
    let fake = fake();
    let names: Vec<String> = (0..200).map(|number| format!("s{number:03}")).collect();
    fake.answers("GET /subjects", 200, &json!(names));
    let late = Duration::from_millis(500);
    let versions = ResponseTemplate::new(200).set_body_json(json!([1])).set_delay(late);
    fake.mount(Mock::given(matchers::path_regex("/versions$")).respond_with(versions));
    let options = "#{ versions: true, timeout: 6 }";
    fake.run(&format!("print(registry::describe_subjects({options}).len());"))
        .stdout("200\n")
        .success();
}
