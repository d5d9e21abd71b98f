//! What callers see when something is wrong: one error object, with the status that its code has in the contract.

use poem::{
    IntoResponse, Response,
    error::{MethodNotAllowedError, NotFoundError},
    http::StatusCode,
};
use poem_openapi::{
    ApiResponse, Object,
    error::{ParseParamError, ParsePathError},
    payload::Json,
};

use crate::app::error::AppError;

/// The body of every answer of 400 and more.
#[derive(Debug, Clone, PartialEq, Eq, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Problem {
    /// A stable code, such as `invalid_transition`, `stale_token`, `not_found` or `validation`.
    pub error: String,
    /// What happened, for people.
    pub detail: String,
    /// What would have been right, where that can be listed.
    pub valid_values: Option<Vec<String>>,
    /// What a task must have to be complete and has not, each in words; with `gate_failed`.
    pub missing: Option<Vec<String>>,
    /// What to do next; there with every 4xx.
    pub hint: Option<String>,
    /// The field of the request that was wrong, such as `issues[0].severity`.
    pub field: Option<String>,
}

impl Problem {
    /// A problem with its code, what happened, and what to do next.
    pub fn new(error: &str, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        let (detail, hint) = (detail.into(), Some(hint.into()));
        Self { error: error.into(), detail, valid_values: None, missing: None, hint, field: None }
    }

    /// A request that is not well formed.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        let field = Some(field.into()).filter(|field: &String| !field.is_empty());
        Self { field, ..Self::new("validation", detail, hint) }
    }

    /// With what would have been right.
    #[must_use]
    pub fn valid_values(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.valid_values = Some(values.into_iter().map(Into::into).collect());
        self
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let (valid_values, missing) = (error.valid_values(), error.missing().to_vec());
        Self {
            error: error.code().into(),
            detail: error.to_string(),
            valid_values: (!valid_values.is_empty()).then_some(valid_values),
            missing: (!missing.is_empty()).then_some(missing),
            hint: error.hint(),
            field: error.field().map(Into::into),
        }
    }
}

/// An answer of 400 and more; every operation can give each of them.
#[derive(Debug, ApiResponse)]
pub enum Failure {
    /// No API key, or a wrong one (`unauthorized`)
    #[oai(status = 401)]
    Unauthorized(Json<Problem>),
    /// Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
    /// `out_of_scope`)
    #[oai(status = 403)]
    Forbidden(Json<Problem>),
    /// There is no such thing (`not_found`)
    #[oai(status = 404)]
    NotFound(Json<Problem>),
    /// The route has no such method (`method_not_allowed`)
    #[oai(status = 405)]
    NoSuchMethod(Json<Problem>),
    /// Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
    /// `project_busy`, `conflict`)
    #[oai(status = 409)]
    Conflict(Json<Problem>),
    /// The body is too large (`too_large`)
    #[oai(status = 413)]
    TooLarge(Json<Problem>),
    /// The request is not well formed (`validation`, `dependency_cycle`)
    #[oai(status = 422)]
    Invalid(Json<Problem>),
    /// Too many requests or live streams (`rate_limited`)
    #[oai(status = 429)]
    TooOften(Json<Problem>),
    /// The server's own fault (`internal`)
    #[oai(status = 500)]
    Internal(Json<Problem>),
    /// Not at the moment (`quarantined`, `starting`, `busy`)
    #[oai(status = 503)]
    Unavailable(Json<Problem>),
    /// The disk is full; nothing was changed (`disk_full`)
    #[oai(status = 507)]
    DiskFull(Json<Problem>),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let answer = match problem.error.as_str() {
            "unauthorized" => Self::Unauthorized,
            "not_assignee" | "self_review" | "foreign_host" | "foreign_origin" | "path_outside" | "out_of_scope" => {
                Self::Forbidden
            }
            "not_found" => Self::NotFound,
            "method_not_allowed" => Self::NoSuchMethod,
            "invalid_transition" | "stale_token" | "already_claimed" | "gate_failed" | "project_archived"
            | "project_busy" | "conflict" => Self::Conflict,
            "too_large" => Self::TooLarge,
            "validation" | "dependency_cycle" => Self::Invalid,
            "rate_limited" => Self::TooOften,
            "quarantined" | "starting" | "busy" => Self::Unavailable,
            "disk_full" => Self::DiskFull,
            _ => Self::Internal,
        };
        answer(Json(problem))
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        if matches!(error, AppError::Internal(_)) {
            tracing::error!(%error, "a request failed");
        }
        Problem::from(error).into()
    }
}

/// The answer to an error that poem itself raised, or that is ready as it is.
pub async fn answer(error: poem::Error) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    if error.downcast_ref::<MethodNotAllowedError>().is_some() {
        let hint = "see /api/docs for the methods of each route";
        let problem = Problem::new("method_not_allowed", "this route has no such method", hint);
        return Failure::from(problem).into_response();
    }
    Failure::from(problem_of(&error)).into_response()
}

/// The answer when a handler panicked; the panic itself is in the log.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::from(internal()).into_response()
}

fn internal() -> Problem {
    Problem::from(AppError::Internal("something went wrong; the log says what".into()))
}

fn problem_of(error: &poem::Error) -> Problem {
    if let Some(wrong) = error.downcast_ref::<ParsePathError>() {
        let detail = match reason(&wrong.reason) {
            reason if is_no_number(reason) => "an id in the path must be a whole number".to_owned(),
            reason => reason.to_owned(),
        };
        return Problem::new("not_found", detail, "check the ids in the path; lists show which there are");
    }
    if let Some(wrong) = error.downcast_ref::<ParseParamError>() {
        return wrong_parameter(wrong.name, reason(&wrong.reason));
    }
    if error.downcast_ref::<NotFoundError>().is_some() {
        return Problem::new("not_found", "there is no such route", "see /api/docs for all routes");
    }
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        status if status.is_client_error() => {
            Problem::invalid("", error.to_string(), "see /api/docs for what this route takes")
        }
        _ => {
            tracing::error!(%error, "a request failed");
            internal()
        }
    }
}

/// The body has more bytes than the server takes.
pub fn too_large() -> Problem {
    Problem::from(AppError::TooLarge("the request's body is too large".into()))
}

fn wrong_parameter(name: &str, reason: &str) -> Problem {
    let bound = |rule: &str| reason.strip_prefix("verification failed. ")?.strip_prefix(rule)?.split([',', ')']).next();
    let detail = match (bound("minimum("), bound("maximum(")) {
        (Some(least), _) => format!("{name} must be at least {least}"),
        (_, Some(most)) => format!("{name} must be at most {most}"),
        _ if is_no_number(reason) => format!("{name} must be a whole number"),
        _ if reason.ends_with("expects an input value.") => format!("{name} is missing"),
        _ => format!("{name}: {reason}"),
    };
    let problem = Problem::invalid(name, detail, "see /api/docs for the parameters of this route");
    let problem = match name {
        // Every list has the same.
        "limit" => problem.valid_values(["1 to 500"]),
        "after" | "offset" => problem.valid_values(["0 or more"]),
        _ => problem,
    };
    match reason.split_once("; it is one of ") {
        Some((_, words)) => {
            Problem { hint: Some("use one of valid_values".into()), ..problem }.valid_values(words.split(", "))
        }
        None => problem,
    }
}

/// What the standard library says about a text that is no number.
fn is_no_number(reason: &str) -> bool {
    let said = ["invalid digit", "cannot parse integer", "number too large", "number too small"];
    said.iter().any(|words| reason.contains(words))
}

/// Without poem's own words: `failed to parse "task-id": …` and `… (occurred while parsing "optional_task-id")`.
fn reason(text: &str) -> &str {
    let text =
        text.strip_prefix("failed to parse \"").and_then(|rest| rest.split_once("\": ")).map_or(text, |(_, rest)| rest);
    text.split_once(" (occurred while parsing").map_or(text, |(inner, _)| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_the_status_of_the_contract() {
        let statuses = [
            (401, "unauthorized"),
            (403, "not_assignee self_review foreign_host foreign_origin path_outside"),
            (404, "not_found"),
            (405, "method_not_allowed"),
            (409, "invalid_transition stale_token already_claimed gate_failed project_archived project_busy conflict"),
            (413, "too_large"),
            (422, "validation dependency_cycle"),
            (500, "internal"),
            (503, "quarantined starting busy"),
            (507, "disk_full"),
        ];
        for (status, codes) in statuses {
            for code in codes.split(' ') {
                let response = Failure::from(Problem::new(code, "", "")).into_response();
                assert_eq!(response.status().as_u16(), status, "{code}");
            }
        }
    }

    #[test]
    fn what_poem_says_is_told_without_its_own_words() {
        assert_eq!(reason("failed to parse \"task-id\": `x` is not a valid task id"), "`x` is not a valid task id");
        let nested = "failed to parse \"order\": `best` is not an order; it is one of a, b (occurred while parsing \"optional_order\")";
        let problem = wrong_parameter("sort", reason(nested));
        assert_eq!(problem.detail, "sort: `best` is not an order; it is one of a, b");
        assert_eq!(problem.valid_values.unwrap(), ["a", "b"]);
        let bound = wrong_parameter("limit", "verification failed. maximum(500, exclusive: false)");
        assert_eq!(bound.detail, "limit must be at most 500");
    }
}
