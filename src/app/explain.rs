//! Why a task is where it is: what it waits for now, and the decisions of policy that concerned it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{App, Project, board, error::AppError};
use crate::{
    model::{
        action::Action,
        excused::Excused,
        ids::{ProjectId, TaskId},
        snapshot::{Board, TaskFacts},
        status::Status,
    },
    policy::{answers::Decision, fault::ScriptFault, hooks, parts::DecidingFile},
    store::{
        Db,
        policy_decisions::{self, PolicyDecision},
        snapshot::{self, View},
        tasks,
    },
};

mod waits;

pub use waits::Reason;

/// Why a task is where it is.
#[derive(Debug)]
pub struct Explanation {
    /// The project.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
    /// Where it stands.
    pub status: Status,
    /// When this was found out.
    pub at: DateTime<Utc>,
    /// All reasons in a line.
    pub summary: String,
    /// What it waits for, and what goes on.
    pub reasons: Vec<Reason>,
    /// The decisions that concerned it, newest first.
    pub decisions: Vec<Explained>,
}

/// A recorded decision.
#[derive(Debug)]
pub struct Explained {
    /// Counts up within the project.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The function that was asked.
    pub hook: String,
    /// The file that answered.
    pub script: String,
    /// The files that had a part in the answer, the one that holds the hook first; empty for decisions of older versions.
    pub files: Vec<DecidingFile>,
    /// Hash of the set of scripts that answered.
    pub script_hash: String,
    /// SHA-256 of what the hook was given.
    pub inputs_digest: String,
    /// The facts that explain it.
    pub facts: Option<Value>,
    /// What it asked for.
    pub outcomes: Vec<Outcome>,
    /// All of it in a line.
    pub text: String,
}

/// What became of one wish of a script.
#[derive(Debug)]
pub struct Outcome {
    /// The word of the contract.
    pub action: String,
    /// What was asked for, in words.
    pub text: String,
    /// `done`, `next` (it starts somebody as soon as there is a slot), `refused`, `none`, or `failed` (a script that did
    /// not answer).
    pub result: String,
    /// Why the core refused it.
    pub reason: Option<String>,
    /// The action as the script gave it.
    pub value: Value,
}

/// Explains a task; at most so many decisions.
pub async fn explain(app: &App, project: &ProjectId, task: TaskId, limit: i64) -> Result<Explanation, AppError> {
    let project = app.project(project)?;
    let board = board::now(app, &project).await?;
    let found = read(&project, task, (&board, limit)).await?;
    let decision = match found.task.is_ready {
        true => Some(ask_plan(app, &project, &board).await?),
        false => None,
    };
    let ticking = *app.control().ticking().borrow();
    let waits = waits::Waits { board: &board, task: &found.task, needed: &found.needed, children: &found.children };
    let mut reasons = waits.reasons();
    let budget = &app.settings_of(&project.id).budget;
    let used_up = budget.used_up_for(found.task.budgeted(), board.context.spent);
    let used_up = used_up.filter(|_| found.task.status.is_open());
    if let Some(used_up) = &used_up {
        // Without a budget nobody has a slot: that says nothing of its own.
        reasons.retain(|reason| reason.code != Reason::SLOT);
        reasons.push(Reason::of_budget(used_up));
    }
    if found.task.is_ready {
        if used_up.is_none() {
            reasons.extend(waits.of_ready(decision.as_ref(), ticking));
        }
        reasons.extend(guards(&project, &found.task, &board).await);
    }
    let decisions: Vec<_> = found.decisions.into_iter().map(explained).collect();
    reasons.iter_mut().filter(|reason| reason.code == "planned").for_each(|planned| add_refusal(planned, &decisions));
    let texts: Vec<_> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    Ok(Explanation {
        project: project.id.clone(),
        task,
        status: found.task.status,
        at: board.context.now,
        summary: texts.join("; "),
        reasons,
        decisions,
    })
}

/// What is planned, and was refused when it was last tried, is told so.
fn add_refusal(planned: &mut Reason, decisions: &[Explained]) {
    let last = decisions.iter().find(|decision| decision.hook == hooks::PLAN.function);
    let outcomes = last.map(|decision| decision.outcomes.as_slice()).unwrap_or_default();
    let refused = outcomes.iter().filter(|outcome| planned.text.ends_with(&outcome.text));
    if let Some(why) = refused.filter(|outcome| outcome.result == "refused").find_map(|outcome| outcome.reason.as_ref())
    {
        planned.code = "refused";
        planned.text = format!("{}, which is refused: {why}", planned.text);
    }
}

/// What the database knows about a task.
struct Found {
    task: Arc<TaskFacts>,
    /// What it depends on and has not got, with statuses.
    needed: Vec<(TaskId, Status)>,
    /// Its open parts.
    children: Vec<(TaskId, Status)>,
    decisions: Vec<PolicyDecision>,
}

async fn read(project: &Project, id: TaskId, (board, limit): (&Arc<Board>, i64)) -> Result<Found, AppError> {
    let (name, board) = (project.id.clone(), board.clone());
    let max_rounds = board.tasks.first().map_or(0, |task| task.max_rounds);
    let view = View { now: board.context.now, max_rounds, excused: Excused::default() };
    let read = move |db: &Db<'_>| {
        let open = board.tasks.iter().find(|task| task.id == id).cloned();
        let task = open.map_or_else(|| snapshot::task(db, &name, view, id), Ok)?;
        let mut needed = Vec::new();
        for on in &task.depends_on {
            let status = tasks::require(db, &name, *on)?.lifecycle.status;
            if status != Status::Done {
                needed.push((*on, status));
            }
        }
        let children = board.tasks.iter().filter(|child| child.parent == Some(id));
        let children = children.map(|child| (child.id, child.status)).collect();
        let decisions = policy_decisions::of_task(db, id, limit)?;
        Ok::<_, AppError>(Found { task, needed, children, decisions })
    };
    project.store.read(read).await
}

/// What the plan in force says about the board as it is, without any effect.
async fn ask_plan(app: &App, project: &Project, board: &Arc<Board>) -> Result<Decision, AppError> {
    let (set, limits, board) = (project.library.set(), app.script_limits(), board.clone());
    let ask = move || {
        let question = crate::policy::question::Question::plan(&board);
        let asked = set.ask(&question, limits).map(|answered| answered.answer);
        let (actions, fault): (Vec<Action>, Option<ScriptFault>) = match asked {
            Ok(actions) => (actions, None),
            Err(fault) => (Vec::new(), Some(fault)),
        };
        let hook = question.hook();
        Decision {
            actions,
            hook: hook.function,
            script: set.script(hook).to_owned(),
            files: set.parts(hook),
            hash: set.hash().to_owned(),
            fault,
        }
    };
    app.script_threads().run(ask).await.map_err(|lost| AppError::Internal(lost.to_string()))
}

async fn guards(project: &Project, task: &Arc<TaskFacts>, board: &Board) -> Vec<Reason> {
    let judgement = project.library.guard(task, &board.context).await;
    judgement.answer.iter().filter_map(Reason::of_violation).collect()
}

fn explained(decision: PolicyDecision) -> Explained {
    let outcomes: Vec<_> = match decision.result.as_array() {
        Some(results) => results.iter().map(outcome).collect(),
        None => Vec::new(),
    };
    let text = match outcomes.as_slice() {
        [] => "asked for nothing".to_owned(),
        outcomes => outcomes.iter().map(in_words).collect::<Vec<_>>().join("; "),
    };
    Explained {
        id: decision.id,
        at: decision.at,
        hook: decision.hook,
        script: decision.script,
        files: decision.files.and_then(|files| serde_json::from_value(files).ok()).unwrap_or_default(),
        script_hash: decision.script_hash,
        inputs_digest: decision.inputs_digest,
        facts: decision.facts,
        outcomes,
        text,
    }
}

/// Reads one entry of a recorded result: the action with what the core made of it.
fn outcome(recorded: &Value) -> Outcome {
    let mut value = recorded.clone();
    let result = value.as_object_mut().and_then(|fields| fields.remove("result"));
    let result = result.as_ref().and_then(Value::as_str).unwrap_or("done").to_owned();
    let word = value["action"].as_str().unwrap_or("violation").to_owned();
    let text = match serde_json::from_value::<Action>(value.clone()) {
        Ok(action) => action.in_words(),
        // A violation has its own words; "none" says that the plan left the task alone.
        Err(_) => value["text"].as_str().unwrap_or("nothing").to_owned(),
    };
    let (result, reason) = match result.split_once(": ") {
        Some((word, why)) => (word.to_owned(), Some(why.to_owned())),
        None if word == "none" => ("none".to_owned(), Some(result)),
        None => (result, None),
    };
    Outcome { action: word, text, result, reason, value }
}

fn in_words(outcome: &Outcome) -> String {
    match (outcome.result.as_str(), &outcome.reason) {
        ("refused", Some(why)) => format!("{}, which was refused: {why}", outcome.text),
        ("none", Some(why)) => why.clone(),
        ("failed", Some(why)) => format!("{}; {why}", outcome.text),
        _ => outcome.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_recorded_result_is_told_in_words() {
        let refused = outcome(&json!({"action": "dispatch", "task": "t-3", "agent": "worker",
            "result": "refused: no free slot for worker"}));
        assert_eq!((refused.result.as_str(), refused.reason.as_deref()), ("refused", Some("no free slot for worker")));
        assert_eq!(in_words(&refused), "start worker on t-3, which was refused: no free slot for worker");
        let none = outcome(&json!({"action": "none", "result": "the plan left it waiting"}));
        assert_eq!(in_words(&none), "the plan left it waiting");
        let violation = outcome(&json!({"rule": "money", "severity": "blocking", "text": "it pays somebody"}));
        assert_eq!((violation.action.as_str(), in_words(&violation).as_str()), ("violation", "it pays somebody"));
    }
}
