//! `import` for policy scripts: from the set's own sources only, never from the disk.
//!
//! Names are resolved like files: the project's, then the root's. Nothing outside of the scripts folders has a name.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use rhai::{AST, Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use super::{fault::nearest, source::is_name};

/// The modules of one set, evaluated when first imported.
pub(super) struct SetModules {
    sources: HashMap<String, AST>,
    made: Mutex<HashMap<String, Shared<Module>>>,
}

thread_local! {
    /// The modules that are being evaluated on this thread, outermost first.
    static UNDER_WAY: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Takes the innermost module off the list, also when its evaluation panics.
struct Done;

impl Drop for Done {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(Vec::pop);
    }
}

impl SetModules {
    /// Modules from compiled sources by name.
    pub(super) fn new(sources: HashMap<String, AST>) -> Self {
        Self { sources, made: Mutex::default() }
    }

    fn make(&self, engine: &Engine, name: &str) -> Result<Shared<Module>, Box<EvalAltResult>> {
        let ast = self.sources.get(name).ok_or_else(|| self.unknown(name))?;
        let cycle = UNDER_WAY.with_borrow(|under_way| {
            under_way.iter().any(|other| other == name).then(|| format!("{} -> {name}", under_way.join(" -> ")))
        });
        if let Some(cycle) = cycle {
            return Err(format!("imports go in a circle: {cycle}").into());
        }
        UNDER_WAY.with_borrow_mut(|under_way| under_way.push(name.to_owned()));
        let _done = Done;
        let made = Module::eval_ast_as_new(Scope::new(), ast, engine);
        // What is wrong at the top of a module is told with the module's file, not with that of whoever imports it.
        let in_module = |error| {
            let file = ast.source().unwrap_or(name).to_owned();
            Box::new(EvalAltResult::ErrorInModule(file, error, Position::NONE))
        };
        Ok(made.map_err(in_module)?.into())
    }

    fn unknown(&self, name: &str) -> String {
        if !is_name(name) {
            return format!("cannot import `{name}`: a name is a path below the scripts folder, such as \"lib/quiet\"");
        }
        match nearest(name, self.sources.keys().map(String::as_str)) {
            Some(near) => format!("there is no script `{name}` to import; did you mean \"{near}\"?"),
            None => format!("there is no script `{name}` to import"),
        }
    }
}

/// The name of a script as `import` gives it.
pub(super) fn name_of(path: &str) -> &str {
    path.strip_suffix(".rhai").unwrap_or(path)
}

impl ModuleResolver for SetModules {
    fn resolve(
        &self,
        engine: &Engine,
        _source: Option<&str>,
        path: &str,
        position: Position,
    ) -> Result<Shared<Module>, Box<EvalAltResult>> {
        let name = name_of(path);
        if let Some(module) = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok(module.clone());
        }
        let module = self.make(engine, name).map_err(|mut error| {
            if error.position().is_none() {
                error.set_position(position);
            }
            error
        })?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), module.clone());
        Ok(module)
    }
}
