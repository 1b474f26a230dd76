//! The way to the registry fails, or the registry does: records wait, and none is a dead letter.

use std::time::{Duration, Instant};

use super::scene::Scene;
use crate::support::form::{limit, report, size};
use crate::support::proxy::Fault;
use crate::support::{Bed, on_bed};

const COUNT: usize = 200;

/// Twice as long as the transformer waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the transformer with messages that wait for it, while `strike` breaks the way to the
/// registry, and sees all of them arrive within `PATIENCE` after that.
fn through(bed: &Bed, strike: impl FnOnce(&Scene<'_>)) {
    Scene::play(&bed.stack(), |scene| {
        scene.prepare();
        scene.feed(0, COUNT, 200);
        // Until `strike` says what happens to it, no request gets through.
        scene.registry.fail(Fault::Hold);
        let mut transform = scene.transform("");
        strike(scene);
        let verdict = scene.judge(COUNT, limit(PATIENCE));
        report(&format!("whole after {:?}", verdict.took));
        assert_eq!(verdict.text, Scene::whole(COUNT), "{}", transform.stderr());
        assert_eq!(scene.dead_letters(), "0");
        transform.lives();
        transform.stop();
    });
}

/// The way is slow for good.
fn slow(bed: &Bed, fault: Fault) {
    through(bed, |scene| {
        scene.registry.fail(fault);
        scene.registry.struck(1);
    });
}

/// A fault strikes a number of times; then the registry is well again.
fn strikes(bed: &Bed, fault: Fault, times: usize) {
    through(bed, |scene| {
        scene.registry.fail(fault);
        scene.registry.struck(times);
        scene.registry.heal();
    });
}

/// The registry cannot be reached for a while.
fn broken(bed: &Bed, fault: Fault, lasts: Duration) {
    through(bed, |scene| {
        scene.registry.fail(fault);
        scene.registry.struck(1);
        std::thread::sleep(lasts);
        scene.registry.heal();
    });
}

/// An answer of HTTP.
fn answer(status: &str, headers: &str, body: &str) -> Fault {
    let length = body.len();
    Fault::Answer(format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    ))
}

/// The registry refuses for good: the transformer says so at once and ends.
fn refused(bed: &Bed, status: &str, words: &str) {
    Scene::play(&bed.stack(), |scene| {
        scene.prepare();
        scene.feed(0, COUNT, 200);
        scene.registry.fail(answer(status, "", ""));
        let mut transform = scene.transform("");
        scene.registry.struck(1);
        let since = Instant::now();
        assert_eq!(
            transform.ends(limit(Duration::from_secs(5))),
            Some(1),
            "{}",
            transform.stderr()
        );
        report(&format!("ended after {:?}", since.elapsed()));
        let url = scene.registry_url();
        let said = transform.stderr();
        let expected = format!(
            "error: cannot list subjects of {url}: {words}\n\
             help: give credentials that may do this under [profiles.NAME.registry_http] in \
             kafkaefd.toml\n"
        );
        assert!(said.ends_with(&expected), "{said}\n{expected}");
        assert_eq!(scene.dead_letters(), "0");
        scene.registry.heal();
        let transform = scene.transform("");
        assert_eq!(scene.judge(COUNT, limit(PATIENCE)).text, Scene::whole(COUNT));
        transform.stop();
    });
}

on_bed! {
    fn latency_of_50_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_millis(50)));
    }

    fn latency_of_500_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_millis(500)));
    }

    fn latency_of_2000_ms(bed: &Bed) {
        slow(bed, Fault::Latency(Duration::from_secs(2)));
    }

    fn a_line_of_64_kb_a_second(bed: &Bed) {
        slow(bed, Fault::Throttle(64_000));
    }

    fn a_half_open_connection(bed: &Bed) {
        broken(bed, Fault::Swallow, size(Duration::from_secs(1), Duration::from_secs(30)));
    }

    fn a_line_that_is_cut(bed: &Bed) {
        broken(bed, Fault::Hold, size(Duration::from_secs(4), Duration::from_secs(30)));
    }

    fn a_registry_that_is_gone(bed: &Bed) {
        broken(bed, Fault::Refuse, size(Duration::from_secs(3), Duration::from_secs(30)));
    }

    fn connections_that_are_reset_again_and_again(bed: &Bed) {
        through(bed, |scene| {
            scene.registry.fail(Fault::Latency(Duration::from_millis(100)));
            for _ in 0..size(10, 100) {
                scene.registry.reset();
                std::thread::sleep(Duration::from_millis(150));
            }
            scene.registry.heal();
        });
    }

    fn errors_of_the_registry(bed: &Bed) {
        let body = r#"{"error_code": 50001, "message": "Error in the backend data store"}"#;
        strikes(bed, answer("500 Internal Server Error", "", body), size(8, 20));
    }

    fn a_limit_of_requests(bed: &Bed) {
        let body = r#"{"error_code": 42901, "message": "Too many requests"}"#;
        strikes(bed, answer("429 Too Many Requests", "Retry-After: 1\r\n", body), size(3, 20));
    }

    fn an_answer_that_does_not_come(bed: &Bed) {
        // Longer than the transformer waits for it.
        let lasts = size(Duration::from_secs(11), Duration::from_secs(60));
        broken(bed, Fault::Hold, lasts);
    }

    fn an_answer_that_trickles(bed: &Bed) {
        // Slower than the transformer waits for it.
        let lasts = size(Duration::from_secs(11), Duration::from_secs(60));
        broken(bed, Fault::Throttle(20), lasts);
    }

    fn half_an_answer(bed: &Bed) {
        let body = r#"{"subject": "lsst.sal.probe", "version": 1, "id": 1, "schema": "{\"type"#;
        strikes(bed, answer("200 OK", "", body), size(4, 20));
    }

    fn a_page_of_something_else(bed: &Bed) {
        strikes(bed, answer("200 OK", "", "<html>welcome</html>"), size(4, 20));
    }

    fn an_answer_shorter_than_announced(bed: &Bed) {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"subject\": ";
        strikes(bed, Fault::Answer(text.to_owned()), size(4, 20));
    }

    fn credentials_that_are_missing(bed: &Bed) {
        refused(bed, "401 Unauthorized", "the registry asks for credentials (status 401)");
    }

    fn credentials_that_do_not_suffice(bed: &Bed) {
        refused(bed, "403 Forbidden", "the registry denies it (status 403)");
    }
}
