//! What a changed script would have done in the past.

use chrono::{DateTime, TimeDelta, Utc};

use super::{App, error::AppError, overrides};
use crate::{
    model::ids::ProjectId,
    policy::{
        fault::ScriptFault,
        replay::{Period, Replayed, replay as run},
    },
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
    let file = crate::policy::hooks::of_file(name).next().map(|hook| hook.file.to_owned());
    let period = Period { project: project.id.clone(), since, until, file };
    let in_force = project.library.set();
    let (hash, in_force_hash) = (in_force.hash().to_owned(), in_force.hash().to_owned());
    let changed = match overrides::changed(app, &project, (place, Some(script))).await? {
        Ok(set) => set,
        Err(problems) => return Ok(Replay { period, hash, in_force_hash, problems, found: Replayed::default() }),
    };
    let hash = changed.hash().to_owned();
    let (folder, limits, wanted) = (app.root().recordings(), app.script_limits(), period.clone());
    let recorder = app.recorder().clone();
    let work = move || {
        recorder.flush();
        run(&folder, &wanted, (&in_force, &changed), limits)
    };
    let found = app.script_threads().run_apart(work).await.map_err(|lost| AppError::Internal(lost.to_string()))?;
    let found = found.map_err(|error| AppError::Internal(format!("the record cannot be read: {error}")))?;
    Ok(Replay { period, hash, in_force_hash, problems: Vec::new(), found })
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
