//! `blackboard output`: a result of work, from a file, a text or standard input.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{
        args::{TaskArgs, read_stdin, read_text, word},
        failure::Failure,
        render::{Page, size},
        session::{Session, TaskPath},
    },
    model::records::{self, OutputType},
};

/// Arguments of `blackboard output`.
#[derive(Debug, Args)]
pub struct Output {
    /// Which task.
    #[command(flatten)]
    pub task: TaskArgs,
    /// Its name, such as report.md
    #[arg(long, value_name = "TITLE")]
    pub title: String,
    /// The file; one below the project's folder stays where it is, a text from elsewhere is uploaded
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub path: Option<PathBuf>,
    /// The text itself [default: standard input]
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// What it is [default: other]
    #[arg(long = "type", value_name = "TYPE", value_parser = word::<OutputType>(OutputType::WORDS))]
    pub output_type: Option<OutputType>,
    /// What is in it, in a few words
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
}

/// What the request's body holds beside the agent.
#[derive(Debug, Serialize)]
struct Body {
    title: String,
    output_type: Option<OutputType>,
    summary: Option<String>,
    path: Option<String>,
    text: Option<String>,
}

/// Where an output comes from.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// A file that lies below the project's folder already: its absolute path.
    Inside(String),
    /// A text to upload.
    Text(String),
}

impl Output {
    /// Adds the output.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        let (path, text) = match self.source(session, &task)? {
            Source::Inside(path) => (Some(path), None),
            Source::Text(text) => (None, Some(text)),
        };
        let body = Body { title: self.title, output_type: self.output_type, summary: self.summary, path, text };
        let answer: Value = session.value(task.post("outputs", &session.signed("agent", &body))).await?;
        session.out.show(answer, |output: &records::Output, _: &Page| {
            format!("output #{} on {}: {} ({})", output.id, output.task, output.path, size(output.size_bytes))
        })
    }

    fn source(&self, session: &Session, task: &TaskPath) -> Result<Source, Failure> {
        match (&self.path, &self.text) {
            (Some(path), _) => from_file(path, &session.defaults.root.project(&task.project)),
            (None, Some(text)) => Ok(Source::Text(text.clone())),
            (None, None) if std::io::stdin().is_terminal() => {
                Err(Failure::usage("where is the output? give --path FILE or --text TEXT, or pipe it in"))
            }
            (None, None) => Ok(Source::Text(read_stdin()?)),
        }
    }
}

/// A file below the project's folder is named, so that large and binary ones work; others are read.
fn from_file(path: &Path, project: &Path) -> Result<Source, Failure> {
    if let Ok(inside) = path.canonicalize()
        && inside.is_file()
        && inside.starts_with(project)
    {
        return Ok(Source::Inside(inside.to_string_lossy().into_owned()));
    }
    match read_text(path)? {
        Some(text) => Ok(Source::Text(text)),
        None => Err(Failure::usage(format!("{} is not UTF-8 text", path.display()))
            .hint(format!("put it below {} and name it there", project.join("artifacts").display()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure::Exit;

    #[test]
    fn files_of_the_project_are_named_and_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let project = base.join("projects/demo");
        let inside = project.join("artifacts/t-1/data.bin");
        std::fs::create_dir_all(inside.parent().unwrap()).unwrap();
        std::fs::write(&inside, [0xff, 0xfe]).unwrap();
        std::fs::write(base.join("outside.md"), "text").unwrap();
        std::fs::write(base.join("outside.bin"), [0xff, 0xfe]).unwrap();

        assert_eq!(from_file(&inside, &project).unwrap(), Source::Inside(inside.display().to_string()));
        assert_eq!(from_file(&base.join("outside.md"), &project).unwrap(), Source::Text("text".into()));
        assert_eq!(from_file(&base.join("outside.bin"), &project).unwrap_err().exit, Exit::Usage);
        assert_eq!(from_file(&base.join("missing"), &project).unwrap_err().exit, Exit::NotFound);
    }
}
