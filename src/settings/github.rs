//! How GitHub is reached.

use super::Secret;
use super::environment::Environment;

/// The API of GitHub itself.
const API: &str = "https://api.github.com";

/// The address of GitHub's API and who asks there. It comes from the environment only: a file that
/// lies in a folder must not send a token anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Github {
    /// `$GITHUB_API_URL`, or GitHub's own.
    pub api: String,
    /// `$GITHUB_USER`.
    pub user: Option<String>,
    /// `$GITHUB_TOKEN`.
    pub token: Option<Secret>,
}

impl Default for Github {
    fn default() -> Github {
        Github { api: API.to_owned(), user: None, token: None }
    }
}

impl Github {
    pub(super) fn of(environment: &Environment) -> Github {
        let read = |name| environment.variable(name).map(str::to_owned);
        Github {
            api: read("GITHUB_API_URL").unwrap_or_else(|| API.to_owned()),
            user: read("GITHUB_USER"),
            token: read("GITHUB_TOKEN").map(Secret::new),
        }
    }
}
