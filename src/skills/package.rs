//! The files of a skill, as they are taken over from elsewhere or handed on: text, small, and below the skill's folder.

use std::collections::BTreeMap;

use super::fault::SkillError;

/// The file that every skill has.
pub const DOCUMENT: &str = "SKILL.md";
/// What moziplus knows about a skill; never part of a package.
pub const META: &str = "meta.yaml";
/// Where earlier versions are kept; never part of a package.
pub const VERSIONS: &str = "versions";
/// Most files of a skill.
pub const MOST_FILES: usize = 64;
/// Most bytes of a skill, all files together.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Longest path of a file, in bytes.
const LONGEST_PATH: usize = 200;

/// Files of one skill: paths below its folder, with `/`, and their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    files: BTreeMap<String, String>,
}

impl Package {
    /// Checks names and sizes; there must be a `SKILL.md`.
    pub fn new(files: BTreeMap<String, String>) -> Result<Self, SkillError> {
        let refuse = |why: String| Err(SkillError::Package(why));
        if !files.contains_key(DOCUMENT) {
            return refuse(format!("there is no {DOCUMENT} in it"));
        }
        if files.len() > MOST_FILES {
            return refuse(format!("it has {} files; {MOST_FILES} are allowed", files.len()));
        }
        let bytes: usize = files.values().map(String::len).sum();
        if bytes > MOST_BYTES {
            return refuse(format!("its files have {bytes} bytes together; {MOST_BYTES} are allowed"));
        }
        if let Some(path) = files.keys().find(|path| !is_inside(path)) {
            return refuse(format!("`{path}` is no name for a file of a skill: use a path below its folder"));
        }
        Ok(Self { files })
    }

    /// A skill of one file.
    pub fn of_document(text: String) -> Self {
        Self { files: BTreeMap::from([(DOCUMENT.to_owned(), text)]) }
    }

    /// The text of `SKILL.md`.
    pub fn document(&self) -> &str {
        self.files.get(DOCUMENT).map_or("", String::as_str)
    }

    /// Paths and texts, in the order of the paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The same with another `SKILL.md`.
    #[must_use]
    pub fn with_document(mut self, text: String) -> Self {
        self.files.insert(DOCUMENT.to_owned(), text);
        self
    }
}

/// Whether a path stays below the folder it is joined to, and is no file of moziplus' own.
pub(super) fn is_inside(path: &str) -> bool {
    let good = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']) && !part.chars().any(char::is_control)
    };
    let own = path == META || path.split('/').next() == Some(VERSIONS);
    !own && path.len() <= LONGEST_PATH && path.split('/').all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(paths: &[&str]) -> Result<Package, SkillError> {
        Package::new(paths.iter().map(|path| ((*path).to_owned(), "text".to_owned())).collect())
    }

    #[test]
    fn files_stay_below_the_folder() {
        assert!(package(&["SKILL.md", "references/forms.md", "scripts/fill.py"]).is_ok());
        let outside = [
            "../x",
            "/etc/passwd",
            "a/../../x",
            "meta.yaml",
            "versions/1/SKILL.md",
            ".git/config",
            "a//b",
            "c:\\x",
            "a\n",
        ];
        for path in outside {
            assert!(package(&["SKILL.md", path]).is_err(), "{path}");
        }
    }

    #[test]
    fn a_package_has_a_document_and_bounds() {
        assert!(package(&["README.md"]).is_err());
        let many: Vec<String> = (0..MOST_FILES).map(|n| format!("f{n}")).chain([DOCUMENT.to_owned()]).collect();
        assert!(package(&many.iter().map(String::as_str).collect::<Vec<_>>()).is_err());
        let large = [(DOCUMENT.to_owned(), "x".repeat(MOST_BYTES + 1))];
        assert!(Package::new(large.into()).is_err());
    }
}
