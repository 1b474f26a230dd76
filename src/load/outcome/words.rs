//! Numbers as people read them.

/// A duration of `micros` in the unit that needs the fewest digits: `850 us`, `12.3 ms`, `1.5 s`.
pub fn duration(micros: u64) -> String {
    let number = micros as f64;
    match micros {
        0..1_000 => format!("{micros} us"),
        1_000..1_000_000 => format!("{} ms", short(number / 1e3)),
        1_000_000..60_000_000 => format!("{} s", short(number / 1e6)),
        _ => format!("{} min", short(number / 6e7)),
    }
}

/// A count with a space between thousands: `1 234 567`.
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes: `812 B`, `1.2 kB`, `3.4 MB`.
pub fn bytes(bytes: u64) -> String {
    let number = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", short(number / 1e3)),
        1_000_000..1_000_000_000 => format!("{} MB", short(number / 1e6)),
        _ => format!("{} GB", short(number / 1e9)),
    }
}

/// Three digits, without zeros at the end.
pub fn short(number: f64) -> String {
    let places = match number.abs() {
        low if low < 10.0 => 2,
        low if low < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{number:.places$}");
    if places == 0 {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
