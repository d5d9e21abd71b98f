//! The verbs of `script` that need files only: running tests, and writing definitions.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde_json::{Value, json};

use super::check::problem_line;
use crate::{
    cli::{
        args::read_text,
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page},
    },
    config::{self, Environment, Root, Sources},
    model::ids::ProjectId,
    policy::{
        definitions,
        engine::PolicyLimits,
        fault::ScriptFault,
        set::Set,
        source::{ScriptFolder, ScriptFolders, SourceSet},
        testing::{self, TestResult},
        threads::ScriptThreads,
    },
};

/// How long a test, and a hook that it asks, may take.
const TEST_DEADLINE: Duration = Duration::from_secs(10);

/// Runs the tests of a file or folder; without one, those of the root and of every project.
pub(super) fn test(defaults: &Defaults, out: &Out, path: Option<&Path>) -> Result<Exit, Failure> {
    let files = match path {
        Some(path) if path.is_file() => vec![path.to_owned()],
        Some(path) if path.is_dir() => testing::files(path)?,
        Some(path) => return Err(Failure::not_found(format!("there is nothing at {}", path.display()))),
        None => all_files(&defaults.root)?,
    };
    if files.is_empty() {
        return Err(Failure::not_found("there are no tests (files *_test.rhai)")
            .hint("`moziplus script new escalation` writes a script with a test to begin with"));
    }
    let (threads, limits) = (ScriptThreads::start(1)?, limits(&defaults.root));
    let mut items = Vec::new();
    for file in files {
        items.extend(run(&defaults.root, (&threads, limits), &file)?);
    }
    let passed = items.iter().filter(|item| item["ok"] == true).count();
    let failed = items.len() - passed;
    out.show(json!({"ok": failed == 0, "passed": passed, "failed": failed, "items": items}), told)?;
    Ok(if failed == 0 { Exit::Done } else { Exit::Failed })
}

/// What a test may use: the operations of the configuration, and time enough, for a busy machine says nothing about a script.
fn limits(root: &Root) -> PolicyLimits {
    let sources = Sources { environment: Environment::of_process(), flags: Vec::new() };
    // A broken configuration is not what is tested here.
    let loaded = config::load(root, &sources);
    let operations =
        loaded.map_or(PolicyLimits::default().max_operations, |loaded| loaded.settings.policy.max_operations);
    PolicyLimits { deadline: TEST_DEADLINE, max_operations: operations }
}

fn all_files(root: &Root) -> Result<Vec<PathBuf>, Failure> {
    let mut files = testing::files(&root.scripts())?;
    for entry in std::fs::read_dir(root.projects()).into_iter().flatten().flatten() {
        files.extend(testing::files(&entry.path().join("scripts"))?);
    }
    Ok(files)
}

/// Runs one file against the scripts that it lies beside; an item for each test.
fn run(root: &Root, (threads, limits): (&ScriptThreads, PolicyLimits), file: &Path) -> Result<Vec<Value>, Failure> {
    let shown = root.shown(file).display().to_string();
    let Some(text) = read_text(file)? else {
        let fault = ScriptFault::of_file(&shown, "it is not UTF-8 text").expected("save it with the encoding UTF-8");
        return Ok(vec![broken(&shown, &fault)]);
    };
    let (folders, name) = (folders_of(root, file), shown.clone());
    let work = move || {
        let sources = SourceSet::read(&folders).map_err(|fault| vec![fault])?;
        let set = Arc::new(Set::compile(&sources)?);
        testing::run(&set, (&name, &text), limits).map_err(|fault| vec![fault])
    };
    let results = threads.run_blocking(work).map_err(anyhow::Error::new)?;
    Ok(match results {
        Ok(results) => results.iter().map(|result| item(&shown, result)).collect(),
        Err(faults) => faults.iter().map(|fault| broken(&shown, fault)).collect(),
    })
}

/// The scripts that a test lies beside: a project's over the root's, the root's, or those of any folder.
fn folders_of(root: &Root, file: &Path) -> ScriptFolders {
    let folder = |dir: PathBuf| Some(ScriptFolder { shown: root.shown(&dir).display().to_string(), dir });
    let real = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let scripts = root.scripts();
    let own = real.strip_prefix(root.projects()).ok().and_then(|below| below.components().next()?.as_os_str().to_str());
    match own.and_then(|id| id.parse::<ProjectId>().ok()) {
        Some(project) => ScriptFolders { project: folder(root.project_scripts(&project)), root: folder(scripts) },
        None if real.starts_with(&scripts) => ScriptFolders { project: None, root: folder(scripts) },
        None => {
            let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
            ScriptFolders { project: folder(dir.to_owned()), root: None }
        }
    }
}

fn item(file: &str, result: &TestResult) -> Value {
    let problem = result.fault.as_ref().map(|fault| json!(fault));
    json!({"file": file, "test": result.name, "ok": problem.is_none(), "problem": problem, "printed": result.printed})
}

fn broken(file: &str, fault: &ScriptFault) -> Value {
    json!({"file": file, "test": null, "ok": false, "problem": fault, "printed": []})
}

fn told(answer: &Value, page: &Page) -> String {
    let mut lines = Vec::new();
    for item in answer["items"].as_array().into_iter().flatten() {
        let name = item["test"].as_str().unwrap_or("not run");
        let mark = if item["ok"] == true { "ok    " } else { "FAILED" };
        lines.push(format!("{mark} {} {}", page.dim(item["file"].as_str().unwrap_or_default()), name));
        for line in item["printed"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            lines.push(format!("       {line}"));
        }
        if !item["problem"].is_null() {
            lines.push(format!("       {}", problem_line(&item["problem"], page)));
        }
    }
    lines.push(format!("{} passed, {} failed", answer["passed"], answer["failed"]));
    lines.join("\n")
}

/// Writes definition files for editors.
pub(super) fn definitions(out: &Out, folder: &Path) -> Result<Exit, Failure> {
    definitions::write(folder)?;
    let written = json!({"folder": folder});
    out.show(written, |_: &Value, _: &Page| format!("wrote definitions to {}", folder.display()))?;
    Ok(Exit::Done)
}
