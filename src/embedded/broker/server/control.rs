//! What can be done to a running broker from outside, beside talking to it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::door::{Order, Sent};
use crate::embedded::EmbeddedError;
use crate::embedded::broker::faults::{FaultError, Faults};

/// A handle to a running broker, for tests and demos of what goes wrong. Cloning it is cheap; it
/// does not keep the broker alive.
#[derive(Debug, Clone)]
pub struct Control {
    port: u16,
    faults: Arc<Faults>,
    orders: mpsc::UnboundedSender<Sent>,
}

impl Control {
    /// Control of the broker at `port` with `faults`, which follows `orders`.
    pub(super) fn new(
        port: u16,
        faults: Arc<Faults>,
        orders: mpsc::UnboundedSender<Sent>,
    ) -> Control {
        Control { port, faults, orders }
    }

    /// Lets the answers of the API called `api` (`Produce`), or of all APIs, wait for `delay`.
    pub fn delay(&self, api: Option<&str>, delay: Duration) -> Result<(), FaultError> {
        self.faults.delay(api, delay)
    }

    /// Refuses the next `times` requests of the API called `api` with Kafka's error called `error`
    /// (`NOT_LEADER_OR_FOLLOWER`); they are not carried out.
    pub fn fail(&self, api: &str, error: &str, times: i64) -> Result<(), FaultError> {
        self.faults.fail(api, error, times)
    }

    /// Carries out the next `times` requests of the API called `api`, but closes the connection in
    /// place of an answer.
    pub fn lose(&self, api: &str, times: i64) -> Result<(), FaultError> {
        self.faults.lose(api, times)
    }

    /// Ends all faults, sends the answers that wait, and counts requests from 0 again.
    pub fn clear(&self) {
        self.faults.clear();
    }

    /// The APIs that were asked, and how many requests came to each.
    pub fn requests(&self) -> Vec<(String, u64)> {
        self.faults.requests()
    }

    /// How many requests of the API called `api` came.
    pub fn requests_of(&self, api: &str) -> Result<u64, FaultError> {
        self.faults.requests_of(api)
    }

    /// Closes every connection and tells how many there were.
    pub async fn disconnect(&self) -> Result<usize, EmbeddedError> {
        self.order(Order::Disconnect).await
    }

    /// Closes the port and every connection, and tells how many there were. The broker keeps all
    /// that it knows; deadlines of groups and transactions go on. Nothing happens to a broker that
    /// is stopped.
    pub async fn stop(&self) -> Result<usize, EmbeddedError> {
        self.order(Order::Stop).await
    }

    /// Opens the port of a stopped broker again; nothing happens to one that runs.
    pub async fn start(&self) -> Result<(), EmbeddedError> {
        self.order(Order::Start).await.map(drop)
    }

    async fn order(&self, order: Order) -> Result<usize, EmbeddedError> {
        let (reply, result) = oneshot::channel();
        self.orders.send((order, reply)).map_err(|_| EmbeddedError::Ended(self.port))?;
        let done = result.await.map_err(|_| EmbeddedError::Ended(self.port))?;
        done.map_err(|error| EmbeddedError::listen("broker", self.port, error))
    }
}
