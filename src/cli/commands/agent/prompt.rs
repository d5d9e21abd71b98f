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
    message: String,
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

#[derive(Debug, Deserialize)]
struct Part {
    section: String,
    text: String,
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
        if is_part { session.out.show(answer, part) } else { session.out.show(answer, whole) }
    }
}

fn request(path: &TaskPath, section: Option<Section>) -> Request {
    let task = path.task.to_string();
    let route = ["api", "projects", path.project.as_str(), "tasks", &task, "prompt"];
    Request::get(route.into_iter().chain(section.map(Section::as_str)))
}

fn whole(prompt: &Whole, page: &Page) -> String {
    let mut lines = vec![prompt.message.trim_end().to_owned(), String::new()];
    lines.push(page.dim(format!("-- {} for {}, {}", prompt.trigger, prompt.agent, prompt.attempt)));
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

fn part(part: &Part, page: &Page) -> String {
    let mut text = part.text.trim_end().to_owned();
    let so_far = format!("-- {} of {} in {}", part.shown, part.total, part.section);
    let more = part.next.map_or_else(String::new, |next| format!("; more: --section {} --skip {next}", part.section));
    text += &format!("\n{}", page.dim(format!("{so_far}{more}")));
    text
}
