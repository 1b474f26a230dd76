//! One way of a connection: from what is read to what is passed on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use super::fault::{Fault, Faults};
use super::kafka::Tap;

/// How much is read at once where there are no frames.
const CHUNK: usize = 16 << 10;
/// How many chunks are on the way; behind them the sender is made to wait.
const LINE: usize = 256;
/// How often a throttled connection passes something on.
const TICK: Duration = Duration::from_millis(50);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// One way of a connection.
pub struct Pump {
    pub way: Way,
    pub faults: Faults,
    /// Of both ways: it lost a byte.
    pub dead: Arc<AtomicBool>,
    /// Where brokers are spoken to.
    pub tap: Option<Arc<Tap>>,
}

impl Pump {
    /// Passes on what comes until one side ends; the answer that is to be given in the server's
    /// place, if there is one.
    pub async fn run(
        self,
        mut from: ReadHalf<'_>,
        mut to: WriteHalf<'_>,
    ) -> io::Result<Option<String>> {
        let (line, mut arrived) = mpsc::channel(LINE);
        let tap = self.tap.clone();
        let (way, dead) = (self.way, self.dead.clone());
        let reading = async move {
            while let Some(chunk) = read(&mut from, way, tap.as_deref()).await? {
                if line.send((Instant::now(), chunk)).await.is_err() {
                    break;
                }
            }
            Ok::<_, io::Error>(())
        };
        let writing = async move {
            let mut pump = self;
            while let Some((since, chunk)) = arrived.recv().await {
                if let Some(answer) = pump.pass(&mut to, since, chunk).await? {
                    return Ok(Some(answer));
                }
            }
            Ok::<_, io::Error>(None)
        };
        tokio::pin!(writing);
        let answer = tokio::select! {
            answer = &mut writing => answer?,
            // What is still on the way arrives.
            read = reading => { read?; writing.await? }
        };
        if way == Way::Down && dead.load(Ordering::SeqCst) {
            // Nor is anybody told that the server went away.
            std::future::pending::<()>().await;
        }
        Ok(answer)
    }

    async fn pass(
        &mut self,
        to: &mut WriteHalf<'_>,
        since: Instant,
        mut chunk: Bytes,
    ) -> io::Result<Option<String>> {
        while !chunk.is_empty() && !self.dead.load(Ordering::SeqCst) {
            let fault = self.faults.now();
            if fault.is_some() {
                self.faults.hit();
            }
            match fault {
                None => to.write_all(&chunk.split_off(0)).await?,
                Some(Fault::Latency(time)) => {
                    sleep_until(since + time).await;
                    to.write_all(&chunk.split_off(0)).await?;
                }
                Some(Fault::ThrottleUp(_)) if self.way == Way::Down => {
                    to.write_all(&chunk.split_off(0)).await?;
                }
                Some(Fault::Throttle(rate) | Fault::ThrottleUp(rate)) => {
                    let piece = (rate * TICK.as_millis() as usize / 1000).clamp(1, chunk.len());
                    to.write_all(&chunk.split_to(piece)).await?;
                    sleep(Duration::from_secs_f64(piece as f64 / rate as f64)).await;
                }
                Some(Fault::Swallow) => self.dead.store(true, Ordering::SeqCst),
                Some(Fault::Hold | Fault::Refuse) => self.faults.change().await,
                Some(Fault::Answer(answer)) if self.way == Way::Up => return Ok(Some(answer)),
                Some(Fault::Answer(_)) => break,
            }
        }
        Ok(None)
    }
}

/// The next bytes; a whole frame where there are frames. None at the end.
async fn read(from: &mut ReadHalf<'_>, way: Way, tap: Option<&Tap>) -> io::Result<Option<Bytes>> {
    let Some(tap) = tap else {
        let mut chunk = vec![0; CHUNK];
        let size = from.read(&mut chunk).await?;
        chunk.truncate(size);
        return Ok((size > 0).then(|| chunk.into()));
    };
    let size = match from.read_u32().await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        size => size?,
    };
    let mut frame = vec![0; size as usize];
    from.read_exact(&mut frame).await?;
    let frame = match way {
        Way::Up => tap.request(frame.into()),
        Way::Down => tap.answer(frame.into()),
    };
    let length = (frame.len() as u32).to_be_bytes();
    Ok(Some([&length[..], &frame[..]].concat().into()))
}
