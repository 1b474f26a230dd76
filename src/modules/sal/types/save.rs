//! Schemas in files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rhai::{Array, Dynamic};

use super::topic::Topic;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;

/// Writes the schema of each of `topics` into `folder`; returns the paths.
pub fn save(context: &Context, topics: &Array, folder: &Path) -> RhaiResultOf<Array> {
    let failed = |path: &Path, error: io::Error| {
        Failure::new(Kind::Failed, format!("cannot write {}: {error}", path.display()))
    };
    authorize(context, &Action::WriteFiles(folder.to_owned()))?;
    fs::create_dir_all(folder).map_err(|error| {
        let what = format!("cannot make the folder {}: {error}", folder.display());
        Failure::new(Kind::Failed, what)
    })?;
    let mut paths = Array::new();
    for topic in topics {
        let Some(topic) = topic.read_lock::<Topic>() else {
            let what = format!("cannot write {}: it is no topic", topic.type_name());
            return Err(Failure::new(Kind::Usage, what).into());
        };
        let path = folder.join(format!("{}.json", topic.made.topic));
        write(&path, &topic.made.file()).map_err(|error| failed(&path, error))?;
        paths.push(Dynamic::from(path.to_string_lossy().into_owned()));
    }
    Ok(paths)
}

/// Leaves a file alone that is so already: reading costs a tenth of writing.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    match File::create_new(path) {
        Ok(mut file) => file.write_all(content),
        Err(_) if fs::read(path).is_ok_and(|old| old == content) => Ok(()),
        Err(_) => fs::write(path, content),
    }
}
