//! The components whose messages carry an index.

/// Indexed according to `SALSubsystems.xml` of 2019 or of 2026, by name. Needed where a message is
/// read with a schema of the layout `kafkaefd`, which does not tell.
const INDEXED: [&str; 26] = [
    "ATDome",
    "AlarmRule",
    "DIMM",
    "DREAM",
    "DSM",
    "EAS",
    "ESS",
    "Electrometer",
    "FiberSpectrograph",
    "GCHeaderService",
    "GenericCamera",
    "Guider",
    "Hexapod",
    "LaserTracker",
    "LinearStage",
    "MTAirCompressor",
    "MTHexapod",
    "MTVMS",
    "OCPS",
    "PMD",
    "PointingComponent",
    "Scheduler",
    "Script",
    "ScriptQueue",
    "Sensors",
    "Test",
];

/// Whether `component` is known to be indexed.
pub fn is_indexed(component: &str) -> bool {
    INDEXED.binary_search(&component).is_ok()
}
