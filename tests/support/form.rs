//! How large a test of endurance is: short with every run of the suite, full on demand.

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
