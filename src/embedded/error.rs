//! Why a server of the embedded stack did not start.

use std::io;

use super::storage::StorageError;
use crate::error::{Explain, Kind};

/// A server of the embedded stack did not start.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Another process listens on the port.
    #[error("cannot start the embedded {server} on 127.0.0.1:{port}: the port is taken")]
    PortTaken {
        /// `broker` or `registry`.
        server: &'static str,
        /// The port that was asked for.
        port: u16,
    },
    /// The port cannot be opened for another reason.
    #[error("cannot start the embedded {server} on 127.0.0.1:{port}: {source}")]
    Listen {
        /// `broker` or `registry`.
        server: &'static str,
        /// The port that was asked for; 0 is any free one.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no threads.
    #[error("cannot start the threads of the embedded {server}: {source}")]
    Threads {
        /// `broker` or `registry`.
        server: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The folder of its data cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The broker that was to do something has ended.
    #[error("the embedded broker at 127.0.0.1:{0} has ended")]
    Ended(u16),
}

impl EmbeddedError {
    /// The error of `server`, which could not listen on `port` because of `source`.
    pub fn listen(server: &'static str, port: u16, source: io::Error) -> EmbeddedError {
        if source.kind() == io::ErrorKind::AddrInUse {
            EmbeddedError::PortTaken { server, port }
        } else {
            EmbeddedError::Listen { server, port, source }
        }
    }
}

impl Explain for EmbeddedError {
    fn kind(&self) -> Kind {
        match self {
            EmbeddedError::PortTaken { .. } => Kind::AlreadyExists,
            EmbeddedError::Listen { .. }
            | EmbeddedError::Threads { .. }
            | EmbeddedError::Ended(_) => Kind::Failed,
            EmbeddedError::Storage(error) => error.kind(),
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            EmbeddedError::PortTaken { port, .. } => Some(format!(
                "stop what listens on port {port}, give another port, or 0 for any free one"
            )),
            EmbeddedError::Listen { .. }
            | EmbeddedError::Threads { .. }
            | EmbeddedError::Ended(_) => None,
            EmbeddedError::Storage(error) => error.remedy(),
        }
    }
}
