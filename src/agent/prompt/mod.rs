//! Prompts: a template for each trigger, filled with what the blackboard knows about the task.
//!
//! Templates are built in; a file of the same name in the root's `prompt_templates/` comes first, and takes effect
//! at the next prompt. A root's template that does not render falls back to the built-in one, with a warning: an agent without a
//! prompt is worse than one with the standard prompt.

mod context;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use minijinja::{Environment, UndefinedBehavior, value::Serde};
use rust_embed::RustEmbed;

pub use self::context::{About, Context, Dependency, Skill, gather};
use crate::model::task::Trigger;

#[derive(RustEmbed)]
#[folder = "prompt_templates/"]
#[include = "*.md"]
#[exclude = "README.md"]
struct BuiltIn;

/// Why there is no prompt.
#[derive(Debug, thiserror::Error)]
#[error("failed to render the prompt `{trigger}`")]
pub struct PromptError {
    /// The trigger, which is also the template's name.
    pub trigger: Trigger,
    #[source]
    source: minijinja::Error,
}

/// The templates in force for a root. Compiled ones are kept until a file of the folder changes.
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
}

/// The files of the root's folder: name, time of the last change, size.
type Files = Vec<(String, Option<SystemTime>, u64)>;

impl Templates {
    /// Built-in templates, with those of this folder before them.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), compiled: Mutex::default() }
    }

    /// The prompt for a trigger. Blocks for a look at the folder, and for its files when they have changed.
    pub fn render(&self, trigger: Trigger, context: &Context) -> Result<String, PromptError> {
        let failed = |source| PromptError { trigger, source };
        match self.in_force().and_then(|environment| render(&environment, trigger, context)) {
            Ok(prompt) => Ok(prompt),
            Err(error) if self.folder.is_dir() => {
                tracing::warn!(%trigger, %error, "a prompt template of the root is broken; the built-in one is used");
                let built_in = compile(None).map_err(failed)?;
                render(&built_in, trigger, context).map_err(failed)
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn in_force(&self) -> Result<Arc<Environment<'static>>, minijinja::Error> {
        let files = files(&self.folder);
        let known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.files == files) {
            return Ok(known.environment);
        }
        let environment = Arc::new(compile(Some(&self.folder))?);
        let fresh = Compiled { files, environment: environment.clone() };
        *self.compiled.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
        Ok(environment)
    }
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

fn compile(folder: Option<&Path>) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for name in BuiltIn::iter() {
        let own = folder.and_then(|folder| std::fs::read_to_string(folder.join(&*name)).ok());
        let built_in = || BuiltIn::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        if let Some(text) = own.or_else(built_in) {
            environment.add_template_owned(name.into_owned(), text)?;
        }
    }
    Ok(environment)
}

fn render(environment: &Environment<'_>, trigger: Trigger, context: &Context) -> Result<String, minijinja::Error> {
    environment.get_template(&format!("{trigger}.md"))?.render(Serde(context))
}

#[cfg(test)]
mod tests;
