//! What an experiment measured, in pictures.

use rhai::ImmutableString;
use rhai::plugin::*;

use crate::load::{plot, report};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::load::types::outcome;

/// What an experiment measured, in pictures.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod load {
    type Outcome = outcome::Outcome;

    /// Draws what was measured: the rate over time, latency by percentile, and how often which
    /// latency occurred.
    ///
    /// Returns text without colours, as wide as the terminal, or 80 columns where there is none.
    ///
    /// ```rhai
    /// kafka::create_topic("o-plot");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-plot", "x", 100).run();
    /// outcome.plot().contains("Latency by percentile") // => true
    /// ```
    #[rhai_fn(global, pure)]
    pub fn plot(outcome: &mut Outcome) -> String {
        let terminal = terminal_size::terminal_size_of(std::io::stdout());
        plot::text::draw(outcome, terminal.map_or(80, |(width, _)| usize::from(width.0)))
    }

    /// Writes what was measured to a file that a browser shows: the verdict, the numbers, the
    /// pictures and the parameters, in one page without scripts that needs no network.
    ///
    /// `path` is the name of the file, which is replaced. Returns the outcome. An error of kind
    /// `failed` says why the file cannot be written.
    ///
    /// ```rhai
    /// kafka::create_topic("o-report");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-report", "x", 100).run();
    /// outcome.report("/dev/null").sent // => 3
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn report(
        context: NativeCallContext,
        outcome: &mut Outcome,
        path: ImmutableString,
    ) -> RhaiResultOf<Outcome> {
        let path = std::path::Path::new(path.as_str());
        report::write(&call::context(&context)?, outcome, path)?;
        Ok(outcome.clone())
    }
}
