//! Who holds a port or a folder that is taken.

use crate::embedded::EmbeddedError;
use crate::embedded::directory::{Directory, Entry};
use crate::embedded::storage::StorageError;
use crate::error::Failure;

/// The failure of a stack that did not start; where its port or folder is taken, whom to ask.
pub fn explain(error: EmbeddedError, directory: &Directory) -> Failure {
    let running = directory.running().unwrap_or_default();
    let found = |is: &dyn Fn(&Entry) -> bool| running.iter().find(|entry| is(entry));
    let remedy = match &error {
        EmbeddedError::PortTaken { port, .. } => found(&|entry| entry.holds(*port)).map(|entry| {
            let Entry { name, pid, .. } = entry;
            format!(
                "stack `{name}` (pid {pid}) holds it; \
                 give --port 0 --registry-port 0 for free ones"
            )
        }),
        EmbeddedError::Storage(StorageError::InUse { pid: Some(pid), .. }) => {
            let holder = found(&|entry| entry.pid == *pid);
            holder.map(|entry| {
                format!("it is stack `{}`, which commands join; or give another folder", entry.name)
            })
        }
        _ => None,
    };
    match remedy {
        Some(remedy) => Failure::from(error).with_remedy(remedy),
        None => error.into(),
    }
}
