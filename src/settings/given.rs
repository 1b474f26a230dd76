//! What the command line gave, before the environment, the file and the profile are looked at.

/// The raw values of the global options; none for an option that was not given.
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
    /// `--log-level debug|info|warning|error`.
    pub log_level: Option<String>,
}

impl Given {
    /// These values where they are given, those of `earlier` where not.
    #[must_use]
    pub fn or(self, earlier: Given) -> Given {
        Given {
            broker: self.broker.or(earlier.broker),
            registry: self.registry.or(earlier.registry),
            connect: self.connect.or(earlier.connect),
            profile: self.profile.or(earlier.profile),
            stack: self.stack.or(earlier.stack),
            output: self.output.or(earlier.output),
            log_level: self.log_level.or(earlier.log_level),
        }
    }
}
