//! Reviews and rebuttals.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::records::{NewRebuttal, NewReview},
    body::{Body, Tried},
    caller::{Created, Token, caller},
    page::Items,
    problem::Failure,
    views::{
        calibration::TrackRecord,
        records::{OutputChange, Rebuttal, Review},
    },
};
use crate::{
    app::{artefacts, rebuttals, reviews},
    model::ids::{ProjectId, TaskId},
};

/// Routes of a task's reviews and rebuttals.
pub struct ReviewsApi(pub Served);

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Reviews")]
impl ReviewsApi {
    /// A task's reviews with their issues, oldest first
    #[oai(path = "/:project/tasks/:task/reviews", method = "get", operation_id = "listReviews")]
    async fn reviews(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Review>>, Failure> {
        Ok(Json(Items::of(reviews::reviews(&self.0, &project, task.0).await?)))
    }

    /// Submits a review of a task in review
    ///
    /// People may, and the project's agents that may review. Nobody who worked on the task may (`self_review`). In a further round each issue that the author answered with REJECT or PARTIAL needs a ruling; an approval without rulings withdraws them all. A review that says nothing usable is an error of its reviewer and moves nothing. What follows from a review is decided by `escalation.rhai`.
    #[oai(path = "/:project/tasks/:task/reviews", method = "post", operation_id = "addReview")]
    async fn review(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Tried<NewReview>,
    ) -> Result<Created<Review>, Failure> {
        let body = match body.0 {
            Ok(body) => body,
            Err(problem) => {
                let sender = caller(None, token)?;
                reviews::unreadable(&self.0, &project, task.0, &sender, &problem.detail).await?;
                return Err(problem.into());
            }
        };
        let (who, new) = body.into();
        Ok(Created::of(reviews::review(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// The files that a task brought, compared with those that were judged in the round before
    #[oai(path = "/:project/tasks/:task/changes", method = "get", operation_id = "listChanges")]
    async fn changes(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
    ) -> Result<Json<Items<OutputChange>>, Failure> {
        Ok(Json(Items::of(artefacts::changes(&self.0, &project, task.0).await?)))
    }

    /// How well the confidence of each reviewer fits what became of the verdicts
    ///
    /// A verdict is confirmed or overturned by what comes later: the author's answers, rulings, decisions, a task that is opened again.
    #[oai(path = "/:project/calibration", method = "get", operation_id = "listCalibration")]
    async fn calibration(&self, project: Path<ProjectId>) -> Result<Json<Items<TrackRecord>>, Failure> {
        Ok(Json(Items::of(reviews::calibration(&self.0, &project).await?)))
    }

    /// A task's rebuttals, oldest first
    #[oai(path = "/:project/tasks/:task/rebuttals", method = "get", operation_id = "listRebuttals")]
    async fn rebuttals(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Rebuttal>>, Failure> {
        Ok(Json(Items::of(rebuttals::rebuttals(&self.0, &project, task.0).await?)))
    }

    /// Answers the issues of a review, each of them
    #[oai(path = "/:project/tasks/:task/rebuttals", method = "post", operation_id = "addRebuttal")]
    async fn rebut(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewRebuttal>,
    ) -> Result<Created<Rebuttal>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(rebuttals::rebut(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }
}
