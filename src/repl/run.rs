//! The session itself: read, evaluate, print, until the end of input.

use std::io::{BufRead, IsTerminal, stdin};
use std::process::ExitCode;

use rhai::Engine;

use super::editor::{Answer, Editor};
use super::incomplete::is_incomplete;
use super::line::{Done, Lines};
use super::{command, last};

use crate::context::{Context, stdout};
use crate::error::{Failure, Kind};
use crate::host::Report;

/// Runs a session on standard input until it ends, and returns its exit code.
///
/// A line that fails is reported and the session goes on. Without a terminal there is no prompt,
/// and the exit code is that of the last line that failed.
pub fn run(context: &Context) -> Result<ExitCode, Report> {
    let lines = Lines::new(context)?;
    if stdin().is_terminal() && std::io::stdout().is_terminal() {
        interactive(context, lines)
    } else {
        Ok(piped(lines))
    }
}

fn interactive(context: &Context, mut lines: Lines) -> Result<ExitCode, Report> {
    let broken = |error: rustyline::error::ReadlineError| {
        Failure::new(Kind::Failed, format!("cannot read from the terminal: {error}"))
    };
    let mut editor = Editor::new(context.settings()).map_err(broken)?;
    let version = env!("CARGO_PKG_VERSION");
    println!("kafkaefd {version}: `help` shows what there is, Tab completes, Ctrl-D leaves.");
    let prompt = format!("kafkaefd({})> ", context.settings().profile);
    loop {
        editor.offer(lines.words());
        match editor.read(&prompt).map_err(broken)? {
            Answer::Dropped => {}
            Answer::End => return Ok(ExitCode::SUCCESS),
            Answer::Line(line) => match lines.run(&line) {
                Ok(Done::Next) => {}
                Ok(Done::Quit) => return Ok(ExitCode::SUCCESS),
                Err(report) => print(&report),
            },
        }
    }
}

/// Lines from a pipe or a file.
fn piped(mut lines: Lines) -> ExitCode {
    let mut compiler = Engine::new_raw();
    last::teach(&mut compiler);
    let mut code = 0;
    let mut pending = String::new();
    let mut input = stdin().lock().lines();
    loop {
        let line = input.next().and_then(Result::ok);
        pending.push_str(line.as_deref().unwrap_or_default());
        let more = !command::is_command(&pending) && is_incomplete(&compiler, &pending);
        if line.is_some() && more {
            pending.push('\n');
            continue;
        }
        let quit = match lines.run(&std::mem::take(&mut pending)) {
            Ok(done) => matches!(done, Done::Quit),
            Err(report) => {
                print(&report);
                code = report.exit_code();
                report.kind == Kind::Cancelled
            }
        };
        if quit || line.is_none() || stdout::is_closed() {
            return ExitCode::from(if stdout::is_closed() { 0 } else { code });
        }
    }
}

fn print(report: &Report) {
    if report.kind == Kind::Cancelled {
        eprintln!("stopped");
    } else {
        eprint!("{report}");
    }
}
