//! `task`: whole projects out to lines of JSON, and in again.

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
};

use clap::Subcommand;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, count},
        session::Session,
    },
    client::request::Request,
    model::ids::ProjectId,
};

/// Fields of a task that a new one takes as they are.
const TAKEN: [&str; 7] = ["title", "description", "assignee", "priority", "task_type", "risk_level", "must_haves"];
/// Statuses that a task is brought to after it was made.
const FINAL: [&str; 3] = ["done", "failed", "cancelled"];

/// The verbs of `task`.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Write every task with everything on it to standard output, one JSON object a line
    Export {
        /// The project
        #[arg(long, short, value_name = "PROJECT")]
        project: Option<ProjectId>,
    },
    /// Read such lines from standard input and make the tasks anew
    Import {
        /// The project
        #[arg(long, short, value_name = "PROJECT")]
        project: Option<ProjectId>,
        /// Only read and check; make nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Deserialize)]
struct Tasks {
    items: Vec<Value>,
    next_cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Imported {
    tasks: i64,
    records: i64,
    dry_run: bool,
}

impl Task {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Export { project } => export(session, &session.project(project.as_ref()).await?).await?,
            Self::Import { project, dry_run } => {
                let project = session.project(project.as_ref()).await?;
                let lines = read_lines(std::io::stdin().lock())?;
                let done = if dry_run { Done::of(&lines) } else { paused(session, &project, &lines).await? };
                let answer = json!({"tasks": done.tasks, "records": done.records, "dry_run": dry_run});
                session.out.show(answer, |done: &Imported, _: &Page| {
                    let verb = if done.dry_run { "would make" } else { "made" };
                    format!("{verb} {} with {}", count(done.tasks, "task"), count(done.records, "record"))
                })?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Oldest first, so that what others depend on comes before them.
async fn export(session: &Session, project: &ProjectId) -> Result<(), Failure> {
    let mut cursor: Option<String> = None;
    let mut ids = Vec::new();
    loop {
        let request = Request::get(["api", "projects", project.as_str(), "tasks"]);
        let page: Tasks = session.json(request.query("limit", Some(500)).query("cursor", cursor)).await?;
        ids.extend(page.items.iter().filter_map(|task| task["id"].as_str().map(str::to_owned)));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    ids.sort_by_key(|id| id.trim_start_matches("t-").parse::<i64>().unwrap_or(i64::MAX));
    let mut out = std::io::stdout().lock();
    for id in ids {
        let request = Request::get(["api", "projects", project.as_str(), "tasks", &id]);
        let task = session.value(request.query("expand", Some("all"))).await?;
        writeln!(out, "{task}")?;
    }
    Ok(out.flush()?)
}

/// The lines, each a task; what is wrong is told before anything is made.
fn read_lines(input: impl BufRead) -> Result<Vec<Value>, Failure> {
    let mut tasks = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |why: String| Failure::usage(format!("line {}: {why}", index + 1)).hint("nothing was made");
        let task: Value = serde_json::from_str(&line).map_err(|error| wrong(format!("no JSON: {error}")))?;
        if task["title"].as_str().is_none_or(str::is_empty) {
            return Err(wrong("there is no title".into()));
        }
        tasks.push(task);
    }
    Ok(tasks)
}

/// What was made, or would be.
#[derive(Debug, Default)]
struct Done {
    tasks: i64,
    records: i64,
}

impl Done {
    fn of(lines: &[Value]) -> Self {
        let records = lines.iter().flat_map(|task| RECORDS.iter().map(|(list, ..)| items(task, list).count()));
        Self { tasks: number(lines.len()), records: number(records.sum()) }
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Nobody is started on a task before all of it is there: the ticker rests meanwhile.
async fn paused(session: &Session, project: &ProjectId, lines: &[Value]) -> Result<Done, Failure> {
    if !session.has_daemon() {
        return import(session, project, lines).await;
    }
    let status = session.value(Request::get(["api", "daemon", "status"])).await?;
    let ticks = status["ticker_running"] == true;
    if ticks {
        session.value(Request::post(["api", "daemon", "stop"], &json!({}))).await?;
    }
    let done = import(session, project, lines).await;
    if ticks {
        session.value(Request::post(["api", "daemon", "start"], &json!({}))).await?;
    }
    done
}

/// Lists of a task that are made anew: list, route, who wrote it, and what it needs.
const RECORDS: [(&str, &str, &str, &[&str]); 3] = [
    ("comments", "comments", "author", &["body", "comment_type"]),
    ("decisions", "decisions", "agent", &["decision", "rationale"]),
    ("observations", "observations", "agent", &["body", "severity"]),
];

fn items<'a>(task: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    task[list].as_array().into_iter().flatten()
}

async fn import(session: &Session, project: &ProjectId, lines: &[Value]) -> Result<Done, Failure> {
    let mut done = Done::default();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for line in lines {
        let body = new_task(line, &ids);
        let made = session.value(Request::post(["api", "projects", project.as_str(), "tasks"], &body)).await?;
        let id = made["id"].as_str().unwrap_or_default().to_owned();
        if let Some(old) = line["id"].as_str() {
            ids.insert(old.to_owned(), id.clone());
        }
        done.tasks += 1;
        for (list, route, who, fields) in RECORDS {
            for record in items(line, list) {
                let path = ["api", "projects", project.as_str(), "tasks", &id, route];
                session.value(Request::post(path, &copied(record, who, fields))).await?;
                done.records += 1;
            }
        }
    }
    // Only now: a dependency that is done at once would let others begin before they are whole.
    for line in lines {
        if let (Some(status), Some(id)) = (line["status"].as_str(), line["id"].as_str().and_then(|old| ids.get(old))) {
            finish(session, project, id, (status, line)).await?;
        }
    }
    Ok(done)
}

fn new_task(line: &Value, ids: &BTreeMap<String, String>) -> Value {
    let mut body = Map::new();
    for field in TAKEN {
        if !line[field].is_null() {
            body.insert(field.to_owned(), line[field].clone());
        }
    }
    // Only what came before is known: a line can depend on nothing that follows.
    let known = |id: &Value| id.as_str().and_then(|id| ids.get(id)).cloned();
    let needed: Vec<_> = items(line, "depends_on").filter_map(known).collect();
    body.insert("depends_on".to_owned(), json!(needed));
    if let Some(parent) = known(&line["parent"]) {
        body.insert("parent".to_owned(), json!(parent));
    }
    Value::Object(body)
}

/// A record by a person, who says whose it was.
fn copied(record: &Value, who: &str, fields: &[&str]) -> Value {
    let mut body = Map::new();
    for field in fields {
        if !record[*field].is_null() {
            body.insert((*field).to_owned(), record[*field].clone());
        }
    }
    let author = record[who].as_str().unwrap_or("human");
    let name = author.strip_prefix("human:").unwrap_or(author);
    let person = if name == "human" { "human".to_owned() } else { format!("human:{name}") };
    body.insert(who.to_owned(), json!(person));
    Value::Object(body)
}

/// Brings a task to its final status, by the ways that a person has.
async fn finish(
    session: &Session,
    project: &ProjectId,
    id: &str,
    (status, line): (&str, &Value),
) -> Result<(), Failure> {
    if !FINAL.contains(&status) {
        return Ok(());
    }
    let go = |verb: &'static str, body: Value| {
        let path = ["api", "projects", project.as_str(), "tasks", id, verb];
        session.value(Request::post(path, &body))
    };
    let reason = line["reason"].as_str().or(line["summary"].as_str()).unwrap_or("imported");
    if status == "cancelled" {
        return go("cancel", json!({"reason": reason})).await.map(drop);
    }
    go("escalate", json!({"reason": "imported", "on": "human"})).await?;
    go("resolve", json!({"to": status, "reason": reason})).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_checked_before_anything_is_made() {
        let good = "{\"title\": \"a\", \"comments\": [{\"body\": \"x\"}]}\n\n{\"title\": \"b\"}\n";
        let done = Done::of(&read_lines(good.as_bytes()).unwrap());
        assert_eq!((done.tasks, done.records), (2, 1));
        for bad in ["{\"title\": \"a\"}\nnope\n", "{\"name\": \"a\"}\n"] {
            assert_eq!(read_lines(bad.as_bytes()).unwrap_err().exit, Exit::Usage, "{bad}");
        }
    }

    #[test]
    fn ids_are_those_of_the_new_tasks_and_people_answer_for_records() {
        let ids = [("t-7".to_owned(), "t-1".to_owned())].into();
        let body = new_task(&json!({"title": "x", "depends_on": ["t-7", "t-9"], "parent": "t-7", "fence": 3}), &ids);
        assert_eq!(body, json!({"title": "x", "depends_on": ["t-1"], "parent": "t-1"}));
        let record = copied(&json!({"id": 4, "author": "zhangfei-dev", "body": "y"}), "author", &["body"]);
        assert_eq!(record, json!({"author": "human:zhangfei-dev", "body": "y"}));
    }
}
