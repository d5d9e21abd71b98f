//! What a check finds, and how it is shown.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    cli::render::{Page, table::Grid},
    config::{Root, init::write_missing},
};

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Health {
    /// As it should be.
    Ok,
    /// Works, with a limit that one should know.
    Warning,
    /// Does not work.
    Failed,
}

/// What `--fix` does about a finding.
#[derive(Debug, Clone)]
pub(super) enum Fix {
    /// Takes rights from others than the owner.
    Private(PathBuf, u32),
    /// Writes what `init` writes.
    Init(Root),
}

/// One check and what it found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Finding {
    /// What was looked at.
    pub(super) check: String,
    /// How it came out.
    pub(super) health: Health,
    /// What was found.
    pub(super) detail: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hint: Option<String>,
    #[serde(skip)]
    fix: Option<Fix>,
}

impl Finding {
    pub(super) fn new(check: impl Into<String>, health: Health, detail: impl Into<String>) -> Self {
        Self { check: check.into(), health, detail: detail.into(), hint: None, fix: None }
    }

    pub(super) fn ok(check: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(check, Health::Ok, detail)
    }

    pub(super) fn warning(check: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(check, Health::Warning, detail).hint(hint)
    }

    pub(super) fn failed(check: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(check, Health::Failed, detail).hint(hint)
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into()).filter(|hint: &String| !hint.is_empty());
        self
    }

    pub(super) fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Mends it, where that is safe; answers with what was done.
    pub(super) fn mend(&self) -> Option<Self> {
        let (what, done) = match self.fix.as_ref()? {
            Fix::Private(path, mode) => {
                (path.display().to_string(), fs::set_permissions(path, fs::Permissions::from_mode(*mode)))
            }
            Fix::Init(root) => (root.path().display().to_string(), write_missing(root).map(drop)),
        };
        let check = format!("mended: {}", self.check);
        Some(match done {
            Ok(()) => Self::ok(check, what),
            Err(error) => Self::new(check, Health::Failed, format!("{what}: {error}")),
        })
    }
}

/// Every finding.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    /// They.
    items: Vec<Finding>,
}

/// A line for each.
pub(super) fn show(report: &Report, page: &Page) -> String {
    let mut grid = Grid::new(page, &["", "CHECK", "FOUND"], 2).wrapped();
    for finding in &report.items {
        let mark = match finding.health {
            Health::Ok => "ok",
            Health::Warning => "warning",
            Health::Failed => "FAILED",
        };
        let hint = finding.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        grid.row([mark.to_owned(), finding.check.clone(), format!("{}{hint}", finding.detail)]);
    }
    grid.finish()
}
