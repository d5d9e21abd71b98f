//! The root folder: where it is, and where everything lies in it.

use std::{
    fmt::Write as _,
    io,
    os::unix::ffi::OsStrExt,
    path::{Component, Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{environment::Environment, sections::Inbox};
use crate::model::ids::{AttemptId, ProjectId, TaskId};

/// A socket path over this many bytes does not fit everywhere (macOS allows 104 with the closing zero).
const LONGEST_SOCKET_PATH: usize = 100;

/// Why no root could be settled on.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// Neither named nor found, and there is no home folder to fall back to.
    #[error("no root folder is named, and HOME is not set either")]
    NotFound,
    /// `BLACKBOARD_ROOT` points into another root.
    #[error("BLACKBOARD_ROOT={} is not a folder of the root {}", .blackboards.display(), .root.display())]
    Disagree {
        /// What `BLACKBOARD_ROOT` says.
        blackboards: PathBuf,
        /// The root that was named otherwise.
        root: PathBuf,
    },
    /// A path could not be made canonical.
    #[error("failed to resolve {}", .path.display())]
    Resolve {
        /// The path.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl RootError {
    /// What to do next, in a sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::NotFound => "give --root DIR, or set MOZIPLUS_ROOT".into(),
            Self::Disagree { blackboards, .. } => {
                let parent = blackboards.parent().unwrap_or(blackboards);
                format!("unset BLACKBOARD_ROOT, or give its parent as the root: --root {}", parent.display())
            }
            Self::Resolve { .. } => "check that the folder exists and can be read".into(),
        }
    }
}

/// The canonical root folder; cheap enough to clone, and every path of the house comes from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    path: PathBuf,
    projects: PathBuf,
}

impl Root {
    /// Settles on the root: `--root`, else `MOZIPLUS_ROOT`, else the parent of `BLACKBOARD_ROOT`, else the nearest
    /// parent folder that holds `config/default.yaml` and `projects/`, else `~/.moziplus`.
    pub fn resolve(flag: Option<&Path>, environment: &Environment) -> Result<Self, RootError> {
        let blackboards =
            environment.get("BLACKBOARD_ROOT").map(|path| absolute(Path::new(path), environment)).transpose()?;
        let named = flag.or_else(|| environment.get("MOZIPLUS_ROOT").map(Path::new));
        let path = match (named, blackboards.as_deref().and_then(Path::parent)) {
            (Some(named), _) => absolute(named, environment)?,
            (None, Some(parent)) => parent.to_owned(),
            (None, None) => match nearest(&environment.working_folder) {
                Some(found) => absolute(found, environment)?,
                None => absolute(&environment.home().ok_or(RootError::NotFound)?.join(".moziplus"), environment)?,
            },
        };
        match blackboards {
            Some(projects) if projects.parent() == Some(&path) => Ok(Self { path, projects }),
            Some(blackboards) => Err(RootError::Disagree { blackboards, root: path }),
            None => Ok(Self { projects: path.join("projects"), path }),
        }
    }

    /// The root at this folder, which need not exist yet.
    pub fn at(path: &Path) -> Result<Self, RootError> {
        Self::resolve(Some(path), &Environment::of::<String, String>(&current()?, []))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path of the configuration: as it is when absolute, else below the root.
    pub fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.join(path)
    }

    /// The path as shown to people: relative to the root where it lies in it.
    pub fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.path).unwrap_or(path)
    }

    /// Where the projects lie.
    pub fn projects(&self) -> &Path {
        &self.projects
    }

    /// Where archived projects lie.
    pub fn archived(&self) -> PathBuf {
        self.projects.join("_archived")
    }

    /// The list of projects.
    pub fn registry(&self) -> PathBuf {
        self.projects.join("_registry.yaml")
    }

    /// A project's folder.
    pub fn project(&self, id: &ProjectId) -> PathBuf {
        self.projects.join(id.as_str())
    }

    /// An archived project's folder.
    pub fn archived_project(&self, id: &ProjectId) -> PathBuf {
        self.archived().join(id.as_str())
    }

    /// A project's database.
    pub fn blackboard(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("blackboard.db")
    }

    /// The folder of a project's own configuration.
    pub fn project_config_dir(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("config")
    }

    /// A project's `project.yaml`.
    pub fn project_config(&self, id: &ProjectId) -> PathBuf {
        self.project_config_dir(id).join("project.yaml")
    }

    /// A project's policy scripts.
    pub fn project_scripts(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("scripts")
    }

    /// A project's skills.
    pub fn project_skills(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("skills")
    }

    /// A project's lessons.
    pub fn experiences(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("experiences")
    }

    /// A project's artifacts.
    pub fn artifacts(&self, id: &ProjectId) -> PathBuf {
        self.project(id).join("artifacts")
    }

    /// A task's artifacts, which is also where its agents run.
    pub fn task_artifacts(&self, id: &ProjectId, task: TaskId) -> PathBuf {
        self.artifacts(id).join(task.to_string())
    }

    /// Where an attempt's prompt, log and exit are kept.
    pub fn attempt(&self, id: &AttemptId) -> PathBuf {
        self.task_artifacts(&id.project, id.task).join("archive").join(id.number.to_string())
    }

    /// The configuration.
    pub fn config_dir(&self) -> PathBuf {
        self.join("config")
    }

    /// The settings of the daemon.
    pub fn default_yaml(&self) -> PathBuf {
        self.join("config/default.yaml")
    }

    /// Agents and runners.
    pub fn agents_yaml(&self) -> PathBuf {
        self.join("config/agents.yaml")
    }

    /// The file that takes events from outside.
    pub fn inbox(&self, inbox: &Inbox) -> PathBuf {
        self.join(&inbox.path)
    }

    /// Where lines go that the inbox refused, beside it.
    pub fn rejected(&self, inbox: &Inbox) -> PathBuf {
        self.inbox(inbox).with_file_name("rejected.jsonl")
    }

    /// Policy scripts for all projects.
    pub fn scripts(&self) -> PathBuf {
        self.join("scripts")
    }

    /// Job scripts.
    pub fn job_scripts(&self) -> PathBuf {
        self.join("scripts/jobs")
    }

    /// Skills for all projects.
    pub fn skills(&self) -> PathBuf {
        self.join("skills")
    }

    /// Overridden prompt templates.
    pub fn prompt_templates(&self) -> PathBuf {
        self.join("prompt_templates")
    }

    /// Overridden schemas.
    pub fn schemas(&self) -> PathBuf {
        self.join("schemas")
    }

    /// The daemon's logs.
    pub fn logs(&self) -> PathBuf {
        self.join("logs")
    }

    /// The record of ticks, a folder for each project.
    pub fn recordings(&self) -> PathBuf {
        self.logs().join("recordings")
    }

    /// Backups.
    pub fn backups(&self) -> PathBuf {
        self.join("backups")
    }

    /// The daemon's own database.
    pub fn daemon_db(&self) -> PathBuf {
        self.join("daemon.db")
    }

    /// Locks, sockets and what else a run leaves; 0700.
    pub fn run(&self) -> PathBuf {
        self.join("run")
    }

    /// The lock that keeps a second daemon out.
    pub fn lock(&self) -> PathBuf {
        self.join("run/daemon.lock")
    }

    /// The daemon's note about itself: process, address, socket.
    pub fn daemon_json(&self) -> PathBuf {
        self.join("run/daemon.json")
    }

    /// The daemon's socket.
    pub fn socket(&self) -> PathBuf {
        self.socket_named("daemon.sock")
    }

    /// A socket in `run/`; where that path is too long for the system, one in a private folder below `/tmp` whose
    /// name follows from the root, so that everybody comes to the same answer.
    pub fn socket_named(&self, name: &str) -> PathBuf {
        let path = self.run().join(name);
        if path.as_os_str().len() <= LONGEST_SOCKET_PATH {
            return path;
        }
        let mut digest = String::new();
        for byte in &Sha256::digest(self.path.as_os_str().as_bytes())[..8] {
            let _ = write!(digest, "{byte:02x}");
        }
        PathBuf::from(format!("/tmp/moziplus-{}/{digest}-{name}", nix::unistd::getuid()))
    }
}

fn nearest(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join("config/default.yaml").is_file() && folder.join("projects").is_dir())
}

fn current() -> Result<PathBuf, RootError> {
    std::env::current_dir().map_err(|source| RootError::Resolve { path: PathBuf::from("."), source })
}

/// The canonical form of a path of which only a first part needs to exist.
fn absolute(path: &Path, environment: &Environment) -> Result<PathBuf, RootError> {
    let path = match (path.strip_prefix("~"), environment.home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => environment.working_folder.join(path),
    };
    let mut existing = path.as_path();
    let mut missing = Vec::new();
    loop {
        match existing.canonicalize() {
            Ok(mut canonical) => {
                canonical.extend(missing.iter().rev());
                return Ok(canonical);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match (existing.parent(), existing.components().next_back()) {
                    (Some(parent), Some(Component::Normal(name))) => {
                        missing.push(name.to_owned());
                        existing = parent;
                    }
                    _ => return Err(RootError::Resolve { path, source: error }),
                }
            }
            Err(source) => return Err(RootError::Resolve { path, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn environment(folder: &Path, variables: &[(&str, &Path)]) -> Environment {
        let variables = variables.iter().map(|(key, value)| (key.to_string(), value.display().to_string()));
        Environment::of(folder, variables)
    }

    #[test]
    fn the_flag_beats_the_variable_which_beats_the_search() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let found = base.join("found");
        fs::create_dir_all(found.join("config/deep")).unwrap();
        fs::create_dir_all(found.join("projects")).unwrap();
        fs::write(found.join("config/default.yaml"), "").unwrap();
        let inside = environment(&found.join("config/deep"), &[("HOME", &base)]);
        assert_eq!(Root::resolve(None, &inside).unwrap().path(), found);
        let variable = environment(&found, &[("MOZIPLUS_ROOT", &base.join("other"))]);
        assert_eq!(Root::resolve(None, &variable).unwrap().path(), base.join("other"));
        assert_eq!(Root::resolve(Some(Path::new("new/one")), &variable).unwrap().path(), found.join("new/one"));
        let home = environment(&base, &[("HOME", &base)]);
        assert_eq!(Root::resolve(None, &home).unwrap().path(), base.join(".moziplus"));
    }

    #[test]
    fn the_projects_folder_of_older_deployments_implies_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let old = environment(&base, &[("BLACKBOARD_ROOT", &base.join("moziplus/boards"))]);
        let root = Root::resolve(None, &old).unwrap();
        assert_eq!(root.path(), base.join("moziplus"));
        assert_eq!(root.registry(), base.join("moziplus/boards/_registry.yaml"));
        assert!(Root::resolve(Some(&base.join("moziplus")), &old).is_ok());
        assert!(matches!(Root::resolve(Some(&base), &old), Err(RootError::Disagree { .. })));
    }

    #[test]
    fn links_are_resolved_once_and_long_socket_paths_are_cut() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        fs::create_dir(base.join("real")).unwrap();
        std::os::unix::fs::symlink(base.join("real"), base.join("link")).unwrap();
        let root = Root::at(&base.join("link")).unwrap();
        assert_eq!(root.path(), base.join("real"));
        assert_eq!(root.socket(), base.join("real/run/daemon.sock"));
        let long = Root::at(&base.join("x".repeat(120))).unwrap();
        assert!(long.socket().as_os_str().len() <= LONGEST_SOCKET_PATH);
        assert_eq!(long.socket(), long.clone().socket());
    }
}
