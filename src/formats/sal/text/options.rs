//! What the reader of text messages may be told.

/// How text messages are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The scale of the two timestamps; `None`: UTC in the layout `kafkaefd`, TAI in `ts_xml`.
    pub time: Option<TimeScale>,
    /// Whether messages carry an index; in the layout `ts_xml` the schema tells.
    pub indexed: Indexed,
}

/// The scale of the producer's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeScale {
    /// As SAL wrote it until June 2019.
    Utc,
    /// As it writes since: [`super::TAI_MINUS_UTC`] seconds ahead of UTC.
    Tai,
}

/// Whether messages carry the index of their component, an integer after the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Indexed {
    /// With and without it for the components that the observatory's interfaces call indexed,
    /// without it for all others.
    #[default]
    ByComponent,
    /// Always.
    Always,
    /// Never.
    Never,
}
