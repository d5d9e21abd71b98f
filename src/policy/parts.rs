//! Which files an answer comes from: the one that holds the hook, and those whose functions and constants it reaches.
//!
//! Read from the syntax trees once for each set, so that a decision costs nothing for being explained. What is reached on
//! one path only is named, too.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use rhai::{ASTNode, Expr, FnPtr, Stmt};
use serde::{Deserialize, Serialize};

use super::{check::Parsed, hooks::Hook, modules::name_of};

/// A file that had a part in a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidingFile {
    /// The file as people know it.
    pub file: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// Its functions and constants that the hook reaches.
    pub names: Vec<String>,
}

/// By hook, the files behind it, the one that holds it first.
pub(super) fn of_hooks(parsed: &[Parsed], hooks: &[Hook]) -> HashMap<&'static str, Arc<[DecidingFile]>> {
    let mut reach = Reach { parsed, mentions: HashMap::new(), found: Vec::new(), seen: HashSet::new() };
    let hashes: Vec<_> = parsed.iter().map(|file| file.source.hash()).collect();
    let mut parts = HashMap::new();
    for hook in hooks {
        let family = reach.family(hook.file);
        reach.follow(&family, hook.function);
        reach.seen.clear();
        let file = |(index, names): (usize, BTreeSet<String>)| DecidingFile {
            file: parsed[index].source.path.clone(),
            hash: hashes[index].clone(),
            names: names.into_iter().collect(),
        };
        parts.insert(hook.function, std::mem::take(&mut reach.found).into_iter().map(file).collect());
    }
    parts
}

struct Reach<'a> {
    parsed: &'a [Parsed],
    /// By file and function; several hooks reach the same.
    mentions: HashMap<(usize, String), Rc<Mentions>>,
    found: Vec<(usize, BTreeSet<String>)>,
    seen: HashSet<(usize, String)>,
}

impl<'a> Reach<'a> {
    /// The files of a policy, lowest level first: a higher one's function replaces a lower one's.
    fn family(&self, name: &str) -> Vec<usize> {
        (0..self.parsed.len()).filter(|index| self.parsed[*index].source.name == name).collect()
    }

    /// The file that `import` finds under a name: one level alone.
    fn module(&self, name: &str) -> Vec<usize> {
        self.family(name_of(name)).pop().into_iter().collect()
    }

    fn follow(&mut self, family: &[usize], name: &str) {
        let parsed = self.parsed;
        let defines = |index: &&usize| parsed[**index].ast.iter_fn_def().any(|function| function.name == name);
        if let Some(index) = family.iter().rev().find(defines) {
            if self.seen.insert((*index, name.to_owned())) {
                self.note(*index, name);
                self.follow_body(family, *index, name);
            }
        } else if let Some(index) = family.iter().rev().find(|index| has_constant(&parsed[**index], name)) {
            self.note(*index, name);
        }
    }

    fn follow_body(&mut self, family: &[usize], index: usize, name: &str) {
        let parsed = self.parsed;
        let known = self.mentions.entry((index, name.to_owned()));
        let mentions = known.or_insert_with(|| Rc::new(Mentions::of(&parsed[index], name))).clone();
        for name in &mentions.names {
            self.follow(family, name);
        }
        for (alias, function) in &mentions.calls {
            let import = mentions.imports.get(alias).cloned();
            let import = import.or_else(|| family.iter().rev().find_map(|index| imported(&parsed[*index], alias)));
            let module = import.map(|name| self.module(&name)).unwrap_or_default();
            self.follow(&module, function);
        }
    }

    fn note(&mut self, index: usize, name: &str) {
        let place = self.found.iter().position(|(known, _)| *known == index).unwrap_or_else(|| {
            self.found.push((index, BTreeSet::new()));
            self.found.len() - 1
        });
        // Closures have names that nobody wrote.
        if !name.contains('$') {
            self.found[place].1.insert(name.to_owned());
        }
    }
}

/// What the body of a function mentions.
#[derive(Default)]
struct Mentions {
    /// Names that may be functions or constants.
    names: BTreeSet<String>,
    /// Calls into modules: alias and function.
    calls: BTreeSet<(String, String)>,
    /// Imports by alias.
    imports: HashMap<String, String>,
}

impl Mentions {
    fn of(file: &Parsed, function: &str) -> Self {
        let mut mentions = Self::default();
        let body = file.only(|name, _| name == function);
        body.walk(&mut |path| {
            mentions.take(path.last());
            true
        });
        mentions
    }

    fn take(&mut self, node: Option<&ASTNode<'_>>) {
        match node {
            Some(
                ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)),
            ) => {
                if call.namespace.is_empty() {
                    self.names.insert(call.name.to_string());
                } else {
                    self.calls.insert((call.namespace.root().to_owned(), call.name.to_string()));
                }
            }
            Some(ASTNode::Expr(Expr::Variable(variable, _, _))) => {
                self.names.insert(variable.1.to_string());
            }
            Some(ASTNode::Expr(Expr::StringConstant(text, _))) => {
                self.names.insert(text.to_string());
            }
            Some(ASTNode::Expr(Expr::DynamicConstant(value, _))) => {
                self.names.extend(value.read_lock::<FnPtr>().map(|pointer| pointer.fn_name().to_owned()));
            }
            Some(ASTNode::Stmt(statement)) => self.imports.extend(import(statement)),
            _ => {}
        }
    }
}

/// Alias and name of an import whose name is a plain text.
fn import(statement: &Stmt) -> Option<(String, String)> {
    let Stmt::Import(import, _) = statement else { return None };
    let (name, alias) = &**import;
    match name {
        Expr::StringConstant(name, _) => Some((alias.name.to_string(), name.to_string())),
        _ => None,
    }
}

/// What a file imports under an alias, at its top.
fn imported(file: &Parsed, alias: &str) -> Option<String> {
    let mut imports = file.ast.statements().iter().filter_map(import).rev();
    imports.find(|(known, _)| known == alias).map(|(_, name)| name)
}

fn has_constant(file: &Parsed, name: &str) -> bool {
    file.ast
        .statements()
        .iter()
        .any(|statement| matches!(statement, Stmt::Var(definition, ..) if definition.0.name == name))
}
