//! Frames: a length of four bytes, then a request or a response.
//!
//! See "Protocol primitive types" and "Common request and response structure" of the Kafka protocol
//! guide, and KIP-482 for the header versions.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use kafka_protocol::messages::ResponseHeader;
use kafka_protocol::protocol::{Encodable, HeaderVersion};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::error::WireError;

/// Kafka's default of `socket.request.max.bytes`.
const MAX_REQUEST: usize = 100 * 1024 * 1024;
const LENGTH: usize = 4;

/// Cuts a stream of bytes into requests.
pub struct Frames<R> {
    stream: R,
    buffer: BytesMut,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    /// Reads frames from `stream`.
    pub fn new(stream: R) -> Frames<R> {
        Frames { stream, buffer: BytesMut::with_capacity(8 * 1024) }
    }

    /// The next request without its length; `None` once the client has closed the connection.
    /// What was read stays in the buffer if the wait is dropped.
    pub async fn next(&mut self) -> Result<Option<Bytes>, WireError> {
        loop {
            let missing = match self.length()? {
                Some(length) if self.buffer.len() >= LENGTH + length => {
                    self.buffer.advance(LENGTH);
                    return Ok(Some(self.buffer.split_to(length).freeze()));
                }
                Some(length) => LENGTH + length - self.buffer.len(),
                None => LENGTH,
            };
            self.buffer.reserve(missing);
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
        }
    }

    fn length(&self) -> Result<Option<usize>, WireError> {
        let Some(prefix) = self.buffer.first_chunk::<LENGTH>() else {
            return Ok(None);
        };
        let length = i32::from_be_bytes(*prefix);
        match usize::try_from(length) {
            Ok(length) if length <= MAX_REQUEST => Ok(Some(length)),
            _ => Err(WireError::Length(length)),
        }
    }
}

/// What stands first in every request, whatever its API and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// The number of the API.
    pub key: i16,
    /// The version of the API.
    pub version: i16,
    /// What the response must repeat.
    pub correlation: i32,
}

impl Prefix {
    /// The prefix of `frame`; an error if the frame is too short to have one.
    pub fn of(frame: &[u8]) -> Result<Prefix, WireError> {
        let mut bytes = frame;
        if bytes.len() < 8 {
            return Err(WireError::Short(bytes.len()));
        }
        Ok(Prefix { key: bytes.get_i16(), version: bytes.get_i16(), correlation: bytes.get_i32() })
    }
}

/// The frame of `response` to the request with `correlation`, at `version` of its API.
pub fn encode<R>(correlation: i32, version: i16, response: &R) -> Result<BytesMut, WireError>
where
    R: Encodable + HeaderVersion,
{
    let header = ResponseHeader::default().with_correlation_id(correlation);
    let header_version = R::header_version(version);
    let size = header.compute_size(header_version)? + response.compute_size(version)?;
    let mut frame = BytesMut::with_capacity(LENGTH + size);
    frame.put_i32(size as i32);
    header.encode(&mut frame, header_version)?;
    response.encode(&mut frame, version)?;
    Ok(frame)
}
