//! `template`: the prompt templates in force; showing, overriding and checking them. Needs files only.

use std::{fs, io::Write};

use clap::Subcommand;
use serde_json::{Value, json};

use crate::{
    agent::prompt::{TemplateSource, Templates},
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page, table::Grid},
    },
};

/// The verbs of `template`.
#[derive(Debug, Subcommand)]
pub enum Template {
    /// List the templates and where each comes from
    List,
    /// Print a template
    Show {
        /// Its name, such as execute or _rules
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Copy a template to prompt_templates/ of the root, where it can be changed; in force with the next prompt
    Override {
        /// Its name, such as execute or _rules
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Try every template of the root on all that a prompt can say
    Check,
}

impl Template {
    /// Runs the verb.
    pub fn run(self, defaults: &Defaults, out: &Out) -> Result<Exit, Failure> {
        let templates = Templates::new(defaults.root.prompt_templates());
        match self {
            Self::List => {
                out.show(json!({"items": templates.list()}), list)?;
            }
            Self::Show { name } => {
                let found = find(&templates, &name)?;
                out.show(json!(found), |_: &Value, _: &Page| found.text.trim_end().to_owned())?;
            }
            Self::Override { name } => override_with(&templates, defaults, out, &name)?,
            Self::Check => return check(&templates, out),
        }
        Ok(Exit::Done)
    }
}

fn find(templates: &Templates, name: &str) -> Result<TemplateSource, Failure> {
    let name = name.trim_end_matches(".md");
    let all = templates.list();
    let names: Vec<_> = all.iter().map(|template| template.name.clone()).collect();
    all.into_iter().find(|template| template.name == name).ok_or_else(|| {
        Failure::not_found(format!("there is no template {name}"))
            .valid_values(names)
            .hint("name one of valid_values; what each is for stands in docs/agents.md")
    })
}

fn override_with(templates: &Templates, defaults: &Defaults, out: &Out, name: &str) -> Result<(), Failure> {
    let template = find(templates, name)?;
    let folder = defaults.root.prompt_templates();
    let path = folder.join(format!("{}.md", template.name));
    let shown = defaults.root.shown(&path).display().to_string();
    fs::create_dir_all(&folder)?;
    // Never over somebody's own file, also not over one that was written a moment ago.
    let mut file = fs::File::create_new(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Failure::refused(format!("{} is overridden already", template.name)).hint(format!("edit {shown}"))
        } else {
            error.into()
        }
    })?;
    file.write_all(template.text.as_bytes())?;
    let written = json!({"name": template.name, "path": shown});
    out.show(written, |_: &Value, _: &Page| format!("wrote {shown}"))
}

fn check(templates: &Templates, out: &Out) -> Result<Exit, Failure> {
    let faults = templates.faults();
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    out.show(json!({"ok": faults.is_empty(), "faults": faults}), |_: &Value, page: &Page| match told.as_slice() {
        [] => "every template renders".to_owned(),
        told => format!("{}\n{}", told.join("\n"), page.dim("the built-in templates are used in their place")),
    })?;
    Ok(if told.is_empty() { Exit::Done } else { Exit::Failed })
}

fn list(answer: &Value, page: &Page) -> String {
    let mut grid = Grid::new(page, &["NAME", "FROM"], 0);
    for template in answer["items"].as_array().into_iter().flatten() {
        let text = |field: &str| template[field].as_str().unwrap_or_default().to_owned();
        grid.row([text("name"), text("level")]);
    }
    grid.finish()
}
