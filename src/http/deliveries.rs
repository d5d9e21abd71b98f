//! Deliveries to channels: the log, a test, and another try.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::operations::{ChannelTest, OnlyAgent},
    body::Body,
    caller::{Created, Token, caller},
    page::{Page, Paging},
    problem::Failure,
    views::delivery::Delivery,
};
use crate::{app::notices, model::delivery::DeliveryState, store::deliveries::DeliveryQuery};

/// Routes below `/api/deliveries`.
pub struct DeliveriesApi(pub Served);

#[OpenApi(prefix_path = "/api/deliveries", tag = "Tag::Operations")]
impl DeliveriesApi {
    /// What went out by channels, newest first
    #[oai(path = "/", method = "get", operation_id = "listDeliveries")]
    async fn list(
        &self,
        /// Only in this state.
        state: Query<Option<DeliveryState>>,
        /// Only by this channel.
        channel: Query<Option<String>>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Delivery>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let query =
            DeliveryQuery { state: state.0, channel: channel.0, before: paging.number()?, limit: paging.probe() };
        let found = notices::log(&self.0, query).await?;
        Ok(Json(paging.page(found, |outgoing| outgoing.id.to_string())))
    }

    /// Sends a message by a channel, so that you see whether it works
    ///
    /// It goes the way of every delivery: look at it by its id to see how it went.
    #[oai(path = "/test", method = "post", operation_id = "testChannel")]
    async fn test(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ChannelTest>,
    ) -> Result<Created<Delivery>, Failure> {
        let ChannelTest { channel, project, agent } = body.0;
        Ok(Created::of(notices::test(&self.0, project, &channel, &caller(agent, token)?).await?))
    }

    /// One delivery
    #[oai(path = "/:id", method = "get", operation_id = "getDelivery")]
    async fn get(
        &self,
        /// Its id.
        id: Path<i64>,
    ) -> Result<Json<Delivery>, Failure> {
        Ok(Json(notices::get(&self.0, id.0).await?.into()))
    }

    /// Tries a delivery again that was given up
    #[oai(path = "/:id/retry", method = "post", operation_id = "retryDelivery")]
    async fn retry(
        &self,
        /// Its id.
        id: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<OnlyAgent>,
    ) -> Result<Json<Delivery>, Failure> {
        Ok(Json(notices::again(&self.0, id.0, &caller(body.0.agent, token)?).await?.into()))
    }
}
