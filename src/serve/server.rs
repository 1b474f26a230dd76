//! The HTTP server: `/metrics`, `/healthz`, `/readyz`.

use std::future::{self, Ready};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus::{Encoder, TextEncoder};
use tokio::net::TcpListener;

use super::health::Health;
use crate::context::Context;
use crate::error::{Explain, Failure, Kind};

/// The port of a run that was not told one: where the pods' annotations send Prometheus.
pub const DEFAULT_PORT: u16 = 9092;

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// [`DEFAULT_PORT`], or a free one where that is taken.
    Default,
    /// This one, or an error where it is taken; 0 takes a free one.
    Given(u16),
}

/// Why the endpoint could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is not free, or not ours.
    #[error("cannot serve metrics on {address}: {error}")]
    Bind {
        /// Where it should listen.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
}

impl Explain for ServeError {
    fn kind(&self) -> Kind {
        let ServeError::Bind { error, .. } = self;
        match error.kind() {
            io::ErrorKind::AddrInUse => Kind::Conflict,
            io::ErrorKind::PermissionDenied => Kind::Denied,
            _ => Kind::Failed,
        }
    }

    fn remedy(&self) -> Option<String> {
        Some("choose another port, or 0 for a free one".to_owned())
    }
}

/// The endpoint of a run; it serves until the run ends.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Serves the metrics and the health of `context` on `port`.
    ///
    /// It listens on all interfaces inside Kubernetes, where Prometheus comes from outside the pod,
    /// and on the loopback interface anywhere else.
    pub fn start(context: &Context, port: Port) -> Result<Server, Failure> {
        let runtime = context.runtime()?;
        let listener = runtime.block_on(listen(host(), port))?;
        let bound = listener.local_addr();
        let address = bound.map_err(|e| Failure::new(Kind::Failed, e.to_string()))?;
        tracing::info!("metrics are at http://{address}/metrics");
        let health = Health::of(context)?;
        let app = Router::new()
            .route("/metrics", get(metrics).with_state(context.metrics().clone()))
            .route("/healthz", get(alive).with_state(health.clone()))
            .route("/readyz", get(ready).with_state(health));
        runtime.spawn(async move {
            if let Err(error) = axum::serve(listener, app).await {
                tracing::warn!(%error, "the metrics endpoint stopped");
            }
        });
        Ok(Server { address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

fn host() -> IpAddr {
    let in_pod = std::env::var_os("KUBERNETES_SERVICE_HOST").is_some();
    IpAddr::V4(if in_pod { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST })
}

async fn listen(host: IpAddr, port: Port) -> Result<TcpListener, ServeError> {
    let (wanted, may_move) = match port {
        Port::Default => (DEFAULT_PORT, true),
        Port::Given(port) => (port, false),
    };
    let address = SocketAddr::new(host, wanted);
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if may_move && error.kind() == io::ErrorKind::AddrInUse => {
            let free = SocketAddr::new(host, 0);
            let bound = TcpListener::bind(free).await;
            bound.map_err(|error| ServeError::Bind { address: free, error })
        }
        Err(error) => Err(ServeError::Bind { address, error }),
    }
}

async fn metrics(State(registry): State<prometheus::Registry>) -> Response {
    let encoder = TextEncoder::new();
    let mut text = Vec::new();
    match encoder.encode(&registry.gather(), &mut text) {
        Ok(()) => {
            ([(header::CONTENT_TYPE, encoder.format_type().to_owned())], text).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn alive(State(health): State<Arc<Health>>) -> Ready<(StatusCode, String)> {
    let stuck = health.stuck();
    let said =
        if stuck.is_empty() { "ok".to_owned() } else { format!("stuck: {}", stuck.join("; ")) };
    answer(stuck.is_empty(), &said)
}

fn ready(State(health): State<Arc<Health>>) -> Ready<(StatusCode, String)> {
    let ready = health.ready();
    answer(ready, if ready { "ready" } else { "not ready" })
}

fn answer(yes: bool, said: &str) -> Ready<(StatusCode, String)> {
    let code = if yes { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    future::ready((code, format!("{said}\n")))
}
