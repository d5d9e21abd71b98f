//! From a runner's template to a process: program, arguments, environment, standard input.

use std::{
    collections::BTreeMap,
    fs::{DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::{
    gateway::TOKEN_VARIABLE,
    openclaw,
    prompt::{ContextFile, FOLDER},
};
use crate::{
    config::{Environment, Gateway, Root},
    model::{
        agent::{AgentRole, PromptBy, Runner, RunnerKind},
        ids::{AgentId, AttemptId},
        task::Trigger,
    },
    process::SpawnSpec,
};

/// Cap of each log file of an attempt: what a talkative program prints in hours, and far from filling a disk.
const LOG_LIMIT_BYTES: u64 = 16 * 1024 * 1024;
/// File with the prompt in the attempt's folder.
const PROMPT_FILE: &str = "prompt.md";
/// Of the daemon's environment, these pass to agents (and every `LC_*`).
const PASSED: [&str; 7] = ["PATH", "HOME", "USER", "SHELL", "LANG", "TZ", "TMPDIR"];

/// Everything that a command depends on, beside the prompt.
#[derive(Debug, Clone, Copy)]
pub struct Launch<'a> {
    /// The root folder.
    pub root: &'a Root,
    /// The daemon's own environment.
    pub environment: &'a Environment,
    /// The path of this program, for agents to call.
    pub binary: &'a Path,
    /// How the agent is started.
    pub runner: &'a Runner,
    /// The attempt.
    pub attempt: &'a AttemptId,
    /// Who is started.
    pub agent: &'a AgentId,
    /// In which role.
    pub role: AgentRole,
    /// Why.
    pub trigger: Trigger,
    /// The fencing token.
    pub token: &'a str,
    /// Marks all processes of the attempt; also names its session.
    pub nonce: &'a str,
    /// How long it may run, in seconds.
    pub timeout_seconds: i64,
    /// The OpenClaw Gateway, for runners that go through it.
    pub gateway: &'a Gateway,
}

/// Why there is no command for an agent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The runner's template is empty.
    #[error("the runner has no argv: give it a program in config/agents.yaml")]
    Empty,
}

impl Launch<'_> {
    /// Where the prompt is written.
    pub fn prompt_file(&self) -> PathBuf {
        self.root.attempt(self.attempt).join(PROMPT_FILE)
    }

    /// The session's name for the runner: a UUID of its own for every attempt, so that no two share a conversation.
    pub fn session(&self) -> String {
        uuid::Uuid::parse_str(self.nonce).map_or_else(|_| self.nonce.to_owned(), |uuid| uuid.to_string())
    }

    fn places(&self) -> [(&'static str, String); 7] {
        [
            ("root", self.root.path().display().to_string()),
            ("project", self.attempt.project.to_string()),
            ("task", self.attempt.task.to_string()),
            ("agent", self.agent.to_string()),
            ("attempt", self.attempt.to_string()),
            ("prompt_file", self.prompt_file().display().to_string()),
            ("session", self.session()),
        ]
    }
}

/// The process to start for a prompt.
pub fn spec(launch: &Launch<'_>, prompt: &str) -> Result<SpawnSpec, CommandError> {
    let places = launch.places();
    let mut argv: Vec<String> = launch.runner.argv.iter().map(|part| fill(part, &places)).collect();
    let mut stdin = None;
    match launch.runner.kind {
        RunnerKind::Gateway => argv = openclaw::subagent(launch),
        RunnerKind::Openclaw => argv = openclaw::turn(launch, argv),
        RunnerKind::Command if argv.is_empty() => return Err(CommandError::Empty),
        RunnerKind::Command => match launch.runner.prompt {
            PromptBy::Stdin => stdin = Some(prompt.as_bytes().to_vec()),
            PromptBy::Argument => argv.push(prompt.to_owned()),
            PromptBy::File => {}
        },
    }
    Ok(SpawnSpec {
        attempt: launch.attempt.clone(),
        dir: launch.root.attempt(launch.attempt),
        argv,
        cwd: launch.root.task_artifacts(&launch.attempt.project, launch.attempt.task),
        env: environment(launch, &places),
        stdin,
        nonce: launch.nonce.to_owned(),
        log_limit_bytes: LOG_LIMIT_BYTES,
        limits: launch.runner.limits,
    })
}

/// Later ones win: the daemon's few, what the runner passes on, what the runner sets, and last moziplus' own.
fn environment(launch: &Launch<'_>, places: &[(&str, String)]) -> Vec<(String, String)> {
    let daemon = launch.environment;
    let mut env = BTreeMap::new();
    let named = PASSED.into_iter().chain(launch.runner.env_pass.iter().map(String::as_str));
    for name in named {
        env.extend(daemon.get(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    env.extend(daemon.with_prefix("LC_").map(|(name, value)| (format!("LC_{name}"), value.to_owned())));
    if let Some(token) = launch.gateway.token(daemon).filter(|_| launch.runner.needs_gateway()) {
        env.insert(TOKEN_VARIABLE.to_owned(), token.to_owned());
    }
    env.extend(launch.runner.env.iter().map(|(name, value)| (name.clone(), fill(value, places))));
    env.extend(own(launch));
    env.into_iter().collect()
}

/// Moziplus' own variables.
pub(super) fn own(launch: &Launch<'_>) -> impl Iterator<Item = (String, String)> + use<> {
    let own = [
        ("ROOT", launch.root.path().display().to_string()),
        ("PROJECT", launch.attempt.project.to_string()),
        ("TASK", launch.attempt.task.to_string()),
        ("AGENT", launch.agent.to_string()),
        ("ATTEMPT", launch.attempt.to_string()),
        ("TOKEN", launch.token.to_owned()),
        ("ROLE", launch.role.to_string()),
        ("PROMPT_FILE", launch.prompt_file().display().to_string()),
        ("TRIGGER", launch.trigger.to_string()),
        ("BIN", launch.binary.display().to_string()),
    ];
    own.into_iter().map(|(name, value)| (format!("MOZIPLUS_{name}"), value))
}

/// Fills the known places in one pass, so that a value with braces is not filled again; other braces stay.
fn fill(template: &str, places: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = places.iter().find_map(|(name, value)| {
            from[1..].strip_prefix(name)?.strip_prefix('}').map(|after| (value.as_str(), after))
        });
        let (text, after) = found.unwrap_or(("{", &from[1..]));
        out.push_str(text);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Makes the folders of task and attempt and writes the prompt with the files beside it. Blocks for some small writes.
pub fn prepare(launch: &Launch<'_>, prompt: &str, files: &[ContextFile]) -> io::Result<()> {
    let task = launch.root.task_artifacts(&launch.attempt.project, launch.attempt.task);
    let mut folders = DirBuilder::new();
    folders.recursive(true).mode(0o700);
    for folder in ["outputs", "reviews", "data"] {
        folders.create(task.join(folder))?;
    }
    let attempt = launch.root.attempt(launch.attempt);
    folders.create(&attempt)?;
    if !files.is_empty() {
        folders.create(attempt.join(FOLDER))?;
    }
    for file in files {
        write(&attempt.join(FOLDER).join(&file.name), &file.text)?;
    }
    if launch.runner.needs_gateway() {
        write(&openclaw::variables_file(launch), &openclaw::variables(launch))?;
        return write(&launch.prompt_file(), &format!("{}\n{prompt}", openclaw::preamble(launch)));
    }
    write(&launch.prompt_file(), prompt)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner(prompt: PromptBy, argv: &[&str]) -> Runner {
        Runner {
            kind: RunnerKind::Command,
            argv: argv.iter().map(ToString::to_string).collect(),
            prompt,
            env: BTreeMap::from([("LOG".into(), "{root}/{agent}.log".into()), ("SHELL".into(), "/bin/dash".into())]),
            env_pass: vec!["EXTRA".into()],
            provider: None,
            price: None,
            limits: crate::model::agent::Limits::default(),
        }
    }

    fn with_spec<T>(runner: &Runner, check: impl FnOnce(&Launch<'_>, SpawnSpec) -> T) -> T {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        let variables = [
            ("PATH", "/bin"),
            ("LC_ALL", "C"),
            ("SHELL", "/bin/sh"),
            ("EXTRA", "1"),
            ("SECRET", "s3cret"),
            ("CLAUDECODE", "1"),
        ];
        let environment = Environment::of(folder.path(), variables);
        let launch = Launch {
            root: &root,
            environment: &environment,
            binary: Path::new("/opt/moziplus"),
            runner,
            attempt: &"sales.t-12.3".parse().unwrap(),
            agent: &AgentId::parse("zhangfei").unwrap(),
            role: AgentRole::Executor,
            trigger: Trigger::Revise,
            token: "t0ken",
            nonce: "67e5504410b1426f9247bb680e5fe0c8",
            timeout_seconds: 600,
            gateway: &Gateway { token_env: Some("SECRET".into()), ..Gateway::default() },
        };
        check(&launch, spec(&launch, "Do {task}.").unwrap())
    }

    #[test]
    fn places_are_filled_once_and_other_braces_stay() {
        let argv = ["run", "{project}/{task}", "{attempt} {agent} {session}", "{\"json\": {}}", "{unknown} {"];
        with_spec(&runner(PromptBy::File, &argv), |launch, spec| {
            assert_eq!(
                spec.argv,
                [
                    "run",
                    "sales/t-12",
                    "sales.t-12.3 zhangfei 67e55044-10b1-426f-9247-bb680e5fe0c8",
                    "{\"json\": {}}",
                    "{unknown} {"
                ]
            );
            assert_eq!(spec.cwd, launch.root.path().join("projects/sales/artifacts/t-12"));
            assert_eq!(spec.dir, spec.cwd.join("archive/3"));
        });
    }

    #[test]
    fn the_environment_is_an_allow_list() {
        with_spec(&runner(PromptBy::File, &["run"]), |launch, spec| {
            let root = launch.root.path().display().to_string();
            let env: BTreeMap<_, _> = spec.env.into_iter().collect();
            let names: Vec<_> = env.keys().filter(|name| !name.starts_with("MOZIPLUS_")).collect();
            assert_eq!(names, ["EXTRA", "LC_ALL", "LOG", "PATH", "SHELL"]);
            assert_eq!((env["LOG"].as_str(), env["SHELL"].as_str()), (&*format!("{root}/zhangfei.log"), "/bin/dash"));
            assert_eq!((env["MOZIPLUS_TRIGGER"].as_str(), env["MOZIPLUS_TOKEN"].as_str()), ("revise", "t0ken"));
            assert_eq!(env["MOZIPLUS_BIN"], "/opt/moziplus");
            assert_eq!(env["MOZIPLUS_PROMPT_FILE"], launch.prompt_file().display().to_string());
        });
    }

    #[test]
    fn the_prompt_goes_where_the_runner_wants_it() {
        with_spec(&runner(PromptBy::Stdin, &["run"]), |_, spec| {
            assert_eq!((spec.argv.len(), spec.stdin.as_deref()), (1, Some(b"Do {task}.".as_slice())));
        });
        with_spec(&runner(PromptBy::Argument, &["run"]), |_, spec| {
            assert_eq!((spec.argv[1].as_str(), spec.stdin), ("Do {task}.", None));
        });
        with_spec(&runner(PromptBy::File, &["run"]), |launch, spec| {
            assert_eq!((spec.argv.len(), spec.stdin), (1, None));
            prepare(launch, "Do it.", &[]).unwrap();
            assert_eq!(std::fs::read_to_string(launch.prompt_file()).unwrap(), "Do it.");
            assert!(launch.root.path().join("projects/sales/artifacts/t-12/outputs").is_dir());
        });
    }

    #[test]
    fn those_who_work_in_the_gateway_have_a_process_of_ours_around_them() {
        let runner = Runner { kind: RunnerKind::Openclaw, ..runner(PromptBy::File, &[]) };
        with_spec(&runner, |launch, spec| {
            let argv = spec.argv.join(" ");
            assert!(argv.starts_with("/opt/moziplus runner --url http://127.0.0.1:18789 --openclaw-agent zhangfei"));
            assert!(argv.ends_with("turn --session 67e55044-10b1-426f-9247-bb680e5fe0c8 -- openclaw agent"), "{argv}");
            assert!(spec.env.contains(&(TOKEN_VARIABLE.into(), "s3cret".into())));
            prepare(launch, "Do it.", &[]).unwrap();
            // What runs in the gateway has none of our variables; a file tells them.
            let prompt = std::fs::read_to_string(launch.prompt_file()).unwrap();
            let file = openclaw::variables_file(launch).display().to_string();
            assert!(prompt.contains(&format!(". '{file}' && ")) && prompt.ends_with("\nDo it."), "{prompt}");
            let variables = std::fs::read_to_string(file).unwrap();
            assert!(variables.contains("export MOZIPLUS_TOKEN='t0ken'\n") && variables.contains("cd '"), "{variables}");
        });
        let runner = Runner { kind: RunnerKind::Gateway, ..runner };
        with_spec(&runner, |_, spec| {
            let argv = spec.argv.join(" ");
            assert!(argv.ends_with("--requester agent:main:moziplus-sales-t-12 --label sales/t-12"), "{argv}");
        });
    }
}
