//! The `openclaw agent` program: one turn of an agent by way of its gateway.

use super::command::Launch;

/// Keeps it to one process in our own group; otherwise it starts itself again, detached.
pub(super) const ENV: [(&str, &str); 1] = [("OPENCLAW_NO_RESPAWN", "1")];

/// Linux refuses a longer argument; a longer prompt is named instead of given.
const LONGEST_ARGUMENT: usize = 100 * 1024;

/// The command line. What the runner's `argv` says comes in place of `openclaw agent`.
///
/// Only flags that every version since 2026.5 knows. The session is a new one for each attempt.
pub(super) fn argv(launch: &Launch<'_>, program: Vec<String>, prompt: &str) -> Vec<String> {
    let mut argv = if program.is_empty() { vec!["openclaw".to_owned(), "agent".to_owned()] } else { program };
    let message = if prompt.len() <= LONGEST_ARGUMENT {
        prompt.to_owned()
    } else {
        format!("Read the file {} and do what it says.", launch.prompt_file().display())
    };
    let timeout = launch.timeout_seconds.to_string();
    let flags = [
        ("--agent", launch.agent.as_str()),
        ("--session-id", &launch.session()),
        ("--timeout", &timeout),
        ("--message", &message),
    ];
    argv.extend(flags.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value.to_owned()]));
    argv.push("--json".to_owned());
    argv
}
