//! `kafkaefd.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::Endpoints;
use super::environment::Environment;
use super::error::SettingsError;
use super::given::Given;
use super::profile::Profile;
use super::table::{Place, Table};

/// The file's name, in the current folder or in the user's configuration folder.
const NAME: &str = "kafkaefd.toml";

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Its path as people read it; empty where there is no file.
    pub path: String,
    pub given: Given,
    pub profiles: BTreeMap<String, Profile>,
}

impl File {
    /// The file in the current folder, else the user's own, else an empty one. They never add up:
    /// half of a folder's settings and half of a home's would be a third, unwritten file.
    pub fn find(environment: &Environment) -> Result<File, SettingsError> {
        let own = environment.config_folder().map(|folder| folder.join("kafkaefd").join(NAME));
        let here = environment.folder().join(NAME);
        for (path, own) in [(Some(here), false), (own, true)] {
            let Some(path) = path else { continue };
            match std::fs::read_to_string(&path) {
                Ok(text) => return File::parse(&path, &text, own),
                Err(error) if is_absent(&error) => {}
                Err(error) => {
                    let file = shown(&path);
                    return Err(SettingsError::Unreadable { file, reason: error.to_string() });
                }
            }
        }
        Ok(File::default())
    }

    fn parse(path: &Path, text: &str, own: bool) -> Result<File, SettingsError> {
        let folder = path.parent().unwrap_or(path);
        let place = Place { file: &shown(path), text, folder, own };
        let parsed = DeTable::parse(text).map_err(|error| place.syntax(&error))?;
        let root = Table::root(&place, parsed.get_ref());
        let known = ["broker", "registry", "connect", "profile", "stack", "output", "log_level"];
        root.only(known.iter().chain(&["profiles"]).copied())?;
        let given = Given {
            broker: root.text("broker")?,
            registry: root.text("registry")?,
            connect: root.text("connect")?,
            profile: root.text("profile")?,
            stack: root.text("stack")?,
            output: root.text("output")?,
            log_level: root.text("log_level")?,
        };
        let mut profiles = BTreeMap::new();
        if let Some(tables) = root.table("profiles")? {
            for (name, table) in tables.tables()? {
                profiles.insert(name, read_profile(&table)?);
            }
        }
        Ok(File { path: place.file.to_owned(), given, profiles })
    }
}

fn read_profile(table: &Table) -> Result<Profile, SettingsError> {
    if table.name() == "profiles.embedded" {
        let remedy = "choose another name; the embedded stack has nothing to configure";
        return Err(table.wrong("`embedded` is the embedded stack's own profile", remedy));
    }
    let servers = ["broker", "registry", "connect", "production"];
    table.only(servers.into_iter().chain(["kafka", "registry_http", "connect_http"]))?;
    let http = |name| match table.table(name)? {
        Some(values) => values.http(),
        None => Ok(BTreeMap::new()),
    };
    Ok(Profile {
        endpoints: Endpoints {
            broker: table.text("broker")?,
            registry: table.text("registry")?,
            connect: table.text("connect")?,
            embedded: false,
        },
        production: table.boolean("production")?.unwrap_or(false),
        kafka: match table.table("kafka")? {
            Some(values) => values.properties()?,
            None => BTreeMap::new(),
        },
        registry_http: http("registry_http")?,
        connect_http: http("connect_http")?,
    })
}

fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

/// A file of the current folder by its name, any other by its path.
fn shown(path: &Path) -> String {
    path.strip_prefix(".")
        .map(Path::to_path_buf)
        .unwrap_or(PathBuf::from(path))
        .display()
        .to_string()
}
