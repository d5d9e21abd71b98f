//! Attempts: their logs, whole, in part and live, and ending one.

use std::{io::SeekFrom, path::PathBuf, time::Duration};

use futures_util::stream;
use poem_openapi::{
    OpenApi,
    param::{Header, Path, Query},
    payload::Json,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};
use tokio_util::sync::CancellationToken;

use super::{
    Served, Tag,
    bodies::operations::Kill,
    body::Body,
    caller::{Token, caller},
    files::{FilePart, part_of},
    problem::Failure,
    sse::{Item, Places, Sse},
    views::attempt::{Attempt, LogChunk},
};
use crate::{
    app::{App, attempts},
    model::{
        attempt::AttemptState,
        ids::{AttemptId, ProjectId, TaskId},
    },
};

/// How often a log that is followed is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Bytes of a log in one event.
pub(super) const CHUNK: u64 = 64 * 1024;

/// Routes of attempts.
pub struct AttemptsApi {
    app: Served,
    shutdown: CancellationToken,
    places: Places,
}

impl AttemptsApi {
    /// Over this app; its streams end with the token.
    pub fn new(app: Served, shutdown: CancellationToken, places: Places) -> Self {
        Self { app, shutdown, places }
    }
}

#[OpenApi(tag = "Tag::Attempts")]
impl AttemptsApi {
    /// What an attempt printed
    ///
    /// Takes `Range: bytes=…` with one range.
    #[oai(
        path = "/api/projects/:project/tasks/:task/attempts/:number/log",
        method = "get",
        operation_id = "getAttemptLog"
    )]
    async fn log(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        number: Path<i64>,
        /// Which bytes, such as `bytes=1000-` or `bytes=-1000`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
    ) -> Result<FilePart, Failure> {
        let id = AttemptId { project: project.0, task: task.0, number: number.0 };
        let path = attempts::log_file(&self.app, &id).await?;
        Ok(part_of(path, range.0.as_deref()).await?)
    }

    /// What an attempt prints, as it comes
    ///
    /// Events are named `log`, and `end` when the attempt is over. `id` is the place in the log behind the piece: it
    /// resumes there with `Last-Event-ID`.
    #[oai(
        path = "/api/projects/:project/tasks/:task/attempts/:number/log/stream",
        method = "get",
        operation_id = "streamAttemptLog"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the request")]
    async fn follow(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        number: Path<i64>,
        /// Begin at this byte.
        offset: Query<Option<u64>>,
        /// Begin at this byte; browsers send it when they connect again.
        #[oai(name = "Last-Event-ID")]
        last: Header<Option<u64>>,
    ) -> Result<Sse<LogChunk>, Failure> {
        let id = AttemptId { project: project.0, task: task.0, number: number.0 };
        let path = attempts::log_file(&self.app, &id).await?;
        let offset = last.0.or(offset.0).unwrap_or(0);
        let tail = Tail { app: App::clone(&self.app), id, path, offset, over: false, shutdown: self.shutdown.clone() };
        let items = stream::unfold(tail, async |mut tail| tail.next().await.map(|item| (item, tail)));
        Ok(Sse::new(items, self.places.take()?))
    }

    /// Ends an attempt's process
    #[oai(path = "/api/attempts/:id/kill", method = "post", operation_id = "killAttempt")]
    async fn kill(
        &self,
        id: Path<AttemptId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Kill>,
    ) -> Result<Json<Attempt>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(attempts::kill(&self.app, &id, &caller, body.0.reason).await?.into()))
    }
}

/// A log that is followed.
struct Tail {
    app: App,
    id: AttemptId,
    path: PathBuf,
    /// Everything before this byte was sent.
    offset: u64,
    /// The last event was sent.
    over: bool,
    shutdown: CancellationToken,
}

impl Tail {
    async fn next(&mut self) -> Option<Item<LogChunk>> {
        while !self.over {
            // Asked before the read: what was printed until the end is read then.
            let ended = attempts::get(&self.app, &self.id).await.ok()?.state == AttemptState::Ended;
            let bytes = read_at(&self.path, self.offset).await.unwrap_or_default();
            let length = if ended { bytes.len() } else { whole_characters(&bytes) };
            if length > 0 {
                return Some(self.piece("log", &bytes[..length]));
            }
            if ended {
                self.over = true;
                return Some(self.piece("end", &[]));
            }
            tokio::select! {
                () = self.shutdown.cancelled() => return None,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        None
    }

    fn piece(&mut self, name: &'static str, bytes: &[u8]) -> Item<LogChunk> {
        let data = LogChunk { offset: self.offset, text: String::from_utf8_lossy(bytes).into_owned() };
        self.offset += bytes.len() as u64;
        Item { id: Some(self.offset), name, data }
    }
}

/// A piece of a log.
pub(super) async fn read_at(path: &std::path::Path, offset: u64) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path).await?;
    file.seek(SeekFrom::Start(offset)).await?;
    let mut bytes = Vec::new();
    file.take(CHUNK).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// How many bytes can be sent without cutting a character whose end is still to be written.
pub(super) fn whole_characters(bytes: &[u8]) -> usize {
    let starts = (1..=bytes.len().min(3)).map(|back| (back, bytes[bytes.len() - back]));
    let cut = starts.into_iter().find(|(_, byte)| byte & 0b1100_0000 != 0b1000_0000).filter(|(back, byte)| {
        let needed = match byte {
            0b1100_0000..=0b1101_1111 => 2,
            0b1110_0000..=0b1110_1111 => 3,
            0b1111_0000..=0b1111_0111 => 4,
            _ => 1,
        };
        needed > *back
    });
    bytes.len() - cut.map_or(0, |(back, _)| back)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_never_cut() {
        let text = "日志".as_bytes();
        assert_eq!(whole_characters(text), 6);
        assert_eq!(whole_characters(&text[..5]), 3);
        assert_eq!(whole_characters(&text[..4]), 3);
        assert_eq!(whole_characters(&text[..2]), 0);
        assert_eq!(whole_characters(b"plain"), 5);
        assert_eq!(whole_characters(&[0x80, 0x80, 0x80]), 3);
    }
}
