//! The three ways to the API.

use std::{path::Path, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use super::{
    problem::ClientError,
    request::{NUDGE_HEADER, Request, Response, decoded},
};

/// Longest wait for an answer: a backup or a restore of a large project takes its time.
const LONGEST_ANSWER: Duration = Duration::from_secs(300);

/// Answers requests in this process, by the same routes that the daemon serves.
pub type Handler = Arc<dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync>;

/// Where requests go.
#[derive(Clone)]
pub enum Transport {
    /// To a daemon, over its Unix socket or TCP.
    Http {
        /// The connection pool.
        http: reqwest::Client,
        /// What comes before the path, such as `http://localhost`.
        base: String,
        /// The socket or address, for messages.
        place: String,
    },
    /// To the same routes in this process.
    InProcess(Handler),
}

impl Transport {
    /// To the daemon that listens on this Unix socket.
    pub fn socket(path: &Path) -> Result<Self, ClientError> {
        let http = builder().unix_socket(path).build().map_err(|source| ClientError::Setup(source.into()))?;
        Ok(Self::Http { http, base: "http://localhost".into(), place: path.display().to_string() })
    }

    /// To the daemon at this address, such as `127.0.0.1:8083`.
    pub fn tcp(address: &str) -> Result<Self, ClientError> {
        let http = builder().build().map_err(|source| ClientError::Setup(source.into()))?;
        Ok(Self::Http { http, base: format!("http://{address}"), place: address.into() })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn exchange(&self, request: Request) -> Result<Response, ClientError> {
        match self {
            Self::InProcess(handler) => Ok(handler(request).await),
            Self::Http { http, base, place } => {
                over_http(http, base, request).await.map_err(|source| failed(place, source))
            }
        }
    }
}

/// Without the proxies of the environment: the daemon is on this machine or named by address.
fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().timeout(LONGEST_ANSWER).connect_timeout(Duration::from_secs(5))
}

async fn over_http(http: &reqwest::Client, base: &str, request: Request) -> Result<Response, reqwest::Error> {
    let method = match request.method {
        super::request::Method::Get => reqwest::Method::GET,
        super::request::Method::Post => reqwest::Method::POST,
        super::request::Method::Put => reqwest::Method::PUT,
        super::request::Method::Patch => reqwest::Method::PATCH,
        super::request::Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = http.request(method, format!("{base}{}", request.target()));
    for (name, value) in request.headers {
        builder = builder.header(name, value);
    }
    let response = builder.body(request.body).send().await?;
    let status = response.status().as_u16();
    let notice = response.headers().get(NUDGE_HEADER).and_then(|text| text.to_str().ok()).map(decoded);
    Ok(Response { status, body: response.bytes().await?.to_vec(), notice })
}

fn failed(place: &str, source: reqwest::Error) -> ClientError {
    let place = place.to_owned();
    if source.is_connect() {
        return ClientError::Unreachable { place, source: source.into() };
    }
    if source.is_builder() {
        return ClientError::Setup(source.into());
    }
    ClientError::Lost { place, source: source.into() }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{UnixListener, UnixStream},
    };

    use super::*;

    /// Reads a request up to the end of its head.
    async fn head_of(stream: &mut UnixStream) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap().to_lowercase()
    }

    #[tokio::test]
    async fn requests_go_over_the_socket() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s");
        let listener = UnixListener::bind(&path).unwrap();
        let transport = Transport::socket(&path).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let head = head_of(&mut stream).await;
            stream.write_all(b"HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
            head
        });
        let request = Request::get(["api", "config"]).query("q", Some(1)).header("x-moziplus-token", "abc");
        let response = transport.exchange(request).await.unwrap();
        assert_eq!((response.status, response.body.as_slice()), (409, b"{}".as_slice()));
        let head = server.await.unwrap();
        assert!(head.starts_with("get /api/config?q=1 http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nhost: localhost\r\n") && head.contains("\r\nx-moziplus-token: abc\r\n"), "{head}");
    }

    #[tokio::test]
    async fn a_daemon_that_goes_away_before_it_answers_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s");
        let listener = UnixListener::bind(&path).unwrap();
        let transport = Transport::socket(&path).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            head_of(&mut stream).await;
        });
        let error = transport.exchange(Request::get(["healthz"])).await.unwrap_err();
        server.await.unwrap();
        assert!(matches!(error, ClientError::Lost { .. }), "{error:?}");
        // The socket's file is still there, and nobody listens any more.
        let error = transport.exchange(Request::get(["healthz"])).await.unwrap_err();
        assert!(error.is_worth_waiting(), "{error:?}");
    }
}
