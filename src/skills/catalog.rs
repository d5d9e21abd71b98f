//! Which skills there are: a project's before those of `skills/custom` before the shipped ones; what is broken is told
//! and not used.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::{
    document::{self, Document, Form},
    fault::Fault,
    folder::read_file,
    meta::Meta,
    package::{DOCUMENT, META},
};
use crate::model::{
    ids::SkillId,
    skill::{SkillLevel, SkillStatus},
};

/// Most skills of one level.
const MOST_SKILLS: usize = 500;

#[derive(RustEmbed)]
#[folder = "skills/builtins/"]
#[include = "*/SKILL.md"]
#[include = "*/meta.yaml"]
struct BuiltIn;

/// A skill that can be used.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its id: the name of its folder.
    pub id: SkillId,
    /// Where it is kept.
    pub level: SkillLevel,
    /// Its folder, relative to the root where it lies in it; of a shipped one, its name in the binary.
    pub path: String,
    /// Its folder; none of a shipped one.
    pub folder: Option<PathBuf>,
    /// What its text says.
    pub document: Document,
    /// What is known about it.
    pub meta: Meta,
    /// The whole text of `SKILL.md`.
    pub text: String,
    /// SHA-256 of the text.
    pub hash: String,
    /// Levels further down that have a skill of this id too.
    pub over: Vec<SkillLevel>,
}

/// The skills of a place.
#[derive(Debug, Default)]
pub struct Catalog {
    skills: BTreeMap<SkillId, Arc<Skill>>,
    /// What keeps skills from being used.
    pub faults: Vec<Fault>,
}

impl Catalog {
    /// Every skill, by id; each as the most specific level has it.
    pub fn skills(&self) -> impl Iterator<Item = &Arc<Skill>> {
        self.skills.values()
    }

    /// One skill.
    pub fn get(&self, id: &SkillId) -> Option<&Arc<Skill>> {
        self.skills.get(id)
    }
}

/// The folders of the three levels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Folders {
    /// The project's, for the skills of a project.
    pub project: Option<PathBuf>,
    /// `skills/custom`.
    pub custom: PathBuf,
    /// `skills/builtins`: what is there comes before what is shipped under the same id.
    pub builtins: PathBuf,
    /// What paths are shown relative to.
    pub root: PathBuf,
}

impl Folders {
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    fn levels(&self) -> impl Iterator<Item = (SkillLevel, &PathBuf)> {
        let project = self.project.iter().map(|folder| (SkillLevel::Project, folder));
        project.chain([(SkillLevel::Custom, &self.custom), (SkillLevel::BuiltIn, &self.builtins)])
    }
}

/// Reads catalogs, and keeps each until a file of it changes; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Held only to look up and exchange a catalog.
    kept: Arc<Mutex<HashMap<Folders, Kept>>>,
}

/// A catalog, and how its files looked when it was read.
type Kept = (Look, Arc<Catalog>);

/// How files looked: path, time of the last change, size, inode (times are coarse, and a save by renaming has another).
type Look = Vec<(PathBuf, Option<SystemTime>, u64, u64)>;

impl Shelf {
    /// The skills as they are on disk now. Blocks.
    pub fn catalog(&self, folders: &Folders) -> Arc<Catalog> {
        let look = look(folders);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(folders).cloned();
        if let Some((_, catalog)) = kept.filter(|(before, _)| *before == look) {
            return catalog;
        }
        let catalog = Arc::new(read(folders));
        let entry = (look, catalog.clone());
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(folders.clone(), entry);
        catalog
    }
}

fn look(folders: &Folders) -> Look {
    let mut look = Vec::new();
    for folder in folders.levels().flat_map(|(_, folder)| own(folder)) {
        for name in [DOCUMENT, META] {
            let path = folder.join(name);
            let meta = fs::symlink_metadata(&path).ok();
            let changed = meta.as_ref().and_then(|meta| meta.modified().ok());
            let (size, inode) = meta.map_or((0, 0), |meta| (meta.len(), meta.ino()));
            look.push((path, changed, size, inode));
        }
    }
    look
}

/// The folders below a level's, in the order of their names; what begins with a dot is not meant.
fn own(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let visible = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut folders: Vec<_> = visible.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.truncate(MOST_SKILLS);
    folders
}

fn read(folders: &Folders) -> Catalog {
    let mut catalog = Catalog::default();
    for (level, folder) in folders.levels() {
        for folder in own(folder) {
            let shown = folders.shown(&folder);
            match read_one(&folder, &shown, level) {
                Ok(skill) => catalog.add(skill),
                Err(faults) => catalog.faults.extend(faults),
            }
        }
    }
    for id in shipped_ids() {
        match shipped(&id) {
            Ok(skill) => catalog.add(skill),
            Err(faults) => catalog.faults.extend(faults),
        }
    }
    catalog
}

impl Catalog {
    /// Levels come in their order: the first that has an id keeps it.
    fn add(&mut self, skill: Skill) {
        match self.skills.get_mut(&skill.id) {
            Some(kept) => {
                let over = &mut Arc::make_mut(kept).over;
                if !over.contains(&skill.level) {
                    over.push(skill.level);
                }
            }
            None => {
                self.skills.insert(skill.id.clone(), Arc::new(skill));
            }
        }
    }
}

/// Reads a skill's folder.
fn read_one(folder: &Path, shown: &str, level: SkillLevel) -> Result<Skill, Vec<Fault>> {
    let one = |fault: Fault| vec![fault];
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let id = SkillId::parse(&name).map_err(|error| one(Fault::new(shown, 1, format!("{error}; rename the folder"))))?;
    if folder.is_symlink() {
        return Err(one(Fault::new(shown, 1, "it is a symbolic link; put the folder itself there")));
    }
    let path = format!("{shown}/{DOCUMENT}");
    let text = read_file(&folder.join(DOCUMENT), &path).map_err(one)?;
    let text = text.ok_or_else(|| one(Fault::new(&path, 1, "it is missing")))?;
    let meta_path = format!("{shown}/{META}");
    let meta = read_file(&folder.join(META), &meta_path).map_err(one)?;
    let (document, meta) =
        (document::parse(&path, &text, Form::Loose), Meta::parse(&meta_path, &meta.unwrap_or_default()));
    match (document, meta) {
        (Ok(document), Ok(meta)) => Ok(Skill {
            id,
            level,
            path: shown.to_owned(),
            folder: Some(folder.to_owned()),
            hash: hash(&text),
            document: titled(document, &name),
            meta,
            text,
            over: Vec::new(),
        }),
        (document, meta) => Err([document.err().unwrap_or_default(), meta.err().map(one).unwrap_or_default()].concat()),
    }
}

fn titled(document: Document, name: &str) -> Document {
    let title = if document.title.is_empty() { name.to_owned() } else { document.title };
    Document { title, ..document }
}

/// SHA-256 of a text.
fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn shipped_ids() -> Vec<String> {
    let mut ids: Vec<String> =
        BuiltIn::iter().filter_map(|path| Some(path.strip_suffix(&format!("/{DOCUMENT}"))?.to_owned())).collect();
    ids.sort();
    ids
}

fn shipped(name: &str) -> Result<Skill, Vec<Fault>> {
    let shown = format!("built-in/skills/{name}");
    let file = |file: &str| {
        let found = BuiltIn::get(&format!("{name}/{file}"));
        found.map(|found| String::from_utf8_lossy(&found.data).into_owned()).unwrap_or_default()
    };
    let one = |fault: Fault| vec![fault];
    let text = file(DOCUMENT);
    Ok(Skill {
        id: SkillId::parse(name).map_err(|error| one(Fault::new(&shown, 1, error.to_string())))?,
        level: SkillLevel::BuiltIn,
        document: document::parse(&format!("{shown}/{DOCUMENT}"), &text, Form::Whole)?,
        meta: Meta {
            status: SkillStatus::Active,
            ..Meta::parse(&format!("{shown}/{META}"), &file(META)).map_err(one)?
        },
        path: shown,
        folder: None,
        hash: hash(&text),
        text,
        over: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
