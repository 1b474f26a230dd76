//! A stack that is killed at any moment, again and again, loses nothing that it acknowledged.

mod client;
mod offsets;
mod records;
mod schemas;
mod server;
mod topics;
mod transactions;
mod witness;

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use offsets::Commits;
use records::Records;
use schemas::Schemas;
use server::Server;
use topics::Topics;
use transactions::Transactions;
use witness::{Witness, Witnesses};

const KILLS: usize = 20;

#[test]
fn nothing_acknowledged_is_lost() {
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let start = Instant::now();
    let mut server = Server::start();
    let witnesses: Vec<Arc<dyn Witness>> = vec![
        Arc::new(Records::plain(server.broker())),
        Arc::new(Records::idempotent(server.broker())),
        Arc::new(Transactions::new(server.broker())),
        Arc::new(Commits::new(server.broker())),
        Arc::new(Topics::new(server.broker())),
        Arc::new(Schemas::new(server.registry())),
    ];
    let witnesses = Witnesses::start(witnesses);
    for _ in 0..KILLS {
        witnesses.progress();
        std::thread::sleep(Duration::from_millis(random.u64(20..800)));
        server.kill();
        server.restart();
        witnesses.check();
    }
    let acknowledged = witnesses.stop();
    let seconds = start.elapsed().as_secs_f32();
    let cut = server.cut;
    println!("{KILLS} kills in {seconds:.1} s, {cut} torn ends; acknowledged: {acknowledged}");
}
