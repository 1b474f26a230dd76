//! `time`: parsing, formatting and the rate.

use crate::support::Kafkaefd;

fn prints(script: &str, stdout: &str) {
    Kafkaefd::new()
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr("")
        .success();
}

#[test]
fn times_are_read_and_written() {
    prints(
        "print(time::parse(\"2026-01-01T01:00:00+01:00\")); print(time::parse(\"1970-01-02\"));\n\
         print(time::format(-1)); print(time::duration(\"1h30m\")); print(time::duration(\"250ms\"));",
        "1767225600000\n86400000\n1969-12-31T23:59:59.999Z\n5400.0\n0.25\n",
    );
}

#[test]
fn wrong_input_says_how_to_write_it() {
    prints(
        "for bad in [|| time::parse(\"soon\"), || time::duration(\"5 parsecs\"), || time::sleep(-1),\n\
         || time::every(0), || time::format(9223372036854775807)] {\n\
         try { bad.call() } catch (e) { print(`${e.kind}: ${e.message}`) } }",
        "invalid: cannot read the time `soon`: it is no RFC 3339 time and no day\n\
         invalid: cannot read the duration `5 parsecs`: it is no number with a unit\n\
         usage: `-1` is no number of seconds: give 0 or more\n\
         usage: cannot tick `0` times a second: give a number above 0\n\
         usage: cannot format the time 9223372036854775807: no year from -9999 to 9999\n",
    );
}

#[test]
fn a_ticker_keeps_its_rate_when_a_turn_is_late() {
    prints(
        "let watch = time::stopwatch();\n\
         for tick in time::every(2) { if tick == 0 { sleep(3); } if tick == 6 { break; } }\n\
         print(watch.elapsed >= 3.0 && watch.elapsed < 6.0);",
        "true\n",
    );
}
