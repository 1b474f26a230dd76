//! Sizes on the command line.

/// The bytes that `text` stands for: a whole number with B, KiB, MiB or GiB, or without a unit.
pub fn parse(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        _ => return Err("a size is a whole number with B, KiB, MiB or GiB: 512MiB".to_owned()),
    };
    let number: usize = number.parse().map_err(|_| "a size begins with a number: 512MiB")?;
    number.checked_mul(1 << shift).ok_or_else(|| "the size is too large".to_owned())
}
