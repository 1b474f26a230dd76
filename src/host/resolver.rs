//! Imports: `std/…` from the binary, anything else from the folder of the script that runs.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};
use sha2::{Digest, Sha256};

use super::bundle;
use super::script::{BUNDLED, Root, Script, without_shebang};
use crate::context::{Context, sources};
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;

/// Loads each module once a run; threads that ask for it at the same time all load it, and share
/// what the first of them made.
pub struct Resolver {
    context: Context,
    root: Root,
    loaded: Mutex<HashMap<String, Shared<Module>>>,
    /// What each thread is in the middle of loading.
    loading: Mutex<HashSet<(ThreadId, String)>>,
}

impl Resolver {
    /// A resolver for a script whose imports start at `root`.
    pub fn new(context: &Context, root: &Root) -> Resolver {
        let (loaded, loading) = (Mutex::default(), Mutex::default());
        Resolver { context: context.clone(), root: root.clone(), loaded, loading }
    }

    fn load(&self, engine: &Engine, script: &Script) -> RhaiResultOf<Shared<Module>> {
        sources::note_import(&self.context, &script.name, &script.text);
        let sha256 = hex(&Sha256::digest(&script.text));
        tracing::debug!(module = script.name, sha256, "import");
        let mut ast = engine.compile(without_shebang(&script.text)).map_err(|error| {
            EvalAltResult::ErrorParsing(error.err_type().clone(), error.position())
        })?;
        ast.set_source(&script.name);
        Module::eval_ast_as_new(Scope::new(), &ast, engine).map(Into::into)
    }
}

impl ModuleResolver for Resolver {
    fn resolve(
        &self,
        engine: &Engine,
        _importer: Option<&str>,
        path: &str,
        position: Position,
    ) -> RhaiResultOf<Shared<Module>> {
        let raise = |failure: Failure| {
            let mut error: Box<EvalAltResult> = failure.into();
            error.set_position(position);
            error
        };
        let script = locate(&self.root, path).map_err(raise)?;
        let name = script.name.clone();
        if let Some(module) = lock(&self.loaded).get(&name) {
            return Ok(module.clone());
        }
        let place = (thread::current().id(), name.clone());
        if !lock(&self.loading).insert(place.clone()) {
            let message = format!("cannot import \"{path}\": it imports itself, by way of others");
            return Err(raise(Failure::new(Kind::Invalid, message)));
        }
        let module = self.load(engine, &script);
        lock(&self.loading).remove(&place);
        let module =
            module.map_err(|error| EvalAltResult::ErrorInModule(name.clone(), error, position))?;
        Ok(lock(&self.loaded).entry(name).or_insert(module).clone())
    }
}

/// Finds the script that `import "path"` names for a script whose imports start at `root`.
pub fn locate(root: &Root, path: &str) -> Result<Script, Failure> {
    if let Some(inside) = path.strip_prefix("std/") {
        return standard(path, inside);
    }
    let refused = |why: &str| {
        Failure::new(Kind::Denied, format!("cannot import \"{path}\": {why}")).with_remedy(
            "import files from the folder of the script that runs, by their path below it",
        )
    };
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if Path::new(path).is_absolute() {
        return Err(refused("an absolute path is outside of the script's folder"));
    }
    if !plain || path.is_empty() || path.contains('\\') {
        return Err(refused("`.` and `..` are not allowed"));
    }
    let file = format!("{}.rhai", path.trim_end_matches(".rhai"));
    match root {
        Root::Bundle(folder) if folder.is_empty() => Script::bundled(&file),
        Root::Bundle(folder) => Script::bundled(&format!("{folder}/{file}")),
        Root::Folder(folder) => {
            let found = inside(folder, &file).map_err(|why| refused(&why))?;
            return Script::read(&found);
        }
    }
    .map_err(|_| missing(path, "the binary"))
}

/// The module of the standard library at `inside`, which messages call `path`.
pub(super) fn standard(path: &str, inside: &str) -> Result<Script, Failure> {
    let file = format!("{}.rhai", inside.trim_end_matches(".rhai"));
    let Some(text) = bundle::stdlib(&file) else {
        let modules = bundle::modules();
        let names = modules.iter().map(|file| file.trim_end_matches(".rhai"));
        let list = names.map(|name| format!("std/{name}")).collect::<Vec<_>>().join(", ");
        let failure = missing(path, "the standard library");
        return Err(failure.with_remedy(format!("the standard library has {list}")));
    };
    let root = Root::Bundle(String::new());
    Ok(Script { name: format!("{BUNDLED}std/{file}"), text: text.to_owned(), root })
}

/// The path of `file` below `folder`, or why a link leads out of it.
fn inside(folder: &Path, file: &str) -> Result<PathBuf, String> {
    let path = if folder == Path::new(".") { PathBuf::from(file) } else { folder.join(file) };
    let (Ok(real), Ok(root)) = (path.canonicalize(), folder.canonicalize()) else {
        return Err(format!("no file `{}`", path.display()));
    };
    if real.starts_with(root) {
        Ok(path)
    } else {
        Err("a link leads out of the script's folder".into())
    }
}

fn missing(path: &str, place: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("cannot import \"{path}\": {place} has no such module"))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
