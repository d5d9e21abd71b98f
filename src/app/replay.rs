//! What a changed script would have done in the past.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    App,
    error::AppError,
    events, overrides,
    simulate::{not_asked, note_objections},
};
use crate::{
    model::{event::Event, ids::ProjectId, snapshot::Board},
    policy::{
        fault::ScriptFault,
        hooks,
        replay::{Period, Replayed, replay as run},
        simulate::{Case, Compared},
    },
    store::daemon_db::IndexQuery,
};

/// What a replay came to.
#[derive(Debug)]
pub struct Replay {
    /// What was replayed.
    pub period: Period,
    /// Names the changed set.
    pub hash: String,
    /// Names the set in force.
    pub in_force_hash: String,
    /// Why the script could not be put in force; nothing was replayed then.
    pub problems: Vec<ScriptFault>,
    /// Hooks of the file that nothing in the period gave rise to.
    pub not_asked: Vec<&'static str>,
    /// What was found.
    pub found: Replayed,
}

/// Replays a script file of a place over a past period of a project: `since` is a time, or a span such as `24h`.
pub async fn replay(
    app: &App,
    (project, since, until): (&ProjectId, &str, Option<&str>),
    (place, script): (overrides::Place<'_>, (&str, Option<&str>)),
) -> Result<Replay, AppError> {
    let project = app.project(project)?;
    let (name, _) = script;
    let until = until.map_or(Ok(app.now()), |until| parse("until", until, app.now()))?;
    let since = parse("since", since, app.now())?;
    if since >= until {
        return Err(AppError::invalid("since", "it is not before the end of the period", "give an earlier time"));
    }
    let file = hooks::of_file(name).next().map(|hook| hook.file.to_owned());
    let events = events_of(app, &project.id, (since, until), file.as_deref()).await?;
    let period = Period { project: project.id.clone(), since, until, file, events };
    let in_force = project.library.set();
    let (hash, in_force_hash) = (in_force.hash().to_owned(), in_force.hash().to_owned());
    let changed = match overrides::changed(app, &project, (place, Some(script))).await? {
        Ok(set) => set,
        Err(problems) => {
            return Ok(Replay {
                period,
                hash,
                in_force_hash,
                problems,
                not_asked: Vec::new(),
                found: Replayed::default(),
            });
        }
    };
    let hash = changed.hash().to_owned();
    let most = i64::from(app.settings_of(&project.id).daemon.max_dispatches);
    let (folder, limits, wanted) = (app.root().recordings(), app.script_limits(), period.clone());
    let recorder = app.recorder().clone();
    let work = move || {
        recorder.flush();
        let object = |case: &Case, board: &Board, asked: &mut Compared| note_objections(case, board, most, asked);
        run(&folder, &wanted, (&in_force, &changed), (limits, &object))
    };
    let found = app.script_threads().run_apart(work).await.map_err(|lost| AppError::Internal(lost.to_string()))?;
    let found = found.map_err(|error| AppError::Internal(format!("the record cannot be read: {error}")))?;
    let not_asked = not_asked(period.file.as_deref(), &found.asked);
    Ok(Replay { period, hash, in_force_hash, problems: Vec::new(), not_asked, found })
}

/// Events that a replay asks `deliver` about: the newest of the period.
const MOST_EVENTS: usize = 20_000;
/// Events that are read at once.
const PAGE: usize = 500;

/// What happened in a period, oldest first; nothing when `deliver` is not asked.
async fn events_of(
    app: &App,
    project: &ProjectId,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    file: Option<&str>,
) -> Result<Vec<Arc<Event>>, AppError> {
    let mut found = Vec::new();
    let mut before = None;
    while file.is_none_or(|file| file == hooks::DELIVER.file) && found.len() < MOST_EVENTS {
        let project = Some(project.clone());
        let query = IndexQuery { before, project, newest_first: true, limit: PAGE, ..IndexQuery::default() };
        let page = events::page(app, query).await?;
        let goes_on = page.last.is_some() && page.events.last().is_none_or(|event| event.at >= since);
        let wanted = page.events.into_iter().filter(|event| (since..=until).contains(&event.at));
        found.extend(wanted.map(Arc::new));
        if !goes_on {
            break;
        }
        before = page.last;
    }
    found.reverse();
    Ok(found)
}

/// A time, or so long before another: `90m`, `24h`, `7d`.
fn parse(field: &'static str, text: &str, before: DateTime<Utc>) -> Result<DateTime<Utc>, AppError> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.to_utc());
    }
    let span = || {
        let unit = text.chars().last()?;
        let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|count| *count >= 0)?;
        let span = match unit {
            's' => TimeDelta::try_seconds(count),
            'm' => TimeDelta::try_minutes(count),
            'h' => TimeDelta::try_hours(count),
            'd' => TimeDelta::try_days(count),
            _ => None,
        };
        before.checked_sub_signed(span?)
    };
    let hint = "write a time such as 2026-01-31T08:00:00Z, or how long ago: 90m, 24h, 7d";
    span().ok_or_else(|| AppError::invalid(field, format!("`{text}` is not a time"), hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_at_a_time_or_so_long_ago() {
        let now: DateTime<Utc> = "2026-01-31T08:00:00Z".parse().unwrap();
        let at = |text| parse("since", text, now).map(|at| at.to_rfc3339()).map_err(|error| error.to_string());
        assert_eq!(at("24h").unwrap(), "2026-01-30T08:00:00+00:00");
        assert_eq!(at("2026-01-30T10:00:00+02:00").unwrap(), "2026-01-30T08:00:00+00:00");
        for wrong in ["", "h", "-3h", "5w", "yesterday", "99999999999999999h"] {
            assert_eq!(at(wrong).unwrap_err(), format!("`{wrong}` is not a time"));
        }
    }
}
