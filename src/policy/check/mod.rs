//! What can be told about scripts without running them: syntax, unknown functions, wrong numbers of arguments,
//! statements outside of functions, what has no effect, words that a fact never is.

mod captures;
mod unused;
mod words;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

use rhai::{AST, ASTFlags, ASTNode, Dynamic, Engine, Expr, FnCallExpr, Position, Stmt};

use super::{
    actions,
    engine::engine,
    fault::{ScriptFault, nearest},
    hooks,
    modules::name_of,
    natives::NativeDoc,
    source::{Level, SourceFile, SourceSet},
};

/// A script with its syntax tree.
#[derive(Clone)]
pub(super) struct Parsed {
    pub(super) source: SourceFile,
    pub(super) ast: AST,
}

impl Parsed {
    /// Some of its functions, by name and number of parameters.
    pub(super) fn only(&self, which: impl Fn(&str, usize) -> bool) -> AST {
        // rhai 1.27's `clone_functions_only_filtered` takes them all.
        let mut functions = self.ast.clone_functions_only();
        functions.retain_functions(|_, _, name, params| which(name, params));
        functions
    }
}

/// The engine that compiles; sets have engines of their own to run on.
static COMPILER: LazyLock<Engine> = LazyLock::new(engine);

/// Parses every file of every level, or answers with every file's first fault.
pub(super) fn parse(sources: &SourceSet) -> Result<Vec<Parsed>, Vec<ScriptFault>> {
    let mut parsed = BUILT_IN.clone()?;
    let mut faults = Vec::new();
    for source in sources.files() {
        match parse_one(source.clone()) {
            Ok(file) => parsed.push(file),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(parsed) } else { Err(faults) }
}

/// The built-in files, parsed once: they are part of every set.
static BUILT_IN: LazyLock<Result<Vec<Parsed>, Vec<ScriptFault>>> = LazyLock::new(|| {
    let parsed = SourceSet::default().layers().into_iter().map(parse_one);
    parsed.collect::<Result<_, _>>().map_err(|fault| vec![fault])
});

pub(super) fn parse_one(source: SourceFile) -> Result<Parsed, ScriptFault> {
    let mut ast = COMPILER
        .compile(&source.text)
        .map_err(|error| ScriptFault::from_parse((&source.path, &source.text), &error))?;
    ast.set_source(source.path.clone());
    Ok(Parsed { source, ast })
}

/// Everything that is wrong with files that parse.
pub(super) fn check(parsed: &[Parsed]) -> Vec<ScriptFault> {
    let own = |file: &&Parsed| file.source.level != Level::BuiltIn;
    let mut faults = unused::files(parsed);
    faults.extend(parsed.iter().filter(own).flat_map(|file| Check::of(file, parsed).run()));
    faults
}

/// Calls of a script of its own that go nowhere; it has these functions besides.
pub(super) fn calls(file: &Parsed, besides: &[NativeDoc]) -> Vec<ScriptFault> {
    let mut check = Check::of(file, std::slice::from_ref(file));
    check.besides = besides.iter().map(|doc| (doc.name(), doc.params_count())).collect();
    check.calls();
    check.faults
}

/// Functions that the language itself handles.
const LANGUAGE: &[&str] =
    &["call", "curry", "Fn", "type_of", "is_def_fn", "is_def_var", "is_shared", "print", "debug", "eval"];

/// Functions that exist in other engines and not here, with the reason.
const WITHHELD: &[(&str, &str)] = &[
    ("timestamp", "scripts have no clock; the time of the decision is `now` of the board or of `ctx`"),
    ("sleep", "scripts cannot sleep; return an action with a delay, such as `requeue(task, seconds, reason)`"),
    ("rand", "scripts have no random numbers, so that a decision can be replayed"),
];

/// Names and numbers of parameters of everything that is offered to scripts.
static OFFERED: LazyLock<HashMap<String, BTreeSet<usize>>> = LazyLock::new(|| {
    let mut offered = HashMap::<String, BTreeSet<usize>>::new();
    let functions = COMPILER.collect_fn_metadata(
        None,
        |function| Some((function.metadata.name.to_string(), function.metadata.num_params)),
        true,
    );
    for (name, params) in functions {
        offered.entry(name).or_default().insert(params);
    }
    offered
});

/// The check of one file, which sees the files of its name on the other levels and what it imports.
struct Check<'a> {
    file: &'a Parsed,
    /// The files that it is laid over or under.
    family: Vec<&'a Parsed>,
    /// Functions of the family.
    functions: HashMap<&'a str, BTreeSet<usize>>,
    /// Imported files by alias; none where the path is not a plain text.
    imports: HashMap<String, Option<&'a Parsed>>,
    /// Names that may be called although they are no functions: keys of maps can hold closures.
    keys: HashSet<String>,
    /// Names that are called or mentioned.
    mentioned: HashSet<String>,
    /// Names that are called, with the numbers of arguments.
    called: HashMap<String, BTreeSet<usize>>,
    /// Functions that such a script has besides, with their numbers of parameters.
    besides: HashMap<&'static str, usize>,
    faults: Vec<ScriptFault>,
}

impl<'a> Check<'a> {
    fn of(file: &'a Parsed, all: &'a [Parsed]) -> Self {
        let policy = hooks::FILES.iter().any(|(name, _)| *name == file.source.name);
        let in_family = |other: &&Parsed| {
            other.source.name == file.source.name && (policy || other.source.level == file.source.level)
        };
        let family: Vec<_> = all.iter().filter(in_family).collect();
        let mut check = Self {
            file,
            functions: functions(&family),
            family,
            imports: HashMap::new(),
            keys: HashSet::new(),
            mentioned: HashSet::new(),
            called: HashMap::new(),
            besides: HashMap::new(),
            faults: Vec::new(),
        };
        for file in check.family.clone() {
            file.ast.walk(&mut |path| {
                check.collect(path, all);
                true
            });
        }
        check
    }

    fn run(mut self) -> Vec<ScriptFault> {
        self.statements();
        self.calls();
        let file = self.file;
        file.ast.walk(&mut |path| {
            self.captures(path);
            self.words(path);
            true
        });
        self.unused();
        self.faults
    }

    /// Calls of functions that are not there, or with another number of arguments.
    fn calls(&mut self) {
        let file = self.file;
        file.ast.walk(&mut |path| {
            match path.last() {
                Some(ASTNode::Expr(Expr::FnCall(call, position)) | ASTNode::Stmt(Stmt::FnCall(call, position))) => {
                    self.call(call, *position, false);
                }
                Some(ASTNode::Expr(Expr::MethodCall(call, position))) => self.call(call, *position, true),
                _ => {}
            }
            true
        });
    }

    fn fault(&self, position: Position, message: String) -> ScriptFault {
        ScriptFault::at(&self.file.source.path, position, message)
    }

    /// Takes note of imports, map keys and names that are mentioned.
    fn collect(&mut self, path: &[ASTNode], all: &'a [Parsed]) {
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Import(import, _))) => {
                let (name, alias) = &**import;
                let target = match name {
                    Expr::StringConstant(name, _) => all.iter().rev().find(|file| file.source.name == name_of(name)),
                    _ => None,
                };
                self.imports.insert(alias.name.to_string(), target);
            }
            Some(ASTNode::Expr(Expr::Map(map, _))) => {
                self.keys.extend(map.0.iter().map(|(key, _)| key.name.to_string()));
            }
            Some(ASTNode::Expr(Expr::Property(property, _))) => {
                self.keys.insert(property.2.to_string());
            }
            Some(ASTNode::Expr(Expr::Variable(variable, _, _))) => {
                self.mentioned.insert(variable.1.to_string());
            }
            Some(ASTNode::Expr(Expr::StringConstant(text, _))) => {
                self.mentioned.insert(text.to_string());
                self.keys.insert(text.to_string());
            }
            Some(ASTNode::Expr(Expr::DynamicConstant(value, _))) => collect_keys(value, &mut self.keys),
            Some(
                ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)),
            ) => {
                self.mentioned.insert(call.name.to_string());
                unused::note_call(&mut self.called, call);
            }
            _ => {}
        }
    }

    /// Only definitions may stand outside of functions: a call must not depend on what was run before it.
    fn statements(&mut self) {
        for statement in self.file.ast.statements() {
            let allowed = match statement {
                Stmt::Noop(_) | Stmt::Import(..) | Stmt::Export(..) => true,
                Stmt::Var(_, flags, _) => flags.intersects(ASTFlags::CONSTANT),
                _ => false,
            };
            if !allowed {
                let fault = self.fault(statement.position(), "a statement outside of a function".into());
                self.faults.push(fault.expected("only `fn`, `const` and `import` may stand there"));
            }
        }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position, method: bool) {
        let name = call.name.as_str();
        let is_operator = call.op_token.is_some() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_operator || LANGUAGE.contains(&name) {
            return;
        }
        if !call.namespace.is_empty() {
            return self.imported(call, position);
        }
        let args = call.args.len();
        // A native method counts the value before the dot among its parameters, a script's function does not.
        // What a policy asks for, a job does not get.
        let is_for_policies = !self.besides.is_empty() && actions::ACTIONS.iter().any(|action| action.name == name);
        let native = OFFERED.get(name).filter(|_| !is_for_policies);
        let own = self.functions.get(name);
        let besides = self.besides.get(name).copied();
        let fits = native.is_some_and(|params| params.contains(&(args + usize::from(method))))
            || own.is_some_and(|params| params.contains(&args))
            || besides == Some(args);
        if fits || (method && self.keys.contains(name)) {
            return;
        }
        let fault = match (own, native, besides) {
            (None, None, None) if is_for_policies => {
                let fault =
                    self.fault(position, format!("`{name}` is for policy scripts: nobody carries it out for a job"));
                fault.expected("the functions of jobs are in docs/policy-reference.md")
            }
            (None, None, None) => self.unknown(name, position),
            (own, native, besides) => {
                let native = native.into_iter().flatten().map(|params| params - usize::from(method && *params > 0));
                let mut takes: Vec<_> = own.into_iter().flatten().copied().chain(native).chain(besides).collect();
                takes.sort_unstable();
                takes.dedup();
                let fault = self.fault(position, format!("`{name}` is called with {args} {}", arguments(args)));
                fault.expected(format!("it takes {}", either(&takes)))
            }
        };
        self.faults.push(fault);
    }

    fn unknown(&self, name: &str, position: Position) -> ScriptFault {
        let fault = self.fault(position, format!("there is no function `{name}`"));
        if let Some((_, why)) = WITHHELD.iter().find(|(withheld, _)| *withheld == name) {
            return fault.expected(*why);
        }
        let offered = OFFERED.keys().map(String::as_str).filter(|name| !name.contains('$'));
        let own = self.functions.keys().chain(self.besides.keys()).copied();
        match nearest(name, offered.chain(own)) {
            Some(near) => fault.expected(format!("did you mean `{near}`?")),
            None => fault,
        }
    }

    /// A call into an imported file.
    fn imported(&mut self, call: &FnCallExpr, position: Position) {
        let root = call.namespace.root();
        let fault = match self.imports.get(root) {
            // Nested modules and computed paths are left to the dry run.
            Some(None) => return,
            _ if call.namespace.path.len() > 1 => return,
            None => {
                let fault = self.fault(position, format!("there is no module `{root}`"));
                fault.expected(format!("import it first: `import \"lib/{root}\" as {root};`"))
            }
            Some(Some(module)) => {
                let functions = functions(&[*module]);
                match functions.get(call.name.as_str()) {
                    Some(params) if params.contains(&call.args.len()) => return,
                    Some(params) => {
                        let given = call.args.len();
                        let message = format!("`{}` is called with {given} {}", call.name, arguments(given));
                        let takes: Vec<_> = params.iter().copied().collect();
                        self.fault(position, message).expected(format!("it takes {}", either(&takes)))
                    }
                    None => {
                        let message = format!("`{}` has no function `{}`", module.source.path, call.name);
                        let fault = self.fault(position, message);
                        match nearest(&call.name, functions.keys().copied()) {
                            Some(near) => fault.expected(format!("did you mean `{near}`?")),
                            None => fault,
                        }
                    }
                }
            }
        };
        self.faults.push(fault);
    }
}

/// The keys of a constant map, and of those inside it.
fn collect_keys(value: &Dynamic, keys: &mut HashSet<String>) {
    if let Ok(map) = value.as_map_ref() {
        for (key, value) in map.iter() {
            keys.insert(key.to_string());
            collect_keys(value, keys);
        }
    } else if let Ok(array) = value.as_array_ref() {
        array.iter().for_each(|value| collect_keys(value, keys));
    }
}

fn functions<'a>(files: &[&'a Parsed]) -> HashMap<&'a str, BTreeSet<usize>> {
    let mut functions = HashMap::<_, BTreeSet<_>>::new();
    for function in files.iter().flat_map(|file| file.ast.iter_fn_def()) {
        functions.entry(function.name.as_str()).or_default().insert(function.params.len());
    }
    functions
}

const fn arguments(count: usize) -> &'static str {
    if count == 1 { "argument" } else { "arguments" }
}

fn either(counts: &[usize]) -> String {
    counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ")
}
