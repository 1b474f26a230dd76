//! Words for the numbers of librdkafka.

/// A word and what it stands for.
pub type Word<T> = (&'static str, T);

/// The word for `value`; none for a value without one.
pub(super) fn of<T: PartialEq>(words: &[Word<T>], value: T) -> Option<&'static str> {
    words.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}

/// What `word` stands for; `any` where there is no word.
pub(super) fn value<T: Copy>(words: &[Word<T>], word: Option<&str>, any: T) -> T {
    words.iter().find(|(known, _)| Some(*known) == word).map_or(any, |(_, value)| *value)
}
