//! Why GitHub did not give what was asked.

use jiff::Timestamp;

use crate::clients::exchange::Silence;
use crate::error::{Explain, Failure, Kind};

/// An error of GitHub or on the way to it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GithubError {
    /// The text names no repository.
    #[error("cannot use the repository `{0}`: it is not of the form OWNER/NAME")]
    Repository(String),
    /// The text names no branch, tag or commit.
    #[error("cannot use `{0}`: it is no name of a branch, tag or commit")]
    Reference(String),
    /// The address of the API cannot be used.
    #[error("cannot use the address `{url}` of GitHub's API: {reason}")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no answer.
    #[error("cannot {attempt}: {silence}")]
    Silent {
        /// What was attempted, on which server.
        attempt: String,
        /// Why there is none.
        silence: Silence,
    },
    /// GitHub knows no such repository, or tells nobody of it.
    #[error("cannot {attempt}: there is no repository `{repository}`, or it is private")]
    NoRepository {
        /// What was attempted, on which server.
        attempt: String,
        /// The repository.
        repository: String,
        /// Whether a token was sent.
        token: bool,
    },
    /// The repository has no such branch, tag or commit.
    #[error("cannot {attempt}: `{repository}` has no branch, tag or commit `{reference}`")]
    NoReference {
        /// What was attempted, on which server.
        attempt: String,
        /// The repository.
        repository: String,
        /// What it has not.
        reference: String,
    },
    /// Too many requests.
    #[error("cannot {attempt}: GitHub's limit of requests is reached{}", until(*.reset))]
    Limited {
        /// What was attempted, on which server.
        attempt: String,
        /// When it ends, as far as GitHub says.
        reset: Option<Timestamp>,
        /// Whether a token was sent.
        token: bool,
    },
    /// The token is not accepted, or may not do this.
    #[error("cannot {attempt}: {message} (status {status})")]
    Denied {
        /// What was attempted, on which server.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// The reason, in words.
        message: String,
    },
    /// GitHub answered with another error.
    #[error("cannot {attempt}: {message} (status {status})")]
    Refused {
        /// What was attempted, on which server.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// The reason, in words.
        message: String,
    },
    /// What arrived is no archive that can be read.
    #[error("cannot {attempt}: {reason}")]
    Broken {
        /// What was attempted, on which server.
        attempt: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of this machine.
    #[error("cannot {attempt}: {reason}")]
    File {
        /// What was attempted, on which server.
        attempt: String,
        /// What the system said.
        reason: String,
    },
    /// The run ended, or the time was up.
    #[error(transparent)]
    Run(#[from] Failure),
}

fn until(reset: Option<Timestamp>) -> String {
    let Some(reset) = reset else { return String::new() };
    let minutes = (reset.as_second() - Timestamp::now().as_second() + 59) / 60;
    format!(" until {}, in {} min", reset.strftime("%Y-%m-%d %H:%M:%S UTC"), minutes.max(0))
}

impl GithubError {
    /// Whether a copy that is kept may take the place of an answer.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            GithubError::Silent { silence, .. } => silence.may_pass(),
            GithubError::Limited { .. } => true,
            GithubError::Refused { status, .. } => *status >= 500,
            GithubError::Run(failure) => failure.kind == Kind::Timeout,
            _ => false,
        }
    }
}

impl Explain for GithubError {
    fn kind(&self) -> Kind {
        match self {
            GithubError::Repository(_)
            | GithubError::Reference(_)
            | GithubError::Address { .. } => Kind::Usage,
            GithubError::Silent { silence, .. } => silence.kind(),
            GithubError::Denied { .. } => Kind::Denied,
            GithubError::NoRepository { .. } | GithubError::NoReference { .. } => Kind::NotFound,
            GithubError::Limited { .. } => Kind::Limit,
            GithubError::Refused { .. } | GithubError::File { .. } => Kind::Failed,
            GithubError::Broken { .. } => Kind::Invalid,
            GithubError::Run(failure) => failure.kind,
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            GithubError::Denied { status, .. } | GithubError::Refused { status, .. } => {
                Some(i64::from(*status))
            }
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        self.is_passing() || matches!(self, GithubError::Broken { .. })
    }

    fn remedy(&self) -> Option<String> {
        let remedy = match self {
            GithubError::Repository(_) => "write it as lsst-ts/ts_xml",
            GithubError::Reference(_) | GithubError::NoReference { .. } => {
                "name another branch, tag or commit, as v28.0.1"
            }
            GithubError::Address { .. } => {
                "set $GITHUB_API_URL to that of your server, as https://github.example.org/api/v3"
            }
            GithubError::Silent { silence: Silence::Unreachable(_), .. } => {
                "check the network and $HTTPS_PROXY; or read a checkout with --xml-dir, an archive \
                 with --archive"
            }
            GithubError::Silent { silence: Silence::Tls(_), .. } => {
                "check $GITHUB_API_URL; $SSL_CERT_FILE names the certificates that are trusted"
            }
            GithubError::NoRepository { token: false, .. } => {
                "check the name; a private repository needs a token: --github-token or \
                 $GITHUB_TOKEN"
            }
            GithubError::NoRepository { token: true, .. } => {
                "check the name, and that the token may read the repository's contents"
            }
            GithubError::Limited { token: false, .. } => {
                "give a token, which has a higher limit: --github-token or $GITHUB_TOKEN; or wait"
            }
            GithubError::Limited { token: true, .. } => {
                "wait until then; or read a checkout with --xml-dir, an archive with --archive"
            }
            GithubError::Denied { status: 401, .. } => {
                "check --github-token or $GITHUB_TOKEN: it may have expired"
            }
            GithubError::Denied { .. } => "check that the token may read the repository's contents",
            GithubError::Broken { .. } => "try again",
            GithubError::Run(failure) => return failure.remedy.clone(),
            GithubError::Refused { status: 500.., .. } => {
                "try again later; or read a checkout with --xml-dir, an archive with --archive"
            }
            GithubError::Refused { .. } => {
                "check $GITHUB_API_URL, and whether a proxy answers in GitHub's place"
            }
            GithubError::File { .. } => return None,
        };
        Some(remedy.to_owned())
    }
}
