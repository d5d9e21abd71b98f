//! What stands in a file and has no effect: functions and constants that nothing asks for, a file that nobody reads,
//! actions that are made and dropped. Each looks like a decision that was changed, and changes none.

use std::collections::{BTreeSet, HashMap};

use rhai::{ASTNode, Expr, FnCallExpr, Position, ScriptFuncDef, Stmt};

use super::{
    super::{
        actions, answers, fault::ScriptFault, fault::nearest, hooks, modules::name_of, natives::NativeDoc,
        source::Level,
    },
    Check, Parsed,
};

/// Letters that may differ between a name and the one that was meant.
const MISSPELT: usize = 2;

impl Check<'_> {
    /// Functions and constants that nothing asks for although they look like it, and actions that are dropped.
    pub(super) fn unused(&mut self) {
        let file = self.file;
        for function in file.ast.iter_fn_def() {
            if let Some(fault) = self.unused_function(function) {
                self.faults.push(fault.within(function.name.as_str()));
            }
            for (call, position) in dropped_in(file, function) {
                if !self.functions.contains_key(call.as_str()) {
                    let fault = self.fault(position, format!("what `{call}` makes is dropped"));
                    let right = "return it, or hand it over: `emit(…)` for an action";
                    self.faults.push(fault.expected(right).within(function.name.as_str()));
                }
            }
        }
        self.unused_constants();
    }

    fn unused_function(&self, function: &ScriptFuncDef) -> Option<ScriptFault> {
        let (name, params) = (function.name.as_str(), function.params.len());
        let position = function.body.start_position();
        if let Some(hook) = hooks::of_file(&self.file.source.name).find(|hook| hook.function == name) {
            let fault = || self.fault(position, format!("`{name}` has {params} parameters"));
            return (hook.params.len() != params)
                .then(|| fault().expected(format!("the hook is `{}`", hook.signature())));
        }
        if self.is_called(name, params) {
            return None;
        }
        let below: BTreeSet<_> = self.functions_below(name).collect();
        if !below.is_empty() {
            let takes = below.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ");
            let fault = || self.fault(position, format!("`{name}` takes {params}, so it replaces nothing"));
            return (!below.contains(&params))
                .then(|| fault().expected(format!("the one that it is to replace takes {takes}")));
        }
        if !self.is_policy() || self.mentioned.contains(name) {
            return None;
        }
        if let Some(hook) = hooks::HOOKS.iter().find(|hook| hook.function == name) {
            let fault =
                self.fault(position, format!("`{name}` is a hook of {}.rhai, and nothing calls it here", hook.file));
            return Some(fault.expected(format!("move it to {}.rhai", hook.file)));
        }
        let near = nearest(name, self.replaceable()).filter(|near| is_misspelt(near, name))?;
        let is_hook = hooks::of_file(&self.file.source.name).any(|hook| hook.function == near);
        let meant = match is_hook {
            true => format!("did you mean the hook `{near}`?"),
            false => format!("did you mean `{near}`, which is there to be replaced?"),
        };
        Some(self.fault(position, format!("nothing calls `{name}`")).expected(meant))
    }

    /// True when a call in the family has this name and number of arguments.
    fn is_called(&self, name: &str, params: usize) -> bool {
        self.called.get(name).is_some_and(|counts| counts.contains(&params))
    }

    fn is_policy(&self) -> bool {
        hooks::of_file(&self.file.source.name).next().is_some()
    }

    /// Numbers of parameters of the functions of this name on lower levels.
    fn functions_below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        let functions = self.below().flat_map(|file| file.ast.iter_fn_def());
        functions.filter(move |function| function.name == name).map(|function| function.params.len())
    }

    fn below(&self) -> impl Iterator<Item = &Parsed> {
        let level = self.file.source.level;
        self.family.iter().copied().filter(move |file| file.source.level < level)
    }

    /// Hooks of the file, and functions of lower levels.
    fn replaceable(&self) -> Vec<&str> {
        let hooks = hooks::of_file(&self.file.source.name).map(|hook| hook.function);
        let parts = self.below().flat_map(|file| file.ast.iter_fn_def()).map(|function| function.name.as_str());
        hooks.chain(parts.filter(|name| !name.contains('$'))).collect()
    }

    fn unused_constants(&mut self) {
        let known: Vec<_> = self.below().flat_map(constants).map(|(name, _)| name.to_owned()).collect();
        let file = self.file;
        for (name, position) in constants(file) {
            if self.mentioned.contains(name) || known.iter().any(|known| known == name) {
                continue;
            }
            let near = nearest(name, known.iter().map(String::as_str)).filter(|near| is_misspelt(near, name));
            if let Some(near) = near {
                let fault = self.fault(position, format!("nothing uses the constant `{name}`"));
                self.faults.push(fault.expected(format!("did you mean `{near}`?")));
            }
        }
    }
}

/// Files whose names look like that of a policy file, and which nobody imports.
pub(super) fn files(parsed: &[Parsed]) -> Vec<ScriptFault> {
    let own = parsed.iter().filter(|file| file.source.level != Level::BuiltIn);
    let names: Vec<_> = hooks::FILES.iter().map(|(name, _)| *name).collect();
    let mut imported = BTreeSet::new();
    for file in parsed {
        file.ast.walk(&mut |path| {
            if let Some(ASTNode::Stmt(Stmt::Import(import, _))) = path.last() {
                // A computed name can be any.
                let Expr::StringConstant(name, _) = &import.0 else { return true };
                imported.insert(name_of(name).to_owned());
            }
            true
        });
    }
    let unread =
        own.filter(|file| !names.contains(&file.source.name.as_str()) && !imported.contains(&file.source.name));
    let fault =
        |file: &Parsed| {
            let near = nearest(&file.source.name, names.iter().copied())
                .filter(|near| is_misspelt(near, &file.source.name))?;
            let fault = ScriptFault::of_file(&file.source.path, "nothing asks this file, and nobody imports it");
            Some(fault.expected(format!(
                "did you mean {near}.rhai? Other names are for modules, best in a folder: lib/{near}"
            )))
        };
    unread.filter_map(fault).collect()
}

fn is_misspelt(meant: &str, given: &str) -> bool {
    strsim::damerau_levenshtein(meant, given) <= MISSPELT
}

fn constants(file: &Parsed) -> impl Iterator<Item = (&str, Position)> {
    file.ast.statements().iter().filter_map(|statement| match statement {
        Stmt::Var(definition, _, position) => Some((definition.0.name.as_str(), *position)),
        _ => None,
    })
}

/// Names of the functions that do nothing but make something.
fn makes(call: &FnCallExpr) -> bool {
    let name = call.name.as_str();
    let answers = answers::FUNCTIONS.iter().map(NativeDoc::name);
    call.namespace.is_empty()
        && (actions::ACTIONS.iter().any(|action| action.name == name)
            || answers.into_iter().any(|answer| answer == name))
}

/// Calls of a function whose value nobody gets.
fn dropped_in(file: &Parsed, function: &ScriptFuncDef) -> Vec<(String, Position)> {
    let (name, params) = (&function.name, function.params.len());
    let body = file.only(|other, count| other == name && count == params);
    // A function's body is not to be had as a whole: its statements are what is on top.
    let statements = |each: &mut dyn FnMut(&Stmt)| {
        body.walk(&mut |path| {
            if let [ASTNode::Stmt(statement)] = path {
                each(statement);
            }
            true
        });
    };
    let (mut count, mut last) = (0, 0);
    statements(&mut |statement| {
        last = if matches!(statement, Stmt::Noop(_)) { last } else { count };
        count += 1;
    });
    let (mut number, mut dropped) = (0, Vec::new());
    statements(&mut |statement| {
        look_into(statement, number == last, &mut dropped);
        number += 1;
    });
    dropped
}

/// Calls whose value nobody gets. The last statement of a function is its value, and so on into blocks and branches.
fn look_for_dropped(statements: &[Stmt], is_value: bool, dropped: &mut Vec<(String, Position)>) {
    let last = statements.iter().rposition(|statement| !matches!(statement, Stmt::Noop(_)));
    for (number, statement) in statements.iter().enumerate() {
        look_into(statement, is_value && Some(number) == last, dropped);
    }
}

fn look_into(statement: &Stmt, is_value: bool, dropped: &mut Vec<(String, Position)>) {
    match statement {
        Stmt::FnCall(call, position) if !is_value && makes(call) => dropped.push((call.name.to_string(), *position)),
        Stmt::Block(block) => look_for_dropped(block.statements(), is_value, dropped),
        Stmt::If(flow, _) | Stmt::TryCatch(flow, _) => {
            look_for_dropped(flow.body.statements(), is_value, dropped);
            look_for_dropped(flow.branch.statements(), is_value, dropped);
        }
        Stmt::While(flow, _) | Stmt::Do(flow, ..) => look_for_dropped(flow.body.statements(), false, dropped),
        Stmt::For(parts, _) => look_for_dropped(parts.2.body.statements(), false, dropped),
        Stmt::Switch(parts, _) => {
            parts.1.expressions.iter().for_each(|case| look_into_expression(&case.rhs, is_value, dropped));
        }
        Stmt::Expr(expression) => look_into_expression(expression, is_value, dropped),
        _ => {}
    }
}

fn look_into_expression(expression: &Expr, is_value: bool, dropped: &mut Vec<(String, Position)>) {
    match expression {
        Expr::FnCall(call, position) if !is_value && makes(call) => dropped.push((call.name.to_string(), *position)),
        Expr::Stmt(block) => look_for_dropped(block.statements(), is_value, dropped),
        _ => {}
    }
}

/// Takes note of the number of arguments that a name is called with.
pub(super) fn note_call(called: &mut HashMap<String, BTreeSet<usize>>, call: &FnCallExpr) {
    called.entry(call.name.to_string()).or_default().insert(call.args.len());
}
