//! Agents that work in the OpenClaw Gateway: the command line of the process around them, and how they learn who they are.
//!
//! Their shell is a child of the gateway and has none of an attempt's variables. A file has them, which the prompt tells
//! them to read.

use std::path::PathBuf;

use super::command::{Launch, own};

/// One turn of `openclaw agent`; what the runner's `argv` says comes in place of these two words.
pub(super) fn turn(launch: &Launch<'_>, program: Vec<String>) -> Vec<String> {
    let session = launch.session();
    let mut argv = around(launch, &["turn", "--session", &session, "--"]);
    if program.is_empty() {
        argv.extend(["openclaw", "agent"].map(ToOwned::to_owned));
    }
    argv.extend(program);
    argv
}

/// An agent inside the gateway; where it is a sub-agent, then of a session for the task, for each may have but few.
pub(super) fn subagent(launch: &Launch<'_>) -> Vec<String> {
    let (project, task) = (&launch.attempt.project, launch.attempt.task);
    let requester = format!("agent:{}:moziplus-{project}-{task}", launch.gateway.owner);
    let (session, label) = (launch.session(), format!("{project}/{task}"));
    around(launch, &["subagent", "--session", &session, "--requester", &requester, "--label", &label])
}

fn around(launch: &Launch<'_>, way: &[&str]) -> Vec<String> {
    let text = |path: PathBuf| path.display().to_string();
    let options = [
        ("--url", launch.gateway.url.clone()),
        ("--openclaw-agent", launch.agent.to_string()),
        ("--timeout", launch.timeout_seconds.to_string()),
        ("--prompt", text(launch.prompt_file())),
        ("--folder", text(launch.root.attempt(launch.attempt))),
    ];
    let mut argv = vec![launch.binary.display().to_string(), "runner".to_owned()];
    argv.extend(options.into_iter().flat_map(|(option, value)| [option.to_owned(), value]));
    argv.extend(way.iter().map(ToString::to_string));
    argv
}

/// The file with the attempt's variables.
pub(super) fn variables_file(launch: &Launch<'_>) -> PathBuf {
    launch.root.attempt(launch.attempt).join("env.sh")
}

/// What is in it: the variables, and the folder.
pub(super) fn variables(launch: &Launch<'_>) -> String {
    let exports = own(launch).map(|(name, value)| format!("export {name}={}\n", quoted(&value))).collect::<String>();
    let folder = launch.root.task_artifacts(&launch.attempt.project, launch.attempt.task);
    format!("{exports}cd {}\n", quoted(&folder.display().to_string()))
}

/// What comes before the prompt.
pub(super) fn preamble(launch: &Launch<'_>) -> String {
    let file = quoted(&variables_file(launch).display().to_string());
    format!(
        "Your shell does not know this task yet. Begin every shell command with `. {file} && `: that sets the variables \
         which moziplus needs, and goes to the task's folder. Do not print that file: it holds a secret.\n"
    )
}

/// For a shell: one word, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
