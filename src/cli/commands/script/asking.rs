//! The verbs of `script` that ask without acting: simulate, replay, explain; and the history of a script.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::{ProjectArg, TaskArgs, Where, check::problem_line, name_of, project_of};
use crate::{
    cli::{
        args::{read_stdin, read_text},
        failure::{Exit, Failure},
        render::Page,
        session::Session,
    },
    client::request::{Method, Request},
    model::ids::ProjectId,
};

/// What the scripts would do now.
#[derive(Debug, Args)]
pub struct Simulate {
    /// Which project.
    #[command(flatten)]
    project: ProjectArg,
    /// A changed script, `-` for standard input; those in force when none
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// What it would be saved as, such as tick or lib.quiet [default: what the file is called]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// What a changed script would have done.
#[derive(Debug, Args)]
pub struct Replay {
    /// Which project.
    #[command(flatten)]
    project: ProjectArg,
    /// The changed script, `-` for standard input
    #[arg(long, value_name = "FILE")]
    script: PathBuf,
    /// What it would be saved as, such as tick or lib.quiet [default: what the file is called]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// From when: a time such as 2026-01-31T08:00:00Z, or how long ago: 90m, 24h, 7d
    #[arg(long, value_name = "TIME")]
    since: String,
    /// Until when [default: now]
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// What a script said before.
#[derive(Debug, Args)]
pub struct Versions {
    /// Its name, such as escalation or jobs.backup
    #[arg(value_name = "NAME")]
    name: String,
    /// Whose scripts.
    #[command(flatten)]
    place: Where,
    /// Go back to this version
    #[arg(long, value_name = "ID")]
    to: Option<i64>,
}

/// A changed script, and where it would be saved.
struct Changed {
    name: String,
    source: Option<String>,
    is_root: bool,
}

impl Changed {
    fn read(session: &Session, path: &Path, name: Option<&str>) -> Result<Self, Failure> {
        if path == Path::new("-") {
            let no_name = || Failure::usage("standard input has no name").hint("say what it is: --name tick");
            let name = name.ok_or_else(no_name)?.to_owned();
            return Ok(Self { name, source: Some(read_stdin()?), is_root: false });
        }
        let source = read_text(path)?.ok_or_else(|| Failure::usage(format!("{} is not text", path.display())))?;
        let scripts = session.defaults.root.scripts();
        let is_root = path.canonicalize().is_ok_and(|path| path.starts_with(&scripts));
        let is_root = is_root && project_of(path, session).is_none();
        let name = name.map_or_else(|| name_of(path), |name| Ok(name.to_owned()))?;
        Ok(Self { name, source: Some(source), is_root })
    }

    /// The request to a route below the script; of all projects' scripts the body names the project.
    fn post(&self, project: &ProjectId, what: &str, mut body: Value) -> Request {
        body["source"] = json!(self.source);
        if self.is_root {
            body["project"] = json!(project);
            return Where { project: None }.request(Method::Post, &[&self.name, what]).json(&body);
        }
        let place = Where { project: Some(project.clone()) };
        place.request(Method::Post, &[&self.name, what]).json(&body)
    }
}

impl Simulate {
    /// Runs the verb; a script that is not sound is exit 1.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let project = session.project(self.project.project.as_ref()).await?;
        let changed = match &self.script {
            Some(path) => vec![Changed::read(session, path, self.name.as_deref())?],
            // Without a change, what each file in force says.
            None => crate::policy::hooks::FILES
                .iter()
                .map(|(name, _)| Changed { name: (*name).to_owned(), source: None, is_root: false })
                .collect(),
        };
        let mut whole: Option<Value> = None;
        for changed in changed {
            let answer = session.value(changed.post(&project, "simulate", json!({}))).await?;
            whole = Some(match whole {
                None => answer,
                Some(before) => joined(before, &answer),
            });
        }
        let answer = whole.unwrap_or_default();
        let is_sound = answer["ok"] != false;
        session.out.show(answer, simulated)?;
        Ok(if is_sound { Exit::Done } else { Exit::Failed })
    }
}

/// The items of two simulations in one.
fn joined(mut before: Value, after: &Value) -> Value {
    for list in ["items", "differences", "problems", "not_asked"] {
        let more = after[list].as_array().cloned().unwrap_or_default();
        if let Some(all) = before[list].as_array_mut() {
            all.extend(more);
        }
    }
    before
}

impl Replay {
    /// Runs the verb; a script that is not sound is exit 1.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let project = session.project(self.project.project.as_ref()).await?;
        let changed = Changed::read(session, &self.script, self.name.as_deref())?;
        let body = json!({"since": self.since, "until": self.until});
        let answer = session.value(changed.post(&project, "replay", body)).await?;
        let is_sound = answer["ok"] != false;
        session.out.show(answer, replayed)?;
        Ok(if is_sound { Exit::Done } else { Exit::Failed })
    }
}

impl Versions {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let answer = session.value(self.place.get(&[&self.name, "versions"])).await?;
        let Some(to) = self.to else {
            session.out.show(answer, versions)?;
            return Ok(Exit::Done);
        };
        let items = answer["items"].as_array().into_iter().flatten();
        let version = items.clone().find(|version| version["id"] == to);
        let version = version.ok_or_else(|| {
            let ids = items.map(|version| version["id"].to_string());
            Failure::not_found(format!("{} has no version {to}", self.name)).valid_values(ids)
        })?;
        let request = match version["source"].as_str() {
            Some(source) => {
                let body = session.signed("agent", &json!({"source": source}));
                self.place.request(Method::Put, &[&self.name]).json(&body)
            }
            None => self.place.request(Method::Delete, &[&self.name]).json(&session.signed("agent", &json!({}))),
        };
        session.send(request).await?;
        let name = self.name;
        let text = format!("{name} says again what it said in version {to}");
        session.out.show(json!({"name": name, "version": to}), |_: &Value, _: &Page| text)?;
        Ok(Exit::Done)
    }
}

/// Runs `script explain`.
pub(super) async fn explain(session: &Session, task: &TaskArgs) -> Result<Exit, Failure> {
    let path = session.task(task).await?;
    let task = path.task.to_string();
    let request = Request::get(["api", "projects", path.project.as_str(), "tasks", &task, "explain"]);
    session.out.show(session.value(request).await?, explained)?;
    Ok(Exit::Done)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn problems(answer: &Value, page: &Page) -> Vec<String> {
    array(answer, "problems").iter().map(|problem| problem_line(problem, page)).collect()
}

fn simulated(answer: &Value, page: &Page) -> String {
    let mut lines = problems(answer, page);
    for item in array(answer, "items") {
        let says = array(item, "answers");
        if says.is_empty() && item["same"] == true && item["problem"].is_null() {
            continue;
        }
        lines.push(format!("{} {}", page.bold(text(item, "hook")), text(item, "subject")));
        lines.extend(says.iter().map(|answer| match answer["refused"].as_str() {
            Some(why) => format!("  {}, which would be refused: {why}", text(answer, "text")),
            None => format!("  {}", text(answer, "text")),
        }));
        if !item["problem"].is_null() {
            lines.push(format!("  it fails, so the built-in hook answers: {}", problem_line(&item["problem"], page)));
        }
        lines.extend(array(item, "printed").iter().filter_map(Value::as_str).map(|line| format!("  > {line}")));
    }
    let differences = array(answer, "differences");
    if answer["hash"] != answer["in_force_hash"] {
        lines.push(match differences {
            [] => "no difference from what is in force".to_owned(),
            all => format!("{} differences from what is in force:", all.len()),
        });
    }
    lines.extend(differences.iter().map(|difference| format!("  {}", difference_line(difference))));
    if let Some(names) = not_asked(answer).filter(|_| answer["ok"] != false) {
        lines
            .push(format!("not asked, for nothing gives rise to it now: {names}; `script replay` asks about the past"));
    }
    lines.join("\n")
}

/// `t-3 plan: start worker on t-3 instead of nothing`.
fn difference_line(difference: &Value) -> String {
    let about = difference["task"].as_str().unwrap_or(text(difference, "subject"));
    let refused = array(difference, "after").iter().filter_map(|said| said["refused"].as_str());
    let refused: Vec<_> = refused.map(|why| format!(" (would be refused: {why})")).collect();
    format!("{about} {}: {}{}", text(difference, "hook"), text(difference, "text"), refused.join(""))
}

fn replayed(answer: &Value, page: &Page) -> String {
    let mut lines = problems(answer, page);
    if answer["ok"] == false {
        lines.push("it would be refused, so nothing was replayed".to_owned());
        return lines.join("\n");
    }
    if answer["pictures_count"] == 0 {
        lines.push("nothing is on record of this time".to_owned());
        return lines.join("\n");
    }
    lines.push(format!(
        "{} ticks from {} to {}, {} questions, {} differences{}",
        answer["ticks_count"],
        text(answer, "first_picture"),
        text(answer, "last_picture"),
        answer["questions_count"],
        answer["differences_count"],
        if answer["cut_short"] == true { " (it took too long and ended early)" } else { "" },
    ));
    lines.push("compared with the scripts that are in force now, whatever was in force then".to_owned());
    if answer["faults_count"] != 0 {
        lines.push(format!("{} questions failed; the built-in hook answers them here, too", answer["faults_count"]));
    }
    if answer["damaged_count"] != 0 {
        lines.push(format!("{} pictures are damaged and were left out", answer["damaged_count"]));
    }
    if let Some(names) = not_asked(answer) {
        lines.push(format!("not asked, for nothing in this time gave rise to it: {names}"));
    }
    for found in array(answer, "differences") {
        let times = match found["times"].as_u64() {
            Some(1) | None => String::new(),
            Some(times) => format!(" ({times} times, until {})", text(found, "until")),
        };
        lines.push(format!("{} {}{times}", page.dim(text(found, "at")), difference_line(&found["difference"])));
    }
    lines.join("\n")
}

/// The hooks that were not asked.
fn not_asked(answer: &Value) -> Option<String> {
    let names: Vec<_> = array(answer, "not_asked").iter().filter_map(Value::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn versions(answer: &Value, page: &Page) -> String {
    let line = |version: &Value| {
        let hash: String = text(version, "hash").chars().take(12).collect();
        let what = if version["source"].is_null() { "taken away".to_owned() } else { hash };
        let current = if version["is_current"] == true { " (now)" } else { "" };
        let author = version["author"].as_str().unwrap_or("the file was changed");
        format!("{:>6} {} {what} {author}{current}", version["id"].to_string(), page.dim(text(version, "at")))
    };
    match array(answer, "items") {
        [] => "no version of its own: it comes from the next level".to_owned(),
        items => items.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

/// Which files decided: `built-in/tick.rhai 1a2b3c4d with projects/sales/scripts/tick.rhai 5e6f7a8b (agent_for)`.
fn behind(decision: &Value) -> String {
    let hash = |value: &Value, key| text(value, key).chars().take(8).collect::<String>();
    let Some((first, others)) = array(decision, "files").split_first() else {
        return format!("{} of the set {}", text(decision, "script"), hash(decision, "script_hash"));
    };
    let named = |file: &Value| format!("{} {}", text(file, "file"), hash(file, "hash"));
    let other = |file: &Value| {
        let names: Vec<_> = array(file, "names").iter().filter_map(Value::as_str).collect();
        format!("{} ({})", named(file), names.join(", "))
    };
    let others: Vec<_> = others.iter().map(other).collect();
    let with = if others.is_empty() { "" } else { " with " };
    format!("{}{with}{}, set {}", named(first), others.join(", "), hash(decision, "script_hash"))
}

/// Most characters of facts that a line shows; `--json` has all.
const MOST_FACTS: usize = 400;

/// Facts as people read them: `status pending, priority 5, assignee zhangfei`.
fn in_words(facts: &Value) -> String {
    let mut parts = Vec::new();
    flatten(facts, "", &mut parts);
    let text = parts.join(", ");
    if text.chars().count() <= MOST_FACTS { text } else { text.chars().take(MOST_FACTS).chain("…".chars()).collect() }
}

fn flatten(value: &Value, name: &str, parts: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(value, &name, parts);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (number, item) in items.iter().enumerate() {
                flatten(item, &format!("{name}[{number}]"), parts);
            }
        }
        Value::Array(items) => {
            let items: Vec<_> =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
            parts.push(format!("{name} {}", items.join("+")));
        }
        Value::String(text) => parts.push(format!("{name} {text}")),
        other => parts.push(format!("{name} {other}")),
    }
}

fn explained(answer: &Value, page: &Page) -> String {
    let mut lines = vec![format!("{} is {}", page.bold(text(answer, "task")), text(answer, "status"))];
    lines.extend(array(answer, "reasons").iter().map(|reason| format!("  {}", text(reason, "text"))));
    let decisions = array(answer, "decisions");
    if !decisions.is_empty() {
        lines.push("decisions, newest first:".to_owned());
    }
    for decision in decisions {
        lines.push(format!(
            "  {} {} ({}): {}",
            page.dim(text(decision, "at")),
            text(decision, "hook"),
            behind(decision),
            text(decision, "text")
        ));
        if !decision["facts"].is_null() {
            lines.push(format!("    {}", page.dim(in_words(&decision["facts"]))));
        }
    }
    lines.join("\n")
}
