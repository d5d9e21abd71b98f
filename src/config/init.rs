//! What a new root gets: folders and a commented configuration. Nothing that is there is ever overwritten.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::PathBuf,
};

use super::{GitRemote, root::Root};

/// The files of the repository that a root starts with, by their path in the root.
const FILES: [(&str, &str); 9] = [
    ("config/default.yaml", include_str!("../../config/default.yaml")),
    ("config/agents.yaml", include_str!("../../config/agents.yaml")),
    ("config/guardrails.yaml", include_str!("../../config/guardrails.yaml")),
    ("config/template_components.yaml", include_str!("../../config/template_components.yaml")),
    ("config/review_protocols/plan_review.yaml", include_str!("../../config/review_protocols/plan_review.yaml")),
    ("config/review_protocols/output_review.yaml", include_str!("../../config/review_protocols/output_review.yaml")),
    (
        "config/review_protocols/analysis_review.yaml",
        include_str!("../../config/review_protocols/analysis_review.yaml"),
    ),
    ("config/review_protocols/final_review.yaml", include_str!("../../config/review_protocols/final_review.yaml")),
    (".gitignore", GITIGNORE),
];

const GITIGNORE: &str = "\
# What git must not see: databases (a copy of a live one is broken), what agents produce, logs, keys.
*.db
*.db-wal
*.db-shm
*.tmp
/projects/*/artifacts/
/projects/*/experiences/
/projects/_archived/*/artifacts/
/projects/_archived/*/experiences/
/backups/
/inbox/
/logs/
/run/
.env
*.key
*.pem
";

const REGISTRY: &str = "# The projects. moziplus edits this file in place: comments and order stay.\nprojects: []\n";

const FOLDERS: [&str; 10] = [
    "config/review_protocols",
    "inbox",
    "scripts/jobs",
    "skills/builtins",
    "skills/custom",
    "prompt_templates",
    "schemas",
    "logs",
    "backups",
    "run",
];

/// A shipped configuration file by its path in the root, such as `config/agents.yaml`.
pub fn shipped(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// Creates what is missing in the root and says which files it wrote.
pub fn write_missing(root: &Root) -> io::Result<Vec<PathBuf>> {
    for folder in FOLDERS {
        // Logs, backups and keys are nobody else's business; the rest may be shared.
        let mode = if matches!(folder, "run" | "logs" | "backups") { 0o700 } else { 0o755 };
        DirBuilder::new().recursive(true).mode(mode).create(root.join(folder))?;
    }
    fs::create_dir_all(root.archived())?;
    // A root that was copied about may have lost it, and the socket in there opens every door.
    fs::set_permissions(root.run(), fs::Permissions::from_mode(0o700))?;
    let mut written = Vec::new();
    let files = FILES.iter().map(|(path, text)| (root.join(path), *text));
    for (path, text) in files.chain([(root.registry(), REGISTRY)]) {
        match OpenOptions::new().write(true).create_new(true).mode(0o644).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                written.push(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}

/// The line of the shipped `config/default.yaml` that names no remotes yet.
const NO_REMOTES: &str = "  remotes: []";

/// Names the remotes that the job `git_push` pushes to, in `config/default.yaml`. Refused when somebody has changed that
/// part of the file: what people wrote is theirs.
pub fn name_remotes(root: &Root, remotes: &[GitRemote]) -> io::Result<()> {
    let path = root.config_dir().join("default.yaml");
    let text = fs::read_to_string(&path)?;
    // JSON is YAML in flow style.
    let list = serde_json::to_string(remotes).map_err(io::Error::other)?;
    let Some(place) = text.lines().find(|line| line.starts_with(NO_REMOTES)) else {
        let why = format!("it names remotes already, or in a way of its own; write there: git: {{remotes: {list}}}");
        return Err(io::Error::other(format!("{}: {why}", root.shown(&path).display())));
    };
    let edited = text.replacen(place, &place.replacen("[]", &list, 1), 1);
    fs::write(&path, edited)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ConfigHandle, Settings, Sources, load, registry},
        *,
    };

    #[test]
    fn a_new_root_is_complete_and_says_what_is_built_in() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(&folder.path().join("new")).unwrap();
        assert_eq!(write_missing(&root).unwrap().len(), 10);
        assert_eq!(fs::metadata(root.run()).unwrap().permissions().mode() & 0o777, 0o700);
        let loaded = load(&root, &Sources::default()).unwrap();
        assert_eq!(*loaded.settings, Settings::default(), "config/default.yaml repeats the defaults");
        let built_in: Vec<_> = loaded.values.iter().filter(|value| value.origin == "built-in").collect();
        assert!(built_in.is_empty(), "config/default.yaml names every key; missing: {built_in:?}");
        assert_eq!(loaded.agents.runners.len(), 6);
        assert_eq!(registry::read(&root).unwrap(), []);
        assert!(ConfigHandle::open(root, Sources::default()).unwrap().last_errors().is_empty());
    }

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        write_missing(&root).unwrap();
        fs::write(root.default_yaml(), "daemon: {tick_interval: 5}\n").unwrap();
        fs::remove_file(root.agents_yaml()).unwrap();
        assert_eq!(write_missing(&root).unwrap(), [root.agents_yaml()]);
        assert_eq!(fs::read_to_string(root.default_yaml()).unwrap(), "daemon: {tick_interval: 5}\n");
    }
}
