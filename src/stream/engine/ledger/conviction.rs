//! Why an input becomes a dead letter whose stages found nothing wrong with it.

use rdkafka::error::RDKafkaErrorCode as Code;

use crate::clients::kafka;
use crate::stream::StageError;

/// What the broker said to an input whose outputs it will never take.
#[derive(Debug, Clone, Default)]
pub struct Conviction {
    /// The topic and the reason, where it was not the dead letter that was refused.
    pub output: Option<(String, Code)>,
    /// The dead letter was refused for its size: it must be shorter.
    pub short: bool,
}

impl Conviction {
    /// The stage and the error of the dead letter, where an output was refused.
    pub fn fault(&self) -> Option<(String, StageError)> {
        let (target, code) = self.output.as_ref()?;
        let class = match code {
            Code::MessageSizeTooLarge | Code::MessageBatchTooLarge => "too_large",
            _ => "refused",
        };
        let why = format!("the broker refused it: {}", kafka::words(*code));
        Some((format!("produce {target}"), StageError::poison(class, why)))
    }
}
