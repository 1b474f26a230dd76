//! The page in a real browser, where there is one.

use std::fs;
use std::process::Command;
use std::time::Duration;

use kafkaefd::load::report::page;
use wait_timeout::ChildExt;

use crate::load::plot::outcome;

/// The names under which Chromium is installed.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
/// A browser on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(180);

#[test]
fn chromium_shows_the_pictures() {
    let is_there = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    let Some(browser) = BROWSERS.into_iter().find(is_there) else {
        println!("SKIPPED: no Chromium to look at the report with");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (file, dom) = (folder.path().join("report.html"), folder.path().join("dom.html"));
    fs::write(&file, page(&outcome())).unwrap();
    let mut running = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .stdout(fs::File::create(&dom).unwrap())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let ended = running.wait_timeout(PATIENCE).unwrap();
    if ended.is_none() {
        running.kill().unwrap();
        running.wait().unwrap();
    }
    let seen = fs::read_to_string(&dom).unwrap();
    assert!(ended.is_some_and(|status| status.success()), "{browser} ended with {ended:?}: {seen}");
    // Each picture for paper and for telephones.
    assert_eq!(seen.matches("<figure>").count(), 3, "{seen}");
    assert_eq!(seen.matches("viewBox=\"0 0 760 280\"").count(), 3, "{seen}");
    assert_eq!(seen.matches("viewBox=\"0 0 360 240\"").count(), 3, "{seen}");
    assert_eq!(seen.matches("<path class=\"line line-").count(), 10 + 5, "{seen}");
    assert!(seen.contains("<title>200 ms to 500 ms: 20</title>"), "{seen}");
}
