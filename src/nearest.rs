//! "Did you mean": the known word that is closest to a wrong one.

/// The one of `candidates` that `word` was probably meant to be.
///
/// Letters count alike in either case. A candidate is close enough if at most a third of the letters
/// of the longer word, and in short words one, are wrong, missing, extra or swapped with their
/// neighbour, and not all of `word` is wrong. Of two equally close ones that with the same first
/// letter wins, then the earlier.
/// Returns none where no candidate is close.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let (length, first) = (word.chars().count(), word.chars().next());
    let mut best = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let distance = strsim::damerau_levenshtein(&word, &lower);
        let rank = (distance, lower.chars().next() != first);
        let close = distance < length && distance <= 1.max(length.max(lower.chars().count()) / 3);
        if close && best.is_none_or(|(best_rank, _)| rank < best_rank) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
