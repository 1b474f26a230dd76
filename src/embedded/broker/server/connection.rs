//! One client: its requests are answered one after the other, as Kafka does.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::dispatch;
use crate::embedded::broker::node::Node;
use crate::embedded::broker::watch::Connected;
use crate::embedded::broker::wire::{Frames, WireError};

/// Serves `stream` until the client leaves or breaks the protocol.
pub async fn serve(node: Arc<Node>, stream: TcpStream, peer: SocketAddr) {
    let _connected = Connected::new(node.clone());
    if let Err(error) = answer_all(node, stream, peer).await {
        tracing::debug!(%peer, %error, "closed a connection to the embedded broker");
    }
}

async fn answer_all(
    node: Arc<Node>,
    mut stream: TcpStream,
    peer: SocketAddr,
) -> Result<(), WireError> {
    stream.set_nodelay(true)?;
    let (input, mut output) = stream.split();
    let mut frames = Frames::new(input);
    let mut ahead = None;
    loop {
        let frame = match ahead.take() {
            Some(frame) => frame,
            None => match frames.next().await? {
                Some(frame) => frame,
                None => return Ok(()),
            },
        };
        let mut reply = std::pin::pin!(dispatch::answer(&node, peer.ip(), frame));
        // Reading ahead shows a client that left, and drops what it still waits for.
        let reply = loop {
            tokio::select! {
                biased;
                reply = &mut reply => break reply?,
                next = frames.next(), if ahead.is_none() => match next? {
                    Some(frame) => ahead = Some(frame),
                    None => return Ok(()),
                },
            }
        };
        node.pulse.beat();
        if let Some(reply) = reply {
            output.write_all(&reply).await?;
        }
    }
}
