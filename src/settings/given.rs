//! What the command line, or another source, says about the settings, as it was written.

/// Values of the host's own options; an option that was not given is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// `--broker HOST:PORT[,HOST:PORT]`.
    pub broker: Option<String>,
    /// `--registry URL`.
    pub registry: Option<String>,
    /// `--kafka-connect URL`.
    pub connect: Option<String>,
    /// `--profile NAME`.
    pub profile: Option<String>,
    /// `--stack NAME`.
    pub stack: Option<String>,
    /// `--output table|json|yaml`.
    pub output: Option<String>,
    /// `--log-level debug|info|warning`.
    pub log_level: Option<String>,
}
