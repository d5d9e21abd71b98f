//! The daemon: how it is doing, and its ticker.

use poem_openapi::{OpenApi, param::Query, payload::Json};

use super::{
    Served, Tag,
    page::{Page, Paging},
    problem::Failure,
    views::{
        attempt::Attempt,
        daemon::{DaemonStatus, TickReport, Ticker},
        storage::Storage,
    },
};
use crate::app::{attempts, status, storage};

/// Routes below `/api/daemon`.
pub struct DaemonApi(pub Served);

#[OpenApi(prefix_path = "/api/daemon", tag = "Tag::Daemon")]
impl DaemonApi {
    /// How the daemon and its projects are doing
    #[oai(path = "/status", method = "get", operation_id = "getDaemonStatus")]
    async fn status(&self) -> Result<Json<DaemonStatus>, Failure> {
        Ok(Json(status::daemon(&self.0).await?.into()))
    }

    /// What takes up space below the root
    ///
    /// Sizes in bytes, added up now; `retention` of the configuration says what is removed when.
    #[oai(path = "/storage", method = "get", operation_id = "getStorage")]
    async fn storage(&self) -> Result<Json<Storage>, Failure> {
        Ok(Json(storage::measure(&self.0).await?.into()))
    }

    /// Attempts that are live now
    #[oai(path = "/sessions", method = "get", operation_id = "listSessions")]
    async fn sessions(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Attempt>>, Failure> {
        let sessions = attempts::sessions(&self.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(sessions, |attempt| attempt.id.to_string())?))
    }

    /// Stops the ticker
    ///
    /// Nobody is dispatched any more; the server and the attempts that run go on.
    #[oai(path = "/stop", method = "post", operation_id = "stopTicker")]
    async fn stop(&self) -> Result<Json<Ticker>, Failure> {
        Ok(self.set_ticking(false))
    }

    /// Starts the ticker
    #[oai(path = "/start", method = "post", operation_id = "startTicker")]
    async fn start(&self) -> Result<Json<Ticker>, Failure> {
        Ok(self.set_ticking(true))
    }

    /// Ticks every project now
    ///
    /// Answers when all are done, whether the ticker runs or not.
    #[oai(path = "/tick", method = "post", operation_id = "tick")]
    async fn tick(&self) -> Result<Json<TickReport>, Failure> {
        Ok(Json(self.0.control().tick().await?.into()))
    }

    fn set_ticking(&self, on: bool) -> Json<Ticker> {
        self.0.control().set_ticking(on);
        Json(Ticker { ticker_running: *self.0.control().ticking().borrow() })
    }
}
