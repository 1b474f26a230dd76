//! A group has one protocol at a time. One without members takes the protocol of who comes next, and
//! keeps its offsets (KIP-848).

use kafka_protocol::ResponseError;

use super::{Group, Protocol, classic, consumer};
use crate::embedded::broker::wire::ItemError;

impl Group {
    /// The group for one who says to be a member of it by the classic protocol.
    pub fn classic(&mut self) -> Result<&mut classic::Group, ResponseError> {
        match &mut self.protocol {
            Protocol::Classic(group) if !self.dead => Ok(group),
            _ => Err(ResponseError::UnknownMemberId),
        }
    }

    /// The group for one who joins by the classic protocol.
    pub fn classic_to_join(&mut self) -> Result<&mut classic::Group, ResponseError> {
        if matches!(self.protocol, Protocol::Consumer(_)) {
            if !self.is_empty() {
                return Err(ResponseError::InconsistentGroupProtocol);
            }
            self.protocol = Protocol::Classic(classic::Group::default());
        }
        self.classic()
    }

    /// The group called `name` for one who says to be a member of it by the protocol of KIP-848.
    pub fn consumer(&mut self, name: &str) -> Result<&mut consumer::Group, ItemError> {
        let empty = self.is_empty();
        match &mut self.protocol {
            Protocol::Consumer(group) if !self.dead => Ok(group),
            // The broker was started anew and knows the offsets only: the member must join again.
            Protocol::Classic(_) if empty => Err(consumer::unknown_member(name)),
            _ => Err(ItemError::new(
                ResponseError::GroupIdNotFound,
                format!("Group {name} is not a consumer group."),
            )),
        }
    }

    /// The group called `name` for one who joins by the protocol of KIP-848.
    pub fn consumer_to_join(&mut self, name: &str) -> Result<&mut consumer::Group, ItemError> {
        if matches!(self.protocol, Protocol::Classic(_)) && self.is_empty() {
            self.protocol = Protocol::Consumer(consumer::Group::default());
        }
        self.consumer(name)
    }
}
