//! From work to lessons to skills: what a tick does about it. Each step reads what is open and marks what it has done, so
//! that a restart goes on where the last daemon stopped.

use std::{collections::BTreeSet, sync::Arc};

use super::{scene::Scene, world::World};
use crate::{
    app::{
        AppError, Project, knowledge,
        skills::{
            drafts::{self, Settled},
            judging,
        },
    },
    model::{
        ids::{Actor, AgentId, SkillId, TaskId},
        records::Severity,
        skill::SkillLevel,
        status::Status,
    },
    store::{Db, StoreError, Tx, distillations, events, experiences, notes, skill_uses},
};

/// In `meta` of the blackboard, the newest event up to which finished tasks have given their candidates.
const DRAWN: &str = "lessons_drawn_until";
/// Agents with this capability write skills before the coordinator does.
const CAPABILITY: &str = "distill";
/// Events without a finished task after which the mark is moved on, so that they are not read again.
const MOST_EVENTS: i64 = 500;
/// Most tags about which policy is asked in one tick.
const MOST_TAGS: usize = 200;

/// What a project remembers between ticks, to save questions; none of it is needed.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How lessons, scripts and settings were when policy was last asked about tags.
    asked: Option<Asked>,
}

/// What an answer about a tag rests on.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    lessons: experiences::State,
    scripts: String,
    settings: Arc<serde_json::Value>,
}

/// What is open.
struct Open {
    lessons: experiences::State,
    finished: Vec<distillations::Finished>,
    unjudged: Vec<(i64, SkillId, SkillLevel)>,
    done: Vec<TaskId>,
    newest: i64,
    /// The event up to which candidates were drawn; none before the first time: what was finished earlier is left alone.
    until: Option<i64>,
}

/// Does what is open; true when something was written.
pub(super) async fn tend(
    world: &Arc<World>,
    project: &Arc<Project>,
    scene: &Scene,
    memory: &mut Memory,
) -> Result<bool, StoreError> {
    let open = project.store.read(read).await?;
    let mut moved = draw(world, project, &open).await?;
    let (newest, scripts) = (open.lessons.0, project.library.set().hash().to_owned());
    let asked = Asked { lessons: open.lessons, scripts, settings: scene.ctx.config.clone() };
    if memory.asked.as_ref() != Some(&asked) {
        memory.asked = Some(asked);
        moved |= distil(world, project, scene).await?;
        if newest > 0
            && let Err(error) = knowledge::mirror::write(&world.app, project).await
        {
            tracing::warn!(project = %project.id, %error, "the lessons could not be copied to experiences/");
        }
    }
    for finished in &open.finished {
        moved |= settle(world, project, finished).await?;
    }
    if !open.unjudged.is_empty() {
        moved |= judge(world, project, open.unjudged).await?;
    }
    Ok(moved)
}

fn read(db: &Db<'_>) -> Result<Open, StoreError> {
    let until: Option<i64> = db.meta(DRAWN)?.and_then(|until| until.parse().ok());
    let newest = events::newest(db)?;
    Ok(Open {
        lessons: experiences::state(db)?,
        finished: distillations::finished(db)?,
        unjudged: skill_uses::unjudged(db)?,
        done: until.map_or(Ok(Vec::new()), |until| events::tasks_that_became(db, Status::Done, (until, newest)))?,
        newest,
        until,
    })
}

/// Draws candidates from the tasks that were finished since the last time.
async fn draw(world: &World, project: &Project, open: &Open) -> Result<bool, StoreError> {
    let is_far = open.until.is_none_or(|until| open.newest - until > MOST_EVENTS);
    if open.done.is_empty() && !is_far {
        return Ok(false);
    }
    let (id, done, until) = (project.id.clone(), open.done.clone(), open.newest.to_string());
    let write = move |tx: &mut Tx<'_>| {
        let mut drawn = 0;
        for task in done {
            drawn += knowledge::draw(tx, &id, task)?;
        }
        tx.set_meta(DRAWN, &until)?;
        Ok::<_, StoreError>(drawn > 0)
    };
    project.store.write(world.app.now(), write).await
}

/// Asks policy about every tag with free lessons, and has a skill made of those that are worth one.
async fn distil(world: &World, project: &Project, scene: &Scene) -> Result<bool, StoreError> {
    let mut moved = false;
    for tag in project.store.read(experiences::tags).await?.into_iter().take(MOST_TAGS) {
        let tag = Arc::new(tag);
        if !project.library.should_distill(&tag, &scene.ctx).await.answer {
            continue;
        }
        let (id, name, assignee) = (project.id.clone(), tag.tag.clone(), writer(scene));
        let begin = move |tx: &mut Tx<'_>| drafts::begin(tx, &id, (&name, assignee));
        match project.store.write(world.app.now(), begin).await {
            Ok(Some(task)) => {
                tracing::info!(project = %project.id, task = %task.id, tag = tag.tag, "a skill is made of lessons");
                moved = true;
            }
            // Another tag has just taken its lessons, or the task is there already.
            Ok(None) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(moved)
}

/// Who writes skills: somebody who is there for it, else the coordinator; none leaves it to the plan.
fn writer(scene: &Scene) -> Option<AgentId> {
    let starts = scene.ctx.agents.iter().filter(|agent| agent.can_spawn);
    let able = starts.clone().find(|agent| agent.capabilities.iter().any(|own| own == CAPABILITY));
    let coordinator = || starts.clone().find(|agent| Some(&agent.id) == scene.ctx.coordinator.as_ref());
    able.or_else(coordinator).map(|agent| agent.id.clone())
}

/// Makes a draft of what a finished distillation wrote, or lets its lessons go.
async fn settle(world: &World, project: &Project, finished: &distillations::Finished) -> Result<bool, StoreError> {
    let (task, status) = (finished.task, finished.status);
    let settled = match status {
        Status::Done => drafts::settle(&world.app, project, (task, &finished.tag)).await,
        other => Ok(Settled::Failed(format!("its task is {other}"))),
    };
    let settled = match settled {
        Ok(settled) => settled,
        Err(error) => {
            // The disk, for example: the next tick tries again.
            tracing::warn!(project = %project.id, %task, %error, "a skill could not be installed; it is tried again");
            return Ok(false);
        }
    };
    let write = move |tx: &mut Tx<'_>| match settled {
        Settled::Installed(skill, version) => {
            let text = format!("the draft of skill {skill}, version {version}, is installed");
            notes::observe(tx, Some(task), Actor::Daemon, text, Severity::Info)?;
            distillations::installed(tx, task, &skill, version)
        }
        Settled::Failed(why) => {
            let text = format!("no skill came of it: {why}; its lessons wait for another try");
            notes::observe(tx, Some(task), Actor::Daemon, text, Severity::Warning)?;
            distillations::failed(tx, task, &why)
        }
    };
    project.store.write(world.app.now(), write).await?;
    Ok(true)
}

/// Asks about each skill whose use has come to something, once for all of its uses.
async fn judge(
    world: &World,
    project: &Project,
    unjudged: Vec<(i64, SkillId, SkillLevel)>,
) -> Result<bool, StoreError> {
    let skills: BTreeSet<_> = unjudged.iter().map(|(_, skill, level)| (skill.clone(), *level)).collect();
    for (skill, level) in skills {
        let judged: Result<_, AppError> = judging::one(&world.app, project, (&skill, level)).await;
        if let Err(error) = judged {
            tracing::warn!(project = %project.id, %skill, %error, "a skill could not be judged; it is tried again");
            return Ok(false);
        }
    }
    let ids: Vec<_> = unjudged.into_iter().map(|(id, ..)| id).collect();
    project.store.write(world.app.now(), move |tx: &mut Tx<'_>| skill_uses::judged(tx, &ids)).await?;
    Ok(true)
}
