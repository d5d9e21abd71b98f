//! What policy says about telling people of events, and the log of what was told.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::{App, context, error::AppError, events, requests::Caller, scripts};
use crate::{
    config::Notify,
    model::{
        delivery::{Content, Outgoing},
        event::{Event, Level},
        ids::ProjectId,
    },
    policy::{
        answers::Delivery,
        library::{Library, Opening},
        source::ScriptFolders,
    },
    store::{
        Db, Tx,
        daemon_db::IndexQuery,
        deliveries::{self, Channel, DeliveryQuery},
    },
};

/// In `ctx.project`, for events of no project.
const NO_PROJECT: &str = "_daemon";

/// Asks policy who is told; cheap to clone.
#[derive(Clone)]
pub struct Notices {
    app: App,
    /// The scripts of the root, for events of no project; opened with the first one.
    root: Arc<OnceCell<Library>>,
}

impl Notices {
    /// For this app.
    pub fn new(app: App) -> Self {
        Self { app, root: Arc::default() }
    }

    /// Events after an id that somebody may be told of, oldest first; and the last id that was looked at.
    pub async fn after(&self, id: i64, limit: usize) -> Result<(Vec<Event>, Option<i64>), AppError> {
        let levels = vec![Level::Urgent.as_str(), Level::Attention.as_str(), Level::Routine.as_str()];
        let query = IndexQuery { after: id, levels, limit, ..IndexQuery::default() };
        let found = events::page(&self.app, query).await?;
        Ok((found.events, found.last))
    }

    /// By which channels an event goes out.
    pub async fn judge(&self, event: &Arc<Event>) -> Vec<Delivery> {
        let asked = match &event.project {
            Some(project) => self.of_project(project, event).await,
            None => self.of_daemon(event).await,
        };
        asked.unwrap_or_else(|error| {
            tracing::warn!(%error, event = event.id, "nobody can be asked who is to be told");
            Vec::new()
        })
    }

    async fn of_project(&self, project: &ProjectId, event: &Arc<Event>) -> Result<Vec<Delivery>, AppError> {
        // A project that cannot be used cannot judge, and that is what people have to be told of.
        let Ok(usable) = self.app.project(project) else { return self.of_daemon(event).await };
        // Where nothing goes out nobody need be asked.
        if channels(&self.app.settings_of(project).notify).is_empty() {
            return Ok(Vec::new());
        }
        let context = Arc::new(context::of(&self.app, project)?);
        Ok(usable.library.deliver(event, &context).await.answer)
    }

    async fn of_daemon(&self, event: &Arc<Event>) -> Result<Vec<Delivery>, AppError> {
        let app = &self.app;
        if channels(&app.config().settings().notify).is_empty() {
            return Ok(Vec::new());
        }
        let library = self.root.get_or_init(|| open_root(app)).await;
        library.set_limits(app.script_limits());
        library.reload(app.now()).await;
        let context = Arc::new(context::of(app, &ProjectId::reserved(NO_PROJECT))?);
        Ok(library.deliver(event, &context).await.answer)
    }
}

/// The scripts of the root alone, for what belongs to no project.
pub(super) async fn open_root(app: &App) -> Library {
    let folders = ScriptFolders { project: None, root: Some(scripts::folder_of(app, app.root().scripts())) };
    let (limits, threads) = (app.script_limits(), app.script_threads().clone());
    Library::open(Opening { folders, last_good: None, limits, threads, live: None }, app.now()).await
}

/// The log, newest first.
pub async fn log(app: &App, query: DeliveryQuery) -> Result<Vec<Outgoing>, AppError> {
    app.daemon().read(move |db: &Db<'_>| Ok(deliveries::list(db, &query)?)).await
}

/// One delivery.
pub async fn get(app: &App, id: i64) -> Result<Outgoing, AppError> {
    let found = app.daemon().read(move |db: &Db<'_>| Ok::<_, AppError>(deliveries::get(db, id)?)).await?;
    found.ok_or_else(|| AppError::NotFound(format!("delivery {id}")))
}

/// Sends a message by a channel, so that people see whether it works.
pub async fn test(app: &App, project: Option<ProjectId>, channel: &str, caller: &Caller) -> Result<Outgoing, AppError> {
    only_people(caller, "tests a channel")?;
    let notify = match &project {
        Some(id) => app.settings_of(&app.project(id)?.id).notify.clone(),
        None => app.config().settings().notify.clone(),
    };
    let known = channels(&notify);
    if !known.iter().any(|name| name == channel) {
        return Err(AppError::Validation {
            field: "channel".into(),
            detail: format!("there is no channel `{channel}`"),
            hint: "describe it below `notify` in config/default.yaml; see docs/notifications.md".into(),
            valid_values: known,
        });
    }
    let content = Content::Text {
        title: "moziplus: a test".into(),
        text: format!("This is a test of the channel `{channel}`, asked for by {}.", caller.actor),
        to: None,
    };
    queue(app, Channel { project, name: channel.to_owned() }, content).await
}

/// Queues a mail of a job; answers with the id of the delivery.
pub async fn mail(app: &App, to: &str, subject: &str, body: &str) -> Result<i64, AppError> {
    if app.config().settings().notify.mail.is_none() {
        let hint = "describe the mail server as notify.mail in config/default.yaml";
        return Err(AppError::in_the_way(format!("the mail to {to} cannot be sent: there is no mail server"), hint));
    }
    let content = Content::Text { title: subject.to_owned(), text: body.to_owned(), to: Some(to.to_owned()) };
    Ok(queue(app, Channel { project: None, name: "mail".into() }, content).await?.id)
}

/// Tries a delivery again that was given up.
pub async fn again(app: &App, id: i64, caller: &Caller) -> Result<Outgoing, AppError> {
    only_people(caller, "sends a delivery again")?;
    let before = get(app, id).await?;
    let write = move |tx: &mut Tx<'_>| Ok::<_, AppError>(deliveries::again(tx, id)?);
    if !app.daemon().write(app.now(), write).await? {
        let hint = "only a failed delivery is sent again; a waiting one is tried by itself";
        return Err(AppError::in_the_way(format!("delivery {id} is {}", before.state), hint));
    }
    get(app, id).await
}

async fn queue(app: &App, channel: Channel, content: Content) -> Result<Outgoing, AppError> {
    let write = move |tx: &mut Tx<'_>| Ok::<_, AppError>(deliveries::enqueue(tx, &channel, &content)?);
    let id = app.daemon().write(app.now(), write).await?;
    get(app, id).await
}

fn only_people(caller: &Caller, what: &'static str) -> Result<(), AppError> {
    if caller.actor.is_human() && caller.token.is_none() { Ok(()) } else { Err(AppError::only_people(what)) }
}

fn channels(notify: &Notify) -> Vec<String> {
    let mail = notify.mail.iter().map(|_| "mail".to_owned());
    let desktop = (!notify.desktop.is_empty()).then(|| "desktop".to_owned());
    notify.webhooks.iter().map(|hook| hook.name.clone()).chain(mail).chain(desktop).collect()
}
