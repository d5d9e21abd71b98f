//! `backup restore --all`: the whole root, with no daemon on it.

use std::{path::PathBuf, time::Duration};

use serde_json::{Value, json};

use super::Restore;
use crate::{
    app::{AppError, Caller, whole},
    cli::{
        defaults::Defaults,
        direct::Direct,
        failure::{Exit, Failure},
        render::{Out, Page, count},
    },
    clock::{Clock, SystemClock},
    config::Root,
    daemon::lock::{Holder, LockError, RootLock},
};

impl Restore {
    /// Puts everything back, or shows what would be.
    pub async fn run_whole(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        if !defaults.agent.is_human() || defaults.is_attempt {
            return Err(Failure::refused("only people restore a root"));
        }
        let root = defaults.root;
        let from = self.path.map_or_else(|| root.backups(), PathBuf::from);
        let wanted = whole::Wanted { from, at: self.at };
        if self.dry_run {
            let scratch = tempfile::tempdir().map_err(anyhow::Error::new)?;
            let plan = whole::plan(&root, &wanted, scratch.path(), SystemClock.now()).map_err(failed)?;
            out.show(json!({"plan": plan, "restored": false}), shown)?;
            return Ok(Exit::Done);
        }
        let lock = lock(&root).await?;
        // On the root's own disk, so that everything comes into its place by renaming.
        let scratch = tempfile::tempdir_in(root.path()).map_err(anyhow::Error::new)?;
        let plan = whole::plan(&root, &wanted, scratch.path(), SystemClock.now()).map_err(failed)?;
        if plan.replaces && !self.force {
            let detail = format!("{} is not empty; it would be replaced", root.path().display());
            let hint = "look with --dry-run, then repeat with --force; what is there now is kept aside";
            return Err(Failure::refused(detail).hint(hint));
        }
        whole::carry_out(&root, &plan).map_err(failed)?;
        let direct = Direct::open(&root, lock).await?;
        let settled = whole::settle(direct.app(), &plan, &Caller::new(defaults.agent)).await;
        direct.close();
        settled.map_err(failed)?;
        out.show(json!({"plan": plan, "restored": true}), shown)?;
        Ok(Exit::Done)
    }
}

async fn lock(root: &Root) -> Result<RootLock, Failure> {
    let holder = Holder::this("restore", SystemClock.now());
    match RootLock::acquire(root, &holder, Duration::ZERO).await {
        Ok(lock) => Ok(lock),
        Err(held @ LockError::Held { .. }) => Err(Failure::refused(held.to_string())
            .hint("stop the daemon first; agents that work are left alone, and ended when it starts again")),
        Err(error) => Err(anyhow::Error::new(error).into()),
    }
}

fn failed(error: AppError) -> Failure {
    let hint = error.hint();
    let failure = match error {
        AppError::InTheWay { .. } => Failure::refused(error.to_string()),
        other => anyhow::Error::new(other).into(),
    };
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn shown(answer: &Value, page: &Page) -> String {
    let plan = &answer["plan"];
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let made = |value: &Value| value["made_at"].as_str().and_then(|at| at.parse().ok()).map(|at| page.ago(at));
    let mut lines = vec![format!("{} (made {})", text(&plan["path"]), made(plan).unwrap_or_default())];
    for project in plan["projects"].as_array().into_iter().flatten() {
        let tasks = count(project["tasks_count"].as_i64().unwrap_or(0), "task");
        let (id, made) = (text(&project["project"]), made(project).unwrap_or_default());
        lines.push(format!("  {id}: {tasks}, made {made}, {}", text(&project["path"])));
    }
    let ids = |field: &str| {
        let ids: Vec<_> = plan[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        ids.join(", ")
    };
    if !ids("without_copy").is_empty() {
        lines.push(format!("without a copy, they come back empty: {}", ids("without_copy")));
    }
    if !ids("unlisted").is_empty() {
        lines.push(format!("their folders stay, and they are no longer listed: {}", ids("unlisted")));
    }
    let is_done = answer["restored"] == true;
    if plan["replaces"] == true {
        let verb = if is_done { "was moved" } else { "would be moved" };
        lines.push(format!("what was there {verb} to {}", text(&plan["safety_copy"])));
    }
    lines.push("API keys that were revoked since open again: `moziplus key list` shows them".to_owned());
    lines.push(if is_done { "restored" } else { "nothing was changed" }.to_owned());
    lines.join("\n")
}
