//! Answers that say where brokers are.
//!
//! Kafka's clients connect to the addresses that brokers give of themselves, past any proxy. Where
//! an answer names the broker behind the proxy, the proxy's own address takes its place.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use bytes::{Buf, Bytes, BytesMut};
use kafka_protocol::messages::{ApiKey, FindCoordinatorResponse, MetadataResponse, ResponseHeader};
use kafka_protocol::protocol::{Decodable, Encodable, StrBytes};

/// What one connection to a broker asked and was not answered yet.
pub struct Tap {
    /// The broker's address, as it gives it.
    upstream: SocketAddr,
    proxy: SocketAddr,
    /// API and version by correlation id; only of what is changed.
    asked: Mutex<HashMap<i32, (ApiKey, i16)>>,
}

impl Tap {
    pub fn new(upstream: SocketAddr, proxy: SocketAddr) -> Tap {
        Tap { upstream, proxy, asked: Mutex::default() }
    }

    /// Takes note of a request, which is passed on as it is.
    pub fn request(&self, frame: Bytes) -> Bytes {
        let mut head = frame.clone();
        let api = ApiKey::try_from(head.get_i16());
        let (version, id) = (head.get_i16(), head.get_i32());
        if let Ok(api @ (ApiKey::Metadata | ApiKey::FindCoordinator)) = api {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.insert(id, (api, version));
        }
        frame
    }

    /// The answer as the client gets it.
    pub fn answer(&self, frame: Bytes) -> Bytes {
        let id = frame.clone().get_i32();
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        let Some((api, version)) = asked else { return frame };
        let mut rest = frame;
        let header_version = api.response_header_version(version);
        let header = ResponseHeader::decode(&mut rest, header_version).unwrap();
        let mut out = BytesMut::new();
        header.encode(&mut out, header_version).unwrap();
        if api == ApiKey::Metadata {
            let mut answer = MetadataResponse::decode(&mut rest, version).unwrap();
            for broker in &mut answer.brokers {
                self.replace(&mut broker.host, &mut broker.port);
            }
            answer.encode(&mut out, version).unwrap();
        } else {
            let mut answer = FindCoordinatorResponse::decode(&mut rest, version).unwrap();
            self.replace(&mut answer.host, &mut answer.port);
            for coordinator in &mut answer.coordinators {
                self.replace(&mut coordinator.host, &mut coordinator.port);
            }
            answer.encode(&mut out, version).unwrap();
        }
        out.freeze()
    }

    fn replace(&self, host: &mut StrBytes, port: &mut i32) {
        if *port == i32::from(self.upstream.port()) {
            *host = StrBytes::from_string(self.proxy.ip().to_string());
            *port = i32::from(self.proxy.port());
        }
    }
}
