//! Webhooks in.

use poem::Request;
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions, OpenApi,
    param::{Path, Query},
    payload::Json,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
};

use super::{
    Served, Tag,
    page::{Page, Paging},
    problem::Failure,
    views::delivery::{ReceivedWebhook, TakenWebhook},
};
use crate::app::webhooks::{self, Letter};

/// Routes below `/api/webhooks`.
pub struct WebhooksApi(pub Served);

/// Headers that may hold a signature, and what stands in front of its hex.
const SIGNATURES: [(&str, &str); 3] =
    [("x-hub-signature-256", "sha256="), ("x-gitea-signature", ""), ("x-forgejo-signature", "")];

/// A body as it came: its bytes were signed. With it the headers that tell what it is.
pub struct Signed {
    body: Vec<u8>,
    event: String,
    delivery: Option<String>,
    signature: Option<String>,
}

impl<'a> ApiExtractor<'a> for Signed {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(_: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let schema = MetaSchemaRef::Inline(Box::new(MetaSchema::ANY));
        let content = vec![MetaMediaType { content_type: "application/json", schema }];
        Some(MetaRequest { description: Some("What the forge sends."), content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut poem::RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let body = <Vec<u8> as poem::FromRequest>::from_request(request, body).await?;
        let first = |names: &[&str]| {
            names.iter().find_map(|name| request.header(*name)).filter(|value| value.len() <= 200).map(str::to_owned)
        };
        let signature =
            SIGNATURES.iter().find_map(|(name, prefix)| Some(request.header(*name)?.strip_prefix(prefix)?.to_owned()));
        Ok(Self {
            body,
            event: first(&["x-gitea-event", "x-forgejo-event", "x-github-event"]).unwrap_or_default(),
            delivery: first(&["x-gitea-delivery", "x-forgejo-delivery", "x-github-delivery"]),
            signature,
        })
    }
}

#[OpenApi(prefix_path = "/api/webhooks", tag = "Tag::Operations")]
impl WebhooksApi {
    /// Takes a webhook of Gitea, Forgejo or GitHub
    ///
    /// Its signature (`X-Hub-Signature-256` or `X-Gitea-Signature`) is checked with the secret of the source; an API key is
    /// not needed. `webhook.rhai` decides what follows, by lines for the inbox.
    #[oai(path = "/:source", method = "post", operation_id = "receiveWebhook")]
    async fn receive(
        &self,
        /// Name of the source in `webhooks` of the configuration.
        source: Path<String>,
        signed: Signed,
    ) -> Result<Json<TakenWebhook>, Failure> {
        let Signed { body, event, delivery, signature } = signed;
        let letter = Letter { source: source.0, event, delivery, signature, body };
        Ok(Json(webhooks::receive(&self.0, letter).await?.into()))
    }

    /// The webhooks that came in, newest first
    #[oai(path = "/", method = "get", operation_id = "listWebhooks")]
    async fn list(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<ReceivedWebhook>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let found = webhooks::log(&self.0, paging.number()?, paging.probe()).await?;
        Ok(Json(paging.page(found, |received| received.id.to_string())))
    }
}
