//! Compatibility levels, as `/config` knows them.

use super::mode;
use super::problem::Problem;
use super::settings::Setting;
use super::store::{Scoped, Store};
use crate::formats::avro::evolution::Level;

impl Setting for Level {
    const TABLE: &'static str = "registry-levels";
    const FIELD: &'static str = "compatibility";
    const SHOWN: &'static str = "compatibilityLevel";

    fn word(self) -> &'static str {
        Level::word(self)
    }

    fn from_word(word: &str) -> Option<Level> {
        Level::from_word(word)
    }

    fn unknown() -> Problem {
        Problem::bad_level()
    }

    fn unset(subject: &str) -> Problem {
        Problem::no_level(subject)
    }

    fn settings(store: &Store) -> &Scoped<Level> {
        &store.levels
    }

    fn settings_mut(store: &mut Store) -> &mut Scoped<Level> {
        &mut store.levels
    }

    fn may_set(
        store: &Store,
        subject: Option<&str>,
        _: Option<Level>,
        _: bool,
    ) -> Result<(), Problem> {
        mode::may_change(store, subject)
    }
}
