//! `projects/_registry.yaml`: which projects there are.
//!
//! People read and edit this file, so it is changed in place: comments, order, blank lines and keys that we do not
//! know survive. Each edit is read back before it replaces the file, which is written aside and renamed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use yaml_edit::{Document, MappingBuilder};

use super::{
    error::ConfigError,
    root::Root,
    tree::{Data, Node, file_origin},
    typed,
};
use crate::{
    model::{ids::ProjectId, words::words},
    watch::plain,
};

words!(
    /// Whether a project is worked on.
    ProjectStatus, "project status" {
        /// It is.
        Active = "active",
        /// It lies below `_archived/` and is read-only.
        Archived = "archived",
    }
);

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryEntry {
    /// The project.
    pub id: ProjectId,
    /// Its name for people; the id when empty.
    #[serde(default)]
    pub name: String,
    /// Whether it is worked on.
    #[serde(default = "active")]
    pub status: ProjectStatus,
    /// When it was created; none when a person added it by hand without a time.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

impl RegistryEntry {
    /// True for a project that can only be read.
    pub fn is_archived(&self) -> bool {
        self.status == ProjectStatus::Archived
    }
}

const fn active() -> ProjectStatus {
    ProjectStatus::Active
}

/// Why the list could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The file is broken.
    #[error("{0}")]
    Broken(ConfigError),
    /// No such project.
    #[error("there is no project {0} in the registry")]
    Unknown(ProjectId),
    /// The id is taken.
    #[error("there is already a project {0} in the registry")]
    Taken(ProjectId),
    /// The file is written in a way that this edit would damage.
    #[error("{} cannot be edited in place; write each project as a list item of its own", .0.display())]
    NotEditable(PathBuf),
    /// The file could not be read or written.
    #[error("failed to access {}", .path.display())]
    Access {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The projects in the order of the file; none when there is no file yet.
pub fn read(root: &Root) -> Result<Vec<RegistryEntry>, RegistryError> {
    entries(root, &text_of(&root.registry())?)
}

/// Adds a project at the end.
pub fn add(root: &Root, entry: RegistryEntry) -> Result<(), RegistryError> {
    edit(root, |text, entries| {
        if entries.iter().any(|known| known.id == entry.id) {
            return Err(RegistryError::Taken(entry.id.clone()));
        }
        let edited = appended(text, &entry);
        entries.push(entry);
        Ok(edited)
    })
}

/// Sets whether a project is worked on.
pub fn set_status(root: &Root, id: &ProjectId, status: ProjectStatus) -> Result<(), RegistryError> {
    edit(root, |text, entries| {
        let index = index_of(entries, id)?;
        entries[index].status = status;
        Ok(with_value(text, index, "status", status.as_str()))
    })
}

/// Sets a project's name for people.
pub fn rename(root: &Root, id: &ProjectId, name: &str) -> Result<(), RegistryError> {
    edit(root, |text, entries| {
        let index = index_of(entries, id)?;
        name.clone_into(&mut entries[index].name);
        Ok(with_value(text, index, "name", name))
    })
}

/// Takes a project off the list.
pub fn remove(root: &Root, id: &ProjectId) -> Result<(), RegistryError> {
    edit(root, |text, entries| {
        let index = index_of(entries, id)?;
        entries.remove(index);
        let document = Document::from_str(text).ok();
        Ok(document.and_then(|document| {
            document.get_sequence("projects")?.remove(index)?;
            Some(document.to_string())
        }))
    })
}

fn index_of(entries: &[RegistryEntry], id: &ProjectId) -> Result<usize, RegistryError> {
    entries.iter().position(|entry| entry.id == *id).ok_or_else(|| RegistryError::Unknown(id.clone()))
}

/// Edits are made one at a time; the daemon's lock keeps other processes out.
static EDITING: Mutex<()> = Mutex::new(());

/// Runs an edit, which gives the new text (none when it sees no way) and changes the entries to what the text must
/// say then.
fn edit(
    root: &Root,
    change: impl FnOnce(&str, &mut Vec<RegistryEntry>) -> Result<Option<String>, RegistryError>,
) -> Result<(), RegistryError> {
    let _one_at_a_time = EDITING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = root.registry();
    let text = text_of(&path)?;
    let mut wanted = entries(root, &text)?;
    let edited = change(&text, &mut wanted)?;
    match edited {
        Some(edited) if entries(root, &edited).is_ok_and(|entries| entries == wanted) => write(&path, &edited),
        _ => Err(RegistryError::NotEditable(path)),
    }
}

/// The text with one more entry; `None` when the list is not in a form that can be added to.
fn appended(text: &str, entry: &RegistryEntry) -> Option<String> {
    let created_at = entry.created_at.map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true));
    let document = Document::from_str(text).ok();
    if let Some(list) =
        document.as_ref().and_then(|document| document.get_sequence("projects")).filter(|list| !list.is_empty())
    {
        let mut fields = MappingBuilder::new().pair("id", entry.id.as_str()).pair("name", entry.name.as_str());
        fields = fields.pair("status", entry.status.as_str());
        if let Some(created_at) = &created_at {
            fields = fields.pair("created_at", created_at.as_str());
        }
        list.push(fields.build_document().as_mapping()?);
        return document.map(|document| document.to_string());
    }
    // The library leaves an empty list as it is, so the first entry is written as text below its key.
    let name = serde_json::to_string(&entry.name).ok()?;
    let mut item = format!("  - id: {}\n    name: {name}\n    status: {}\n", entry.id, entry.status);
    if let Some(created_at) = created_at {
        item.push_str(&format!("    created_at: {created_at}\n"));
    }
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let Some(at) = text.lines().position(|line| line.starts_with("projects:")) else {
        return Some(format!("{text}{end}projects:\n{item}"));
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[at] = lines[at].replacen("[]", "", 1).trim_end().to_owned();
    lines.insert(at + 1, item.trim_end().to_owned());
    Some(lines.join("\n") + "\n")
}

/// The text with another value of a key of one entry.
fn with_value(text: &str, index: usize, key: &str, value: &str) -> Option<String> {
    let document = Document::from_str(text).ok()?;
    let entry = document.get_sequence("projects")?.get(index)?;
    entry.as_mapping()?.set(key, value);
    Some(document.to_string())
}

fn text_of(path: &Path) -> Result<String, RegistryError> {
    match plain::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        result => result.map_err(|source| RegistryError::Access { path: path.to_owned(), source }),
    }
}

/// The file's content in types; keys that we do not know are left alone.
fn entries(root: &Root, text: &str) -> Result<Vec<RegistryEntry>, RegistryError> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        projects: Vec<RegistryEntry>,
    }
    let path = root.registry();
    let origin = file_origin(root.shown(&path));
    let mut tree = Node::parse(text, &origin).map_err(|problem| RegistryError::Broken(problem.into()))?;
    keep(&mut tree, &["projects"]);
    if let Data::Map(sections) = &mut tree.data {
        for section in sections {
            if let Data::List(items) = &mut section.node.data {
                items.iter_mut().for_each(|item| keep(item, &["id", "name", "status", "created_at"]));
            }
        }
    }
    let file: File = typed::read(&tree).map_err(|problems| RegistryError::Broken(ConfigError { problems }))?;
    for (index, entry) in file.projects.iter().enumerate() {
        if file.projects[..index].iter().any(|known| known.id == entry.id) {
            let place = tree.place_of(&super::tree::path_of(&format!("projects[{index}].id"))).unwrap_or(&tree.place);
            let problem =
                place.problem(&format!("projects[{index}].id"), format!("the project `{}` is there twice", entry.id));
            return Err(RegistryError::Broken(problem.into()));
        }
    }
    Ok(file.projects)
}

fn keep(node: &mut Node, keys: &[&str]) {
    if let Data::Map(entries) = &mut node.data {
        entries.retain(|entry| keys.contains(&entry.key.as_str()));
    }
}

fn write(path: &Path, text: &str) -> Result<(), RegistryError> {
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix("._registry.").suffix(".tmp").tempfile_in(folder)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        if let Ok(meta) = fs::metadata(path) {
            file.as_file().set_permissions(meta.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        // The new name is durable only with its folder.
        fs::File::open(folder)?.sync_all()
    };
    write().map_err(|source| RegistryError::Access { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_with(text: &str) -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        fs::create_dir_all(root.projects()).unwrap();
        fs::write(root.registry(), text).unwrap();
        (folder, root)
    }

    fn id(text: &str) -> ProjectId {
        ProjectId::parse(text).unwrap()
    }

    fn entry(text: &str, name: &str) -> RegistryEntry {
        let created_at = Some("2026-05-16T23:00:00Z".parse().unwrap());
        RegistryEntry { id: id(text), name: name.into(), status: ProjectStatus::Active, created_at }
    }

    const BY_HAND: &str = "\
# Our projects. 项目列表
version: 1   # keep
projects:
  # the first one
  - id: quant
    name: \"量化 # 1\"   # shown on the board
    status: active
    created_at: 2026-05-16T23:00:00Z
    owner: chufeng

  - id: vnpy   # second
    name: VN.py
    status: active
# the end
";

    #[test]
    fn what_people_wrote_survives_every_edit() {
        let (_folder, root) = root_with(BY_HAND);
        set_status(&root, &id("vnpy"), ProjectStatus::Archived).unwrap();
        rename(&root, &id("quant"), "Live: \"quant\" #2").unwrap();
        add(&root, entry("new", "新: a # b")).unwrap();
        insta::assert_snapshot!(fs::read_to_string(root.registry()).unwrap(), @r#"
# Our projects. 项目列表
version: 1   # keep
projects:
  # the first one
  - id: quant
    name: 'Live: "quant" #2'   # shown on the board
    status: active
    created_at: 2026-05-16T23:00:00Z
    owner: chufeng

  - id: vnpy   # second
    name: VN.py
    status: archived
  - id: new
    name: '新: a # b'
    status: active
    created_at: 2026-05-16T23:00:00.000Z
# the end
"#);
        remove(&root, &id("vnpy")).unwrap();
        insta::assert_snapshot!(fs::read_to_string(root.registry()).unwrap(), @r#"
# Our projects. 项目列表
version: 1   # keep
projects:
  # the first one
  - id: quant
    name: 'Live: "quant" #2'   # shown on the board
    status: active
    created_at: 2026-05-16T23:00:00Z
    owner: chufeng

  - id: new
    name: '新: a # b'
    status: active
    created_at: 2026-05-16T23:00:00.000Z
# the end
"#);
        let left: Vec<_> = read(&root).unwrap().into_iter().map(|entry| entry.id.to_string()).collect();
        assert_eq!(left, ["quant", "new"]);
    }

    #[test]
    fn the_first_project_is_added_to_whatever_is_there() {
        for text in
            ["", "# nothing yet\n", "projects: []\n", "projects:\n", "projects: [] # none\nversion: 1\n", "{}\n"]
        {
            let (_folder, root) = root_with(text);
            match add(&root, entry("one", "One: \"1\"")) {
                Ok(()) => {}
                Err(RegistryError::NotEditable(_)) if text == "{}\n" => continue,
                Err(error) => panic!("{text:?}: {error}"),
            }
            add(&root, entry("two", "yes")).unwrap();
            assert_eq!(read(&root).unwrap(), [entry("one", "One: \"1\""), entry("two", "yes")], "{text:?}");
            let after = fs::read_to_string(root.registry()).unwrap();
            for comment in text.split_inclusive('#').skip(1).filter_map(|rest| rest.lines().next()) {
                assert!(after.contains(comment), "{comment:?} is gone from {after:?}");
            }
            remove(&root, &id("one")).unwrap();
            remove(&root, &id("two")).unwrap();
            add(&root, entry("three", "3")).unwrap();
            assert_eq!(read(&root).unwrap(), [entry("three", "3")], "{text:?}");
        }
    }

    #[test]
    fn a_missing_file_is_an_empty_list_and_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        assert_eq!(read(&root).unwrap(), []);
        add(&root, entry("one", "One")).unwrap();
        assert!(matches!(add(&root, entry("one", "One")), Err(RegistryError::Taken(_))));
        assert!(matches!(remove(&root, &id("two")), Err(RegistryError::Unknown(_))));
        assert_eq!(read(&root).unwrap(), [entry("one", "One")]);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(&root_with(text).1).unwrap_err().to_string();
        insta::assert_snapshot!(error("projects:\n  - id: A b\n  - name: x\n  - {id: c, status: gone}\n"), @r#"
projects/_registry.yaml:2:9: projects[0].id: `A b` is not a valid project id: use 1 to 64 of a-z 0-9 _ - and start with a letter or digit
projects/_registry.yaml:3:5: projects[1]: `id` is missing
projects/_registry.yaml:4:21: projects[2].status: `gone` is not allowed; it is one of active, archived
"#);
        insta::assert_snapshot!(error("projects:\n  - id: a\n  - id: a\n"), @"projects/_registry.yaml:3:5: projects[1].id: the project `a` is there twice");
        insta::assert_snapshot!(error("projects:\n  a: {}\n"), @"projects/_registry.yaml:2:3: projects: expected a list, not keys with values");
        insta::assert_snapshot!(error("projects:\n  - id: a\n name: b\n"), @"projects/_registry.yaml:3:2: no valid YAML: while parsing a block mapping, did not find expected key");
    }
}
