//! Looking at a script without running it: syntax, header, imports.

use rhai::{AST, ASTNode, Engine, Expr, OptimizationLevel, Position, Stmt};

use super::header::Header;
use super::report::{Place, Report};
use super::resolver::locate;
use super::script::{Script, without_shebang};

/// What a script says and imports.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its title, arguments and needs.
    pub header: Header,
    /// All scripts it imports, by way of others too, in the order they are met.
    pub imports: Vec<Script>,
}

/// Reads `script` and all that it imports; the first mistake is reported like that of a run.
pub fn check(script: &Script) -> Result<Checked, Report> {
    let header = Header::read(script)?;
    let mut imports: Vec<Script> = Vec::new();
    let mut open = vec![script.clone()];
    while let Some(current) = open.pop() {
        for (path, position) in imported(&current)? {
            let found = locate(&script.root, &path).map_err(|failure| {
                let place = Place::new(&current.name, position);
                Report::from(failure).at(place, &current.text)
            })?;
            if imports.iter().all(|known| known.name != found.name) {
                imports.push(found.clone());
                open.push(found);
            }
        }
    }
    Ok(Checked { header, imports })
}

/// A parser with the limits of a run, that leaves the script as it is written.
pub(super) fn parse(script: &Script) -> Result<AST, Report> {
    let mut engine = Engine::new_raw();
    // Unoptimised, literals keep the order and the positions of their parts.
    engine.set_optimization_level(OptimizationLevel::None);
    super::limit(&mut engine);
    let text = without_shebang(&script.text);
    engine.compile(text).map_err(|error| Report::of_parse(script, &error))
}

/// The paths that `script` imports; one that is computed is known only when it runs.
fn imported(script: &Script) -> Result<Vec<(String, Position)>, Report> {
    let ast = parse(script)?;
    let mut found = Vec::new();
    ast.walk(&mut |nodes: &[ASTNode]| {
        if let Some(ASTNode::Stmt(Stmt::Import(import, _))) = nodes.last()
            && let Expr::StringConstant(path, position) = &import.0
        {
            found.push((path.to_string(), *position));
        }
        true
    });
    Ok(found)
}
