//! Which files are interface files, and where a name in an archive leads.

const PARTS: [&str; 3] = ["_Commands.xml", "_Events.xml", "_Telemetry.xml"];

/// Whether the file `path` may be part of interfaces, by its name.
pub fn is_interface(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    matches!(name, "SALSubsystems.xml" | "SALGenerics.xml")
        || component(folder, name).is_some()
        || (!folder.is_empty() && name.strip_suffix(".avsc").is_some())
}

/// The component whose commands, events or telemetry the file `name` in `folder` holds.
pub fn component<'a>(folder: &'a str, name: &str) -> Option<&'a str> {
    let component = folder.rsplit('/').next()?;
    let part = name.strip_prefix(component)?;
    (!component.is_empty() && PARTS.contains(&part)).then_some(component)
}

/// The path that `name` in an archive stands for; none for one that leads out of it.
pub fn inside(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') {
        return None;
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.contains(&"..")).then(|| parts.join("/"))
}

/// Whether some folder of `path` is hidden, as `.git` is.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}
