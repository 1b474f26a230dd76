//! The catalog as pages of text.

use std::fmt::Write;

use super::function::{Function, Module};
use super::read::Catalog;

impl Catalog {
    /// The page about `topic`: a module (`kafka`), a function (`kafka::producer`), or a method or
    /// property (`send`). None if nothing is called so.
    pub fn page(&self, topic: &str) -> Option<String> {
        if let Some(module) = self.module(topic) {
            return Some(self.module_page(module));
        }
        let found = self.find(topic);
        let pages: Vec<String> = found.iter().map(|function| function_page(function)).collect();
        (!pages.is_empty()).then(|| pages.join("\n"))
    }

    fn module_page(&self, module: &Module) -> String {
        let mut page = format!("{}: {}\n", module.name, module.docs);
        for function in self.functions(&module.name) {
            // Writing to a string cannot fail.
            let _ = write!(page, "\n  {}\n      {}\n", function.signature, function.summary);
        }
        page
    }
}

fn function_page(function: &Function) -> String {
    let mut page = format!("{}\n\n{}\n", function.signature, function.docs);
    for example in &function.examples {
        page.push('\n');
        for line in example.code.lines() {
            let _ = writeln!(page, "    {line}");
        }
    }
    page
}
