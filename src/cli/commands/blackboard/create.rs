//! `blackboard create`: a new task.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::{ProjectArg, task_id, text_or_stdin, word},
        failure::Failure,
        render::Page,
        session::Session,
    },
    client::request::Request,
    model::{
        ids::{AgentId, TaskId},
        task::{MustHaves, NewTask, RiskLevel},
    },
};

/// Arguments of `blackboard create`.
#[derive(Debug, Args)]
pub struct Create {
    /// Where.
    #[command(flatten)]
    pub project: ProjectArg,
    /// One line that says what is wanted
    #[arg(long, value_name = "TITLE")]
    pub title: String,
    /// The whole request, in Markdown; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Who should do it [default: anybody]
    #[arg(long, value_name = "AGENT")]
    pub assignee: Option<AgentId>,
    /// Tasks that must be done before, separated by commas
    #[arg(long, value_name = "TASKS", value_delimiter = ',', value_parser = task_id)]
    pub depends_on: Vec<TaskId>,
    /// The task that this one is a part of
    #[arg(long, value_name = "TASK", value_parser = task_id)]
    pub parent: Option<TaskId>,
    /// It will be done in parts: nobody is started on it before the first of them is created
    #[arg(long)]
    pub has_parts: bool,
    /// 1 to 10, 10 most urgent [default: 5]
    #[arg(long, value_name = "1..10", value_parser = clap::value_parser!(i64).range(1..=10))]
    pub priority: Option<i64>,
    /// What kind of work it is, such as code or data
    #[arg(long = "type", value_name = "TYPE")]
    pub task_type: Option<String>,
    /// What a mistake would cost; decides how deep the review goes
    #[arg(long, value_name = "RISK", value_parser = word::<RiskLevel>(RiskLevel::WORDS))]
    pub risk: Option<RiskLevel>,
    /// A fact that must hold at the end; repeatable
    #[arg(long = "truth", value_name = "TEXT")]
    pub truths: Vec<String>,
    /// A file below artifacts/TASK/ that must exist at the end; repeatable
    #[arg(long = "artifact", value_name = "PATH")]
    pub artifacts: Vec<String>,
    /// A reference that must resolve at the end; repeatable
    #[arg(long = "key-link", value_name = "TEXT")]
    pub key_links: Vec<String>,
}

impl Create {
    /// Creates the task and prints its id.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let project = session.project(self.project.project.as_ref()).await?;
        let mut body = body(&self.new_task()?);
        body["agent"] = json!(session.defaults.agent);
        let answer =
            session.value(Request::post(["api", "projects", project.as_str(), "tasks"], &body).repeatable()).await?;
        session.out.show(answer, |task: &Value, _: &Page| task["id"].as_str().unwrap_or_default().to_owned())
    }

    fn new_task(self) -> Result<NewTask, Failure> {
        Ok(NewTask {
            title: self.title,
            description: self.description.map(text_or_stdin).transpose()?,
            assignee: self.assignee,
            depends_on: self.depends_on,
            parent: self.parent,
            priority: self.priority,
            task_type: self.task_type,
            risk_level: self.risk,
            must_haves: MustHaves { truths: self.truths, artifacts: self.artifacts, key_links: self.key_links },
            has_parts: self.has_parts,
        })
    }
}

/// The request's body, without what was left open.
fn body(task: &NewTask) -> Value {
    let mut body = json!(task);
    if let Value::Object(fields) = &mut body {
        fields.retain(|_, value| !value.is_null() && *value != Value::Bool(false));
    }
    body
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{
        Cli,
        commands::{Command, blackboard::Blackboard},
    };

    #[test]
    fn every_option_reaches_the_body() {
        let line = [
            "moziplus",
            "blackboard",
            "create",
            "--project",
            "demo",
            "--title",
            "T",
            "--depends-on",
            "t-1,2",
            "--priority",
            "10",
            "--type",
            "code",
            "--risk",
            "high",
            "--truth",
            "a, b",
            "--truth",
            "c",
            "--artifact",
            "outputs/x.md",
            "--key-link",
            "t-1",
        ];
        let Command::Blackboard(Blackboard::Create(create)) = Cli::try_parse_from(line).unwrap().command else {
            panic!("parsed as something else")
        };
        let expected = json!({
            "title": "T", "depends_on": ["t-1", "t-2"], "priority": 10, "task_type": "code", "risk_level": "high",
            "must_haves": {"truths": ["a, b", "c"], "artifacts": ["outputs/x.md"], "key_links": ["t-1"]},
        });
        assert_eq!(body(&create.new_task().unwrap()), expected);
    }
}
