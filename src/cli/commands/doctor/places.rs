//! Where moziplus goes to: git, further places for backups, the gateway, its own port.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    os::unix::fs::MetadataExt,
    time::Duration,
};

use tokio::{net::TcpStream, time::timeout};

use super::{finding::Finding, settings::find_program};
use crate::{
    cli::render::count,
    config::{Agents, BackupTarget, Environment, Root, Settings},
    model::agent::RunnerKind,
    process::tool,
};

/// How long git, a remote or the gateway may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the root is under version control as the configuration says.
pub(super) async fn git(root: &Root, settings: &Settings) -> Vec<Finding> {
    let git = async |arguments: &[&str]| tool::run(root.path(), &[&["git"], arguments].concat(), PATIENCE).await;
    if !root.join(".git").exists() {
        return match settings.git.remotes.is_empty() {
            true => {
                vec![Finding::ok("git", "the root is not under version control; `moziplus init --git` changes that")]
            }
            false => {
                let hint = "make it one: `moziplus init --git`";
                vec![Finding::failed("git", "git.remotes are named, and the root is no git work tree", hint)]
            }
        };
    }
    let mut findings = Vec::new();
    match git(&["status", "--porcelain", "--", "config", "scripts", "skills", "projects/_registry.yaml"]).await {
        Err(error) => return vec![Finding::failed("git", error.to_string(), "install git, or mend the repository")],
        Ok(changed) if changed.trim().is_empty() => findings.push(Finding::ok("git", "everything is committed")),
        Ok(changed) => {
            let many = count(i64::try_from(changed.lines().count()).unwrap_or(i64::MAX), "file");
            let hint = "commit what was changed by hand: `moziplus job run git_push`, or git itself";
            findings.push(Finding::warning("git", format!("{many} not committed"), hint));
        }
    }
    for path in ["run/api_key", "daemon.db", "projects/x/blackboard.db"] {
        if git(&["check-ignore", "--quiet", path]).await.is_err() {
            let hint = "take `run/`, `*.db*`, `logs/`, `backups/` into .gitignore, as `moziplus init --git` writes it";
            findings.push(Finding::failed("git", format!("{path} would be committed"), hint));
        }
    }
    for remote in &settings.git.remotes {
        let check = format!("git remote {}", remote.name);
        findings.push(match git(&["ls-remote", "--quiet", "--exit-code", "--", &remote.url, "HEAD"]).await {
            Ok(_) => Finding::ok(check, "answers"),
            // An empty repository has no HEAD yet.
            Err(tool::ToolError::Failed { message, .. }) if message.contains("exit status: 2") => {
                Finding::ok(check, "answers, and is empty")
            }
            Err(error) => {
                Finding::warning(check, error.to_string(), "see git.remotes, the network and the keys of ssh")
            }
        });
    }
    findings
}

/// Whether the further places for copies can be reached.
pub(super) fn backups(root: &Root, settings: &Settings, environment: &Environment) -> Vec<Finding> {
    let targets = settings.backup.targets.iter();
    targets.map(|target| backup_target(root, target, environment)).collect()
}

fn backup_target(root: &Root, target: &BackupTarget, environment: &Environment) -> Finding {
    let check = format!("backup target {}", target.name);
    let Some(folder) = &target.path else {
        let program = target.command.first().map_or("", String::as_str);
        return match find_program(program, environment) {
            Some(path) => Finding::ok(check, path.display().to_string()),
            None => Finding::failed(check, format!("there is no program `{program}`"), "install it"),
        };
    };
    match fs::metadata(folder) {
        Err(error) => Finding::warning(check, format!("{}: {error}", folder.display()), "mount it, or make the folder"),
        Ok(found) if target.mounted && fs::metadata(root.path()).is_ok_and(|root| root.dev() == found.dev()) => {
            Finding::warning(check, format!("{} is not mounted", folder.display()), "mount it")
        }
        Ok(_) => match tempfile::tempfile_in(folder) {
            Ok(_) => Finding::ok(check, folder.display().to_string()),
            Err(error) => {
                Finding::warning(check, format!("{} cannot be written: {error}", folder.display()), "mend its rights")
            }
        },
    }
}

/// Whether the OpenClaw Gateway listens, where an agent needs it.
pub(super) async fn gateway(settings: &Settings, agents: &Agents) -> Option<Finding> {
    let runners = agents.agents.values().filter_map(|agent| agents.runners.get(agent.runner.as_deref()?));
    if !runners.into_iter().any(|runner| matches!(runner.kind, RunnerKind::Openclaw | RunnerKind::Gateway)) {
        return None;
    }
    let url = &settings.gateway.url;
    let authority = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).split('/').next().unwrap_or_default();
    Some(match timeout(PATIENCE, TcpStream::connect(authority)).await {
        Ok(Ok(_)) => Finding::ok("gateway", format!("{url} listens")),
        Ok(Err(error)) => gateway_down(url, &error.to_string()),
        Err(_) => gateway_down(url, "no answer"),
    })
}

fn gateway_down(url: &str, why: &str) -> Finding {
    let hint = "start it with `openclaw gateway`, or see gateway.url and gateway.token_env";
    Finding::warning("gateway", format!("{url}: {why}; agents that need it wait"), hint)
}

/// Whether the daemon's address is its own, or free for it.
pub(super) async fn port(bind: SocketAddr, daemon_answers: bool) -> Finding {
    let free = TcpListener::bind(bind).map(drop);
    match (daemon_answers, free) {
        (true, Err(_)) => Finding::ok("port", format!("{bind} is served")),
        // It was started with another one.
        (true, Ok(())) => Finding::ok("port", format!("{bind} is free; the daemon listens elsewhere")),
        (false, Ok(())) => Finding::ok("port", format!("{bind} is free")),
        (false, Err(error)) => {
            let hint = format!("see who has it: `lsof -i :{}`; or set server.bind to another one", bind.port());
            Finding::failed("port", format!("{bind} cannot be used: {error}"), hint)
        }
    }
}
