//! What a line of the inbox means, and doing it by the same operations that everybody uses.

use serde::Deserialize;
use serde_json::{Map, Value, from_value};

use super::{
    super::world::World,
    file::{LONGEST_LINE, RawLine},
};
use crate::{
    app::{
        AppError, Caller, Project, forms, inbox, records,
        requests::{Act, NewComment},
        resolutions, tasks, transitions,
    },
    model::{
        event::InboxEvent,
        ids::{Actor, ProjectId, TaskId},
        record_kind::RecordKind,
        task::NewTask,
    },
    store::{Db, StoreError, Tx, inbox_keys, task_references},
};

/// A line as it is written.
#[derive(Debug, Deserialize)]
struct Line {
    event: InboxEvent,
    project: ProjectId,
    task: Option<TaskId>,
    agent: Option<Actor>,
    /// Makes the line known: a second one with the same is not taken.
    id: Option<String>,
    /// The name that others have for the task, instead of `task`; a new task gets it.
    reference: Option<String>,
    /// The fencing token of a spawned agent.
    token: Option<String>,
    #[serde(default, deserialize_with = "object_or_nothing")]
    data: Map<String, Value>,
}

fn object_or_nothing<'de, D: serde::Deserializer<'de>>(data: D) -> Result<Map<String, Value>, D::Error> {
    Option::deserialize(data).map(Option::unwrap_or_default)
}

/// What became of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It has taken effect, now or before.
    Taken,
    /// It never will, and why.
    Rejected(String),
    /// Not now.
    Wait(String),
}

/// What a line looks like.
const FORM: &str = "a line is one JSON object with `event` (task_created, task_ready, task_completed, task_failed, \
                    comment_added, user_action) and `project`, and with `task`, `agent`, `at`, `data`, `id`, \
                    `reference`, `token` where needed";
/// Longest `reference` of a line, in bytes.
const LONGEST_REFERENCE: usize = 300;
/// Longest `id` of a line.
const LONGEST_ID: usize = 200;

/// Takes a line.
pub(super) async fn take(world: &World, raw: &RawLine) -> Fate {
    if raw.text.trim().is_empty() {
        return Fate::Taken;
    }
    if raw.too_long {
        return Fate::Rejected(format!("the line is too long: {} KiB are allowed", LONGEST_LINE / 1024));
    }
    let (line, whole) = match read(&raw.text) {
        Ok(read) => read,
        Err(why) => return Fate::Rejected(why),
    };
    if let Err(error) = forms::fits(&world.app, RecordKind::InboxLine, &whole) {
        return Fate::Rejected(in_full(&error));
    }
    let key = match &line.id {
        Some(id) if id.is_empty() || id.len() > LONGEST_ID => {
            return Fate::Rejected(format!("`id` has {} bytes: 1 to {LONGEST_ID} are allowed", id.len()));
        }
        Some(id) => format!("id:{id}"),
        None => raw.key.clone(),
    };
    match act(world, line, key).await {
        Ok(()) => Fate::Taken,
        Err(AppError::DiskFull) => Fate::Wait("the disk is full".into()),
        Err(error @ (AppError::Internal(_) | AppError::Starting | AppError::Busy)) => Fate::Wait(error.to_string()),
        Err(error) => Fate::Rejected(in_full(&error)),
    }
}

/// Reads a line, or says what is wrong with it and what it may say.
fn read(text: &str) -> Result<(Line, Value), String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}; {FORM}"))?;
    if !whole.is_object() {
        return Err(format!("it is {}, not an object; {FORM}", inbox::kind_of(&whole)));
    }
    inbox::check_data(whole.get("data")).map_err(|error| in_full(&error))?;
    let line = Line::deserialize(&whole).map_err(|error| format!("not an inbox line: {error}; {FORM}"))?;
    Ok((line, whole))
}

/// A refusal with everything that a caller would be told: nobody can ask what was meant.
fn in_full(error: &AppError) -> String {
    let mut text = error.code().to_owned();
    text += &error.field().map(|field| format!(" of `{field}`")).unwrap_or_default();
    text += &format!(": {error}");
    let allowed = error.valid_values();
    if !allowed.is_empty() {
        text += &format!("; allowed: {}", allowed.join(", "));
    }
    if let Some(hint) = error.hint() {
        text += &format!("; {hint}");
    }
    text
}

async fn act(world: &World, mut line: Line, key: String) -> Result<(), AppError> {
    let app = &world.app;
    let project = app.open_project(&line.project)?;
    let known = key.clone();
    if project.store.read(move |db: &Db<'_>| inbox_keys::is_taken(db, &known)).await? {
        return Ok(());
    }
    if let (None, Some(reference)) = (line.task, line.reference.clone()) {
        line.task = named(&project, reference).await?;
    }
    let actor = line.agent.clone().unwrap_or_else(Actor::human);
    let caller = Caller::new(actor).with_token(line.token.clone()).once(key.clone());
    let id = &line.project;
    match line.event {
        InboxEvent::TaskCreated => {
            // What others name the same is one task for as long as it is open.
            if let Some(known) = line.task.filter(|_| line.reference.is_some())
                && tasks::get(app, id, known).await?.lifecycle.status.is_open()
            {
                return Ok(());
            }
            let new: NewTask = body(Value::Object(line.data))?;
            let caller = caller.naming(line.reference);
            tasks::create(app, id, &caller, new).await.map(drop)
        }
        InboxEvent::CommentAdded => {
            let task = task_of(&line)?;
            let new: NewComment = body(Value::Object(line.data))?;
            records::comment(app, id, task, &caller, new).await.map(drop)
        }
        InboxEvent::TaskCompleted => {
            let act = Act { summary: text(&line.data, "summary"), ..Act::default() };
            transitions::complete(app, id, task_of(&line)?, &caller, act).await.map(drop)
        }
        InboxEvent::TaskFailed => {
            let reason = text(&line.data, "reason").or_else(|| Some("reported by the inbox".into()));
            transitions::fail(app, id, task_of(&line)?, &caller, Act { reason, ..Act::default() }).await.map(drop)
        }
        InboxEvent::UserAction => user_action(world, &line, &caller).await,
        // The write wakes the project's loop, which then looks at everything.
        InboxEvent::TaskReady => {
            let write = move |tx: &mut Tx<'_>| inbox_keys::take(tx, &key).map(drop);
            Ok(project.store.write::<_, StoreError, _>(app.now(), write).await?)
        }
    }
}

async fn user_action(world: &World, line: &Line, caller: &Caller) -> Result<(), AppError> {
    let (app, id, task) = (&world.app, &line.project, task_of(line)?);
    let act = Act {
        reason: text(&line.data, "reason"),
        on: text(&line.data, "on"),
        summary: text(&line.data, "summary"),
        to: line.data.get("to").cloned().map(body).transpose()?,
        ..Act::default()
    };
    let wanted = text(&line.data, "action").unwrap_or_default();
    let done = match wanted.as_str() {
        "pause" => transitions::pause(app, id, task, caller, act).await,
        "resume" => transitions::resume(app, id, task, caller, act).await,
        "cancel" => transitions::cancel(app, id, task, caller, act).await,
        "retry" => transitions::retry(app, id, task, caller, act).await,
        "reopen" => transitions::reopen(app, id, task, caller, act).await,
        "escalate" => transitions::escalate(app, id, task, caller, act).await,
        "resolve" => resolutions::resolve(app, id, task, caller, act).await,
        _ => {
            let hint = "use pause, resume, cancel, retry, reopen, escalate or resolve";
            return Err(AppError::invalid("data", format!("`{wanted}` is no action"), hint));
        }
    };
    done.map(drop)
}

/// The task that others have this name for.
async fn named(project: &Project, reference: String) -> Result<Option<TaskId>, AppError> {
    if reference.is_empty() || reference.len() > LONGEST_REFERENCE {
        let hint = format!("use 1 to {LONGEST_REFERENCE} bytes");
        return Err(AppError::invalid("reference", "the name is empty or too long", hint));
    }
    project.store.read(move |db: &Db<'_>| Ok(task_references::task_of(db, &reference)?)).await
}

fn task_of(line: &Line) -> Result<TaskId, AppError> {
    line.task.ok_or_else(|| match &line.reference {
        Some(reference) => AppError::NotFound(format!("task that is called `{reference}` elsewhere")),
        None => AppError::invalid("task", format!("{} needs a task", line.event), "add `task`"),
    })
}

fn body<T: serde::de::DeserializeOwned>(data: Value) -> Result<T, AppError> {
    from_value(data).map_err(|error| AppError::invalid("data", error.to_string(), "use the names of the HTTP body"))
}

fn text(data: &Map<String, Value>, key: &str) -> Option<String> {
    data.get(key).and_then(Value::as_str).map(str::to_owned)
}
