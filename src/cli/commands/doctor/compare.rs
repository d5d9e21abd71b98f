//! `doctor --compare URL`: the tasks of two daemons side by side, for a time in which both run.
//!
//! The other one may be the original system: its status has the same shape, its lists may be plain arrays. A task is the
//! same on both sides when its title is, or else its id: the two count by themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page, count, table::Grid},
        session::Session,
    },
    client::{Client, request::Request, transport::Transport},
    model::ids::ProjectId,
};

/// Tasks of a page.
const PAGE: &str = "500";
/// Pages that are read at most: a daemon whose cursor goes in a circle ends nobody's patience.
const MOST_PAGES: usize = 400;
/// Tasks of each kind that are shown by name.
const SHOWN: usize = 20;

/// How one project compares.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Compared {
    /// The project.
    project: String,
    /// Tasks that are in the same status on both sides.
    same: usize,
    /// Tasks in another status there.
    different: Vec<Difference>,
    /// Titles of tasks that are only here.
    only_here: Vec<String>,
    /// Titles of tasks that are only there.
    only_there: Vec<String>,
}

/// A task in different statuses.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Difference {
    /// Its title.
    title: String,
    /// Its status here.
    here: String,
    /// Its status there.
    there: String,
}

/// What both sides say.
#[derive(Debug, Deserialize)]
struct Report {
    projects: Vec<Compared>,
    only_here: Vec<String>,
    only_there: Vec<String>,
}

/// Compares; exit 1 when something differs.
pub(super) async fn run(url: &str, only: Option<&ProjectId>, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
    let address = url.strip_prefix("http://").unwrap_or(url).trim_end_matches('/');
    if address.contains("://") || address.is_empty() || address.contains('/') {
        let failure = Failure::usage(format!("`{url}` is no address of a daemon"));
        return Err(failure.hint("write http://HOST:PORT; what needs TLS is reached by a tunnel"));
    }
    let there = Client::new(Transport::tcp(address)?, None);
    let session = Session::open(defaults, out).await?;
    let (mine, theirs) = (projects_here(&session).await?, projects_there(&there).await?);
    let wanted = |id: &&String| only.is_none_or(|only| only.as_str() == id.as_str());
    let mut projects = Vec::new();
    for id in mine.intersection(&theirs).filter(wanted) {
        let (here, there) = (tasks_here(&session, id).await?, tasks_there(&there, id).await?);
        projects.push(compared(id, &here, &there));
    }
    let without = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).filter(wanted).cloned().collect();
    let (only_here, only_there): (Vec<_>, Vec<_>) = (without(&mine, &theirs), without(&theirs, &mine));
    let agrees = only_here.is_empty()
        && only_there.is_empty()
        && projects.iter().all(|one| one.different.is_empty() && one.only_here.is_empty() && one.only_there.is_empty());
    let answer =
        json!({"url": url, "agrees": agrees, "projects": projects, "only_here": only_here, "only_there": only_there});
    session.out.show(answer, show)?;
    session.close();
    Ok(if agrees { Exit::Done } else { Exit::Failed })
}

async fn projects_here(session: &Session) -> Result<BTreeSet<String>, Failure> {
    Ok(projects(&session.value(Request::get(["api", "daemon", "status"])).await?))
}

async fn projects_there(client: &Client) -> Result<BTreeSet<String>, Failure> {
    Ok(projects(&client.json(Request::get(["api", "daemon", "status"])).await?))
}

/// The projects of a status; those with `_` in front (mail) are each system's own.
fn projects(status: &Value) -> BTreeSet<String> {
    let ids = status["projects"].as_object().into_iter().flatten().map(|(id, _)| id.clone());
    ids.filter(|id| !id.starts_with('_')).collect()
}

/// A task: its id, title and status.
#[derive(Debug, Clone, PartialEq)]
struct Task {
    id: String,
    title: String,
    status: String,
}

fn request(project: &str, cursor: Option<&str>) -> Request {
    Request::get(["api", "projects", project, "tasks"]).query("limit", Some(PAGE)).query("cursor", cursor)
}

async fn tasks_here(session: &Session, project: &str) -> Result<Vec<Task>, Failure> {
    let (mut all, mut cursor) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page = session.value(request(project, cursor.as_deref())).await?;
        all.extend(tasks(&page));
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    Ok(all)
}

async fn tasks_there(client: &Client, project: &str) -> Result<Vec<Task>, Failure> {
    let (mut all, mut cursor) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page: Value = client.json(request(project, cursor.as_deref())).await?;
        all.extend(tasks(&page));
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    Ok(all)
}

/// The tasks of a list: an array, or one below `items` or `tasks`.
fn tasks(page: &Value) -> Vec<Task> {
    let list = [page, &page["items"], &page["tasks"]].into_iter().find_map(Value::as_array);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let task = |value: &Value| Task {
        id: text(if value["id"].is_null() { &value["task_id"] } else { &value["id"] }),
        title: text(&value["title"]).trim().to_owned(),
        status: text(&value["status"]),
    };
    list.into_iter().flatten().map(task).collect()
}

/// Brings the tasks of both sides together, one by one: of several with one title the first with the first.
fn compared(project: &str, here: &[Task], there: &[Task]) -> Compared {
    let mut found = Compared { project: project.to_owned(), ..Compared::default() };
    let mut by_title: BTreeMap<&str, Vec<&Task>> = BTreeMap::new();
    for task in there.iter().rev() {
        by_title.entry(&task.title).or_default().push(task);
    }
    let mut alone = Vec::new();
    for task in here {
        match by_title.get_mut(task.title.as_str()).and_then(Vec::pop) {
            Some(other) => found.note(task, other),
            None => alone.push(task),
        }
    }
    let mut left: Vec<&Task> = by_title.into_values().flatten().collect();
    for task in alone {
        match left.iter().position(|other| other.id == task.id) {
            Some(index) => {
                let other = left.remove(index);
                found.note(task, other);
            }
            None => found.only_here.push(task.title.clone()),
        }
    }
    found.only_there = left.into_iter().map(|task| task.title.clone()).collect();
    found
}

impl Compared {
    fn note(&mut self, here: &Task, there: &Task) {
        if here.status == there.status {
            self.same += 1;
        } else {
            let (title, here, there) = (here.title.clone(), here.status.clone(), there.status.clone());
            self.different.push(Difference { title, here, there });
        }
    }
}

fn show(report: &Report, page: &Page) -> String {
    let mut grid = Grid::new(page, &["PROJECT", "TASK", "HERE", "THERE"], 1);
    let mut same = 0;
    for project in &report.projects {
        same += project.same;
        let mut row = |title: &str, here: &str, there: &str| {
            grid.row([project.project.clone(), title.to_owned(), here.to_owned(), there.to_owned()]);
        };
        project.different.iter().take(SHOWN).for_each(|one| row(&one.title, &one.here, &one.there));
        project.only_here.iter().take(SHOWN).for_each(|title| row(title, "is there", "-"));
        project.only_there.iter().take(SHOWN).for_each(|title| row(title, "-", "is there"));
    }
    let differing: usize =
        report.projects.iter().map(|one| one.different.len() + one.only_here.len() + one.only_there.len()).sum();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let mut text = format!("{} in the same status, {} differ", count(number(same), "task"), differing);
    if differing > 0 {
        text = format!("{}\n{text}", grid.finish());
    }
    for (side, ids) in [("here", &report.only_here), ("there", &report.only_there)] {
        if !ids.is_empty() {
            text.push_str(&format!("\nprojects that are only {side}: {}", ids.join(", ")));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_brought_together_by_title_then_by_id() {
        let here = tasks(&json!({"items": [
            {"id": "t-1", "title": "Count", "status": "done"},
            {"id": "t-2", "title": "Sum", "status": "working"},
            {"id": "t-3", "title": "Sum", "status": "done"},
            {"id": "t-4", "title": "Renamed", "status": "done"},
            {"id": "t-5", "title": "New here", "status": "pending"},
        ]}));
        let there = tasks(&json!([
            {"task_id": 7, "title": "Sum ", "status": "pending"},
            {"id": "x-1", "title": "Count", "status": "done"},
            {"id": "x-2", "title": "Sum", "status": "done"},
            {"id": "t-4", "title": "Old name", "status": "done"},
            {"id": "x-9", "title": "New there", "status": "pending"},
        ]));
        let found = compared("sales", &here, &there);
        assert_eq!(found.same, 3, "{found:?}");
        let sum = Difference { title: "Sum".into(), here: "working".into(), there: "pending".into() };
        assert_eq!(found.different, [sum]);
        assert_eq!((found.only_here, found.only_there), (vec!["New here".to_owned()], vec!["New there".to_owned()]));
    }
}
