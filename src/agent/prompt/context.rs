//! What a prompt can say, read from the blackboard in one view. The names are those of `prompt_templates/README.md`.
//!
//! Everything is here whole; what a message has room for is the budget's. Only lists that nobody reads to the end are
//! kept to their newest part.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Serialize;

use super::knowledge::{self, Knowledge, Skill};
use crate::{
    config::{Playbook, ProjectConfig, Root},
    model::{
        agent::AgentRole,
        attempt::Attempt,
        ids::{AgentId, AttemptId, ProjectId, TaskId},
        mail::Mail,
        outcome::Outcome,
        records::{Comment, Decision, Output, Review},
        status::Status,
        task::{MustHaves, Task, Trigger},
    },
    store::{
        Db, StoreError, attempts, checkpoints, comments, gate, mails, notes, outputs, reviews,
        tasks::{self, Filter},
    },
};

/// How an agent calls the command line.
pub(super) const CLI: &str = "\"$MOZIPLUS_BIN\"";
/// Comments and decisions, the newest; what is older can be read on the blackboard.
const RECORDS: usize = 500;
/// Earlier attempts, the newest.
const ATTEMPTS: usize = 20;
/// Children of a parent.
const CHILDREN: i64 = 200;

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
    /// The folder of the project's artifacts.
    pub artifacts: PathBuf,
    /// Skills that fit.
    pub skills: Vec<Skill>,
    /// The question of a guardrail.
    pub question: Option<String>,
    /// Texts of the house and the checklists of reviews.
    pub playbook: Arc<Playbook>,
}

impl About {
    /// What the configuration says.
    pub fn of(
        config: &ProjectConfig,
        project: &ProjectId,
        (agent, role): (AgentId, AgentRole),
        (root, playbook): (&Root, Arc<Playbook>),
    ) -> Self {
        let info = &config.own.project;
        Self {
            name: info.name.clone().unwrap_or_else(|| project.to_string()),
            description: info.description.clone().unwrap_or_default(),
            context: config.own.context.clone(),
            agent,
            role,
            artifacts: root.artifacts(project),
            skills: Vec::new(),
            question: None,
            playbook,
        }
    }
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

/// The task that this one is a part of.
#[derive(Debug, Serialize)]
struct Parent {
    id: TaskId,
    title: String,
    status: Status,
    description: String,
}

#[derive(Debug, Serialize)]
struct QuestionAndAnswer {
    question: String,
    answer: String,
}

/// An attempt ended as if all were well, and brought no result: the next one is told so.
#[derive(Debug, Serialize)]
struct Nudge {
    /// Attempts in a row that ended so.
    times: usize,
    /// What the gate would say now; what the task must have is not all that can be missing.
    missing: Vec<String>,
}

/// Everything that a template can name.
#[derive(Debug, Serialize)]
pub struct Context {
    project: Project,
    pub(super) task: Task,
    /// Who is started.
    pub agent: AgentId,
    /// In which role.
    pub role: AgentRole,
    /// Why.
    pub trigger: Trigger,
    /// The attempt that the prompt is for.
    pub attempt: AttemptId,
    cli: &'static str,
    pub(super) must_haves: MustHaves,
    /// Comments that mention the agent and that it has not been told of; the rest is in `comments`.
    mentions: Vec<Comment>,
    comments: Vec<Comment>,
    decisions: Vec<Decision>,
    outputs: Vec<Output>,
    /// Every version of every output, oldest first.
    #[serde(skip)]
    pub(super) versions: Vec<Output>,
    reviews: Vec<Review>,
    dependencies: Vec<Dependency>,
    parent: Option<Parent>,
    children: Vec<Dependency>,
    pub(super) previous_attempts: Vec<Attempt>,
    answers: Vec<QuestionAndAnswer>,
    #[serde(flatten)]
    knowledge: Knowledge,
    /// What the last attempt did not bring, when it ended without saying what came of it; none otherwise.
    nudge: Option<Nudge>,
    /// The mail that the task carries to the agent.
    mail: Option<Mail>,
    tag: Option<String>,
    question: Option<String>,
    components: BTreeMap<String, String>,
    checklist: Vec<String>,
}

/// Reads what the prompt of an attempt can say. The attempt itself need not be there yet.
pub fn gather(db: &Db<'_>, attempt: &AttemptId, trigger: Trigger, about: About) -> Result<Context, StoreError> {
    let project = &attempt.project;
    let task = tasks::require(db, project, attempt.task)?;
    let of_task = |id: &TaskId| dependency(db, tasks::require(db, project, *id)?);
    let children = Filter { parent: Some(task.id), limit: CHILDREN, ..Filter::default() };
    let children = if task.subtasks_count > 0 { tasks::list(db, project, &children)? } else { Vec::new() };
    let tag = (trigger == Trigger::Distill).then(|| tag_of(&task)).flatten();
    let waiting = comments::waiting_for(db, task.id, &about.agent, attempt.number)?;
    let (mentions, others) =
        comments::of_task(db, task.id)?.into_iter().partition(|comment: &Comment| waiting.contains(&comment.id));
    let versions = outputs::of_task(db, task.id)?;
    let previous_attempts = earlier(db, attempt)?;
    let nudge = nudge(db, &task, &previous_attempts, &about.artifacts)?;
    let mail = mail(db, &task, &about.agent)?;
    let lessons = knowledge::lessons(db, project, (trigger, tag.as_deref()), &task)?;
    Ok(Context {
        mentions: newest(mentions, RECORDS),
        comments: newest(others, RECORDS),
        decisions: newest(notes::decisions(db, task.id)?, RECORDS),
        outputs: latest(versions.clone()),
        versions,
        reviews: reviews::of_task(db, task.id)?,
        dependencies: task.depends_on.iter().map(of_task).collect::<Result<_, _>>()?,
        parent: task.parent.map(|parent| tasks::require(db, project, parent)).transpose()?.map(Parent::of),
        children: children.into_iter().map(|child| dependency(db, child)).collect::<Result<_, _>>()?,
        previous_attempts,
        answers: answers(db, task.id)?,
        nudge,
        mail,
        knowledge: Knowledge { lessons, skills: about.skills },
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
        cli: CLI,
        tag,
        question: about.question,
        checklist: about
            .playbook
            .protocol(&task.task_type, task.subtasks_count > 0)
            .map_or_else(Vec::new, |(_, own)| own.checklist.clone()),
        components: about.playbook.components.clone(),
        task,
    })
}

impl Parent {
    fn of(task: Task) -> Self {
        let Task { id, title, lifecycle, description, .. } = task;
        Self { id, title, status: lifecycle.status, description }
    }
}

fn dependency(db: &Db<'_>, task: Task) -> Result<Dependency, StoreError> {
    let outputs = latest(outputs::of_task(db, task.id)?);
    let Task { id, title, lifecycle, summary, .. } = task;
    Ok(Dependency { id, title, status: lifecycle.status, summary, outputs })
}

/// The latest output of each title, in the order of their first appearance.
fn latest(outputs: Vec<Output>) -> Vec<Output> {
    let mut kept: Vec<Output> = Vec::new();
    for output in outputs {
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
    Ok(newest(all, ATTEMPTS))
}

/// None unless the last attempt that had the task ended without a result.
fn nudge(db: &Db<'_>, task: &Task, earlier: &[Attempt], artifacts: &Path) -> Result<Option<Nudge>, StoreError> {
    let owners = earlier.iter().rev().filter(|attempt| attempt.kind.owns_task());
    let times = owners.take_while(|attempt| attempt.outcome == Some(Outcome::NoResult)).count();
    if times == 0 {
        return Ok(None);
    }
    Ok(Some(Nudge { times, missing: gate::missing(db, task, &artifacts.join(task.id.to_string()))? }))
}

/// The mail that the task carries: the one that waits for the agent's answer, else the last one to it.
fn mail(db: &Db<'_>, task: &Task, agent: &AgentId) -> Result<Option<Mail>, StoreError> {
    if !task.project.is_virtual() {
        return Ok(None);
    }
    let to_agent =
        mails::Filter { to: Some(agent.clone().into()), task: Some(task.id), limit: 100, ..Default::default() };
    let all = mails::list(db, &to_agent)?;
    Ok(all.iter().find(|mail| mail.is_open()).or_else(|| all.first()).cloned())
}

fn answers(db: &Db<'_>, task: TaskId) -> Result<Vec<QuestionAndAnswer>, StoreError> {
    let pair = |question: crate::model::records::Checkpoint| {
        Some(QuestionAndAnswer { question: question.question, answer: question.answer? })
    };
    Ok(checkpoints::of_task(db, task)?.into_iter().filter_map(pair).collect())
}

/// The tag that a distillation is about: what its description says behind `tag:`.
fn tag_of(task: &Task) -> Option<String> {
    task.description.lines().find_map(|line| line.trim().strip_prefix("tag:")).map(|tag| tag.trim().to_owned())
}

fn newest<T>(mut list: Vec<T>, most: usize) -> Vec<T> {
    list.drain(..list.len().saturating_sub(most));
    list
}
