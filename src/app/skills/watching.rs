//! Skills whose files were changed by an editor or by git: told like the changes that moziplus makes itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Place, catalog};
use crate::{
    app::{App, error::AppError},
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId, SkillId},
        skill::{SkillLevel, SkillStatus},
    },
    store::{StoreError, Tx},
};

/// A skill of a place: its level, text, version and status.
type Known = (SkillLevel, String, i64, SkillStatus);

/// What was seen at the last look.
#[derive(Default)]
pub struct Watched {
    skills: BTreeMap<(Option<ProjectId>, SkillId), Known>,
    faults: BTreeSet<String>,
    has_looked: bool,
}

impl Watched {
    /// Looks, and tells what differs from the last time and was not told by who changed it.
    pub async fn look(&mut self, app: &App) {
        // A change that is being made is seen whole, and after it was told.
        let _changing = app.skills().lock().await;
        let projects: Vec<_> = app.projects().open().iter().map(|project| project.id.clone()).collect();
        let places = std::iter::once(None).chain(projects.iter().map(Some));
        let (mut skills, mut faults) = (BTreeMap::new(), BTreeSet::new());
        for place in places {
            // A project that is closed just now is looked at when it is there again.
            let Ok(catalog) = catalog(app, place).await else { continue };
            faults.extend(catalog.faults.iter().map(ToString::to_string));
            for skill in catalog.skills().filter(|skill| place.is_none() || skill.level == SkillLevel::Project) {
                let known = (skill.level, skill.hash.clone(), skill.meta.version, skill.meta.status);
                skills.insert((place.cloned(), skill.id.clone()), known);
            }
        }
        if self.has_looked {
            for ((place, id), known) in &skills {
                let told = app.skills().told().remove(&(place.clone(), id.clone()));
                if told != Some((known.2, known.3)) && self.skills.get(&(place.clone(), id.clone())) != Some(known) {
                    let what = format!("skill {id} is version {}, {}", known.2, known.3);
                    tell(app, place.as_ref(), (Some((id, known)), Level::Routine, what)).await;
                }
            }
            for (place, id) in self.skills.keys().filter(|key| !skills.contains_key(key)) {
                let what = format!("skill {id} is gone");
                tell(app, place.as_ref(), (None, Level::Routine, what)).await;
            }
        }
        for fault in faults.difference(&self.faults) {
            tracing::warn!(%fault, "a skill is broken and not used");
            tell(app, None, (None, Level::Attention, format!("a skill is broken and not used: {fault}"))).await;
        }
        (self.skills, self.faults, self.has_looked) = (skills, faults, true);
    }
}

async fn tell(app: &App, place: Place<'_>, (skill, level, what): (Option<(&SkillId, &Known)>, Level, String)) {
    let payload = match skill {
        Some((id, (kept, _, version, status))) => {
            json!({"skill": id, "level": kept, "version": version, "status": status})
        }
        None => json!({}),
    };
    let event = NewEvent::new(EventKind::SkillChanged, None, Actor::Daemon, what).level(level).payload(payload);
    if let Err(error) = publish(app, place, event).await {
        tracing::warn!(%error, "a change of a skill could not be announced");
    }
}

async fn publish(app: &App, place: Place<'_>, event: NewEvent) -> Result<(), AppError> {
    match place {
        Some(project) => {
            let project = app.open_project(project)?;
            project.store.write::<_, StoreError, _>(app.now(), move |tx: &mut Tx<'_>| tx.event(event)).await?;
        }
        None => app.daemon().publish(app.now(), event).await?,
    }
    Ok(())
}
