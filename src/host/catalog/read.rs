//! Reading the catalog of an engine.

use rhai::Engine;

use super::function::{Example, Form, Function, Module};
use super::metadata::{Native, Node, plain};
use super::types::word;

/// Every function that scripts can call, with its text.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    modules: Vec<Module>,
    functions: Vec<Function>,
}

impl Catalog {
    /// The functions of kafkaefd that `engine` knows. It takes about a millisecond: ask for it
    /// when it is needed.
    pub fn of(engine: &Engine) -> Catalog {
        Catalog::read(engine, false)
    }

    /// The same with the functions of the language itself (`push`, `split`, …).
    pub fn with_language(engine: &Engine) -> Catalog {
        Catalog::read(engine, true)
    }

    /// The functions of kafkaefd, of an engine that serves for this only.
    pub fn of_kafkaefd() -> Catalog {
        let mut engine = Engine::new_raw();
        crate::modules::register(&mut engine);
        Catalog::of(&engine)
    }

    fn read(engine: &Engine, language: bool) -> Catalog {
        let mut catalog = Catalog::default();
        let json = engine.gen_fn_metadata_to_json(language).unwrap_or_default();
        if let Ok(root) = serde_json::from_str::<Node>(&json) {
            catalog.add("", &root);
        }
        // The engine gives overloads in any order: the one with fewer parameters comes first.
        let key = |function: &Function| {
            let overload = (function.parameters.len(), function.signature.clone());
            (function.module.clone(), function.receiver.clone(), function.name.clone(), overload)
        };
        catalog.functions.sort_by_cached_key(key);
        catalog
    }

    /// The modules, in alphabetical order.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.iter()
    }

    /// The module called `name`.
    pub fn module(&self, name: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.name == name)
    }

    /// All functions, sorted by module, receiver and name.
    pub fn all(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter()
    }

    /// The functions of `module`; of none for an empty name.
    pub fn functions<'a>(&'a self, module: &'a str) -> impl Iterator<Item = &'a Function> {
        self.functions.iter().filter(move |function| function.module == module)
    }

    /// Every function, method or property called `name`: `kafka::producer`, `send` or `topic`.
    pub fn find(&self, name: &str) -> Vec<&Function> {
        let is_it = |function: &&Function| match name.rsplit_once("::") {
            Some((module, last)) => function.module == module && function.name == last,
            None => function.name == name,
        };
        self.functions.iter().filter(is_it).collect()
    }

    fn add(&mut self, path: &str, node: &Node) {
        if !path.is_empty() {
            let docs = node.doc.text();
            let summary = summary(&docs);
            self.modules.push(Module { name: path.to_owned(), summary, docs });
        }
        self.functions.extend(node.functions.iter().map(|native| function(path, native)));
        for (name, inner) in &node.modules {
            let path = if path.is_empty() { name.clone() } else { format!("{path}::{name}") };
            self.add(&path, inner);
        }
    }
}

fn function(module: &str, native: &Native) -> Function {
    let mut parameters: Vec<(String, String)> = native.params.iter().map(parameter).collect();
    let first = native.params.first().and_then(|first| first.kind.as_deref());
    let is_method = first.is_some_and(|kind| kind.trim().starts_with("&mut"));
    let (form, name) = form(&native.name, is_method);
    let receiver = match form {
        Form::Function | Form::Operator => None,
        _ if parameters.is_empty() => None,
        _ => Some(parameters.remove(0).1),
    };
    let returns = native.return_type.as_deref().and_then(word);
    let text = native.doc_comments.iter().map(|comment| plain(comment)).collect::<Vec<_>>();
    let (docs, examples) = examples(&text.join("\n"));
    let mut function = Function {
        module: module.to_owned(),
        name: name.to_owned(),
        form,
        receiver,
        parameters,
        returns,
        signature: String::new(),
        summary: summary(&docs),
        docs,
        example: examples.first().map(|example| example.code.clone()),
        examples,
    };
    function.signature = signature(&function);
    function
}

fn parameter(parameter: &super::metadata::Parameter) -> (String, String) {
    let kind = parameter.kind.as_deref().and_then(word).unwrap_or_else(|| "any".into());
    (parameter.name.clone().unwrap_or_else(|| "_".into()), kind)
}

fn form(name: &str, is_method: bool) -> (Form, &str) {
    if let Some(name) = name.strip_prefix("get$") {
        (Form::Property, name)
    } else if let Some(name) = name.strip_prefix("set$") {
        (Form::Setter, name)
    } else if name.starts_with("index$") {
        (Form::Index, name)
    } else if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        (Form::Operator, name)
    } else if is_method {
        (Form::Method, name)
    } else {
        (Form::Function, name)
    }
}

fn signature(function: &Function) -> String {
    let list = |(name, kind): &(String, String)| match name.as_str() {
        "_" => kind.clone(),
        name => format!("{name}: {kind}"),
    };
    let list = function.parameters.iter().map(list).collect::<Vec<_>>().join(", ");
    let on = function.receiver.as_deref().unwrap_or_default();
    let call = match function.form {
        Form::Function => format!("{}({list})", function.path()),
        Form::Method => format!("{on}.{}({list})", function.name),
        Form::Property => format!("{on}.{}", function.name),
        Form::Setter => format!("{on}.{} = {list}", function.name),
        Form::Index => format!("{on}[{list}]"),
        Form::Operator => format!("{}({list})", function.name),
    };
    match &function.returns {
        Some(returns) if function.form == Form::Property => format!("{call}: {returns}"),
        Some(returns) => format!("{call} -> {returns}"),
        None => call,
    }
}

/// The first sentence, on one line.
fn summary(docs: &str) -> String {
    let paragraph = docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match paragraph.find(". ") {
        Some(end) => paragraph.get(..=end).unwrap_or(&paragraph).to_owned(),
        None => paragraph,
    }
}

/// Splits a text into what is read and its blocks fenced as `rhai`.
fn examples(text: &str) -> (String, Vec<Example>) {
    let (mut docs, mut examples, mut needs) = (Vec::new(), Vec::new(), None);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(server) = line.trim().strip_prefix("@needs ") {
            needs = Some(server.trim().to_owned());
        } else if line.trim() == "```rhai" {
            let code: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            let last = code.last().and_then(|line| line.split_once("// => "));
            let value = last.map(|(_, value)| value.trim().to_owned());
            examples.push(Example { code: code.join("\n"), value, needs: needs.take() });
        } else {
            docs.push(line);
        }
    }
    (docs.join("\n").trim().to_owned(), examples)
}
