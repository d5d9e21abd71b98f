//! Who calls: the name in the body or query, and the fencing token in the header.

use std::sync::Arc;

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions,
    payload::Json,
    registry::{MetaParamIn, MetaSchemaRef, Registry},
    types::{ToJSON, Type},
};

use super::problem::{Failure, Problem};
use crate::{
    app::{Caller, repeats},
    model::{
        ids::{Actor, AgentId},
        key::ApiKey,
    },
};

/// Header of the key that lets a write be sent again; the document lists it beside the token (see `openapi`).
pub(super) const KEY_HEADER: &str = "Idempotency-Key";

/// What the headers say about the caller: the fencing token of an attempt in `X-Moziplus-Token`, and the write's key.
pub struct Token {
    token: Option<String>,
    key: Option<String>,
    /// Who the API key lets write, when it is an agent's.
    bound_to: Option<AgentId>,
}

impl<'a> ApiExtractor<'a> for Token {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    const PARAM_IS_REQUIRED: bool = false;

    type ParamType = Option<String>;
    type ParamRawType = String;

    fn register(registry: &mut Registry) {
        <Option<String> as Type>::register(registry);
    }

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(<Option<String> as Type>::schema_ref())
    }

    fn param_raw_type(&self) -> Option<&String> {
        self.token.as_ref()
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<Option<String>>,
    ) -> poem::Result<Self> {
        let header = |name: &str| one_header(request, name).map_err(Failure::from);
        let key = header(KEY_HEADER)?;
        if let Some(key) = &key {
            repeats::check_key(key).map_err(Failure::from)?;
        }
        let bound_to = request.data::<Arc<ApiKey>>().and_then(|key| key.agent.clone());
        Ok(Self { token: header(options.name)?, key, bound_to })
    }
}

/// A header that stands there once, as text; none when it is empty or missing. What cannot be read is not taken for
/// nothing: the caller meant something by it.
fn one_header(request: &Request, name: &str) -> Result<Option<String>, Problem> {
    let mut values = request.headers().get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let hint = "send the header once, as it was given to you";
    if values.next().is_some() {
        return Err(Problem::invalid(name, format!("the header {name} stands there more than once"), hint));
    }
    match value.to_str() {
        Ok(text) => Ok(Some(text.to_owned()).filter(|text| !text.is_empty())),
        Err(_) => Err(Problem::invalid(name, format!("the header {name} is no printable text"), hint)),
    }
}

/// The caller; a person when nobody is named. Nobody plays the daemon from outside.
pub fn caller(named: Option<Actor>, token: Token) -> Result<Caller, Problem> {
    let actor = match &token.bound_to {
        Some(agent) => bound(agent, named)?,
        None => named.unwrap_or_else(Actor::human),
    };
    if matches!(actor, Actor::Daemon | Actor::Policy) {
        let detail = format!("nobody acts as `{actor}` from outside");
        return Err(Problem::invalid("agent", detail, "use an agent's id, `human` or `human:<name>`"));
    }
    Ok(Caller::new(actor).with_token(token.token).repeatable(token.key))
}

/// With an agent's key nobody writes in another name.
fn bound(agent: &AgentId, named: Option<Actor>) -> Result<Actor, Problem> {
    let own = Actor::Agent(agent.clone());
    match named.filter(|named| *named != own) {
        None => Ok(own),
        Some(other) => {
            let detail = format!("this key writes as `{own}`, not as `{other}`");
            Err(Problem::new("not_assignee", detail, "leave the name out, or use another key"))
        }
    }
}

/// The answer to a creation: the whole object.
#[derive(Debug, ApiResponse)]
pub enum Created<T: ToJSON> {
    /// The new object
    #[oai(status = 201)]
    Created(Json<T>),
}

impl<T: ToJSON> Created<T> {
    /// Answers with this object.
    pub fn of(model: impl Into<T>) -> Self {
        Self::Created(Json(model.into()))
    }
}
