//! What a line asks of the session itself: `help`, `x?`, `:save FILE`, …

/// A line that is not Rhai.
#[derive(Debug, PartialEq, Eq)]
pub enum Command<'a> {
    /// `help`, `help("kafka")`, `help kafka`: a page; of everything where no name is given.
    Help(Option<&'a str>),
    /// `x?`: the type, the value and the functions of a variable, or the page of a function.
    Inspect(&'a str),
    /// `:save FILE`.
    Save(&'a str),
    /// `:save! FILE`, over one that exists.
    Overwrite(&'a str),
    /// `:load FILE`.
    Load(&'a str),
    /// `:time EXPRESSION`.
    Time(&'a str),
    /// `:quit`.
    Quit,
    /// A word after a colon that is none of these, or one without what it needs.
    Wrong(String),
}

/// The words after a colon, with what follows them and what they do.
pub const COMMANDS: [(&str, &str, &str); 5] = [
    (":help", "[NAME]", "what there is, or the page of a module, function or variable"),
    (":load", "FILE", "run a script here: its functions and variables stay"),
    (":save", "FILE", "write the lines that worked as a script for `kafkaefd run`"),
    (":time", "EXPRESSION", "evaluate and say how long it took"),
    (":quit", "", "leave; so does Ctrl-D"),
];

/// Whether `line` is a command and no Rhai.
pub fn is_command(line: &str) -> bool {
    parse(line).is_some()
}

/// The command that `line` is.
pub fn parse(line: &str) -> Option<Command<'_>> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix(':') {
        return Some(colon(rest));
    }
    match line {
        "help" | "help()" | "?" => return Some(Command::Help(None)),
        "quit" | "quit()" | "exit" | "exit()" => return Some(Command::Quit),
        _ => {}
    }
    if let Some(name) = line.strip_prefix("help ").map(str::trim).filter(|name| is_path(name)) {
        return Some(Command::Help(Some(name)));
    }
    if let Some(name) = line.strip_prefix("help(").and_then(|rest| rest.strip_suffix(')')) {
        let name = name.trim_matches(['"', '`', ' ']);
        return is_path(name).then_some(Command::Help(Some(name)));
    }
    let name = line.strip_suffix('?')?.trim_end();
    // No calls: looking at something must not do something.
    let harmless = |c: char| is_word(c) || matches!(c, '[' | ']' | '"');
    (name.starts_with(is_word) && name.chars().all(harmless)).then_some(Command::Inspect(name))
}

fn colon(rest: &str) -> Command<'_> {
    let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let argument = argument.trim();
    match (word, argument.is_empty()) {
        ("help" | "h", true) => Command::Help(None),
        ("help" | "h", false) => Command::Help(Some(argument)),
        ("quit" | "q" | "exit", _) => Command::Quit,
        ("save", false) => Command::Save(argument),
        ("save!", false) => Command::Overwrite(argument),
        ("load", false) => Command::Load(argument),
        ("time", false) => Command::Time(argument),
        ("save" | "save!" | "load", true) => {
            Command::Wrong(format!("`:{word}` needs a file: `:{word} FILE`"))
        }
        ("time", true) => Command::Wrong("`:time` needs an expression: `:time EXPRESSION`".into()),
        _ => {
            let known = COMMANDS.map(|(name, ..)| format!("`{name}`")).join(", ");
            Command::Wrong(format!("there is no `:{word}`; there are {known}"))
        }
    }
}

/// `x`, `kafka::producer`, `record.value`.
fn is_path(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '.')
}
