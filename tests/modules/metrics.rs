use std::net::TcpListener;

use kafkaefd::context::{Context, Located};
use kafkaefd::host;
use kafkaefd::settings::Settings;

use crate::support::{Kafkaefd, get};

fn context() -> Context {
    let locate = |settings: &Settings| {
        Ok(Located { endpoints: settings.endpoints.clone(), keep: Vec::new() })
    };
    Context::new(Settings::default(), Box::new(locate))
}

#[test]
fn shows_the_metrics_of_the_run_with_help_and_type() {
    let engine = host::build(&context());
    let address: String = engine
        .eval(
            r#"
            metrics::counter("sent_total", "Records sent").add(3);
            metrics::gauge("lag_records", "Records not read").set(-2);
            let times = metrics::summary("step_seconds", "Time of one step");
            times.observe(0.5);
            times.observe(1);
            metrics::histogram("wait_seconds", "Waiting", [1, 2]).observe(1.5);
            metrics::serve(0)
            "#,
        )
        .unwrap();
    let (head, body) = get(&address, "/metrics");
    assert!(head.starts_with("HTTP/1.0 200 OK"), "{head}");
    assert!(head.contains("content-type: text/plain; version=0.0.4"), "{head}");
    insta::assert_snapshot!(body, @r#"
    # HELP lag_records Records not read
    # TYPE lag_records gauge
    lag_records -2
    # HELP sent_total Records sent
    # TYPE sent_total counter
    sent_total 3
    # HELP step_seconds Time of one step
    # TYPE step_seconds summary
    step_seconds_sum 1.5
    step_seconds_count 2
    # HELP wait_seconds Waiting
    # TYPE wait_seconds histogram
    wait_seconds_bucket{le="1"} 0
    wait_seconds_bucket{le="2"} 1
    wait_seconds_bucket{le="+Inf"} 1
    wait_seconds_sum 1.5
    wait_seconds_count 1
    "#);
    assert_eq!(get(&address, "/healthz").1, "ok\n");
    assert_eq!(get(&address, "/readyz").1, "ready\n");
}

#[test]
fn a_metric_is_found_again_by_its_name() {
    let engine = host::build(&context());
    let value: f64 = engine
        .eval(
            r#"
            metrics::counter("turns_total", "Turns").inc();
            metrics::counter("turns_total", "Turns").inc();
            metrics::counter("turns_total", "Turns").value
            "#,
        )
        .unwrap();
    assert!((value - 2.0).abs() < f64::EPSILON);
}

#[test]
fn mistakes_say_what_is_wrong() {
    let engine = host::build(&context());
    let message = |script: &str| {
        let script = format!("let m = (); try {{ {script} }} catch (e) {{ m = e.message }} m");
        engine.eval::<String>(&script).unwrap()
    };
    assert_eq!(
        message(r#"metrics::counter("a", "A"); metrics::gauge("a", "A")"#),
        "cannot make the gauge `a`: the run has a metric of that name"
    );
    assert_eq!(
        message(r#"metrics::counter("b", "B").add(-1)"#),
        "cannot add -1 to a counter: a counter only rises"
    );
    assert_eq!(
        message(r#"metrics::gauge("c", "C").set("high")"#),
        "cannot measure a string: give a number"
    );
    assert_eq!(
        message("metrics::serve(70000)"),
        "cannot serve metrics on port 70000: it is 0 to 65535"
    );
}

#[test]
fn a_given_port_that_is_taken_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = Kafkaefd::new()
        .file("serve.rhai", &format!("metrics::serve({port});\n"))
        .args(["run", "serve.rhai"])
        .stdout("")
        .code(1);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let start = format!("error: cannot serve metrics on 127.0.0.1:{port}: ");
    assert!(stderr.starts_with(&start), "{stderr}");
    assert!(stderr.contains("choose another port, or 0 for a free one"), "{stderr}");
}

#[test]
fn the_default_port_gives_way_when_it_is_taken() {
    // If this fails somebody else has the port, which is as good.
    let _taken = TcpListener::bind("127.0.0.1:9092");
    let output = Kafkaefd::new()
        .file("serve.rhai", "print(metrics::serve());\n")
        .args(["run", "serve.rhai"])
        .success();
    let address = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let note =
        format!("note: port 9092 is taken: metrics are at http://{}/metrics\n", address.trim());
    assert_eq!(stderr, note);
}
