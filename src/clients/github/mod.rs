//! GitHub over HTTP: a repository at a branch, tag or commit, as one archive that is kept.

mod answer;
mod archive;
mod cache;
mod commit;
mod error;
mod repository;
mod session;

pub use archive::Fetched;
pub use error::GithubError;
pub use repository::Repository;
pub use session::{Credentials, Github};
