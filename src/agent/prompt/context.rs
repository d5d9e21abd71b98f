//! What a prompt can say, read from the blackboard in one view. The names are those of `prompt_templates/README.md`.
//!
//! Nothing long is pasted: texts are cut, lists keep their newest part, and the message names ids and paths to read on.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    config::Playbook,
    model::{
        agent::AgentRole,
        attempt::Attempt,
        ids::{AgentId, AttemptId, ProjectId, TaskId},
        records::{Comment, Experience, ExperienceStatus, Output, Review},
        status::Status,
        task::{MustHaves, Task, Trigger},
    },
    store::{
        Db, StoreError, attempts, checkpoints, comments, experiences, outputs, reviews,
        tasks::{self, Filter},
    },
};

/// Characters of a task's description.
const DESCRIPTION: usize = 20_000;
/// Characters of a comment, an issue or a lesson.
const TEXT: usize = 4_000;
/// Characters of a summary or of an attempt's end.
const SUMMARY: usize = 1_000;
/// Comments, the newest.
const COMMENTS: usize = 20;
/// Reviews, the newest.
const REVIEWS: usize = 6;
/// Earlier attempts, the newest.
const ATTEMPTS: usize = 6;
/// Children of a parent.
const CHILDREN: i64 = 50;
/// Lessons with a fitting tag; of a distillation, all that it is about.
const LESSONS: (i64, i64) = (5, 50);

/// What the prompt says that is not on the blackboard.
#[derive(Debug, Clone)]
pub struct About {
    /// The project's name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Free facts of `project.yaml`.
    pub context: serde_json::Map<String, serde_json::Value>,
    /// Who is started.
    pub agent: AgentId,
    /// In which role.
    pub role: AgentRole,
    /// Skills that fit.
    pub skills: Vec<Skill>,
    /// The question of a guardrail.
    pub question: Option<String>,
    /// Texts of the house and the checklists of reviews.
    pub playbook: Arc<Playbook>,
}

/// A skill that fits the task.
#[derive(Debug, Clone, Serialize)]
pub struct Skill {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub description: String,
    /// Its file, below the root.
    pub path: String,
}

#[derive(Debug, Serialize)]
struct Project {
    id: ProjectId,
    name: String,
    description: String,
    context: serde_json::Map<String, serde_json::Value>,
}

/// A task that another one builds on, or a part of it.
#[derive(Debug, Serialize)]
pub struct Dependency {
    id: TaskId,
    title: String,
    status: Status,
    summary: Option<String>,
    outputs: Vec<Output>,
}

#[derive(Debug, Serialize)]
struct QuestionAndAnswer {
    question: String,
    answer: String,
}

/// Everything that a template can name.
#[derive(Debug, Serialize)]
pub struct Context {
    project: Project,
    task: Task,
    agent: AgentId,
    role: AgentRole,
    trigger: Trigger,
    attempt: AttemptId,
    cli: &'static str,
    must_haves: MustHaves,
    comments: Vec<Comment>,
    outputs: Vec<Output>,
    reviews: Vec<Review>,
    dependencies: Vec<Dependency>,
    children: Vec<Dependency>,
    previous_attempts: Vec<Attempt>,
    answers: Vec<QuestionAndAnswer>,
    lessons: Vec<Experience>,
    skills: Vec<Skill>,
    tag: Option<String>,
    question: Option<String>,
    components: BTreeMap<String, String>,
    checklist: Vec<String>,
}

impl Context {
    /// The lessons that the prompt names.
    pub fn lesson_ids(&self) -> Vec<i64> {
        self.lessons.iter().map(|lesson| lesson.id).collect()
    }
}

/// Reads what the prompt of an attempt can say.
pub fn gather(db: &Db<'_>, attempt: &AttemptId, trigger: Trigger, about: About) -> Result<Context, StoreError> {
    let project = &attempt.project;
    let mut task = tasks::require(db, project, attempt.task)?;
    cut(&mut task.description, DESCRIPTION);
    let of_task = |id: &TaskId| dependency(db, project, tasks::require(db, project, *id)?);
    let children = Filter { parent: Some(task.id), limit: CHILDREN, ..Filter::default() };
    let children = if task.subtasks_count > 0 { tasks::list(db, project, &children)? } else { Vec::new() };
    let tag = (trigger == Trigger::Distill).then(|| tag_of(&task)).flatten();
    Ok(Context {
        comments: newest(comments::of_task(db, task.id)?, COMMENTS, |comment| cut(&mut comment.body, TEXT)),
        outputs: latest(outputs::of_task(db, task.id)?),
        reviews: newest(reviews::of_task(db, task.id)?, REVIEWS, |review| {
            review.issues.iter_mut().for_each(|issue| cut(&mut issue.text, TEXT));
        }),
        dependencies: task.depends_on.iter().map(of_task).collect::<Result<_, _>>()?,
        children: children.into_iter().map(|child| dependency(db, project, child)).collect::<Result<_, _>>()?,
        previous_attempts: earlier(db, attempt)?,
        answers: answers(db, task.id)?,
        lessons: lessons(db, project, tag.as_deref(), &task)?,
        project: Project {
            id: project.clone(),
            name: about.name,
            description: about.description,
            context: about.context,
        },
        must_haves: task.must_haves.clone(),
        agent: about.agent,
        role: about.role,
        trigger,
        attempt: attempt.clone(),
        cli: "\"$MOZIPLUS_BIN\"",
        skills: about.skills,
        tag,
        question: about.question,
        checklist: about.playbook.protocol(&task.task_type).map_or_else(Vec::new, |(_, own)| own.checklist.clone()),
        components: about.playbook.components.clone(),
        task,
    })
}

fn dependency(db: &Db<'_>, project: &ProjectId, task: Task) -> Result<Dependency, StoreError> {
    debug_assert_eq!(&task.project, project);
    let outputs = latest(outputs::of_task(db, task.id)?);
    let Task { id, title, lifecycle, mut summary, .. } = task;
    if let Some(summary) = &mut summary {
        cut(summary, SUMMARY);
    }
    Ok(Dependency { id, title, status: lifecycle.status, summary, outputs })
}

/// The latest output of each title, in the order of their first appearance.
fn latest(outputs: Vec<Output>) -> Vec<Output> {
    let mut kept: Vec<Output> = Vec::new();
    for mut output in outputs {
        if let Some(summary) = &mut output.summary {
            cut(summary, SUMMARY);
        }
        match kept.iter_mut().find(|earlier| earlier.title == output.title) {
            Some(earlier) => *earlier = output,
            None => kept.push(output),
        }
    }
    kept
}

fn earlier(db: &Db<'_>, attempt: &AttemptId) -> Result<Vec<Attempt>, StoreError> {
    let mut all = attempts::of_task(db, &attempt.project, attempt.task)?;
    all.retain(|earlier| earlier.number < attempt.number && earlier.ended_at.is_some());
    Ok(newest(all, ATTEMPTS, |attempt| {
        if let Some(detail) = &mut attempt.detail {
            cut(detail, SUMMARY);
        }
    }))
}

fn answers(db: &Db<'_>, task: TaskId) -> Result<Vec<QuestionAndAnswer>, StoreError> {
    let answered = checkpoints::list(db, false)?.into_iter().rev().filter(|question| question.task == task);
    let pair = |question: crate::model::records::Checkpoint| {
        Some(QuestionAndAnswer { question: question.question, answer: question.answer? })
    };
    Ok(answered.filter_map(pair).collect())
}

fn lessons(db: &Db<'_>, project: &ProjectId, tag: Option<&str>, task: &Task) -> Result<Vec<Experience>, StoreError> {
    let (tag, limit) = tag.map_or((task.task_type.as_str(), LESSONS.0), |tag| (tag, LESSONS.1));
    let mut lessons = experiences::list(db, project, Some(tag), None, limit)?;
    lessons.retain(|lesson| lesson.status == ExperienceStatus::Active);
    lessons.iter_mut().for_each(|lesson| cut(&mut lesson.lesson, TEXT));
    Ok(lessons)
}

/// The tag that a distillation is about: what its description says behind `tag:`.
fn tag_of(task: &Task) -> Option<String> {
    task.description.lines().find_map(|line| line.trim().strip_prefix("tag:")).map(|tag| tag.trim().to_owned())
}

fn newest<T>(mut list: Vec<T>, most: usize, shorten: impl FnMut(&mut T)) -> Vec<T> {
    list.drain(..list.len().saturating_sub(most));
    list.iter_mut().for_each(shorten);
    list
}

fn cut(text: &mut String, most: usize) {
    if let Some((at, _)) = text.char_indices().nth(most) {
        text.truncate(at);
        text.push_str(" … (cut)");
    }
}
