//! Pictures as text.

use kafkaefd::load::Outcome;
use kafkaefd::load::plot::text;

use super::outcome;

#[test]
fn an_outcome_is_drawn_in_80_columns() {
    let drawn = text::draw(&outcome(), 80);
    let bars = "\
Records by latency (end_to_end)
    1 ms to 2 ms │█████▋ 98
    2 ms to 5 ms │█████████████████▏ 298
   5 ms to 10 ms │████████████████████████████▌ 494
  10 ms to 20 ms │█████████████████████████████████████████████████████████ 990
  20 ms to 50 ms │█████▊ 100
 50 ms to 100 ms │
100 ms to 200 ms │
200 ms to 500 ms │█▏ 20";
    assert_eq!(drawn.rsplit("\n\n").next(), Some(bars), "{drawn}");
    let ground = "    └┬───────────────┬───────────────┬───────────────┬───────────────┬\n     \
                  0 s            5 s            10 s            15 s            20 s";
    assert!(drawn.contains(ground), "{drawn}");
    assert!(drawn.contains("    │                                     ⢰⠒⣒⣒"), "{drawn}");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 80, 133, 160] {
        for line in text::draw(&outcome(), width).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    let nothing = text::draw(&Outcome::new("dome", 0), 80);
    assert_eq!(nothing, "nothing to draw: nothing was measured");
}

#[test]
fn a_single_record_is_drawn() {
    let mut one = Outcome::new("dome", 0);
    one.ended = 3;
    one.series.sent(0, 10);
    one.counts.sent = 1;
    one.histogram("acknowledged").record_micros(0);
    let drawn = text::draw(&one, 60);
    let low = format!("1 us ┤{} acknowledged\n", "⣀".repeat(40));
    assert!(drawn.contains(&low), "{drawn}");
    let bar = format!("1 us to 2 us │{} 1", "█".repeat(43));
    assert!(drawn.ends_with(&bar), "{drawn}");
}
