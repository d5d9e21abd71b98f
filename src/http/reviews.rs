//! Reviews and rebuttals.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::records::{NewRebuttal, NewReview},
    body::Body,
    caller::{Created, Token, caller},
    page::Items,
    problem::Failure,
    views::records::{Rebuttal, Review},
};
use crate::{
    app::reviews,
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
    /// People may, and the project's agents that may review. Nobody who worked on the task may (`self_review`). What follows from it is decided by `escalation.rhai`.
    #[oai(path = "/:project/tasks/:task/reviews", method = "post", operation_id = "addReview")]
    async fn review(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewReview>,
    ) -> Result<Created<Review>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(reviews::review(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// A task's rebuttals, oldest first
    #[oai(path = "/:project/tasks/:task/rebuttals", method = "get", operation_id = "listRebuttals")]
    async fn rebuttals(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Rebuttal>>, Failure> {
        Ok(Json(Items::of(reviews::rebuttals(&self.0, &project, task.0).await?)))
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
        Ok(Created::of(reviews::rebut(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }
}
