//! `doctor`: looks at everything that moziplus needs, says what to do about what is missing, and mends what is safe to.

mod compare;
mod finding;
mod host;
mod places;
mod service;
mod settings;

use clap::Args;
use serde_json::json;

use self::finding::{Finding, Health, Report, show};
use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::Out,
    },
    config::Environment,
    model::ids::ProjectId,
};

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Mend what is safe to mend: rights of files, and what `init` would write
    #[arg(long)]
    pub fix: bool,
    /// Compare the tasks with those of another daemon, such as http://127.0.0.1:8082, instead of looking at this one
    #[arg(long, value_name = "URL", conflicts_with = "fix")]
    pub compare: Option<String>,
    /// With --compare: only this project
    #[arg(long, short, value_name = "PROJECT", requires = "compare")]
    pub project: Option<ProjectId>,
}

impl Doctor {
    /// Makes every check; exit 1 when one of them failed.
    pub async fn run(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        if let Some(url) = &self.compare {
            return compare::run(url, self.project.as_ref(), defaults, out).await;
        }
        let environment = Environment::of_process();
        let mut findings = look(&defaults, &environment, &out).await;
        if self.fix {
            let mended: Vec<_> = findings.iter().filter_map(Finding::mend).collect();
            if !mended.is_empty() {
                findings = look(&defaults, &environment, &out).await;
                findings.extend(mended);
            }
        }
        let is_sound = findings.iter().all(|finding| finding.health != Health::Failed);
        out.show(json!({"ok": is_sound, "items": findings}), |report: &Report, page| show(report, page))?;
        Ok(if is_sound { Exit::Done } else { Exit::Failed })
    }
}

async fn look(defaults: &Defaults, environment: &Environment, out: &Out) -> Vec<Finding> {
    let root = &defaults.root;
    let mut findings = vec![host::root(root)];
    if findings[0].health != Health::Failed {
        findings.extend(host::disk(root));
        findings.push(host::clock(root));
        findings.extend(host::permissions(root));
        let (found, loaded) = settings::config(root, environment);
        findings.extend(found);
        // What the daemon is asked comes after what can be seen without it.
        let (answers, found) = service::look(defaults.clone(), out.clone()).await;
        if let Some(loaded) = &loaded {
            findings.extend(settings::programs(root, &loaded.agents, environment));
            findings.extend(settings::secrets(root, &loaded.settings, environment).await);
            findings.extend(places::git(root, &loaded.settings).await);
            findings.extend(places::backups(root, &loaded.settings, environment));
            findings.extend(places::gateway(&loaded.settings, &loaded.agents).await);
            findings.push(places::port(loaded.settings.server.bind, answers).await);
        }
        findings.extend(service::databases(root));
        findings.extend(found);
    }
    findings.push(host::descriptors());
    findings.push(host::stray_processes());
    findings
}
