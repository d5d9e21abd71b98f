//! What a runner's program tells about itself on standard output: usage, session, model, its last words, its failure.
//!
//! The lines say themselves whose they are ([`shapes`]), so that a wrapper around a program is understood like the
//! program. Any command can tell the same in a neutral form, as a line of its own that counts for the whole attempt:
//!
//! ```json
//! {"moziplus_usage": {"tokens_in": 1200, "tokens_out": 80, "tokens_cached": 900, "cost_micros": 5400, "model": "m"}}
//! {"moziplus_result": {"outcome": "rate_limited", "detail": "…", "retry_after_seconds": 60, "text": "…"}}
//! ```

mod shapes;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::model::{
    outcome::Outcome,
    usage::{Spend, Usage},
};

/// A line, or an object over several lines, beyond this is not looked at.
const LONGEST: usize = 1024 * 1024;
/// What is kept of an agent's last words.
const LONGEST_TEXT: usize = 256 * 1024;
/// Messages of one session whose usage is told apart; one more starts again from the sum.
const MOST_MESSAGES: usize = 10_000;

/// What a runner has told so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// True when a line was understood.
    pub is_known: bool,
    /// What was used; none while nothing was told.
    pub usage: Option<Usage>,
    /// The agent's last words.
    pub text: Option<String>,
    /// Why it failed, when the program says that it failed.
    pub error: Option<String>,
    /// How it ended, when the program says so in moziplus' own words.
    pub outcome: Option<Outcome>,
    /// When a limit resets, when the program says so in moziplus' own words.
    pub resets_at: Option<Reset>,
    /// It went on without its gateway, or with another model.
    pub fell_back: bool,
}

/// When a limit resets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reset {
    /// At this time.
    At(DateTime<Utc>),
    /// So many seconds after the end.
    After(f64),
}

/// Reads the output piece by piece, while it grows.
#[derive(Debug, Default)]
pub struct Reader {
    report: Report,
    /// Figures of the whole session, once they are told.
    total: Option<Spend>,
    /// Figures that are told step by step: by message where messages have ids, else added up.
    messages: BTreeMap<String, Spend>,
    steps: Spend,
    model: Option<String>,
    session: Option<String>,
    line: Vec<u8>,
    /// The line under way is no JSON, or too long.
    skips: bool,
    /// Lines of an object that is printed over several.
    block: Option<String>,
}

impl Reader {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let begins = self.line.is_empty() && !self.skips;
            self.skips |= begins && self.block.is_none() && !matches!(part.first(), Some(b'{' | b'['));
            self.skips |= self.line.len() + part.len() > LONGEST;
            if !self.skips {
                self.line.extend_from_slice(part);
            }
            if part.ends_with(b"\n") {
                let (line, skipped) = (std::mem::take(&mut self.line), std::mem::take(&mut self.skips));
                if !skipped {
                    self.line(&String::from_utf8_lossy(&line));
                }
            }
        }
    }

    /// What was told so far.
    pub fn report(&self) -> Report {
        let mut report = self.report.clone();
        let spend = self.spend();
        if spend.is_some() || self.session.is_some() {
            let Spend { tokens_in, tokens_out, tokens_cached, cost_micros } = spend.unwrap_or_default();
            let (model, session) = (self.model.clone(), self.session.clone());
            report.usage = Some(Usage { tokens_in, tokens_out, tokens_cached, cost_micros, model, session });
        }
        report
    }

    /// The same when nothing more comes: the last line may have no end.
    pub fn finish(mut self) -> Report {
        let line = std::mem::take(&mut self.line);
        self.line(&String::from_utf8_lossy(&line));
        self.report()
    }

    fn spend(&self) -> Option<Spend> {
        let told = self.total.is_some() || !self.messages.is_empty() || self.steps != Spend::default();
        let by_step = self.messages.values().fold(self.steps, |sum, spend| sum + *spend);
        told.then(|| self.total.unwrap_or(by_step))
    }

    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        if let Some(mut block) = self.block.take() {
            block.push_str(line);
            block.push('\n');
            if line == "}" || line == "]" {
                self.value(&block);
            } else if block.len() < LONGEST {
                self.block = Some(block);
            }
        } else if line == "{" || line == "[" {
            self.block = Some(format!("{line}\n"));
        } else if line.starts_with(['{', '[']) {
            self.value(line);
        }
    }

    fn value(&mut self, text: &str) {
        match serde_json::from_str(text) {
            Ok(Value::Array(events)) => events.iter().for_each(|event| self.event(event)),
            Ok(event) => self.event(&event),
            // Whatever it is, it is not for us.
            Err(_) => {}
        }
    }

    fn event(&mut self, event: &Value) {
        if event.is_object() && shapes::understand(self, event) {
            self.report.is_known = true;
        }
    }

    fn say(&mut self, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.report.text = Some(text.chars().take(LONGEST_TEXT).collect());
        }
    }

    fn fail(&mut self, why: Option<&str>) {
        self.report.error = Some(why.unwrap_or("it says that it failed").to_owned());
    }

    fn is_called(&mut self, session: &Value, model: &Value) {
        let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(ToOwned::to_owned);
        self.session = text(session).or(self.session.take());
        self.model = text(model).or(self.model.take());
    }

    fn message(&mut self, id: &str, spend: Spend) {
        if self.messages.len() >= MOST_MESSAGES {
            self.steps = self.messages.values().fold(self.steps, |sum, spend| sum + *spend);
            self.messages.clear();
        }
        self.messages.insert(id.to_owned(), spend);
    }
}

/// Everything that a finished program has told.
pub fn read(stdout: &[u8]) -> Report {
    let mut reader = Reader::default();
    reader.take(stdout);
    reader.finish()
}

/// True for a line that a runner's program wrote for programs: what an agent says inside is no reason for an end.
pub fn is_event(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['{', '['])
        && serde_json::from_str::<Value>(line).is_ok_and(|event| shapes::understand(&mut Reader::default(), &event))
}

#[cfg(test)]
mod tests;
