//! The documentation says what the code does: generated pages are current, and every script in them compiles.

use std::{fs, path::Path, sync::Arc};

use chrono::DateTime;
use moziplus::{
    http::record_schemas::text,
    model::record_kind::RecordKind,
    policy::{
        engine::PolicyLimits,
        hooks::FILES,
        library::{Library, Opening},
        reference::reference,
        reload,
        set::Set,
        source::{Level, ScriptFolder, ScriptFolders, SourceFile, SourceSet},
        testing,
        threads::ScriptThreads,
    },
};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A project whose scripts are those of a folder.
async fn library_of(scripts: &Path) -> Library {
    let folder = ScriptFolder { dir: scripts.to_owned(), shown: "scripts".into() };
    let opening = Opening {
        folders: ScriptFolders { project: Some(folder), root: None },
        last_good: None,
        limits: PolicyLimits::default(),
        threads: ScriptThreads::start(1).unwrap(),
        live: None,
    };
    Library::open(opening, DateTime::UNIX_EPOCH).await
}

/// `UPDATE_DOCS=1 cargo test --test it docs` writes the page.
#[test]
fn the_policy_reference_is_what_the_code_says() {
    let page = repository().join("docs/policy-reference.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, reference()).unwrap();
    }
    let written = fs::read_to_string(&page).unwrap_or_default();
    assert!(written == reference(), "docs/policy-reference.md is out of date: UPDATE_DOCS=1 cargo test --test it docs");
}

/// `UPDATE_DOCS=1 cargo test --test it docs` writes the files.
#[test]
fn the_schemas_of_records_are_what_the_code_says() {
    let folder = repository().join("schemas");
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut wrong = Vec::new();
    for kind in RecordKind::ALL {
        let path = folder.join(format!("{kind}.json"));
        if update {
            fs::write(&path, text(*kind)).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text(*kind) {
            wrong.push(format!("{kind}.json"));
        }
    }
    assert!(wrong.is_empty(), "out of date: {}: UPDATE_DOCS=1 cargo test --test it docs", wrong.join(", "));
    let files =
        fs::read_dir(folder).unwrap().flatten().filter(|file| file.path().extension().is_some_and(|e| e == "json"));
    assert_eq!(files.count(), RecordKind::ALL.len(), "schemas/ holds a file that is no record");
}

/// The scripts of a recipe by file: each begins with its name in a comment.
fn files_of(block: &str) -> Vec<SourceFile> {
    let parts = block.split("// ").filter_map(|part| part.split_once(".rhai\n"));
    let known = parts.filter(|(name, _)| FILES.iter().any(|(file, _)| file == name));
    let names: Vec<_> = known.map(|(name, _)| name.to_owned()).collect();
    let text_of = |name: &String| {
        let begins = block.find(&format!("// {name}.rhai\n")).unwrap();
        let others = names.iter().filter_map(|other| block.find(&format!("// {other}.rhai\n")));
        let ends = others.filter(|at| *at > begins).min().unwrap_or(block.len());
        block[begins..ends].to_owned()
    };
    let file = |name: &String| SourceFile {
        name: name.clone(),
        level: Level::Project,
        path: format!("{name}.rhai"),
        text: text_of(name),
    };
    names.iter().map(file).collect()
}

#[test]
fn every_recipe_of_the_cookbook_is_sound_and_passes_its_test() {
    let page = fs::read_to_string(repository().join("docs/policies.md")).unwrap();
    let (_, recipes) = page.split_once("\n# Recipes\n").unwrap();
    let threads = ScriptThreads::start(1).unwrap();
    let mut count = 0;
    for recipe in recipes.split("\n## ").filter(|recipe| recipe.contains("```rhai")) {
        let title = recipe.lines().next().unwrap_or_default().to_owned();
        let block = |fence: &str| recipe.split_once(fence).and_then(|(_, rest)| rest.split("```").next());
        let files = files_of(block("```rhai\n").unwrap());
        assert!(!files.is_empty(), "{title} names no file");
        let test = block("```rhai test\n").unwrap_or_else(|| panic!("{title} has no test")).to_owned();
        let run = move || {
            let limits = PolicyLimits::default();
            let set = reload::build(&SourceSet::new(files), None, limits).map_err(|faults| format!("{faults:#?}"))?;
            testing::run(&Arc::new(set), ("test", &test), limits).map_err(|fault| fault.to_string())
        };
        let results = threads.run_blocking(run).unwrap().unwrap_or_else(|wrong| panic!("{title}: {wrong}"));
        let failed: Vec<_> =
            results.iter().filter_map(|result| result.fault.as_ref().map(ToString::to_string)).collect();
        assert_eq!(failed, [""; 0], "{title}");
        count += 1;
    }
    assert!(count >= 12, "the cookbook has lost its recipes");
}

#[tokio::test]
async fn the_scripts_of_the_example_are_good_scripts() {
    let library = library_of(&repository().join("examples/almanac/scripts")).await;
    assert_eq!(library.check().await, []);
}

/// The tests beside the shipped scripts, run as `moziplus script test scripts` would.
#[test]
fn the_shipped_scripts_pass_their_tests() {
    let threads = ScriptThreads::start(1).unwrap();
    for (name, _) in FILES {
        let path = format!("scripts/{name}_test.rhai");
        let text = fs::read_to_string(repository().join(&path)).unwrap();
        let run = move || testing::run(&Set::built_in(), (&path, &text), PolicyLimits::default());
        let results = threads.run_blocking(run).unwrap().unwrap();
        let failed: Vec<_> =
            results.iter().filter_map(|result| result.fault.as_ref().map(ToString::to_string)).collect();
        assert_eq!(failed, [""; 0]);
    }
}
