//! How numbers in a unit move: the one table of it.

use super::signal::Signal;

/// One quantity: the ways its unit is spelt, in lower case, and how it moves.
type Row = (&'static [&'static str], Signal);

const TABLE: &[Row] = &[
    // Temperature, humidity and other shares.
    (&["deg_c", "degc", "deg c", "°c", "celsius", "c"], Signal::walk(0.0, 25.0)),
    (&["kelvin", "k"], Signal::walk(250.0, 320.0)),
    (&["%", "percent", "pct"], Signal::walk(0.0, 100.0)),
    // Angles, and how fast they change.
    (&["deg", "degree", "degrees"], Signal::walk(0.0, 360.0)),
    (&["rad", "radian", "radians"], Signal::walk(0.0, 6.25)),
    (&["arcsec", "arcsecond", "arcseconds"], Signal::walk(-60.0, 60.0)),
    (&["deg/s", "deg / s", "deg/second", "degrees/second"], Signal::walk(-3.0, 3.0)),
    (&["arcsec/s", "arcsec / s", "arcsec / second"], Signal::walk(-15.0, 15.0)),
    (&["deg/s2", "deg/s^2", "deg/second^2", "deg/s3", "deg/s^3"], Signal::walk(-1.0, 1.0)),
    (&["rpm", "min-1"], Signal::walk(0.0, 3000.0)),
    (&["rpm/s"], Signal::walk(-100.0, 100.0)),
    (&["hz", "hertz"], Signal::walk(0.0, 100.0)),
    // Durations and counts.
    (&["s", "second", "seconds"], Signal::walk(0.0, 60.0)),
    (&["ms", "millisecond", "milliseconds"], Signal::walk(0.0, 1000.0)),
    (&["min", "minute", "minutes"], Signal::walk(0.0, 60.0)),
    (&["h", "hour", "hours"], Signal::walk(0.0, 24.0)),
    (&["day", "days"], Signal::walk(0.0, 31.0)),
    (&["year", "years"], Signal::walk(0.0, 100.0)),
    (&["count", "counts", "step", "steps"], Signal::Count { first: 0.0, step: 1.0 }),
    (&["pixel", "pixels"], Signal::walk(0.0, 4096.0)),
    (&["adu", "electron", "electrons"], Signal::walk(0.0, 65_535.0)),
    (&["gbyte"], Signal::walk(0.0, 1000.0)),
    // Electricity.
    (&["v", "volt", "volts"], Signal::walk(0.0, 24.0)),
    (&["mv"], Signal::walk(0.0, 1000.0)),
    (&["a", "amp", "amps", "ampere"], Signal::walk(0.0, 10.0)),
    (&["ma", "milliampere"], Signal::walk(0.0, 1000.0)),
    (&["w", "watt", "watts", "va"], Signal::walk(0.0, 1000.0)),
    (&["kw", "kw * h", "w * h"], Signal::walk(0.0, 100.0)),
    // Pressure: of the air on the mountain, of vessels, of vacuum.
    (&["pa", "pascal"], Signal::walk(72_000.0, 76_000.0)),
    (&["hpa", "mbar"], Signal::walk(720.0, 760.0)),
    (&["kpa"], Signal::walk(72.0, 76.0)),
    (&["bar"], Signal::walk(0.0, 10.0)),
    (&["psi", "psia", "psig"], Signal::walk(0.0, 100.0)),
    (&["torr"], Signal::walk(0.0, 0.001)),
    (&["in. h₂o"], Signal::walk(0.0, 10.0)),
    // Lengths, speeds, accelerations.
    (&["m", "meter", "meters"], Signal::walk(0.0, 100.0)),
    (&["mm", "millimeter", "millimeters"], Signal::walk(-10.0, 10.0)),
    (&["um", "micron", "microns"], Signal::walk(-100.0, 100.0)),
    (&["nm", "nanometer", "nanometers"], Signal::walk(300.0, 1100.0)),
    (&["inch"], Signal::walk(0.0, 10.0)),
    (&["km"], Signal::walk(0.0, 100.0)),
    (&["m/s", "m / s", "meter/second"], Signal::walk(0.0, 20.0)),
    (&["mm/s", "um/s"], Signal::walk(-10.0, 10.0)),
    (&["km / second"], Signal::walk(-30.0, 30.0)),
    (&["m/s2", "m/s^2", "g0"], Signal::walk(-10.0, 10.0)),
    // Forces, masses, flows.
    (&["n", "newton", "newtons"], Signal::walk(-1000.0, 1000.0)),
    (&["n m", "newton*meter"], Signal::walk(-100.0, 100.0)),
    (&["kg"], Signal::walk(0.0, 100.0)),
    (&["l/min", "lpm", "liter/min", "liter/minute", "gallon/min"], Signal::walk(0.0, 50.0)),
    (&["m3/h"], Signal::walk(0.0, 100.0)),
    (&["mg/m3", "ug/m3"], Signal::walk(0.0, 100.0)),
    (&["mag"], Signal::walk(0.0, 25.0)),
];

/// How numbers in `unit` move, as interfaces spell it; none where the unit is in no table.
pub fn of_unit(unit: &str) -> Option<Signal> {
    let unit = unit.trim().to_lowercase();
    let row = TABLE.iter().find(|(spellings, _)| spellings.contains(&unit.as_str()));
    row.map(|(_, signal)| *signal)
}
