//! The interfaces that are part of the binary.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::Tree;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/scripts/demo/interfaces");

/// The files of the demo's interfaces.
pub struct Demo;

impl Tree for Demo {
    fn place(&self) -> &Path {
        Path::new("the bundled demo interfaces")
    }

    fn paths(&self) -> Vec<String> {
        let inner = FILES.dirs().flat_map(Dir::files);
        let paths = FILES.files().chain(inner).filter_map(|file| file.path().to_str());
        paths.map(str::to_owned).collect()
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, SalError> {
        let file = FILES.get_file(path).map(|file| file.contents().to_owned());
        file.ok_or_else(|| SalError::NoInterfaces(self.place().to_owned()))
    }
}
