//! The templates in force: built in, and before them files of the same name in the root's `prompt_templates/`.
//!
//! An agent without a prompt is worse than one with the standard prompt: where a file of the root is broken, the built-in
//! one is used, and the fault is told with file and line.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use minijinja::{Environment, UndefinedBehavior, value::Serde};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value;

use super::fence;

#[derive(RustEmbed)]
#[folder = "prompt_templates/"]
#[include = "*.md"]
#[exclude = "README.md"]
struct BuiltIn;

/// A file of the root that is not used, since it is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateFault {
    /// The template, such as `execute`.
    pub template: String,
    /// The file, below the root.
    pub file: String,
    /// The line, when it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// A template, and where the one in force comes from.
#[derive(Debug, Clone, Serialize)]
pub struct TemplateSource {
    /// Its name, such as `execute` or `_rules`.
    pub name: String,
    /// `root` or `built-in`.
    pub level: &'static str,
    /// What it says.
    pub text: String,
}

/// The templates of a root. Compiled ones are kept until a file of the folder changes.
#[derive(Debug)]
pub struct Templates {
    folder: PathBuf,
    /// Held only to look up and exchange the compiled set.
    compiled: Mutex<Option<Compiled>>,
}

#[derive(Debug, Clone)]
struct Compiled {
    files: Files,
    environment: Arc<Environment<'static>>,
    faults: Arc<Vec<TemplateFault>>,
}

/// The files of the root's folder: name, time of the last change, size.
type Files = Vec<(String, Option<SystemTime>, u64)>;

/// A rendered text, and what was broken on the way.
#[derive(Debug)]
pub(super) struct Rendered {
    pub text: String,
    pub faults: Vec<TemplateFault>,
}

impl Templates {
    /// Built-in templates, with those of this folder before them.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), compiled: Mutex::default() }
    }

    /// Renders a template. Blocks for a look at the folder, and for its files when they have changed.
    pub(super) fn render(&self, name: &str, facts: &Value) -> Result<Rendered, minijinja::Error> {
        let Compiled { environment, faults, .. } = self.in_force()?;
        let mut faults = (*faults).clone();
        match render(&environment, name, facts) {
            Ok(text) => Ok(Rendered { text, faults }),
            Err(error) if self.folder.is_dir() => {
                faults.push(self.fault(name, &error));
                let text = render(&compile(None).0?, name, facts)?;
                Ok(Rendered { text, faults })
            }
            Err(error) => Err(error),
        }
    }

    /// Every template, and where it comes from. Blocks.
    pub fn list(&self) -> Vec<TemplateSource> {
        let mut names: Vec<_> = BuiltIn::iter().collect();
        names.sort();
        let source = |file: &std::borrow::Cow<'static, str>| {
            let own = std::fs::read_to_string(self.folder.join(&**file)).ok();
            let level = if own.is_some() { "root" } else { "built-in" };
            let name = file.trim_end_matches(".md").to_owned();
            Some(TemplateSource { name, level, text: own.or_else(|| built_in(file))? })
        };
        names.iter().filter_map(source).collect()
    }

    /// What is broken: files that cannot be read or understood, that no template has the name of, or that do not render
    /// what a prompt can say. Blocks.
    pub fn check(&self, samples: &[Value]) -> Vec<TemplateFault> {
        let mut faults = match self.in_force() {
            Ok(compiled) => (*compiled.faults).clone(),
            Err(error) => vec![self.fault("", &error)],
        };
        for source in self.list().into_iter().filter(|source| !source.name.starts_with('_')) {
            for facts in samples {
                let Ok(compiled) = self.in_force() else { break };
                if let Err(error) = render(&compiled.environment, &format!("{}.md", source.name), facts) {
                    let fault = self.fault(&source.name, &error);
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                    break;
                }
            }
        }
        faults
    }

    fn in_force(&self) -> Result<Compiled, minijinja::Error> {
        let files = files(&self.folder);
        let known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.files == files) {
            return Ok(known);
        }
        let (environment, mut faults) = compile(Some(&self.folder));
        faults.extend(files.iter().filter_map(|(name, ..)| unknown(name, &self.folder)));
        let fresh = Compiled { files, environment: Arc::new(environment?), faults: Arc::new(faults) };
        *self.compiled.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    fn fault(&self, name: &str, error: &minijinja::Error) -> TemplateFault {
        let file = error.name().map_or_else(|| name.to_owned(), ToOwned::to_owned);
        fault(&self.folder, file.trim_end_matches(".md"), error.line(), said(error))
    }
}

fn fault(folder: &Path, template: &str, line: Option<usize>, message: String) -> TemplateFault {
    let folder = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    TemplateFault { template: template.to_owned(), file: format!("{folder}/{template}.md"), line, message }
}

/// The innermost reason, which is the one that helps.
fn said(error: &minijinja::Error) -> String {
    let own = |error: &minijinja::Error| match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let mut text = own(error);
    let mut next = std::error::Error::source(error);
    while let Some(inner) = next {
        text = inner.downcast_ref().map_or_else(|| inner.to_string(), own);
        next = inner.source();
    }
    text
}

/// A file that looks like a template and is none.
fn unknown(name: &str, folder: &Path) -> Option<TemplateFault> {
    let template = name.strip_suffix(".md").filter(|name| *name != "README")?;
    if BuiltIn::get(name).is_some() {
        return None;
    }
    let names: Vec<_> = BuiltIn::iter().map(|name| name.trim_end_matches(".md").to_owned()).collect();
    let nearest = names.iter().max_by(|a, b| {
        let likeness = |other: &str| strsim::jaro(template, other);
        likeness(a).total_cmp(&likeness(b))
    });
    let hint = nearest.map_or_else(String::new, |name| format!("; did you mean `{name}.md`?"));
    Some(fault(folder, template, None, format!("there is no template of this name{hint}")))
}

fn files(folder: &Path) -> Files {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Files = entries
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), meta.modified().ok(), meta.len()))
        })
        .collect();
    files.sort();
    files
}

fn built_in(file: &str) -> Option<String> {
    BuiltIn::get(file).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// Compiles what is built in, with the files of a folder in their place where these can be understood.
fn compile(folder: Option<&Path>) -> (Result<Environment<'static>, minijinja::Error>, Vec<TemplateFault>) {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("code", code);
    let mut faults = Vec::new();
    for name in BuiltIn::iter() {
        let path = folder.map(|folder| folder.join(&*name)).filter(|path| path.is_file());
        if let (Some(path), Some(folder)) = (path, folder) {
            let template = name.trim_end_matches(".md");
            let added = match std::fs::read_to_string(path) {
                Ok(text) => environment
                    .add_template_owned(name.to_string(), text)
                    .map_err(|error| fault(folder, template, error.line(), said(&error))),
                Err(error) => Err(fault(folder, template, None, error.to_string())),
            };
            match added {
                Ok(()) => continue,
                Err(fault) => faults.push(fault),
            }
        }
        if let Err(error) = environment.add_template_owned(name.to_string(), built_in(&name).unwrap_or_default()) {
            return (Err(error), faults);
        }
    }
    (Ok(environment), faults)
}

/// A value that stands between backticks and not in a fence: it stays on its line and inside them.
fn code(value: String) -> String {
    value
        .chars()
        .map(|c| {
            if c == '`' {
                '\''
            } else if c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect()
}

fn render(environment: &Environment<'static>, name: &str, facts: &Value) -> Result<String, minijinja::Error> {
    let mut environment = environment.clone();
    environment.add_global("fence", fence::name(facts));
    environment.get_template(name)?.render(Serde(facts))
}
