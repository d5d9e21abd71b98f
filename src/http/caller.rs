//! Who calls: the name in the body or query, and the fencing token in the header.

use poem_openapi::{ApiResponse, param::Header, payload::Json, types::ToJSON};

use super::problem::Problem;
use crate::{app::Caller, model::ids::Actor};

/// `X-Moziplus-Token`: the fencing token of an attempt.
pub type Token = Header<Option<String>>;

/// The caller; a person when nobody is named. Nobody plays the daemon from outside.
pub fn caller(named: Option<Actor>, token: Token) -> Result<Caller, Problem> {
    let actor = named.unwrap_or_else(Actor::human);
    if matches!(actor, Actor::Daemon | Actor::Policy) {
        let detail = format!("nobody acts as `{actor}` from outside");
        return Err(Problem::invalid("agent", detail, "use an agent's id, `human` or `human:<name>`"));
    }
    Ok(Caller::new(actor).with_token(token.0.filter(|token| !token.is_empty())))
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
