//! `agent prompt`: what an agent would get, or one part of it.

use clap::Args;
use serde::Deserialize;

use crate::{
    agent::prompt::Section,
    cli::{
        args::{TaskArgs, word},
        failure::Failure,
        render::{Page, count},
        session::{Session, TaskPath},
    },
    client::request::Request,
    model::task::Trigger,
};

/// Arguments of `agent prompt`. Whose prompt it is says `--agent`.
#[derive(Debug, Args)]
pub struct Prompt {
    /// Which task.
    #[command(flatten)]
    pub task: TaskArgs,
    /// Why the agent would be started [default: why it was, else what the task waits for]
    #[arg(long, value_name = "TRIGGER", value_parser = word::<Trigger>(Trigger::WORDS))]
    pub trigger: Option<Trigger>,
    /// Only this part, a page of it
    #[arg(long, value_name = "SECTION", value_parser = word::<Section>(Section::WORDS))]
    pub section: Option<Section>,
    /// Skip so many items of the part: those of the pages before
    #[arg(long, value_name = "NUMBER", requires = "section")]
    pub skip: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct Whole {
    agent: String,
    trigger: String,
    attempt: String,
    tiers: Vec<Tier>,
    left_out: Vec<Cut>,
    files: Vec<File>,
    faults: Vec<Fault>,
}

#[derive(Debug, Deserialize)]
struct Tier {
    name: String,
    tokens: i64,
    budget: i64,
}

#[derive(Debug, Deserialize)]
struct Cut {
    text: String,
    command: String,
}

#[derive(Debug, Deserialize)]
struct File {
    path: String,
    what: String,
    tokens: i64,
}

#[derive(Debug, Deserialize)]
struct Fault {
    file: String,
    line: Option<u64>,
    message: String,
}

/// What an agent reads: the message, or the text of a part.
#[derive(Debug, Deserialize)]
struct Text {
    #[serde(alias = "message")]
    text: String,
}

#[derive(Debug, Deserialize)]
struct Part {
    section: String,
    total: i64,
    shown: i64,
    next: Option<i64>,
}

impl Prompt {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let path = session.task(&self.task).await?;
        let (request, is_part) = match self.section {
            Some(section) => (request(&path, Some(section)).query("skip", self.skip), true),
            None => (request(&path, None), false),
        };
        let request = request.query("agent", session.defaults.agent.agent()).query("trigger", self.trigger);
        let answer = session.value(request).await?;
        // The text alone goes to standard output: it is what an agent gets, and may be given to one.
        session.out.show(answer.clone(), |prompt: &Text, _| prompt.text.trim_end().to_owned())?;
        if is_part { session.out.aside(answer, of_part) } else { session.out.aside(answer, of_whole) }
    }
}

fn request(path: &TaskPath, section: Option<Section>) -> Request {
    let task = path.task.to_string();
    let route = ["api", "projects", path.project.as_str(), "tasks", &task, "prompt"];
    Request::get(route.into_iter().chain(section.map(Section::as_str)))
}

fn of_whole(prompt: &Whole, page: &Page) -> String {
    let mut lines = vec![page.dim(format!("-- {} for {}, {}", prompt.trigger, prompt.agent, prompt.attempt))];
    for Tier { name, tokens, budget } in &prompt.tiers {
        lines.push(page.dim(format!("-- {name}: about {}, {budget} allowed", count(*tokens, "token"))));
    }
    lines.extend(prompt.left_out.iter().map(|cut| page.dim(format!("-- {}: {}", cut.text, cut.command))));
    let file = |file: &File| format!("-- {} ({}): {}", file.path, count(file.tokens, "token"), file.what);
    lines.extend(prompt.files.iter().map(|f| page.dim(file(f))));
    for Fault { file, line, message } in &prompt.faults {
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        lines.push(page.bold(format!("-- broken, not used: {file}{line}: {message}")));
    }
    lines.join("\n")
}

fn of_part(part: &Part, page: &Page) -> String {
    let so_far = format!("-- {} of {} in {}", part.shown, part.total, part.section);
    let more = part.next.map_or_else(String::new, |next| format!("; more: --section {} --skip {next}", part.section));
    page.dim(format!("{so_far}{more}"))
}
