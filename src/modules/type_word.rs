//! Types of Rhai as messages name them.

/// The type that Rhai calls `found`, as a script author calls it, with its article: "an int".
pub fn a_type(found: &str) -> String {
    match found {
        "()" => "()".to_owned(),
        "i64" => "an int".to_owned(),
        "f64" => "a float".to_owned(),
        "array" => "an array".to_owned(),
        "Fn" => "a function".to_owned(),
        // Native types have their path as a name.
        other => format!("a {}", other.rsplit("::").next().unwrap_or(other)),
    }
}
