//! Members of consumer groups of the classic protocol.

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::join_group_request::JoinGroupRequestProtocol;
use kafka_protocol::messages::leave_group_request::MemberIdentity;
use kafka_protocol::messages::*;
use kafka_protocol::protocol::StrBytes;

use super::super::raw::Raw;
use super::super::versions::{BLOB, text};
use super::sample::group;
use super::table::Table;
use crate::support::on_each_stack;

/// A request to join `name` as `member`, on which a test changes what is wrong.
fn wish(name: &str, member: &str) -> JoinGroupRequest {
    let protocol = JoinGroupRequestProtocol::default().with_name(text("range")).with_metadata(BLOB);
    JoinGroupRequest::default()
        .with_group_id(group(name))
        .with_session_timeout_ms(30_000)
        .with_rebalance_timeout_ms(30_000)
        .with_member_id(text(member))
        .with_protocol_type(text("consumer"))
        .with_protocols(vec![protocol])
}

fn protocol(name: &str) -> JoinGroupRequestProtocol {
    JoinGroupRequestProtocol::default().with_name(text(name)).with_metadata(BLOB)
}

fn sync(name: &str, member: &str, generation: i32) -> SyncGroupRequest {
    SyncGroupRequest::default()
        .with_group_id(group(name))
        .with_generation_id(generation)
        .with_member_id(text(member))
        .with_protocol_type(Some(text("consumer")))
        .with_protocol_name(Some(text("range")))
}

fn beat(raw: &mut Raw, name: &str, member: &str, generation: i32) -> i16 {
    let request = HeartbeatRequest::default()
        .with_group_id(group(name))
        .with_generation_id(generation)
        .with_member_id(text(member));
    raw.call(4, &request).error_code
}

fn leave(raw: &mut Raw, name: &str, member: &str, instance: Option<&str>) -> i16 {
    let one = MemberIdentity::default()
        .with_member_id(text(member))
        .with_group_instance_id(instance.map(text))
        .with_reason(None);
    let request = LeaveGroupRequest::default().with_group_id(group(name)).with_members(vec![one]);
    let answer = raw.call(5, &request);
    match answer.error_code {
        0 => answer.members[0].error_code,
        code => code,
    }
}

fn delete(raw: &mut Raw, name: &str) -> i16 {
    let request = DeleteGroupsRequest::default().with_groups_names(vec![group(name)]);
    raw.call(2, &request).results[0].error_code
}

/// The only member of `name`, with its generation; it has synced.
fn member(raw: &mut Raw, name: &str, instance: Option<&str>) -> (StrBytes, i32) {
    let request = |member: &str| wish(name, member).with_group_instance_id(instance.map(text));
    let mut joined = raw.call(9, &request(""));
    super::super::transactions::wire::until(|| {
        if [14, 15, 16].contains(&joined.error_code) {
            joined = raw.call(9, &request(""));
        }
        ![14, 15, 16].contains(&joined.error_code)
    });
    if joined.error_code == E::MemberIdRequired.code() {
        joined = raw.call(9, &request(&joined.member_id));
    }
    assert_eq!((joined.error_code, &joined.leader), (0, &joined.member_id));
    let (id, generation) = (joined.member_id, joined.generation_id);
    let sync = sync(name, &id, generation).with_group_instance_id(instance.map(text));
    assert_eq!(raw.call(5, &sync).error_code, 0);
    (id, generation)
}

on_each_stack! {
    fn joining(stack: &Stack) {
        let mut table = Table::new(stack);
        let clerks = stack.name("clerks");
        let mut row = |what: &str, expected: Option<E>, request: JoinGroupRequest| {
            table.row(what, expected, |raw| raw.call(9, &request).error_code);
        };
        row("no group", Some(E::InvalidGroupId), wish("", ""));
        let session = |ms| wish(&clerks, "").with_session_timeout_ms(ms);
        row("too short a session", Some(E::InvalidSessionTimeout), session(10));
        row("too long a session", Some(E::InvalidSessionTimeout), session(1_800_001));
        row("an unknown member", Some(E::UnknownMemberId), wish(&clerks, "nobody"));
        let none = wish(&clerks, "").with_protocols(Vec::new());
        row("no assignor", Some(E::InconsistentGroupProtocol), none);
        let untyped = wish(&clerks, "").with_protocol_type(StrBytes::default());
        row("no type", Some(E::InconsistentGroupProtocol), untyped);
        row("a new member", Some(E::MemberIdRequired), wish(&clerks, ""));
        table.check();
    }

    fn joining_others(stack: &Stack) {
        let mut table = Table::new(stack);
        let clerks = stack.name("clerks");
        let mut raw = Raw::to(stack.broker());
        let (id, generation) = member(&mut raw, &clerks, Some("anna"));
        let mut row = |what: &str, expected: Option<E>, request: JoinGroupRequest| {
            table.row(what, expected, |raw| raw.call(9, &request).error_code);
        };
        let other = wish(&clerks, "").with_protocols(vec![protocol("sticky")]);
        row("another assignor", Some(E::InconsistentGroupProtocol), other);
        let connect = wish(&clerks, "").with_protocol_type(text("connect"));
        row("another type", Some(E::InconsistentGroupProtocol), connect);
        let anna = |member| wish(&clerks, member).with_group_instance_id(Some(text("anna")));
        row("somebody else's instance", Some(E::FencedInstanceId), anna("nobody"));
        let berta = wish(&clerks, &id).with_group_instance_id(Some(text("berta")));
        row("another instance", Some(E::UnknownMemberId), berta);
        let mut row = |what: &str, expected: Option<E>, request: SyncGroupRequest| {
            table.row(what, expected, |raw| raw.call(5, &request).error_code);
        };
        row("no such group", Some(E::UnknownMemberId), sync(&stack.name("nobody"), &id, 1));
        row("sync by nobody", Some(E::UnknownMemberId), sync(&clerks, "nobody", generation));
        row("a later generation", Some(E::IllegalGeneration), sync(&clerks, &id, generation + 1));
        let fenced = sync(&clerks, "nobody", generation).with_group_instance_id(Some(text("anna")));
        row("sync as somebody else", Some(E::FencedInstanceId), fenced);
        let sticky = sync(&clerks, &id, generation).with_protocol_name(Some(text("sticky")));
        row("sync by another assignor", Some(E::InconsistentGroupProtocol), sticky);
        let halved = sync(&clerks, &id, generation).with_protocol_type(None);
        row("sync without a type", Some(E::InconsistentGroupProtocol), halved);
        row("sync without a group", Some(E::InvalidGroupId), sync("", &id, generation));
        table.check();
    }

    fn staying_and_leaving(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, nobody) = (stack.name("clerks"), stack.name("nobody"));
        let mut raw = Raw::to(stack.broker());
        let (id, generation) = member(&mut raw, &clerks, Some("anna"));
        let mut row = |what: &str, expected: Option<E>, name: &str, member: &str, generation| {
            table.row(what, expected, |raw| beat(raw, name, member, generation));
        };
        row("no group", Some(E::InvalidGroupId), "", &id, generation);
        row("an unknown group", Some(E::UnknownMemberId), &nobody, &id, generation);
        row("an unknown member", Some(E::UnknownMemberId), &clerks, "nobody", generation);
        row("an older generation", Some(E::IllegalGeneration), &clerks, &id, generation - 1);
        row("no generation", Some(E::IllegalGeneration), &clerks, &id, -1);
        row("a good one", None, &clerks, &id, generation);
        table.row("deleting with members", E::NonEmptyGroup, |raw| delete(raw, &clerks));
        let mut row = |what: &str, expected: Option<E>, name: &str, member: &str, instance| {
            table.row(what, expected, |raw| leave(raw, name, member, instance));
        };
        row("leaving no group", Some(E::InvalidGroupId), "", &id, None);
        row("leaving an unknown group", Some(E::UnknownMemberId), &nobody, &id, None);
        row("a stranger leaves", Some(E::UnknownMemberId), &clerks, "nobody", None);
        row("an unknown instance leaves", Some(E::UnknownMemberId), &clerks, "", Some("berta"));
        row("a fenced one leaves", Some(E::FencedInstanceId), &clerks, "nobody", Some("anna"));
        row("leaving", None, &clerks, &id, Some("anna"));
        row("leaving again", Some(E::UnknownMemberId), &clerks, &id, None);
        table.row("deleting", None, |raw| delete(raw, &clerks));
        table.row("deleting again", E::GroupIdNotFound, |raw| delete(raw, &clerks));
        table.check();
    }

    fn asking(stack: &Stack) {
        let mut table = Table::new(stack);
        let nobody = stack.name("nobody");
        let describe = |raw: &mut Raw, version, name: &str| {
            let request = DescribeGroupsRequest::default().with_groups(vec![group(name)]);
            raw.call(version, &request).groups[0].error_code
        };
        let find = |raw: &mut Raw, kind, name: &str| {
            let request = FindCoordinatorRequest::default().with_key_type(kind);
            let request = request.with_coordinator_keys(vec![text(name)]);
            raw.call(4, &request).coordinators[0].error_code
        };
        table.row("an unknown group, before", None, |raw| describe(raw, 5, &nobody));
        table.row("an unknown group", E::GroupIdNotFound, |raw| describe(raw, 6, &nobody));
        table.row("an unnamed group", None, |raw| describe(raw, 5, ""));
        table.row("the coordinator of a group", None, |raw| find(raw, 0, &nobody));
        table.row("the coordinator of an id", None, |raw| find(raw, 1, &nobody));
        table.row("of something else", E::InvalidRequest, |raw| find(raw, 9, &nobody));
        table.row("of an unnamed group", None, |raw| find(raw, 0, ""));
        table.check();
    }
}
