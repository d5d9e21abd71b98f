//! Arguments that several commands share, and how their values are read.

use std::{
    io::Read,
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::failure::Failure;
use crate::model::ids::{Actor, ProjectId, TaskId};

/// Longest text that is read from a file or standard input; the API refuses less than this by itself.
const LONGEST_TEXT: u64 = 64 * 1024 * 1024;

/// Options of every command, before or after the verb.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Root folder [default: MOZIPLUS_ROOT, else the nearest root above, else ~/.moziplus]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Fencing token of the attempt [default: MOZIPLUS_TOKEN]
    #[arg(long, global = true, value_name = "TOKEN")]
    pub token: Option<String>,
    /// Who acts: an agent, `human` or `human:NAME` [default: MOZIPLUS_AGENT, else human]
    #[arg(long, global = true, value_name = "WHO", value_parser = actor)]
    pub agent: Option<Actor>,
    /// Print JSON; errors as JSON on standard error
    #[arg(long, global = true)]
    pub json: bool,
}

/// Which project.
#[derive(Debug, Clone, Args)]
pub struct ProjectArg {
    /// Project [default: MOZIPLUS_PROJECT, else the only one there is]
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
}

/// Which task.
#[derive(Debug, Clone, Args)]
pub struct TaskArgs {
    /// Project [default: MOZIPLUS_PROJECT, else the only one there is]
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
    /// Task, such as t-12 [default: MOZIPLUS_TASK]
    #[arg(long, short, value_name = "TASK", value_parser = task_id)]
    pub task: Option<TaskId>,
}

/// A person or an agent; never the daemon or a policy, which do not use the command line.
pub fn actor(text: &str) -> Result<Actor, String> {
    match Actor::from_str(text).map_err(|error| error.to_string())? {
        Actor::Daemon | Actor::Policy => Err(format!("nobody acts as `{text}` from here")),
        actor => Ok(actor),
    }
}

/// A task id; the bare number will do as well.
pub fn task_id(text: &str) -> Result<TaskId, String> {
    if text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(id) = format!("t-{text}").parse()
    {
        return Ok(id);
    }
    text.parse().map_err(|error: crate::model::ids::InvalidId| error.to_string())
}

/// A number from 0 to 1.
pub fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("it is a number from 0 to 1, such as 0.85".into()),
    }
}

/// Accepts the words of one of the model's enums, so that help and errors list them.
pub fn word<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|text| text.parse::<T>())
}

/// The text itself, or standard input for `-`.
pub fn text_or_stdin(text: String) -> Result<String, Failure> {
    if text == "-" { read_stdin() } else { Ok(text) }
}

/// All of standard input.
pub fn read_stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(LONGEST_TEXT)
        .read_to_end(&mut bytes)
        .map_err(|source| Failure::usage(format!("standard input cannot be read: {source}")))?;
    String::from_utf8(bytes).map_err(|_| Failure::usage("standard input is not UTF-8 text"))
}

/// All of a text file; what is not UTF-8 text comes back as `None`.
pub fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    let cannot = |source: std::io::Error| {
        let detail = format!("{} cannot be read: {source}", path.display());
        if source.kind() == std::io::ErrorKind::NotFound { Failure::not_found(detail) } else { Failure::usage(detail) }
    };
    let size = path.metadata().map_err(cannot)?.len();
    if size > LONGEST_TEXT {
        return Err(Failure::usage(format!("{} is larger than 64 MiB", path.display())));
    }
    Ok(String::from_utf8(std::fs::read(path).map_err(cannot)?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn task_ids_may_be_bare_numbers() {
        assert_eq!(task_id("12"), Ok(TaskId(12)));
        assert_eq!(task_id("t-12"), Ok(TaskId(12)));
        for bad in ["", "0", "t-0", "x", "-1"] {
            assert!(task_id(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nobody_plays_the_daemon() {
        assert!(actor("daemon").is_err());
        assert!(actor("policy").is_err());
        assert!(actor("human:楚锋").is_ok());
    }

    #[test]
    fn confidence_is_between_zero_and_one() {
        assert_eq!(confidence("0.92"), Ok(0.92));
        for bad in ["1.1", "-0.1", "NaN", "high", ""] {
            assert!(confidence(bad).is_err(), "{bad}");
        }
    }
}
