//! The broker's port, who came in through it, and orders to close it or to show them out.

use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use super::connection;
use crate::embedded::broker::node::Node;

/// How many clients may wait to be let in.
const WAITING: u32 = 1024;

/// What the door is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Closes every connection.
    Disconnect,
    /// Closes the port, then every connection.
    Stop,
    /// Opens the port again.
    Start,
}

/// An order, and where its result goes: how many connections it closed.
pub type Sent = (Order, oneshot::Sender<io::Result<usize>>);

/// The port and the connections of a broker.
pub struct Door {
    address: SocketAddr,
    port: Port,
    clients: JoinSet<()>,
    node: Arc<Node>,
}

enum Port {
    Open(TcpListener),
    /// Bound but not listening, so that nobody else gets it meanwhile; none where that failed.
    Closed(Option<TcpSocket>),
}

impl Door {
    /// The door of `node`, to which `listener` belongs.
    pub fn new(node: Arc<Node>, listener: StdListener) -> io::Result<Door> {
        let address = listener.local_addr()?;
        let port = Port::Open(TcpListener::from_std(listener)?);
        Ok(Door { address, port, clients: JoinSet::new(), node })
    }

    /// Lets clients in and follows `orders`, until nobody can give one.
    pub async fn keep(mut self, mut orders: mpsc::UnboundedReceiver<Sent>) {
        loop {
            tokio::select! {
                came = self.port.accept() => self.let_in(came).await,
                order = orders.recv() => match order {
                    // Who gave the order may have stopped waiting for its result.
                    Some((order, reply)) => drop(reply.send(self.follow(order).await)),
                    None => return,
                },
                Some(_left) = self.clients.join_next() => {}
            }
        }
    }

    async fn let_in(&mut self, came: io::Result<(TcpStream, SocketAddr)>) {
        match came {
            Ok((stream, peer)) => {
                self.clients.spawn(connection::serve(self.node.clone(), stream, peer));
            }
            // The client left again, or there are too many open files: neither ends the broker.
            // Too many files stay too many for a while, and the next try would fail at once: the pause
            // keeps the broker from spinning.
            Err(error) => {
                tracing::warn!(%error, "the embedded broker could not accept a client");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    async fn follow(&mut self, order: Order) -> io::Result<usize> {
        let open = matches!(self.port, Port::Open(_));
        match order {
            Order::Start if !open => self.open()?,
            Order::Stop if open => {
                self.port = Port::Closed(None);
                self.port = Port::Closed(bound(self.address).ok());
            }
            Order::Start | Order::Stop | Order::Disconnect => {}
        }
        let connected = if order == Order::Start { 0 } else { self.clients.len() };
        if connected > 0 {
            self.clients.shutdown().await;
        }
        Ok(connected)
    }

    fn open(&mut self) -> io::Result<()> {
        if let Port::Closed(socket) = &mut self.port {
            let socket = socket.take().map_or_else(|| bound(self.address), Ok)?;
            self.port = Port::Open(socket.listen(WAITING)?);
        }
        Ok(())
    }
}

impl Port {
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        match self {
            Port::Open(listener) => listener.accept().await,
            Port::Closed(_) => std::future::pending().await,
        }
    }
}

/// A socket that has `address` and lets nobody in.
fn bound(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Connections that the broker closed keep the address busy for a minute otherwise.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
