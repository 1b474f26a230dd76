//! Access control lists.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, AclOptions};
use crate::modules::options::options;

/// Access control lists.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists all ACLs: who may do what.
    ///
    /// Returns an array of maps with `principal` ("User:ann"), `host` (an address, or "*"),
    /// `operation` (all, read, write, create, delete, alter, describe, cluster-action,
    /// describe-configs, alter-configs, idempotent-write), `permission` (allow, deny), `resource`
    /// (topic, group, cluster, transactional-id), `name` and `pattern` (literal, or prefixed for all
    /// names that begin so). A word that this client does not know is `()`. An error of kind
    /// `unsupported` says that the brokers have no ACLs, one of kind `denied` that you may not see
    /// them.
    ///
    /// ```rhai
    /// try { kafka::acls() } catch (err) { err.kind } // the embedded broker has none
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn acls(context: NativeCallContext) -> RhaiResultOf<Array> {
        acls_with(context, Map::new())
    }

    /// Lists the ACLs that `filter` matches.
    ///
    /// `filter` is a map with any of the keys of an ACL (see `kafka::acls()`): what is left out may
    /// be anything. The `pattern` "match" finds all that concern the `name`, also by a prefix or by
    /// "*". A `principal` without a type is a user's. `timeout` is the seconds to wait for an answer
    /// (10).
    ///
    /// Returns an array of the maps of `kafka::acls()`, with the same errors; one of kind `usage`
    /// names a word that is none.
    ///
    /// ```rhai
    /// try { kafka::acls(#{ principal: "ann" }) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(name = "acls", volatile, return_raw)]
    pub fn acls_with(context: NativeCallContext, filter: Map) -> RhaiResultOf<Array> {
        let given: AclOptions = options("kafka::acls", filter)?;
        let filter = given.filter()?;
        let run = call::context(&context)?;
        let found = Admin::of(&run)?.acls(&run, &filter, given.timeout())?;
        Ok(found.into_iter().map(|acl| types::acl_map(acl).into()).collect())
    }

    /// Creates an ACL.
    ///
    /// `acl` is a map with `principal`, `operation`, `resource` and `name` (not needed for
    /// "cluster"); `host` ("*"), `permission` ("allow") and `pattern` ("literal"); and `timeout`,
    /// the seconds to wait for an answer (10). What `kafka::acls()` lists can be given as it is.
    ///
    /// Returns whether there was no such ACL. Errors are those of `kafka::acls(filter)`.
    ///
    /// ```rhai
    /// let acl = #{ principal: "ann", operation: "read", resource: "topic", name: "dome" };
    /// try { kafka::create_acl(acl) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn create_acl(context: NativeCallContext, acl: Map) -> RhaiResultOf<bool> {
        let given: AclOptions = options("kafka::create_acl", acl)?;
        let rule = given.rule()?;
        let run = call::context(&context)?;
        Ok(Admin::of(&run)?.create_acl(&run, &rule, given.timeout())?)
    }

    /// Deletes the ACLs that `filter` matches.
    ///
    /// `filter` is a map as for `kafka::acls(filter)`; one that would match all is refused.
    ///
    /// Returns an array of what was deleted, as maps of `kafka::acls()`. Errors are those of
    /// `kafka::acls(filter)`.
    ///
    /// ```rhai
    /// try { kafka::delete_acls(#{ principal: "ann" }) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_acls(context: NativeCallContext, filter: Map) -> RhaiResultOf<Array> {
        let given: AclOptions = options("kafka::delete_acls", filter)?;
        let filter = given.filter()?;
        let run = call::context(&context)?;
        let deleted = Admin::of(&run)?.delete_acls(&run, &filter, given.timeout())?;
        Ok(deleted.into_iter().map(|acl| types::acl_map(acl).into()).collect())
    }
}
