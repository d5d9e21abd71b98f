//! `task`: whole projects out to lines of JSON, and in again.

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
};

use base64::{Engine, engine::general_purpose::STANDARD};
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
/// Lists of an exported task that become records again.
const RECORDS: [&str; 6] = ["comments", "outputs", "decisions", "observations", "reviews", "rebuttals"];
/// Largest file that goes out with its task; larger ones are left out, and that is told.
const LARGEST_FILE: i64 = 8 * 1024 * 1024;
/// Bytes of files in one request, well below what a request may have.
const LARGEST_PORTION: usize = 12 * 1024 * 1024;

/// The verbs of `task`.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Write every task with everything on it, files and lessons too, to standard output, one JSON object a line
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
    without_file: i64,
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
                let Done { tasks, records, without_file } = done;
                let answer =
                    json!({"tasks": tasks, "records": records, "without_file": without_file, "dry_run": dry_run});
                session.out.show(answer, shown)?;
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
    let mut lessons = lessons(session, project).await?;
    let mut out = std::io::stdout().lock();
    for id in ids {
        let request = Request::get(["api", "projects", project.as_str(), "tasks", &id]);
        let mut task = session.value(request.query("expand", Some("all"))).await?;
        for output in task["outputs"].as_array_mut().into_iter().flatten() {
            add_file(session, (project, &id), output).await?;
        }
        task["experiences"] = lessons.remove(&id).unwrap_or_default().into();
        writeln!(out, "{task}")?;
    }
    Ok(out.flush()?)
}

/// The project's lessons by their tasks, oldest first.
async fn lessons(session: &Session, project: &ProjectId) -> Result<BTreeMap<String, Vec<Value>>, Failure> {
    let (mut cursor, mut by_task) = (None::<String>, BTreeMap::<String, Vec<Value>>::new());
    loop {
        let request = Request::get(["api", "projects", project.as_str(), "experiences"]);
        let page: Tasks = session.json(request.query("limit", Some(500)).query("cursor", cursor)).await?;
        for lesson in page.items {
            let task = lesson["task"].as_str().unwrap_or_default().to_owned();
            by_task.entry(task).or_default().insert(0, lesson);
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(by_task);
        }
    }
}

/// Puts the file of an output into its line, as text where it is text.
async fn add_file(session: &Session, (project, task): (&ProjectId, &str), output: &mut Value) -> Result<(), Failure> {
    let (Some(id), size) = (output["id"].as_i64(), output["size_bytes"].as_i64().unwrap_or(0)) else { return Ok(()) };
    if size > LARGEST_FILE {
        return Ok(());
    }
    let id = id.to_string();
    let path = ["api", "projects", project.as_str(), "tasks", task, "outputs", &id, "content"];
    // A file that retention or a person has removed leaves its row, which goes out without it.
    let Ok(bytes) = session.bytes(Request::get(path).query("download", Some(true))).await else { return Ok(()) };
    match String::from_utf8(bytes) {
        Ok(text) => output["content"] = text.into(),
        Err(error) => output["content_base64"] = STANDARD.encode(error.into_bytes()).into(),
    }
    Ok(())
}

fn shown(done: &Imported, _: &Page) -> String {
    let verb = if done.dry_run { "would make" } else { "made" };
    let text = format!("{verb} {} with {}", count(done.tasks, "task"), count(done.records, "record"));
    match done.without_file {
        0 => text,
        missing => format!("{text}; {} left out, whose files are not in the lines", count(missing, "output")),
    }
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
    without_file: i64,
}

impl Done {
    fn of(lines: &[Value]) -> Self {
        let lists = || RECORDS.iter().chain(&["experiences"]);
        let records = lines.iter().flat_map(|task| lists().map(|list| items(task, list).count()));
        let outputs = lines.iter().flat_map(|task| items(task, "outputs"));
        let is_missing = |output: &&Value| output["content"].is_null() && output["content_base64"].is_null();
        let without_file = number(outputs.filter(is_missing).count());
        Self { tasks: number(lines.len()), records: number(records.sum()) - without_file, without_file }
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
        let below = |what| ["api", "projects", project.as_str(), "tasks", &id, what];
        for records in portions(line) {
            let body = session.signed("agent", &json!({"records": records}));
            let wrote = session.value(Request::post(below("import"), &body)).await?;
            done.records += wrote["records"].as_i64().unwrap_or(0);
            done.without_file += wrote["without_file"].as_i64().unwrap_or(0);
        }
        for lesson in items(line, "experiences") {
            let body = json!({"agent": lesson["agent"], "lesson": lesson["lesson"], "tags": lesson["tags"]});
            session.value(Request::post(below("experiences"), &person_for(body))).await?;
            done.records += 1;
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

/// The records of a line in as many requests as it takes: files come a few at a time. The first has all the rest, whose parts
/// refer to each other.
fn portions(line: &Value) -> Vec<Map<String, Value>> {
    let lists = RECORDS.iter().filter(|list| **list != "outputs" && items(line, list).next().is_some());
    let rest: Map<_, _> = lists.map(|list| ((*list).to_owned(), line[*list].clone())).collect();
    let mut portions = if rest.is_empty() { Vec::new() } else { vec![rest] };
    let (mut outputs, mut size) = (Vec::new(), 0);
    let mut close = |outputs: &mut Vec<Value>| {
        if !outputs.is_empty() {
            portions.push(Map::from_iter([("outputs".to_owned(), std::mem::take(outputs).into())]));
        }
    };
    for output in items(line, "outputs") {
        let file = output["content"].as_str().or(output["content_base64"].as_str()).map_or(0, str::len);
        if size + file > LARGEST_PORTION {
            close(&mut outputs);
            size = 0;
        }
        size += file;
        outputs.push(output.clone());
    }
    close(&mut outputs);
    portions
}

/// A lesson by a person, who says whose it was: only who works on a task learns from it by itself.
fn person_for(mut body: Value) -> Value {
    let author = body["agent"].as_str().unwrap_or("human");
    let name = author.strip_prefix("human:").unwrap_or(author);
    body["agent"] = if name == "human" { "human".into() } else { format!("human:{name}").into() };
    body
}

/// Brings a task to its status, by the ways that a person has. Who worked on it elsewhere does not work on it here: what was
/// claimed or working waits for somebody again.
async fn finish(
    session: &Session,
    project: &ProjectId,
    id: &str,
    (status, line): (&str, &Value),
) -> Result<(), Failure> {
    let go = |verb: &'static str, body: Value| {
        let path = ["api", "projects", project.as_str(), "tasks", id, verb];
        session.value(Request::post(path, &body))
    };
    let reason = line["reason"].as_str().or(line["summary"].as_str()).unwrap_or("imported");
    match status {
        "cancelled" => go("cancel", json!({"reason": reason})).await.map(drop),
        "paused" => go("pause", json!({"reason": reason})).await.map(drop),
        "escalated" => go("escalate", json!({"reason": reason, "on": "human"})).await.map(drop),
        // What waits for another task does so by its dependency already.
        "blocked" if items(line, "depends_on").next().is_none() => {
            go("block", json!({"reason": reason, "on": "human"})).await.map(drop)
        }
        "done" | "failed" | "review" => {
            go("escalate", json!({"reason": "imported", "on": "human"})).await?;
            go("resolve", json!({"to": status, "reason": reason})).await.map(drop)
        }
        _ => Ok(()),
    }
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
    fn large_files_go_in_requests_of_their_own() {
        let file = |size: usize| json!({"title": "x", "content": "y".repeat(size)});
        let line = json!({"comments": [{"body": "x"}], "outputs": [file(8 << 20), file(8 << 20), file(1)]});
        let portions = portions(&line);
        assert_eq!(portions.len(), 3);
        assert!(portions[0].contains_key("comments") && !portions[0].contains_key("outputs"));
        assert_eq!(portions[2]["outputs"].as_array().unwrap().len(), 2);
        assert!(super::portions(&json!({"title": "x", "comments": []})).is_empty());
    }

    #[test]
    fn ids_are_those_of_the_new_tasks_and_people_answer_for_records() {
        let ids = [("t-7".to_owned(), "t-1".to_owned())].into();
        let body = new_task(&json!({"title": "x", "depends_on": ["t-7", "t-9"], "parent": "t-7", "fence": 3}), &ids);
        assert_eq!(body, json!({"title": "x", "depends_on": ["t-1"], "parent": "t-1"}));
        let lesson = person_for(json!({"agent": "zhangfei-dev", "lesson": "y"}));
        assert_eq!(lesson["agent"], "human:zhangfei-dev");
    }
}
