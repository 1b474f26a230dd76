//! A registry that fails for a while costs time, not records.

use std::net::{SocketAddr, TcpListener};

use tokio::runtime::Runtime;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{init, transform};
use crate::support::{Running, Stack, get};

const HTML: &str = "<html><h1>It works!</h1></html>";
const WIND: &str = "/subjects/lsst.sal.Weather_wind/versions/latest";
const AIR: &str = "/subjects/lsst.sal.Weather_airConditions/versions/latest";

/// A server that stands in front of a registry, or for one.
struct Fake {
    server: MockServer,
    runtime: Runtime,
}

impl Fake {
    fn start(address: &str) -> Fake {
        let runtime = Runtime::new().unwrap();
        let listener = TcpListener::bind(address).unwrap();
        let server = runtime.block_on(MockServer::builder().listener(listener).start());
        Fake { server, runtime }
    }

    fn address(&self) -> SocketAddr {
        *self.server.address()
    }

    /// Answers once as `answer` says.
    fn once(&self, answer: ResponseTemplate) {
        let mock = Mock::given(method("GET")).and(path(WIND)).respond_with(answer);
        self.runtime.block_on(self.server.register(mock.up_to_n_times(1)));
    }

    /// Answers as `body` says from now on.
    fn always(&self, at: &str, body: &str) {
        let answer = ResponseTemplate::new(200).set_body_string(body);
        let mock = Mock::given(method("GET")).and(path(at)).respond_with(answer);
        self.runtime.block_on(self.server.register(mock));
    }
}

/// What the registry of `stack` answers.
fn schema(stack: &Stack, path: &str) -> String {
    get(stack.registry().trim_start_matches("http://"), path).1
}

fn feed(stack: &Stack, topic: &str, count: usize) {
    let script = format!(
        "let topic = sal::demo_interfaces().topic(\"{topic}\");
        let mock = sal::mock(topic);
        let producer = kafka::producer();
        for i in 0..{count} {{ producer.send(topic.text_topic, mock.text()); }}
        producer.flush();"
    );
    stack.script(&script).stderr("").success();
}

#[test]
fn an_answer_that_is_no_registrys_is_asked_for_again() {
    let stack = Stack::new();
    init(&stack).success();
    feed(&stack, "Weather_wind", 5);
    let good = schema(&stack, WIND);
    let fake = Fake::start("127.0.0.1:0");
    fake.once(ResponseTemplate::new(200).set_body_string(&good[..good.len() / 2]));
    fake.once(ResponseTemplate::new(500));
    fake.once(ResponseTemplate::new(404).set_body_string(HTML));
    fake.once(ResponseTemplate::new(200).set_body_string(HTML));
    fake.once(ResponseTemplate::new(304));
    fake.once(
        ResponseTemplate::new(404)
            .set_body_string(r#"{"error_code": 404, "message": "HTTP 404 Not Found"}"#),
    );
    fake.always(WIND, &good);
    let output = transform(&stack)
        .env("SCHEMAREGISTRY", &format!("http://{}", fake.address()))
        .stdout(
            "\
group              consumed  produced  skipped  dead_letters
Weather_command           0         0        0             0
Weather_event             0         0        0             0
Weather_logevent          0         0        0             0
Weather_telemetry         5         5        0             0
",
        )
        .success();
    let text = String::from_utf8(output.stderr).unwrap();
    // After status 500 the client asks again without a word.
    assert_eq!(text.matches("cannot process Weather_telemetry[0]@0 now").count(), 5, "{text}");
}

#[test]
fn a_registry_that_is_gone_for_a_while_is_waited_for() {
    let stack = Stack::new();
    init(&stack).success();
    let fake = Fake::start("127.0.0.1:0");
    fake.always(WIND, &schema(&stack, WIND));
    let address = fake.address().to_string();
    let home = tempfile::TempDir::new().unwrap();
    let url = format!("http://{address}");
    let line = ["saltransform", "run", "--subsystem", "Weather", "--prometheus-port", "0"];
    let servers = ["--broker", stack.broker(), "--registry", &url];
    let from = ["--auto-offset-reset", "earliest"];
    let mut running = Running::start(home.path(), &[&line[..], &servers[..], &from[..]].concat());
    feed(&stack, "Weather_wind", 1);
    let arrived = r#"print(kafka::consumer("TOPIC").read().offset);"#;
    stack.script(&arrived.replace("TOPIC", "lsst.sal.Weather_wind")).stdout("0\n").success();

    drop(fake);
    feed(&stack, "Weather_airConditions", 1);
    let said = running.says("cannot process Weather_telemetry[0]@1 now");
    assert!(said.contains("connection refused"), "{said}");
    let fake = Fake::start(&address);
    fake.always(AIR, &schema(&stack, AIR));
    stack
        .script(&arrived.replace("TOPIC", "lsst.sal.Weather_airConditions"))
        .stdout("0\n")
        .success();
    let ended = running.stop("TERM");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let dead = r#"print(kafka::consumer("Weather.dead", #{ to: "end" }).read_all().len());"#;
    stack.script(dead).stdout("0\n").success();
}
