//! How much the daemon logs, changed while it runs. A fault is looked for with more lines, and nobody has to remember to
//! take that back: the next start is at the configuration's level again.

use serde::Serialize;
use serde_json::json;

use super::{App, error::AppError, requests::Caller};
use crate::{
    config::LogLevel,
    model::event::{EventKind, Level, NewEvent},
};

/// At which level is logged, and why.
#[derive(Debug, Clone, Serialize)]
pub struct InForce {
    /// The level in force.
    pub level: String,
    /// What the configuration says.
    pub configured: String,
    /// True when it was set while the daemon runs.
    pub overridden: bool,
}

/// The level in force.
pub fn get(app: &App) -> InForce {
    let configured = app.config().settings().logging.level;
    let set = *app.control().log_level().borrow();
    InForce {
        level: set.unwrap_or(configured).as_str().to_owned(),
        configured: configured.as_str().to_owned(),
        overridden: set.is_some(),
    }
}

/// Sets the level until the daemon stops; none for what the configuration says.
pub async fn set(app: &App, level: Option<&str>, caller: &Caller) -> Result<InForce, AppError> {
    if !caller.actor.is_human() || caller.token.is_some() {
        return Err(AppError::only_people("changes the log level"));
    }
    let level = level.map(parse).transpose()?;
    if level == *app.control().log_level().borrow() {
        return Ok(get(app));
    }
    app.control().set_log_level(level);
    let now = get(app);
    let until = if now.overridden { " until the next start" } else { "" };
    let summary = format!("the log level is {}{until}", now.level);
    tracing::warn!(level = now.level, by = %caller.actor, "the log level was changed");
    let event = NewEvent::new(EventKind::DaemonState, None, caller.actor.clone(), summary).level(Level::Routine);
    app.daemon().publish(app.now(), event.payload(json!({"log_level": now}))).await?;
    Ok(now)
}

fn parse(text: &str) -> Result<LogLevel, AppError> {
    text.parse().map_err(|detail| AppError::Validation {
        field: "level".into(),
        detail,
        hint: "use one of valid_values; null goes back to what the configuration says".into(),
        valid_values: LogLevel::WORDS.iter().map(|word| (*word).to_owned()).collect(),
    })
}
