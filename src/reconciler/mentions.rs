//! Mentions: an agent that is named in a comment is started to answer, once for all comments of a task that wait. When it is
//! tried, and how often, policy says (`on_mention`).

use super::plan::{Planner, Tally};
use crate::{policy::recording::Matter, store::StoreError};

/// Asks about those who wait to be told, and starts them where there is a slot.
pub(super) async fn deliver(planner: &mut Planner<'_>) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let board = planner.scene.board.clone();
    // While it runs there is nothing to try.
    for mention in board.mentions.iter().filter(|mention| !mention.is_under_way) {
        planner.world.app.recorder().aside(&board.context, Matter::Mention { mention: mention.clone() });
        let decision = planner.project.library.on_mention(mention, &board.context).await;
        tally.add(planner.carry_out(&decision).await?.0);
    }
    Ok(tally)
}
