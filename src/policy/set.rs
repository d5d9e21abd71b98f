//! A compiled set of policy scripts: what is in force for a project, as one immutable value.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use rhai::{AST, CallFnOptions, Dynamic, Engine, Scope};

use super::{
    answers::Answer,
    check::{self, Parsed},
    engine::{self, PolicyLimits, Trace},
    fault::{Places, ScriptFault, has_lost_its_place, is_about_nothing},
    hooks::{self, Hook},
    locate::{self, Place},
    modules::SetModules,
    parts::{self, DecidingFile},
    question::Question,
    source::{SourceSet, is_built_in},
    threads,
};

/// A compiled set of policy scripts.
pub struct Set {
    engine: Engine,
    policies: HashMap<&'static str, Policy>,
    sources: SourceSet,
    hash: String,
    /// What holds for every project, where this one has guardrails of its own.
    global_guards: Option<Arc<Set>>,
    /// By hook, the files that have a part in its answers.
    parts: HashMap<&'static str, Arc<[DecidingFile]>>,
}

/// A policy file: the functions of all levels together, where a higher level's replace a lower level's.
struct Policy {
    ast: AST,
    places: Places,
    /// Constants and imports have to be evaluated before a call; files without them are called faster.
    has_statements: bool,
}

/// An answer with what the call printed.
#[derive(Debug)]
pub struct Answered<T> {
    /// The answer.
    pub answer: T,
    /// Lines that the script printed, for people who develop it.
    pub printed: Vec<String>,
}

static BUILT_IN: LazyLock<Arc<Set>> = LazyLock::new(|| match Set::compile(&SourceSet::default()) {
    Ok(set) => Arc::new(set),
    // Impossible in a binary whose tests passed; without policies hooks answer with nothing, and say why.
    Err(faults) => {
        tracing::error!(?faults, "the built-in policy scripts do not compile");
        Arc::new(Set {
            engine: engine::engine(),
            policies: HashMap::new(),
            sources: SourceSet::default(),
            hash: String::new(),
            global_guards: None,
            parts: HashMap::new(),
        })
    }
});

impl Set {
    /// The built-in policies alone.
    pub fn built_in() -> Arc<Self> {
        BUILT_IN.clone()
    }

    /// Compiles and checks a set, without running any of it. Call it on a script thread: parsing is recursive.
    pub fn compile(sources: &SourceSet) -> Result<Self, Vec<ScriptFault>> {
        let parsed = check::parse(sources)?;
        let faults = check::check(&parsed);
        if !faults.is_empty() {
            return Err(faults);
        }
        let policies = hooks::FILES.iter().map(|(name, _)| (*name, Policy::merge(name, &parsed))).collect();
        let parts = parts::of_hooks(&parsed, hooks::HOOKS);
        let importable = parsed.iter().map(|file| (file.source.name.clone(), file.ast.clone())).collect();
        let mut engine = engine::engine();
        engine.set_module_resolver(SetModules::new(importable));
        let global = sources.without_own("guardrail").map(|global| Self::compile(&global)).transpose()?;
        let global_guards = global.map(Arc::new);
        Ok(Self { engine, policies, sources: sources.clone(), hash: sources.hash(), global_guards, parts })
    }

    /// Names this set in recorded decisions.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it was compiled from.
    pub fn sources(&self) -> &SourceSet {
        &self.sources
    }

    /// The set whose guardrails hold for every project, where the project has a guardrail script of its own.
    pub(super) fn global_guards(&self) -> Option<Arc<Self>> {
        self.global_guards.clone()
    }

    /// Its files for `import`, freshly made for another engine; none when they do not compile any more.
    pub(super) fn modules(&self) -> Option<SetModules> {
        let parsed = check::parse(&self.sources).ok()?;
        Some(SetModules::new(parsed.into_iter().map(|file| (file.source.name, file.ast)).collect()))
    }

    /// The file that answers a hook, as people know it.
    pub fn script(&self, hook: &Hook) -> &str {
        let policy = self.policies.get(hook.file);
        policy.and_then(|policy| policy.places.functions.get(hook.function)).map_or("", |(file, _)| file)
    }

    /// The files that have a part in the answers of a hook: the one that holds it, and those that it reaches.
    pub fn parts(&self, hook: &Hook) -> Arc<[DecidingFile]> {
        self.parts.get(hook.function).cloned().unwrap_or_default()
    }

    /// Asks a hook on the current thread, which should be a script thread.
    #[expect(private_bounds, reason = "the types of answers are those of the hooks, and nobody adds one")]
    pub fn ask<T: Answer>(&self, question: &Question<T>, limits: PolicyLimits) -> Result<Answered<T>, ScriptFault> {
        let call = || engine::guarded(limits, || self.call(question.hook, question.args.clone(), limits));
        let (value, trace) = threads::catch(call).map_err(|lost| self.lost(question.hook, &lost))?;
        self.read(question.hook, value?, trace)
    }

    /// Asks a hook about made-up facts; `Ok` also when it only missed what a made-up project does not have.
    pub(super) fn try_out<T: Answer>(
        &self,
        question: &Question<T>,
        limits: PolicyLimits,
        made_up_project: bool,
    ) -> Result<(), ScriptFault> {
        let work = || self.call(question.hook, question.args.clone(), limits);
        let call = || if made_up_project { engine::guarded_dry(limits, work) } else { engine::guarded(limits, work) };
        let (value, trace) = threads::catch(call).map_err(|lost| self.lost(question.hook, &lost))?;
        if trace.gave_up {
            return Ok(());
        }
        self.read::<T>(question.hook, value?, trace).map(|_| ())
    }

    fn call(&self, hook: &Hook, args: Vec<Dynamic>, limits: PolicyLimits) -> Result<Dynamic, ScriptFault> {
        let missing = || ScriptFault::of_file(format!("{}.rhai", hook.file), "the built-in policy does not compile");
        let policy = self.policies.get(hook.file).ok_or_else(missing)?;
        let options = CallFnOptions::new().eval_ast(policy.has_statements);
        self.engine
            .call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &policy.ast, hook.function, args.clone())
            .map_err(|error| {
                if is_about_nothing(&error) {
                    engine::missing_name();
                }
                let is_lost = has_lost_its_place(&error, policy.has_statements);
                let last = is_lost.then(|| self.last_step(policy, (hook.function, args), limits));
                self.with_own_parts(hook, policy.places.fault_at(hook.function, *error, last.as_ref()))
            })
    }

    /// A fault in a built-in file, with the parts that were replaced: what they answer may be what does not fit.
    fn with_own_parts(&self, hook: &Hook, fault: ScriptFault) -> ScriptFault {
        let parts = self.parts(hook);
        let own: Vec<_> = parts.iter().filter(|part| !is_built_in(&part.file)).collect();
        if !is_built_in(&fault.file) || own.is_empty() {
            return fault;
        }
        let parts = own.iter().map(|part| format!("`{}` in {}", part.names.join("`, `"), part.file));
        let hint = format!("look at what was replaced: {}", parts.collect::<Vec<_>>().join(" and "));
        let expected = fault.expected.as_ref().map_or_else(|| hint.clone(), |expected| format!("{expected}; {hint}"));
        fault.expected(expected)
    }

    /// Where a call ends that does not come to its end.
    fn last_step(&self, policy: &Policy, call: (&str, Vec<Dynamic>), limits: PolicyLimits) -> Place {
        let mut engine = engine::engine();
        if let Some(modules) = self.modules() {
            engine.set_module_resolver(modules);
        }
        locate::last_step(engine, &policy.ast, call, limits)
    }

    fn read<T: Answer>(&self, hook: &Hook, value: Dynamic, trace: Trace) -> Result<Answered<T>, ScriptFault> {
        let answer = T::read(value, trace.emitted).map_err(|wrong| {
            let place = self.policies.get(hook.file).and_then(|policy| policy.places.functions.get(hook.function));
            let (file, position) = place.cloned().unwrap_or_default();
            let fault = ScriptFault::at(file, position, wrong).within(hook.function);
            fault.expected(format!("`{}` returns {}", hook.signature(), hook.returns.in_words()))
        })?;
        Ok(Answered { answer, printed: trace.printed })
    }

    fn lost(&self, hook: &Hook, lost: &threads::LostCall) -> ScriptFault {
        ScriptFault::from_lost(self.script(hook), lost).within(hook.function)
    }
}

impl std::fmt::Debug for Set {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Set").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl Policy {
    /// Lays the levels of a file over each other, the built-in one at the bottom.
    fn merge(name: &str, parsed: &[Parsed]) -> Self {
        let mut ast = AST::empty();
        let mut places = Places { file: format!("{name}.rhai"), ..Places::default() };
        for file in parsed.iter().filter(|file| file.source.name == name) {
            ast = ast.merge(&file.ast);
            places.statements.resize(ast.statements().len(), file.source.path.clone());
            for function in file.ast.iter_fn_def() {
                let place = (file.source.path.clone(), function.body.start_position());
                places.functions.insert(function.name.to_string(), place);
            }
        }
        ast.set_source(places.file.clone());
        let has_statements = !ast.statements().is_empty();
        Self { ast, places, has_statements }
    }
}
