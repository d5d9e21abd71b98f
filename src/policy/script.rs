//! A script of its own, outside of a policy set: what a job runs.

use std::collections::HashSet;

use rhai::{AST, ASTNode, CallFnOptions, Dynamic, Engine, Expr, Position, Scope, Stmt};

use super::fault::{Places, ScriptFault};

/// A compiled script that belongs to no policy set.
#[derive(Debug, Clone)]
pub struct Script {
    ast: AST,
    places: Places,
}

impl Script {
    /// Compiles it for an engine made by [`engine`](super::engine::engine), with whatever the caller added to it.
    ///
    /// `path` is the file as people know it.
    pub fn compile(engine: &Engine, path: &str, text: &str) -> Result<Self, ScriptFault> {
        let mut ast = engine.compile(text).map_err(|error| ScriptFault::from_parse((path, text), &error))?;
        ast.set_source(path);
        let place = |function: &rhai::Shared<rhai::ScriptFuncDef>| {
            (function.name.to_string(), (path.to_owned(), function.body.start_position()))
        };
        let functions = ast.iter_fn_def().map(place).collect();
        Ok(Self { places: Places { file: path.to_owned(), functions, ..Places::default() }, ast })
    }

    /// The file as people know it.
    pub fn path(&self) -> &str {
        &self.places.file
    }

    /// Its functions, each with the number of its parameters.
    pub fn functions(&self) -> impl Iterator<Item = (&str, usize)> {
        self.ast.iter_functions().map(|function| (function.name, function.params.len()))
    }

    /// Its functions that nothing in it calls or mentions.
    pub fn uncalled(&self) -> Vec<(&str, usize)> {
        let mut mentioned = HashSet::new();
        self.ast.walk(&mut |path| {
            match path.last() {
                Some(
                    ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _))
                    | ASTNode::Stmt(Stmt::FnCall(call, _)),
                ) => mentioned.insert(call.name.to_string()),
                Some(ASTNode::Expr(Expr::Variable(variable, _, _))) => mentioned.insert(variable.1.to_string()),
                Some(ASTNode::Expr(Expr::StringConstant(text, _))) => mentioned.insert(text.to_string()),
                _ => false,
            };
            true
        });
        self.functions().filter(|(name, _)| !mentioned.contains(*name)).collect()
    }

    /// Where a function begins.
    pub fn position(&self, function: &str) -> Position {
        self.places.functions.get(function).map_or(Position::NONE, |(_, position)| *position)
    }

    /// Fails unless the script has this function with so many parameters.
    pub fn require(&self, function: &str, params: usize) -> Result<(), ScriptFault> {
        let found = self.ast.iter_functions().find(|found| found.name == function);
        let (position, message) = match found {
            Some(found) if found.params.len() == params => return Ok(()),
            Some(found) => (self.position(function), format!("`{function}` has {} parameters", found.params.len())),
            None => (Position::NONE, format!("there is no function `{function}`")),
        };
        let fault = ScriptFault::at(&self.places.file, position, message);
        let count = if params == 1 { "1 parameter".to_owned() } else { format!("{params} parameters") };
        Err(fault.expected(format!("`fn {function}` with {count}")))
    }

    /// Calls a function. Do so inside [`guarded`](super::engine::guarded), on a thread with a stack for scripts.
    pub fn call(&self, engine: &Engine, function: &str, args: Vec<Dynamic>) -> Result<Dynamic, ScriptFault> {
        let options = CallFnOptions::new().eval_ast(!self.ast.statements().is_empty());
        engine
            .call_fn_with_options(options, &mut Scope::new(), &self.ast, function, args)
            .map_err(|error| self.places.fault(function, *error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::engine::{PolicyLimits, engine, guarded};

    #[test]
    fn a_job_gets_natives_of_its_own_and_faults_with_places() {
        let mut engine = engine();
        engine.register_fn("backup", |project: &str| -> Result<String, Box<rhai::EvalAltResult>> {
            if project == "gone" { Err("there is no project `gone`".into()) } else { Ok(format!("{project}.db")) }
        });
        let text = "const KEEP = 3;\nfn run(job) {\n    `${backup(job)} ${global::KEEP}`\n}";
        let script = Script::compile(&engine, "scripts/jobs/b.rhai", text).unwrap();
        script.require("run", 1).unwrap();
        assert_eq!(script.require("run", 2).unwrap_err().line, Some(2));
        let run = |project: &str| {
            let args = vec![project.to_owned().into()];
            guarded(PolicyLimits::default(), || script.call(&engine, "run", args)).0
        };
        assert_eq!(run("sales").unwrap().to_string(), "sales.db 3");
        let fault = run("gone").unwrap_err();
        assert_eq!(fault.to_string(), "scripts/jobs/b.rhai:3:8: there is no project `gone` in `run`");
    }
}
