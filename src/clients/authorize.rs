//! The one gate that every write passes before it leaves the process.

use std::fmt;
use std::path::PathBuf;

use crate::context::Context;
use crate::error::Failure;

/// A write that a client is about to carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Records are sent to a topic.
    Produce(String),
    /// A topic is created.
    CreateTopic(String),
    /// A topic's partitions or configs change.
    AlterTopic(String),
    /// A broker's configs change.
    AlterBroker(i32),
    /// The oldest records of a topic are deleted.
    DeleteRecords(String),
    /// A topic is deleted.
    DeleteTopic(String),
    /// A group's offsets are committed.
    CommitOffsets(String),
    /// What a group reads next is set.
    ResetGroup(String),
    /// A group is deleted, or some of what it committed.
    DeleteGroup(String),
    /// A rule is created.
    CreateAcl(String),
    /// The rules that a filter matches are deleted.
    DeleteAcls(String),
    /// A user gets a password.
    SetUser(String),
    /// A user loses a password.
    DeleteUser(String),
    /// A schema is registered under a subject.
    RegisterSchema(String),
    /// A subject or one of its versions is deleted.
    DeleteSubject(String),
    /// Files are written into a folder.
    WriteFiles(PathBuf),
    /// A compatibility level is changed, of a subject or of all (`*`).
    SetCompatibility(String),
    /// A mode of the registry is changed, of a subject or of all (`*`).
    SetMode(String),
    /// A connector is created or gets another configuration.
    SetConnector(String),
    /// A connector is deleted.
    DeleteConnector(String),
    /// A connector is paused, resumed, stopped or restarted.
    SteerConnector(String),
    /// The offsets of a connector change.
    AlterConnectorOffsets(String),
    /// The level of a logger of Connect's workers changes.
    SetConnectLogger(String),
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, target) = match self {
            Action::Produce(topic) => ("produce to topic", topic),
            Action::CreateTopic(topic) => ("create topic", topic),
            Action::AlterTopic(topic) => ("change topic", topic),
            Action::AlterBroker(id) => return write!(f, "change broker {id}"),
            Action::DeleteRecords(topic) => ("delete records of topic", topic),
            Action::DeleteTopic(topic) => ("delete topic", topic),
            Action::CommitOffsets(group) => ("commit offsets of group", group),
            Action::ResetGroup(group) => ("reset group", group),
            Action::DeleteGroup(group) => ("delete group", group),
            Action::CreateAcl(rule) => ("create the ACL", rule),
            Action::DeleteAcls(rules) => ("delete the ACLs", rules),
            Action::SetUser(user) => ("set the password of user", user),
            Action::DeleteUser(user) => ("delete the password of user", user),
            Action::RegisterSchema(subject) => ("register a schema under subject", subject),
            Action::DeleteSubject(subject) => ("delete subject", subject),
            Action::WriteFiles(folder) => {
                return write!(f, "write files into `{}`", folder.display());
            }
            Action::SetCompatibility(subject) => ("set the compatibility level of", subject),
            Action::SetMode(subject) => ("set the mode of", subject),
            Action::SetConnector(name) => ("set the configuration of connector", name),
            Action::DeleteConnector(name) => ("delete connector", name),
            Action::SteerConnector(name) => ("change the state of connector", name),
            Action::AlterConnectorOffsets(name) => ("change the offsets of connector", name),
            Action::SetConnectLogger(name) => ("set the level of Connect's logger", name),
        };
        write!(f, "{verb} `{target}`")
    }
}

/// Lets `action` pass, and leaves an audit line. Every write of a client calls it first.
///
/// All actions are allowed for now; a refusal will be an error of kind `denied`.
pub fn authorize(context: &Context, action: &Action) -> Result<(), Failure> {
    tracing::debug!(target: "audit", profile = %context.settings().profile, %action, "write");
    Ok(())
}
