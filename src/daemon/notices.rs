//! Brings together who reads events, who judges them and who delivers.

use std::sync::Arc;

use futures_util::FutureExt;

use crate::{
    alerts::{self, Alerts, Feed, Passed},
    app::{App, keeper::Keeper, notices::Notices},
};

/// Starts the loops that tell people what happens.
pub fn start(app: &App, keeper: &Keeper) {
    let alerts = Alerts { db: app.daemon().clone(), config: app.config().clone(), clock: app.clock().clone() };
    let feed = feed(app);
    let (routing, sending) = (alerts.clone(), alerts);
    let (stop_routing, stop_sending) = (keeper.stop().clone(), keeper.stop().clone());
    keeper.keep("notices", move || alerts::route(routing.clone(), feed.clone(), stop_routing.clone()));
    keeper.keep("deliveries", move || alerts::send(sending.clone(), stop_sending.clone()));
}

fn feed(app: &App) -> Feed {
    let (reading, judging) = (Notices::new(app.clone()), Notices::new(app.clone()));
    Feed {
        history: Arc::new(move |after, limit| {
            let notices = reading.clone();
            async move {
                let (events, last) = notices.after(after, limit).await.map_err(|error| error.to_string())?;
                Ok(Passed { events, last })
            }
            .boxed()
        }),
        judge: Arc::new(move |event| {
            let notices = judging.clone();
            async move { notices.judge(&event).await }.boxed()
        }),
    }
}
