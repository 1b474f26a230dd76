//! Options of functions on SCRAM users, and users as maps.

use rhai::{Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::users::{Credential, NewCredential, mechanism};
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;
use crate::modules::name_filter::wanted;
use crate::modules::options::{Seconds, options};
use crate::settings::Secret;

/// Options of `kafka::users`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct UsersOptions {
    filter: Option<String>,
    timeout: Option<Seconds>,
}

/// Options of `kafka::set_user`, without the password.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct SetUserOptions {
    mechanism: Option<String>,
    iterations: Option<i32>,
    password_file: Option<String>,
    timeout: Option<Seconds>,
    /// Taken out before the rest is read; here for the list of what there is.
    #[serde(rename = "password")]
    _password: Option<String>,
}

super::timeout_of!(UsersOptions, SetUserOptions);

impl UsersOptions {
    /// Those of `all` that are asked for.
    pub fn select(&self, all: Vec<Credential>) -> Result<Vec<Credential>, Failure> {
        let wanted = wanted("users", self.filter.as_deref())?;
        Ok(all.into_iter().filter(|credential| wanted(&credential.user)).collect())
    }
}

impl SetUserOptions {
    /// The options in `given`, and the credential that they make.
    pub fn read(name: &str, mut given: Map) -> RhaiResultOf<(SetUserOptions, NewCredential)> {
        let password = given.remove("password").filter(|password| !password.is_unit());
        let given: SetUserOptions = options("kafka::set_user", given)?;
        let password = match (password, &given.password_file) {
            (Some(password), None) => secret(name, password)?,
            (None, Some(file)) => from_file(name, file)?,
            _ => {
                let message = format!("cannot set the password of user `{name}`");
                let why = format!("{message}: give one of `password` and `password_file`");
                return Err(Failure::new(Kind::Usage, why).into());
            }
        };
        let word = given.mechanism.as_deref().unwrap_or("SCRAM-SHA-512");
        let iterations = given.iterations.unwrap_or(8192);
        let credential = NewCredential { mechanism: mechanism(word)?, iterations, password };
        Ok((given, credential))
    }
}

fn secret(name: &str, password: Dynamic) -> Result<Secret, Failure> {
    if let Some(secret) = password.clone().try_cast::<Secret>() {
        return Ok(secret);
    }
    password.into_string().map(Secret::new).map_err(|found| {
        let what = format!("cannot set the password of user `{name}`: it is of type {found}");
        Failure::new(Kind::Usage, what).with_remedy("give a secret argument or text")
    })
}

/// The first line of a file.
fn from_file(name: &str, file: &str) -> Result<Secret, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let what = format!("cannot set the password of user `{name}` from `{file}`: {error}");
        Failure::new(Kind::Invalid, what)
    })?;
    Ok(Secret::new(text.lines().next().unwrap_or_default()))
}

/// What a user can log in with, in one line.
pub fn credential_map(credential: Credential) -> Map {
    Map::from([
        ("user".into(), credential.user.into()),
        ("mechanism".into(), credential.mechanism.map_or(Dynamic::UNIT, Dynamic::from)),
        ("iterations".into(), i64::from(credential.iterations).into()),
    ])
}
