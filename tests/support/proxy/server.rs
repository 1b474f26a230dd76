//! The port of a proxy, and its connections.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use super::fault::{Fault, Faults};
use super::kafka::Tap;
use super::pump::{Pump, Way};

/// A proxy before one server; it ends with all its connections when it is dropped.
pub struct Proxy {
    address: SocketAddr,
    now: watch::Sender<Option<Fault>>,
    resets: watch::Sender<usize>,
    hits: Arc<AtomicUsize>,
    runtime: Option<Runtime>,
}

impl Proxy {
    /// A proxy before the HTTP server, or whatever else, at `server`, a host and a port.
    pub fn before(server: &str) -> Proxy {
        Proxy::start(server, false)
    }

    /// A proxy before the broker at `server`, the only one of its cluster: whoever asks through the
    /// proxy where the broker is finds the proxy.
    pub fn before_broker(server: &str) -> Proxy {
        Proxy::start(server, true)
    }

    fn start(server: &str, broker: bool) -> Proxy {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let upstream: SocketAddr = server.parse().unwrap();
        let ((now, now_seen), (resets, resets_seen)) = (watch::channel(None), watch::channel(0));
        let hits = Arc::new(AtomicUsize::new(0));
        let faults = Faults::new(now_seen, resets_seen, hits.clone());
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let tap = broker.then(|| Arc::new(Tap::new(upstream, address)));
                tokio::spawn(connection(client, upstream, faults.clone(), tap));
            }
        });
        Proxy { address, now, resets, hits, runtime: Some(runtime) }
    }

    /// Where clients reach the server through it: a host and a port.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Lets this go wrong from now on.
    pub fn fail(&self, fault: Fault) {
        self.hits.store(0, Ordering::SeqCst);
        self.now.send_replace(Some(fault));
    }

    /// Nothing goes wrong from now on.
    pub fn heal(&self) {
        self.now.send_replace(None);
    }

    /// Resets all connections that stand; new ones are welcome.
    pub fn reset(&self) {
        self.resets.send_modify(|count| *count += 1);
    }

    /// Waits until the fault has struck `count` times; a chunk, a connection or a request each.
    pub fn struck(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(120);
        while self.hits.load(Ordering::SeqCst) < count {
            assert!(Instant::now() < deadline, "the fault did not strike {count} times");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.runtime.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

async fn connection(
    mut client: TcpStream,
    upstream: SocketAddr,
    faults: Faults,
    tap: Option<Arc<Tap>>,
) -> io::Result<()> {
    if faults.now() == Some(Fault::Refuse) {
        faults.hit();
        return client.set_zero_linger();
    }
    client.set_nodelay(true)?;
    let mut server = TcpStream::connect(upstream).await?;
    server.set_nodelay(true)?;
    let dead = Arc::new(AtomicBool::new(false));
    let pump = |way| Pump { way, faults: faults.clone(), dead: dead.clone(), tap: tap.clone() };
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let answer = tokio::select! {
        answer = pump(Way::Up).run(from_client, to_server) => answer?,
        answer = pump(Way::Down).run(from_server, to_client) => answer?,
        () = faults.clone().reset() => {
            client.set_zero_linger()?;
            return server.set_zero_linger();
        }
    };
    if let Some(answer) = answer {
        client.write_all(answer.as_bytes()).await?;
        client.shutdown().await?;
        // Closing while something is unread would reset the connection, and lose the answer.
        let rest = async {
            while client.read(&mut [0; 1024]).await? > 0 {}
            Ok(())
        };
        return tokio::time::timeout(Duration::from_secs(1), rest).await.unwrap_or(Ok(()));
    }
    Ok(())
}
