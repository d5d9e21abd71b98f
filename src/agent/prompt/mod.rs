//! Prompts: a template for each trigger, filled with what the blackboard knows about the task.
//!
//! Templates are built in; a file of the same name in the root's `prompt_templates/` comes first, read afresh for every
//! prompt. A root's template that does not render falls back to the built-in one, with a warning: an agent without a
//! prompt is worse than one with the standard prompt.

mod context;

use std::path::{Path, PathBuf};

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

/// The templates in force for a root; cheap to make. Reading them blocks for some small files.
#[derive(Debug, Clone)]
pub struct Templates {
    folder: PathBuf,
}

impl Templates {
    /// Built-in templates, with those of this folder before them.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The prompt for a trigger. Blocks for some small files.
    pub fn render(&self, trigger: Trigger, context: &Context) -> Result<String, PromptError> {
        let failed = |source| PromptError { trigger, source };
        match render(Some(&self.folder), trigger, context) {
            Ok(prompt) => Ok(prompt),
            Err(error) if self.folder.is_dir() => {
                tracing::warn!(%trigger, %error, "a prompt template of the root is broken; the built-in one is used");
                render(None, trigger, context).map_err(failed)
            }
            Err(error) => Err(failed(error)),
        }
    }
}

fn render(folder: Option<&Path>, trigger: Trigger, context: &Context) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for name in BuiltIn::iter() {
        let own = folder.and_then(|folder| std::fs::read_to_string(folder.join(&*name)).ok());
        let built_in = || BuiltIn::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        if let Some(text) = own.or_else(built_in) {
            environment.add_template_owned(name.into_owned(), text)?;
        }
    }
    environment.get_template(&format!("{trigger}.md"))?.render(Serde(context))
}

#[cfg(test)]
mod tests;
