//! The data of one stack: tables with JSON values, and a folder for records.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;

use super::changes::{Change, Changes};
use super::folder::Folder;
use super::journal::{Journal, Read};
use super::tables::Tables;
use super::{StorageError, line};

/// A journal that is shorter is not worth writing anew.
const SMALL: u64 = 1 << 20;
/// How many times longer than what it says a journal may grow.
const SLACK: u64 = 4;

/// What a stack keeps in a folder. One process has it open at a time.
///
/// Tables are named by who keeps them: each has values of one type by key.
#[derive(Debug)]
pub struct Storage {
    folder: Folder,
    state: Mutex<State>,
    notes: Mutex<Vec<String>>,
}

#[derive(Debug)]
struct State {
    journal: Journal,
    tables: Tables,
}

impl Storage {
    /// Opens the data in `folder`, which is created if it does not exist.
    ///
    /// An unfinished change at the end of the journal, which nobody was told of, is cut off and
    /// noted. An error says why the folder cannot be used: another process has it, it holds other
    /// files, its format is another one, or it is damaged.
    pub fn open(folder: &Path) -> Result<Arc<Storage>, StorageError> {
        let folder = Folder::take(folder)?;
        let path = folder.journal();
        if !path.exists() {
            Journal::write(path.clone(), &Tables::default())?;
        }
        let Read { journal, tables, cut } = Journal::open(path)?;
        let mut notes = Vec::new();
        if cut > 0 {
            let path = journal.path().display();
            notes.push(format!("cut {cut} bytes of an unfinished change from {path}"));
        }
        let state = Mutex::new(State { journal, tables });
        Ok(Arc::new(Storage { folder, state, notes: Mutex::new(notes) }))
    }

    /// Makes `changes`, all or none. Once it returns, a killed process does not lose them.
    ///
    /// The caller holds the lock of what it changes, so that two changes of one key stand in the
    /// journal in the order in which they were made, and changes memory after the journal.
    pub fn write(&self, changes: Changes) -> Result<(), StorageError> {
        let Changes { list, refused } = changes;
        if let Some(error) = refused {
            return Err(error);
        }
        let mut state = self.state();
        let list: Vec<Change> = list.into_iter().filter(|c| state.tables.lacks(c)).collect();
        if list.is_empty() {
            return Ok(());
        }
        state.journal.append(&line::encode(list.iter()))?;
        for change in list {
            state.tables.apply(change);
        }
        state.shorten();
        Ok(())
    }

    /// All values of `table`, by key.
    pub fn all<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<(String, T)>, StorageError> {
        let state = self.state();
        let rows = state.tables.all(table).map(|(key, value)| {
            let error = |source| {
                let (table, key) = (table.to_owned(), key.to_owned());
                StorageError::Value { table, key, source }
            };
            Ok((key.to_owned(), serde_json::from_str(value).map_err(error)?))
        });
        rows.collect()
    }

    /// The folder with the records of topics.
    pub fn log(&self) -> PathBuf {
        self.folder.log()
    }

    /// The folder of all data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Notes something that people should know about the data that was opened.
    pub fn note(&self, note: String) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    /// What was noted so far.
    pub fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Writes the journal anew if most of it is overtaken.
    fn shorten(&mut self) {
        if self.journal.length < SMALL.max(SLACK * self.tables.size) {
            return;
        }
        match Journal::write(self.journal.path().clone(), &self.tables) {
            Ok(journal) => self.journal = journal,
            // The long one has everything too.
            Err(error) => tracing::warn!(%error, "the journal of the embedded stack stays long"),
        }
    }
}
