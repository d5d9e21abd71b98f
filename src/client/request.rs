//! A request and its answer, as plain data that every transport understands.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

/// The methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Header of the fencing token.
pub const TOKEN_HEADER: &str = "x-moziplus-token";
/// Header of the key that lets a write be sent again.
const KEY_HEADER: &str = "idempotency-key";

/// One request to the API.
#[derive(Debug, Clone)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// Path, percent-encoded, with a leading `/`.
    path: String,
    /// Query, percent-encoded, without the `?`; may be empty.
    query: String,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Body; JSON unless it is empty.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without query or body; the segments are encoded, so that no name can leave its place in the path.
    pub fn new<'a>(method: Method, segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::new();
        for segment in segments {
            path.push('/');
            encode(segment, &mut path);
        }
        Self { method, path, query: String::new(), headers: Vec::new(), body: Vec::new() }
    }

    /// `GET` of these path segments.
    pub fn get<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::Get, segments)
    }

    /// `POST` of this body to these path segments.
    pub fn post<'a>(segments: impl IntoIterator<Item = &'a str>, body: &impl Serialize) -> Self {
        Self::new(Method::Post, segments).json(body)
    }

    /// With a query parameter, when there is a value.
    #[must_use]
    pub fn query(mut self, name: &str, value: Option<impl fmt::Display>) -> Self {
        if let Some(value) = value {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            encode(name, &mut self.query);
            self.query.push('=');
            encode(&value.to_string(), &mut self.query);
        }
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(mut self, body: &impl Serialize) -> Self {
        // Maps with keys that are not text are the only thing that fails here, and no body of ours has one.
        self.body = serde_json::to_vec(body).unwrap_or_default();
        self.headers.push(("content-type", "application/json".into()));
        self
    }

    /// With a header; the name in lower case.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// True when it has a header of this name, given in lower case.
    pub fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| *own == name)
    }

    /// With a fresh key, which the routes of tasks understand: sent twice, the write is done once.
    #[must_use]
    pub fn repeatable(self) -> Self {
        self.header(KEY_HEADER, uuid::Uuid::new_v4().simple().to_string())
    }

    /// True when it does no harm to send the request again although it may have taken effect.
    pub fn is_repeatable(&self) -> bool {
        self.method == Method::Get || self.has_header(KEY_HEADER)
    }

    /// Path and query as they stand in the first line of a request.
    pub fn target(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }
}

/// Names the request in messages.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
    /// What the attempt is reminded of.
    pub notice: Option<String>,
}

/// Header of an answer with what the attempt is reminded of, percent-encoded.
pub const NUDGE_HEADER: &str = "x-moziplus-nudge";

/// The text as it can stand in a header.
pub fn encoded(text: &str) -> String {
    let mut into = String::new();
    encode(text, &mut into);
    into
}

/// The text that was encoded; what is not is left as it is.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (bytes, rest) = (with(bytes, byte), &after[2..]),
            None => (bytes, rest) = (with(bytes, *first), after),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn with(mut bytes: Vec<u8>, byte: u8) -> Vec<u8> {
    bytes.push(byte);
    bytes
}

impl Response {
    /// The body read as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(text: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(HEX[usize::from(byte >> 4)]));
            into.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_segment() {
        let request = Request::get(["api", "jobs", "../a b/楚"]).query("q", Some("a&b=c")).query("none", None::<&str>);
        assert_eq!(request.target(), "/api/jobs/..%2Fa%20b%2F%E6%A5%9A?q=a%26b%3Dc");
        assert_eq!(request.to_string(), "GET /api/jobs/..%2Fa%20b%2F%E6%A5%9A");
        for text in ["", "50 % of 楚\n", "%zz%4"] {
            assert_eq!(decoded(&encoded(text)), text);
        }
    }
}
