//! Clients that break the protocol lose their connection, and nobody else does.

use kafka_protocol::messages::{
    ApiKey, ApiVersionsResponse, DescribeGroupsRequest, GroupId, MetadataRequest, ResponseHeader,
};
use kafka_protocol::protocol::{Decodable, HeaderVersion};

use super::fixture::Bed;
use super::raw::{Raw, frame};
use super::versions::text;

/// A frame of API `key` at `version` with `body` after the header.
fn bytes(key: i16, version: i16, body: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    frame.extend_from_slice(&(10 + body.len() as u32).to_be_bytes());
    frame.extend_from_slice(&key.to_be_bytes());
    frame.extend_from_slice(&version.to_be_bytes());
    frame.extend_from_slice(&[0, 0, 0, 7]); // correlation
    frame.extend_from_slice(&[0xff, 0xff]); // no client id
    frame.extend_from_slice(body);
    frame
}

/// Sends `garbage` on a connection of its own while another one lives on.
fn loses_only_its_own_connection(garbage: &[u8]) {
    let bed = Bed::new();
    let mut good = Raw::connect(&bed.broker);
    good.versions();
    let mut bad = Raw::connect(&bed.broker);
    bad.send(garbage);
    assert_eq!(bad.receive(), None);
    assert_eq!(good.versions().error_code, 0);
    assert_eq!(Raw::connect(&bed.broker).versions().error_code, 0);
}

#[test]
fn another_protocol() {
    loses_only_its_own_connection(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

#[test]
fn a_length_above_the_limit() {
    loses_only_its_own_connection(&[0x7f, 0xff, 0xff, 0xff, 0, 0]);
}

#[test]
fn a_negative_length() {
    loses_only_its_own_connection(&[0xff, 0xff, 0xff, 0xff]);
}

#[test]
fn a_frame_without_a_header() {
    loses_only_its_own_connection(&[0, 0, 0, 3, 1, 2, 3]);
}

#[test]
fn an_unknown_api() {
    loses_only_its_own_connection(&bytes(999, 0, &[]));
}

#[test]
fn a_version_that_is_not_served() {
    loses_only_its_own_connection(&bytes(ApiKey::Metadata as i16, 99, &[]));
}

#[test]
fn an_array_that_claims_two_thousand_million_elements() {
    loses_only_its_own_connection(&bytes(ApiKey::Metadata as i16, 1, &[0x7f, 0xff, 0xff, 0xff]));
}

#[test]
fn a_string_that_is_cut() {
    loses_only_its_own_connection(&bytes(ApiKey::Metadata as i16, 1, &[0, 0, 0, 1, 0, 9, b'x']));
}

#[test]
fn every_truncation_of_a_request() {
    let groups = vec![GroupId(text("one")), GroupId(text("two"))];
    let request = DescribeGroupsRequest::default().with_groups(groups);
    let whole = frame(5, &request);
    let bed = Bed::new();
    for length in 4..whole.len() - 1 {
        let mut cut = whole[..length].to_vec();
        cut[..4].copy_from_slice(&(length as u32 - 4).to_be_bytes());
        let mut raw = Raw::connect(&bed.broker);
        raw.send(&cut);
        assert_eq!(raw.receive(), None, "the first {length} bytes");
    }
}

#[test]
fn random_bodies_end_nothing() {
    let bed = Bed::new();
    let mut good = Raw::connect(&bed.broker);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for key in good.versions().api_keys {
        for _ in 0..20 {
            let body: Vec<u8> = (0..40)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    // Small numbers get further into a request.
                    if state & 0x100 == 0 { 0 } else { state as u8 }
                })
                .collect();
            let version = key.min_version + (state % 3) as i16;
            Raw::connect(&bed.broker).send(&bytes(key.api_key, version, &body));
        }
    }
    assert_eq!(good.versions().error_code, 0);
}

#[test]
fn a_client_that_is_too_new_learns_the_versions() {
    let bed = Bed::new();
    let mut raw = Raw::connect(&bed.broker);
    raw.send(&bytes(ApiKey::ApiVersions as i16, 99, &[]));
    let mut answer = raw.receive().unwrap();
    let header = ResponseHeader::decode(&mut answer, ApiVersionsResponse::header_version(0));
    assert_eq!(header.unwrap().correlation_id, 7);
    let response = ApiVersionsResponse::decode(&mut answer, 0).unwrap();
    assert_eq!(response.error_code, 35);
    assert!(response.api_keys.len() > 20);
    assert_eq!(raw.call(1, &MetadataRequest::default()).brokers.len(), 1);
}
