//! `script check`: a file, or every script of the root, of jobs and of every project, as they are on disk.

use std::path::Path;

use serde_json::{Value, json};

use super::{List, Where, name_of, project_of};
use crate::{
    cli::{
        args::read_text,
        failure::{Exit, Failure},
        render::Page,
        session::Session,
    },
    client::request::Method,
};

/// Checks a file as if it were saved where it lies.
pub(super) async fn file(session: &Session, place: Where, path: &Path) -> Result<Exit, Failure> {
    let place = Where { project: place.project.or_else(|| project_of(path, session)) };
    if path.is_dir() {
        return Err(Failure::usage(format!("{} is a folder", path.display()))
            .hint("name a file; `moziplus script check` without one checks everything that is there"));
    }
    let source = read_text(path)?.ok_or_else(|| Failure::usage(format!("{} is not text", path.display())))?;
    let name = name_of(path)?;
    let request = place.request(Method::Post, &[&name, "check"]).json(&json!({"source": source}));
    let answer = session.value(request).await?;
    let item = json!({"name": name, "ok": answer["ok"], "problems": answer["problems"]});
    report(session, vec![item])
}

/// Checks every script of a place; without one those of all projects, of jobs, and of each project.
pub(super) async fn all(session: &Session, place: Where) -> Result<Exit, Failure> {
    let mut items = Vec::new();
    of_place(session, &place, &["built-in", "root", "project"], &mut items).await?;
    if place.project.is_none() {
        for project in session.projects().await? {
            // What comes from another level was told with the root's.
            of_place(session, &Where { project: Some(project) }, &["project"], &mut items).await?;
        }
    }
    report(session, items)
}

/// A set is checked as a whole, so that one question answers for all its files; each job is checked by itself.
async fn of_place(session: &Session, place: &Where, levels: &[&str], items: &mut Vec<Value>) -> Result<(), Failure> {
    let scripts: List = match session.json(place.get(&[])).await {
        // A project that cannot be used has no scripts in force.
        Err(failure) if place.project.is_some() && failure.exit == Exit::Unreachable => return Ok(()),
        scripts => scripts?,
    };
    let problems = ask(session, place, "tick").await?;
    for script in &scripts.items {
        let problems = match script.name.starts_with("jobs.") {
            true => ask(session, place, &script.name).await?,
            false => problems.iter().filter(|problem| problem["file"] == script.path.as_str()).cloned().collect(),
        };
        if levels.contains(&script.level.as_str()) {
            push(items, &script.name, &script.path, problems);
        }
    }
    let listed = |path: &Value| scripts.items.iter().any(|script| *path == script.path.as_str());
    for problem in problems.iter().filter(|problem| !listed(&problem["file"])) {
        let path = problem["file"].as_str().unwrap_or_default().to_owned();
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rhai").to_owned();
        let told = items
            .iter()
            .any(|item| item["path"] == path.as_str() && item["problems"].to_string().contains(&problem.to_string()));
        if !told {
            push(items, &stem, &path, vec![problem.clone()]);
        }
    }
    Ok(())
}

async fn ask(session: &Session, place: &Where, name: &str) -> Result<Vec<Value>, Failure> {
    let answer = session.value(place.request(Method::Post, &[name, "check"]).json(&json!({}))).await?;
    Ok(answer["problems"].as_array().cloned().unwrap_or_default())
}

fn push(items: &mut Vec<Value>, name: &str, path: &str, problems: Vec<Value>) {
    items.push(json!({"name": name, "path": path, "ok": problems.is_empty(), "problems": problems}));
}

fn report(session: &Session, items: Vec<Value>) -> Result<Exit, Failure> {
    let is_sound = items.iter().all(|item| item["ok"] != false);
    session.out.show(json!({"ok": is_sound, "items": items}), checked)?;
    Ok(if is_sound { Exit::Done } else { Exit::Failed })
}

/// A line for each sound script and each complaint.
fn checked(answer: &Value, page: &Page) -> String {
    let mut lines = Vec::new();
    for script in answer["items"].as_array().into_iter().flatten() {
        let name = script["path"].as_str().or(script["name"].as_str()).unwrap_or_default();
        let problems = script["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
        if problems.is_empty() {
            lines.push(format!("{name}: ok"));
        }
        lines.extend(problems.iter().map(|problem| problem_line(problem, page)));
    }
    lines.join("\n")
}

/// `scripts/tick.rhai:3:8: what is wrong in `plan`; what is right`.
pub(super) fn problem_line(problem: &Value, page: &Page) -> String {
    let file = problem["file"].as_str().unwrap_or_default();
    let place = match (problem["line"].as_u64(), problem["column"].as_u64()) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        (Some(line), None) => format!("{file}:{line}"),
        _ => file.to_owned(),
    };
    let message = problem["message"].as_str().unwrap_or_default();
    let function = problem["function"].as_str().map(|name| format!(" in `{name}`")).unwrap_or_default();
    let expected = problem["expected"].as_str().map(|text| format!("; {text}")).unwrap_or_default();
    format!("{}: {message}{function}{expected}", page.bold(place))
}
