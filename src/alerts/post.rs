//! Webhooks: one signed POST to an address that was checked.

use std::{net::SocketAddr, time::Duration};

use http::Uri;
use serde_json::Value;
use ureq::{
    Agent,
    config::Config,
    tls::{RootCerts, TlsConfig},
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{Alerts, guard, sending::SendError, sign, template::Message};
use crate::config::{Signature, Webhook};

/// Of an answer this much is read, in bytes, to say why it was refused.
const ANSWER: u64 = 4096;
/// Of that this much is kept, in characters.
const ANSWER_KEPT: usize = 200;
const AGENT: &str = concat!("moziplus/", env!("CARGO_PKG_VERSION"));

/// A request that is ready to go.
struct Outbound {
    uri: Uri,
    headers: Vec<(String, String)>,
    body: String,
    allowed: Vec<String>,
    timeout: Duration,
    signature: Signature,
}

/// Posts a message; answers with the receiver's status.
pub(super) async fn send(
    alerts: &Alerts,
    webhook: &Webhook,
    allowed: &[String],
    message: &Message,
) -> Result<u16, SendError> {
    let address = match &webhook.url {
        Some(url) => Some(url.clone()),
        None => alerts.secret(webhook.address()).await.map_err(SendError::lasting)?,
    };
    let address = address.ok_or_else(|| SendError::lasting("the webhook has no address"))?;
    let secret = alerts.secret(webhook.secret()).await.map_err(SendError::lasting)?;
    let mut outbound = Outbound {
        // The address may be a secret: it is in no message.
        uri: address.parse().map_err(|_| SendError::lasting("the webhook's address is no address"))?,
        headers: Vec::new(),
        body: message.body(webhook.body.as_deref())?,
        allowed: allowed.to_vec(),
        timeout: Duration::from_secs(webhook.timeout_seconds),
        signature: webhook.signature,
    };
    outbound.headers.push(("content-type".into(), webhook.content_type.clone()));
    outbound.headers.extend(webhook.headers.clone());
    outbound.prove(message, secret.as_deref())?;
    let posted = tokio::task::spawn_blocking(move || post(outbound)).await;
    posted.unwrap_or_else(|error| Err(SendError::passing(error.to_string())))
}

impl Outbound {
    /// Adds what tells who sent it.
    fn prove(&mut self, message: &Message, secret: Option<&str>) -> Result<(), SendError> {
        match (self.signature, secret) {
            (Signature::Standard, _) => {
                let signed =
                    secret.map(|secret| sign::standard(secret, &message.id, message.timestamp, self.body.as_bytes()));
                self.headers.push(("webhook-id".into(), message.id.clone()));
                self.headers.push(("webhook-timestamp".into(), message.timestamp.to_string()));
                self.headers.extend(signed.map(|signature| ("webhook-signature".into(), signature)));
                Ok(())
            }
            (Signature::Feishu, Some(secret)) => {
                let mut body: Value = serde_json::from_str(&self.body)
                    .map_err(|_| SendError::lasting("the body is no JSON, which this signature needs"))?;
                body["timestamp"] = message.timestamp.to_string().into();
                body["sign"] = sign::feishu(secret, message.timestamp).into();
                self.body = body.to_string();
                Ok(())
            }
            (Signature::Dingtalk, Some(secret)) => {
                let at = message.timestamp * 1000;
                let sign = encoded(&sign::dingtalk(secret, at));
                let text = self.uri.to_string();
                let join = if text.contains('?') { '&' } else { '?' };
                let uri = format!("{text}{join}timestamp={at}&sign={sign}").parse();
                self.uri = uri.map_err(|_| SendError::lasting("the webhook's address cannot be signed"))?;
                Ok(())
            }
            (Signature::Feishu | Signature::Dingtalk, None) => Ok(()),
        }
    }
}

/// Base64 as it stands in an address.
fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// Always the same addresses: those that were checked.
#[derive(Debug)]
struct Checked(Vec<SocketAddr>);

impl Resolver for Checked {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        for address in self.0.iter().take(4) {
            found.push(*address);
        }
        Ok(found)
    }
}

/// Blocks until there is an answer.
fn post(outbound: Outbound) -> Result<u16, SendError> {
    let host = outbound.uri.host().ok_or_else(|| SendError::lasting("the webhook's address has no host"))?;
    let default = if outbound.uri.scheme_str() == Some("https") { 443 } else { 80 };
    let port = outbound.uri.port_u16().unwrap_or(default);
    let addresses = guard::resolve(host, port, &outbound.allowed)?;
    let config = Config::builder()
        .timeout_global(Some(outbound.timeout))
        // A redirect would lead to an address that nobody has checked.
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent(AGENT)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), Checked(addresses));
    let mut request = agent.post(&outbound.uri);
    for (name, value) in &outbound.headers {
        request = request.header(name, value);
    }
    // An error of the client names the address at most by its host.
    let mut answer =
        request.send(&outbound.body).map_err(|error| SendError::passing(format!("{host} does not answer: {error}")))?;
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let text = answer.body_mut().with_config().limit(ANSWER).lossy_utf8(true).read_to_string().unwrap_or_default();
    let kept: String = text.chars().filter(|c| !c.is_control()).take(ANSWER_KEPT).collect();
    if !(200..300).contains(&status) {
        let why = format!("{host} answered {status}: {kept}");
        // 410 means that nobody will ever listen there again.
        return Err(SendError {
            status: Some(status),
            retry_after,
            is_final: status == 410,
            ..SendError::passing(why)
        });
    }
    match refusal(outbound.signature, &text) {
        Some(code) => {
            let why = format!("{host} refused it with code {code}: {kept}");
            Err(SendError { status: Some(status), ..SendError::passing(why) })
        }
        None => Ok(status),
    }
}

/// Chat programs answer 200 to everything; a code in the body tells whether they took it.
fn refusal(signature: Signature, answer: &str) -> Option<i64> {
    let field = match signature {
        Signature::Standard => return None,
        Signature::Feishu => "code",
        Signature::Dingtalk => "errcode",
    };
    let answer: Value = serde_json::from_str(answer).ok()?;
    answer[field].as_i64().filter(|code| *code != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chat_programs_refuse_in_the_body() {
        assert_eq!(refusal(Signature::Feishu, r#"{"code":19021,"msg":"sign match fail"}"#), Some(19021));
        assert_eq!(refusal(Signature::Feishu, r#"{"code":0}"#), None);
        assert_eq!(refusal(Signature::Dingtalk, r#"{"errcode":310000}"#), Some(310_000));
        assert_eq!(refusal(Signature::Standard, r#"{"code":7}"#), None);
    }
}
