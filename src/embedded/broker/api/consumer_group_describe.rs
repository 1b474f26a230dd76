//! Groups of the new protocol (KIP-848), of which there are none.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::consumer_group_describe_response::DescribedGroup;
use kafka_protocol::messages::{
    ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse, GroupId,
};

use crate::embedded::broker::call::Call;
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::strings::{group_id, nullable};

/// Says of each group what Kafka says of a classic one: clients ask for those with `DescribeGroups`.
pub fn handle(
    _call: &Call,
    request: ConsumerGroupDescribeRequest,
) -> ConsumerGroupDescribeResponse {
    let describe = |id: &GroupId| {
        let message = format!("Group {} is not a consumer group.", id.as_str());
        DescribedGroup::default()
            .with_error_code(ResponseError::GroupIdNotFound.code())
            .with_error_message(nullable(Some(&message)))
            .with_group_id(group_id(id))
    };
    ConsumerGroupDescribeResponse::default()
        .with_groups(request.group_ids.iter().map(describe).collect())
}

impl Refuse for ConsumerGroupDescribeRequest {
    type Response = ConsumerGroupDescribeResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ConsumerGroupDescribeResponse {
        let one = |id: &GroupId| {
            DescribedGroup::default().with_group_id(group_id(id)).with_error_code(error.code())
        };
        ConsumerGroupDescribeResponse::default()
            .with_groups(self.group_ids.iter().map(one).collect())
    }
}
