//! The loop: starts what is due, takes orders, notes how runs end.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{mpsc, oneshot},
    task::{self, JoinError, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::{
    history::{self, Ended},
    runner::{self, Run},
    schedule::{Due, Timetable, jitter},
};
use crate::{
    app::{App, AppError, control::Command},
    config::Job,
};

/// The clock is looked at again after this long at the latest: it may have been set, and machines sleep.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// How long running jobs get to end when the daemon stops: less than the daemon gives its loops.
const FAREWELL: Duration = Duration::from_secs(4);

/// The name of the loop in the daemon's health.
const LOOP: &str = "jobs";

/// Runs jobs until `stop` is cancelled. Runs that are left over from a daemon that crashed are noted as interrupted.
pub async fn run(app: App, orders: &mut mpsc::Receiver<Command>, stop: CancellationToken) -> Result<(), AppError> {
    history::interrupt_open(&app).await?;
    let mut changes = app.config().changes();
    let mut scheduler = Scheduler {
        app,
        table: Timetable::default(),
        jobs_changed: true,
        runs: JoinSet::new(),
        names: HashMap::new(),
        stop: stop.clone(),
    };
    while !stop.is_cancelled() {
        let passed = scheduler.pass().await;
        let error = passed.as_ref().err().map(ToString::to_string);
        scheduler.app.control().report_round(LOOP, scheduler.app.now(), error);
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(scheduler.nap()) => {}
            Some(ended) = scheduler.runs.join_next_with_id() => scheduler.ended(ended).await,
            Some(order) = orders.recv() => scheduler.obey(order),
            Ok(()) = changes.changed() => scheduler.jobs_changed = true,
        }
    }
    // The runs have the same token, so they are ending already.
    let farewell = async {
        while let Some(ended) = scheduler.runs.join_next_with_id().await {
            scheduler.ended(ended).await;
        }
    };
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        tracing::warn!("a job does not end; the next start notes it as interrupted");
    }
    Ok(())
}

/// A person who asked for a run and waits for its id.
type Asked = oneshot::Sender<Result<i64, AppError>>;

struct Scheduler {
    app: App,
    table: Timetable,
    /// True when the configuration is newer than the table.
    jobs_changed: bool,
    /// Each gives its row and how it ended; nothing when it did not begin.
    runs: JoinSet<Option<(i64, Ended)>>,
    /// The job of each run.
    names: HashMap<task::Id, String>,
    stop: CancellationToken,
}

impl Scheduler {
    /// Takes over the jobs of the configuration.
    async fn take_jobs(&mut self) -> Result<(), AppError> {
        let settings = self.app.config().settings();
        let names = settings.jobs.iter().map(|job| job.name.clone()).collect();
        let last: BTreeMap<_, _> = history::last_due(&self.app, names).await?.into_iter().collect();
        self.table.set_jobs(&settings.jobs, |name| last.get(name).copied(), self.app.now());
        Ok(())
    }

    /// Starts what is due.
    async fn pass(&mut self) -> Result<(), AppError> {
        if self.jobs_changed {
            self.take_jobs().await?;
            self.jobs_changed = false;
        }
        let mut noted = Ok(());
        for due in self.table.due(self.app.now()) {
            match due {
                Due::Start(job, at) => self.start(*job, at, None),
                Due::Skip(name, at) => {
                    tracing::warn!(job = %name, "job {name} is left out: the run before has not ended");
                    // What else is due has to start all the same.
                    noted = noted.and(history::skip(&self.app, name, at).await);
                }
            }
        }
        noted
    }

    /// How long nothing is due.
    fn nap(&self) -> Duration {
        let now = self.app.now();
        let next = self.table.next(now).and_then(|next| (next - now).to_std().ok());
        next.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    fn obey(&mut self, order: Command) {
        let Command::RunJob { name, done } = order else { return };
        let settings = self.app.config().settings();
        let refusal = match settings.jobs.iter().find(|job| job.name == name) {
            None => AppError::NotFound(format!("job `{name}` in config/default.yaml")),
            Some(job) if self.table.start_by_hand(&name) => return self.start(job.clone(), self.app.now(), Some(done)),
            Some(_) => AppError::in_the_way(
                format!("job `{name}` is running"),
                format!("wait for its end: `moziplus job history {name}`"),
            ),
        };
        // Whoever asked may have gone.
        let _ = done.send(Err(refusal));
    }

    fn start(&mut self, job: Job, due: DateTime<Utc>, asked: Option<Asked>) {
        let name = job.name.clone();
        let run = one_run(self.app.clone(), job, due, asked, self.stop.clone());
        self.names.insert(self.runs.spawn(run).id(), name);
    }

    /// Notes the end of a run. The job is free before its row says that it has ended, so that nobody who reads the row
    /// is told that the job still runs.
    async fn ended(&mut self, ended: Result<(task::Id, Option<(i64, Ended)>), JoinError>) {
        let (id, row) = match ended {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(%error, "a run of a job broke off");
                (error.id(), None)
            }
        };
        let Some(name) = self.names.remove(&id) else { return };
        let next = self.table.ended(&name);
        if let Some((row, ended)) = row
            && let Err(error) = history::end(&self.app, &name, row, ended).await
        {
            tracing::error!(job = %name, %error, "the history of job {name} cannot be written");
        }
        if let Some(Due::Start(job, at)) = next.filter(|_| !self.stop.is_cancelled()) {
            self.start(*job, at, None);
        }
    }
}

/// A run from its row to its end.
async fn one_run(
    app: App,
    job: Job,
    due: DateTime<Utc>,
    asked: Option<Asked>,
    stop: CancellationToken,
) -> Option<(i64, Ended)> {
    if asked.is_none() {
        stop.run_until_cancelled(tokio::time::sleep(jitter(&job, due))).await?;
    }
    let begun = match history::begin(&app, &job.name, due, asked.is_some()).await {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(job = %job.name, %error, "job {} cannot begin", job.name);
            if let Some(asked) = asked {
                let _ = asked.send(Err(error));
            }
            return None;
        }
    };
    if let Some(asked) = asked {
        // Whoever asked may have gone.
        let _ = asked.send(Ok(begun.id));
    }
    let run = Run { job, scheduled_at: due, last_success: begun.last_success };
    Some((begun.id, runner::run(&app, run, stop).await))
}
