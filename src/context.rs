//! One run: its settings, endpoints, runtime, cancel token, metrics and shared resources.
//!
//! The only thing a native module sees of the host. It names no service: clients keep what they
//! share in [`Context::resource`].

mod locate;
pub mod script;
pub mod sources;
pub mod stdout;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use tokio::runtime::{Handle, Runtime};
use tokio_util::sync::CancellationToken;

use crate::error::{Failure, Kind};
use crate::settings::{Endpoints, Settings};

pub use locate::{Locate, Located};

/// A cheap handle to one run of a script or one session.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    settings: Settings,
    locate: Locate,
    located: OnceLock<Located>,
    locating: Mutex<()>,
    runtime: OnceLock<Runtime>,
    cancel: RwLock<CancellationToken>,
    metrics: prometheus::Registry,
    resources: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Context {
    /// A run with `settings`; `locate` is called once, at the first use of an endpoint.
    pub fn new(settings: Settings, locate: Locate) -> Context {
        Context(Arc::new(Inner {
            settings,
            locate,
            located: OnceLock::new(),
            locating: Mutex::new(()),
            runtime: OnceLock::new(),
            cancel: RwLock::new(CancellationToken::new()),
            metrics: prometheus::Registry::new(),
            resources: Mutex::new(HashMap::new()),
        }))
    }

    /// What the run was configured with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The addresses of the servers; starts or joins the embedded stack where that is the profile.
    pub fn endpoints(&self) -> Result<&Endpoints, Failure> {
        let _one_at_a_time = self.0.locating.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(located) = self.0.located.get() {
            return Ok(&located.endpoints);
        }
        let located = (self.0.locate)(&self.0.settings)?;
        Ok(&self.0.located.get_or_init(|| located).endpoints)
    }

    /// Whether a client of the run asked for a server yet.
    pub fn is_located(&self) -> bool {
        self.0.located.get().is_some()
    }

    /// The prometheus registry that `/metrics` shows.
    pub fn metrics(&self) -> &prometheus::Registry {
        &self.0.metrics
    }

    /// The runtime on which clients spawn; started at the first use.
    pub fn runtime(&self) -> Result<Handle, Failure> {
        if let Some(runtime) = self.0.runtime.get() {
            return Ok(runtime.handle().clone());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|e| Failure::new(Kind::Failed, format!("cannot start the runtime: {e}")))?;
        Ok(self.0.runtime.get_or_init(|| runtime).handle().clone())
    }

    /// The token of the call that runs now; cancelled by Ctrl-C, SIGTERM or a limit.
    pub fn cancel(&self) -> CancellationToken {
        self.0.cancel.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A fresh token for the next call of a session whose last call was stopped.
    pub fn renew(&self) {
        *self.0.cancel.write().unwrap_or_else(PoisonError::into_inner) = CancellationToken::new();
    }

    /// Waits for `future` at most `timeout`; `what` names the attempt in the error
    /// ("list topics of 127.0.0.1:9092"). Cancelling the run ends the wait at once.
    pub fn wait<T>(
        &self,
        what: &str,
        timeout: Duration,
        future: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let cancel = self.cancel();
        self.runtime()?.block_on(async {
            tokio::select! {
                biased;
                () = cancel.cancelled() => Err(Failure::new(Kind::Cancelled, format!("cannot {what}: stopped"))),
                value = future => Ok(value),
                () = tokio::time::sleep(timeout) => Err(Failure {
                    retriable: true,
                    ..Failure::new(Kind::Timeout, format!("cannot {what}: no answer within {timeout:?}"))
                }),
            }
        })
    }

    /// The one `T` of this run, made by `init` at the first call.
    pub fn resource<T: Any + Send + Sync>(
        &self,
        init: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<Arc<T>, Failure> {
        let mut resources = self.0.resources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Ok(found)) = resources.get(&TypeId::of::<T>()).cloned().map(Arc::downcast::<T>)
        {
            return Ok(found);
        }
        let made = Arc::new(init()?);
        resources.insert(TypeId::of::<T>(), made.clone());
        Ok(made)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // A runtime must not wait for tasks that hold sockets open: the run is over.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
