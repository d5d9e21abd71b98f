//! Starting points: what `script new` writes, each with a test that passes.

use super::hooks;

/// A script to begin with, and its test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartingPoint {
    /// The script.
    pub script: String,
    /// Its test, for the file `NAME_test.rhai` beside it.
    pub test: String,
}

/// By policy file: an example of one changed judgement, and its test.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("tick", include_str!("starting/tick.rhai"), include_str!("starting/tick_test.rhai")),
    ("zombie", include_str!("starting/zombie.rhai"), include_str!("starting/zombie_test.rhai")),
    ("outcome", include_str!("starting/outcome.rhai"), include_str!("starting/outcome_test.rhai")),
    ("escalation", include_str!("starting/escalation.rhai"), include_str!("starting/escalation_test.rhai")),
    ("distillation", include_str!("starting/distillation.rhai"), include_str!("starting/distillation_test.rhai")),
    ("guardrail", include_str!("starting/guardrail.rhai"), include_str!("starting/guardrail_test.rhai")),
    ("notify", include_str!("starting/notify.rhai"), include_str!("starting/notify_test.rhai")),
    ("webhook", include_str!("starting/webhook.rhai"), include_str!("starting/webhook_test.rhai")),
];

/// The starting point of a policy file; none for a name that is none of theirs.
pub fn of_policy(name: &str) -> Option<StartingPoint> {
    let (_, example, test) = EXAMPLES.iter().find(|(file, ..)| *file == name)?;
    let mut script = format!(
        "// {name}.rhai: an example to change.\n//\n// A function that is missing here comes from the next level (root, then \
         built-in), so one function is enough.\n// `moziplus script check` tells what is wrong, `script test` runs \
         {name}_test.rhai, `script simulate` shows\n// what it would do now. The hooks of this file:\n"
    );
    for hook in hooks::of_file(name) {
        script +=
            &format!("//   {}: {}\n//     It returns {}.\n", hook.signature(), hook.asked, hook.returns.in_words());
    }
    script += "\n";
    script += example;
    Some(StartingPoint { script, test: (*test).to_owned() })
}

/// The starting point of a module that other scripts import.
pub fn of_module(name: &str) -> StartingPoint {
    // What stands behind `as` is a word: the last part of a path.
    let alias = name.rsplit('/').next().unwrap_or(name).replace(['-', '.'], "_");
    let fill = |text: &str| text.replace("NAME", name).replace("ALIAS", &alias);
    StartingPoint {
        script: fill(include_str!("starting/module.rhai")),
        test: fill(include_str!("starting/module_test.rhai")),
    }
}

/// The starting point of a job's script; jobs act, so they are tried out by `job run` and have no test.
pub fn of_job(name: &str) -> String {
    include_str!("starting/job.rhai").replace("NAME", name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{
        engine::PolicyLimits,
        reload,
        source::{Level, SourceFile, SourceSet},
        testing,
        tests::on_big_stack,
    };

    fn passes(name: &str, point: &StartingPoint) {
        let path = format!("scripts/{name}.rhai");
        let file = SourceFile { name: name.into(), level: Level::Project, path, text: point.script.clone() };
        let limits = PolicyLimits::default();
        let set = reload::build(&SourceSet::new(vec![file]), None, limits).unwrap();
        let results = testing::run(&std::sync::Arc::new(set), ("test.rhai", &point.test), limits).unwrap();
        for result in results {
            assert_eq!(result.fault, None, "{name}: {}", result.name);
        }
    }

    #[test]
    fn every_starting_point_is_sound_and_passes_its_test() {
        on_big_stack(|| {
            for (name, _) in hooks::FILES {
                passes(name, &of_policy(name).unwrap());
            }
            passes("quiet", &of_module("quiet"));
        });
    }
}
