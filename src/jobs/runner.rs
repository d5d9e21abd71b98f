//! One run of a job script: found, compiled, called on a thread of its own, bounded in time.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use rhai::{Dynamic, Engine, EvalAltResult, Map};
use tokio_util::sync::CancellationToken;

use super::{
    effects::{self, Effects},
    history::Ended,
};
use crate::{
    app::App,
    config::Job,
    policy::{engine, facts, job_scripts, script::Script},
};

/// Of a run's message this many characters are kept.
const MAX_MESSAGE: usize = 4000;

/// Which run it is.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// The job.
    pub(super) job: Job,
    /// When it was due, or asked for.
    pub(super) scheduled_at: DateTime<Utc>,
    /// When the job last succeeded.
    pub(super) last_success: Option<DateTime<Utc>>,
}

/// Runs a script to its end. It ends early when its time is over or `stop` is cancelled.
pub(super) async fn run(app: &App, run: Run, stop: CancellationToken) -> Ended {
    let limit = Duration::from_secs(run.job.timeout_seconds);
    let effects = Effects::new(app.clone(), tokio::runtime::Handle::current(), Instant::now() + limit, stop.clone());
    let (app, said) = (app.clone(), effects.said());
    let deadline = effects.deadline();
    let work = move || {
        // A panic in an effect is a failed run, not the end of the daemon.
        let call = std::panic::catch_unwind(AssertUnwindSafe(|| call(&app, &run, &effects)));
        call.unwrap_or_else(|_| Err("a function of moziplus panicked; the log has the details".to_owned()))
    };
    let result = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(error.to_string()));
    let (outcome, message) = match result {
        Ok(answer) => ("succeeded", answer.or_else(|| said.last())),
        Err(_) if stop.is_cancelled() => ("interrupted", Some("the daemon stopped".to_owned())),
        Err(message) if Instant::now() >= deadline => ("timed_out", Some(message)),
        Err(message) => ("failed", Some(message)),
    };
    Ended { outcome, message: message.map(|message| message.chars().take(MAX_MESSAGE).collect()) }
}

/// Finds the script and calls its `run(job)`; the error says file, line and column.
fn call(app: &App, run: &Run, effects: &Effects) -> Result<Option<String>, String> {
    let folder = app.root().job_scripts();
    let shown = app.root().shown(&folder).display().to_string();
    let source = job_scripts::resolve(&folder, &shown, run.job.script()).map_err(|fault| fault.to_string())?;
    // In the words of `script check`: what is refused there does not run here.
    if let Some(fault) = job_scripts::check(source.clone()).first() {
        return Err(fault.to_string());
    }
    let engine = engine_with(effects);
    let script = Script::compile(&engine, &source.path, &source.text).map_err(|fault| fault.to_string())?;
    let job = job_facts(app, run).map_err(|error| error.to_string())?;
    let answer = script.call(&engine, "run", vec![job.into()]).map_err(|fault| fault.to_string())?;
    Ok((!answer.is_unit()).then(|| answer.to_string()))
}

/// The engine of policy scripts, with effects and the run's own limits.
fn engine_with(effects: &Effects) -> Engine {
    let mut engine = engine::engine();
    effects::register(&mut engine, effects);
    // Time is what bounds a job, not the number of operations.
    engine.set_max_operations(0);
    let printing = effects.clone();
    engine.on_print(move |text| printing.say(text));
    let watching = effects.clone();
    engine.on_progress(move |operations| {
        if operations % 1024 != 0 {
            return None;
        }
        watching.over().map(Dynamic::from)
    });
    engine
}

/// What the script is told about its run.
fn job_facts(app: &App, run: &Run) -> Result<Map, Box<EvalAltResult>> {
    let mut job = Map::new();
    job.insert("name".into(), run.job.name.clone().into());
    job.insert("now".into(), facts::time_value(app.now()));
    job.insert("scheduled_at".into(), facts::time_value(run.scheduled_at));
    job.insert("last_success".into(), run.last_success.map_or(Dynamic::UNIT, facts::time_value));
    job.insert("args".into(), rhai::serde::to_dynamic(&run.job.args)?);
    let settings: Arc<_> = app.config().settings();
    job.insert("config".into(), rhai::serde::to_dynamic(&*settings)?);
    Ok(job)
}
