//! Kafka's error codes in words: what happened, of which kind it is, what to do.

use rdkafka::types::RDKafkaErrorCode as Code;

use crate::error::Kind;

/// Why something was refused with `code`, as the end of a sentence that began with the attempt:
/// `text`, what the broker said, unless our own words for the code say as much and better.
pub fn reason(code: Code, text: Option<&str>) -> String {
    let complete = matches!(kind(code), Kind::NotFound | Kind::AlreadyExists | Kind::Denied);
    // librdkafka wraps what coordinators answer in words about itself.
    let wrapped = text.is_some_and(|text| text.contains(" worker failed to parse response: "));
    match text {
        Some(text) if !complete && !wrapped => lower_first(text.trim().trim_end_matches('.')),
        _ => words(code),
    }
}

/// What `code` means, as the end of a sentence that began with the attempt.
pub fn words(code: Code) -> String {
    let text = match code {
        Code::UnknownTopic | Code::UnknownTopicOrPartition => "the topic does not exist",
        Code::UnknownPartition => "the partition does not exist",
        Code::TopicAlreadyExists => "it already exists",
        Code::InvalidTopic => {
            "the name is not valid: 1 to 249 letters, digits, `.`, `_` and `-`, and not `.` or `..`"
        }
        Code::InvalidPartitions => "the number of partitions is not valid",
        Code::InvalidReplicationFactor => "the replication factor is not valid",
        Code::TopicAuthorizationFailed => "not authorised for the topic",
        Code::GroupAuthorizationFailed => "not authorised for the group",
        Code::ClusterAuthorizationFailed => "not authorised for the cluster",
        Code::MessageSizeTooLarge | Code::InvalidMessageSize => {
            "the record is larger than the limit"
        }
        Code::MessageBatchTooLarge => "the batch of records is larger than the limit",
        Code::OffsetOutOfRange | Code::AutoOffsetReset => {
            "the offset is not in the partition's log"
        }
        Code::MessageTimedOut => "not acknowledged in time",
        Code::NotEnoughReplicas | Code::NotEnoughReplicasAfterAppend => {
            "not enough replicas are in sync"
        }
        Code::Inconsistent => "the broker took a later record, but never said that it has this one",
        Code::QueueFull => "the producer's queue is full",
        Code::PolicyViolation => {
            "the broker's policy forbids it, or the memory of the embedded broker is full \
             (kafkaefd up --max-memory)"
        }
        Code::SecurityDisabled => {
            "the brokers check no permissions: they run without an authorizer"
        }
        _ => return plain(code),
    };
    text.to_owned()
}

/// librdkafka's own words without the side that said them ("Broker: …").
fn plain(code: Code) -> String {
    let text = code.to_string();
    let text = text.split_once(" (").map_or(text.as_str(), |(_, rest)| rest.trim_end_matches(')'));
    lower_first(text.trim_start_matches("Broker: ").trim_start_matches("Local: "))
}

/// `text` with a small first letter, unless its first word is an acronym.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The case scripts branch on.
pub fn kind(code: Code) -> Kind {
    match code {
        Code::UnknownTopic
        | Code::UnknownTopicOrPartition
        | Code::UnknownPartition
        | Code::UnknownGroup
        | Code::GroupIdNotFound => Kind::NotFound,
        Code::TopicAlreadyExists => Kind::AlreadyExists,
        Code::TopicAuthorizationFailed
        | Code::GroupAuthorizationFailed
        | Code::ClusterAuthorizationFailed
        | Code::TransactionalIdAuthorizationFailed
        | Code::Authentication
        | Code::SaslAuthenticationFailed
        | Code::SSL => Kind::Denied,
        Code::BrokerTransportFailure
        | Code::AllBrokersDown
        | Code::Resolve
        | Code::NetworkException => Kind::Unreachable,
        Code::OperationTimedOut
        | Code::RequestTimedOut
        | Code::MessageTimedOut
        | Code::TimedOutQueue => Kind::Timeout,
        Code::InvalidTopic
        | Code::InvalidPartitions
        | Code::InvalidReplicationFactor
        | Code::InvalidReplicaAssignment
        | Code::InvalidConfig
        | Code::InvalidRequest
        | Code::PolicyViolation
        | Code::MessageSizeTooLarge
        | Code::InvalidMessageSize
        | Code::MessageBatchTooLarge
        | Code::InvalidArgument
        | Code::InvalidTimestamp
        | Code::OffsetOutOfRange
        | Code::AutoOffsetReset => Kind::Invalid,
        Code::UnsupportedFeature | Code::UnsupportedVersion | Code::SecurityDisabled => {
            Kind::Unsupported
        }
        Code::RebalanceInProgress | Code::IllegalGeneration | Code::NonEmptyGroup => Kind::Conflict,
        Code::Fatal
        | Code::Fenced
        | Code::InvalidProducerEpoch
        | Code::ProducerFenced
        | Code::OutOfOrderSequenceNumber => Kind::Fatal,
        _ => Kind::Failed,
    }
}

/// Whether Kafka's protocol says that the same request may succeed later.
pub fn retriable(code: Code) -> bool {
    matches!(
        code,
        Code::BrokerTransportFailure
            | Code::AllBrokersDown
            | Code::OperationTimedOut
            | Code::RequestTimedOut
            | Code::MessageTimedOut
            | Code::TimedOutQueue
            | Code::QueueFull
            | Code::LeaderNotAvailable
            | Code::NotLeaderForPartition
            | Code::BrokerNotAvailable
            | Code::ReplicaNotAvailable
            | Code::NetworkException
            | Code::CoordinatorLoadInProgress
            | Code::CoordinatorNotAvailable
            | Code::NotCoordinator
            | Code::NotEnoughReplicas
            | Code::NotEnoughReplicasAfterAppend
            | Code::RebalanceInProgress
            | Code::NotController
            | Code::KafkaStorageError
            | Code::FencedLeaderEpoch
            | Code::UnknownLeaderEpoch
            | Code::OffsetNotAvailable
            | Code::UnstableOffsetCommit
            | Code::ThrottlingQuotaExceeded
    )
}

/// What to do about `code`.
pub fn remedy(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::UnknownTopic | Code::UnknownTopicOrPartition => {
            "create it with: kafkaefd admin topics create NAME"
        }
        Code::UnknownPartition => "look at its partitions with: kafkaefd admin topics list -f NAME",
        Code::TopicAlreadyExists => "leave it, or accept it with the option `if_not_exists`",
        Code::InvalidTopic => "choose another name",
        Code::InvalidPartitions => "ask for 1 or more partitions",
        Code::InvalidReplicationFactor => {
            "ask for fewer replicas, or leave the factor out: the default fits the cluster"
        }
        Code::InvalidConfig => {
            "see Kafka's configs: https://kafka.apache.org/documentation/#configuration"
        }
        Code::TopicAuthorizationFailed
        | Code::GroupAuthorizationFailed
        | Code::ClusterAuthorizationFailed => {
            "ask for an ACL for your user, or use another profile"
        }
        Code::UnsupportedFeature | Code::UnsupportedVersion => "use a cluster with a newer Kafka",
        Code::SecurityDisabled => "use a cluster whose brokers set authorizer.class.name",
        Code::MessageSizeTooLarge | Code::InvalidMessageSize | Code::MessageBatchTooLarge => {
            "send less at once, or raise max.message.bytes of the topic and message.max.bytes here"
        }
        Code::OffsetOutOfRange | Code::AutoOffsetReset => {
            "start from \"earliest\", \"latest\" or a time"
        }
        Code::MessageTimedOut => "check that the topic's leader runs, or raise message.timeout.ms",
        Code::NotEnoughReplicas | Code::NotEnoughReplicasAfterAppend => {
            "check that enough brokers run for min.insync.replicas of the topic"
        }
        _ => return None,
    })
}
