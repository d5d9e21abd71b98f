//! `doctor`: looks at everything that moziplus needs, and says what to do about what is missing.

use std::{
    collections::BTreeSet,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page, size, table::Grid},
        session::Session,
    },
    client::request::Request,
    config::{Agents, Environment, Root, Sources, load},
    model::agent::{Runner, RunnerKind},
};

/// Less free space than this is worth a warning.
const LITTLE_SPACE: u64 = 1_000_000_000;
/// Less free space than this stops work soon.
const NO_SPACE: u64 = 200_000_000;

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    /// As it should be.
    Ok,
    /// Works, with a limit that one should know.
    Warning,
    /// Does not work.
    Failed,
}

/// One check and what it found.
#[derive(Debug, Serialize, Deserialize)]
struct Finding {
    /// What was looked at.
    check: String,
    /// How it came out.
    health: Health,
    /// What was found.
    detail: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Finding {
    fn new(check: impl Into<String>, health: Health, detail: impl Into<String>) -> Self {
        Self { check: check.into(), health, detail: detail.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Debug, Deserialize)]
struct Report {
    items: Vec<Finding>,
}

impl Doctor {
    /// Makes every check; exit 1 when one of them failed.
    pub async fn run(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        let environment = Environment::of_process();
        let mut findings = vec![root(&defaults.root)];
        if findings[0].health != Health::Failed {
            findings.push(disk(&defaults.root));
            findings.extend(config(&defaults.root, &environment));
            findings.extend(service(defaults, out.clone()).await);
        }
        findings.push(stray_processes());
        let is_sound = findings.iter().all(|finding| finding.health != Health::Failed);
        out.show(json!({"ok": is_sound, "items": findings}), show)?;
        Ok(if is_sound { Exit::Done } else { Exit::Failed })
    }
}

fn root(root: &Root) -> Finding {
    let path = root.path();
    let found = |health, detail: String| Finding::new("root", health, detail);
    if !root.default_yaml().is_file() {
        let hint = format!("moziplus init --root {}", path.display());
        return found(Health::Failed, format!("{} holds no config/default.yaml", path.display())).hint(hint);
    }
    match tempfile::tempfile_in(path) {
        Ok(_) => found(Health::Ok, path.display().to_string()),
        Err(error) => found(Health::Failed, format!("{} cannot be written: {error}", path.display()))
            .hint("give the folder to the user that runs moziplus"),
    }
}

fn disk(root: &Root) -> Finding {
    let free = match nix::sys::statvfs::statvfs(root.path()) {
        Ok(disk) => bytes(disk.blocks_available(), disk.fragment_size()),
        Err(error) => return Finding::new("disk", Health::Warning, format!("free space is unknown: {error}")),
    };
    let health = match free {
        ..NO_SPACE => Health::Failed,
        NO_SPACE..LITTLE_SPACE => Health::Warning,
        _ => Health::Ok,
    };
    let finding = Finding::new("disk", health, format!("{} free", size(i64::try_from(free).unwrap_or(i64::MAX))));
    if health == Health::Ok { finding } else { finding.hint("make room: old backups, logs and archives") }
}

/// The width of these counts differs between systems.
fn bytes(blocks: impl Into<u64>, block_size: impl Into<u64>) -> u64 {
    blocks.into().saturating_mul(block_size.into())
}

/// The configuration, and the programs that it names.
fn config(root: &Root, environment: &Environment) -> Vec<Finding> {
    let sources = Sources { environment: environment.clone(), flags: Vec::new() };
    let loaded = match load(root, &sources) {
        Ok(loaded) => loaded,
        Err(error) => return vec![Finding::new("config", Health::Failed, error.to_string())],
    };
    let mut findings = vec![Finding::new("config", Health::Ok, "config/default.yaml and config/agents.yaml are sound")];
    for (id, project) in &loaded.projects {
        if let Err(error) = project {
            findings.push(Finding::new(format!("project {id}"), Health::Failed, error.to_string()));
        }
    }
    findings.extend(programs(root, &loaded.agents, environment));
    findings
}

/// Whether the program of each runner that an agent uses can be started.
fn programs(root: &Root, agents: &Agents, environment: &Environment) -> Vec<Finding> {
    let used: BTreeSet<_> = agents.agents.values().filter_map(|agent| agent.runner.as_deref()).collect();
    let runners = used.into_iter().filter_map(|name| Some((name, agents.runners.get(name)?)));
    let findings = runners.filter_map(|(name, runner)| {
        let program = program_of(runner)?.replace("{root}", &root.path().display().to_string());
        let check = format!("runner {name}");
        Some(match find_program(&program, environment) {
            Some(path) => Finding::new(check, Health::Ok, path.display().to_string()),
            None => Finding::new(check, Health::Failed, format!("there is no program `{program}`"))
                .hint("install it, or put its folder into PATH of the daemon"),
        })
    });
    findings.collect()
}

fn program_of(runner: &Runner) -> Option<&str> {
    match runner.kind {
        RunnerKind::Command => runner.argv.first().map(String::as_str),
        RunnerKind::Openclaw => Some(runner.argv.first().map_or("openclaw", String::as_str)),
        RunnerKind::Gateway => None,
    }
}

/// Finds a program as a shell does: by its path, or in the folders of `PATH`.
fn find_program(program: &str, environment: &Environment) -> Option<PathBuf> {
    let is_program =
        |path: &PathBuf| path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0);
    if program.contains('/') {
        return Some(Path::new(program).to_path_buf()).filter(is_program);
    }
    let folders = environment.get("PATH").unwrap_or_default();
    std::env::split_paths(folders).map(|folder| folder.join(program)).find(is_program)
}

/// The daemon and what it says about its projects.
async fn service(defaults: Defaults, out: Out) -> Vec<Finding> {
    let status = match Session::open(defaults, out).await {
        Ok(session) => session.value(Request::get(["api", "daemon", "status"])).await,
        Err(failure) => Err(failure),
    };
    let status = match status {
        Ok(status) => status,
        Err(failure) => {
            let finding = Finding::new("daemon", Health::Warning, failure.problem.detail.clone());
            return vec![finding.hint("start it with `moziplus serve`")];
        }
    };
    let mut findings = vec![Finding::new("daemon", Health::Ok, "answers")];
    findings.extend(gateway(&status));
    if let Some(projects) = status["quarantined"].as_object() {
        findings.extend(projects.iter().map(|(id, quarantine)| quarantined(id, quarantine)));
    }
    for (id, project) in status["projects"].as_object().into_iter().flatten() {
        let broken = project["policy"]["last_error"].as_str();
        findings.extend(broken.map(|error| Finding::new(format!("scripts of {id}"), Health::Warning, error)));
    }
    findings
}

/// The OpenClaw Gateway, when an agent needs it.
fn gateway(status: &Value) -> Option<Finding> {
    let finding = match status["gateway_up"].as_bool()? {
        true => Finding::new("gateway", Health::Ok, "answers"),
        false => Finding::new("gateway", Health::Warning, "does not answer; agents that need it wait")
            .hint("start it with `openclaw gateway`, or see `gateway.url` and `gateway.token_env`"),
    };
    Some(finding)
}

fn quarantined(id: &str, quarantine: &Value) -> Finding {
    let text = |field: &str| quarantine[field].as_str().unwrap_or_default().to_owned();
    let finding = Finding::new(format!("project {id}"), Health::Failed, text("reason"));
    if text("hint").is_empty() { finding } else { finding.hint(text("hint")) }
}

/// What the system lets moziplus do about processes that leave their agent.
fn stray_processes() -> Finding {
    if std::env::consts::OS == "linux" {
        return Finding::new("processes", Health::Ok, "what an agent leaves behind is found and ended");
    }
    Finding::new("processes", Health::Warning, "a process that an agent detaches by forking twice may outlive it")
}

fn show(report: &Report, page: &Page) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_as_a_shell_finds_them() {
        let environment = Environment::of(Path::new("/"), [("PATH", "/nowhere:/usr/bin:/bin")]);
        assert!(find_program("sh", &environment).is_some());
        assert!(find_program("/bin/sh", &environment).is_some());
        assert!(find_program("no-such-program", &environment).is_none());
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(find_program(&file.path().display().to_string(), &environment).is_none(), "not executable");
    }
}
