//! Types as a script author knows them.

/// The word for the Rust type `name`; none for nothing.
pub fn word(name: &str) -> Option<String> {
    let name = name.trim();
    let name = name.strip_prefix('&').unwrap_or(name);
    let name = name.strip_prefix("mut ").unwrap_or(name).trim();
    for wrapper in ["Result<", "RhaiResultOf<"] {
        if let Some(inner) = name.strip_prefix(wrapper) {
            return word(first_argument(inner));
        }
    }
    let bare = name.split('<').next().unwrap_or(name).rsplit("::").next().unwrap_or(name).trim();
    let known = match bare {
        "()" | "" => return None,
        "ImmutableString" | "String" | "str" | "string" => "string",
        "i64" | "INT" | "int" => "int",
        "f64" | "FLOAT" | "float" => "float",
        "Dynamic" | "RhaiResult" | "?" | "_" => "any",
        "Array" => "array",
        "Map" => "map",
        "Blob" => "blob",
        "FnPtr" | "Fn" => "function",
        "ExclusiveRange" | "InclusiveRange" | "Range" | "RangeInclusive" => "range",
        other => other,
    };
    Some(known.to_owned())
}

/// `T` of `T, Box<…>>` or `T>`.
fn first_argument(inner: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in inner.char_indices() {
        match letter {
            '<' | '(' => depth += 1,
            ',' | '>' if depth == 0 => return inner.get(..at).unwrap_or(inner),
            '>' | ')' => depth -= 1,
            _ => {}
        }
    }
    inner
}
