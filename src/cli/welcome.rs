//! What `kafkaefd` alone says on a terminal.

/// Five things to try.
pub const TEXT: &str = "\
kafkaefd: a scripting host for Kafka experiments. Five things to try:

  kafkaefd demo      a SAL pipeline from XML to decoded records, no servers needed
  kafkaefd repl      Kafka line by line, with help and completion
  kafkaefd up        a broker and a registry for your other shells
  kafkaefd help      all commands; help kafka explains the module

and a script; save these lines as hello.rhai, then kafkaefd run hello.rhai:

  let rows = [#{ topic: \"dome\", hertz: 20 }, #{ topic: \"mount\", hertz: 100 }];
  rows.filter(|row| row.hertz > 50)
      .for_each(|row| print(`${row.topic} is fast`));
";
