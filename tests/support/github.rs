//! A double of GitHub: its API, and the server of archives that it redirects to.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::runtime::Runtime;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers};

use super::Kafkaefd;
use super::archive::tar_gz;

/// The commit of the branch `develop` and of the tag `v28.0.1`.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
/// The only token that the API takes.
pub const TOKEN: &str = "ghp_secretsecretsecret";

const EVENTS: &str = "<SALEventSet><SALEvent><EFDB_Topic>Good_logevent_a</EFDB_Topic><item>\
                      <EFDB_Name>foo</EFDB_Name><IDL_Type>int</IDL_Type></item></SALEvent>\
                      </SALEventSet>";

type Headers = Vec<(&'static str, String)>;

/// How GitHub behaves.
#[derive(Clone, Default)]
pub struct Mood {
    /// Whether the repository is private.
    pub private: bool,
    /// The status, headers and message of every answer of the API.
    pub refuses: Option<(u16, Headers, &'static str)>,
    /// How many archives break off.
    pub cuts: usize,
    /// Whether the API does not answer.
    pub silent: bool,
}

/// GitHub with one repository, `lsst-ts/ts_xml`.
pub struct Github {
    pub api: MockServer,
    runtime: Runtime,
    mood: Arc<Mutex<Mood>>,
    told: AtomicUsize,
    /// The heads of the requests for archives.
    pub archives: Arc<Mutex<Vec<String>>>,
}

struct Api {
    mood: Arc<Mutex<Mood>>,
    archives: String,
}

impl Github {
    pub fn start(mood: Mood) -> Github {
        let runtime = Runtime::new().unwrap();
        let api = runtime.block_on(MockServer::start());
        let mood = Arc::new(Mutex::new(mood));
        let archives = Arc::new(Mutex::new(Vec::new()));
        let address = serve_archives(mood.clone(), archives.clone());
        let respond = Api { mood: mood.clone(), archives: address };
        runtime.block_on(api.register(Mock::given(matchers::any()).respond_with(respond)));
        Github { api, runtime, mood, told: AtomicUsize::new(0), archives }
    }

    pub fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The paths that the API was asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.api.received_requests()).unwrap();
        let told = self.told.swap(requests.len(), Ordering::SeqCst);
        requests[told..].iter().map(|request| request.url.path().to_owned()).collect()
    }

    /// How many archives were asked for so far.
    pub fn fetched(&self) -> usize {
        self.archives.lock().unwrap().len()
    }

    /// `salschema convert --xml-repo lsst-ts/ts_xml` with `options`, whose cache is `cache`.
    pub fn convert(&self, cache: &std::path::Path, options: &[&str]) -> Kafkaefd {
        let args = ["salschema", "convert", "--layout", "kafkaefd"];
        let repository = ["--xml-repo", "lsst-ts/ts_xml"];
        Kafkaefd::new()
            .env("GITHUB_API_URL", &self.api.uri())
            .env("XDG_CACHE_HOME", cache.to_str().unwrap())
            .args(args)
            .args(if options.contains(&"--xml-repo") { &[][..] } else { &repository })
            .args(options)
    }
}

impl Respond for Api {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mood = self.mood.lock().unwrap().clone();
        if mood.silent {
            return ResponseTemplate::new(200).set_delay(std::time::Duration::from_secs(300));
        }
        if let Some((status, headers, message)) = mood.refuses {
            let answer = ResponseTemplate::new(status).set_body_json(json!({"message": message}));
            let add = |answer: ResponseTemplate, (name, value): (&'static str, String)| {
                answer.insert_header(name, &*value)
            };
            return headers.into_iter().fold(answer, add);
        }
        let header = |name: &str| Some(request.headers.get(name)?.to_str().unwrap().to_owned());
        let says = |status: u16, message: &str| {
            ResponseTemplate::new(status).set_body_json(json!({"message": message}))
        };
        let token = header("authorization");
        let known =
            [format!("Bearer {TOKEN}"), "Basic bWU6Z2hwX3NlY3JldHNlY3JldHNlY3JldA==".into()];
        if token.as_ref().is_some_and(|token| !known.contains(token)) {
            return says(401, "Bad credentials");
        }
        let segments: Vec<&str> = request.url.path().split('/').skip(1).collect();
        let [_, owner, name, what, reference] = segments[..] else { return says(404, "Not Found") };
        if (owner, name) != ("lsst-ts", "ts_xml") || (mood.private && token.is_none()) {
            return says(404, "Not Found");
        }
        let named = ["develop", "v28.0.1", "tickets%2FDM-1"].contains(&reference);
        // Every commit is one of the repository.
        let exists = named || reference.len() == COMMIT.len();
        match what {
            "commits" if !exists => says(422, &format!("No commit found for SHA: {reference}")),
            "commits" if header("if-none-match").as_deref() == Some("\"e1\"") => {
                ResponseTemplate::new(304)
            }
            "commits" => {
                assert_eq!(header("accept").unwrap(), "application/vnd.github.sha");
                ResponseTemplate::new(200).insert_header("etag", "\"e1\"").set_body_string(COMMIT)
            }
            "tarball" if exists => {
                let place = format!("{}/lsst-ts/ts_xml/{reference}?token=PASSING", self.archives);
                ResponseTemplate::new(302).insert_header("location", &*place)
            }
            _ => says(404, "Not Found"),
        }
    }
}

/// Serves the archive to everybody who asks; returns the address.
fn serve_archives(mood: Arc<Mutex<Mood>>, heads: Arc<Mutex<Vec<String>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let file = "lsst-ts-ts_xml-0123456/python/lsst/ts/xml/data/sal_interfaces/Good/Good_Events.xml";
    let archive = tar_gz(&[(file, EVENTS)]);
    let served = AtomicUsize::new(0);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            heads.lock().unwrap().push(String::from_utf8(head).unwrap());
            let cut = served.fetch_add(1, Ordering::SeqCst) < mood.lock().unwrap().cuts;
            let body = if cut { &archive[..archive.len() / 2] } else { &archive[..] };
            let length = archive.len();
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
            // Whoever goes away in between does not matter.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}
