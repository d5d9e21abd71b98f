//! `support-bundle`: what somebody needs who helps, in one file, without secrets.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, size},
        session::Session,
    },
    client::request::Request,
};

/// Of each log file, the last bytes are taken.
const TAIL: u64 = 512 * 1024;
/// Words of letters and digits from this length on may be keys, and are hidden.
const SUSPICIOUS: usize = 24;
/// What is asked of the API: name in the bundle, path, query.
const QUESTIONS: [(&str, &[&str], &str); 8] = [
    ("status", &["api", "daemon", "status"], ""),
    ("storage", &["api", "daemon", "storage"], ""),
    ("config", &["api", "config"], ""),
    ("jobs", &["api", "jobs"], ""),
    ("deliveries", &["api", "deliveries"], "failed"),
    ("webhooks", &["api", "webhooks"], ""),
    ("agents", &["api", "agents"], ""),
    ("scripts", &["api", "scripts"], ""),
];

/// Arguments of `support-bundle`.
#[derive(Debug, Args)]
pub struct SupportBundle {
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "moziplus-support.tar.gz")]
    pub out: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Written {
    file: String,
    size_bytes: i64,
}

impl SupportBundle {
    /// Collects and writes.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let file = File::create(&self.out).with_context(|| format!("{} cannot be written", self.out.display()))?;
        let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::default()));
        let about = json!({"version": env!("CARGO_PKG_VERSION"), "system": std::env::consts::OS,
            "architecture": std::env::consts::ARCH, "daemon": session.has_daemon()});
        add(&mut tar, "about.json", format!("{about:#}").as_bytes())?;
        for (name, path, state) in QUESTIONS {
            let request =
                Request::get(path.iter().copied()).query("state", Some(state).filter(|text| !text.is_empty()));
            // What cannot be had is part of the picture.
            let answer =
                session.value(request).await.unwrap_or_else(|failure| json!({"failed": format!("{failure:?}")}));
            add(&mut tar, &format!("{name}.json"), hidden(&pretty(&answer)).as_bytes())?;
        }
        let logs = session.defaults.root.logs();
        for entry in std::fs::read_dir(&logs).into_iter().flatten().flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && let Ok(text) = tail(&entry.path()) {
                let name = format!("logs/{}", entry.file_name().to_string_lossy());
                add(&mut tar, &name, hidden(&text).as_bytes())?;
            }
        }
        let file = tar.into_inner().and_then(GzEncoder::finish).context("the bundle cannot be finished")?;
        let size_bytes = file.metadata().map_or(0, |meta| i64::try_from(meta.len()).unwrap_or(i64::MAX));
        session.out.show(json!({"file": self.out, "size_bytes": size_bytes}), |written: &Written, _: &Page| {
            format!("wrote {} ({}); look at it before you send it", written.file, size(written.size_bytes))
        })?;
        Ok(Exit::Done)
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn add(tar: &mut tar::Builder<impl std::io::Write>, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, format!("moziplus-support/{name}"), bytes)
        .with_context(|| format!("{name} cannot be added"))?;
    Ok(())
}

fn tail(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Hides what may be a key: long words of letters and digits mixed, and users in addresses.
fn hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '=');
        let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic());
        let is_secret = word.len() >= SUSPICIOUS && mixed || word.starts_with("mzp_") || word.starts_with("whsec_");
        out.push_str(if is_secret { "***" } else { word });
        let next = after.chars().next();
        out.extend(next);
        rest = next.map_or("", |c| &after[c.len_utf8()..]);
    }
    hide_users(&out)
}

/// `https://user:password@host` loses what stands before the host.
fn hide_users(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("://");
        let authority = part.find(['/', ' ', '"', '\n', '\'']).unwrap_or(part.len());
        match part[..authority].rfind('@') {
            Some(at) => {
                out.push_str("***");
                out.push_str(&part[at..]);
            }
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_passwords_are_hidden_and_the_rest_is_readable() {
        let text = "key mzp_0123 Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0 at https://me:pw@git.example/x.git\n\
                    2026-05-16T12:00:00.000Z task_status_changed almanac.t-12.3 whsec_c2Vj";
        let hidden = hidden(text);
        for secret in ["mzp_0123", "9f8e7d6c5b4a", "me:pw", "whsec_c2Vj"] {
            assert!(!hidden.contains(secret), "{hidden}");
        }
        for kept in
            ["https://***@git.example/x.git", "2026-05-16T12:00:00.000Z", "task_status_changed", "almanac.t-12.3"]
        {
            assert!(hidden.contains(kept), "{hidden}");
        }
    }
}
