//! `up` and `down`.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::on_bed;

/// A command of the bed, on the run in `folder`.
fn command(name: &str, folder: &Path, args: &[&str]) -> Command {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bed").join(name);
    let mut command = Command::new(path);
    command.args(args).env("KAFKAEFD_BED", folder);
    command
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The process of each server that runs in `folder`.
fn processes(folder: &Path) -> BTreeMap<PathBuf, String> {
    let servers = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    servers.filter_map(|path| Some((path.clone(), pid(&path)?))).collect()
}

fn pid(server: &Path) -> Option<String> {
    let text = std::fs::read_to_string(server.join("pid")).ok()?;
    Some(text.split(' ').next()?.to_owned())
}

fn runs(pid: &str) -> bool {
    Path::new("/proc").join(pid).exists()
}

/// The processes whose command line names something in `folder`.
fn naming(folder: &Path) -> Vec<PathBuf> {
    let name = folder.to_str().unwrap();
    let names = |process: &PathBuf| {
        let line = std::fs::read(process.join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(name)
    };
    let all = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    all.filter(names).collect()
}

on_bed! {
    fn a_second_up_leaves_everything_as_it_is(bed: &Bed) {
        // Only servers that run: another test may stop one of the others meanwhile.
        let servers = ["kafka", "apicurio", "franz", "influxdb", "prometheus", "connect"];
        for key in ["KAFKA", "APICURIO", "FRANZ", "INFLUXDB", "PROMETHEUS", "CONNECT"] {
            bed.get(key);
        }
        let before = processes(bed.folder());
        let output = command("up", bed.folder(), &servers).output().unwrap();
        assert_eq!((output.status.code(), text(&output)), (Some(0), String::new()));
        let after = processes(bed.folder());
        for server in servers {
            let folder = bed.folder().join(server);
            assert_eq!(before.get(&folder), after.get(&folder), "{server}");
        }
    }

    fn down_leaves_no_process_and_no_data(bed: &Bed) {
        bed.get("FRANZ");
        let home = TempDir::new().unwrap();
        let run = home.path().join("run");
        let up = command("up", &run, &["franz"]).output().unwrap();
        assert!(up.status.success(), "{}", text(&up));
        let endpoints = std::fs::read_to_string(run.join("endpoints")).unwrap();
        assert!(endpoints.contains("FRANZ=http://127.0.0.1:"), "{endpoints}");
        let pid = pid(&run.join("franz")).unwrap();
        assert!(runs(&pid));

        let down = command("down", &run, &[]).output().unwrap();
        assert_eq!((down.status.code(), text(&down)), (Some(0), String::new()));
        assert!(!runs(&pid));
        assert!(!run.exists());
        let again = command("down", &run, &[]).output().unwrap();
        assert_eq!((again.status.code(), text(&again)), (Some(0), String::new()));
    }

    fn a_server_that_does_not_answer_is_stopped(bed: &Bed) {
        bed.get("FRANZ");
        let home = TempDir::new().unwrap();
        let (run, cache) = (home.path().join("run"), home.path().join("cache"));
        let versions = include_str!("versions");
        let version = versions.lines().find_map(|line| line.strip_prefix("FRANZ_VERSION=")).unwrap();
        let folder = cache.join(format!("franz-{version}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(".done"), "").unwrap();
        let program = folder.join("franz");
        std::fs::write(&program, "#!/bin/sh\nwhile :; do sleep 0.1; done\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();

        let mut up = command("up", &run, &["franz"]);
        up.env("KAFKAEFD_BED_CACHE", &cache).env("KAFKAEFD_BED_PATIENCE", "1");
        let output = up.output().unwrap();
        let log = run.join("franz/log");
        assert_eq!(
            (output.status.code(), text(&output)),
            (
                Some(1),
                format!(
                    "bed: franz did not answer within 1 s; its log is {}\n\
                     bed: not up: franz; tests/bed/down stops the others\n",
                    log.display()
                )
            )
        );
        assert_eq!(naming(home.path()), Vec::<PathBuf>::new());
        assert!(!run.join("endpoints").exists());
    }
}
