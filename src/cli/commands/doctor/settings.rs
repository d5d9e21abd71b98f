//! The configuration, the programs that it names, and where its secrets are.

use std::{
    collections::BTreeSet,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use super::finding::Finding;
use crate::{
    config::{Agents, Environment, Loaded, Root, SecretRef, Settings, Sources, load},
    model::agent::{Runner, RunnerKind},
    process::tool,
};

/// How long a program may take to print a secret.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether it can be read, and what it says.
pub(super) fn config(root: &Root, environment: &Environment) -> (Vec<Finding>, Option<Loaded>) {
    let sources = Sources { environment: environment.clone(), flags: Vec::new() };
    let loaded = match load(root, &sources) {
        Ok(loaded) => loaded,
        Err(error) => return (vec![Finding::failed("config", error.to_string(), "mend the file")], None),
    };
    let mut findings = vec![Finding::ok("config", "config/default.yaml and config/agents.yaml are sound")];
    for (id, project) in &loaded.projects {
        if let Err(error) = project {
            let hint = "mend the file; the project comes back by itself";
            findings.push(Finding::failed(format!("project {id}"), error.to_string(), hint));
        }
    }
    (findings, Some(loaded))
}

/// Whether the program of each runner that an agent uses can be started.
pub(super) fn programs(root: &Root, agents: &Agents, environment: &Environment) -> Vec<Finding> {
    let used: BTreeSet<_> = agents.agents.values().filter_map(|agent| agent.runner.as_deref()).collect();
    let runners = used.into_iter().filter_map(|name| Some((name, agents.runners.get(name)?)));
    let findings = runners.filter_map(|(name, runner)| {
        let program = program_of(runner)?.replace("{root}", &root.path().display().to_string());
        let check = format!("runner {name}");
        Some(match find_program(&program, environment) {
            Some(path) => Finding::ok(check, path.display().to_string()),
            None => {
                let hint = "install it, or put its folder into PATH of the daemon";
                Finding::failed(check, format!("there is no program `{program}`"), hint)
            }
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
pub(super) fn find_program(program: &str, environment: &Environment) -> Option<PathBuf> {
    let is_program =
        |path: &PathBuf| path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0);
    if program.contains('/') {
        return Some(Path::new(program).to_path_buf()).filter(is_program);
    }
    let folders = environment.get("PATH").unwrap_or_default();
    std::env::split_paths(folders).map(|folder| folder.join(program)).find(is_program)
}

/// Whether each secret that is named can be had. The daemon may have variables that are not set here.
pub(super) async fn secrets(root: &Root, settings: &Settings, environment: &Environment) -> Vec<Finding> {
    let nothing: &[String] = &[];
    let server = &settings.server;
    let (env, file) = (server.api_key_env.as_deref(), server.api_key_file.as_deref());
    let mut named = vec![("server.api_key".to_owned(), SecretRef { env, file, command: nothing })];
    let hooks = settings.notify.webhooks.iter();
    named.extend(hooks.clone().map(|hook| (format!("notify.webhooks {}: secret", hook.name), hook.secret())));
    named.extend(hooks.map(|hook| (format!("notify.webhooks {}: address", hook.name), hook.address())));
    named.extend(settings.notify.mail.iter().map(|mail| ("notify.mail: password".to_owned(), mail.password())));
    let mut findings = Vec::new();
    for (what, secret) in named.into_iter().filter(|(_, secret)| !secret.is_none()) {
        let run = async |argv: Vec<String>| {
            let argv: Vec<_> = argv.iter().map(String::as_str).collect();
            tool::run(root.path(), &argv, PATIENCE).await.map_err(|error| error.to_string())
        };
        findings.push(match secret.read(root, environment, run).await {
            Ok(_) => Finding::ok("secret", format!("{what} can be read")),
            Err(error) => {
                let hint =
                    "set the variable where the daemon is started (for a service: run/environment), or mend the file";
                Finding::warning("secret", format!("{what}: {error}"), hint)
            }
        });
    }
    findings
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
