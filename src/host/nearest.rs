//! "Did you mean": the known word that is closest to a wrong one.

/// The candidate that `word` was probably meant to be.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let first = word.chars().next();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1.max(word.chars().count().max(candidate.len()) / 3)
        })
        .min_by_key(|(distance, candidate)| (*distance, candidate.chars().next() != first))
        .map(|(_, candidate)| candidate)
}
