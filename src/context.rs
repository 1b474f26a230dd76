//! One run: its settings, endpoints, runtime, cancel token, metrics and shared resources.
//!
//! The only thing a native module sees of the host. It names no service: clients keep what they
//! share in [`Context::resource`].

mod locate;
pub mod script;
pub mod sources;
pub mod stdout;
mod stop;
pub mod verdict;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use tokio::runtime::{Handle, Runtime};
use tokio_util::sync::CancellationToken;

use crate::error::{Failure, Kind};
use crate::settings::{Endpoints, Settings};

pub use locate::{Locate, Located};

/// A cheap handle to one run of a script or one session.
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
    /// What stops this part of the run, where that is not the token of the run.
    stop: Option<CancellationToken>,
}

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
        let inner = Inner {
            settings,
            locate,
            located: OnceLock::new(),
            locating: Mutex::new(()),
            runtime: OnceLock::new(),
            cancel: RwLock::new(CancellationToken::new()),
            metrics: prometheus::Registry::new(),
            resources: Mutex::new(HashMap::new()),
        };
        Context { inner: Arc::new(inner), stop: None }
    }

    /// What the run was configured with.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The addresses of the servers; starts or joins the embedded stack where that is the profile.
    pub fn endpoints(&self) -> Result<&Endpoints, Failure> {
        let _one_at_a_time = self.inner.locating.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(located) = self.inner.located.get() {
            return Ok(&located.endpoints);
        }
        if self.cancel().is_cancelled() {
            // No server is started for a run that is over.
            return Err(Failure::new(Kind::Cancelled, "cannot look for servers: stopped"));
        }
        let located = (self.inner.locate)(&self.inner.settings)?;
        Ok(&self.inner.located.get_or_init(|| located).endpoints)
    }

    /// Whether a client of the run asked for a server yet.
    pub fn is_located(&self) -> bool {
        self.inner.located.get().is_some()
    }

    /// The prometheus registry that `/metrics` shows.
    pub fn metrics(&self) -> &prometheus::Registry {
        &self.inner.metrics
    }

    /// The runtime on which clients spawn; started at the first use.
    pub fn runtime(&self) -> Result<Handle, Failure> {
        if let Some(runtime) = self.inner.runtime.get() {
            return Ok(runtime.handle().clone());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|e| Failure::new(Kind::Failed, format!("cannot start the runtime: {e}")))?;
        Ok(self.inner.runtime.get_or_init(|| runtime).handle().clone())
    }

    /// The one `T` of this run, made by `init` at the first call.
    pub fn resource<T: Any + Send + Sync>(
        &self,
        init: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<Arc<T>, Failure> {
        let mut resources = self.inner.resources.lock().unwrap_or_else(PoisonError::into_inner);
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
