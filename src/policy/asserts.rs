//! Expressions of `guardrails.yaml`: pure, with the limits of every script.

use std::sync::Arc;

use rhai::Scope;

use super::{
    engine::{self, PolicyLimits},
    facts::dynamic,
    threads,
};
use crate::model::snapshot::{FileFacts, TaskFacts};

/// Whether an expression over `task` and `outputs` holds; what is wrong with it when it cannot be evaluated. Call it on a
/// script thread.
pub fn holds(
    expression: &str,
    task: &Arc<TaskFacts>,
    outputs: &[Arc<FileFacts>],
    limits: PolicyLimits,
) -> Result<bool, String> {
    let work = || {
        let engine = engine::engine();
        let mut scope = Scope::new();
        scope.push_constant_dynamic("task", dynamic(task));
        scope.push_constant_dynamic("outputs", outputs.iter().map(dynamic).collect::<rhai::Array>().into());
        // Closures are no expressions to the engine, and too good to miss.
        let ast = engine.compile_with_scope(&scope, expression).map_err(|error| error.to_string())?;
        engine.eval_ast_with_scope::<rhai::Dynamic>(&mut scope, &ast).map_err(|error| error.to_string())
    };
    let value = threads::catch(|| engine::guarded(limits, work)).map_err(|lost| lost.to_string())?.0?;
    value.as_bool().map_err(|kind| format!("it is {kind}, not true or false"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::sample;

    fn answer(expression: &str) -> Result<bool, String> {
        let task = Arc::new(sample::task(1));
        let file = |path: &str, size_bytes| {
            Arc::new(FileFacts {
                title: path.into(),
                path: path.into(),
                exists: true,
                size_bytes,
                sha256: None,
                json_valid: path.ends_with(".json"),
            })
        };
        let outputs = [file("outputs/a.json", 3), file("outputs/b.txt", 0)];
        holds(expression, &task, &outputs, PolicyLimits::default())
    }

    #[test]
    fn an_expression_is_about_the_task_and_its_outputs() {
        for (expression, holds) in [
            ("outputs.len() == 2 && task.risk_level != \"low\"", true),
            ("outputs.all(|o| o.size_bytes > 0)", false),
            ("outputs.some(|o| o.json_valid)", true),
        ] {
            assert_eq!(answer(expression), Ok(holds), "{expression}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_expression_is_said() {
        assert!(answer("outputs.len(").is_err());
        assert_eq!(answer("outputs.len()").unwrap_err(), "it is i64, not true or false");
        assert!(answer("task.no_such_fact").unwrap_err().contains("no_such_fact"));
    }
}
