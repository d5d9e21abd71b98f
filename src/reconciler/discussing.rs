//! Rounds of discussion about a goal: comments that ask each agent, and the coordinator in the end.

use super::execute::{Failure, refuse};
use crate::{
    model::{
        discussion,
        ids::{Actor, AgentId},
        records::CommentType,
        task::Task,
    },
    store::{Tx, comments, discussions},
};

/// Asks agents about a goal: each is told by a comment that mentions it.
pub(super) fn discuss(tx: &mut Tx<'_>, task: Task, agents: &[AgentId]) -> Result<(), Failure> {
    if !task.lifecycle.status.is_open() || agents.is_empty() {
        return refuse(format!("{} is {}, or nobody is asked", task.id, task.lifecycle.status));
    }
    if discussions::rounds(tx, task.id)? >= discussion::MOST_ROUNDS {
        return refuse(format!("{} rounds of discussion are the most", discussion::MOST_ROUNDS));
    }
    let round = discussions::open(tx, task.id, agents)?;
    let body = format!(
        "Round {round} of the discussion about this goal. Each of you says one thing at least: a position, a suggestion, a \
         claim (the part that you take, after you have created it), or a risk."
    );
    say(tx, &task, body, agents.to_vec())
}

/// Asks the coordinator to sum up what was said.
pub(super) fn summarise(tx: &mut Tx<'_>, task: Task, agent: &AgentId) -> Result<(), Failure> {
    if !discussions::ask_summary(tx, task.id, agent)? {
        return refuse(format!("nothing is discussed about {}, or it is summed up already", task.id));
    }
    let round = discussions::rounds(tx, task.id)?;
    let body = format!("Round {round} of the discussion is over. Sum up what was said: decide, and create the parts.");
    say(tx, &task, body, vec![agent.clone()])
}

fn say(tx: &mut Tx<'_>, task: &Task, body: String, mentions: Vec<AgentId>) -> Result<(), Failure> {
    let (author, comment_type) = (Actor::Policy, CommentType::Question);
    comments::insert(tx, comments::NewComment { task: task.id, author, body, comment_type, mentions })?;
    Ok(())
}
