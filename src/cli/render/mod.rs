//! Turns answers into text for people: what fits a terminal, and plain lines where there is none.

pub mod daemon;
mod safe;
pub mod table;
pub mod task;
pub mod thread;

use std::{
    fmt::Display,
    io::{IsTerminal, Write},
};

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::safe::safe;
use super::failure::Failure;
use crate::model::status::Status;

/// How text may look, and when "now" is.
#[derive(Debug, Clone)]
pub struct Page {
    /// Columns of the terminal; none when lines may be as long as they like.
    pub width: Option<u16>,
    /// Whether colours are wanted and seen.
    pub color: bool,
    /// What relative times are relative to.
    pub now: DateTime<Utc>,
}

impl Page {
    /// The page of standard output: colours and a width only on a terminal, colours never with `NO_COLOR`.
    pub fn of_stdout(now: DateTime<Utc>) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let width = comfy_table::Table::new().width().filter(|_| is_terminal);
        Self { width, color: is_terminal && !no_color && !dumb, now }
    }

    /// Text that stands out.
    pub fn bold(&self, text: impl Display) -> String {
        self.paint("1", text)
    }

    /// Text that steps back.
    pub fn dim(&self, text: impl Display) -> String {
        self.paint("2", text)
    }

    /// A status in its colour.
    pub fn status(&self, status: Status) -> String {
        self.paint(code_of(status), status)
    }

    fn paint(&self, code: &str, text: impl Display) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// A time of day, with the date when it is not today's: `14:05 UTC`.
    pub fn clock(&self, time: DateTime<Utc>) -> String {
        let today = time.date_naive() == self.now.date_naive();
        time.format(if today { "%H:%M UTC" } else { "%Y-%m-%d %H:%M UTC" }).to_string()
    }

    /// How long ago that was, such as `3 min ago`; for what lies ahead `in 3 min`.
    pub fn ago(&self, time: DateTime<Utc>) -> String {
        let seconds = (self.now - time).num_seconds();
        match seconds {
            -1..=1 => "now".into(),
            2.. => format!("{} ago", duration(seconds)),
            _ => format!("in {}", duration(-seconds)),
        }
    }
}

const fn code_of(status: Status) -> &'static str {
    match status {
        Status::Pending | Status::Paused => "0",
        Status::Claimed | Status::Working => "36",
        Status::Review => "35",
        Status::Done => "32",
        Status::Failed => "31",
        Status::Blocked | Status::Escalated => "33",
        Status::Cancelled => "2",
    }
}

/// A length of time in its largest unit, such as `3 min`.
pub fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// A size in its largest unit, such as `12 kB`.
pub fn size(bytes: i64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    // Sizes here are far below 2^52, so that nothing is lost.
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let mut size = bytes.max(0) as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    if unit == 0 || size >= 10.0 { format!("{size:.0} {}", UNITS[unit]) } else { format!("{size:.1} {}", UNITS[unit]) }
}

/// Money from its micro-units, such as `1.25` or `0.0042`; `-` for none.
pub fn money(micros: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "four digits are shown")]
    let units = micros as f64 / 1e6;
    match micros {
        0 => "-".into(),
        1_000_000.. => format!("{units:.2}"),
        _ => format!("{units:.4}"),
    }
}

/// `1 task`, `2 tasks`.
pub fn count(number: i64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Text, each line moved to the right.
pub fn indent(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("  {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Standard output of one command.
#[derive(Debug, Clone)]
pub struct Out {
    /// Print JSON instead of text.
    pub json: bool,
    /// How text looks.
    pub page: Page,
}

impl Out {
    /// Prints an answer: as it came with `--json`, else as `text` makes it readable.
    pub fn show<T: DeserializeOwned>(
        &self,
        answer: Value,
        text: impl FnOnce(&T, &Page) -> String,
    ) -> Result<(), Failure> {
        if self.json {
            return self.line(&answer.to_string());
        }
        self.line(&text(&typed(answer)?, &self.page))
    }

    /// Shows an agent what it is reminded of, beside the answer to its command.
    pub fn remind(&self, text: &str) {
        eprintln!("moziplus: a reminder for you: {}", safe::safe(text));
    }

    /// Says something about what was printed, on standard error, so that what was printed can be used as it is. Nothing with
    /// `--json`, which has it among its fields.
    pub fn aside<T: DeserializeOwned>(
        &self,
        answer: Value,
        text: impl FnOnce(&T, &Page) -> String,
    ) -> Result<(), Failure> {
        if !self.json {
            eprintln!("{}", text(&typed(answer)?, &self.page));
        }
        Ok(())
    }

    /// Prints a line.
    pub fn line(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Prints what a program printed: as it is into a file or pipe, made safe on a terminal.
    pub fn log(&self, bytes: &[u8]) -> Result<(), Failure> {
        if std::io::stdout().is_terminal() {
            return self.bytes(safe(&String::from_utf8_lossy(bytes)).as_bytes());
        }
        self.bytes(bytes)
    }

    /// Prints bytes as they are. A reader that closed its end (`| head`) is no failure.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// An answer as it is shown: what others wrote must not move the cursor or repaint the screen.
fn typed<T: DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    let typed = serde_json::from_value(safe::all(answer));
    typed.map_err(|error| anyhow::anyhow!("the answer cannot be read ({error}); --json shows it as it is").into())
}

#[cfg(test)]
pub mod tests {
    //! What the tests of rendering share.

    use super::*;

    /// A page without colours at a fixed time.
    pub fn page() -> Page {
        Page { width: None, color: false, now: "2026-11-22T10:00:00Z".parse().unwrap() }
    }

    #[test]
    fn times_are_relative() {
        let page = page();
        let ago = |seconds| page.ago(page.now - chrono::TimeDelta::seconds(seconds));
        assert_eq!(ago(0), "now");
        assert_eq!(ago(59), "59 s ago");
        assert_eq!(ago(3599), "59 min ago");
        assert_eq!(ago(86_400 * 3), "3 d ago");
        assert_eq!(ago(-120), "in 2 min");
    }

    #[test]
    fn sizes_have_two_digits() {
        assert_eq!(
            [size(0), size(999), size(1500), size(12_345), size(7_000_000)],
            ["0 B", "999 B", "1.5 kB", "12 kB", "7.0 MB"]
        );
    }
}
