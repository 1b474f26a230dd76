//! The small state: what was written is there again, what was not finished is cut.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use kafkaefd::embedded::storage::{Changes, Storage};
use kafkaefd::error::Failure;
use tempfile::TempDir;

fn open(home: &TempDir) -> Arc<Storage> {
    Storage::open(home.path()).unwrap()
}

fn journal(home: &TempDir) -> PathBuf {
    home.path().join("journal")
}

fn rows(storage: &Storage, table: &str) -> Vec<(String, i32)> {
    storage.all(table).unwrap()
}

#[test]
fn changes_are_there_after_a_restart() {
    let home = TempDir::new().unwrap();
    let storage = open(&home);
    storage.write(Changes::new().put("a", "x", &1).put("a", "y", &2).put("b", "x", &3)).unwrap();
    storage.write(Changes::new().delete("a", "x").put("a", "y", &4).delete("c", "z")).unwrap();
    for _ in 0..2 {
        assert_eq!(rows(&storage, "a"), [("y".to_owned(), 4)]);
        assert_eq!(rows(&storage, "b"), [("x".to_owned(), 3)]);
    }
    drop(storage);
    let storage = open(&home);
    assert_eq!(rows(&storage, "a"), [("y".to_owned(), 4)]);
    assert_eq!(rows(&storage, "b"), [("x".to_owned(), 3)]);
    assert_eq!(rows(&storage, "c"), []);
    assert_eq!(storage.notes(), Vec::<String>::new());
}

#[test]
fn what_changes_nothing_is_not_written() {
    let home = TempDir::new().unwrap();
    let storage = open(&home);
    storage.write(Changes::new().put("a", "x", &1)).unwrap();
    let length = fs::metadata(journal(&home)).unwrap().len();
    storage.write(Changes::new().put("a", "x", &1).delete("a", "y")).unwrap();
    assert_eq!(fs::metadata(journal(&home)).unwrap().len(), length);
}

/// Wherever a process is killed, the last change is there as a whole or not at all.
#[test]
fn an_unfinished_change_is_cut_and_noted() {
    let home = TempDir::new().unwrap();
    let storage = open(&home);
    storage.write(Changes::new().put("a", "x", &1)).unwrap();
    let before = fs::metadata(journal(&home)).unwrap().len() as usize;
    storage.write(Changes::new().put("a", "x", &2).put("a", "y", &2)).unwrap();
    drop(storage);
    let whole = fs::read(journal(&home)).unwrap();
    for length in before..whole.len() {
        fs::write(journal(&home), &whole[..length]).unwrap();
        let storage = open(&home);
        assert_eq!(rows(&storage, "a"), [("x".to_owned(), 1)]);
        let path = journal(&home);
        let cut = length - before;
        let note = format!("cut {cut} bytes of an unfinished change from {}", path.display());
        assert_eq!(storage.notes(), if cut > 0 { vec![note] } else { vec![] });
        assert_eq!(fs::read(&path).unwrap(), whole[..before]);
        storage.write(Changes::new().put("a", "z", &3)).unwrap();
        drop(storage);
        assert_eq!(rows(&open(&home), "a"), [("x".to_owned(), 1), ("z".to_owned(), 3)]);
    }
    // What a power cut leaves where the file grew but its bytes did not come.
    fs::write(journal(&home), [&whole[..before], &[0; 64]].concat()).unwrap();
    assert_eq!(rows(&open(&home), "a"), [("x".to_owned(), 1)]);
}

#[test]
fn damage_before_the_end_is_refused() {
    let home = TempDir::new().unwrap();
    let storage = open(&home);
    let at = fs::metadata(journal(&home)).unwrap().len() as usize;
    storage.write(Changes::new().put("a", "x", &1)).unwrap();
    storage.write(Changes::new().put("a", "x", &2)).unwrap();
    drop(storage);
    let mut bytes = fs::read(journal(&home)).unwrap();
    bytes[at + 12] ^= 1;
    fs::write(journal(&home), &bytes).unwrap();
    let failure = Failure::from(Storage::open(home.path()).unwrap_err());
    let path = journal(&home).display().to_string();
    assert_eq!(
        failure.message,
        format!("cannot read {path}: it is damaged at byte {at}, and goes on behind that")
    );
    assert_eq!(
        failure.remedy.unwrap(),
        format!("take the file from a copy; or lose what follows with `truncate -s {at} {path}`")
    );
    assert_eq!(fs::read(journal(&home)).unwrap(), bytes, "nothing is changed");
}

#[test]
fn another_format_is_refused() {
    let home = TempDir::new().unwrap();
    drop(open(&home));
    fs::write(journal(&home), "kafkaefd data 2\n").unwrap();
    let failure = Failure::from(Storage::open(home.path()).unwrap_err());
    assert_eq!(
        failure.message,
        format!(
            "cannot read {}: it begins with `kafkaefd data 2`, not with `kafkaefd data 1`",
            journal(&home).display()
        )
    );
    let remedy = "open it with the kafkaefd that wrote it, or give another folder";
    assert_eq!(failure.remedy.as_deref(), Some(remedy));
}

#[test]
fn a_journal_does_not_grow_without_end() {
    let home = TempDir::new().unwrap();
    let storage = open(&home);
    let long = "x".repeat(1000);
    for count in 0..5000 {
        storage.write(Changes::new().put("a", "x", &format!("{count} {long}"))).unwrap();
    }
    assert!(fs::metadata(journal(&home)).unwrap().len() < 2 << 20);
    drop(storage);
    let rows: Vec<(String, String)> = open(&home).all("a").unwrap();
    assert_eq!(rows, [("x".to_owned(), format!("4999 {long}"))]);
}
