//! Which skills an attempt gets into its prompt.

use std::sync::Arc;

use super::{Place, catalog, judging::facts, view};
use crate::{
    app::{App, Project, error::AppError, knowledge},
    model::{skill::SkillStatus, task::Task},
    skills::{
        Skill,
        matching::{Need, rank},
    },
    store::skill_uses::Used,
};

/// Most skills in use that a prompt names.
const MOST: usize = 4;
/// Most drafts; one, so that it is known what a success or a failure comes from.
const MOST_DRAFTS: usize = 1;
/// Drafts that policy is asked about at most.
const MOST_ASKED: usize = 5;

/// A skill for a prompt.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The skill.
    pub skill: Arc<Skill>,
    /// A draft: the prompt says that it is on trial.
    pub on_trial: bool,
}

impl Chosen {
    /// What is written down about its use.
    pub fn used(&self) -> Used {
        Used {
            skill: self.skill.id.clone(),
            level: self.skill.level,
            version: self.skill.meta.version,
            on_trial: self.on_trial,
        }
    }
}

/// The skills that fit an attempt at a task, best first; a draft only where policy lets it be tried.
pub async fn choose(
    app: &App,
    project: &Project,
    task: &Task,
    (trigger, capabilities): (&str, &[String]),
) -> Result<Vec<Chosen>, AppError> {
    let place: Place<'_> = Some(&project.id);
    let catalog = catalog(app, place).await?;
    let text = format!("{}\n{}", task.title, task.description);
    let need = Need { trigger, task_type: &task.task_type, capabilities, text: &text };
    let (drafts, active): (Vec<_>, Vec<_>) =
        rank(&catalog, &need).into_iter().partition(|fit| fit.skill.meta.status == SkillStatus::Draft);
    let active = active.into_iter().take(MOST).map(|fit| Chosen { skill: fit.skill, on_trial: false });
    let mut chosen: Vec<_> = active.collect();
    let ctx = knowledge::context(app, project)?;
    for fit in drafts.into_iter().take(MOST_ASKED) {
        let counts = view(app, place, fit.skill.clone()).await?.counts;
        let facts = Arc::new(facts(app, &fit.skill, counts));
        if project.library.should_try(&facts, &ctx).await.answer {
            chosen.push(Chosen { skill: fit.skill, on_trial: true });
        }
        if chosen.iter().filter(|chosen| chosen.on_trial).count() == MOST_DRAFTS {
            break;
        }
    }
    Ok(chosen)
}
