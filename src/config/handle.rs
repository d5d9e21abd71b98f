//! The configuration of a running daemon: read at the start, read again when a file changes.
//!
//! A broken file never takes anything away: what was good last stays in force, and the error is kept for everybody to
//! read. Only at the start, when there is nothing good yet, a broken file of `config/` is an error, and a
//! project with a broken `project.yaml` has no configuration (which quarantines it).

use std::{collections::BTreeMap, io, path::PathBuf, sync::Arc};

use arc_swap::ArcSwap;
use serde_json::Value;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{
    agents::Agents,
    environment::Environment,
    error::{ConfigError, Problem},
    load::{self, Global, Loaded, ProjectConfig, Sources, ValueInForce},
    playbook::Playbook,
    registry::{self, RegistryEntry, RegistryError},
    root::Root,
    settings::Settings,
};
use crate::{
    model::ids::ProjectId,
    watch::{Spec, Watch},
};

/// Keys that are read once at the start.
const READ_ONCE: [&str; 11] = [
    "server.bind",
    "server.api_key_file",
    "server.api_key_env",
    "server.assets_dir",
    "server.max_connections",
    "server.max_streams",
    "inbox.path",
    "logging.max_file_size",
    "logging.max_files",
    "logging.format",
    "logging.repeats_per_minute",
];

/// The configuration in force; cheap to clone, and every clone sees the same.
#[derive(Debug, Clone)]
pub struct ConfigHandle(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    root: Root,
    sources: Sources,
    loaded: ArcSwap<Loaded>,
    errors: ArcSwap<Vec<ConfigError>>,
    registry: ArcSwap<Vec<RegistryEntry>>,
    generation: watch::Sender<u64>,
    /// The values at the start of the keys that are read only then.
    at_start: BTreeMap<&'static str, Value>,
    /// One reload at a time, so that an older reading never replaces a newer one.
    reloading: std::sync::Mutex<()>,
}

/// What a reload came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reload {
    /// The daemon's keys whose values changed.
    pub changed: Vec<String>,
    /// Those that have been changed since the start and take effect with the next one.
    pub needs_restart: Vec<&'static str>,
    /// What is broken; for that the last good state stays in force.
    pub errors: Vec<ConfigError>,
}

impl ConfigHandle {
    /// Reads the configuration; a broken `default.yaml`, `agents.yaml`, registry, variable or flag is an error.
    pub fn open(root: Root, sources: Sources) -> Result<Self, ConfigError> {
        let registry = read_registry(&root)?;
        let loaded = load::load(&root, &sources)?;
        let errors = broken_projects(&loaded).cloned().collect();
        Ok(Self(Arc::new(Shared {
            root,
            sources,
            at_start: READ_ONCE.iter().filter_map(|key| Some((*key, value_of(&loaded.values, key)?.clone()))).collect(),
            loaded: ArcSwap::from_pointee(loaded),
            errors: ArcSwap::from_pointee(errors),
            registry: ArcSwap::from_pointee(registry),
            generation: watch::Sender::new(0),
            reloading: std::sync::Mutex::new(()),
        })))
    }

    /// The root folder.
    pub fn root(&self) -> &Root {
        &self.0.root
    }

    /// The environment that the process was started with.
    pub fn environment(&self) -> &Environment {
        &self.0.sources.environment
    }

    /// Everything in force now.
    pub fn loaded(&self) -> Arc<Loaded> {
        self.0.loaded.load_full()
    }

    /// The daemon's settings in force now.
    pub fn settings(&self) -> Arc<Settings> {
        self.0.loaded.load().settings.clone()
    }

    /// Red lines, texts for prompts and review protocols in force now.
    pub fn playbook(&self) -> Arc<Playbook> {
        self.0.loaded.load().playbook.clone()
    }

    /// The agents and runners in force now.
    pub fn agents(&self) -> Arc<Agents> {
        self.0.loaded.load().agents.clone()
    }

    /// A project's configuration in force now; an error when its file was never good since the start.
    pub fn project(&self, id: &ProjectId) -> Result<Arc<ProjectConfig>, ConfigError> {
        self.0.loaded.load().project(id)
    }

    /// The projects of the registry as its file has them now; while the file is broken, as it had them when it was
    /// good last. Blocks for the reading of a small file.
    pub fn registry(&self) -> Arc<Vec<RegistryEntry>> {
        if let Ok(entries) = registry::read(&self.0.root) {
            self.0.registry.store(Arc::new(entries));
        }
        self.0.registry.load_full()
    }

    /// What is broken at present, though the last good state may be in force for it.
    pub fn last_errors(&self) -> Arc<Vec<ConfigError>> {
        self.0.errors.load_full()
    }

    /// Keys that were changed since the start and take effect with the next one.
    pub fn needs_restart(&self) -> Vec<&'static str> {
        let loaded = self.0.loaded.load();
        let changed = |(key, value): &(&&'static str, &Value)| value_of(&loaded.values, key) != Some(*value);
        self.0.at_start.iter().filter(changed).map(|(key, _)| *key).collect()
    }

    /// Counts the changes of what is in force or broken.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.generation.subscribe()
    }

    /// Reads all files again, now. Blocks for as long as that takes: some milliseconds.
    pub fn reload(&self) -> Reload {
        // The guarded value is nothing, so a panic in another reload leaves nothing half done.
        let _one_at_a_time = self.0.reloading.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let before = self.loaded();
        let (after, errors) = self.read_again(&before);
        let changed = changed_keys(&before.values, &after.values);
        let same = before.same(&after) && *self.last_errors() == errors;
        self.0.loaded.store(Arc::new(after));
        self.0.errors.store(Arc::new(errors.clone()));
        let reload = Reload { changed, needs_restart: self.needs_restart(), errors };
        if !same {
            report(&reload);
            self.0.generation.send_modify(|generation| *generation += 1);
        }
        reload
    }

    /// Watches the files and reloads within a second of a change, until `stop` is cancelled.
    pub async fn watch(self, stop: CancellationToken) -> io::Result<()> {
        let mut generation = self.changes();
        let watch = Watch::start(Spec::new(self.watched(), vec!["yaml", "json"]))?;
        let mut files = watch.changes();
        // For what changed between `open` and now.
        self.reload_aside().await;
        loop {
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                changed = files.changed() => match changed {
                    Ok(()) => self.reload_aside().await,
                    Err(_) => return Err(io::Error::other("the thread that watches the files has ended")),
                },
                // There may be a new project, also by a reload that somebody else asked for.
                _ = generation.changed() => watch.set_folders(self.watched()),
            }
        }
    }

    async fn reload_aside(&self) {
        let handle = self.clone();
        // It fails only when the runtime is going down.
        let _ = tokio::task::spawn_blocking(move || handle.reload()).await;
    }

    fn watched(&self) -> Vec<PathBuf> {
        let root = &self.0.root;
        let loaded = self.0.loaded.load();
        let projects = loaded.projects.keys().map(|id| root.project_config_dir(id));
        [root.config_dir(), root.registry(), root.schemas()].into_iter().chain(projects).collect()
    }

    /// What is in force after reading again, and what is broken.
    fn read_again(&self, before: &Loaded) -> (Loaded, Vec<ConfigError>) {
        let root = &self.0.root;
        let mut errors = Vec::new();
        let mut after = before.clone();
        match Global::read(root, &self.0.sources) {
            Ok(global) => {
                after.settings = Arc::new(global.settings);
                (after.values, after.above) = (global.values, global.above);
            }
            Err(error) => errors.push(error),
        }
        match load::read_agents(root) {
            Ok(agents) => after.agents = Arc::new(agents),
            Err(error) => errors.push(error),
        }
        match Playbook::read(root) {
            Ok(playbook) => after.playbook = Arc::new(playbook),
            Err(error) => errors.push(error),
        }
        match read_registry(root) {
            Ok(entries) => self.0.registry.store(Arc::new(entries)),
            Err(error) => errors.push(error),
        }
        let projects = load::project_ids(root).into_iter().map(|id| {
            let read = after.read_project(root, &id).or_else(|error| {
                errors.push(error.clone());
                let good = before.projects.get(&id).and_then(|good| good.as_ref().ok());
                let kept = |good: &Arc<ProjectConfig>| {
                    ProjectConfig::under(&after, good.own.clone(), good.values.clone(), good.guardrails.clone())
                };
                good.map(kept).ok_or(error)
            });
            (id, read)
        });
        let projects = projects.collect();
        after.projects = projects;
        (after, errors)
    }
}

impl Loaded {
    fn same(&self, other: &Self) -> bool {
        (&self.values, &self.agents, &self.playbook, &self.projects)
            == (&other.values, &other.agents, &other.playbook, &other.projects)
    }
}

fn read_registry(root: &Root) -> Result<Vec<RegistryEntry>, ConfigError> {
    registry::read(root).map_err(|error| match error {
        RegistryError::Broken(broken) => broken,
        RegistryError::Access { path, source } => {
            Problem::in_file(root.shown(&path), format!("failed to read it: {source}")).into()
        }
        other => Problem::in_file(root.shown(&root.registry()), other.to_string()).into(),
    })
}

fn broken_projects(loaded: &Loaded) -> impl Iterator<Item = &ConfigError> {
    loaded.projects.values().filter_map(|project| project.as_ref().err())
}

fn value_of<'a>(values: &'a [ValueInForce], key: &str) -> Option<&'a Value> {
    values.iter().find(|value| value.key == key).map(|value| &value.value)
}

fn changed_keys(before: &[ValueInForce], after: &[ValueInForce]) -> Vec<String> {
    let gone = before.iter().filter(|value| value_of(after, &value.key).is_none());
    let new = after.iter().filter(|value| value_of(before, &value.key) != Some(&value.value));
    gone.chain(new).map(|value| value.key.clone()).collect()
}

fn report(reload: &Reload) {
    tracing::info!(changed = ?reload.changed, "configuration reloaded");
    for key in &reload.needs_restart {
        tracing::warn!(key, "{key} was changed and takes effect with the next start");
    }
    for error in &reload.errors {
        tracing::error!(%error, "broken configuration; the last good one stays in force");
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, time::Duration};

    use super::*;

    fn root(folder: &Path) -> Root {
        fs::create_dir_all(folder.join("config")).unwrap();
        fs::create_dir_all(folder.join("projects/sales/config")).unwrap();
        Root::at(folder).unwrap()
    }

    fn sales() -> ProjectId {
        ProjectId::parse("sales").unwrap()
    }

    async fn until(handle: &ConfigHandle, what: &str, holds: impl Fn(&ConfigHandle) -> bool) {
        let mut changes = handle.changes();
        let wait = async {
            while !holds(handle) {
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap_or_else(|_| panic!("never: {what}"));
    }

    #[tokio::test]
    async fn a_change_takes_effect_and_a_broken_file_keeps_the_last_good() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config/default.yaml");
        let project = folder.path().join("projects/sales/config/project.yaml");
        let handle = ConfigHandle::open(root(folder.path()), Sources::default()).unwrap();
        let stop = CancellationToken::new();
        let watching = tokio::spawn(handle.clone().watch(stop.clone()));

        fs::write(&file, "daemon: {task_timeout: 5}\nserver: {bind: '127.0.0.1:1'}\n").unwrap();
        until(&handle, "new timeout", |h| h.settings().daemon.task_timeout == 5.0).await;
        assert_eq!(handle.needs_restart(), ["server.bind"]);

        fs::write(&project, "review: {confidence_threshold: 0.9}\n").unwrap();
        let threshold = |h: &ConfigHandle| h.project(&sales()).unwrap().effective.review.confidence_threshold;
        until(&handle, "new threshold", |h| threshold(h) == 0.9).await;

        fs::write(&project, "review: {confidence_threshold: 9}\n").unwrap();
        fs::write(&file, "daemon: {task_timeout: soon}\n").unwrap();
        until(&handle, "both errors", |h| h.last_errors().len() == 2).await;
        assert_eq!((handle.settings().daemon.task_timeout, threshold(&handle)), (5.0, 0.9));

        fs::write(&file, "daemon: {task_timeout: 6}\n").unwrap();
        until(&handle, "the file is good again", |h| h.last_errors().len() == 1).await;
        assert_eq!(handle.project(&sales()).unwrap().effective.daemon.task_timeout, 6.0);
        assert!(handle.needs_restart().is_empty());
        stop.cancel();
        watching.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_project_that_comes_later_is_watched_too() {
        let folder = tempfile::tempdir().unwrap();
        let handle = ConfigHandle::open(root(folder.path()), Sources::default()).unwrap();
        let stop = CancellationToken::new();
        let watching = tokio::spawn(handle.clone().watch(stop.clone()));
        let file = folder.path().join("projects/late/config/project.yaml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        handle.reload();
        let late = ProjectId::parse("late").unwrap();
        assert_eq!(handle.project(&late).unwrap().own.max_global_agents, None);
        fs::write(&file, "max_global_agents: 2\n").unwrap();
        until(&handle, "new cap", |h| h.project(&late).unwrap().own.max_global_agents == Some(2)).await;
        stop.cancel();
        watching.await.unwrap().unwrap();
    }

    #[test]
    fn at_the_start_a_broken_project_has_no_configuration_and_a_broken_default_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = root(folder.path());
        fs::write(root.project_config(&sales()), "agent: []\n").unwrap();
        let handle = ConfigHandle::open(root.clone(), Sources::default()).unwrap();
        assert!(handle.project(&sales()).is_err());
        assert_eq!(handle.last_errors().len(), 1);
        fs::write(root.project_config(&sales()), "agents: []\n").unwrap();
        assert_eq!(handle.reload().errors, []);
        assert!(handle.project(&sales()).is_ok());
        fs::write(root.default_yaml(), "deamon: {}\n").unwrap();
        assert!(ConfigHandle::open(root, Sources::default()).is_err());
    }
}
