//! The smallest client of HTTP.

use std::io::{self, Read, Write};
use std::net::TcpStream;

/// The head and the body of the answer to `GET path` of `address`, a host and a port.
pub fn get(address: &str, path: &str) -> (String, String) {
    call(address, "GET", path, "").unwrap()
}

/// The head and the body of the answer to `method path` with the JSON `body`; an error if the
/// server ends before it has answered.
pub fn call(address: &str, method: &str, path: &str, body: &str) -> io::Result<(String, String)> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok((head.to_owned(), body.to_owned()))
}
