//! Why TLS failed, in words: OpenSSL's own are made for programmers.

use std::error::Error;

/// The reason inside `error` where TLS is what failed; none for any other error.
pub fn reason(error: &dyn Error) -> Option<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    let of_certificate = |text: &String| {
        // "error:…:certificate verify failed:file:line: (self-signed certificate)"
        let (_, rest) = text.split_once("certificate verify failed")?;
        let (_, why) = rest.rsplit_once('(')?;
        Some(format!("its certificate is not trusted: {}", why.trim_end_matches(')')))
    };
    let of_handshake = |text: &String| {
        // "error:0A00010B:SSL routines:function:wrong version number:file:line:"
        let mut fields = text.strip_prefix("error:")?.split(':');
        let why = match fields.nth(3)? {
            "wrong version number" | "packet length too long" => "the server does not speak TLS",
            why => why,
        };
        Some(format!("TLS failed: {why}"))
    };
    let certificate = texts.iter().find_map(of_certificate);
    certificate.or_else(|| texts.iter().rev().find_map(of_handshake))
}
