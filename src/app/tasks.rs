//! Creating, listing, reading and changing tasks.

use super::{
    App,
    access::{self, Need, Standing},
    agents,
    error::AppError,
    forms, guards,
    letters::kept,
    repeats,
    requests::Caller,
    transitions::stop_attempts,
};
use crate::{
    config::Guardrails,
    model::{
        ids::{AgentId, ProjectId, TaskId},
        outcome::Outcome,
        status::Role,
        task::{GOAL, MustHaves, NewTask, RiskLevel, Task, TaskPatch},
        text::shown,
    },
    store::{
        Tx, task_references,
        tasks::{self, Creation, Filter},
    },
};

/// Longest title, in characters.
const TITLE_CHARS: usize = 300;
/// Longest description, in bytes; longer text belongs into a file.
const DESCRIPTION_BYTES: usize = 256 * 1024;
/// Longest truth, in bytes.
const TRUTH_BYTES: usize = 4096;
/// Longest path or reference, in bytes.
const REFERENCE_BYTES: usize = 1024;
/// Most entries in a list of a task.
const LIST_ENTRIES: usize = 200;
/// Most tasks in one batch.
const BATCH: usize = 1000;

/// Creates a task.
pub async fn create(app: &App, project: &ProjectId, caller: &Caller, new: NewTask) -> Result<Task, AppError> {
    let mut created = create_batch(app, project, caller, vec![new]).await?;
    created.pop().ok_or_else(|| AppError::Internal("no task was created".into()))
}

/// Creates several tasks, all or none; a task may depend on an earlier one of the batch only by its final id.
pub async fn create_batch(
    app: &App,
    project: &ProjectId,
    caller: &Caller,
    batch: Vec<NewTask>,
) -> Result<Vec<Task>, AppError> {
    let project = app.open_project(project)?;
    if batch.is_empty() || batch.len() > BATCH {
        let detail = format!("a batch holds 1 to {BATCH} tasks, not {}", batch.len());
        return Err(AppError::invalid("tasks", detail, "split it"));
    }
    let guardrails = guards::of_project(app, &project.id);
    let heard = guards::Heard::of(app, &project.id, &batch);
    let mut creations = Vec::with_capacity(batch.len());
    let is_one = batch.len() == 1;
    for (index, mut task) in batch.into_iter().enumerate() {
        let checked = forms::check(app, "create", caller, &task).and_then(|()| check_new(app, &mut task));
        checked.map_err(|error| if is_one { error } else { error.of_item("tasks", index) })?;
        let text = (task.title.as_str(), task.description.as_deref().unwrap_or_default());
        let risk_level = risk_of(&guardrails, task.risk_level.unwrap_or(RiskLevel::Medium), text);
        creations.push(Creation { task, created_by: caller.actor.clone(), risk_level });
    }
    let (id, caller) = (project.id.clone(), caller.clone());
    let insert = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &caller, ("create", None), |tx| {
            access::at_most_once(tx, &caller)?;
            let created_by = access::writer(tx, &id, &caller)?;
            let by = |creation| Creation { created_by: created_by.clone(), ..creation };
            let created = creations.into_iter().map(|creation| Ok(tasks::insert(tx, &id, by(creation))?));
            let created: Vec<Task> = created.collect::<Result<_, AppError>>()?;
            if let (Some(reference), [task]) = (&caller.reference, created.as_slice()) {
                task_references::link(tx, reference, task.id)?;
            }
            heard.follow_writer(tx, &caller)?;
            Ok(created)
        })
    };
    project.store.write(app.now(), insert).await
}

/// A page of tasks.
pub async fn list(app: &App, project: &ProjectId, filter: Filter) -> Result<Vec<Task>, AppError> {
    let project = app.project(project)?;
    let id = project.id.clone();
    project.store.read(move |db| Ok(tasks::list(db, &id, &filter)?)).await
}

/// One task.
pub async fn get(app: &App, project: &ProjectId, task: TaskId) -> Result<Task, AppError> {
    let project = app.project(project)?;
    let id = project.id.clone();
    project.store.read(move |db| Ok(tasks::require(db, &id, task)?)).await
}

/// Changes fields of a task that are no transition.
pub async fn patch(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    mut patch: TaskPatch,
) -> Result<Task, AppError> {
    check_patch(app, &mut patch)?;
    let project = app.open_project(project)?;
    let coordinator = app.coordinator(&project.id);
    let (id, body, who) = (project.id.clone(), patch.clone(), caller.clone());
    let guardrails = guards::of_project(app, &project.id);
    let heard = guards::Heard::of(app, &project.id, &patch);
    let change = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &id, task)?;
        let standing = access::stand(tx, &task, &who, coordinator.as_ref(), Need::Lead)?;
        if !task.lifecycle.status.is_open() {
            let detail = format!("task {} is {} and stays as it is", task.id, task.lifecycle.status);
            return Err(AppError::in_the_way(detail, "create another task for what is left to do"));
        }
        may_change(&task, &patch, &standing)?;
        let follows = patch.depends_on.is_some();
        let patch = TaskPatch { risk_level: patched_risk(&guardrails, &task, &patch), ..patch };
        let task = tasks::patch(tx, task, patch, standing.actor.clone())?;
        if heard.follow(tx, task.id, &standing.actor)? {
            return Ok(tasks::require(tx, &id, task.id)?);
        }
        if follows { follow_dependencies(tx, task, &standing) } else { Ok(task) }
    };
    let result = project.store.write(app.now(), change).await;
    kept(app, (&project, task), caller, ("patch", &body), result).await
}

/// Refuses an agent that works on a task and would change by what its work is measured.
fn may_change(task: &Task, patch: &TaskPatch, standing: &Standing) -> Result<(), AppError> {
    let given = [
        ("risk_level", patch.risk_level.is_some_and(|risk| risk != task.risk_level)),
        ("must_haves", patch.must_haves.as_ref().is_some_and(|must| *must != task.must_haves)),
        ("task_type", patch.task_type.as_ref().is_some_and(|kind| *kind != task.task_type)),
        (
            "assignee",
            patch.assignee.as_deref().is_some_and(|id| id != task.assignee.as_ref().map_or("", AgentId::as_str)),
        ),
    ];
    match given.iter().find(|(_, differs)| *differs) {
        Some((field, _)) if standing.role == Role::Owner => {
            let detail =
                format!("{} works on {}, and does not say by what it is measured: {field}", standing.actor, task.id);
            let hint =
                "this is for a person or the coordinator: ask them by a comment, or escalate the task".to_owned();
            Err(AppError::NoSay { detail, hint })
        }
        _ => Ok(()),
    }
}

/// The risk that a changed task has; none when neither it nor the text is changed.
fn patched_risk(guardrails: &Guardrails, task: &Task, patch: &TaskPatch) -> Option<RiskLevel> {
    let title = patch.title.as_deref().unwrap_or(&task.title);
    let description = patch.description.as_deref().unwrap_or(&task.description);
    let is_same = patch.title.is_none() && patch.description.is_none();
    let stated = patch.risk_level.or((!is_same).then_some(task.risk_level))?;
    Some(risk_of(guardrails, stated, (title, description)))
        .filter(|risk| patch.risk_level.is_some() || *risk != task.risk_level)
}

/// A task whose dependencies have changed waits for them or goes on; nobody works on what waits.
pub(super) fn follow_dependencies(tx: &mut Tx<'_>, task: Task, standing: &Standing) -> Result<Task, AppError> {
    let (task, blocked) = tasks::follow_dependencies(tx, task, (standing.role, standing.actor.clone()))?;
    if blocked {
        stop_attempts(tx, &task, Outcome::Interrupted, task.reason.as_deref().unwrap_or_default())?;
    }
    Ok(task)
}

fn check_new(app: &App, task: &mut NewTask) -> Result<(), AppError> {
    task.title = check_title(&task.title)?;
    if let Some(description) = &task.description {
        check_description(description)?;
    }
    if let Some(agent) = &task.assignee {
        agents::check_known(app, "assignee", agent)?;
    }
    if let Some(priority) = task.priority {
        check_priority(priority)?;
    }
    if let Some(task_type) = &task.task_type {
        check_task_type(task_type)?;
    }
    // A goal is reached by its parts, which are talked about first.
    task.has_parts |= task.task_type.as_deref() == Some(GOAL);
    if task.has_parts && !task.depends_on.is_empty() {
        let detail = "a task that is done in parts depends on nothing itself";
        return Err(AppError::invalid("has_parts", detail, "give the dependencies to its parts"));
    }
    check_must_haves(&task.must_haves)?;
    check_length("depends_on", task.depends_on.len())
}

fn check_patch(app: &App, patch: &mut TaskPatch) -> Result<(), AppError> {
    if let Some(title) = &patch.title {
        patch.title = Some(check_title(title)?);
    }
    if let Some(description) = &patch.description {
        check_description(description)?;
    }
    if let Some(assignee) = patch.assignee.as_deref().filter(|assignee| !assignee.is_empty()) {
        let agent = AgentId::parse(assignee).map_err(|error| AppError::invalid_id("assignee", &error))?;
        agents::check_known(app, "assignee", &agent)?;
    }
    if let Some(priority) = patch.priority {
        check_priority(priority)?;
    }
    if let Some(task_type) = &patch.task_type {
        check_task_type(task_type)?;
    }
    if let Some(must_haves) = &patch.must_haves {
        check_must_haves(must_haves)?;
    }
    check_length("depends_on", patch.depends_on.as_ref().map_or(0, Vec::len))
}

fn check_title(title: &str) -> Result<String, AppError> {
    let title = title.trim();
    if title.is_empty() {
        return Err(AppError::invalid("title", "the title is empty", "say in one line what is to be done"));
    }
    if title.chars().count() > TITLE_CHARS || title.contains(char::is_control) {
        let detail =
            format!("the title must be one line of at most {TITLE_CHARS} characters, none of them a control character");
        return Err(AppError::invalid("title", detail, "put the rest into the description"));
    }
    Ok(title.to_owned())
}

fn check_description(description: &str) -> Result<(), AppError> {
    if description.len() <= DESCRIPTION_BYTES {
        return Ok(());
    }
    Err(AppError::TooLarge(format!("the description has {} bytes; {DESCRIPTION_BYTES} are allowed", description.len())))
}

fn check_priority(priority: i64) -> Result<(), AppError> {
    if (1..=10).contains(&priority) {
        return Ok(());
    }
    let detail = format!("priority {priority} is not between 1 and 10");
    Err(AppError::invalid("priority", detail, "10 is most urgent, 5 is usual, 1 can wait"))
}

fn check_task_type(task_type: &str) -> Result<(), AppError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if !task_type.is_empty() && task_type.len() <= 64 && task_type.chars().all(fits) {
        return Ok(());
    }
    let detail = format!("`{task_type}` is not a task type");
    Err(AppError::invalid("task_type", detail, "use 1 to 64 of a-z 0-9 _ -, for example `code`"))
}

fn check_must_haves(must_haves: &MustHaves) -> Result<(), AppError> {
    check_length("must_haves", must_haves.truths.len() + must_haves.artifacts.len() + must_haves.key_links.len())?;
    for (index, truth) in must_haves.truths.iter().enumerate() {
        if truth.trim().is_empty() || truth.contains('\0') || truth.len() > TRUTH_BYTES {
            let detail = format!("a truth is a text of 1 to {TRUTH_BYTES} bytes without NUL");
            return Err(wrong_must_have("truths", index, detail, "say what can be observed when it holds"));
        }
    }
    for (index, path) in must_haves.artifacts.iter().enumerate() {
        let outside = path.starts_with('/') || path.split('/').any(|part| part == "..");
        if outside || path.ends_with('/') || !is_reference(path) {
            let detail = format!("`{}` does not name a file below the task's folder", shown(path));
            return Err(wrong_must_have("artifacts", index, detail, "give paths such as outputs/report.md"));
        }
    }
    for (index, link) in must_haves.key_links.iter().enumerate() {
        if !is_reference(link) {
            let detail = format!("`{}` cannot resolve: nothing outside of the project is looked up", shown(link));
            let hint =
                "give a path below the task's folder (outputs/report.md), a task id (t-7) or the title of an output";
            return Err(wrong_must_have("key_links", index, detail, hint));
        }
    }
    Ok(())
}

/// One line that can name something here: no address of another system, nothing that no file could be called.
fn is_reference(text: &str) -> bool {
    !text.trim().is_empty()
        && text.len() <= REFERENCE_BYTES
        && !text.contains(char::is_control)
        && !text.contains("://")
}

fn wrong_must_have(list: &str, index: usize, detail: String, hint: &str) -> AppError {
    let field = format!("must_haves.{list}[{index}]").into();
    AppError::Validation { field, detail, valid_values: Vec::new(), hint: hint.into() }
}

fn check_length(field: &'static str, entries: usize) -> Result<(), AppError> {
    if entries <= LIST_ENTRIES {
        return Ok(());
    }
    Err(AppError::invalid(field, format!("{entries} entries; {LIST_ENTRIES} are allowed"), "split the task"))
}

/// What a mistake would cost: as stated, raised to `high` where title or description cross a red line.
fn risk_of(guardrails: &Guardrails, stated: RiskLevel, (title, description): (&str, &str)) -> RiskLevel {
    let text = format!("{title}\n{description}");
    let crosses = || guardrails.red_lines.iter().any(|line| line.is_crossed_by(&text));
    if stated < RiskLevel::High && crosses() { RiskLevel::High } else { stated }
}
