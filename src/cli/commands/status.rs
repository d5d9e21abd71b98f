//! `status`: what runs, what waits, and what needs a person, on one screen.

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{
            Page,
            daemon::{self, DaemonStatus, Sessions},
        },
        session::Session,
    },
    client::request::Request,
    model::{ids::ProjectId, task::Task},
};

/// Arguments of `status`.
#[derive(Debug, Args)]
pub struct Status {}

/// Everything that the overview shows.
#[derive(Debug, Deserialize)]
struct Overview {
    /// False when this command answered by itself.
    daemon_running: bool,
    daemon: DaemonStatus,
    sessions: Sessions,
    needs_you: Vec<Need>,
}

/// Something that waits for a person.
#[derive(Debug, Deserialize)]
struct Need {
    project: String,
    task: Option<String>,
    what: String,
}

impl Status {
    /// Prints the overview.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let status = session.value(Request::get(["api", "daemon", "status"])).await?;
        let sessions = session.value(Request::get(["api", "daemon", "sessions"])).await?;
        let mut needs = Vec::new();
        needs.extend(of_daemon(&status));
        needs.extend(of_mail(session).await?);
        for project in session.projects().await? {
            match of_project(session, &project).await {
                Ok(found) => needs.extend(found),
                // Said above, with the reason.
                Err(failure) if failure.problem.error == "quarantined" => {}
                Err(failure) => needs.push(json!({"project": project, "what": failure.problem.detail})),
            }
        }
        let overview = json!({
            "daemon_running": session.has_daemon(), "daemon": status, "sessions": sessions, "needs_you": needs,
        });
        session.out.show(overview, show)?;
        Ok(Exit::Done)
    }
}

/// What of the daemon waits for a person: a supervisor that hangs, logins that were refused, budgets that are used up,
/// projects that cannot be used, and a broken configuration.
fn of_daemon(status: &Value) -> Vec<Value> {
    let mut needs = stuck(status);
    for (id, quarantine) in status["quarantined"].as_object().into_iter().flatten() {
        let text = |field: &str| quarantine[field].as_str().unwrap_or_default().to_owned();
        needs.push(json!({"project": id, "what": format!("quarantined: {} ({})", text("reason"), text("hint"))}));
    }
    let errors = status["config_errors"].as_array().into_iter().flatten();
    needs.extend(errors.map(|error| json!({"project": "config", "what": error})));
    let faults = status["template_faults"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let broken = |fault| json!({"project": "prompts", "what": format!("a template is broken, the built-in one is used: {fault}")});
    needs.extend(faults.map(broken));
    let scripts = status["job_script_errors"].as_array().into_iter().flatten();
    needs.extend(scripts.map(|fault| {
        let fault = fault.as_str().unwrap_or_default();
        json!({"project": "jobs", "what": format!("the script of a job is broken: {fault}")})
    }));
    needs
}

/// Why nobody, or nobody of some, is started before a person does something.
fn stuck(status: &Value) -> Vec<Value> {
    let text = |value: &Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let mut needs = Vec::new();
    if status["supervisor_silent_since"].is_string() {
        let pids = status["supervisor_pids"].as_array().into_iter().flatten();
        let pids: Vec<i32> = pids.filter_map(|pid| pid.as_i64()?.try_into().ok()).collect();
        let what = format!("it does not answer, and nobody can be started: {}", daemon::way_out(&pids));
        needs.push(json!({"project": "supervisor", "what": what}));
    }
    for login in status["refused_logins"].as_array().into_iter().flatten() {
        let said = login["detail"].as_str().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let what = format!("{} refuses the login{said}: {}", text(login, "provider"), text(login, "advice"));
        needs.push(json!({"project": "login", "what": what}));
    }
    for (id, project) in status["projects"].as_object().into_iter().flatten() {
        if let Some(used_up) = project["budget_used_up"].as_str() {
            let what = format!("nobody is started: {used_up}; raise it in `budget`, or wait until it begins anew");
            needs.push(json!({"project": id, "what": what}));
        }
    }
    needs
}

/// Mail to people that nobody has read, and requests that are late.
async fn of_mail(session: &Session) -> Result<Vec<Value>, Failure> {
    let mail = |name: &str| Request::get(["api", "mail"]).query(name, Some(true)).query("limit", Some(500));
    let unread: Value = session.json(mail("unread").query("to", Some("human"))).await?;
    let open: Value = session.json(mail("open")).await?;
    let late = open["items"].as_array().into_iter().flatten().filter(|mail| !mail["overdue_at"].is_null());
    let text = |mail: &Value, field: &str| mail[field].as_str().unwrap_or_default().to_owned();
    let unread = unread["items"].as_array().into_iter().flatten();
    let unread =
        unread.map(|mail| format!("mail {} from {}: {}", mail["id"], text(mail, "from"), text(mail, "subject")));
    let late =
        late.map(|mail| format!("mail {} to {} is overdue: {}", mail["id"], text(mail, "to"), text(mail, "subject")));
    Ok(unread.chain(late).map(|what| json!({"project": "mail", "what": what})).collect())
}

/// A hook that fails, in words.
pub(super) fn failing(hook: &Value) -> String {
    let problem = &hook["problem"];
    let text = |key: &str| problem[key].as_str().unwrap_or_default();
    let line = problem["line"].as_u64().map(|line| format!(":{line}")).unwrap_or_default();
    let name = hook["hook"].as_str().unwrap_or_default();
    let times = match hook["times_count"].as_u64() {
        Some(1) => "once".to_owned(),
        times => format!("{} times", times.unwrap_or_default()),
    };
    let function = problem["function"].as_str().map(|function| format!(" in `{function}`")).unwrap_or_default();
    let expected = problem["expected"].as_str().map(|expected| format!("; {expected}")).unwrap_or_default();
    format!(
        "the hook `{name}` failed {times}, the built-in one answered: {}{line}: {}{function}{expected}",
        text("file"),
        text("message")
    )
}

/// What of a project waits for a person: broken scripts, open questions, and tasks that failed or were escalated to people.
async fn of_project(session: &Session, project: &ProjectId) -> Result<Vec<Value>, Failure> {
    let route = ["api", "projects", project.as_str()];
    let mut needs = Vec::new();
    let itself: Value = session.json(Request::get(route)).await?;
    if let Some(fault) = itself["policy"]["last_error"].as_str() {
        let what = format!("a policy script is broken, the last good ones are in force: {fault}");
        needs.push(json!({"project": project, "what": what}));
    }
    for hook in itself["policy"]["failing"].as_array().into_iter().flatten() {
        needs.push(json!({"project": project, "what": failing(hook)}));
    }
    let questions: Value = session.json(Request::get(route.into_iter().chain(["checkpoints"]))).await?;
    for question in questions["items"].as_array().into_iter().flatten().filter(|q| q["answer"].is_null()) {
        let what = format!("asks: {}", question["question"].as_str().unwrap_or_default());
        needs.push(json!({"project": project, "task": question["task"], "what": what}));
    }
    let tasks = Request::get(route.into_iter().chain(["tasks"])).query("status", Some("escalated,failed"));
    let tasks: Value = session.json(tasks.query("limit", Some(500))).await?;
    for task in tasks["items"].as_array().into_iter().flatten() {
        let task: Task = serde_json::from_value(task.clone()).map_err(anyhow::Error::new)?;
        let is_mine = task.escalated_to.as_ref().is_none_or(|who| who.is_human());
        if is_mine {
            let reason = task.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            needs.push(
                json!({"project": project, "task": task.id, "what": format!("{}{reason}", task.lifecycle.status)}),
            );
        }
    }
    Ok(needs)
}

fn show(overview: &Overview, page: &Page) -> String {
    let mut blocks = Vec::new();
    if !overview.daemon_running {
        blocks.push(format!("{}; start it with `moziplus serve`", page.bold("the daemon does not run")));
    }
    blocks.push(daemon::status(&overview.daemon, page));
    if !overview.sessions.items.is_empty() {
        blocks.push(daemon::sessions(&overview.sessions, page));
    }
    let needs: Vec<_> = overview
        .needs_you
        .iter()
        .map(|need| match &need.task {
            Some(task) => format!("  {} {task} {}", need.project, need.what),
            None => format!("  {} {}", need.project, need.what),
        })
        .collect();
    blocks.push(match needs.as_slice() {
        [] => "nothing needs you".into(),
        needs => format!("{}\n{}", page.bold("Needs you"), needs.join("\n")),
    });
    blocks.join("\n\n")
}
