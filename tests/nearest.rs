//! What a misspelt word was meant to be.

use kafkaefd::nearest::nearest;

#[test]
fn the_closest_word_is_suggested() {
    let near = |word: &str, known: &[&'static str]| nearest(word, known.iter().copied());
    assert_eq!(near("vlaue", &["count", "value"]), Some("value"), "two letters swapped");
    assert_eq!(near("WEATHER", &["Dome", "Weather"]), Some("Weather"), "the case counts nothing");
    assert_eq!(near("tme", &["me", "time", "table"]), Some("time"), "the first letter decides");
    assert_eq!(near("mont", &["mount-a", "mount"]), Some("mount"), "fewest mistakes win");
    assert_eq!(
        near("obzervatri", &["observatory"]),
        Some("observatory"),
        "three of eleven letters"
    );
    assert_eq!(near("zz", &["zürich"]), None, "letters are counted, not bytes");
    assert_eq!(near("ab", &["ac", "ad"]), Some("ac"), "the earlier of two");
    assert_eq!(near("heartbeat", &["status", "open"]), None, "nothing is close");
    assert_eq!(near("c", &["a", "b"]), None, "nothing of it is right");
    assert_eq!(near("word", &[]), None);
}
