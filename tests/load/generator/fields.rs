//! Fields whose values somebody chose.

use std::collections::HashMap;

use apache_avro::types::Value;
use kafkaefd::error::{Failure, Kind};
use kafkaefd::load::LoadError;
use kafkaefd::load::generator::{Generator, Options, Signal, Source};

use super::{NOON, field, number, schema};

const WEATHER: &str = r#"{"type":"record","name":"Weather","fields":[
    {"name":"temperature","type":"double","units":"deg_C"},
    {"name":"sky","type":["null","string"]},
    {"name":"state","type":{"type":"enum","name":"State","symbols":["ON","OFF"]}},
    {"name":"wind","type":{"type":"record","name":"Wind","fields":[
        {"name":"speed","type":"float"},
        {"name":"gusts","type":{"type":"array","items":"float","sal_count":3}}]}}
]}"#;

fn given(fields: Vec<(&str, Source)>) -> Result<Generator, LoadError> {
    let fields: HashMap<_, _> =
        fields.into_iter().map(|(name, source)| (name.to_owned(), source)).collect();
    Generator::compile(&schema(WEATHER), Options { seed: 1, fields, ..Options::default() })
}

/// The numbers of a field over so many seconds.
fn numbers(signal: Signal, seconds: i64) -> Vec<f64> {
    let mut generator = given(vec![("temperature", Source::Signal(signal))]).unwrap();
    let record = |second| generator.value(NOON + second * 1_000_000).unwrap();
    (0..seconds).map(record).map(|record| number(field(&record, "temperature"))).collect()
}

#[test]
fn numbers_move_as_they_are_told() {
    assert_eq!(numbers(Signal::Constant(2.5), 3), [2.5, 2.5, 2.5]);
    assert_eq!(numbers(Signal::Count { first: 5.0, step: 2.0 }, 3), [5.0, 7.0, 9.0]);
    let uniform = numbers(Signal::Uniform { low: -1.0, high: 1.0 }, 2_000);
    assert!(uniform.iter().all(|number| (-1.0..=1.0).contains(number)));
    assert!(mean(&uniform).abs() < 0.1);
    let normal = numbers(Signal::Normal { mean: 10.0, deviation: 2.0 }, 5_000);
    assert!((mean(&normal) - 10.0).abs() < 0.2);
    let spread = normal.iter().map(|number| (number - 10.0).powi(2)).sum::<f64>() / 5_000.0;
    assert!((spread.sqrt() - 2.0).abs() < 0.2);
}

#[test]
fn a_walk_stays_in_its_range_and_takes_its_steps() {
    let walk = numbers(Signal::Walk { low: 0.0, high: 1.0, step: 0.25 }, 2_000);
    assert!(walk.iter().all(|number| (0.0..=1.0).contains(number)));
    assert!(walk.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= 0.25));
}

#[test]
fn a_wave_comes_back_after_its_period() {
    let wave = numbers(Signal::Sine { low: 10.0, high: 20.0, period: 8.0 }, 17);
    assert!((wave[0] - wave[8]).abs() < 1e-6 && (wave[8] - wave[16]).abs() < 1e-6);
    assert!((wave[0] + wave[4] - 30.0).abs() < 1e-6);
    assert!(wave.iter().all(|number| (10.0..=20.0).contains(number)));
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

#[test]
fn values_are_chosen_or_made() {
    let sky = ["clear", "fog"].map(|text| Value::String(text.into()));
    let made = |moment: &kafkaefd::load::generator::Moment| {
        Ok(Value::Double(moment.sequence as f64 * 1.5))
    };
    let mut generator = given(vec![
        ("sky", Source::Choice([&sky[..], &[Value::Null]].concat())),
        ("state", Source::Choice(vec![Value::String("OFF".into())])),
        ("wind.speed", Source::Made(Box::new(made))),
        ("wind.gusts", Source::Signal(Signal::Constant(9.0))),
    ])
    .unwrap();
    let mut seen = [0; 3];
    for count in 1..100 {
        let record = generator.value(NOON).unwrap();
        assert_eq!(*field(&record, "state"), Value::String("OFF".into()));
        let wind = field(&record, "wind");
        let speed = number(field(wind, "speed"));
        assert!((speed - f64::from(count) * 1.5).abs() < 1e-6, "{speed}");
        assert_eq!(*field(wind, "gusts"), Value::Array(vec![Value::Float(9.0); 3]));
        match field(&record, "sky") {
            Value::Null => seen[0] += 1,
            text if *text == sky[0] => seen[1] += 1,
            _ => seen[2] += 1,
        }
    }
    assert!(seen.iter().all(|count| *count > 5), "{seen:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let text = |text: &str| Source::Choice(vec![Value::String(text.into())]);
    for (name, source, message) in [
        (
            "temprature",
            text("x"),
            "cannot make up field `temprature` of `Weather`: there is no such field",
        ),
        (
            "temperature",
            text("warm"),
            "cannot make up field `temperature` of `Weather`: expected double, got string \"warm\"",
        ),
        (
            "sky",
            Source::Signal(Signal::Constant(1.0)),
            "cannot make up field `sky` of `Weather`: it is no number",
        ),
        (
            "sky",
            Source::Choice(vec![]),
            "cannot make up field `sky` of `Weather`: there is nothing to choose",
        ),
    ] {
        let error = given(vec![(name, source)]).err().unwrap();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_value_that_cannot_be_made_ends_with_its_reason() {
    let fails = Source::Made(Box::new(|_| Err(Failure::new(Kind::Failed, "the sensor is off"))));
    let mut generator = given(vec![("temperature", fails)]).unwrap();
    assert_eq!(
        generator.value(NOON).err().unwrap().to_string(),
        "cannot make up field `temperature` of `Weather` for record 1: the sensor is off"
    );
}

#[test]
fn a_made_value_that_does_not_fit_names_field_and_record() {
    let speed = |moment: &kafkaefd::load::generator::Moment| match moment.sequence {
        1 => Ok(Value::Long(5)),
        _ => Ok(Value::String("strong".into())),
    };
    let mut generator = given(vec![("wind.speed", Source::Made(Box::new(speed)))]).unwrap();
    generator.value(NOON).unwrap();
    assert_eq!(
        generator.value(NOON).err().unwrap().to_string(),
        "cannot make up field `wind.speed` of `Weather` for record 2: expected float, got string \
         \"strong\""
    );
}
