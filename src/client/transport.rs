//! The three ways to the API.

use std::{path::Path, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use super::{
    problem::ClientError,
    request::{Request, Response},
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
    Ok(Response { status, body: response.bytes().await?.to_vec() })
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
