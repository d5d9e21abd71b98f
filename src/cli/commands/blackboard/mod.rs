//! `blackboard`: the verbs by which agents and people work on tasks.

pub mod changes;
pub mod create;
pub mod output;
pub mod read;
pub mod record;
pub mod review;
pub mod transition;

use clap::Subcommand;
use serde_json::Value;

use crate::cli::{
    failure::{Exit, Failure},
    render::Page,
    session::{Session, TaskPath},
};

/// The verbs of `blackboard`.
#[derive(Debug, Subcommand)]
pub enum Blackboard {
    /// Create a task; prints its id
    Create(Box<create::Create>),
    /// List tasks, or show one with everything about it
    Read(read::Read),
    /// Take a pending task; prints the fencing token
    Claim(transition::Claim),
    /// Begin with a claimed task
    Start(transition::Start),
    /// Say that the work is complete
    Complete(transition::Complete),
    /// Say that it cannot be done
    Fail(transition::Fail),
    /// Wait for a task, an agent or a person
    Block(transition::Block),
    /// Give a failed task another chance
    Retry(transition::Retry),
    /// Call a task off for good
    Cancel(transition::Cancel),
    /// Set a task aside
    Pause(transition::Pause),
    /// Take a paused task up again
    Resume(transition::Resume),
    /// Let somebody with more say decide
    Escalate(transition::Escalate),
    /// Decide about an escalated task
    Resolve(transition::Resolve),
    /// Have finished work looked at again
    Reopen(transition::Reopen),
    /// Add a result: a file, a text, or standard input
    Output(output::Output),
    /// Add a comment
    Comment(record::Comment),
    /// Record a decision and why
    Decide(record::Decide),
    /// Record something that was noticed
    Observe(record::Observe),
    /// Record a lesson for later tasks
    Learn(record::Learn),
    /// Show what a task brought, compared with what was judged in the round before
    Changes(changes::Changes),
    /// Submit a review of a task in review
    Review(review::Review),
    /// Answer the issues of a review
    Rebut(review::Rebut),
}

impl Blackboard {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Create(verb) => verb.run(session).await?,
            Self::Read(verb) => verb.run(session).await?,
            Self::Claim(verb) => verb.run(session).await?,
            Self::Start(verb) => verb.run(session).await?,
            Self::Complete(verb) => verb.run(session).await?,
            Self::Fail(verb) => verb.run(session).await?,
            Self::Block(verb) => verb.run(session).await?,
            Self::Retry(verb) => verb.run(session).await?,
            Self::Cancel(verb) => verb.run(session).await?,
            Self::Pause(verb) => verb.run(session).await?,
            Self::Resume(verb) => verb.run(session).await?,
            Self::Escalate(verb) => verb.run(session).await?,
            Self::Resolve(verb) => verb.run(session).await?,
            Self::Reopen(verb) => verb.run(session).await?,
            Self::Output(verb) => verb.run(session).await?,
            Self::Comment(verb) => verb.run(session).await?,
            Self::Decide(verb) => verb.run(session).await?,
            Self::Observe(verb) => verb.run(session).await?,
            Self::Learn(verb) => verb.run(session).await?,
            Self::Changes(verb) => verb.run(session).await?,
            Self::Review(verb) => verb.run(session).await?,
            Self::Rebut(verb) => verb.run(session).await?,
        }
        Ok(Exit::Done)
    }
}

/// Sends a body to a route below a task and says in a line what was added.
async fn add(session: &Session, task: &TaskPath, route: &str, body: &Value) -> Result<(), Failure> {
    let answer = session.value(task.post(route, body)).await?;
    session.out.show(answer, |record: &Value, _: &Page| {
        let noun = route.strip_suffix('s').unwrap_or(route);
        format!("{noun} #{} on {}", record["id"], task.task)
    })
}
