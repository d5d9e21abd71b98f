//! Mentions: an agent that is named in a comment is started to answer, once for all comments of a task that wait.

use chrono::{DateTime, Utc};

use super::{dispatch::Start, journal::Fate, plan::Planner, reading::Reading};
use crate::{
    model::{
        ids::{AgentId, TaskId},
        task::Trigger,
    },
    store::{StoreError, Tx, comments},
};

/// How often delivery is tried.
const TRIES: i64 = 5;

/// Starts those who wait to be told and for whom there is a slot; answers with how many.
pub(super) async fn deliver(planner: &mut Planner<'_>, reading: &Reading) -> Result<usize, StoreError> {
    let (mut hopeless, mut starts) = (Vec::new(), Vec::new());
    for mention in &planner.scene.board.mentions {
        let (task, agent) = (mention.task, &mention.agent);
        let waits_until = reading.mention_tries.get(&(task, agent.clone())).copied();
        let is_over = waits_until.is_none_or(|until| until < DateTime::<Utc>::MAX_UTC);
        match planner.scene.setup.member(agent) {
            None => hopeless.push((task, agent.clone())),
            Some(_) if mention.tries_count >= TRIES && is_over => hopeless.push((task, agent.clone())),
            // Whoever comes by itself finds it in the thread.
            Some(profile) if planner.scene.setup.runner(profile).is_none() => {}
            Some(_) if waits_until.is_some_and(|until| until > planner.scene.now()) => {}
            Some(_) => starts.push((Start { task, agent: agent.clone(), kind: Trigger::Mention }, None)),
        }
    }
    give_up(planner, hopeless).await?;
    let fates = planner.start_all(starts).await?;
    Ok(fates.iter().filter(|fate| **fate == Fate::Done).count())
}

async fn give_up(planner: &Planner<'_>, hopeless: Vec<(TaskId, AgentId)>) -> Result<(), StoreError> {
    if hopeless.is_empty() {
        return Ok(());
    }
    let write = move |tx: &mut Tx<'_>| {
        hopeless.iter().try_for_each(|(task, agent)| comments::settle_mentions(tx, *task, agent, None))
    };
    planner.project.store.write(planner.world.app.now(), write).await
}
