//! Users that log in with SASL/SCRAM.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::clients::kafka::users::mechanism;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, SetUserOptions, TimeoutOptions, UsersOptions};
use crate::modules::options::options;

/// Users that log in with SASL/SCRAM.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists the users that log in with SASL/SCRAM.
    ///
    /// Returns an array of maps, by user, with `user`, `mechanism` ("SCRAM-SHA-256" or
    /// "SCRAM-SHA-512") and `iterations`, how often the password is hashed: one for each password of
    /// a user. An error of kind `unsupported` says that the brokers have no such users, one of kind
    /// `denied` that you may not see them.
    ///
    /// ```rhai
    /// try { kafka::users() } catch (err) { err.kind } // the embedded broker has none
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn users(context: NativeCallContext) -> RhaiResultOf<Array> {
        users_with(context, Map::new())
    }

    /// Lists the users that `given` asks for.
    ///
    /// `given` is a map with `filter`, a regular expression that matches from the start of the name,
    /// and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns an array of the maps of `kafka::users()`, with the same errors.
    ///
    /// ```rhai
    /// try { kafka::users(#{ filter: "ann" }) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(name = "users", volatile, return_raw)]
    pub fn users_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Array> {
        let given: UsersOptions = options("kafka::users", given)?;
        let run = call::context(&context)?;
        let users = given.select(Admin::of(&run)?.users(&run, given.timeout())?)?;
        Ok(users.into_iter().map(|user| types::credential_map(user).into()).collect())
    }

    /// Gives the user `name` a password for SASL/SCRAM; the user is made if there is none, and an
    /// older password for the mechanism is replaced.
    ///
    /// `given` is a map with `password`, a secret argument of the command or text, or
    /// `password_file`, a file whose first line it is; `mechanism` ("SCRAM-SHA-512");
    /// `iterations`, how often it is hashed, 4096 to 16384 (8192); and `timeout`, the seconds to
    /// wait for an answer (10). The password itself is not sent: only its salted hash is.
    ///
    /// Errors are those of `kafka::users()`, and of kind `usage`.
    ///
    /// ```rhai
    /// try { kafka::set_user("ann", #{ password: "dome" }) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_user(context: NativeCallContext, name: &str, given: Map) -> RhaiResultOf<()> {
        let (given, credential) = SetUserOptions::read(name, given)?;
        let run = call::context(&context)?;
        Ok(Admin::of(&run)?.set_user(&run, name, &credential, given.timeout())?)
    }

    /// Takes the password for `mechanism` away from the user `name`.
    ///
    /// `mechanism` is "SCRAM-SHA-256" or "SCRAM-SHA-512".
    ///
    /// Errors are those of `kafka::users()`; one of kind `not_found` says that the user has no such
    /// password.
    ///
    /// ```rhai
    /// try { kafka::delete_user("ann", "SCRAM-SHA-512") } catch (err) { err.kind }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_user(
        context: NativeCallContext,
        name: &str,
        mechanism: &str,
    ) -> RhaiResultOf<()> {
        delete_user_with(context, name, mechanism, Map::new())
    }

    /// Takes the password for `mechanism` away from the user `name`.
    ///
    /// `mechanism` is "SCRAM-SHA-256" or "SCRAM-SHA-512"; `given` is a map with `timeout`, the
    /// seconds to wait for an answer (10).
    ///
    /// Errors are those of `kafka::delete_user(name, mechanism)`.
    ///
    /// ```rhai
    /// try { kafka::delete_user("ann", "SCRAM-SHA-256", #{ timeout: 5 }) } catch (err) { err.kind }
    /// ```
    #[rhai_fn(name = "delete_user", volatile, return_raw)]
    pub fn delete_user_with(
        context: NativeCallContext,
        name: &str,
        mechanism: &str,
        given: Map,
    ) -> RhaiResultOf<()> {
        let given: TimeoutOptions = options("kafka::delete_user", given)?;
        let run = call::context(&context)?;
        let asked = (name, super::mechanism(mechanism)?);
        Ok(Admin::of(&run)?.delete_user(&run, asked, given.timeout())?)
    }
}
