//! Reminders: whatever an agent asks next, the answer brings what it is to be reminded of, in a header.

use poem::{Endpoint, IntoResponse, Request, Response, http::HeaderValue};

use crate::{
    app::{App, attempts},
    client::request::{NUDGE_HEADER, encoded},
    model::ids::ProjectId,
};

/// Answers, and adds what waits for the attempt whose token came along.
pub(super) async fn told(
    app: App,
    next: impl Endpoint<Output: IntoResponse>,
    request: Request,
) -> poem::Result<Response> {
    let who = attempt_of(&request);
    let mut response = next.call(request).await?.into_response();
    if let Some((project, token)) = who {
        match attempts::take_nudge(&app, &project, &token).await {
            Ok(Some(text)) => {
                if let Ok(value) = HeaderValue::from_str(&encoded(&text)) {
                    response.headers_mut().insert(NUDGE_HEADER, value);
                }
            }
            Ok(None) => {}
            // The answer itself is right; the reminder waits for the next one.
            Err(error) => tracing::debug!(%project, %error, "a reminder could not be looked up"),
        }
    }
    Ok(response)
}

/// The project and the token of a request on behalf of an attempt.
fn attempt_of(request: &Request) -> Option<(ProjectId, String)> {
    let token = request.header("X-Moziplus-Token").filter(|token| !token.is_empty())?;
    let project = request.uri().path().strip_prefix("/api/projects/")?.split('/').next()?;
    Some((project.parse().ok()?, token.to_owned()))
}
