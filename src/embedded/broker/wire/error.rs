//! Why a connection was closed.

use std::io;

use kafka_protocol::messages::ApiKey;

/// A client broke the protocol, or its connection broke.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The socket failed.
    #[error("{0}")]
    Socket(#[from] io::Error),
    /// The length before a frame is negative or above the limit.
    #[error("a frame of {0} bytes")]
    Length(i32),
    /// The frame ends within the part that all requests share.
    #[error("a request of {0} bytes")]
    Short(usize),
    /// The API is not one that [`super::versions`] lists, or its version is not.
    #[error("a request of API {key} at version {version}, which is not served")]
    NotServed {
        /// The API's number.
        key: i16,
        /// The version asked for.
        version: i16,
    },
    /// The body ends before all that it claims to hold.
    #[error("a cut request {api:?} of version {version}")]
    Cut {
        /// The API.
        api: ApiKey,
        /// The version of the request.
        version: i16,
    },
    /// A body that is not what its API and version say, or a response that cannot be written.
    #[error("{0}")]
    Codec(#[from] anyhow::Error),
    /// A record batch sent with `acks=0` was refused: closing is all that tells the client.
    #[error("a refused record batch that wants no answer")]
    RefusedSilently,
    /// A fault on demand: the request was carried out, and closing loses the answer.
    #[error("an answer that was to be lost")]
    Lost,
}
