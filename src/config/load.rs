//! Loading: the layers are read, laid over each other, turned into types and checked.

use std::{collections::BTreeMap, fs, io, path::Path, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    agents::Agents,
    check::{self, Finding},
    environment::Environment,
    error::{ConfigError, Problem},
    guardrails::Guardrails,
    playbook::Playbook,
    project::ProjectSettings,
    root::Root,
    settings::Settings,
    tree::{Data, Node, Origin, file_origin, path_of},
    typed,
};
use crate::{model::ids::ProjectId, watch::plain};

/// A setting given on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The flag, such as `--bind`.
    pub name: String,
    /// The key that it sets, such as `server.bind`.
    pub key: String,
    /// The value as given.
    pub value: String,
}

/// Where settings come from besides files.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The environment variables.
    pub environment: Environment,
    /// The flags, which beat everything.
    pub flags: Vec<Flag>,
}

/// One value in force, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueInForce {
    /// The key with its sections.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Where it was set: `built-in`, `config/default.yaml:12`, `environment NAME` or `flag --name`.
    pub origin: String,
}

/// A project's configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectConfig {
    /// What `project.yaml` says, less what the environment or a flag sets.
    pub own: ProjectSettings,
    /// All settings as they hold for the project.
    pub effective: Arc<Settings>,
    /// What the project sets, with its place.
    pub values: Vec<ValueInForce>,
    /// Red lines and checks, the project's own among them.
    pub guardrails: Arc<Guardrails>,
    /// What policy scripts see as `ctx.config`: `effective`, `playbook` with red lines and review protocols, and the
    /// project's own `context`.
    pub facts: Arc<Value>,
}

impl ProjectConfig {
    /// A project's own settings under those of the daemon.
    pub(super) fn under(
        loaded: &Loaded,
        own: ProjectSettings,
        values: Vec<ValueInForce>,
        guardrails: Arc<Guardrails>,
    ) -> Arc<Self> {
        let effective = Arc::new(loaded.settings.effective(&own));
        let mut facts = serde_json::to_value(&*effective).unwrap_or_default();
        if let Value::Object(facts) = &mut facts {
            let playbook = Playbook { guardrails: guardrails.clone(), ..(*loaded.playbook).clone() };
            let playbook = serde_json::to_value(playbook).unwrap_or_default();
            facts.insert("playbook".to_owned(), playbook);
            facts.insert("context".to_owned(), serde_json::to_value(&own.context).unwrap_or_default());
        }
        Arc::new(Self { own, effective, values, guardrails, facts: Arc::new(facts) })
    }
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings of the daemon.
    pub settings: Arc<Settings>,
    /// Runners and agents.
    pub agents: Arc<Agents>,
    /// Red lines, texts for prompts, review protocols.
    pub playbook: Arc<Playbook>,
    /// The projects that have a folder; a broken one is here with its error.
    pub projects: BTreeMap<ProjectId, Result<Arc<ProjectConfig>, ConfigError>>,
    /// Every value of `settings` with its place.
    pub values: Vec<ValueInForce>,
    pub(super) above: Node,
}

impl Loaded {
    /// A project's configuration; that of an empty `project.yaml` when the project is new.
    pub fn project(&self, id: &ProjectId) -> Result<Arc<ProjectConfig>, ConfigError> {
        let unknown =
            || Ok(ProjectConfig::under(self, ProjectSettings::default(), Vec::new(), self.playbook.guardrails.clone()));
        self.projects.get(id).cloned().unwrap_or_else(unknown)
    }
}

/// Reads everything. A broken file of `config/`, variable or flag is an error with all that is wrong; a broken
/// `project.yaml` only concerns its project.
pub fn load(root: &Root, sources: &Sources) -> Result<Loaded, ConfigError> {
    let global = Global::read(root, sources);
    let agents = read_agents(root);
    let playbook = Playbook::read(root);
    let (global, agents, playbook) = match (global, agents, playbook) {
        (Ok(global), Ok(agents), Ok(playbook)) => (global, agents, playbook),
        (global, agents, playbook) => {
            let errors = global.err().into_iter().chain(agents.err()).chain(playbook.err());
            return Err(ConfigError { problems: errors.flat_map(|error| error.problems).collect() });
        }
    };
    let mut loaded = Loaded {
        settings: Arc::new(global.settings),
        agents: Arc::new(agents),
        playbook: Arc::new(playbook),
        projects: BTreeMap::new(),
        values: global.values,
        above: global.above,
    };
    loaded.projects = project_ids(root).into_iter().map(|id| (id.clone(), loaded.read_project(root, &id))).collect();
    Ok(loaded)
}

/// What does not belong to one project.
pub(super) struct Global {
    pub(super) settings: Settings,
    pub(super) values: Vec<ValueInForce>,
    /// The layers above `project.yaml`: environment and flags.
    pub(super) above: Node,
}

impl Global {
    pub(super) fn read(root: &Root, sources: &Sources) -> Result<Self, ConfigError> {
        let built_in = serde_json::to_value(Settings::default())
            .map_err(|error| Problem::new(format!("the built-in settings are broken: {error}")))?;
        let mut tree = Node::of(built_in, &Origin::BuiltIn);
        if let Some(file) = read_file(root, &root.default_yaml())? {
            tree.overlay(file);
        }
        let above = variables_and_flags(sources);
        tree.overlay(above.clone());
        let settings: Settings = typed_and_checked(&tree, check::settings)?;
        Ok(Self { values: values(&tree, &settings), settings, above })
    }
}

pub(super) fn read_agents(root: &Root) -> Result<Agents, ConfigError> {
    match read_file(root, &root.agents_yaml())? {
        Some(tree) => typed_and_checked(&tree, check::agents),
        None => Ok(Agents::default()),
    }
}

impl Loaded {
    pub(super) fn read_project(&self, root: &Root, id: &ProjectId) -> Result<Arc<ProjectConfig>, ConfigError> {
        let file = root.project_config(id);
        let origin = file_origin(root.shown(&file));
        let mut tree = read_file(root, &file)?.unwrap_or_else(|| Node::empty(origin));
        let check = |own: &ProjectSettings| {
            let mut findings = check::project(own, &self.agents);
            findings.extend(check::settings(&self.settings.effective(own)));
            findings
        };
        let own: ProjectSettings = typed_and_checked(&tree, check)?;
        // What the environment or a flag sets beats the project: without its own value, the daemon's holds.
        let mut above = Vec::new();
        self.above.leaves("", &mut above);
        for (key, _) in &above {
            tree.remove(&key.split('.').collect::<Vec<_>>());
        }
        let own = if above.is_empty() { own } else { typed_and_checked(&tree, |_| Vec::new())? };
        let values = values(&tree, &own);
        let guardrails = Arc::new(self.playbook.guardrails.of_project(root, id)?);
        Ok(ProjectConfig::under(self, own, values, guardrails))
    }
}

/// The projects that have a folder; archived ones and names that are no ids are left out.
pub(super) fn project_ids(root: &Root) -> Vec<ProjectId> {
    let entries = fs::read_dir(root.projects()).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.filter_map(|entry| ProjectId::parse(entry.file_name().to_str()?).ok()).collect()
}

/// A file as a tree; none when there is no such file.
pub(super) fn read_file(root: &Root, path: &Path) -> Result<Option<Node>, Problem> {
    let shown = root.shown(path);
    let text = match plain::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(Problem::in_file(shown, "is not UTF-8 text").hint("save it as UTF-8"));
        }
        Err(error) => return Err(Problem::in_file(shown, format!("failed to read it: {error}"))),
    };
    let tree = Node::parse(&text, &file_origin(shown))?;
    match tree.data {
        Data::Map(_) => Ok(Some(tree)),
        Data::Scalar(Value::Null) => Ok(None),
        _ => Err(tree.place.problem("", "expected keys with values, one each line")),
    }
}

/// The layers above the files. Names of older deployments come first, so that the newer names win.
fn variables_and_flags(sources: &Sources) -> Node {
    let mut tree = Node::empty(Origin::BuiltIn);
    for (name, key) in [("LOG_LEVEL", "logging.level"), ("INBOX_PATH", "inbox.path")] {
        if let Some(value) = sources.environment.get(name) {
            set(&mut tree, key, value, Origin::Variable(name.into()));
        }
    }
    for (name, value) in sources.environment.with_prefix("MOZIPLUS__") {
        let key = name.to_ascii_lowercase().replace("__", ".");
        set(&mut tree, &key, value, Origin::Variable(format!("MOZIPLUS__{name}").into()));
    }
    for flag in &sources.flags {
        set(&mut tree, &flag.key, &flag.value, Origin::Flag(flag.name.as_str().into()));
    }
    tree
}

fn set(tree: &mut Node, key: &str, value: &str, origin: Origin) {
    let path: Vec<_> = key.split('.').collect();
    tree.set(&path, Node::bare(value, &origin));
}

pub(super) fn typed_and_checked<T: DeserializeOwned>(
    tree: &Node,
    check: impl Fn(&T) -> Vec<Finding>,
) -> Result<T, ConfigError> {
    let value = typed::read(tree).map_err(|problems| ConfigError { problems })?;
    let mut problems: Vec<_> = check(&value).into_iter().filter_map(|finding| placed(finding, tree)).collect();
    if problems.is_empty() {
        return Ok(value);
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(ConfigError { problems })
}

/// A finding at its place; none when the tree says nothing about the key: then it is somebody else's.
fn placed(finding: Finding, tree: &Node) -> Option<Problem> {
    let path = path_of(&finding.key);
    // A key that is missing in a list's item, such as a default, is told at the item.
    let place =
        tree.place_of(&path).or_else(|| tree.place_of(&path[..path.len().checked_sub(1).filter(|n| *n > 1)?]))?;
    Some(Problem { hint: finding.hint, ..place.problem(&finding.key, finding.message) })
}

/// The values of the tree as they were understood: `WARNING` is `warn` in the settings.
fn values<T: Serialize>(tree: &Node, settings: &T) -> Vec<ValueInForce> {
    let mut leaves = Vec::new();
    tree.leaves("", &mut leaves);
    let understood = serde_json::to_value(settings).unwrap_or_default();
    let in_force = |(key, node): (String, &Node)| {
        let value = understood.pointer(&format!("/{}", key.replace('.', "/"))).cloned();
        ValueInForce { value: value.unwrap_or_else(|| node.value()), origin: node.place.to_string(), key }
    };
    leaves.into_iter().filter(|(key, _)| !key.is_empty()).map(in_force).collect()
}
