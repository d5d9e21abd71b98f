//! The command line: arguments, exit codes, tables and `--json`.
//!
//! Every command that reads or changes something speaks the HTTP API through [`session::Session`], so that a command,
//! a button of the dashboard and a generated client are the same request.

pub mod args;
pub mod commands;
pub mod defaults;
pub mod direct;
pub mod failure;
pub mod render;
pub mod session;

use std::process::ExitCode;

use clap::{
    CommandFactory, FromArgMatches, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use self::{
    args::Globals,
    commands::Command,
    defaults::Defaults,
    failure::{Exit, Failure},
    render::{Out, Page},
};
use crate::{
    clock::{Clock, SystemClock},
    config::Environment,
};

/// Runs a team of AI agents around a shared blackboard
#[derive(Debug, Parser)]
#[command(
    name = "moziplus",
    version,
    arg_required_else_help = true,
    propagate_version = true,
    disable_help_subcommand = true
)]
#[command(after_help = "Start with `moziplus init` and `moziplus serve`; then `moziplus status`.")]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The whole program: reads the arguments, runs the command and answers with its exit code.
pub fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    let json = cli.globals.json;
    match run(cli) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(failure) => {
            failure.report(json);
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    let environment = Environment::of_process();
    let defaults = Defaults::new(&cli.globals, &environment)?;
    let out = Out { json: cli.globals.json, page: Page::of_stdout(SystemClock.now()) };
    cli.command.run(defaults, out)
}

/// Help and version are answers; anything else that clap says is a wrong usage.
fn misused(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {}
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if std::env::args_os().len() <= 1 => {
            // The bare name asks for help, which is an answer: standard output.
            let _ = Cli::command().print_help();
            return ExitCode::SUCCESS;
        }
        _ if std::env::args_os().any(|arg| arg == "--json") => {
            let failure = usage_of(error);
            failure.report(true);
            return ExitCode::from(failure.exit as u8);
        }
        _ => {
            // With the terminal gone there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(Exit::Usage as u8);
        }
    }
    let _ = error.print();
    ExitCode::SUCCESS
}

/// What clap found wrong, as an error object.
fn usage_of(error: &clap::Error) -> Failure {
    let texts = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let message = error.render().to_string();
    let detail = message.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let mut failure = Failure::usage(detail);
    let valid = [texts(ContextKind::ValidValue), texts(ContextKind::ValidSubcommand)].concat();
    if !valid.is_empty() {
        failure = failure.valid_values(valid);
    }
    failure.problem.field = texts(ContextKind::InvalidArg).into_iter().next();
    failure.hint("`moziplus COMMAND --help` describes what it takes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_command_takes_the_name_of_a_global_option() {
        fn look(command: &clap::Command, wrong: &mut Vec<String>) {
            for own in command.get_arguments().filter(|argument| !argument.is_global_set()) {
                if ["root", "token", "agent", "json"].contains(&own.get_id().as_str()) {
                    wrong.push(format!("{}: {}", command.get_name(), own.get_id()));
                }
            }
            command.get_subcommands().for_each(|inner| look(inner, wrong));
        }
        // clap finds the option of another type only when the command runs, and panics.
        let mut wrong = Vec::new();
        look(&Cli::command(), &mut wrong);
        assert!(wrong.is_empty(), "give them an id of their own: {wrong:?}");
    }

    #[test]
    fn global_options_stand_before_and_after_the_verb() {
        for line in [
            ["moziplus", "--json", "--agent", "a1", "blackboard", "read"],
            ["moziplus", "blackboard", "read", "--json", "--agent", "a1"],
        ] {
            let cli = Cli::try_parse_from(line).unwrap();
            assert!(cli.globals.json);
            assert_eq!(cli.globals.agent.unwrap().to_string(), "a1");
        }
    }

    #[test]
    fn a_wrong_word_lists_the_right_ones() {
        let line = "moziplus blackboard review --verdict fine --confidence 0.9 --json";
        let error = Cli::try_parse_from(line.split(' ')).unwrap_err();
        let failure = usage_of(&error);
        assert_eq!(failure.exit, Exit::Usage);
        assert_eq!(failure.problem.valid_values.unwrap(), ["approved", "needs_revision", "rejected"]);
    }
}
