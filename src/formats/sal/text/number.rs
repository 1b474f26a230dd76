//! Numbers out of text, exactly rounded: the plain forms fast, eight digits at a time; any other
//! form of a double by [`any_double`].

/// Powers of ten that a double holds exactly.
const TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

const SCALE: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Eight times the digit 0.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// More digits than these may not fit 64 bits.
const MOST_DIGITS: usize = 19;

/// A double holds the millionths of numbers below this exactly: they have no more than 53 bits.
const MOST_WITH_MICROS: u64 = (1 << 53) / 1_000_000;

/// The digits of `text` from `at` on, appended to the number `start`; where they end. The number
/// is right if no more than 19 digits were read in all.
#[inline]
fn digits(text: &[u8], mut at: usize, start: u64) -> (u64, usize) {
    let mut number = start;
    loop {
        let chunk = eight(text, at);
        let values = chunk ^ ZEROS;
        let count = (non_digit_bits(values).trailing_zeros() / 8) as usize;
        if count == 8 {
            number = number.wrapping_mul(100_000_000).wrapping_add(eight_to_number(values));
            at += 8;
            continue;
        }
        if count > 0 {
            // Zeros move in before the digits: the first digit lies in the lowest byte.
            let aligned = values << (64 - 8 * count);
            number = number.wrapping_mul(SCALE[count & 7]).wrapping_add(eight_to_number(aligned));
        }
        return (number, at + count);
    }
}

/// The high bit of each byte that is no digit; bytes after the first such may be wrong.
#[inline]
fn non_digit_bits(values: u64) -> u64 {
    (values.wrapping_add(0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
}

/// The number of eight digits, one a byte, the first lowest.
#[inline]
fn eight_to_number(values: u64) -> u64 {
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    low.wrapping_add(high) >> 32
}

#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    match text.get(at..at + 8).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok()) {
        Some(bytes) => u64::from_le_bytes(bytes),
        None => last(text, at),
    }
}

#[cold]
fn last(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(rest) {
        *to = *from;
    }
    u64::from_le_bytes(bytes)
}

/// The number at `at` if it is plain (sign, digits, point, digits) and short enough to be exact,
/// and where it ends. The caller looks whether a delimiter follows.
// A call here costs as much as the work: three a value, hundreds of values a message.
#[allow(clippy::inline_always)]
#[inline(always)]
pub fn plain_double(text: &[u8], at: usize) -> Option<(f64, usize)> {
    let first = *text.get(at)?;
    let start = at + usize::from(first == b'-' || first == b'+');
    let (whole, point) = few_digits(text, start);
    let length = point - start;
    let (size, end) = if text.get(point) != Some(&b'.') {
        (exact(whole, length, 0)?, point)
    } else if let Some(micros) = six_digits(text, point + 1)
        && length <= 10
        && whole < MOST_WITH_MICROS
    {
        ((whole * 1_000_000 + micros) as i64 as f64 / 1e6, point + 7)
    } else {
        let (number, end) = digits(text, point + 1, whole);
        let decimals = end - point - 1;
        (exact(number, length + decimals, decimals)?, end)
    };
    Some((if first == b'-' { -size } else { size }, end))
}

/// The number that is all of `token`, in any form: exponents, many digits, `nan`, `inf`.
#[cold]
pub fn any_double(token: &[u8]) -> Option<f64> {
    let (sign, size) = match token {
        [b'-', size @ ..] => (-1.0_f64, size),
        [b'+', size @ ..] | size => (1.0, size),
    };
    // A second sign is none of a number.
    if matches!(size, [b'-' | b'+', ..]) {
        return None;
    }
    let value: f64 = fast_float2::parse(size).ok()?;
    Some(value.copysign(sign))
}

/// `number`, read from `all` digits, of which `decimals` stood behind the point. W. D. Clinger
/// 1990: where both operands are exact one division rounds once.
#[inline]
fn exact(number: u64, all: usize, decimals: usize) -> Option<f64> {
    let fits = (1..=MOST_DIGITS).contains(&all) && number <= 1 << 53;
    if fits { Some(number as f64 / *TEN.get(decimals)?) } else { None }
}

/// The number of exactly six digits, as `%f` writes them behind the point.
// As `plain_double`.
#[allow(clippy::inline_always)]
#[inline(always)]
fn six_digits(text: &[u8], at: usize) -> Option<u64> {
    let values = eight(text, at) ^ ZEROS;
    // The seventh byte is the first that is no digit.
    (non_digit_bits(values).trailing_zeros() == 6 * 8 + 7).then(|| eight_to_number(values << 16))
}

/// The digits of `text` from `at` on, one by one: for parts that mostly have one to four.
// As `plain_double`.
#[allow(clippy::inline_always)]
#[inline(always)]
fn few_digits(text: &[u8], mut at: usize) -> (u64, usize) {
    let mut number = 0_u64;
    while let Some(byte) = text.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(digit.into());
        at += 1;
    }
    (number, at)
}

/// The integer at `at` and where it ends; `None` where there is no digit.
#[inline]
pub fn plain_integer(text: &[u8], at: usize) -> Option<(Option<i64>, usize)> {
    let first = *text.get(at)?;
    let start = at + usize::from(first == b'-' || first == b'+');
    let (number, end) = few_digits(text, start);
    match end - start {
        0 => None,
        1..=MOST_DIGITS => {
            let value = if first == b'-' {
                0_i64.checked_sub_unsigned(number)
            } else {
                i64::try_from(number).ok()
            };
            Some((value, end))
        }
        // Leading zeros, or out of range.
        _ => {
            let digits = std::str::from_utf8(text.get(at..end)?).ok()?;
            Some((digits.parse().ok(), end))
        }
    }
}
