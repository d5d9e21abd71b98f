//! The floors of the house, checked by reading the sources.
//!
//! A module imports only from lower floors, modules of one floor do not know each other, and each outside crate has
//! one home. Files and functions stay small. ARCHITECTURE.md draws the house; this test keeps the drawing true.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    UseTree,
    visit::{self, Visit},
};

/// Top-level modules and the floor each stands on.
const FLOORS: &[(&str, u8)] = &[
    // `main` is on the floor of `cli` in the drawing; here one higher, because it may call nothing else.
    ("main", 7),
    ("cli", 6),
    ("daemon", 5),
    ("reconciler", 4),
    ("jobs", 4),
    ("http", 4),
    ("mcp", 4),
    ("agent", 3),
    ("app", 3),
    ("alerts", 3),
    ("config", 2),
    ("policy", 2),
    ("process", 2),
    ("skills", 2),
    ("store", 2),
    ("client", 2),
    ("model", 1),
    ("watch", 1),
    ("clock", 0),
];

/// Outside crates (or parts of them) and the modules that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("rhai", &["policy", "jobs"]),
    ("notify", &["watch"]),
    ("tokio::process", &["process"]),
    ("tokio::signal", &["process"]),
    ("std::process::Command", &["process"]),
    ("nix::sys::signal", &["process"]),
    ("poem", &["http"]),
    ("poem_openapi", &["http"]),
    ("reqwest", &["client", "agent"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("comfy_table", &["cli"]),
    ("tokio_tungstenite", &["agent"]),
    ("anyhow", &["cli", "daemon", "main"]),
    ("cron", &["model::schedule"]),
    ("minijinja", &["agent", "alerts", "config"]),
    ("ureq", &["alerts"]),
    ("lettre", &["alerts"]),
    ("yaml_edit", &["config"]),
    ("rmcp", &["mcp"]),
    ("regex", &["model::json_schema"]),
];

/// Lines of a source file that are neither blank nor part of its tests.
const MAX_LINES: usize = 400;

#[test]
fn modules_import_from_lower_floors_only() {
    let mut wrong = Vec::new();
    for source in sources() {
        let top = source.top();
        let Some(floor) = floor_of(top) else {
            wrong.push(format!("{}: module `{top}` stands on no floor; add it to FLOORS", source.name));
            continue;
        };
        for used in source.own_modules().into_iter().filter(|used| used != top) {
            match floor_of(&used) {
                Some(below) if below < floor => {}
                Some(other) => {
                    wrong.push(format!("{}: `{top}` (floor {floor}) imports `{used}` (floor {other})", source.name))
                }
                None => wrong.push(format!("{}: imports `{used}`, which stands on no floor", source.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "imports that break the floors:\n{}", wrong.join("\n"));
}

#[test]
fn each_outside_crate_has_one_home() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module.join("::");
        for path in &source.paths {
            for (outside, homes) in HOMES {
                let at_home = homes.iter().any(|home| starts_with_path(&module, home));
                if !at_home && starts_with_path(path, outside) {
                    wrong.push(format!("{}: `{outside}` lives in {}", source.name, homes.join(", ")));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "outside crates away from home:\n{}", wrong.join("\n"));
}

#[test]
fn files_open_with_a_purpose_and_stay_small() {
    let mut wrong = Vec::new();
    for source in sources() {
        let is_test = source.module.last().is_some_and(|last| last == "tests");
        if !is_test && !source.text.starts_with("//!") {
            wrong.push(format!("{}: starts without `//!`", source.name));
        }
        let code = source.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > MAX_LINES && !is_test {
            wrong.push(format!("{}: {lines} lines without tests, {MAX_LINES} at most", source.name));
        }
    }
    assert!(wrong.is_empty(), "files to split or to describe:\n{}", wrong.join("\n"));
}

#[test]
fn paths_are_seen_wherever_they_stand() {
    let text = r#"
        use crate::{clock::Clock, model::{self, task::Task}};
        use super::super::store;
        fn f() { crate::app::run(); tracing::info!(x = %crate::policy::y(), "z"); }
        mod tests { use super::helper; use super::super::sibling; use super::super::super::watch; }
    "#;
    let source = Source::parse("src/http/tasks.rs", text.into());
    let expected = ["app", "clock", "http", "model", "policy", "store", "watch"];
    assert_eq!(source.own_modules(), expected.map(String::from).into());
    assert!(starts_with_path("tokio::process::Command", "tokio::process"));
    assert!(!starts_with_path("tokio_stream::x", "tokio"));
}

/// One source file and every path that its code names, with `self` and `super` resolved.
struct Source {
    name: String,
    module: Vec<String>,
    text: String,
    paths: BTreeSet<String>,
}

impl Source {
    fn parse(name: &str, text: String) -> Self {
        let module = module_of(name);
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut collector = Collector { module: module.clone(), paths: BTreeSet::new() };
        collector.visit_file(&file);
        Self { name: name.into(), module, text, paths: collector.paths }
    }

    fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Top-level modules of this crate that the file names.
    fn own_modules(&self) -> BTreeSet<String> {
        let inside = self
            .paths
            .iter()
            .filter_map(|path| path.strip_prefix("crate::").or_else(|| path.strip_prefix("moziplus::")));
        inside.filter_map(|path| path.split("::").next()).map(String::from).collect()
    }
}

/// Collects paths from `use` items, expressions, types and the tokens of macro calls.
struct Collector {
    module: Vec<String>,
    paths: BTreeSet<String>,
}

impl Collector {
    fn add(&mut self, segments: &[String]) {
        let mut base = self.module.clone();
        let mut rest = segments;
        while let Some((first, tail)) = rest.split_first() {
            match first.as_str() {
                "self" => {}
                "super" => drop(base.pop()),
                _ => break,
            }
            rest = tail;
        }
        if rest.len() == segments.len() {
            self.paths.insert(segments.join("::"));
        } else if !rest.is_empty() {
            base.insert(0, "crate".into());
            base.extend_from_slice(rest);
            self.paths.insert(base.join("::"));
        }
    }

    fn add_tree(&mut self, prefix: &[String], tree: &UseTree) {
        let with = |ident: &syn::Ident| [prefix, &[ident.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.add(prefix),
            UseTree::Name(name) => self.add(&with(&name.ident)),
            UseTree::Rename(rename) => self.add(&with(&rename.ident)),
            UseTree::Glob(_) => self.add(prefix),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.add_tree(prefix, item)),
        }
    }

    /// Finds `a::b::c` in the tokens of a macro call, which are not parsed as code.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.flush(&mut path);
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                other => {
                    self.flush(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.add_tokens(group.stream());
                    }
                }
            }
        }
        self.flush(&mut path);
    }

    fn flush(&mut self, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.add(path);
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.add(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.add_tokens(call.tokens.clone());
    }
}

/// Every file under `src/`; `lib.rs` only declares the modules.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(root.join("src")).sort_by_file_name().into_iter();
    let rust = files
        .map(|entry| entry.expect("src can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| relative(root, &path))
        .filter(|name| name != "src/lib.rs")
        .map(|name| Source::parse(&name, fs::read_to_string(root.join(&name)).expect("a source file can be read")))
        .collect()
}

fn relative(root: &Path, path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(root).expect("walked below root").components().collect();
    inside.to_string_lossy().into_owned()
}

/// `src/http/tasks.rs` is `[http, tasks]`, `src/http/mod.rs` is `[http]`, `src/main.rs` is `[main]`.
fn module_of(name: &str) -> Vec<String> {
    let inside = name.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<_> = inside.split('/').map(String::from).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

fn starts_with_path(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
