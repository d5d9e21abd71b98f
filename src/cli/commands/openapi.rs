//! `openapi`: the document that clients are generated from.

use clap::{Args, ValueEnum};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::Out,
    },
    http,
};

/// Arguments of `openapi`.
#[derive(Debug, Args)]
pub struct Openapi {
    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Json)]
    pub format: Format,
}

/// How the document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As JSON.
    Json,
    /// As YAML.
    Yaml,
}

impl Openapi {
    /// Prints the document; it needs no root and no daemon.
    pub fn run(self, out: &Out) -> Result<Exit, Failure> {
        let document = match self.format {
            Format::Json => http::spec_json(),
            Format::Yaml => http::spec_yaml(),
        };
        out.line(document.trim_end())?;
        Ok(Exit::Done)
    }
}
