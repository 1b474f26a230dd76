//! Options of functions on ACLs, and ACLs as maps.

use rhai::{Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::{Acl, acls};
use crate::error::{Failure, Kind};
use crate::modules::options::Seconds;

/// What an ACL says, or what those that are looked for say.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct AclOptions {
    principal: Option<String>,
    host: Option<String>,
    operation: Option<String>,
    permission: Option<String>,
    resource: Option<String>,
    name: Option<String>,
    pattern: Option<String>,
    timeout: Option<Seconds>,
}

super::timeout_of!(AclOptions);

impl AclOptions {
    /// What is looked for.
    pub fn filter(&self) -> Result<Acl, Failure> {
        let word = |word: &Option<String>, read: fn(&str) -> Result<&'static str, _>| {
            word.as_deref().map(read).transpose()
        };
        Ok(Acl {
            resource: word(&self.resource, acls::resource)?,
            name: self.name.clone(),
            pattern: word(&self.pattern, acls::pattern)?,
            principal: self.principal.as_deref().map(principal),
            host: self.host.clone(),
            operation: word(&self.operation, acls::operation)?,
            permission: word(&self.permission, acls::permission)?,
        })
    }

    /// The rule, complete.
    pub fn rule(&self) -> Result<Acl, Failure> {
        let mut rule = self.filter()?;
        rule.host.get_or_insert_with(|| "*".to_owned());
        rule.permission.get_or_insert("allow");
        rule.pattern.get_or_insert("literal");
        if rule.resource == Some("cluster") {
            rule.name.get_or_insert_with(|| "kafka-cluster".to_owned());
        }
        let missing = [
            ("principal", rule.principal.is_none()),
            ("operation", rule.operation.is_none()),
            ("resource", rule.resource.is_none()),
            ("name", rule.name.is_none()),
        ];
        match missing.into_iter().find(|(_, missing)| *missing) {
            None => Ok(rule),
            Some((option, _)) => {
                let message = format!("cannot create an ACL: `{option}` is not given");
                Err(Failure::new(Kind::Usage, message)
                    .with_remedy("give `principal`, `operation`, `resource` and `name`"))
            }
        }
    }
}

/// Kafka's principals have a type; a bare name is a user's.
fn principal(text: &str) -> String {
    if text.contains(':') { text.to_owned() } else { format!("User:{text}") }
}

/// An ACL in one line.
pub fn acl_map(acl: Acl) -> Map {
    let word = |word: Option<&'static str>| word.map_or(Dynamic::UNIT, Dynamic::from);
    let text = |text: Option<String>| text.map_or(Dynamic::UNIT, Dynamic::from);
    Map::from([
        ("principal".into(), text(acl.principal)),
        ("host".into(), text(acl.host)),
        ("operation".into(), word(acl.operation)),
        ("permission".into(), word(acl.permission)),
        ("resource".into(), word(acl.resource)),
        ("name".into(), text(acl.name)),
        ("pattern".into(), word(acl.pattern)),
    ])
}
