//! Access control lists: who may do what.

use std::time::Duration;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{
    Acl, ClusterRights, CreateAcls, DeleteAcls, DescribeAcls, OPERATIONS, PATTERNS, PERMISSIONS,
    RESOURCES, Refusal, Word,
};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;
use crate::nearest::nearest;

impl Acl {
    /// The rule as people say it: "allow User:ann to read topic `orders`".
    pub fn sentence(&self) -> String {
        let or = |word: Option<&str>, any: &str| word.unwrap_or(any).to_owned();
        let prefixed = if self.pattern == Some("prefixed") { "…" } else { "" };
        format!(
            "{} {} to {} {} `{}{prefixed}`",
            or(self.permission, "allow or deny"),
            or(self.principal.as_deref(), "anyone"),
            or(self.operation, "do anything with"),
            or(self.resource, "anything"),
            or(self.name.as_deref(), "*"),
        )
    }

    /// Whether it stands for all rules there are.
    pub fn is_any(&self) -> bool {
        *self == Acl::default()
    }
}

/// Kafka's word for a kind of resource, from what a person wrote.
pub fn resource(word: &str) -> Result<&'static str, KafkaError> {
    known("resource", RESOURCES, word)
}

/// Kafka's word for a pattern, from what a person wrote.
pub fn pattern(word: &str) -> Result<&'static str, KafkaError> {
    known("pattern", PATTERNS, word)
}

/// Kafka's word for an operation, from what a person wrote.
pub fn operation(word: &str) -> Result<&'static str, KafkaError> {
    known("operation", OPERATIONS, word)
}

/// Kafka's word for a permission, from what a person wrote.
pub fn permission(word: &str) -> Result<&'static str, KafkaError> {
    known("permission", PERMISSIONS, word)
}

/// The one of `words` that `word` means: `DescribeConfigs`, `DESCRIBE_CONFIGS` and
/// `describe-configs` are the same.
fn known<T>(what: &str, words: &'static [Word<T>], word: &str) -> Result<&'static str, KafkaError> {
    let plain = |text: &str| text.replace(['-', '_'], "").to_lowercase();
    let mut all = words.iter().map(|(known, _)| *known);
    if let Some(found) = all.clone().find(|known| plain(known) == plain(word)) {
        return Ok(found);
    }
    let remedy = match nearest(word, all.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("give one of: {}", all.by_ref().collect::<Vec<_>>().join(", ")),
    };
    let (attempt, reason) = ("read an ACL".to_owned(), format!("`{word}` is no {what}"));
    Err(KafkaError::Options { attempt, reason, remedy: Some(remedy) })
}

impl Admin {
    /// The rules that `filter` matches, by resource, name and principal.
    pub fn acls(
        &self,
        context: &Context,
        filter: &Acl,
        timeout: Duration,
    ) -> Result<Vec<Acl>, Failure> {
        let attempt = format!("list ACLs of {}", self.brokers);
        let asked = DescribeAcls { filter: filter.clone() };
        let mut found = self.probe()?.request_one(context, (&attempt, timeout), asked)?;
        if found.is_empty() {
            self.check_rights(context, (&attempt, timeout))?;
        }
        found.sort_by(|one, other| key(one).cmp(&key(other)));
        Ok(found)
    }

    /// librdkafka (2.12) drops the error of a list of ACLs and answers with an empty one: this
    /// looks whether there could have been an error.
    fn check_rights(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), Failure> {
        use rdkafka::types::RDKafkaErrorCode as Code;
        let rights = self.probe()?.request_one(context, (attempt, timeout), ClusterRights)?;
        let may = |rights: &Vec<&str>| rights.contains(&"describe") || rights.contains(&"all");
        if rights.is_some_and(|rights| !may(&rights)) {
            let code = Code::ClusterAuthorizationFailed;
            return Err(declined(attempt, Refusal { code, text: None }).into());
        }
        let Some(broker) = self.cluster(context, timeout)?.brokers.first().map(|b| b.id) else {
            return Ok(());
        };
        let config = self.broker_config(context, broker, timeout)?;
        let authorizer = config.iter().find(|entry| entry.name == "authorizer.class.name");
        match authorizer.map(|entry| entry.value.as_deref().unwrap_or_default()) {
            Some("") => {
                let code = Code::SecurityDisabled;
                Err(declined(attempt, Refusal { code, text: None }).into())
            }
            _ => Ok(()),
        }
    }

    /// Creates the rule `acl`, which must be complete; whether there was none such.
    pub fn create_acl(
        &self,
        context: &Context,
        acl: &Acl,
        timeout: Duration,
    ) -> Result<bool, Failure> {
        let sentence = acl.sentence();
        authorize(context, &Action::CreateAcl(sentence.clone()))?;
        let attempt = format!("create the ACL: {sentence}");
        let same = DescribeAcls { filter: acl.clone() };
        let new = self.probe()?.request_one(context, (&attempt, timeout), same)?.is_empty();
        let asked = CreateAcls { rules: vec![acl.clone()] };
        let answer = self.probe()?.request_one(context, (&attempt, timeout), asked)?;
        match answer.into_iter().find_map(Result::err) {
            Some(refusal) => Err(declined(&attempt, refusal).into()),
            None => Ok(new),
        }
    }

    /// Deletes the rules that `filter` matches, and returns them. A filter that matches all is
    /// refused.
    pub fn delete_acls(
        &self,
        context: &Context,
        filter: &Acl,
        timeout: Duration,
    ) -> Result<Vec<Acl>, Failure> {
        let attempt = format!("delete ACLs of {}", self.brokers);
        if filter.is_any() {
            let reason = "no filter is given, and that would be all of them".to_owned();
            let remedy = Some("say which: by principal, resource, name, …".to_owned());
            return Err(KafkaError::Options { attempt, reason, remedy }.into());
        }
        authorize(context, &Action::DeleteAcls(filter.sentence()))?;
        let asked = DeleteAcls { filter: filter.clone() };
        let answer = self.probe()?.request_one(context, (&attempt, timeout), asked)?;
        let deleted: Result<Vec<Acl>, Refusal> = answer.into_iter().collect();
        let mut deleted = deleted.map_err(|refusal| declined(&attempt, refusal))?;
        deleted.sort_by(|one, other| key(one).cmp(&key(other)));
        Ok(deleted)
    }
}

/// What rules are sorted by.
fn key(acl: &Acl) -> [Option<&str>; 5] {
    let Acl { resource, name, principal, operation, permission, .. } = acl;
    [*resource, name.as_deref(), principal.as_deref(), *operation, *permission]
}
