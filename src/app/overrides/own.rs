//! A place's own file of a script, whether it is in force or not: what was refused is somebody's work, too.

use std::{io, path::Path};

use super::{Name, Place, cannot, library, off_loop};
use crate::{
    app::{App, error::AppError, requests::Caller, versions},
    policy::source,
    watch::plain,
};

/// What is told of a text that was saved while other files keep the whole set from coming into force.
pub(super) async fn not_in_force(app: &App, place: Place<'_>, name: &str) -> Result<AppError, AppError> {
    let fault = library(app, place).await?.status().last_error;
    let why = fault.map_or_else(|| "the set of scripts is refused".to_owned(), |fault| fault.to_string());
    let hint = "mend that file, too: a set comes into force as a whole";
    Ok(AppError::in_the_way(format!("{name} is saved, and is not in force yet: {why}"), hint))
}

/// A text on the disk that is in no version, for it was refused, becomes one before it is written over.
pub(super) async fn keep(
    app: &App,
    place: Place<'_>,
    (script, path): (&Name, &Path),
    caller: &Caller,
) -> Result<(), AppError> {
    let name = script.shown();
    let Some(own) = text(path).await? else { return Ok(()) };
    let known = versions::list(app, place, &name).await?;
    if known.iter().any(|version| version.source.as_deref() == Some(own.as_str())) {
        return Ok(());
    }
    versions::note(app, (place, &name), Some(&own), &caller.actor).await
}

/// What a place's own file says, whether that is in force or not; none when there is none. One that is no text is somebody's
/// to look at.
pub(super) async fn text(path: &Path) -> Result<Option<String>, AppError> {
    let path = path.to_owned();
    off_loop(move || match plain::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let hint = "move it away, or save it with the encoding UTF-8";
            Err(AppError::in_the_way(format!("{} is there, and is not UTF-8 text", path.display()), hint))
        }
        Err(error) => Err(cannot("read", &path, error)),
    })
    .await?
}

/// The hash of a place's own file, whether it is in force or not; none when there is none.
pub(super) async fn hash(path: &Path) -> Result<Option<String>, AppError> {
    Ok(text(path).await?.map(|text| source::hash_of(&text)))
}
