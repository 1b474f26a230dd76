//! The listener and the thread behind it.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio_util::sync::CancellationToken;

use super::routes;
use super::store::Shared;
use crate::embedded::EmbeddedError;
use crate::embedded::storage::Storage;

/// A running registry; dropping it stops it and frees its port. Nothing outlives it.
pub struct RegistryServer {
    address: SocketAddr,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl RegistryServer {
    /// Starts an empty registry on `port` of 127.0.0.1; 0 is any free port.
    ///
    /// A taken port is an error that names it.
    pub fn start(port: u16) -> Result<RegistryServer, EmbeddedError> {
        RegistryServer::start_with(port, None)
    }

    /// The same with what `data` holds, which keeps its changes there; an error is also what stands
    /// there and is no schema.
    pub fn start_with(
        port: u16,
        data: Option<Arc<Storage>>,
    ) -> Result<RegistryServer, EmbeddedError> {
        let routes = routes::over(Shared::open(data)?);
        let failed = |source| EmbeddedError::listen("registry", port, source);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let no_threads = |source| EmbeddedError::Threads { server: "registry", source };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(no_threads)?;
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let serve = move || {
            runtime.block_on(async move {
                match tokio::net::TcpListener::from_std(listener) {
                    Ok(listener) => tokio::select! {
                        () = stopped.cancelled() => {}
                        _ = axum::serve(listener, routes) => {}
                    },
                    Err(error) => tracing::error!(%error, "the embedded registry cannot listen"),
                }
            });
        };
        let thread = thread::Builder::new().name("registry".to_owned()).spawn(serve);
        Ok(RegistryServer { address, stop, thread: Some(thread.map_err(no_threads)?) })
    }

    /// The URL that clients use.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl fmt::Debug for RegistryServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegistryServer({})", self.url())
    }
}

impl Drop for RegistryServer {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic in the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}
