//! `schema`: what each record that agents write must be like. Needs files only.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
};

use clap::Subcommand;
use serde_json::{Value, json};

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page, table::Grid},
    },
    config::schemas,
    http::record_schemas::{built_in, text},
    model::{
        json_schema::{Mismatch, Schema as JsonSchema},
        record_kind::RecordKind,
    },
};

/// The verbs of `schema`.
#[derive(Debug, Subcommand)]
pub enum Schema {
    /// List the records, and for which of them this root asks for more
    List,
    /// Print what a record must be like, as JSON Schema
    Show {
        /// The record, such as review
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Copy a schema to schemas/ of the root, to ask for more there; what is built in is asked in any case
    Override {
        /// The record, such as comment
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Check the root's own schemas, or a record in a file
    Check {
        /// The record, such as review [default: the root's own schemas are checked]
        #[arg(value_name = "NAME", requires = "file")]
        name: Option<String>,
        /// The file with the record as JSON; `-` for standard input
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

fn find(name: &str) -> Result<RecordKind, Failure> {
    name.trim_end_matches(".json").parse().map_err(|_| {
        let names = RecordKind::WORDS.iter().copied();
        Failure::not_found(format!("there is no record {name}"))
            .valid_values(names)
            .hint("name one of valid_values; `moziplus schema list` says what each is")
    })
}

impl Schema {
    /// Runs the verb.
    pub fn run(self, defaults: &Defaults, out: &Out) -> Result<Exit, Failure> {
        match self {
            Self::List => list(defaults, out)?,
            Self::Show { name } => {
                let name = find(&name)?;
                let own = fs::read_to_string(file_of(defaults, name)).ok();
                let (level, text) = own.map_or_else(|| ("built-in", text(name)), |own| ("root", own));
                let shown = json!({"name": name, "level": level, "text": text});
                out.show(shown, |_: &Value, _: &Page| text.trim_end().to_owned())?;
            }
            Self::Override { name } => override_with(defaults, out, find(&name)?)?,
            Self::Check { name: Some(name), file: Some(file) } => {
                return check_record(defaults, out, (find(&name)?, file));
            }
            Self::Check { .. } => return check_own(defaults, out),
        }
        Ok(Exit::Done)
    }
}

fn file_of(defaults: &Defaults, name: RecordKind) -> PathBuf {
    defaults.root.schemas().join(format!("{name}.json"))
}

fn list(defaults: &Defaults, out: &Out) -> Result<(), Failure> {
    let item = |name: &RecordKind| {
        let level = if file_of(defaults, *name).is_file() { "root" } else { "built-in" };
        json!({"name": name, "level": level, "description": built_in(*name)["description"]})
    };
    let items: Vec<_> = RecordKind::ALL.iter().map(item).collect();
    out.show(json!({"items": items}), |answer: &Value, page: &Page| {
        let mut grid = Grid::new(page, &["NAME", "FROM", "WHAT"], 2);
        for item in answer["items"].as_array().into_iter().flatten() {
            grid.row(["name", "level", "description"].map(|field| item[field].as_str().unwrap_or_default().to_owned()));
        }
        grid.finish()
    })
}

fn override_with(defaults: &Defaults, out: &Out, name: RecordKind) -> Result<(), Failure> {
    if !name.can_be_overridden() {
        let detail = format!("the form of {name} is shared with other tools and fixed");
        return Err(Failure::refused(detail).hint("see docs/skills.md for what a skill is made of"));
    }
    let path = file_of(defaults, name);
    let shown = defaults.root.shown(&path).display().to_string();
    fs::create_dir_all(defaults.root.schemas())?;
    // Never over somebody's own file, also not over one that was written a moment ago.
    let mut file = fs::File::create_new(&path).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            Failure::refused(format!("{name} is overridden already")).hint(format!("edit {shown}"))
        } else {
            error.into()
        }
    })?;
    file.write_all(text(name).as_bytes())?;
    out.show(json!({"name": name, "path": shown}), |_: &Value, _: &Page| format!("wrote {shown}"))
}

fn check_own(defaults: &Defaults, out: &Out) -> Result<Exit, Failure> {
    let read = schemas::read(&defaults.root);
    let problems = read.as_ref().err().map(|error| error.problems.clone()).unwrap_or_default();
    let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
    out.show(json!({"ok": told.is_empty(), "faults": problems}), |_: &Value, _: &Page| match told.as_slice() {
        [] => "every schema of the root can be understood".to_owned(),
        told => told.join("\n"),
    })?;
    Ok(if told.is_empty() { Exit::Done } else { Exit::Failed })
}

/// The first place where a record is not as it must be, by what is built in and by what the root asks for.
fn check_record(defaults: &Defaults, out: &Out, (name, file): (RecordKind, PathBuf)) -> Result<Exit, Failure> {
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        text
    } else {
        fs::read_to_string(&file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?
    };
    let record: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{} is not JSON: {error}", file.display())))?;
    let core = JsonSchema::parse(&built_in(name)).unwrap_or_default();
    let own =
        schemas::read(&defaults.root).map_err(|error| Failure::refused(error.to_string()).hint(error.way_out()))?;
    let wrong = core.check(&record).err().or_else(|| own.get(&name)?.check(&record).err());
    let answer = match &wrong {
        None => json!({"ok": true}),
        Some(Mismatch { field, detail, valid_values, hint }) => {
            json!({"ok": false, "field": field, "detail": detail, "valid_values": valid_values, "hint": hint})
        }
    };
    out.show(answer, |_: &Value, _: &Page| match &wrong {
        None => format!("{} is a {name}", file.display()),
        Some(wrong) => format!("{}: {}; {}", file.display(), wrong.detail, wrong.hint),
    })?;
    Ok(if wrong.is_none() { Exit::Done } else { Exit::Failed })
}
