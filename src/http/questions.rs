//! What waits for a person: dead letters and checkpoints.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::{
        records::{CheckpointAnswer, NewCheckpoint},
        tasks::By,
    },
    body::Body,
    caller::{Created, Token, caller},
    page::{Page, Paging},
    problem::Failure,
    views::records::{Checkpoint, DeadLetter},
};
use crate::{
    app::{checkpoints, letters},
    model::ids::ProjectId,
};

/// Routes of a project's dead letters and checkpoints.
pub struct QuestionsApi(pub Served);

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Attention")]
impl QuestionsApi {
    /// Late writes that were refused and kept, newest first
    #[oai(path = "/:project/dead-letters", method = "get", operation_id = "listDeadLetters")]
    async fn letters(
        &self,
        project: Path<ProjectId>,
        /// Only those that nobody has settled yet.
        #[oai(default)]
        open: Query<bool>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<DeadLetter>>, Failure> {
        let found = letters::list(&self.0, &project, open.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(found, |letter| letter.id.to_string())?))
    }

    /// Does what a late write wanted to do, on a person's responsibility
    #[oai(path = "/:project/dead-letters/:letter/apply", method = "post", operation_id = "applyDeadLetter")]
    async fn apply(
        &self,
        project: Path<ProjectId>,
        letter: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<DeadLetter>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(letters::apply(&self.0, &project, letter.0, &caller).await?.into()))
    }

    /// Puts a late write aside for good
    #[oai(path = "/:project/dead-letters/:letter/discard", method = "post", operation_id = "discardDeadLetter")]
    async fn discard(
        &self,
        project: Path<ProjectId>,
        letter: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<DeadLetter>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(letters::discard(&self.0, &project, letter.0, &caller).await?.into()))
    }

    /// Questions to people, newest first
    #[oai(path = "/:project/checkpoints", method = "get", operation_id = "listCheckpoints")]
    async fn checkpoints(
        &self,
        project: Path<ProjectId>,
        /// Only those that wait for an answer.
        #[oai(default)]
        open: Query<bool>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Checkpoint>>, Failure> {
        let found = checkpoints::list(&self.0, &project, open.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(found, |checkpoint| checkpoint.id.to_string())?))
    }

    /// Asks a person; the task waits for the answer
    #[oai(path = "/:project/checkpoints", method = "post", operation_id = "openCheckpoint")]
    async fn ask(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewCheckpoint>,
    ) -> Result<Created<Checkpoint>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(checkpoints::open(&self.0, &project, &caller(who, token)?, new).await?))
    }

    /// Answers a question
    #[oai(path = "/:project/checkpoints/:checkpoint/answer", method = "post", operation_id = "answerCheckpoint")]
    async fn answer(
        &self,
        project: Path<ProjectId>,
        checkpoint: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<CheckpointAnswer>,
    ) -> Result<Json<Checkpoint>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(checkpoints::answer(&self.0, &project, checkpoint.0, &caller, body.0.answer).await?.into()))
    }
}
