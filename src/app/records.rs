//! What is written on a task: comments, outputs, decisions, observations, lessons.

use std::path::PathBuf;

use serde::{Serialize, de::DeserializeOwned};

use super::{
    App,
    access::{self, Need, Standing},
    agents, checkpoints,
    error::AppError,
    files, forms, guards, knowledge,
    letters::kept,
    questions, repeats,
    requests::{Caller, NewComment, NewDecision, NewLesson, NewObservation, NewOutput},
    scope,
};
use crate::{
    model::{
        ids::{AgentId, ProjectId, TaskId},
        records::{Comment, CommentType, Decision, Experience, Observation, Output, OutputType, Severity},
        status::{Cause, Role, Status},
        task::Task,
    },
    store::{
        Tx, comments,
        experiences::{self, NewExperience},
        notes, outputs,
        tasks::{self, Details, Move},
    },
};

/// Longest text of a row, in bytes; longer text belongs into an output.
const TEXT_BYTES: usize = 64 * 1024;
/// Shortest comment that hands work over, in characters: a hand-over has to say something.
const HANDOFF_CHARS: usize = 50;

/// Runs a write on a task: finds the caller's standing, starts a claimed task, keeps the write when its token is stale.
async fn write<T: Serialize + DeserializeOwned + Send + 'static, B: Clone + Serialize + Send + 'static>(
    app: &App,
    at: (&ProjectId, TaskId),
    (operation, need): (&'static str, Need),
    (caller, body): (&Caller, B),
    work: impl FnOnce(&mut Tx<'_>, Task, Standing, B) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let project = app.open_project(at.0)?;
    agents::check_caller(app, if operation == "comment" { "author" } else { "agent" }, caller)?;
    forms::check(app, operation, caller, &body)?;
    let coordinator = app.coordinator(&project.id);
    let (id, who, kept_body) = (project.id.clone(), caller.clone(), body.clone());
    let heard = guards::Heard::of(app, &project.id, &body);
    let run = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, (operation, Some(at.1)), |tx| {
            let task = access::task(tx, &id, at.1, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), need)?;
            let task = access::start_on_write(tx, task, &standing)?;
            let by = standing.actor.clone();
            let written = work(tx, task, standing, body)?;
            // What was written is the evidence; it stays, and its author stops.
            heard.follow(tx, at.1, &by)?;
            Ok(written)
        })
    };
    let result = project.store.write(app.now(), run).await;
    kept(app, (&project, at.1), caller, (operation, &kept_body), result).await
}

/// Adds a comment. Agents written as `@agent` in the text are mentioned.
pub async fn comment(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewComment,
) -> Result<Comment, AppError> {
    check_text("body", &new.body)?;
    let comment_type = new.comment_type.unwrap_or(CommentType::Note);
    if comment_type == CommentType::Handoff && new.body.trim().chars().count() < HANDOFF_CHARS {
        let detail = format!("a handoff needs at least {HANDOFF_CHARS} characters");
        return Err(AppError::invalid("body", detail, "say what is done, what is open and where things are"));
    }
    let mentions = mentions(app, &new)?;
    write(app, (project, task), ("comment", Need::Speak), (caller, new), move |tx, task, standing, new| {
        let author = standing.actor;
        checkpoints::answered_by_comment(tx, &task, &author, &new.body)?;
        let new = comments::NewComment { task: task.id, author, body: new.body, comment_type, mentions };
        Ok(comments::insert(tx, new)?)
    })
    .await
}

/// The agents that a comment names: all must exist when named on purpose, those in the text count when they do.
fn mentions(app: &App, new: &NewComment) -> Result<Vec<AgentId>, AppError> {
    let known = app.config().agents();
    let mut found = Vec::new();
    for name in &new.mentions {
        let name = name.trim_start_matches('@');
        let agent = AgentId::parse(name).map_err(|error| AppError::invalid_id("mentions", &error))?;
        agents::check_known(app, "mentions", &agent)?;
        found.push(agent);
    }
    let named = new.body.split('@').skip(1).filter_map(|rest| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        AgentId::parse(rest[..end].trim_end_matches('-')).ok()
    });
    found.extend(named.filter(|agent| known.get(agent).is_some()));
    found.sort();
    found.dedup();
    Ok(found)
}

/// A task's comments, oldest first.
pub async fn comments(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Comment>, AppError> {
    app.read_task(project, task, |db, task| comments::of_task(db, task.id)).await
}

/// Registers an output: a text becomes a file, a file is measured where it lies. When the task is done already, the
/// change reopens it for review.
pub async fn output(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewOutput,
) -> Result<Output, AppError> {
    let title = new.title.trim().to_owned();
    if title.is_empty() || title.chars().count() > 200 || title.contains(['\n', '\r', '\0']) {
        let detail = "the title must be one line of 1 to 200 characters";
        return Err(AppError::invalid("title", detail, "name the output, for example report.md"));
    }
    app.project(project)?;
    let folders = files::Folders::of(app.root(), project, task);
    let mut file = files::prepare(folders, &title, &new).await?;
    let (guard, decides) = (guards::of_project(app, project).scope_guard.clone(), guards::Decides::of(app, project));
    let (kind, summary) = (new.output_type.unwrap_or(OutputType::Other), new.summary.clone());
    write(app, (project, task), ("output", Need::Own), (caller, new), move |tx, task, standing, _| {
        file.publish()?;
        let attempt = standing.attempt.as_ref().map(|attempt| attempt.number);
        let output = Output {
            id: 0,
            task: task.id,
            agent: standing.actor.clone(),
            title,
            output_type: kind,
            summary,
            path: file.path.clone(),
            size_bytes: file.size_bytes,
            sha256: file.sha256.clone(),
            attempt_number: attempt,
            round: task.lifecycle.round,
            created_at: tx.now(),
        };
        let output = outputs::insert(tx, output)?;
        if let Some(guard) = &guard {
            scope::reach(tx, &task, (&standing, &output), (guard, &decides))?;
        }
        reopen_when_done(tx, task, &output)?;
        Ok(output)
    })
    .await
}

fn reopen_when_done(tx: &mut Tx<'_>, task: Task, output: &Output) -> Result<(), AppError> {
    if task.lifecycle.status == Status::Done && task.reviews_count > 0 {
        let reason = format!("output {} changed after its review", output.title);
        let step = Move::new(Cause::Reopen, Role::Daemon, output.agent.clone()).because(reason);
        tasks::transition(tx, task, step, Details::default())?;
    }
    Ok(())
}

/// A task's outputs, oldest first.
pub async fn outputs(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Output>, AppError> {
    app.read_task(project, task, |db, task| outputs::of_task(db, task.id)).await
}

/// Where the file of an output is, and the output. Refused when it leads out of the project's folder by now.
pub async fn output_file(app: &App, project: &ProjectId, task: TaskId, id: i64) -> Result<(PathBuf, Output), AppError> {
    let found = outputs(app, project, task).await?.into_iter().find(|output| output.id == id);
    let output = found.ok_or_else(|| AppError::NotFound(format!("output {id} of {task}")))?;
    Ok((files::locate(app.root(), project, &output.path).await?, output))
}

/// Writes a decision down.
pub async fn decide(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewDecision,
) -> Result<Decision, AppError> {
    check_text("decision", &new.decision)?;
    check_text("rationale", &new.rationale)?;
    let guard = guards::of_project(app, project).scope_guard.clone();
    write(app, (project, task), ("decide", Need::Own), (caller, new), move |tx, task, standing, new| {
        if let Some(guard) = &guard {
            scope::declare(tx, &task, (&standing, &new.decision), guard)?;
        }
        Ok(notes::decide(tx, task.id, standing.actor, new.decision, new.rationale)?)
    })
    .await
}

/// A task's decisions, oldest first.
pub async fn decisions(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Decision>, AppError> {
    app.read_task(project, task, |db, task| notes::decisions(db, task.id)).await
}

/// Writes an observation down.
pub async fn observe(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewObservation,
) -> Result<Observation, AppError> {
    check_text("body", &new.body)?;
    let decides = guards::Decides::of(app, project);
    write(app, (project, task), ("observe", Need::Speak), (caller, new), move |tx, task, standing, new| {
        questions::take(tx, &task, (&standing, &new.body), &decides)?;
        let severity = new.severity.unwrap_or(Severity::Info);
        Ok(notes::observe(tx, Some(task.id), standing.actor, new.body, severity)?)
    })
    .await
}

/// A task's observations, oldest first.
pub async fn observations(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Observation>, AppError> {
    app.read_task(project, task, |db, task| notes::observations(db, Some(task.id))).await
}

/// Writes a lesson down.
pub async fn learn(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    mut new: NewLesson,
) -> Result<Experience, AppError> {
    check_text("lesson", &new.lesson)?;
    new.tags = knowledge::check_tags(&new.tags)?;
    let id = project.clone();
    write(app, (project, task), ("learn", Need::Speak), (caller, new), move |tx, task, standing, new| {
        let evidence = standing.attempt_id().map(|attempt| format!("attempt {attempt}")).into_iter().collect();
        let new = NewExperience {
            task: task.id,
            agent: standing.actor,
            lesson: new.lesson,
            tags: new.tags,
            evidence,
            origin: None,
        };
        let lesson = experiences::insert(tx, &id, new)?;
        lesson.ok_or_else(|| AppError::Internal("the lesson was not written".into()))
    })
    .await
}

/// Refuses an empty text, and one that belongs into a file.
pub(super) fn check_text(field: &'static str, text: &str) -> Result<(), AppError> {
    if text.trim().is_empty() {
        return Err(AppError::invalid(field, format!("{field} is empty"), "write what you want to say"));
    }
    if text.len() > TEXT_BYTES {
        return Err(AppError::TooLarge(format!("{field} has {} bytes; {TEXT_BYTES} are allowed", text.len())));
    }
    Ok(())
}
