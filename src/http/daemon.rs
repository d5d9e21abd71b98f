//! The daemon: how it is doing, and its ticker.

use poem_openapi::{OpenApi, param::Query, payload::Json};

use super::{
    Served, Tag,
    bodies::operations::NewLogLevel,
    body::Body,
    caller::{Token, caller},
    page::{Page, Paging},
    problem::Failure,
    views::{
        attempt::Attempt,
        daemon::{DaemonStatus, TickReport, Ticker},
        storage::Storage,
        trends::{LogLevelInForce, Trends},
    },
};
use crate::app::{attempts, log_level, status, storage, trends};

/// Minutes that are shown when the caller does not say.
const SHOWN_MINUTES: u32 = 180;
/// Points at most when the caller does not say.
const SHOWN_POINTS: u32 = 180;

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

    /// How the daemon's figures have developed
    ///
    /// A point a minute, for a day at most; they begin anew with each start of the daemon. More points than wanted are
    /// drawn together: counts are added, of peaks the highest is shown, of the rest the last.
    #[oai(path = "/trends", method = "get", operation_id = "getTrends")]
    async fn trends(
        &self,
        /// Of the last so many minutes; 180 when none.
        #[oai(validator(minimum(value = "1"), maximum(value = "1440")))]
        minutes: Query<Option<u32>>,
        /// At most so many points; 180 when none.
        #[oai(validator(minimum(value = "1"), maximum(value = "1440")))]
        points: Query<Option<u32>>,
    ) -> Result<Json<Trends>, Failure> {
        let (minutes, points) = (minutes.0.unwrap_or(SHOWN_MINUTES), points.0.unwrap_or(SHOWN_POINTS));
        let found = self.0.trends().of_last(minutes, points, self.0.now());
        Ok(Json(Trends::of(found, trends::INTERVAL_SECONDS)))
    }

    /// At which level is logged
    #[oai(path = "/log-level", method = "get", operation_id = "getLogLevel")]
    async fn log_level(&self) -> Result<Json<LogLevelInForce>, Failure> {
        Ok(Json(log_level::get(&self.0).into()))
    }

    /// Logs at another level until the daemon stops
    ///
    /// For people. The next start is at the level of the configuration again.
    #[oai(path = "/log-level", method = "put", operation_id = "setLogLevel")]
    async fn set_log_level(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewLogLevel>,
    ) -> Result<Json<LogLevelInForce>, Failure> {
        let NewLogLevel { level, agent } = body.0;
        Ok(Json(log_level::set(&self.0, level.as_deref(), &caller(agent, token)?).await?.into()))
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
