//! Up and down by use: policy is asked when a task has ended in which a skill was used, and once a day.

use std::sync::Arc;

use super::{Place, SkillView, catalog, view, write_status};
use crate::{
    app::{App, Project, error::AppError, knowledge},
    model::{
        ids::{Actor, SkillId},
        skill::{SkillLevel, SkillStatus, UseCounts},
        snapshot::SkillFacts,
    },
    skills::Skill,
};

/// Asks a project's policy about a skill and does what it says; answers with the new status when there is one.
pub async fn one(
    app: &App,
    project: &Project,
    (id, level): (&SkillId, SkillLevel),
) -> Result<Option<SkillStatus>, AppError> {
    let place = (level == SkillLevel::Project).then_some(&project.id);
    ask(app, place, (id, level), &[project]).await
}

/// Asks about every skill; answers with how many changed. What belongs to all projects changes only when the policies of
/// all agree.
pub async fn all(app: &App) -> Result<usize, AppError> {
    let projects = app.projects().open();
    let everybody: Vec<&Project> = projects.iter().map(AsRef::as_ref).collect();
    let mut changed = 0;
    for (id, level) in kept(app, None).await? {
        changed += usize::from(ask(app, None, (&id, level), &everybody).await?.is_some());
    }
    for project in &everybody {
        for (id, level) in kept(app, Some(&project.id)).await? {
            if level == SkillLevel::Project {
                changed += usize::from(ask(app, Some(&project.id), (&id, level), &[project]).await?.is_some());
            }
        }
    }
    Ok(changed)
}

/// Skills of a place with a folder, in use or on trial: what can change.
async fn kept(app: &App, place: Place<'_>) -> Result<Vec<(SkillId, SkillLevel)>, AppError> {
    let catalog = catalog(app, place).await?;
    let kept = catalog.skills().filter(|skill| can_change(skill));
    Ok(kept.map(|skill| (skill.id.clone(), skill.level)).collect())
}

fn can_change(skill: &Skill) -> bool {
    skill.folder.is_some() && skill.meta.status != SkillStatus::Deprecated
}

async fn ask(
    app: &App,
    place: Place<'_>,
    (id, level): (&SkillId, SkillLevel),
    projects: &[&Project],
) -> Result<Option<SkillStatus>, AppError> {
    let _changing = app.skills().lock().await;
    let skill = catalog(app, place).await?.get(id).filter(|skill| skill.level == level && can_change(skill)).cloned();
    let Some(skill) = skill else { return Ok(None) };
    let view = view(app, place, skill).await?;
    let facts = Arc::new(facts(app, &view.skill, view.counts));
    let (mut up, mut down) = (!projects.is_empty(), !projects.is_empty());
    for project in projects {
        let ctx = knowledge::context(app, project)?;
        up = up && facts.status == SkillStatus::Draft && project.library.should_promote(&facts, &ctx).await.answer;
        down = down && project.library.should_demote(&facts, &ctx).await.answer;
    }
    let status = match facts.status {
        SkillStatus::Draft if up => SkillStatus::Active,
        SkillStatus::Active if down => SkillStatus::Draft,
        SkillStatus::Draft if down => SkillStatus::Deprecated,
        _ => return Ok(None),
    };
    write_status(app, place, &view, (status, (&Actor::Policy, in_words(&view)))).await?;
    Ok(Some(status))
}

fn in_words(view: &SkillView) -> String {
    let UseCounts { successes_count, failures_count, .. } = view.counts;
    format!("{successes_count} tasks done with it, {failures_count} failed")
}

/// A skill as policy sees it.
pub(in crate::app) fn facts(app: &App, skill: &Skill, counts: UseCounts) -> SkillFacts {
    let last = counts.last_used_at.max(skill.meta.since);
    SkillFacts {
        id: skill.id.to_string(),
        level: skill.level,
        status: skill.meta.status,
        source: skill.meta.source,
        version: skill.meta.version,
        tags: skill.meta.tags.clone(),
        uses_count: counts.uses_count,
        successes_count: counts.successes_count,
        failures_count: counts.failures_count,
        agents_count: counts.agents_count,
        unused_seconds: last.map(|last| (app.now() - last).num_seconds().max(0)),
    }
}
