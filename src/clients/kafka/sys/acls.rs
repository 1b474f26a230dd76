//! Listing, creating and deleting access control lists.

use rdkafka::bindings::rd_kafka_AclOperation_t as Operation;
use rdkafka::bindings::rd_kafka_AclPermissionType_t as Permission;
use rdkafka::bindings::rd_kafka_ResourcePatternType_t as Pattern;
use rdkafka::bindings::rd_kafka_ResourceType_t as Resource;
use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::options::Options;
use super::owned::{Owned, array};
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};
use super::words::{self, Word};

/// One rule, or what rules must have: none stands for anything there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acl {
    /// `topic`, `group`, `cluster` or `transactional-id`.
    pub resource: Option<&'static str>,
    /// The name, or what names begin with.
    pub name: Option<String>,
    /// `literal` or `prefixed`; in a filter also `match`: every rule that concerns the name.
    pub pattern: Option<&'static str>,
    /// `User:NAME`.
    pub principal: Option<String>,
    /// An address, or `*`.
    pub host: Option<String>,
    /// `read`, `write`, `all`, …
    pub operation: Option<&'static str>,
    /// `allow` or `deny`.
    pub permission: Option<&'static str>,
}

/// The words for kinds of resources.
pub const RESOURCES: &[Word<Resource>] = &[
    ("topic", Resource::RD_KAFKA_RESOURCE_TOPIC),
    ("group", Resource::RD_KAFKA_RESOURCE_GROUP),
    // Where ACLs are concerned librdkafka's name for the protocol's "cluster" is "broker".
    ("cluster", Resource::RD_KAFKA_RESOURCE_BROKER),
    ("transactional-id", Resource::RD_KAFKA_RESOURCE_TRANSACTIONAL_ID),
];

/// The words for patterns.
pub const PATTERNS: &[Word<Pattern>] = &[
    ("literal", Pattern::RD_KAFKA_RESOURCE_PATTERN_LITERAL),
    ("prefixed", Pattern::RD_KAFKA_RESOURCE_PATTERN_PREFIXED),
    ("match", Pattern::RD_KAFKA_RESOURCE_PATTERN_MATCH),
];

/// The words for operations.
pub const OPERATIONS: &[Word<Operation>] = &[
    ("all", Operation::RD_KAFKA_ACL_OPERATION_ALL),
    ("read", Operation::RD_KAFKA_ACL_OPERATION_READ),
    ("write", Operation::RD_KAFKA_ACL_OPERATION_WRITE),
    ("create", Operation::RD_KAFKA_ACL_OPERATION_CREATE),
    ("delete", Operation::RD_KAFKA_ACL_OPERATION_DELETE),
    ("alter", Operation::RD_KAFKA_ACL_OPERATION_ALTER),
    ("describe", Operation::RD_KAFKA_ACL_OPERATION_DESCRIBE),
    ("cluster-action", Operation::RD_KAFKA_ACL_OPERATION_CLUSTER_ACTION),
    ("describe-configs", Operation::RD_KAFKA_ACL_OPERATION_DESCRIBE_CONFIGS),
    ("alter-configs", Operation::RD_KAFKA_ACL_OPERATION_ALTER_CONFIGS),
    ("idempotent-write", Operation::RD_KAFKA_ACL_OPERATION_IDEMPOTENT_WRITE),
];

/// The words for permissions.
pub const PERMISSIONS: &[Word<Permission>] = &[
    ("allow", Permission::RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW),
    ("deny", Permission::RD_KAFKA_ACL_PERMISSION_TYPE_DENY),
];

impl Acl {
    fn read(rule: Lent<'_, rd_kafka_AclBinding_t>) -> Acl {
        Acl {
            resource: words::of(RESOURCES, rule.value(rd_kafka_AclBinding_restype)),
            name: rule.text(rd_kafka_AclBinding_name),
            pattern: words::of(PATTERNS, rule.value(rd_kafka_AclBinding_resource_pattern_type)),
            principal: rule.text(rd_kafka_AclBinding_principal),
            host: rule.text(rd_kafka_AclBinding_host),
            operation: words::of(OPERATIONS, rule.value(rd_kafka_AclBinding_operation)),
            permission: words::of(PERMISSIONS, rule.value(rd_kafka_AclBinding_permission_type)),
        }
    }

    /// The rule as librdkafka makes it with `make`: a binding, which must be complete, or a filter.
    fn native(&self, make: Maker) -> Result<Owned<rd_kafka_AclBinding_t>, Refusal> {
        let lent = |text: &Option<String>| text.as_deref().map(c_text).transpose();
        let (name, principal) = (lent(&self.name)?, lent(&self.principal)?);
        let host = lent(&self.host)?;
        let pointer = |text: &Option<std::ffi::CString>| {
            text.as_ref().map_or(std::ptr::null(), |text| text.as_ptr())
        };
        let resource = words::value(RESOURCES, self.resource, Resource::RD_KAFKA_RESOURCE_ANY);
        let any = Pattern::RD_KAFKA_RESOURCE_PATTERN_ANY;
        let pattern = words::value(PATTERNS, self.pattern, any);
        let any = Operation::RD_KAFKA_ACL_OPERATION_ANY;
        let operation = words::value(OPERATIONS, self.operation, any);
        let any = Permission::RD_KAFKA_ACL_PERMISSION_TYPE_ANY;
        let permission = words::value(PERMISSIONS, self.permission, any);
        // SAFETY: the texts are null or live, and get copied; the object is new and ours.
        unsafe {
            Owned::make(|reason, size| {
                make(
                    resource,
                    pointer(&name),
                    pattern,
                    pointer(&principal),
                    pointer(&host),
                    operation,
                    permission,
                    reason,
                    size,
                )
            })
        }
    }
}

/// One of librdkafka's two makers of rules.
type Maker = unsafe extern "C" fn(
    Resource,
    *const std::ffi::c_char,
    Pattern,
    *const std::ffi::c_char,
    *const std::ffi::c_char,
    Operation,
    Permission,
    *mut std::ffi::c_char,
    usize,
) -> *mut rd_kafka_AclBinding_t;

/// Lists the rules that a filter matches.
pub struct DescribeAcls {
    /// The filter.
    pub filter: Acl,
}

impl Request for DescribeAcls {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBEACLS;
    const LACK: &'static str = "ACLs";
    type Answer = Vec<Acl>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let filter = self.filter.native(rd_kafka_AclBindingFilter_new)?;
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DescribeAcls(client, filter.as_ptr(), options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Vec<Acl>, Refusal> {
        let result = event.result(rd_kafka_event_DescribeAcls_result)?;
        let rules = result.list(rd_kafka_DescribeAcls_result_acls);
        Ok(rules.into_iter().map(Acl::read).collect())
    }
}

/// Asks what the user may do with the cluster.
pub struct ClusterRights;

impl Request for ClusterRights {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER;
    const LACK: &'static str = "ACLs";
    /// None where the broker does not tell.
    type Answer = Option<Vec<&'static str>>;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.authorized_operations(true)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call.
        unsafe { rd_kafka_DescribeCluster(client, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DescribeCluster_result)?;
        let mut count = 0;
        // SAFETY: the result is live, and owns the array that it answers with.
        let operations = unsafe {
            let first = rd_kafka_DescribeCluster_result_authorized_operations(
                result.as_ptr(),
                &raw mut count,
            );
            (!first.is_null()).then(|| std::slice::from_raw_parts(first, count))
        };
        Ok(operations.map(|all| all.iter().filter_map(|o| words::of(OPERATIONS, *o)).collect()))
    }
}

/// Creates rules. The answer tells of each, in their order.
pub struct CreateAcls {
    /// The rules, complete.
    pub rules: Vec<Acl>,
}

impl Request for CreateAcls {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_CREATEACLS;
    const LACK: &'static str = "ACLs";
    type Answer = Vec<Result<(), Refusal>>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let rules = self.rules.iter().map(|rule| rule.native(rd_kafka_AclBinding_new));
        let mut rules = rules.collect::<Result<Vec<_>, _>>()?;
        let (first, count) = (array(&mut rules), rules.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_CreateAcls(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_CreateAcls_result)?;
        let outcome = |rule: Lent<'_, rd_kafka_acl_result_t>| {
            Refusal::lent(rule.part(rd_kafka_acl_result_error)).map_or(Ok(()), Err)
        };
        Ok(result.list(rd_kafka_CreateAcls_result_acls).into_iter().map(outcome).collect())
    }
}

/// Deletes the rules that a filter matches. The answer has what was deleted.
pub struct DeleteAcls {
    /// The filter.
    pub filter: Acl,
}

impl Request for DeleteAcls {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DELETEACLS;
    const LACK: &'static str = "ACLs";
    type Answer = Vec<Result<Acl, Refusal>>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut filter = [self.filter.native(rd_kafka_AclBindingFilter_new)?];
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DeleteAcls(client, array(&mut filter), 1, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DeleteAcls_result)?;
        let mut deleted = Vec::new();
        for answer in result.list(rd_kafka_DeleteAcls_result_responses) {
            let error = answer.part(rd_kafka_DeleteAcls_result_response_error);
            if let Some(refusal) = Refusal::lent(error) {
                return Err(refusal);
            }
            let rules = answer.list(rd_kafka_DeleteAcls_result_response_matching_acls);
            deleted.extend(rules.into_iter().map(|rule| {
                let error = Refusal::lent(rule.part(rd_kafka_AclBinding_error));
                error.map_or_else(|| Ok(Acl::read(rule)), Err)
            }));
        }
        Ok(deleted)
    }
}
