//! Checks of `notify`: channels that could never deliver are refused when they are written.

use std::collections::BTreeSet;

use super::{Findings, url};
use crate::{
    config::{
        channels::{Smtp, Webhook},
        incoming::IncomingWebhook,
        secret::SecretRef,
        sections::Notify,
        targets::BackupTarget,
    },
    model::ids::ProjectId,
};

/// Names that a webhook cannot have: they are other channels.
const TAKEN: [&str; 2] = ["mail", "desktop"];

pub(super) fn notify(notify: &Notify, findings: &mut Findings) {
    findings.whole("notify.batch_seconds", notify.batch_seconds, 1, 86_400);
    findings.whole("notify.max_attempts", notify.max_attempts.into(), 1, 20);
    let mut names = BTreeSet::new();
    for (index, hook) in notify.webhooks.iter().enumerate() {
        let key = |field: &str| format!("notify.webhooks[{index}].{field}");
        webhook(hook, &key, findings);
        if !names.insert(&hook.name) {
            findings.add(key("name"), format!("there are two webhooks with the name `{}`", hook.name), None);
        }
    }
    if let Some(mail) = &notify.mail {
        self::mail(mail, findings);
    }
    for (index, allowed) in notify.allowed_addresses.iter().enumerate() {
        let is_network = allowed.contains('/');
        let valid = if is_network { allowed.parse::<ipnet::IpNet>().is_ok() } else { is_host(allowed) };
        let message = "write a host name, an address, or a network such as 10.0.0.0/8";
        findings.require(valid, &format!("notify.allowed_addresses[{index}]"), message);
    }
}

fn webhook(hook: &Webhook, key: &impl Fn(&str) -> String, findings: &mut Findings) {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let named = !hook.name.is_empty() && hook.name.len() <= 64 && hook.name.chars().all(fits);
    findings.require(named, &key("name"), "use 1 to 64 letters, digits, `_` and `-`");
    let message = "this name is another channel's; choose another";
    findings.require(!TAKEN.contains(&hook.name.as_str()), &key("name"), message);
    match &hook.url {
        Some(given) => url(&key("url"), given, &["http", "https"], findings),
        None if hook.address().is_none() => {
            findings.add(key("url"), "is missing", Some("write `url`, `url_env` or `url_file`".to_owned()));
        }
        None => {}
    }
    let addresses = hook.address().count() + usize::from(hook.url.is_some());
    findings.require(addresses <= 1, &key("url"), "write one of `url`, `url_env` and `url_file`");
    one_of(&hook.secret(), &key("secret_env"), "secret", findings);
    findings.whole(&key("timeout_seconds"), hook.timeout_seconds, 1, 60);
    for (name, value) in &hook.headers {
        let valid = http::HeaderName::try_from(name).is_ok() && http::HeaderValue::try_from(value).is_ok();
        findings.require(valid, &key("headers"), "holds what is no header");
        let secret = ["authorization", "cookie"].contains(&name.to_ascii_lowercase().as_str());
        findings.require(!secret, &key("headers"), "a secret in this file would end up in git; use `secret_env`");
    }
    if let Some(body) = &hook.body
        && let Err(error) = minijinja::Environment::new().template_from_str(body)
    {
        findings.add(key("body"), format!("is no template: {error}"), None);
    }
}

fn mail(mail: &Smtp, findings: &mut Findings) {
    findings.require(is_host(&mail.host), "notify.mail.host", "is no host name");
    let address = |text: &str| text.contains('@') && !text.contains(['\r', '\n']);
    findings.require(address(&mail.from), "notify.mail.from", "is no mail address");
    findings.require(!mail.to.is_empty(), "notify.mail.to", "names nobody");
    for (index, to) in mail.to.iter().enumerate() {
        findings.require(address(to), &format!("notify.mail.to[{index}]"), "is no mail address");
    }
    one_of(&mail.password(), "notify.mail.password_env", "password", findings);
    let complete = mail.user.is_some() || mail.password().is_none();
    findings.require(complete, "notify.mail.user", "is missing; there is a password");
}

/// Checks where copies go.
pub(super) fn targets(targets: &[BackupTarget], findings: &mut Findings) {
    let mut names = BTreeSet::new();
    for (index, target) in targets.iter().enumerate() {
        let key = |field: &str| format!("backup.targets[{index}].{field}");
        if let Err(error) = ProjectId::parse(&target.name) {
            findings.add(key("name"), format!("`{}` is no name: {}", target.name, error.rule), None);
        }
        findings.require(names.insert(&target.name), &key("name"), "there are two targets with this name");
        let ways = usize::from(target.path.is_some()) + usize::from(!target.command.is_empty());
        findings.require(ways == 1, &key("path"), "write one of `path` and `command`");
        let relative = target.path.as_ref().is_some_and(|path| !path.is_absolute());
        findings.require(!relative, &key("path"), "write the whole path");
        let takes_it = target.command.is_empty() || target.command.iter().any(|part| part.contains("{file}"));
        findings.require(takes_it, &key("command"), "has no `{file}`, so that nothing would be taken anywhere");
        findings.whole(&key("timeout_seconds"), target.timeout_seconds, 1, 86_400);
    }
}

/// Checks who may send webhooks.
pub(super) fn incoming(hooks: &[IncomingWebhook], findings: &mut Findings) {
    let mut names = BTreeSet::new();
    for (index, hook) in hooks.iter().enumerate() {
        let key = |field: &str| format!("webhooks[{index}].{field}");
        if let Err(error) = ProjectId::parse(&hook.source) {
            findings.add(key("source"), format!("`{}` is no name: {}", hook.source, error.rule), None);
        }
        findings.require(names.insert(&hook.source), &key("source"), "there are two sources with this name");
        if hook.secret().is_none() {
            let hint = "write `secret_env`, `secret_file` or `secret_command`; the forge signs with the same secret";
            findings.add(key("secret_env"), "is missing: anybody could send messages", Some(hint.to_owned()));
        }
        one_of(&hook.secret(), &key("secret_env"), "secret", findings);
    }
}

fn one_of(secret: &SecretRef<'_>, key: &str, what: &str, findings: &mut Findings) {
    let message = format!("write one of `{what}_env`, `{what}_file` and `{what}_command`");
    findings.require(secret.count() <= 1, key, &message);
    if let Some(name) = secret.env {
        let fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        findings.require(fits, key, "is no name of an environment variable; give the name, not the secret");
    }
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && !text.contains(['/', ' ', '*', '@', '\r', '\n'])
}
