//! The verbs that move a task from one status to another.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{
        args::{TaskArgs, confidence, word},
        failure::Failure,
        render::Page,
        session::Session,
    },
    model::status::Status,
};

/// Statuses that an escalated task can be resolved to.
const RESOLUTIONS: &[&str] = &["pending", "review", "done", "failed", "cancelled"];

/// Declares a verb: its arguments are the fields of the request's body.
macro_rules! verb {
    ($(#[$doc:meta])* $name:ident -> $route:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Args, Serialize)]
        pub struct $name {
            /// Which task.
            #[command(flatten)]
            #[serde(skip)]
            pub task: TaskArgs,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// Moves the task and says where it stands now.
            pub async fn run(self, session: &Session) -> Result<(), Failure> {
                let body = session.signed("agent", &self);
                act(session, &self.task, $route, &body).await
            }
        }
    };
}

verb!(
    /// Arguments of `blackboard claim`.
    Claim -> "claim" {}
);
verb!(
    /// Arguments of `blackboard start`.
    Start -> "start" {}
);
verb!(
    /// Arguments of `blackboard complete`.
    Complete -> "complete" {
        /// What was done, in a few words
        #[arg(long, value_name = "TEXT")]
        summary: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard fail`.
    Fail -> "fail" {
        /// Why it cannot be done
        #[arg(long, value_name = "TEXT")]
        reason: String,
    }
);
verb!(
    /// Arguments of `blackboard block`.
    Block -> "block" {
        /// What it waits for: a task id, an agent or `human`
        #[arg(long, value_name = "WHAT")]
        on: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard retry`.
    Retry -> "retry" {
        /// Why it may go better now
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard cancel`.
    Cancel -> "cancel" {
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard pause`.
    Pause -> "pause" {
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard resume`.
    Resume -> "resume" {
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard escalate`.
    Escalate -> "escalate" {
        /// What has to be decided, and why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Who decides: an agent or `human` [default: the coordinator]
        #[arg(long, value_name = "WHO")]
        on: Option<String>,
    }
);
verb!(
    /// Arguments of `blackboard resolve`.
    Resolve -> "resolve" {
        /// Where the task goes
        #[arg(long, value_name = "STATUS", value_parser = word::<Status>(RESOLUTIONS))]
        to: Status,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// How sure you are, from 0 to 1; an agent that is not sure enough asks a person instead
        #[arg(long, value_name = "0..1", value_parser = confidence)]
        confidence: Option<f64>,
        /// Tokens that the task may use from here; without a figure, a used-up budget is allowed once more
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        budget_tokens: Option<i64>,
        /// What it may cost from here, in micro-units
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        budget_cost: Option<i64>,
    }
);
verb!(
    /// Arguments of `blackboard reopen`.
    Reopen -> "reopen" {
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
);

async fn act(session: &Session, named: &TaskArgs, route: &str, body: &Value) -> Result<(), Failure> {
    let task = session.task(named).await?;
    let answer = session.value(task.post(route, body)).await?;
    session.out.show(answer, |answer: &Value, page: &Page| moved(&task.task.to_string(), answer, page))
}

/// Where the task stands now. The answer is the task itself, or (for a claim) the task and the token beside it.
fn moved(id: &str, answer: &Value, page: &Page) -> String {
    let task = answer.get("task").filter(|task| task.is_object()).unwrap_or(answer);
    let status = task["status"].as_str().unwrap_or_default();
    let status = match status.parse() {
        Ok(Status::Review) => format!("in {}", page.status(Status::Review)),
        Ok(status) => page.status(status),
        Err(_) => status.to_owned(),
    };
    let mut text = format!("{id} is {status}");
    if let Some(owner) = task["owner"].as_str().filter(|_| task["status"] == "claimed") {
        text.push_str(&format!(" by {owner}"));
    }
    if answer["gate"] == "pending" {
        text.push_str(", its gate is being checked");
    }
    if let Some(token) = answer["token"].as_str() {
        text.push_str(&format!("\ntoken {token}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::render::tests::page;

    #[test]
    fn a_claim_shows_its_token() {
        let answer = json!({"task": {"id": "t-3", "status": "claimed", "owner": "zhangfei-dev"}, "token": "abc"});
        assert_eq!(moved("t-3", &answer, &page()), "t-3 is claimed by zhangfei-dev\ntoken abc");
    }

    #[test]
    fn a_gate_that_is_still_open_is_mentioned() {
        let answer = json!({"id": "t-3", "status": "working", "gate": "pending"});
        assert_eq!(moved("t-3", &answer, &page()), "t-3 is working, its gate is being checked");
    }

    #[test]
    fn every_resolution_is_a_status() {
        assert!(RESOLUTIONS.iter().all(|word| word.parse::<Status>().is_ok()));
    }
}
