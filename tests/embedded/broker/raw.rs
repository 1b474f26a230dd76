//! A client that speaks the protocol byte by byte, to say what no library would.

use std::io::{Read, Write};
use std::net::TcpStream;

use bytes::{BufMut, Bytes, BytesMut};
use kafka_protocol::messages::{
    ApiKey, ApiVersionsRequest, ApiVersionsResponse, RequestHeader, ResponseHeader,
};
use kafka_protocol::protocol::{Decodable, Encodable, HeaderVersion, Request, StrBytes};
use kafkaefd::embedded::broker::Broker;

use super::fixture::SOON;

pub struct Raw(TcpStream);

impl Raw {
    pub fn connect(broker: &Broker) -> Raw {
        Raw::to(&broker.bootstrap())
    }

    /// A connection to the broker at `address`.
    pub fn to(address: &str) -> Raw {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.set_nodelay(true).unwrap();
        Raw(stream)
    }

    /// Sends `bytes` as they are; the broker may have closed the connection already.
    pub fn send(&mut self, bytes: &[u8]) {
        let _closed = self.0.write_all(bytes);
    }

    /// The next response without its length; `None` if the broker closed the connection.
    pub fn receive(&mut self) -> Option<Bytes> {
        let mut length = [0; 4];
        self.0.read_exact(&mut length).ok()?;
        let mut frame = vec![0; u32::from_be_bytes(length) as usize];
        self.0.read_exact(&mut frame).ok()?;
        Some(frame.into())
    }

    /// What the broker answers to `request`; all of the answer must be used up.
    pub fn call<R: Request>(&mut self, version: i16, request: &R) -> R::Response {
        self.send(&frame(version, request));
        let mut answer = self.receive().unwrap_or_else(|| panic!("{} v{version}", R::KEY));
        let header_version = R::Response::header_version(version);
        let header = ResponseHeader::decode(&mut answer, header_version).unwrap();
        assert_eq!(header.correlation_id, 7);
        let response = R::Response::decode(&mut answer, version).unwrap();
        assert!(answer.is_empty(), "{} v{version} leaves {answer:?}", R::KEY);
        response
    }

    pub fn versions(&mut self) -> ApiVersionsResponse {
        let name = StrBytes::from_static_str("raw");
        let request = ApiVersionsRequest::default()
            .with_client_software_name(name.clone())
            .with_client_software_version(name);
        self.call(3, &request)
    }
}

/// The bytes of `request` with its length and header.
pub fn frame<R: Request>(version: i16, request: &R) -> Bytes {
    let mut body = BytesMut::new();
    RequestHeader::default()
        .with_request_api_key(R::KEY)
        .with_request_api_version(version)
        .with_correlation_id(7)
        .with_client_id(Some(StrBytes::from_static_str("raw")))
        .encode(&mut body, ApiKey::try_from(R::KEY).unwrap().request_header_version(version))
        .unwrap();
    request.encode(&mut body, version).unwrap_or_else(|e| panic!("{} v{version}: {e}", R::KEY));
    let mut frame = BytesMut::new();
    frame.put_u32(body.len() as u32);
    frame.extend_from_slice(&body);
    frame.freeze()
}
