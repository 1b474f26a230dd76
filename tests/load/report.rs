//! Outcomes as pages.

mod browser;

use kafkaefd::load::Outcome;
use kafkaefd::load::report::page;

use super::plot::outcome;

/// An outcome whose names want to be more than names.
fn hostile() -> Outcome {
    let evil = "<script>alert('x')</script>\"&";
    let mut outcome = outcome();
    evil.clone_into(&mut outcome.name);
    outcome.failures.insert(format!("topic `{evil}`: no"), 3);
    outcome.parameters.insert(evil.to_owned(), evil.into());
    outcome.parameters.insert("topics".to_owned(), serde_json::json!([evil]));
    outcome.thresholds = vec!["p99 < 20ms".parse().unwrap(), "lost == 0".parse().unwrap()];
    outcome.settle();
    outcome
}

#[test]
fn names_stay_names() {
    let page = page(&hostile());
    assert!(!page.contains("<script"), "a script got in");
    assert!(page.contains("<h1>&lt;script&gt;alert('x')&lt;/script&gt;&quot;&amp;</h1>"), "{page}");
    // In the title, the headline, a failure, and a name and two values of parameters.
    assert_eq!(page.matches("&lt;script&gt;").count(), 6);
}

#[test]
fn the_verdict_comes_first() {
    let page = page(&hostile());
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text} in {page}"));
    assert!(at("<strong>Failed</strong> 1 of 2 thresholds kept") < at("<h1>"));
    let order = ["<h2>Thresholds", "<h2>Records", "<h2>Latency", "<svg", "<h2>Parameters"];
    assert!(order.windows(2).all(|two| at(two[0]) < at(two[1])));
    assert!(at("p99 &lt; 20ms") < at("lost == 0"), "what was not kept comes first");
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = page(&outcome());
    for word in ["http:", "https:", "url(", "@import", "src=", "<link", "javascript"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn an_empty_outcome_is_a_page() {
    let page = page(&Outcome::new("nothing", 0));
    assert!(page.contains("<strong>Measured</strong> no thresholds were set"), "{page}");
    assert!(!page.contains("<h2>"), "{page}");
}
