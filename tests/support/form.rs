//! How large a test of endurance is: short with every run of the suite, full on demand.

use std::time::Duration;

/// `short`, or `full` where `KAFKAEFD_FORM=full`: the sizes of a test that has two forms.
///
/// ```text
/// KAFKAEFD_FORM=full cargo test --release --test suite -- stream::reliability::kills --nocapture
/// ```
pub fn size<T>(short: T, full: T) -> T {
    match std::env::var("KAFKAEFD_FORM").as_deref() {
        Err(_) | Ok("short") => short,
        Ok("full") => full,
        Ok(other) => panic!("KAFKAEFD_FORM is short or full, not {other}"),
    }
}

/// How long something may take for which a goal sets a limit: as long in the full form, which has a
/// machine for itself; many times as long in the short one, which any busy machine runs.
pub fn limit(goal: Duration) -> Duration {
    size((12 * goal).min(Duration::from_secs(240)), goal)
}

/// The size that the variable `name` asks for in place of `usual`, for forms of any length.
pub fn given(name: &str, usual: u64) -> u64 {
    let wanted = std::env::var(name).ok();
    wanted.map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name}={text}")))
}

/// Prints what was measured; in the full form past the capture of the test runner.
pub fn report(line: &str) {
    use std::io::Write as _;
    if size(false, true) {
        let _ = writeln!(std::io::stderr(), "{line}");
    } else {
        println!("{line}");
    }
}
