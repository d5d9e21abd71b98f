//! The ceilings of scripts, and how each is told when it is hit: what is allowed, and where that is set.

use rhai::{EvalAltResult, ParseErrorType};

/// A recursion this deep is a mistake; the stack of the script threads holds it even in a debug build.
pub(super) const CALL_LEVELS: usize = 48;
/// Depth of an expression outside of functions, and inside.
pub(super) const EXPRESSION_DEPTH: usize = 64;
/// See [`EXPRESSION_DEPTH`].
pub(super) const EXPRESSION_DEPTH_IN_FUNCTIONS: usize = 32;
/// Bytes of a string.
pub(super) const STRING_BYTES: usize = 256 * 1024;
/// Items of an array, those of arrays inside it counted.
pub(super) const ARRAY_ITEMS: usize = 20_000;
/// Tasks that a list of facts holds at most: the most urgent ones, and fewer than an array may have.
pub(super) const TASKS: usize = 10_000;
/// Keys of a map, those of maps inside it counted.
pub(super) const MAP_KEYS: usize = 2_000;
/// Variables at a time.
pub(super) const VARIABLES: usize = 256;
/// Functions of a file.
pub(super) const FUNCTIONS: usize = 200;
/// Modules that a file may import.
pub(super) const MODULES: usize = 32;
/// Actions that one call may ask for.
pub(super) const EMITTED: usize = 5_000;

/// Bytes of text that one call may answer with: it is for people to read, is written down, and is shown.
pub(super) const ANSWER_BYTES: usize = 512 * 1024;

/// What is said of a ceiling that no configuration moves.
const FIXED: &str = "this limit is fixed";

/// What is allowed, for an error about too much of something; none for other errors.
pub(super) fn allowed(error: &EvalAltResult) -> Option<String> {
    let fixed = |what: String| Some(format!("at most {what}; {FIXED}"));
    match error {
        EvalAltResult::ErrorStackOverflow(_) => fixed(format!("{CALL_LEVELS} calls inside each other")),
        EvalAltResult::ErrorTooManyVariables(_) => fixed(format!("{VARIABLES} variables at a time")),
        EvalAltResult::ErrorTooManyModules(_) => fixed(format!("{MODULES} imported files")),
        EvalAltResult::ErrorDataTooLarge(what, _) => fixed(size_of(what)),
        EvalAltResult::ErrorTerminated(reason, _) => {
            // `engine::overrun` says which; jobs have limits of their own.
            let reason = reason.to_string();
            let key = match (reason.contains(" ms"), reason.contains("operations")) {
                (true, _) => "deadline_ms",
                (_, true) => "max_operations",
                _ => return None,
            };
            Some(format!(
                "`policy.{key}` in config/default.yaml says how much a call may use; loop over less, or raise it"
            ))
        }
        _ => None,
    }
}

/// The same for what the parser refuses.
pub(super) fn allowed_in_text(error: &ParseErrorType) -> Option<String> {
    let fixed = |what: String| Some(format!("at most {what}; {FIXED}"));
    match error {
        ParseErrorType::ExprTooDeep => fixed(format!(
            "{EXPRESSION_DEPTH_IN_FUNCTIONS} expressions inside each other in a function; take it apart with variables"
        )),
        ParseErrorType::TooManyFunctions => fixed(format!("{FUNCTIONS} functions in a file; import some from another")),
        ParseErrorType::LiteralTooLarge(what, _) => fixed(size_of(what)),
        _ => None,
    }
}

fn size_of(what: &str) -> String {
    let what = what.to_lowercase();
    if what.contains("string") {
        format!("{STRING_BYTES} bytes in a string")
    } else if what.contains("map") {
        format!("{MAP_KEYS} keys in a map and the maps inside it")
    } else {
        format!("{ARRAY_ITEMS} items in an array and the arrays inside it")
    }
}
