//! Interfaces on GitHub.

use std::path::Path;
use std::time::Duration;

use rhai::{Dynamic, Map};
use serde::Deserialize;

use super::interfaces::Interfaces;
use super::one_or_many::OneOrMany;
use crate::clients::github::{Credentials, Github, Repository};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::sal::interfaces::open_archive;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::{Seconds, options};
use crate::settings::Secret;

/// The options of `sal::interfaces` of a repository.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GithubOptions {
    repo: String,
    #[serde(rename = "ref")]
    reference: String,
    subsystem: OneOrMany,
    user: Option<String>,
    timeout: Option<Seconds>,
    /// Taken out before the rest is read; here for the list of what there is.
    #[serde(rename = "token")]
    _token: Option<String>,
}

impl Default for GithubOptions {
    fn default() -> GithubOptions {
        GithubOptions {
            repo: "lsst-ts/ts_xml".into(),
            reference: "develop".into(),
            subsystem: OneOrMany::default(),
            user: None,
            timeout: None,
            _token: None,
        }
    }
}

/// The interfaces of the repository that `given` names.
pub fn from_github(context: &Context, mut given: Map) -> RhaiResultOf<Interfaces> {
    let token = given.remove("token").filter(|token| !token.is_unit()).map(secret).transpose()?;
    let given: GithubOptions = options("sal::interfaces", given)?;
    let repository = Repository::parse(&given.repo)?;
    let credentials = Credentials { user: given.user, token };
    let github = Github::of(context, credentials, given.timeout.map(Duration::from))?;
    let fetched = github.archive(&repository, &given.reference, |path, commit| {
        let short = commit.get(..8).unwrap_or(commit);
        open_archive(path, Path::new(&format!("{repository}@{short}")))
    })?;
    let from = if fetched.cached { ", as it was kept" } else { "" };
    let (reference, commit) = (&given.reference, &fetched.commit);
    // As the script itself would say it.
    tracing::info!(target: "script", "using {repository} at {reference}, commit {commit}{from}");
    let mut tree = fetched.value;
    Ok(Interfaces::of(&mut *tree, &given.subsystem.0)?)
}

fn secret(token: Dynamic) -> Result<Secret, Failure> {
    if let Some(secret) = token.clone().try_cast::<Secret>() {
        return Ok(secret);
    }
    token.into_string().map(Secret::new).map_err(|found| {
        Failure::new(Kind::Usage, format!("option `token` of sal::interfaces: {found} is no text"))
    })
}
