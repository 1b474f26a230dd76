//! One request on its way through the broker.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use kafka_protocol::ResponseError;
use kafka_protocol::messages::{ApiKey, RequestHeader};
use kafka_protocol::protocol::{Decodable, Encodable, HeaderVersion};

use super::error::WireError;
use super::frame::{self, Prefix};
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::Node;

/// Who asks what, at which version.
pub struct Call {
    /// The broker's state.
    pub node: Arc<Node>,
    /// The version of the API the client speaks.
    pub version: i16,
    /// What the client calls itself; empty if it gave nothing.
    pub client_id: String,
    /// Where the client is.
    pub host: IpAddr,
    /// The error that the request is refused with, where a fault says so.
    pub refuse: Option<ResponseError>,
    api: ApiKey,
    correlation: i32,
}

impl Call {
    /// Reads the header that stands before the body in `frame`, and leaves the body there.
    pub fn open(
        node: Arc<Node>,
        host: IpAddr,
        api: ApiKey,
        prefix: Prefix,
        frame: &mut Bytes,
    ) -> Result<Call, WireError> {
        let header = RequestHeader::decode(frame, api.request_header_version(prefix.version))?;
        Ok(Call {
            node,
            version: prefix.version,
            client_id: header.client_id.as_deref().unwrap_or_default().to_owned(),
            host,
            refuse: None,
            api,
            correlation: prefix.correlation,
        })
    }

    /// The request in `body`.
    pub fn decode<R: Decodable>(&self, body: &mut Bytes) -> Result<R, WireError> {
        Ok(R::decode(body, self.version)?)
    }

    /// The answer that refuses `request`, where a fault says so.
    pub fn refusal<R: Refuse>(&self, request: &R) -> Option<R::Response> {
        let error = self.refuse?;
        if request.has_place(self, error) {
            return Some(request.refuse(self, error));
        }
        self.node.faults.put_back(self.api, error);
        None
    }

    /// The frame that carries `response` back.
    pub fn encode<R>(&self, response: &R) -> Result<Option<BytesMut>, WireError>
    where
        R: Encodable + HeaderVersion,
    {
        frame::encode(self.correlation, self.version, response).map(Some)
    }
}
