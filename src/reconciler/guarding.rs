//! What the guardrails have against a start: asked once for each version of a task and of the scripts.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use super::{decide::write_all, execute::Ground, journal, plan::Planner};
use crate::{
    app::{guards, starts::Start},
    model::{
        ids::{Actor, TaskId},
        records::Severity,
        snapshot::TaskFacts,
        status::Status,
        task::Trigger,
    },
    policy::{
        answers::{Violation, ViolationSeverity},
        recording::Matter,
    },
    store::{
        StoreError, Tx, notes,
        policy_decisions::{self, NewDecision},
    },
};

/// Most memories of guardrails.
const MOST_GUARDS: usize = 10_000;

impl Planner<'_> {
    /// What the guardrails have against a start; only doing a task is guarded.
    pub(super) async fn objection(&mut self, start: &Start) -> Result<Option<String>, StoreError> {
        let Some(task) = self.scene.task(start.task).cloned() else { return Ok(None) };
        if !(start.kind.owns_task() || start.kind == Trigger::Offer) || task.status != Status::Pending {
            return Ok(None);
        }
        let violations = self.violations(&task).await?;
        let worst = |severity| violations.iter().find(|violation: &&Violation| violation.severity == severity);
        if let Some(tripwire) = worst(ViolationSeverity::Tripwire) {
            let why = format!("tripwire {}: {}", tripwire.rule, tripwire.text);
            self.trip(&task, tripwire).await?;
            return Ok(Some(why));
        }
        Ok(worst(ViolationSeverity::Blocking).map(|rule| format!("guardrail {}: {}", rule.rule, rule.text)))
    }

    /// Asks the guardrails, once for each version of a task and of the scripts.
    async fn violations(&mut self, task: &Arc<TaskFacts>) -> Result<Vec<Violation>, StoreError> {
        let mut hasher = DefaultHasher::new();
        let set = self.project.library.set();
        let risk = (task.risk_level, task.risk_set_by.as_ref().map(ToString::to_string));
        (&task.title, &task.description, risk, task.outputs_count, set.hash()).hash(&mut hasher);
        let version = hasher.finish();
        if let Some((known, violations)) = self.memory.guards.get(&task.id)
            && *known == version
        {
            return Ok(violations.clone());
        }
        self.world.app.recorder().aside(&self.scene.ctx, Matter::Check { task: task.clone() });
        let judgement = self.project.library.guard(task, &self.scene.ctx).await;
        if !judgement.answer.is_empty() {
            let entry = NewDecision {
                task: Some(task.id),
                hook: judgement.hook,
                script: judgement.script.clone(),
                script_hash: judgement.hash.clone(),
                files: serde_json::json!(judgement.files),
                inputs_digest: format!("{version:016x}"),
                result: serde_json::to_value(&judgement.answer).unwrap_or_default(),
                facts: serde_json::json!({"title": task.title, "risk_level": task.risk_level}),
            };
            let (id, found) = (task.id, judgement.answer.clone());
            let guardrails = guards::of_project(&self.world.app, &self.project.id);
            let evidence: Vec<_> =
                found.iter().map(|violation| guards::evidence_of(&guardrails, &violation.rule, task)).collect();
            let write = move |tx: &mut Tx<'_>| {
                policy_decisions::record(tx, &entry)?;
                found.iter().zip(&evidence).try_for_each(|(violation, of)| note_violation(tx, id, (violation, of)))
            };
            self.project.store.write(self.world.app.now(), write).await?;
        }
        if self.memory.guards.len() > MOST_GUARDS {
            self.memory.guards.clear();
        }
        self.memory.guards.insert(task.id, (version, judgement.answer.clone()));
        Ok(judgement.answer)
    }

    /// A tripwire: policy says who decides before anything is done.
    async fn trip(&self, task: &Arc<TaskFacts>, violation: &Violation) -> Result<(), StoreError> {
        let matter = Matter::Tripwire { violation: violation.clone(), task: task.clone() };
        self.world.app.recorder().aside(&self.scene.ctx, matter);
        let decision = self.project.library.on_tripwire(violation, task, &self.scene.ctx).await;
        let ground = Ground::new(&self.project.id, &self.scene.setup);
        let fates = write_all(self.world, self.project, ground, decision.actions.clone()).await?;
        let facts = serde_json::json!({"violation": violation, "task": task});
        self.write_entries(vec![journal::entry(&decision, Some(task.id), &facts, journal::result(&fates))]).await
    }
}

/// Every finding is an observation, once: a restart asks again.
fn note_violation(tx: &mut Tx<'_>, task: TaskId, (violation, evidence): (&Violation, &str)) -> Result<(), StoreError> {
    let body = format!("guardrail {} ({}): {}\n{evidence}", violation.rule, violation.severity, violation.text);
    if notes::observations(tx, Some(task))?.iter().any(|known| known.body == body) {
        return Ok(());
    }
    let severity =
        if violation.severity == ViolationSeverity::Warning { Severity::Warning } else { Severity::Critical };
    notes::observe(tx, Some(task), Actor::Policy, body, severity).map(drop)
}
