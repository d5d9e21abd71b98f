//! Signatures of messages: Standard Webhooks, and those of two chat programs.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Secrets with this prefix are base64, as Standard Webhooks writes them.
const PREFIX: &str = "whsec_";

/// `webhook-signature` of Standard Webhooks: over id, timestamp and body, joined by dots.
pub(super) fn standard(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> String {
    let decoded = secret.strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok());
    let key = decoded.unwrap_or_else(|| secret.as_bytes().to_vec());
    let head = format!("{id}.{timestamp}.");
    format!("v1,{}", hmac_base64(&key, &[head.as_bytes(), body]))
}

/// `sign` of Feishu: the key is timestamp and secret, the message is empty.
pub(super) fn feishu(secret: &str, timestamp: i64) -> String {
    hmac_base64(format!("{timestamp}\n{secret}").as_bytes(), &[])
}

/// `sign` of DingTalk, with milliseconds; still to be encoded for an address.
pub(super) fn dingtalk(secret: &str, timestamp_ms: i64) -> String {
    hmac_base64(secret.as_bytes(), &[format!("{timestamp_ms}\n{secret}").as_bytes()])
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn hmac_base64(key: &[u8], parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    parts.iter().for_each(|part| mac.update(part));
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_standard_webhooks_comes_out() {
        // From the reference implementation's tests.
        let body = br#"{"test": 2432232314}"#;
        let signature =
            standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_without_the_prefix_are_taken_as_they_are() {
        let plain = standard("secret", "a", 1, b"{}");
        assert_ne!(plain, standard("other", "a", 1, b"{}"));
        assert_ne!(plain, standard("secret", "b", 1, b"{}"));
        assert_ne!(feishu("secret", 1), feishu("secret", 2));
        assert_ne!(dingtalk("secret", 1), feishu("secret", 1));
    }
}
