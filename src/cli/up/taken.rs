//! Who holds a port or a folder that is taken.

use super::holder::{Holder, holder};
use crate::embedded::EmbeddedError;
use crate::embedded::directory::{Directory, Entry};
use crate::embedded::storage::StorageError;
use crate::error::Failure;

/// The failure of a stack that did not start; where its port or folder is taken, whom to ask.
pub fn explain(error: EmbeddedError, directory: &Directory) -> Failure {
    let running = directory.running().unwrap_or_default();
    let found = |is: &dyn Fn(&Entry) -> bool| running.iter().find(|entry| is(entry));
    let remedy = match &error {
        EmbeddedError::PortTaken { server, port } => {
            Some(found(&|entry| entry.holds(*port)).map_or_else(|| foreign(server, *port), ours))
        }
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

fn ours(Entry { name, pid, .. }: &Entry) -> String {
    format!("stack `{name}` (pid {pid}) holds it; give --port 0 --registry-port 0 for free ones")
}

/// What to do about a port that no stack holds.
fn foreign(server: &str, port: u16) -> String {
    let option = if server == "broker" { "--port" } else { "--registry-port" };
    match holder(port) {
        Some(Holder { program, pid }) => {
            format!("`{program}` (pid {pid}) holds it; stop it, or give {option} 0 for a free one")
        }
        None => format!(
            "`ss -ltnp 'sport = :{port}'` as root tells who holds it; \
             stop that, or give {option} 0 for a free one"
        ),
    }
}
