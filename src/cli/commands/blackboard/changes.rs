//! `blackboard changes`: what a reviewer looks at first.

use clap::Args;
use serde::Deserialize;

use crate::{
    cli::{
        args::TaskArgs,
        failure::Failure,
        render::{Page, size},
        session::Session,
    },
    model::changes::OutputChange,
};

/// Arguments of `blackboard changes`.
#[derive(Debug, Args)]
pub struct Changes {
    /// Which task.
    #[command(flatten)]
    pub task: TaskArgs,
}

#[derive(Deserialize)]
struct Compared {
    items: Vec<OutputChange>,
}

impl Changes {
    /// Shows each file with its hash, and how it differs from the version that was judged before.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        let answer = session.value(task.get_below("changes")).await?;
        session.out.show(answer, |changes: &Compared, _: &Page| match changes.items.as_slice() {
            [] => "the task has brought no files".to_owned(),
            all => all.iter().map(shown).collect::<Vec<_>>().join("\n"),
        })
    }
}

fn shown(change: &OutputChange) -> String {
    let hash = change.sha256.as_deref().map_or("not there", |hash| &hash[..12.min(hash.len())]);
    let bytes = change.size_bytes.map_or_else(String::new, |bytes| format!(", {}", size(bytes)));
    let mut text = format!("{} {} ({hash}{bytes})\n  {}", change.change, change.title, change.path);
    if let Some(before) = change.sha256_before.as_deref().filter(|_| change.sha256_before != change.sha256) {
        text.push_str(&format!("\n  judged before: {}", &before[..12.min(before.len())]));
    }
    if let Some(diff) = &change.diff {
        text.push('\n');
        text.push_str(diff);
        if change.diff_is_cut {
            text.push_str("\n… (cut)");
        }
    }
    text
}
