//! `completions`: a completion script for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::{
    Cli,
    failure::{Exit, Failure},
    render::Out,
};

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(self, out: &Out) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "moziplus", &mut script);
        out.bytes(&script)?;
        Ok(Exit::Done)
    }
}
