//! Integers and the logical types, from plain values and back.

use std::str::FromStr;

use apache_avro::schema::{DecimalSchema, InnerDecimalSchema, Schema as Node};
use apache_avro::types::Value;
use apache_avro::{BigDecimal, Days, Decimal, Duration, Millis, Months, Uuid};

use super::encode::{entries, got};
use super::error::Mismatch;
use super::schema::kind_word;

/// The integer in `value`, of whatever width or logical type.
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Int(i) | Value::Date(i) | Value::TimeMillis(i) => Some(i64::from(*i)),
        Value::Long(i)
        | Value::TimeMicros(i)
        | Value::TimestampMillis(i)
        | Value::TimestampMicros(i)
        | Value::TimestampNanos(i)
        | Value::LocalTimestampMillis(i)
        | Value::LocalTimestampMicros(i)
        | Value::LocalTimestampNanos(i) => Some(*i),
        _ => None,
    }
}

/// Fits a plain value to an integer or a logical type; anything else is a mismatch of types.
pub(super) fn fit(node: &Node, value: &Value) -> Result<Value, Mismatch> {
    let mismatch = || Mismatch::expected(&kind_word(node), got(value));
    if let Some(wrap) = wrapper(node) {
        let number = integer(value).ok_or_else(mismatch)?;
        return wrap(number)
            .ok_or_else(|| Mismatch::new(format!("{number} is out of the range of int")));
    }
    match (node, value) {
        (Node::Decimal(def), _) => decimal(def, value).map(Value::Decimal),
        (Node::BigDecimal, _) => {
            let text = decimal_text(value).ok_or_else(mismatch)?;
            let number = BigDecimal::from_str(&text)
                .map_err(|_| Mismatch::new(format!("{text:?} is no decimal number")))?;
            Ok(Value::BigDecimal(number))
        }
        (Node::Uuid(_), Value::Uuid(_)) | (Node::Duration(_), Value::Duration(_)) => {
            Ok(value.clone())
        }
        (Node::Uuid(_), Value::String(text)) => Uuid::parse_str(text)
            .map(Value::Uuid)
            .map_err(|_| Mismatch::new(format!("{text:?} is no UUID"))),
        (Node::Duration(_), Value::Map(_) | Value::Record(_)) => duration(value),
        _ => Err(mismatch()),
    }
}

/// The logical value a plain reader expects: integers for times, strings for decimals and UUIDs.
pub(super) fn plain(node: Option<&Node>, value: Value) -> Value {
    match (&value, node) {
        (Value::Decimal(number), Some(Node::Decimal(def))) => {
            let bytes = <Vec<u8>>::try_from(number).unwrap_or_default();
            match unscaled(&bytes) {
                Some(digits) => Value::String(scaled(digits, def.scale)),
                // More digits than 128 bits hold: the bytes as they are.
                None => Value::Bytes(bytes),
            }
        }
        (Value::BigDecimal(number), _) => Value::String(number.to_string()),
        (Value::Uuid(id), _) => Value::String(id.to_string()),
        (Value::Duration(span), _) => Value::Record(
            [
                ("months", u32::from(span.months())),
                ("days", u32::from(span.days())),
                ("millis", u32::from(span.millis())),
            ]
            .map(|(name, count)| (name.to_owned(), Value::Long(i64::from(count))))
            .into(),
        ),
        (Value::Int(_) | Value::Long(_), _) => value,
        _ => integer(&value).map_or(value, Value::Long),
    }
}

type Wrap = fn(i64) -> Option<Value>;

fn wrapper(node: &Node) -> Option<Wrap> {
    Some(match node {
        Node::Int => |i| i32::try_from(i).ok().map(Value::Int),
        Node::Date => |i| i32::try_from(i).ok().map(Value::Date),
        Node::TimeMillis => |i| i32::try_from(i).ok().map(Value::TimeMillis),
        Node::Long => |i| Some(Value::Long(i)),
        Node::TimeMicros => |i| Some(Value::TimeMicros(i)),
        Node::TimestampMillis => |i| Some(Value::TimestampMillis(i)),
        Node::TimestampMicros => |i| Some(Value::TimestampMicros(i)),
        Node::TimestampNanos => |i| Some(Value::TimestampNanos(i)),
        Node::LocalTimestampMillis => |i| Some(Value::LocalTimestampMillis(i)),
        Node::LocalTimestampMicros => |i| Some(Value::LocalTimestampMicros(i)),
        Node::LocalTimestampNanos => |i| Some(Value::LocalTimestampNanos(i)),
        _ => return None,
    })
}

fn decimal_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Double(x) if x.is_finite() => Some(x.to_string()),
        Value::Float(x) if x.is_finite() => Some(x.to_string()),
        Value::BigDecimal(number) => Some(number.to_string()),
        _ => integer(value).map(|i| i.to_string()),
    }
}

/// A decimal of `def.scale` digits after the point; up to 38 digits, as 128 bits hold.
fn decimal(def: &DecimalSchema, value: &Value) -> Result<Decimal, Mismatch> {
    if let Value::Bytes(bytes) | Value::Fixed(_, bytes) = value {
        return Ok(Decimal::from(bytes));
    }
    let text = decimal_text(value).ok_or_else(|| Mismatch::expected("decimal", got(value)))?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let wrong = || {
        let (precision, scale) = (def.precision, def.scale);
        Mismatch::new(format!(
            "{text:?} is no decimal of {precision} digits, {scale} of them after the point"
        ))
    };
    if part.len() > def.scale || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let digits = format!("{whole}{part:0<scale$}", scale = def.scale);
    let number: i128 = digits.parse().map_err(|_| wrong())?;
    if number.unsigned_abs().to_string().len() > def.precision {
        return Err(wrong());
    }
    let bytes = shortest(number);
    match &def.inner {
        InnerDecimalSchema::Fixed(fixed) if bytes.len() > fixed.size => Err(wrong()),
        _ => Ok(Decimal::from(bytes)),
    }
}

/// Two's complement, big-endian, without leading bytes that only repeat the sign.
fn shortest(number: i128) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let sign = if number < 0 { 0xFF } else { 0 };
    let needed =
        |pair: &[u8]| pair.first() != Some(&sign) || (pair.last() >= Some(&0x80)) != (sign == 0xFF);
    let start = bytes.windows(2).position(needed).unwrap_or(bytes.len() - 1);
    bytes.iter().skip(start).copied().collect()
}

fn unscaled(bytes: &[u8]) -> Option<i128> {
    let negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let fill = if negative { 0xFF } else { 0 };
    let spare = 16usize.checked_sub(bytes.len())?;
    let mut wide = [fill; 16];
    wide.iter_mut().skip(spare).zip(bytes).for_each(|(to, from)| *to = *from);
    Some(i128::from_be_bytes(wide))
}

fn scaled(number: i128, scale: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn duration(value: &Value) -> Result<Value, Mismatch> {
    let given = entries(value);
    let count = |name: &str| {
        let number = given.get(name).map_or(Some(0), |value| integer(value));
        number.and_then(|i| u32::try_from(i).ok()).ok_or_else(|| {
            Mismatch::new("a duration is #{ months, days, millis } of counts from 0 up")
        })
    };
    let (months, days) = (Months::new(count("months")?), Days::new(count("days")?));
    Ok(Value::Duration(Duration::new(months, days, Millis::new(count("millis")?))))
}
