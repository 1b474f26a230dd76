//! The list of stacks: names, left-overs, and who may write it.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use kafkaefd::embedded::directory::Directory;
use kafkaefd::error::Failure;
use kafkaefd::settings::Endpoints;
use tempfile::TempDir;

/// Two listeners that pass for a stack's servers.
struct Servers(TcpListener, TcpListener);

impl Servers {
    fn start() -> Servers {
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        Servers(listen(), listen())
    }

    fn endpoints(&self) -> Endpoints {
        Endpoints {
            broker: Some(self.0.local_addr().unwrap().to_string()),
            registry: Some(format!("http://{}", self.1.local_addr().unwrap())),
            connect: None,
            embedded: true,
        }
    }
}

fn text(error: impl Into<Failure>) -> String {
    let failure: Failure = error.into();
    format!("{}\n{}", failure.message, failure.remedy.unwrap_or_default())
}

#[test]
fn a_stack_is_found_while_its_slot_lives() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::at(&folder.path().join("kafkaefd")).unwrap();
    assert_eq!(directory.find("default").unwrap(), None);
    let servers = Servers::start();
    let mut slot = directory.reserve("default").unwrap();
    assert_eq!(directory.find("default").unwrap(), None, "it has not started");
    slot.publish(&servers.endpoints()).unwrap();
    let entry = directory.join("default").unwrap();
    assert_eq!(entry.endpoints(), servers.endpoints());
    assert_eq!(entry.pid, std::process::id());
    assert!(entry.holds(servers.1.local_addr().unwrap().port()));
    drop(slot);
    assert_eq!(directory.running().unwrap(), []);
}

#[test]
fn a_name_is_taken_once() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::at(&folder.path().join("kafkaefd")).unwrap();
    let servers = Servers::start();
    let mut slot = directory.reserve("mine").unwrap();
    slot.publish(&servers.endpoints()).unwrap();
    let broker = servers.0.local_addr().unwrap();
    assert_eq!(
        text(directory.reserve("mine").unwrap_err()),
        format!(
            "cannot start stack `mine`: it runs already (pid {}, {broker})\n\
             commands join it with --stack and its name; give another --stack name to start one more",
            std::process::id()
        )
    );
    assert_eq!(
        text(directory.join("other").unwrap_err()),
        "cannot join stack `other`: it does not run\n\
         start it with `kafkaefd up --stack other`, or join one that runs: mine"
    );
}

#[test]
fn what_a_killed_process_left_is_removed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kafkaefd");
    let directory = Directory::at(&path).unwrap();
    let servers = Servers::start();
    let left = path.join("default.json");
    let entry = |broker: &str, registry: &str| {
        format!(r#"{{"name":"default","pid":1,"broker":"{broker}","registry":"{registry}"}}"#)
    };
    let ends = servers.endpoints();
    std::fs::write(&left, entry(&ends.broker.unwrap(), &ends.registry.unwrap())).unwrap();
    assert_eq!(directory.find("default").unwrap(), None, "nobody holds its lock");
    assert!(!left.exists());
    std::fs::write(&left, "{").unwrap();
    let slot = directory.reserve("default").unwrap();
    assert_eq!(directory.running().unwrap(), []);
    drop(slot);
}

#[test]
fn a_stack_whose_ports_are_closed_does_not_run() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::at(&folder.path().join("kafkaefd")).unwrap();
    let servers = Servers::start();
    let mut slot = directory.reserve("default").unwrap();
    slot.publish(&servers.endpoints()).unwrap();
    drop(servers.1);
    assert_eq!(directory.find("default").unwrap(), None);
}

#[test]
fn names_stay_in_the_folder() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::at(&folder.path().join("kafkaefd")).unwrap();
    for name in ["../x", "", ".hidden", "a/b", "two words"] {
        assert_eq!(
            text(directory.reserve(name).unwrap_err()),
            format!(
                "cannot use `{name}` as the name of a stack: \
                 letters, digits, `-`, `_` and `.` make one\n"
            )
        );
    }
}

#[test]
fn a_folder_that_others_may_write_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kafkaefd");
    Directory::at(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
    let shown = path.display();
    assert_eq!(
        text(Directory::at(&path).unwrap_err()),
        format!(
            "cannot keep the list of embedded stacks in {shown}: others may write there\n\
             remove {shown}, or set $XDG_RUNTIME_DIR to a folder of your own"
        )
    );
}
