//! `init`: a root folder to start with.

use std::{path::Path, time::Duration};

use clap::Args;
use serde::Deserialize;
use serde_json::json;

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page},
    },
    config::{
        GitRemote,
        init::{name_remotes, write_missing},
    },
    process::tool,
};

/// How long one call of git may take.
const GIT_LIMIT: Duration = Duration::from_secs(30);

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Make the root a git work tree, so that changes of the configuration are committed
    #[arg(long)]
    pub git: bool,
    /// A remote that the job git_push pushes to, such as nas=ssh://git@nas/team.git; may be repeated
    #[arg(long = "remote", value_name = "NAME=URL", requires = "git", value_parser = remote)]
    pub remotes: Vec<GitRemote>,
}

fn remote(text: &str) -> Result<GitRemote, String> {
    let (name, url) = text.split_once('=').ok_or("write NAME=URL, such as nas=ssh://git@nas/team.git")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || !name.chars().all(is_plain) || name.starts_with('-') {
        return Err(format!("`{name}` is no name of a remote: letters, digits, `-`, `_` and `.`"));
    }
    if url.is_empty() || url.starts_with('-') {
        return Err(format!("`{url}` is no address of a remote"));
    }
    Ok(GitRemote { name: name.into(), url: url.into() })
}

/// What was done.
#[derive(Debug, Deserialize)]
struct Done {
    root: String,
    written: Vec<String>,
    git: bool,
}

impl Init {
    /// Creates what is missing; overwrites nothing.
    pub async fn run(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        let root = defaults.root;
        let written = write_missing(&root)
            .map_err(|error| anyhow::anyhow!("{} cannot be set up: {error}", root.path().display()))?;
        if !self.remotes.is_empty() {
            name_remotes(&root, &self.remotes).map_err(|error| Failure::usage(error.to_string()))?;
        }
        let is_new_tree = self.git && !root.path().join(".git").exists();
        if is_new_tree {
            make_work_tree(root.path()).await.map_err(anyhow::Error::new)?;
        }
        for remote in &self.remotes {
            let add = ["git", "remote", "add", "--", &remote.name, &remote.url];
            tool::run(root.path(), &add, GIT_LIMIT).await.map_err(anyhow::Error::new)?;
        }
        let written: Vec<_> = written.iter().map(|path| root.shown(path)).collect();
        out.show(json!({"root": root.path(), "written": written, "git": is_new_tree}), show)?;
        Ok(Exit::Done)
    }
}

/// A repository with what is there as its first commit, by the user's identity where git knows one.
async fn make_work_tree(folder: &Path) -> Result<(), tool::ToolError> {
    let git = async |arguments: &[&str]| tool::run(folder, &[&["git"], arguments].concat(), GIT_LIMIT).await;
    git(&["init", "--quiet"]).await?;
    git(&["add", "--all"]).await?;
    let nobody = ["-c", "user.name=moziplus", "-c", "user.email=moziplus@localhost"];
    let identity: &[&str] = if git(&["config", "user.email"]).await.is_ok() { &[] } else { &nobody };
    git(&[identity, &["commit", "--quiet", "--allow-empty", "--message", "A root of moziplus"]].concat()).await?;
    Ok(())
}

fn show(done: &Done, page: &Page) -> String {
    let mut lines: Vec<_> = done.written.iter().map(|path| format!("wrote {path}")).collect();
    if done.git {
        lines.push("made it a git work tree".into());
    }
    if lines.is_empty() {
        return format!("{} is complete already", page.bold(&done.root));
    }
    lines.push(format!("{} is ready; next: `moziplus serve`", page.bold(&done.root)));
    lines.join("\n")
}
