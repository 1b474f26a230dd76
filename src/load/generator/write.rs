//! Writes one record of a plan.

use std::iter::repeat_with;

use apache_avro::Uuid;
use fastrand::Rng;

use super::Moment;
use super::choice::Maker;
use super::part::{Clock, Number, Part, Voice};
use crate::error::{Failure, Kind};
use crate::formats::avro::plan::{put_bytes, put_long};
use crate::formats::avro::{Schema, encode_part};
use crate::load::LoadError;

/// What made-up text says.
const WORDS: [&str; 8] =
    ["ready", "nominal", "north", "south", "rack 1", "rack 2", "tracking", "idle"];
/// From this depth on the shortest way is taken: a schema may contain itself.
const DEEP: usize = 8;
/// Of so many values that may be null, one is.
const NULLS: u32 = 20;
/// So many items at most where the schema does not tell.
const ITEMS: usize = 4;
/// The most digits a made-up decimal has: those that 64 bits hold.
const DIGITS: u32 = 18;

/// One record on its way.
pub struct Writing<'a> {
    pub schema: &'a Schema,
    pub parts: &'a [Part],
    pub voices: &'a mut [Voice],
    pub makers: &'a mut [Maker],
    pub rng: &'a mut Rng,
    pub moment: Moment,
    /// Whether the record becomes SAL text.
    pub for_text: bool,
    pub out: &'a mut Vec<u8>,
}

impl Writing<'_> {
    /// Appends a value of the part `at`, which lies so deep.
    pub fn part(&mut self, at: usize, depth: usize) -> Result<(), LoadError> {
        let parts = self.parts;
        let Some(part) = parts.get(at) else { return Ok(()) };
        match part {
            Part::Number(number, voice) => self.numbers(*number, *voice, 1),
            Part::Record(fields) => {
                return fields.iter().try_for_each(|field| self.part(*field, depth + 1));
            }
            Part::Array(items, count) => return self.array(*items, *count, depth),
            Part::Map(values) => return self.map(*values, depth),
            Part::Union(branches, null) => return self.union(branches, *null, depth),
            Part::Made(maker) => return self.made(*maker),
            Part::Choice(written) => {
                let chosen = written.get(self.rng.usize(..written.len().max(1)));
                self.out.extend_from_slice(chosen.map_or(&[], Vec::as_slice));
            }
            Part::Time(clock) => self.time(*clock),
            Part::Enum(symbols) => put_long(self.rng.i64(0..(*symbols as i64).max(1)), self.out),
            Part::Null => {}
            Part::Boolean => self.out.push(self.rng.u8(..2)),
            Part::Words => {
                let word = self.rng.choice(WORDS).unwrap_or_default();
                put_bytes(word.as_bytes(), self.out);
            }
            Part::Text(text) => put_bytes(text.as_bytes(), self.out),
            Part::Uuid => {
                let id = Uuid::from_u128(self.rng.u128(..));
                put_bytes(
                    id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes(),
                    self.out,
                );
            }
            Part::Bytes(least, most) => {
                let count = self.rng.usize(*least..=*most);
                put_long(count as i64, self.out);
                self.bytes(count);
            }
            Part::Fixed(count) => self.bytes(*count),
            Part::Decimal(digits, size) => self.decimal(*digits, *size),
            Part::BigDecimal => {
                let mut inner = Vec::new();
                put_bytes(&self.rng.i64(0..1_000_000).to_be_bytes(), &mut inner);
                put_long(2, &mut inner);
                put_bytes(&inner, self.out);
            }
        }
        Ok(())
    }

    /// Appends as many numbers of the voice: those of one array, or the one of a field.
    fn numbers(&mut self, number: Number, voice: usize, count: usize) {
        let Some(Voice { signal, states }) = self.voices.get_mut(voice) else { return };
        let count = count.min(states.len());
        let states = states.get_mut(..count).unwrap_or_default();
        let (moment, rng, out) = (&self.moment, &mut *self.rng, &mut *self.out);
        let rounded = |value| if self.for_text { six_decimals(value) } else { value };
        match number {
            Number::Double => {
                let mut room = Room::<8>::new(count, out);
                signal.each(states, moment, rng, |value| room.put(rounded(value).to_le_bytes()));
            }
            Number::Float => {
                let mut room = Room::<4>::new(count, out);
                let bytes = |value| (rounded(value) as f32).to_le_bytes();
                signal.each(states, moment, rng, |value| room.put(bytes(value)));
            }
            // A cast keeps to the range.
            Number::Int => signal.each(states, moment, rng, |value| {
                put_long(i64::from(value.round() as i32), out);
            }),
            Number::Long => {
                signal.each(states, moment, rng, |value| put_long(value.round() as i64, out));
            }
        }
    }

    fn array(&mut self, items: usize, count: Option<usize>, depth: usize) -> Result<(), LoadError> {
        let count = match count {
            Some(count) => count,
            // Text has one item for it.
            None if self.for_text => 1,
            None if depth > DEEP => 0,
            None => self.rng.usize(1..=ITEMS),
        };
        if count > 0 {
            put_long(count as i64, self.out);
            if let Some(Part::Number(number, voice)) = self.parts.get(items) {
                self.numbers(*number, *voice, count);
            } else {
                (0..count).try_for_each(|_| self.part(items, depth + 1))?;
            }
        }
        put_long(0, self.out);
        Ok(())
    }

    fn map(&mut self, values: usize, depth: usize) -> Result<(), LoadError> {
        let count = if depth > DEEP { 0 } else { self.rng.usize(1..=ITEMS) };
        if count > 0 {
            put_long(count as i64, self.out);
            // Each key once.
            for word in WORDS.iter().take(count) {
                put_bytes(word.as_bytes(), self.out);
                self.part(values, depth + 1)?;
            }
        }
        put_long(0, self.out);
        Ok(())
    }

    fn union(
        &mut self,
        branches: &[usize],
        null: Option<usize>,
        depth: usize,
    ) -> Result<(), LoadError> {
        let any = self.rng.usize(..branches.len().max(1));
        let at = match null {
            Some(null) if depth > DEEP => null,
            Some(null) if !self.for_text && self.rng.u32(..NULLS) == 0 => null,
            // Another one instead: which makes the one behind it twice as likely.
            Some(null) if null == any => (any + 1) % branches.len().max(1),
            _ => any,
        };
        put_long(at as i64, self.out);
        branches.get(at).map_or(Ok(()), |part| self.part(*part, depth + 1))
    }

    fn made(&mut self, maker: usize) -> Result<(), LoadError> {
        let Some(Maker { field, make, node }) = self.makers.get_mut(maker) else { return Ok(()) };
        let written = make(&self.moment).and_then(|value| {
            let encoded = encode_part(self.schema, node, &value);
            encoded.map_err(|error| Failure::new(Kind::Invalid, error.reason()))
        });
        let bytes = written.map_err(|failure| LoadError::Made {
            name: self.schema.name().to_owned(),
            field: field.clone(),
            record: self.moment.sequence,
            failure: Box::new(failure),
        })?;
        self.out.extend_from_slice(&bytes);
        Ok(())
    }

    fn time(&mut self, clock: Clock) {
        const DAY: i64 = 86_400_000_000;
        let now = self.moment.now_us;
        let time = match clock {
            Clock::Date => now.div_euclid(DAY),
            Clock::OfDay(unit) => now.rem_euclid(DAY) / unit,
            Clock::Since1970(unit) => now.div_euclid(unit),
            Clock::Nanoseconds => now.saturating_mul(1_000),
        };
        put_long(time, self.out);
    }

    fn bytes(&mut self, count: usize) {
        let rng = &mut *self.rng;
        self.out.extend(repeat_with(|| rng.u8(..)).take(count));
    }

    /// Two's complement, the highest byte first (Avro specification, "decimal").
    fn decimal(&mut self, digits: u32, size: Option<usize>) {
        let number = self.rng.i64(0..10_i64.pow(digits.min(DIGITS)));
        let bytes = number.to_be_bytes();
        match size {
            None => put_bytes(&bytes, self.out),
            Some(size) => {
                let zeros = size.saturating_sub(bytes.len());
                self.out.resize(self.out.len() + zeros, 0);
                self.out.extend_from_slice(&bytes[bytes.len().saturating_sub(size)..]);
            }
        }
    }
}

/// `value` with as many decimals as SAL writes.
fn six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Room for numbers of so many bytes each, made at once: an array has hundreds of them.
struct Room<'a, const SIZE: usize>(std::slice::ChunksExactMut<'a, u8>);

impl<'a, const SIZE: usize> Room<'a, SIZE> {
    fn new(count: usize, out: &'a mut Vec<u8>) -> Self {
        let start = out.len();
        out.resize(start + count * SIZE, 0);
        Room(out.get_mut(start..).unwrap_or_default().chunks_exact_mut(SIZE))
    }

    #[inline]
    fn put(&mut self, bytes: [u8; SIZE]) {
        if let Some(place) = self.0.next() {
            place.copy_from_slice(&bytes);
        }
    }
}
