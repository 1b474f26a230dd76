//! `kafkaefd salschema convert --xml-repo`: interfaces on GitHub, against a double of it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::github::{COMMIT, Github, Mood, TOKEN};
use crate::support::tls::{Pair, TlsFront};
use crate::support::{Kafkaefd, catching};

const TABLE: &str = "\
sal_topic        topic                     fields  subject
Good_logevent_a  lsst.sal.Good_logevent_a       8  lsst.sal.Good_logevent_a
";

/// What a run that succeeds says on stderr.
fn says(kafkaefd: Kafkaefd) -> String {
    String::from_utf8(kafkaefd.stdout(TABLE).success().stderr).unwrap()
}

/// What a run that fails says on stderr, without the port.
fn fails(github: &Github, kafkaefd: Kafkaefd) -> String {
    let stderr = String::from_utf8(kafkaefd.stdout("").code(1).stderr).unwrap();
    stderr.replace(&github.api.address().to_string(), "SERVER")
}

fn using(reference: &str, more: &str) -> String {
    format!(" INFO using lsst-ts/ts_xml at {reference}, commit {COMMIT}{more}\n")
}

fn refuses(status: u16, headers: &[(&'static str, &str)], message: &'static str) -> Mood {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Mood { refuses: Some((status, headers, message)), ..Mood::default() }
}

#[test]
fn a_branch_is_fetched_once_with_two_requests_then_asked_for_changes() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    assert_eq!(says(github.convert(cache.path(), &[])), using("develop", ""));
    let commit = String::from("/repos/lsst-ts/ts_xml/commits/develop");
    assert_eq!(github.asked(), [commit.clone(), format!("/repos/lsst-ts/ts_xml/tarball/{COMMIT}")]);
    let again = says(github.convert(cache.path(), &[]));
    assert_eq!(again, using("develop", ", as it was kept"));
    assert_eq!(github.asked(), [&*commit]);
    let tag = says(github.convert(cache.path(), &["--xml-repo-ref", "v28.0.1"]));
    assert_eq!(tag, using("v28.0.1", ", as it was kept"));
    let branch = says(github.convert(cache.path(), &["--xml-repo-ref", "tickets/DM-1"]));
    assert_eq!(branch, using("tickets/DM-1", ", as it was kept"));
    assert_eq!(github.fetched(), 1);
}

#[test]
fn a_commit_that_is_kept_needs_no_request() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let options = ["--xml-repo-ref", COMMIT];
    assert_eq!(says(github.convert(cache.path(), &options)), using(COMMIT, ""));
    assert_eq!(github.asked(), [format!("/repos/lsst-ts/ts_xml/tarball/{COMMIT}")]);
    says(github.convert(cache.path(), &options));
    assert_eq!(github.asked(), [""; 0]);
}

/// Not to the server that GitHub redirects to, nor on any stream.
#[test]
fn the_token_goes_to_github_and_nowhere_else() {
    let github = Github::start(Mood { private: true, ..Mood::default() });
    let tries: [&[&str]; 3] =
        [&["--github-token", TOKEN], &[], &["--github-user", "me", "--log-level", "debug"]];
    for options in tries {
        let cache = TempDir::new().unwrap();
        let kafkaefd = github.convert(cache.path(), options);
        let kafkaefd = match options {
            ["--github-token", ..] => kafkaefd,
            _ => kafkaefd.env("GITHUB_TOKEN", TOKEN),
        };
        let stderr = says(kafkaefd);
        assert!(!stderr.contains(TOKEN) && !stderr.contains("PASSING"), "{stderr}");
    }
    let heads = github.archives.lock().unwrap().join("").to_lowercase();
    assert!(heads.contains("get /lsst-ts/ts_xml/") && !heads.contains("authorization"), "{heads}");
}

#[test]
fn scripts_name_a_repository() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let script = "let found = sal::interfaces(#{ repo: \"lsst-ts/ts_xml\", ref: \"v28.0.1\" });\n\
                  print(found.folder);\nprint(found.topics[0].name);\n";
    Kafkaefd::new()
        .env("GITHUB_API_URL", &github.api.uri())
        .env("XDG_CACHE_HOME", cache.path().to_str().unwrap())
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout(
            "lsst-ts/ts_xml@01234567/lsst-ts-ts_xml-0123456/python/lsst/ts/xml/data/sal_interfaces\n\
             Good_logevent_a\n",
        )
        .success();
}

/// The copy and the time of it.
fn offline(stderr: &str) -> bool {
    stderr.starts_with(" WARN cannot find `develop` of lsst-ts/ts_xml on ")
        && stderr.contains(": using `develop` of lsst-ts/ts_xml as of 20")
        && stderr.ends_with(&using("develop", ", as it was kept"))
}

#[test]
fn what_is_kept_is_used_where_github_cannot_be_asked() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    says(github.convert(cache.path(), &[]));
    let reset = "4102444800";
    let moods = [
        refuses(
            403,
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset)],
            "API rate limit exceeded",
        ),
        refuses(429, &[("retry-after", "60")], "You have exceeded a secondary rate limit"),
        refuses(500, &[], "Server Error"),
    ];
    for mood in moods {
        github.becomes(mood);
        let stderr = says(github.convert(cache.path(), &[]));
        assert!(offline(&stderr), "{stderr}");
    }
    let gone = github.convert(cache.path(), &[]).env("GITHUB_API_URL", "http://127.0.0.1:1");
    let stderr = String::from_utf8(gone.stdout("").code(1).stderr).unwrap();
    // Another server has a cache of its own.
    let error = "error: cannot find `develop` of lsst-ts/ts_xml on 127.0.0.1:1: connection refused\n\
                 help: check the network and $HTTPS_PROXY; or read a checkout with --xml-dir, an \
                 archive with --archive\n";
    assert_eq!(stderr, error);
}

#[test]
fn limits_tell_when_they_end_and_are_not_pressed() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let reset = "4102444800";
    github.becomes(refuses(
        429,
        &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset)],
        "API rate limit exceeded",
    ));
    let without = fails(&github, github.convert(cache.path(), &[]));
    let error = "error: cannot find `develop` of lsst-ts/ts_xml on SERVER: GitHub's limit of \
                 requests is reached until 2100-01-01 00:00:00 UTC, in ";
    assert!(without.starts_with(error), "{without}");
    let help =
        "help: give a token, which has a higher limit: --github-token or $GITHUB_TOKEN; or wait\n";
    assert!(without.ends_with(help), "{without}");
    assert_eq!(github.asked().len(), 1);
    let with = fails(&github, github.convert(cache.path(), &["--github-token", TOKEN]));
    let help =
        "help: wait until then; or read a checkout with --xml-dir, an archive with --archive\n";
    assert!(with.ends_with(help), "{with}");
}

#[test]
fn refusals_say_what_to_do() {
    let (github, cache) =
        (Github::start(Mood { private: true, ..Mood::default() }), TempDir::new().unwrap());
    let cases: [(&[&str], &str); 4] = [
        (
            &[],
            "error: cannot find `develop` of lsst-ts/ts_xml on SERVER: there is no repository \
             `lsst-ts/ts_xml`, or it is private\n\
             help: check the name; a private repository needs a token: --github-token or \
             $GITHUB_TOKEN\n",
        ),
        (
            &["--github-token", TOKEN, "--xml-repo", "lsst-ts/nothing"],
            "error: cannot find `develop` of lsst-ts/nothing on SERVER: there is no repository \
             `lsst-ts/nothing`, or it is private\n\
             help: check the name, and that the token may read the repository's contents\n",
        ),
        (
            &["--github-token", TOKEN, "--xml-repo-ref", "v99"],
            "error: cannot find `v99` of lsst-ts/ts_xml on SERVER: `lsst-ts/ts_xml` has no branch, \
             tag or commit `v99`\n\
             help: name another branch, tag or commit, as v28.0.1\n",
        ),
        (
            &["--github-token", "ghp_wrong"],
            "error: cannot find `develop` of lsst-ts/ts_xml on SERVER: GitHub says \"Bad \
             credentials\" (status 401)\n\
             help: check --github-token or $GITHUB_TOKEN: it may have expired\n",
        ),
    ];
    for (options, error) in cases {
        assert_eq!(fails(&github, github.convert(cache.path(), options)), error);
    }
}

/// The server fails, or something else answers in its place.
#[test]
fn strange_answers_say_what_to_do() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let cases = [
        (
            refuses(500, &[], "Server Error"),
            "GitHub says \"Server Error\" (status 500)\n\
             help: try again later; or read a checkout with --xml-dir, an archive with --archive\n",
        ),
        (
            refuses(200, &[], "Welcome to the airport"),
            "the answer is not GitHub's: it is no commit (status 200)\n\
             help: check $GITHUB_API_URL, and whether a proxy answers in GitHub's place\n",
        ),
    ];
    for (mood, error) in cases {
        github.becomes(mood);
        let expected = format!("error: cannot find `develop` of lsst-ts/ts_xml on SERVER: {error}");
        assert_eq!(fails(&github, github.convert(cache.path(), &[])), expected);
    }
}

#[test]
fn an_archive_that_breaks_off_is_fetched_again() {
    let (github, cache) =
        (Github::start(Mood { cuts: 2, ..Mood::default() }), TempDir::new().unwrap());
    assert_eq!(says(github.convert(cache.path(), &[])), using("develop", ""));
    assert_eq!(github.fetched(), 3);
    let (github, cache) =
        (Github::start(Mood { cuts: 99, ..Mood::default() }), TempDir::new().unwrap());
    let error = fails(&github, github.convert(cache.path(), &[]));
    let start = format!("error: cannot fetch lsst-ts/ts_xml at {COMMIT} from SERVER: ");
    assert!(error.starts_with(&start), "{error}");
    assert_eq!(github.fetched(), 3);
    assert_eq!(kept(cache.path()), [""; 0]);
}

/// The only repository in the cache.
fn folder(cache: &Path) -> PathBuf {
    let mut servers = std::fs::read_dir(cache.join("kafkaefd/github")).unwrap();
    servers.next().unwrap().unwrap().path().join("lsst-ts/ts_xml")
}

/// The files beside the notes on branches.
fn kept(cache: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder(cache)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "refs").collect()
}

#[test]
fn a_kept_archive_that_is_broken_is_fetched_again() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    says(github.convert(cache.path(), &[]));
    let [name] = &kept(cache.path())[..] else { panic!("one archive") };
    let archive = folder(cache.path()).join(name);
    let whole = std::fs::read(&archive).unwrap();
    std::fs::write(&archive, &whole[..whole.len() - 9]).unwrap();
    let stderr = says(github.convert(cache.path(), &[]));
    assert!(
        stderr.contains("is fetched again: cannot read lsst-ts/ts_xml@01234567: it is cut off"),
        "{stderr}"
    );
    assert_eq!(std::fs::read(&archive).unwrap(), whole);
}

/// Otherwise a branch that moves would fill the disk.
#[test]
fn the_archives_that_were_used_last_are_kept() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let commit = |n: usize| n.to_string().repeat(40);
    let read = |reference: &str| {
        says(github.convert(cache.path(), &["--xml-repo-ref", reference]));
    };
    read("develop");
    for n in 1..8 {
        read(&commit(n));
    }
    // A part that was left behind by a run that was killed.
    let folder = folder(cache.path());
    std::fs::write(folder.join(".tmpAbCdEf"), "half").unwrap();
    std::fs::File::open(folder.join(".tmpAbCdEf"))
        .and_then(|file| file.set_modified(std::time::SystemTime::UNIX_EPOCH))
        .unwrap();
    assert_eq!(kept(cache.path()).len(), 9);
    read(&commit(1));
    read(&commit(8));
    read(&commit(9));
    let mut stay = kept(cache.path());
    stay.sort();
    let expected = [1, 3, 4, 5, 6, 7, 8, 9].map(|n| format!("{}.tar.gz", commit(n)));
    assert_eq!(stay, expected);
    // Nothing stands for what is gone.
    assert_eq!(std::fs::read_dir(folder.join("refs")).unwrap().count(), 0);
}

/// What is asked for encrypted must not arrive in the open.
#[test]
fn a_redirection_never_leads_out_of_tls() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let authority = Pair::authority("test authority");
    let trusted = authority.write(cache.path(), "authority");
    let front =
        TlsFront::start(&authority.sign("localhost"), None, &github.api.address().to_string());
    let kafkaefd = github
        .convert(cache.path(), &[])
        .env("SSL_CERT_FILE", trusted.to_str().unwrap())
        .env("GITHUB_API_URL", &format!("https://localhost:{}", front.port));
    let stderr = String::from_utf8(kafkaefd.stdout("").code(1).stderr).unwrap();
    let stderr = stderr.replace(&format!("localhost:{}", front.port), "SERVER");
    let error = format!(
        "error: cannot fetch lsst-ts/ts_xml at {COMMIT} from SERVER: the server redirects from \
         https to http\n\
         help: "
    );
    assert!(stderr.starts_with(&error), "{stderr}");
    assert_eq!(github.fetched(), 0);
}

#[test]
fn processes_fetch_at_once_without_harm() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| says(github.convert(cache.path(), &[])));
        }
    });
    assert_eq!(kept(cache.path()), [format!("{COMMIT}.tar.gz")]);
}

#[test]
fn a_server_that_does_not_answer_is_not_waited_for() {
    let github = Github::start(Mood { silent: true, ..Mood::default() });
    let script = catching("sal::interfaces(#{ timeout: 0.4 })");
    let output = Kafkaefd::new()
        .env("GITHUB_API_URL", &github.api.uri())
        .file("t.rhai", &script)
        .args(["run", "t.rhai"])
        .stderr("")
        .success();
    let found = String::from_utf8(output.stdout).unwrap();
    let found = found.replace(&github.api.address().to_string(), "SERVER");
    let error = "timeout  true\n\
                 cannot find `develop` of lsst-ts/ts_xml on SERVER: no answer within 400ms\n";
    assert!(found.starts_with(error), "{found}");
}
