//! `schemas/*.json` of a root: what records must be like beside what is built in.
//!
//! They are read like the files of `config/`: what cannot be understood is told with its line, and the last good ones
//! stay in force.

use std::{collections::BTreeMap, fs};

use super::{
    error::{ConfigError, Problem},
    load::read_file,
    root::Root,
    tree::path_of,
};
use crate::model::{json_schema::Schema, record_kind::RecordKind};

/// A root's own schemas.
pub type Schemas = BTreeMap<RecordKind, Schema>;

/// Reads them, or says all that is wrong. Blocks.
pub fn read(root: &Root) -> Result<Schemas, ConfigError> {
    let entries = fs::read_dir(root.schemas()).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let mut schemas = Schemas::new();
    let mut problems = Vec::new();
    for name in &names {
        let Some(kind) = name.strip_suffix(".json").filter(|kind| !kind.starts_with('.')) else { continue };
        match one(root, name, kind) {
            Ok(Some((kind, schema))) => drop(schemas.insert(kind, schema)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(schemas) } else { Err(ConfigError { problems }) }
}

fn one(root: &Root, name: &str, kind: &str) -> Result<Option<(RecordKind, Schema)>, Problem> {
    let path = root.schemas().join(name);
    let shown = root.shown(&path);
    let kind: RecordKind = kind.parse().map_err(|_| {
        let known = RecordKind::ALL.iter().filter(|kind| kind.can_be_overridden()).map(|kind| kind.as_str());
        let known: Vec<_> = known.collect();
        let problem = Problem::in_file(shown, format!("there is no record `{kind}`"));
        problem.hint(format!("name the file after one of {}", known.join(", ")))
    })?;
    if !kind.can_be_overridden() {
        let problem = Problem::in_file(shown, format!("the form of `{kind}` is shared with other tools and fixed"));
        return Err(problem.hint("remove the file"));
    }
    let Some(tree) = read_file(root, &path)? else { return Ok(None) };
    let schema = Schema::parse(&tree.value()).map_err(|unclear| {
        let place = tree.place_of(&path_of(&unclear.key)).unwrap_or(&tree.place);
        Problem { hint: unclear.hint, ..place.problem(&unclear.key, unclear.message) }
    })?;
    Ok(Some((kind, schema)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_of_the_root_is_read_or_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        assert_eq!(read(&root), Ok(Schemas::new()));
        fs::create_dir_all(root.schemas()).unwrap();
        let write = |name: &str, text: &str| fs::write(root.schemas().join(name), text).unwrap();
        write("comment.json", "{\n  \"properties\": {\n    \"body\": {\"minLength\": 3}\n  }\n}\n");
        write("README.md", "notes");
        assert!(read(&root).unwrap()[&RecordKind::Comment].check(&serde_json::json!({"body": "ab"})).is_err());
        write("comment.json", "{\n  \"properties\": {\n    \"body\": {\"minLenght\": 3}\n  }\n}\n");
        write("coment.json", "{}");
        write("skill.json", "{}");
        insta::assert_snapshot!(read(&root).unwrap_err().to_string(), @r"
        schemas/coment.json: there is no record `coment`; name the file after one of task, claim, completion, transition, resolution, output, comment, decision, observation, review, rebuttal, experience, checkpoint, mail, inbox_line
        schemas/comment.json:3:14: properties.body.minLenght: `minLenght` is no keyword of JSON Schema that is known here; did you mean `minLength`?
        schemas/skill.json: the form of `skill` is shared with other tools and fixed; remove the file
        ");
    }
}
