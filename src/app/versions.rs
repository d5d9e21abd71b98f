//! The history of scripts: what each said, since when, and who saved it.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{App, error::AppError, overrides::Place};
use crate::{
    model::ids::Actor,
    policy::source::{Level, SourceSet},
    store::{Db, StoreError, Tx, script_versions},
};

/// What a script said from some time on.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counts up over all scripts.
    pub id: i64,
    /// SHA-256 of the text; none where the script was taken away.
    pub hash: Option<String>,
    /// The text; none where the script was taken away.
    pub source: Option<String>,
    /// Who saved it; none when the file was changed by other means.
    pub author: Option<String>,
    /// Since when.
    pub at: DateTime<Utc>,
    /// True for the newest.
    pub is_current: bool,
}

/// The versions of a place's own script, newest first.
pub async fn list(app: &App, place: Place<'_>, name: &str) -> Result<Vec<Version>, AppError> {
    let (place, name) = (key(place), name.to_owned());
    let read = move |db: &Db<'_>| Ok::<_, AppError>(script_versions::of_script(db, &place, &name)?);
    let versions = app.daemon().read(read).await?;
    let view = |(index, version): (usize, script_versions::ScriptVersion)| Version {
        id: version.id,
        hash: version.source.as_ref().map(|source| hex::encode(Sha256::digest(source))),
        source: version.source,
        author: version.author,
        at: version.at,
        is_current: index == 0,
    };
    Ok(versions.into_iter().enumerate().map(view).collect())
}

/// Notes that somebody saved a script, or (no text) took it away.
pub(super) async fn note(
    app: &App,
    (place, name): (Place<'_>, &str),
    source: Option<&str>,
    author: &Actor,
) -> Result<(), AppError> {
    let (place, name, author) = (key(place), name.to_owned(), author.to_string());
    let source = source.map(str::to_owned);
    let write =
        move |tx: &mut Tx<'_>| script_versions::note(tx, (&place, &name), source.as_deref(), Some(&author)).map(drop);
    app.daemon().write(app.now(), write).await.map_err(|error: StoreError| error.into())
}

/// Notes what came into force although nobody saved it here: files that were changed by other means.
pub(super) async fn note_files(app: &App, place: Place<'_>, sources: &SourceSet) {
    let (own, place) = (key(place), place.is_some());
    let sources = sources.clone();
    let write = move |tx: &mut Tx<'_>| {
        note_level(tx, "", Level::Root, &sources)?;
        if place { note_level(tx, &own, Level::Project, &sources) } else { Ok(()) }
    };
    if let Err(error) = app.daemon().write(app.now(), write).await {
        tracing::warn!(%error, "the history of the scripts could not be written");
    }
}

fn note_level(tx: &mut Tx<'_>, place: &str, level: Level, sources: &SourceSet) -> Result<(), StoreError> {
    let files: Vec<_> = sources.files().iter().filter(|file| file.level == level).collect();
    for file in &files {
        script_versions::note(tx, (place, &file.name), Some(&file.text), None)?;
    }
    let gone = script_versions::present(tx, place)?.into_iter().filter(|name| {
        // Scripts of jobs and tests are no part of the set.
        let is_policy = !name.starts_with("jobs.") && !name.ends_with("_test");
        is_policy && !files.iter().any(|file| file.name == *name)
    });
    for name in gone {
        script_versions::note(tx, (place, &name), None, None)?;
    }
    Ok(())
}

fn key(place: Place<'_>) -> String {
    place.map(ToString::to_string).unwrap_or_default()
}
