//! What `kafkaefd` alone says on a terminal.

/// Five things to try.
pub const TEXT: &str = "\
kafkaefd: a scripting host for Kafka experiments. Five things to try:

  kafkaefd demo    a SAL pipeline from XML to decoded records, no servers needed
  kafkaefd repl    Kafka line by line, with completion and help
  kafkaefd up      a broker and a registry for your other shells
  kafkaefd help    all commands; `kafkaefd help kafka` explains that module

and a script: save these lines as hello.rhai, then `kafkaefd run hello.rhai`

  kafka::producer().send(\"dome\", \"open\");
  let records = kafka::consumer([\"dome\"], #{ max: 1 });
  for record in records { print(record.value); }
";
