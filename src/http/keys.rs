//! Keys to the API.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::operations::{NewApiKey, OnlyAgent},
    body::Body,
    caller::{Created, Token, caller},
    page::Items,
    problem::Failure,
    views::keys::{ApiKey, FreshApiKey},
};
use crate::{app::keys, model::key::NewKey};

/// Routes below `/api/keys`.
pub struct KeysApi(pub Served);

#[OpenApi(prefix_path = "/api/keys", tag = "Tag::Operations")]
impl KeysApi {
    /// The keys, newest first; never their secrets
    #[oai(path = "/", method = "get", operation_id = "listKeys")]
    async fn list(&self) -> Result<Json<Items<ApiKey>>, Failure> {
        Ok(Json(Items::of(keys::list(&self.0).await?)))
    }

    /// Makes a key
    ///
    /// Its secret is in this answer and nowhere else.
    #[oai(path = "/", method = "post", operation_id = "createKey")]
    async fn create(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewApiKey>,
    ) -> Result<Created<FreshApiKey>, Failure> {
        let NewApiKey { name, scope, agent, project, task, days, by } = body.0;
        let new = NewKey { name, scope, agent, project, task, days };
        Ok(Created::of(keys::create(&self.0, new, &caller(by, token)?).await?))
    }

    /// Gives a key another secret; the old one opens nothing any more
    #[oai(path = "/:id/rotate", method = "post", operation_id = "rotateKey")]
    async fn rotate(
        &self,
        /// Its id.
        id: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<OnlyAgent>,
    ) -> Result<Json<FreshApiKey>, Failure> {
        Ok(Json(keys::rotate(&self.0, id.0, &caller(body.0.agent, token)?).await?.into()))
    }

    /// Ends a key
    #[oai(path = "/:id/revoke", method = "post", operation_id = "revokeKey")]
    async fn revoke(
        &self,
        /// Its id.
        id: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<OnlyAgent>,
    ) -> Result<Json<ApiKey>, Failure> {
        Ok(Json(keys::revoke(&self.0, id.0, &caller(body.0.agent, token)?).await?.into()))
    }
}
