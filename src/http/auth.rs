//! Who may call at all: own host names, own origin, the API key, and how large a body may be.
//!
//! Loopback needs no key; there, the checks of `Host` and `Origin` keep foreign web pages out. The Unix socket belongs
//! to the local user, who is trusted. Beyond loopback a key is needed, as `Authorization: Bearer` or as a cookie.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    os::unix::fs::MetadataExt,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Instant, SystemTime},
};

use poem::{
    Addr, Endpoint, IntoResponse, Request, Response,
    endpoint::make,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
};
use sha2::{Digest, Sha256};

use super::{
    limits::Rates,
    problem::{Failure, Problem, too_large},
};
use crate::{
    app::{App, keys, webhooks},
    model::key::ApiKey,
};

/// Name of the cookie that holds the API key.
pub(super) const COOKIE: &str = "moziplus_key";
/// Most bytes of a request's body.
const LARGEST_BODY: usize = 32 * 1024 * 1024;
/// Webhooks in lie below this, each by the name of its source.
const WEBHOOKS: &str = "/api/webhooks/";
/// Longest life of the cookie, in seconds.
const COOKIE_SECONDS: u32 = 30 * 24 * 3600;

/// The rules of access.
#[derive(Debug, Clone)]
pub struct Access {
    /// None: every caller is the local user (a command line that serves itself).
    gate: Option<Arc<Gate>>,
}

#[derive(Debug)]
struct Gate {
    /// Where the server listens.
    bind: SocketAddr,
    /// The main key; none where no key is needed.
    key: Option<MainKey>,
}

/// The key that opens everything. In a file it can be replaced while the server runs.
#[derive(Debug)]
struct MainKey {
    file: Option<PathBuf>,
    /// SHA-256 of the key, and which state of the file it is from. Held only to look and to replace.
    known: Mutex<([u8; 32], Option<Stamp>)>,
}

/// Tells one state of a file from another: when it was changed, and which file it is.
type Stamp = (SystemTime, u64);

impl MainKey {
    /// SHA-256 of the key in force. What cannot be read, or is empty, changes nothing.
    fn digest(&self) -> [u8; 32] {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &self.file else { return known.0 };
        let stamp = fs::metadata(file).and_then(|meta| Ok((meta.modified()?, meta.ino()))).ok();
        if stamp.is_some() && stamp != known.1 {
            match fs::read_to_string(file) {
                Ok(text) if !text.trim().is_empty() => *known = (Sha256::digest(text.trim().as_bytes()).into(), stamp),
                _ => tracing::warn!(file = %file.display(), "the API key cannot be read; the last one stays in force"),
            }
        }
        known.0
    }
}

impl Access {
    /// For a server that listens at this address; with a key, every request over TCP needs it.
    pub fn new(bind: SocketAddr, key: Option<&str>) -> Self {
        Self::kept_in(bind, key, None)
    }

    /// The same with a key that a file holds: another one there is in force at once.
    pub fn kept_in(bind: SocketAddr, key: Option<&str>, file: Option<PathBuf>) -> Self {
        let key = key.map(|key| MainKey { file, known: Mutex::new((Sha256::digest(key.as_bytes()).into(), None)) });
        Self { gate: Some(Arc::new(Gate { bind, key })) }
    }

    /// For requests of this process itself.
    pub fn trusted() -> Self {
        Self { gate: None }
    }

    /// Checks everything that needs no database.
    fn check(&self, request: &Request, allowed_hosts: &[String]) -> Result<Entry, Problem> {
        let Some(gate) = &self.gate else { return Ok(Entry::Open) };
        if matches!(request.local_addr().0, Addr::Unix(_)) {
            return Ok(Entry::Open);
        }
        let host = host_of(request);
        if !host.is_some_and(|host| gate.is_own(host, allowed_hosts)) {
            let detail = format!("this server is not `{}`", host.unwrap_or_default());
            let hint = "use localhost or the server's address, or add the name to server.allowed_hosts";
            return Err(Problem::new("foreign_host", detail, hint));
        }
        if let Some(origin) = request.headers().get(header::ORIGIN)
            && !is_same_origin(origin, host.unwrap_or_default(), allowed_hosts)
        {
            let detail = format!("requests from {} are not served", String::from_utf8_lossy(origin.as_bytes()));
            return Err(Problem::new(
                "foreign_origin",
                detail,
                "call the API from its own dashboard, or without a browser",
            ));
        }
        if !needs_key(request.method(), request.uri().path()) {
            return Ok(Entry::Open);
        }
        match (given_key(request), gate.key.as_ref().map(MainKey::digest)) {
            (Some(given), Some(key)) if is_same(&given, &key) => Ok(Entry::Open),
            (Some(secret), key) => Ok(Entry::Ask { secret, needed: key.is_some() }),
            (None, None) => Ok(Entry::Open),
            (None, Some(_)) => Err(no_key()),
        }
    }
}

/// How far a request has come.
#[derive(Debug)]
enum Entry {
    /// It may do everything.
    Open,
    /// The secret may be one of the keys in `daemon.db`.
    Ask {
        /// What was given.
        secret: String,
        /// Without a key it may do nothing.
        needed: bool,
    },
}

impl Entry {
    /// The key that limits the request; none when nothing does.
    async fn key(self, app: &App) -> Result<Option<ApiKey>, Problem> {
        let Self::Ask { secret, needed } = self else { return Ok(None) };
        match keys::of_secret(app, &secret).await {
            Some(key) => Ok(Some(key)),
            None if needed => Err(no_key()),
            None => Ok(None),
        }
    }
}

fn no_key() -> Problem {
    let hint = "send `Authorization: Bearer KEY`, or open /login?key=KEY in a browser; the key is in run/api_key, others \
                are made by `moziplus key create`";
    Problem::new("unauthorized", "this server needs an API key", hint)
}

/// Refuses what the request's key does not open; what it opens, handlers see the key of.
fn narrow(request: &mut Request, key: ApiKey) -> Result<(), Problem> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !key.permits(is_read, request.uri().path()) {
        let detail = format!("the key `{}` ({}) does not open this", key.name, key.scope);
        let hint = "use another key; `moziplus key list` shows what each is good for";
        return Err(Problem::new("out_of_scope", detail, hint));
    }
    request.set_data(Arc::new(key));
    Ok(())
}

impl Gate {
    /// True for a name that leads to this server, and that no foreign name server can point here.
    fn is_own(&self, host: &str, allowed_hosts: &[String]) -> bool {
        let name = without_port(host);
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        name.eq_ignore_ascii_case("localhost")
            || address.is_some_and(|ip| ip.is_loopback() || ip == self.bind.ip() || self.bind.ip().is_unspecified())
            || is_allowed(host, allowed_hosts)
    }
}

/// Everything but the dashboard's files and what watches the server from outside. Nothing of that is written to, so that
/// whatever else is mounted beside the API (`/mcp`) needs a key, however its path is spelled.
fn needs_key(method: &Method, path: &str) -> bool {
    // A webhook proves by its signature who sent it.
    if path.starts_with(WEBHOOKS) {
        return false;
    }
    let is_read = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    !is_read || path.starts_with("/api") || path.starts_with("/mcp") || path == "/metrics"
}

fn host_of(request: &Request) -> Option<&str> {
    request.header(header::HOST).or_else(|| request.uri().authority().map(|authority| authority.as_str()))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

fn is_allowed(host: &str, allowed_hosts: &[String]) -> bool {
    let name = without_port(host);
    allowed_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host) || allowed.eq_ignore_ascii_case(name))
}

/// True when a page of this server asks, or one of an allowed host.
fn is_same_origin(origin: &HeaderValue, host: &str, allowed_hosts: &[String]) -> bool {
    let Some((scheme, authority)) = origin.to_str().ok().and_then(|origin| origin.split_once("://")) else {
        return false;
    };
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let bare = |text: &str| text.strip_suffix(default_port).unwrap_or(text).to_ascii_lowercase();
    matches!(scheme, "http" | "https") && (bare(authority) == bare(host) || is_allowed(authority, allowed_hosts))
}

fn given_key(request: &Request) -> Option<String> {
    let bearer = request.header(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let cookies = request.header(header::COOKIE).unwrap_or_default().split(';');
    let cookie = cookies.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE);
    bearer.or(cookie.map(|(_, value)| value)).map(|key| key.trim().to_owned())
}

/// Compares digests, so that the time it takes says nothing about the key.
fn is_same(given: &str, key: &[u8; 32]) -> bool {
    let given: [u8; 32] = Sha256::digest(given.as_bytes()).into();
    given.iter().zip(key).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// Lets a request through when it may call and its body is not too large.
pub(super) async fn guarded<E: Endpoint>(
    (access, app): (Access, App),
    rates: Arc<Rates>,
    next: Arc<E>,
    mut request: Request,
) -> poem::Result<Response> {
    let server = &app.config().settings().server;
    if let Addr::SocketAddr(address) = &request.remote_addr().0
        && !rates.permit(address.ip(), server.rate_limit, Instant::now())
    {
        return Ok(too_often(server.rate_limit));
    }
    let entry = access.check(&request, &server.allowed_hosts).map_err(Failure::from)?;
    if let Some(key) = entry.key(&app).await.map_err(Failure::from)? {
        narrow(&mut request, key).map_err(Failure::from)?;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        read_body(&app, &mut request).await?;
    }
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let begun = Instant::now();
    let answer = next.call(request).await.map(IntoResponse::into_response);
    let status = answer.as_ref().map_or_else(poem::Error::status, Response::status);
    app.meters().answered(status.as_u16(), begun.elapsed());
    tracing::debug!(%method, path, status = status.as_u16(), "answered");
    answer
}

/// Reads the body as far as it may be large. A webhook comes without a key, so that its source is looked at first.
async fn read_body(app: &App, request: &mut Request) -> poem::Result<()> {
    let largest = match request.uri().path().strip_prefix(WEBHOOKS) {
        Some(source) => {
            webhooks::source(app, source.trim_end_matches('/')).map_err(|error| Failure::from(Problem::from(error)))?;
            webhooks::LARGEST
        }
        None => LARGEST_BODY,
    };
    let announced = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > largest) {
        return Err(Failure::from(too_large()).into());
    }
    let body = request.take_body().into_bytes_limit(largest).await;
    request.set_body(body.map_err(poem::Error::from)?);
    Ok(())
}

fn too_often(per_second: u32) -> Response {
    let detail = format!("more than {per_second} requests in a second came from your address");
    let problem = Problem::new("rate_limited", detail, "wait a second; server.rate_limit sets how many may come");
    let mut answer = Failure::from(problem).into_response();
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    answer
}

/// `/login?key=KEY`: checks the key, keeps it in a cookie and goes on to the dashboard.
pub(super) fn login(access: Access, app: App) -> impl Endpoint<Output = Response> {
    make(move |request: Request| {
        let (access, app) = (access.clone(), app.clone());
        async move {
            let given = request.params::<Login>().map(|login| login.key).unwrap_or_default();
            let key = access.gate.as_ref().and_then(|gate| gate.key.as_ref()).map(MainKey::digest);
            let is_main = key.is_some_and(|key| is_same(&given, &key));
            if key.is_some() && !is_main && keys::of_secret(&app, &given).await.is_none() {
                let problem = Problem::new("unauthorized", "this is not an API key", "the key is in run/api_key");
                return Ok::<_, poem::Error>(Failure::from(problem).into_response());
            }
            // Behind a proxy that speaks TLS, the key never goes out in the clear.
            let secure = if request.header("x-forwarded-proto") == Some("https") { "; Secure" } else { "" };
            let cookie =
                format!("{COOKIE}={given}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict{secure}");
            let answer = Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, "/");
            Ok(if key.is_some() { answer.header(header::SET_COOKIE, cookie).finish() } else { answer.finish() })
        }
    })
}

#[derive(serde::Deserialize)]
struct Login {
    key: String,
}

/// The headers that keep a browser from doing more with an answer than it should.
pub(super) async fn secured(answer: poem::Result<Response>) -> poem::Result<Response> {
    let mut response = answer?;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
         object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    );
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host: &str, headers: &[(&str, &str)]) -> Request {
        let mut builder = Request::builder().method(Method::POST).uri_str("/api/projects").header("host", host);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.finish()
    }

    fn verdict(access: &Access, request: &Request) -> String {
        let allowed = ["mini.lan".to_owned()];
        match access.check(request, &allowed) {
            Err(problem) => problem.error,
            Ok(Entry::Ask { needed: true, .. }) => "asks".into(),
            Ok(_) => "ok".into(),
        }
    }

    fn loopback() -> Access {
        Access::new("127.0.0.1:8083".parse().unwrap(), None)
    }

    #[test]
    fn only_own_names_lead_here() {
        let access = loopback();
        for host in ["localhost:8083", "127.0.0.1:8083", "LOCALHOST", "[::1]:8083", "mini.lan", "mini.lan:80"] {
            assert_eq!(verdict(&access, &request(host, &[])), "ok", "{host}");
        }
        for host in ["evil.example", "evil.example:8083", "192.168.1.9:8083", "localhost.evil.example", ""] {
            assert_eq!(verdict(&access, &request(host, &[])), "foreign_host", "{host}");
        }
        let anywhere = Access::new("0.0.0.0:8083".parse().unwrap(), None);
        assert_eq!(verdict(&anywhere, &request("192.168.1.9:8083", &[])), "ok");
        assert_eq!(verdict(&anywhere, &request("evil.example", &[])), "foreign_host");
    }

    #[test]
    fn pages_of_others_are_refused() {
        let access = loopback();
        let from = |origin| request("localhost:8083", &[("origin", origin)]);
        for origin in ["http://localhost:8083", "http://mini.lan", "https://mini.lan:8443"] {
            assert_eq!(verdict(&access, &from(origin)), "ok", "{origin}");
        }
        for origin in ["http://localhost:3000", "http://127.0.0.1:8083", "https://evil.example", "null", "file://"] {
            assert_eq!(verdict(&access, &from(origin)), "foreign_origin", "{origin}");
        }
        assert_eq!(verdict(&access, &request("mini.lan", &[("origin", "http://mini.lan:80")])), "ok");
    }

    #[test]
    fn beyond_loopback_a_key_is_needed() {
        let access = Access::new("0.0.0.0:8083".parse().unwrap(), Some("secret"));
        let with = |name, value| request("10.0.0.7:8083", &[(name, value)]);
        assert_eq!(verdict(&access, &request("10.0.0.7:8083", &[])), "unauthorized");
        assert_eq!(verdict(&access, &with("authorization", "Bearer wrong")), "asks");
        assert_eq!(verdict(&access, &with("authorization", "Bearer secret")), "ok");
        assert_eq!(verdict(&access, &with("cookie", "a=b; moziplus_key=secret")), "ok");
        let at = |method: Method, path: &str| {
            let builder = Request::builder().method(method).uri_str(path);
            builder.header("host", "10.0.0.7:8083").finish()
        };
        for path in ["/projects", "/", "/healthz"] {
            assert_eq!(verdict(&access, &at(Method::GET, path)), "ok", "{path}");
        }
        assert_eq!(verdict(&access, &at(Method::POST, "/api/webhooks/forge")), "ok");
        for (method, path) in [
            (Method::POST, "/mcp"),
            (Method::GET, "/mcp"),
            (Method::DELETE, "/mcp"),
            (Method::POST, "/%6dcp"),
            (Method::GET, "/metrics"),
            (Method::GET, "/api/docs"),
        ] {
            assert_eq!(verdict(&access, &at(method, path)), "unauthorized", "{path}");
        }
    }

    #[test]
    fn another_key_in_the_file_is_in_force_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("api_key");
        fs::write(&file, "old\n").unwrap();
        let access = Access::kept_in("0.0.0.0:8083".parse().unwrap(), Some("old"), Some(file.clone()));
        let with =
            |key: &str| verdict(&access, &request("10.0.0.7:8083", &[("authorization", &format!("Bearer {key}"))]));
        assert_eq!((with("old").as_str(), with("new").as_str()), ("ok", "asks"));
        let fresh = folder.path().join("fresh");
        fs::write(&fresh, "new\n").unwrap();
        fs::rename(&fresh, &file).unwrap();
        assert_eq!((with("old").as_str(), with("new").as_str()), ("asks", "ok"));
        fs::remove_file(&file).unwrap();
        assert_eq!(with("new"), "ok", "without a file the last one stays");
    }

    #[test]
    fn requests_of_this_process_are_trusted() {
        assert_eq!(verdict(&Access::trusted(), &request("", &[("origin", "null")])), "ok");
    }
}
