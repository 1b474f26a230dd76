//! A registry's API, called as any client does.

use serde_json::Value;

/// A client of one registry.
pub struct Api {
    url: String,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

/// What is sent with a call.
#[derive(Default)]
pub struct Body<'a> {
    pub text: &'a str,
    pub kind: &'a str,
}

impl Api {
    pub fn at(url: &str) -> Api {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Api { url: url.to_owned(), runtime, client: reqwest::Client::new() }
    }

    /// The status and the body of `call` ("GET /subjects").
    pub fn call(&self, call: &str, body: Option<&str>) -> (u16, Value) {
        let kind = "application/vnd.schemaregistry.v1+json";
        let (status, _, answer) = self.send(call, body.map(|text| Body { text, kind }));
        (status, answer)
    }

    /// The same, with the media type of the answer.
    pub fn send(&self, call: &str, body: Option<Body>) -> (u16, String, Value) {
        self.try_send(call, body).unwrap()
    }

    /// The same of a server that may end meanwhile.
    pub fn try_send(
        &self,
        call: &str,
        body: Option<Body>,
    ) -> Result<(u16, String, Value), reqwest::Error> {
        let (method, path) = call.split_once(' ').unwrap();
        let url = format!("{}{path}", self.url);
        let mut request = self.client.request(method.parse().unwrap(), url);
        if let Some(Body { text, kind }) = body {
            request = request.body(text.to_owned());
            if !kind.is_empty() {
                request = request.header("Content-Type", kind);
            }
        }
        self.runtime.block_on(async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let kind = response.headers().get("content-type");
            let kind = kind.map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
            let text = response.text().await?;
            let answer = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Ok((status, kind, answer))
        })
    }
}
