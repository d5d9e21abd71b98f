//! Mentions: an agent that is named in a comment is started to answer, once for all comments of a task that wait. When it is
//! tried, and how often, policy says (`on_mention`).

use super::plan::{Planner, Tally};
use crate::{
    policy::{fault::ScriptFault, recording::Matter},
    store::StoreError,
};

/// Asks about those who wait to be told, and starts them where there is a slot; also answers with the first fault.
pub(super) async fn deliver(planner: &mut Planner<'_>) -> Result<(Tally, Option<ScriptFault>), StoreError> {
    let (mut tally, mut fault) = (Tally::default(), None);
    let board = planner.scene.board.clone();
    // While it runs there is nothing to try.
    for mention in board.mentions.iter().filter(|mention| !mention.is_under_way) {
        planner.world.app.recorder().aside(&board.context, Matter::Mention { mention: mention.clone() });
        let decision = planner.project.library.on_mention(mention, &board.context).await;
        fault = fault.or_else(|| decision.fault.clone());
        tally.add(planner.carry_out(&decision).await?.0);
    }
    Ok((tally, fault))
}
