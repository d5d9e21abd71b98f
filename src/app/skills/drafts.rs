//! A skill from lessons: the task that writes it, the check of what was written, and its installation as a draft.

use std::path::Path;

use super::{Form, Meta, Package, catalog, install, slug};
use crate::{
    app::{App, Project, error::AppError},
    model::{
        ids::{Actor, AgentId, ProjectId, SkillId, TaskId},
        records::Experience,
        skill::{SkillSource, SkillStatus},
        task::{NewTask, RiskLevel, Task},
    },
    skills::{
        document,
        fault::SkillError,
        meta::MOST_EVIDENCE,
        package::{DOCUMENT, MOST_BYTES},
    },
    store::{
        Db, StoreError, Tx, distillations, experiences, outputs,
        tasks::{self, Creation},
    },
    watch::plain,
};

/// Lessons that are read for the evidence of a skill.
const LESSONS: i64 = 500;

/// Creates the task that makes a skill of a tag's lessons, and gives it these lessons. None when another has them.
pub fn begin(
    tx: &mut Tx<'_>,
    project: &ProjectId,
    (tag, assignee): (&str, Option<AgentId>),
) -> Result<Option<Task>, StoreError> {
    if distillations::is_open(tx, tag)? {
        return Ok(None);
    }
    let description = format!(
        "tag: {tag}\n\nWrite one skill from the lessons with this tag: what they have in common, for the next one who \
         has such a task. The lessons stand in the prompt of the attempt."
    );
    let task = NewTask {
        title: format!("Make a skill of the lessons about {tag}").chars().take(200).collect(),
        description: Some(description),
        assignee,
        priority: Some(3),
        task_type: Some("distill".into()),
        ..NewTask::default()
    };
    let creation = Creation { task, created_by: Actor::Policy, risk_level: RiskLevel::Low };
    let task = tasks::insert(tx, project, creation)?;
    let lessons = distillations::begin(tx, task.id, tag)?;
    if lessons.is_empty() {
        // Somebody was faster; the task goes with the transaction.
        return Err(StoreError::Conflict(format!("lessons of {tag}")));
    }
    Ok(Some(task))
}

/// What is wrong with the draft that a task has as its output; nothing when it can become a skill.
pub(in crate::app) fn missing(db: &Db<'_>, task: &Task, project_folder: &Path) -> Result<Vec<String>, AppError> {
    match written(db, task.id, project_folder)? {
        Ok(_) => Ok(Vec::new()),
        Err(missing) => Ok(missing),
    }
}

/// The text of the newest output `SKILL.md`, or what is wrong with it.
fn written(db: &Db<'_>, task: TaskId, project_folder: &Path) -> Result<Result<String, Vec<String>>, StoreError> {
    let Some(output) = outputs::of_task(db, task)?.into_iter().rev().find(|output| output.title == DOCUMENT) else {
        return Ok(Err(vec![format!("an output titled {DOCUMENT} with the text of the skill")]));
    };
    if output.size_bytes > i64::try_from(MOST_BYTES).unwrap_or(i64::MAX) {
        return Ok(Err(vec![format!("{}: it is too large", output.path)]));
    }
    let text = match plain::read_to_string(&project_folder.join(&output.path)) {
        Ok(text) => text,
        Err(error) => return Ok(Err(vec![format!("{}: it cannot be read: {error}", output.path)])),
    };
    match document::parse(&output.path, &text, Form::Whole) {
        Ok(_) => Ok(Ok(text)),
        Err(faults) => Ok(Err(faults.iter().map(ToString::to_string).collect())),
    }
}

/// What became of a distillation.
#[derive(Debug)]
pub enum Settled {
    /// There is a draft now.
    Installed(SkillId, i64),
    /// Nothing came of it, and why.
    Failed(String),
}

/// Makes a draft in `skills/custom` of what a finished task wrote, with its lessons as evidence. Done twice, as after a
/// crash, it finds what it has installed before.
pub async fn settle(app: &App, project: &Project, (task, tag): (TaskId, &str)) -> Result<Settled, AppError> {
    let (name, folder) = (project.id.clone(), app.root().project(&project.id));
    let read = move |db: &Db<'_>| {
        let lessons = experiences::of_distillation(db, &name, task, LESSONS)?;
        Ok::<_, AppError>((written(db, task, &folder)?, lessons))
    };
    let (written, lessons) = project.store.read(read).await?;
    let text = match written {
        Ok(text) => text,
        Err(missing) => return Ok(Settled::Failed(missing.join("; "))),
    };
    let own = format!("task {}.{task}", project.id);
    let _changing = app.skills().lock().await;
    let known = catalog(app, None).await?;
    if let Some(before) = known.skills().find(|skill| skill.meta.evidence.contains(&own)) {
        return Ok(Settled::Installed(before.id.clone(), before.meta.version));
    }
    let evidence = evidence(own, project, &lessons);
    let document = document::parse(DOCUMENT, &text, Form::Whole).map_err(SkillError::Broken)?;
    let wanted = slug(document.name.as_deref().unwrap_or(&document.title)).or_else(|| slug(tag));
    let free = |id: &SkillId| {
        known.get(id).is_none_or(|skill| {
            // A draft may be written anew; what is in use is not replaced by what nobody has tried.
            skill.meta.source == SkillSource::Distilled && skill.meta.status != SkillStatus::Active
        })
    };
    let id = wanted.filter(free).or_else(|| slug(&format!("{tag}-{}-{task}", project.id)));
    let id = id.ok_or_else(|| AppError::Internal(format!("no id for a skill about {tag}")))?;
    let meta = Meta { source: SkillSource::Distilled, tags: vec![tag.to_owned()], evidence, ..Meta::default() };
    let version =
        install(app, (None, &id), (Package::of_document(text), meta), (&Actor::Daemon, "made of lessons")).await?;
    Ok(Settled::Installed(id, version))
}

/// What a skill rests on: its task, the lessons, and the attempts that they came from.
fn evidence(task: String, project: &Project, lessons: &[Experience]) -> Vec<String> {
    let mut evidence = vec![task];
    evidence.extend(lessons.iter().map(|lesson| format!("lesson {}/{}", project.id, lesson.id)));
    for link in lessons.iter().flat_map(|lesson| &lesson.evidence) {
        if link.starts_with("attempt ") && !evidence.contains(link) {
            evidence.push(link.clone());
        }
    }
    evidence.truncate(MOST_EVIDENCE);
    evidence
}
