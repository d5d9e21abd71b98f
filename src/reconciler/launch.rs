//! From a written start to a running process: prompt, command, supervisor. Runs beside the tick.

use std::{error::Error, sync::Arc};

use super::{
    dispatch::{Begun, write_running},
    supervise,
    world::World,
};
use crate::{
    agent::{
        command::{self, Launch},
        prompt::{self, About},
    },
    app::{
        AppError, Project,
        skills::choosing::{self, Chosen},
    },
    config::{ProjectConfig, PromptLimits},
    model::{
        ids::{Actor, AttemptId},
        outcome::Outcome,
        task::Trigger,
    },
    process::{SpawnError, SpawnSpec, Spawned},
    store::{
        Db, StoreError, Tx,
        attempts::{self, Ending},
        experiences, guards,
        skill_uses::{self, Used},
        tasks,
    },
};

/// Starts the process of an attempt whose row is written. A start that fails ends the attempt; policy does the rest.
pub(super) fn launch(world: &Arc<World>, project: &Arc<Project>, config: Arc<ProjectConfig>, begun: Begun) {
    let (world, project) = (world.clone(), project.clone());
    world.clone().work.spawn(async move {
        let Ok(_turn) = world.starts.clone().acquire_owned().await else { return };
        tracing::info!(project = %project.id, task = %begun.start.task, agent = %begun.start.agent,
            trigger = %begun.start.kind, attempt = %begun.attempt, "Spawning");
        match start(&world, &project, config, &begun).await {
            Ok(started) => note_start(&world, &project, &begun.attempt, started).await,
            Err(why) => note_failure(&world, &project, &begun.attempt, &why).await,
        }
        world.report_sessions();
    });
}

/// Writes a start down, and the end with it when that has come already.
async fn note_start(world: &Arc<World>, project: &Arc<Project>, id: &AttemptId, started: Started) {
    if let Some(exit) = world.live.exited_early(id) {
        return supervise::settle(world, project, exit, Some(started));
    }
    let attempt = id.clone();
    let write = move |tx: &mut Tx<'_>| started.write(tx, &attempt);
    if let Err(error) = project.store.write(world.app.now(), write).await {
        // The row says `starting`; the next full tick finds out what became of it.
        tracing::warn!(attempt = %id, %error, "the start of an agent could not be written down");
    }
    if let Some(exit) = world.live.running(id) {
        supervise::settle(world, project, exit, None);
    }
}

async fn note_failure(world: &World, project: &Project, id: &AttemptId, not_started: &NotStarted) {
    tracing::warn!(attempt = %id, error = %not_started.why, "an agent could not be started");
    if not_started.machine {
        // What the supervisor was asked for may still come.
        world.census.watch(world);
    }
    let (attempt, ending) = (id.clone(), Ending::new(not_started.outcome(), &not_started.why));
    let forgiven = not_started.machine;
    let write = move |tx: &mut Tx<'_>| {
        let kind = attempts::require(tx, &attempt)?.kind;
        // A machine in need must not use up what guards against runaway tasks.
        if attempts::end(tx, &attempt, &ending)? && forgiven && (kind.owns_task() || kind == Trigger::Offer) {
            tasks::give_dispatch_back(tx, attempt.task)?;
        }
        Ok::<_, StoreError>(())
    };
    if let Err(error) = project.store.write(world.app.now(), write).await {
        tracing::warn!(attempt = %id, %error, "the failed start of an agent could not be written down");
    }
    world.live.remove(id);
}

/// A process, and what its prompt was made of.
#[derive(Debug, Clone)]
pub(super) struct Started {
    process: Spawned,
    /// Who works.
    agent: Actor,
    /// The lessons that the prompt names.
    lessons: Vec<i64>,
    /// The skills that the prompt names.
    skills: Vec<Used>,
}

impl Started {
    /// Writes it down.
    pub fn write(&self, tx: &mut Tx<'_>, attempt: &AttemptId) -> Result<(), StoreError> {
        experiences::refer(tx, &self.lessons)?;
        skill_uses::record(tx, attempt, &self.agent, &self.skills)?;
        write_running(tx, attempt, (i64::from(self.process.pid), &self.process.identity))
    }
}

/// Why there is no process.
struct NotStarted {
    why: String,
    /// True when the machine is to blame and not the task or its runner.
    machine: bool,
}

impl NotStarted {
    fn by_task(why: impl Error) -> Self {
        Self { why: chain(&why), machine: false }
    }

    fn by_machine(why: impl Error) -> Self {
        Self { why: chain(&why), machine: true }
    }

    /// What is the machine's fault does not count against the task.
    fn outcome(&self) -> Outcome {
        if self.machine { Outcome::Lost } else { Outcome::SpawnFailed }
    }
}

/// An error with what is behind it.
fn chain(error: &dyn Error) -> String {
    let (mut text, mut next) = (error.to_string(), error.source());
    while let Some(source) = next {
        text += &format!(": {source}");
        next = source.source();
    }
    text
}

impl From<SpawnError> for NotStarted {
    fn from(error: SpawnError) -> Self {
        let machine = matches!(
            error,
            SpawnError::TooManyFiles
                | SpawnError::Files { .. }
                | SpawnError::TooManyProcesses { .. }
                | SpawnError::Retiring
                | SpawnError::SupervisorGone { .. }
        );
        Self { why: error.to_string(), machine }
    }
}

async fn start(
    world: &Arc<World>,
    project: &Project,
    config: Arc<ProjectConfig>,
    begun: &Begun,
) -> Result<Started, NotStarted> {
    let who = (begun.start.agent.clone(), begun.profile.role);
    let about = About::of(&config, &begun.attempt.project, who, (world.app.root(), world.app.config().playbook()));
    let chosen = choose(world, project, begun).await;
    let skills = chosen.iter().map(|chosen| prompt::Skill::of(&chosen.skill, chosen.on_trial)).collect();
    let about = About { skills, ..about };
    let (attempt, kind) = (begun.attempt.clone(), begun.start.kind);
    let read = move |db: &Db<'_>| {
        let question = guards::of_attempt(db, attempt.task, attempt.number)?.map(|guard| guard.question);
        prompt::gather(db, &attempt, kind, About { question, ..about })
    };
    let context = project.store.read(read).await.map_err(|error: StoreError| NotStarted::by_machine(error))?;
    let (spec, lessons, named) = spec(world, begun, context, config.effective.prompt).await?;
    // What the budget has cut from the message is not used.
    let skills = chosen.iter().map(Chosen::used).filter(|used| named.iter().any(|id| id == used.skill.as_str()));
    let (agent, skills) = (Actor::Agent(begun.start.agent.clone()), skills.collect());
    let process = world.supervisor.spawn(spec).await?;
    world.live.began(&begun.attempt);
    Ok(Started { process, agent, lessons, skills })
}

/// The skills for a prompt. An agent does without them rather than not being started.
async fn choose(world: &World, project: &Project, begun: &Begun) -> Vec<Chosen> {
    let (id, task) = (project.id.clone(), begun.start.task);
    let read = move |db: &Db<'_>| tasks::require(db, &id, task);
    let chosen = async {
        let task = project.store.read::<_, StoreError, _>(read).await?;
        let who = (begun.start.kind.as_str(), begun.profile.capabilities.as_slice());
        choosing::choose(&world.app, project, &task, who).await
    };
    let chosen: Result<_, AppError> = chosen.await;
    chosen.unwrap_or_else(|error| {
        tracing::warn!(attempt = %begun.attempt, %error, "no skill could be chosen for a prompt");
        Vec::new()
    })
}

/// Renders the prompt, writes it and makes the command, on a thread that may block.
async fn spec(
    world: &Arc<World>,
    begun: &Begun,
    context: prompt::Context,
    limits: PromptLimits,
) -> Result<(SpawnSpec, Vec<i64>, Vec<String>), NotStarted> {
    let (world, settings) = (world.clone(), world.app.config().settings());
    let (attempt, start, runner) = (begun.attempt.clone(), begun.start.clone(), begun.runner.clone());
    let (token, nonce, role, timeout_seconds) =
        (begun.token.clone(), begun.nonce.clone(), begun.profile.role, begun.timeout_seconds);
    let make = move || {
        let launch = Launch {
            root: world.app.root(),
            environment: &world.environment,
            binary: &world.binary,
            runner: &runner,
            attempt: &attempt,
            agent: &start.agent,
            role,
            trigger: start.kind,
            token: &token,
            nonce: &nonce,
            timeout_seconds,
            gateway: &settings.gateway,
        };
        let prompt = world.templates.compose(&context, limits, world.app.root()).map_err(NotStarted::by_task)?;
        command::prepare(&launch, &prompt.message, &prompt.files).map_err(NotStarted::by_machine)?;
        let spec = command::spec(&launch, &prompt.message).map_err(NotStarted::by_task)?;
        Ok((spec, prompt.lessons, prompt.skills))
    };
    tokio::task::spawn_blocking(make).await.map_err(NotStarted::by_machine)?
}
