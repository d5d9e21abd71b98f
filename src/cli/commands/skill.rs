//! `skill`: which skills there are, what they say, and the changes that people make.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::read_text,
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::{Method, Request},
    model::ids::{ProjectId, SkillId},
    skills::{SkillError, folder, package::DOCUMENT},
};

/// The verbs of `skill`.
#[derive(Debug, Subcommand)]
pub enum Skill {
    /// List the skills, where each comes from and what its use came to
    List(Where),
    /// Show what a skill says, or everything about it with --json
    Show(Named),
    /// Make a draft an active skill
    Approve(Judged),
    /// Take a skill out of use
    Deprecate(Judged),
    /// Make an earlier version the present one again
    Rollback {
        /// Which skill.
        #[command(flatten)]
        skill: Named,
        /// Which version [default: the one before]
        #[arg(long, value_name = "NUMBER")]
        to: Option<i64>,
    },
    /// Take over a folder with a SKILL.md, or that file, as a draft
    Import {
        /// The folder, or its SKILL.md
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Its id here [default: from its name]
        #[arg(long, value_name = "ID")]
        id: Option<SkillId>,
        /// What it is about, separated by commas
        #[arg(long, value_name = "TAGS", value_delimiter = ',')]
        tags: Vec<String>,
        /// For whom.
        #[command(flatten)]
        place: Where,
    },
    /// Copy a skill of a level below, to change it here: for all projects, or for one
    Override(Named),
    /// Save the text of a skill from a file: a new version
    Save {
        /// Which skill.
        #[command(flatten)]
        skill: Named,
        /// The file
        #[arg(long, value_name = "FILE")]
        path: PathBuf,
    },
    /// Write a skill's files into a folder, as other agent tools read them
    Export {
        /// Which skill.
        #[command(flatten)]
        skill: Named,
        /// The folder; the skill's own is made in it
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
}

/// Whose skills.
#[derive(Debug, Clone, Args)]
pub struct Where {
    /// A project's [default: those of all projects]
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
}

/// A skill by its id.
#[derive(Debug, Args)]
pub struct Named {
    /// Its id
    #[arg(value_name = "NAME")]
    pub id: SkillId,
    /// Whose.
    #[command(flatten)]
    pub place: Where,
}

/// A skill, and why something is done with it.
#[derive(Debug, Args)]
pub struct Judged {
    /// Which skill.
    #[command(flatten)]
    pub skill: Named,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

impl Where {
    fn request<'a>(&'a self, method: Method, rest: impl IntoIterator<Item = &'a str>) -> Request {
        let head = match &self.project {
            Some(project) => vec!["api", "projects", project.as_str(), "skills"],
            None => vec!["api", "skills"],
        };
        Request::new(method, head.into_iter().chain(rest))
    }
}

impl Named {
    fn request(&self, method: Method) -> Request {
        self.place.request(method, [self.id.as_str()])
    }

    /// A verb of a route that knows the project from the body.
    fn verb(&self, verb: &str, session: &Session, body: &Value) -> Request {
        let mut body = session.signed("agent", body);
        if let Some(project) = &self.place.project {
            body["project"] = json!(project);
        }
        Request::post(["api", "skills", self.id.as_str(), verb], &body)
    }
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
    faults: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct InFull {
    skill: Value,
    text: String,
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct File {
    path: String,
    text: String,
}

impl Skill {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List(place) => {
                session.out.show(session.value(place.request(Method::Get, [])).await?, list)?;
            }
            Self::Show(skill) => show(session, &skill).await?,
            Self::Approve(judged) => judged.tell(session, "approve").await?,
            Self::Deprecate(judged) => judged.tell(session, "deprecate").await?,
            Self::Rollback { skill, to } => {
                let answer = session.value(skill.verb("rollback", session, &json!({"version": to}))).await?;
                session.out.show(answer, standing)?;
            }
            Self::Import { path, id, tags, place } => import(session, &path, (id, tags), &place).await?,
            Self::Override(skill) => copy(session, &skill).await?,
            Self::Save { skill, path } => {
                let text =
                    read_text(&path)?.ok_or_else(|| Failure::usage(format!("{} is not text", path.display())))?;
                save(session, &skill, text).await?;
            }
            Self::Export { skill, out } => export(session, &skill, &out).await?,
        }
        Ok(Exit::Done)
    }
}

impl Judged {
    async fn tell(self, session: &Session, verb: &str) -> Result<(), Failure> {
        let answer = session.value(self.skill.verb(verb, session, &json!({"reason": self.reason}))).await?;
        session.out.show(answer, standing)
    }
}

/// As an attempt sees it: with its project's skills, when it names none.
async fn show(session: &Session, skill: &Named) -> Result<(), Failure> {
    let project = skill.place.project.clone().or_else(|| session.defaults.project.clone());
    let place = Where { project };
    let answer = session.value(place.request(Method::Get, [skill.id.as_str()])).await?;
    session.out.show(answer, |found: &InFull, page: &Page| {
        let head = format!("{} {}", of(&found.skill, "status"), found.skill["version"]);
        let mut text =
            format!("{}\n{}", page.dim(format!("# {} ({head})", of(&found.skill, "path"))), found.text.trim_end());
        for file in &found.files {
            text += &format!("\n\n{}\n{}", page.dim(format!("# {}", file.path)), file.text.trim_end());
        }
        text
    })
}

async fn import(
    session: &Session,
    path: &Path,
    (id, tags): (Option<SkillId>, Vec<String>),
    place: &Where,
) -> Result<(), Failure> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let files: Vec<Value> = if path.is_dir() {
        let package = folder::read_package(folder).map_err(|error| refused(path, &error))?;
        package.files().map(|(path, text)| json!({"path": path, "text": text})).collect()
    } else {
        let text = read_text(path)?.ok_or_else(|| Failure::usage(format!("{} is not text", path.display())))?;
        vec![json!({"path": DOCUMENT, "text": text})]
    };
    let body = json!({"files": files, "id": id, "tags": tags, "project": place.project});
    let request = Request::post(["api", "skills", "import"], &session.signed("agent", &body));
    session.out.show(session.value(request).await?, standing)
}

fn refused(path: &Path, error: &SkillError) -> Failure {
    Failure::usage(format!("{}: {error}", path.display())).hint("a skill is a folder with a SKILL.md and text files")
}

/// Writes what a level below says where it can be changed.
async fn copy(session: &Session, skill: &Named) -> Result<(), Failure> {
    let found: InFull = session.json(skill.request(Method::Get)).await?;
    let own = if skill.place.project.is_some() { "project" } else { "custom" };
    if found.skill["level"] == own {
        let path = of(&found.skill, "path");
        return Err(
            Failure::refused(format!("{} is overridden already", skill.id)).hint(format!("edit {path}/{DOCUMENT}"))
        );
    }
    save(session, skill, found.text).await
}

async fn save(session: &Session, skill: &Named, text: String) -> Result<(), Failure> {
    let body = session.signed("agent", &json!({"source": text}));
    let answer = session.value(skill.request(Method::Put).json(&body)).await?;
    session.out.show(answer, standing)
}

/// Writes files on this side: the daemon need not have access to where people want them.
async fn export(session: &Session, skill: &Named, out: &Path) -> Result<(), Failure> {
    let answer = session.value(skill.request(Method::Get)).await?;
    let found: InFull = serde_json::from_value(answer).map_err(anyhow::Error::from)?;
    // The other tools want no underscore in a name.
    let name = skill.id.as_str().replace('_', "-");
    let folder = out.join(&name);
    if folder.exists() {
        return Err(Failure::refused(format!("{} is there already", folder.display())).hint("choose another --out"));
    }
    let text = with_name(&found.text, &name, of(&found.skill, "description"));
    let document = [File { path: DOCUMENT.into(), text }];
    for File { path, text } in document.iter().chain(&found.files) {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(&folder);
        std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text)).map_err(anyhow::Error::from)?;
    }
    let written = json!({"skill": skill.id, "folder": folder});
    session.out.show(written, |_: &Value, _: &Page| format!("wrote {}", folder.display()))
}

/// The text with a front matter, which the other tools need; one that is there stays as it is.
fn with_name(text: &str, name: &str, description: &str) -> String {
    if text.trim_start_matches('\u{feff}').starts_with("---\n") {
        return text.to_owned();
    }
    // JSON's quoting of a text is YAML's too.
    format!("---\nname: {name}\ndescription: {}\n---\n\n{text}", json!(description))
}

fn standing(found: &InFull, _: &Page) -> String {
    let skill = &found.skill;
    format!("{} is {}, version {} ({})", of(skill, "id"), of(skill, "status"), skill["version"], of(skill, "path"))
}

fn list(list: &List, page: &Page) -> String {
    let mut grid = Grid::new(page, &["NAME", "FROM", "STATUS", "VERSION", "DONE", "FAILED", "WHAT FOR"], 6);
    for skill in &list.items {
        let counts = &skill["counts"];
        grid.row([
            of(skill, "id").to_owned(),
            of(skill, "level").to_owned(),
            of(skill, "status").to_owned(),
            skill["version"].to_string(),
            counts["successes_count"].to_string(),
            counts["failures_count"].to_string(),
            of(skill, "description").to_owned(),
        ]);
    }
    let faults = list
        .faults
        .iter()
        .map(|fault| format!("broken: {}:{}: {}", of(fault, "path"), fault["line"], of(fault, "message")));
    [grid.finish()].into_iter().chain(faults).collect::<Vec<_>>().join("\n")
}

fn of<'v>(object: &'v Value, field: &str) -> &'v str {
    object[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exported_has_a_front_matter() {
        let made = with_name("# X\n", "read-csv", "Reads: \"CSV\"");
        assert_eq!(made, "---\nname: read-csv\ndescription: \"Reads: \\\"CSV\\\"\"\n---\n\n# X\n");
        assert_eq!(with_name(&made, "other", "y"), made);
    }
}
