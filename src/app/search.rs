//! Full-text search over all projects: tasks, comments, outputs, lessons, and skills.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{App, error::AppError, skills};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        search::{Fragment, Query, SearchKind},
        skill::SkillLevel,
        status::Status,
    },
    store::{
        Db,
        search::{self, Found},
        tasks,
    },
};

/// Results per project at most; the best ones.
const PER_PROJECT: i64 = 100;
/// The score of the very task whose id was typed: above every text.
const BY_ID: f64 = 1_000.0;
/// The score of a skill with all words in its name; the index gives a good hit about as much.
const IN_NAME: f64 = 12.0;
/// The score of a skill with the words in its text: below all that is in the index.
const IN_TEXT: f64 = 0.0;

/// What to look for, and where.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Words; all must be there.
    pub text: String,
    /// Only in this project.
    pub project: Option<ProjectId>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<SearchKind>,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// What it is.
    pub kind: SearchKind,
    /// Its id among those of its kind.
    pub id: String,
    /// The project; none for what belongs to all.
    pub project: Option<ProjectId>,
    /// The task, or the task that it belongs to.
    pub task: Option<TaskId>,
    /// Its title, or that of its task.
    pub title: String,
    /// The task's status.
    pub status: Option<Status>,
    /// The part of its text that fits best.
    pub excerpt: Vec<Fragment>,
    /// When it was written, or last changed.
    pub at: Option<DateTime<Utc>>,
    /// How well it fits: more is better.
    pub score: f64,
}

/// What has all of the words, the best first. A task's id finds that task.
pub async fn search(app: &App, wanted: &Wanted) -> Result<Vec<Hit>, AppError> {
    if wanted.text.trim().is_empty() {
        return Err(AppError::invalid("q", "nothing to search for", "give at least one character"));
    }
    let projects = match &wanted.project {
        Some(project) => vec![app.project(project)?],
        None => app.projects().usable(),
    };
    let mut hits = Vec::new();
    if wanted.kinds.is_empty() || wanted.kinds.contains(&SearchKind::Skill) {
        hits.extend(among_skills(app, wanted).await?);
    }
    for project in projects {
        let (id, wanted) = (project.id.clone(), wanted.clone());
        hits.extend(project.store.read(move |db| in_project(db, &id, &wanted)).await?);
    }
    let newest = |hit: &Hit| hit.at;
    hits.sort_by(|a, b| {
        b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal).then_with(|| newest(b).cmp(&newest(a)))
    });
    Ok(hits)
}

/// Skills are few and in no index. Those of the project that was asked for, else those of all projects.
async fn among_skills(app: &App, wanted: &Wanted) -> Result<Vec<Hit>, AppError> {
    let Some(query) = Query::parse(&wanted.text) else { return Ok(Vec::new()) };
    let catalog = skills::catalog(app, wanted.project.as_ref()).await?;
    let found = catalog.skills().filter_map(|skill| {
        let (title, body) = (format!("{} {}", skill.id, skill.document.title), &skill.document.body);
        let of_heading = format!("{title} {}", skill.document.description);
        let score = match (query.fits(&title), query.fits(&format!("{of_heading} {body}"))) {
            (true, _) => IN_NAME,
            (_, true) => IN_TEXT,
            _ => return None,
        };
        Some(Hit {
            kind: SearchKind::Skill,
            id: skill.id.to_string(),
            project: wanted.project.clone().filter(|_| skill.level == SkillLevel::Project),
            task: None,
            title: skill.document.title.clone(),
            status: None,
            excerpt: query.excerpt(if query.fits(&of_heading) { &skill.document.description } else { body }),
            at: skill.meta.since,
            score,
        })
    });
    Ok(found.collect())
}

fn in_project(db: &Db<'_>, project: &ProjectId, wanted: &Wanted) -> Result<Vec<Hit>, AppError> {
    let Some(query) = Query::parse(&wanted.text) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let asks_for_tasks = wanted.kinds.is_empty() || wanted.kinds.contains(&SearchKind::Task);
    let named = wanted.text.trim().parse().ok().filter(|_| asks_for_tasks);
    if let Some(task) = named.map(|id| tasks::get(db, project, id)).transpose()?.flatten() {
        found.push(Found {
            kind: SearchKind::Task,
            id: task.id.0,
            task: task.id,
            title: task.title,
            status: task.lifecycle.status,
            text: task.description,
            at: task.updated_at,
            score: BY_ID,
        });
    }
    found.extend(search::search(db, &query.all(), &wanted.kinds, PER_PROJECT)?);
    Ok(found.into_iter().map(|found| hit(project, &query, found)).collect())
}

fn hit(project: &ProjectId, query: &Query, found: Found) -> Hit {
    let id = match found.kind {
        SearchKind::Task => found.task.to_string(),
        _ => found.id.to_string(),
    };
    Hit {
        kind: found.kind,
        id,
        project: Some(project.clone()),
        task: Some(found.task),
        excerpt: query.excerpt(&found.text),
        title: found.title,
        status: Some(found.status),
        at: Some(found.at),
        score: found.score,
    }
}
