//! What was in each copy when it was made, kept in `daemon.db` for the restore drill.

use std::collections::BTreeMap;

use crate::{
    app::{App, error::AppError},
    store::{Db, StoreError, Tx, backup::Copied},
};

/// Copies of a part that are remembered; more than any policy keeps.
const MOST: usize = 1000;

/// Rows of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Tasks.
    pub tasks: i64,
    /// Events.
    pub events: i64,
}

impl From<&Copied> for Counts {
    fn from(copied: &Copied) -> Self {
        Self { tasks: copied.tasks_count, events: copied.events_count }
    }
}

/// By the name of the copy, which begins with its time.
type Known = BTreeMap<String, Counts>;

fn key(part: &str) -> String {
    format!("copies:{part}")
}

fn known(db: &Db<'_>, part: &str) -> Result<Known, StoreError> {
    Ok(db.meta(&key(part))?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Notes what is in a fresh copy of a part.
pub(super) async fn keep(app: &App, part: &str, copied: &Copied) -> Result<(), AppError> {
    let name = copied.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (part, counts) = (part.to_owned(), Counts::from(copied));
    let write = move |tx: &mut Tx<'_>| {
        let mut known = known(tx, &part)?;
        known.insert(name, counts);
        while known.len() > MOST {
            known.pop_first();
        }
        tx.set_meta(&key(&part), &serde_json::to_string(&known).unwrap_or_default())
    };
    Ok(app.daemon().write::<_, StoreError, _>(app.now(), write).await?)
}

/// What was in the copy with this id when it was made; none for copies of older versions.
pub async fn of(app: &App, id: &str) -> Result<Option<Counts>, AppError> {
    let Some((part, name)) = id.split_once('.') else { return Ok(None) };
    let (part, name) = (part.to_owned(), name.to_owned());
    let read = move |db: &Db<'_>| Ok::<_, StoreError>(known(db, &part)?.get(&name).copied());
    Ok(app.daemon().read(read).await?)
}
