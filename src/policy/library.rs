//! The policy library of one project: which set of scripts is in force, and the hooks as async functions ([`asking`]).
//!
//! A set is compiled and checked as a whole and swapped as a whole; when that fails the last good one stays in force.
//! A hook that fails or overruns is answered by the built-in policy for that call, and the answer says why.

mod asking;
mod failures;

use std::sync::{Arc, PoisonError, RwLock};

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use serde::Serialize;

use failures::Failures;

pub use failures::FailingHook;

use super::{
    answers::{Answer, Decision, Judgement},
    engine::PolicyLimits,
    fault::ScriptFault,
    question::Question,
    reload,
    set::Set,
    source::{Level, ScriptFolders, SourceFile, SourceSet},
    threads::ScriptThreads,
};
use crate::model::{action::Action, snapshot::Board};

/// The policy library of one project; a cheap clone.
#[derive(Debug, Clone)]
pub struct Library(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folders: ScriptFolders,
    threads: ScriptThreads,
    limits: RwLock<PolicyLimits>,
    state: ArcSwap<State>,
    /// The board of the last `plan`, so that a changed set is tried out on what is really there.
    live: ArcSwapOption<Board>,
    /// One reload at a time.
    reloading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
struct State {
    set: Arc<Set>,
    loaded_at: DateTime<Utc>,
    refused: Option<Refused>,
    /// The files of the set, for people.
    files: Arc<[ScriptInfo]>,
    /// What went wrong since the set is in force.
    failures: Arc<Failures>,
}

impl State {
    /// A set that comes into force now.
    fn of(set: Arc<Set>, now: DateTime<Utc>) -> Self {
        let files = set.sources().effective().iter().map(ScriptInfo::of).collect();
        Self { set, loaded_at: now, refused: None, files, failures: Arc::default() }
    }
}

/// The last attempt at a reload, when it failed.
#[derive(Debug, Clone)]
struct Refused(ScriptFault);

/// What a library starts from.
#[derive(Debug)]
pub struct Opening {
    /// Where its scripts are.
    pub folders: ScriptFolders,
    /// The set that was in force when the daemon ended, for the case that today's files are broken.
    pub last_good: Option<SourceSet>,
    /// What a call may use.
    pub limits: PolicyLimits,
    /// Where scripts run.
    pub threads: ScriptThreads,
    /// What changed scripts are tried out on; made-up facts when none.
    pub live: Option<Arc<Board>>,
}

/// What a reload did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReloadOutcome {
    /// The files say what they said at the last reload.
    Unchanged,
    /// A changed set is in force.
    Swapped {
        /// Its hash.
        hash: String,
    },
    /// The files are not fit to be put in force; what was in force stays.
    Rejected(ScriptFault),
}

/// What is in force, for people.
#[derive(Debug, Clone, Serialize)]
pub struct LibraryStatus {
    /// The file that wins, for each name.
    pub files: Vec<ScriptInfo>,
    /// Names the set in recorded decisions.
    pub hash: String,
    /// Why the files on disk are not what is in force.
    pub last_error: Option<ScriptFault>,
    /// Since when it is in force.
    pub loaded_at: DateTime<Utc>,
}

/// A script in force.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptInfo {
    /// Its path below the scripts folder, without `.rhai`.
    pub name: String,
    /// Its level.
    pub source: Level,
    /// The file as people know it.
    pub path: String,
    /// SHA-256 of its text.
    pub hash: String,
}

impl ScriptInfo {
    /// About a file.
    pub fn of(file: &SourceFile) -> Self {
        Self { name: file.name.clone(), source: file.level, path: file.path.clone(), hash: file.hash() }
    }
}

impl Library {
    /// Opens a project's library. Broken scripts are no error: the last good set, or the built-in one, is in force
    /// then, and [`status`](Self::status) says why.
    pub async fn open(opening: Opening, now: DateTime<Utc>) -> Self {
        let Opening { folders, last_good, limits, threads, live } = opening;
        let built = {
            let (folders, live) = (folders.clone(), live.clone());
            threads.run(move || first_set(&folders, last_good.as_ref(), live.as_ref(), limits)).await
        };
        let (set, refused) =
            built.unwrap_or_else(|lost| (Set::built_in(), Some(Refused(ScriptFault::from_lost("scripts", &lost)))));
        let state = ArcSwap::from_pointee(State { refused, ..State::of(set, now) });
        let limits = RwLock::new(limits);
        let reloading = tokio::sync::Mutex::default();
        Self(Arc::new(Shared { folders, threads, limits, state, live: ArcSwapOption::new(live), reloading }))
    }

    /// Looks at the files again, and puts them in force when they are changed and good. Files that were refused are
    /// tried again: what was wrong may have been the configuration.
    pub async fn reload(&self, now: DateTime<Utc>) -> ReloadOutcome {
        let _one_at_a_time = self.0.reloading.lock().await;
        let (shared, before) = (self.0.clone(), self.0.state.load_full());
        let built = self.0.threads.run(move || shared.rebuild(&before)).await;
        let result = built.unwrap_or_else(|lost| Rebuilt::Refused(Refused(ScriptFault::from_lost("scripts", &lost))));
        let before = self.0.state.load_full();
        match result {
            Rebuilt::Same => ReloadOutcome::Unchanged,
            Rebuilt::Changed(set) => {
                let hash = set.hash().to_owned();
                self.0.state.store(Arc::new(State::of(set, now)));
                ReloadOutcome::Swapped { hash }
            }
            Rebuilt::Refused(refused) => {
                let known = before.refused.as_ref().is_some_and(|known| known.0 == refused.0);
                let fault = refused.0.clone();
                self.0.state.store(Arc::new(State { refused: Some(refused), ..(*before).clone() }));
                if known { ReloadOutcome::Unchanged } else { ReloadOutcome::Rejected(fault) }
            }
        }
    }

    /// What is in force.
    pub fn status(&self) -> LibraryStatus {
        let state = self.0.state.load();
        LibraryStatus {
            files: state.files.to_vec(),
            hash: state.set.hash().to_owned(),
            last_error: state.refused.as_ref().map(|refused| refused.0.clone()),
            loaded_at: state.loaded_at,
        }
    }

    /// The hooks that failed within the last hour, so that the built-in ones answered in their place.
    pub fn failing(&self, now: DateTime<Utc>) -> Vec<FailingHook> {
        self.0.state.load().failures.lately(now)
    }

    /// Faults of hooks that nobody was told of yet; each is handed out once.
    pub fn take_new_faults(&self) -> Vec<(&'static str, ScriptFault)> {
        self.0.state.load().failures.take_news()
    }

    /// The sources in force, to be stored and handed to [`open`](Self::open) after a restart.
    pub fn sources(&self) -> SourceSet {
        self.0.state.load().set.sources().clone()
    }

    /// The set in force.
    pub fn set(&self) -> Arc<Set> {
        self.0.state.load().set.clone()
    }

    /// The board of the last plan; none before the first.
    pub fn live(&self) -> Option<Arc<Board>> {
        self.0.live.load_full()
    }

    /// Compiles, checks and tries out the files as they are, with one text changed or added; what would be in force, or
    /// everything that is wrong with it.
    pub async fn changed(&self, file: Option<SourceFile>) -> Result<Arc<Set>, Vec<ScriptFault>> {
        let Some(file) = file else { return Ok(self.set()) };
        let (path, sources, shared) = (file.path.clone(), self.sources().with(file), self.0.clone());
        let build = move || reload::build(&sources, shared.live.load_full().as_ref(), shared.limits()).map(Arc::new);
        let built = self.0.threads.run_apart(build).await;
        built.unwrap_or_else(|lost| Err(vec![ScriptFault::from_lost(&path, &lost)]))
    }

    /// The folders that are read, for whoever watches them.
    pub fn folders(&self) -> &ScriptFolders {
        &self.0.folders
    }

    /// Changes what a call may use, from the next call on.
    pub fn set_limits(&self, limits: PolicyLimits) {
        *self.0.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// Everything that is wrong with the files as they are now.
    pub async fn check(&self) -> Vec<ScriptFault> {
        let shared = self.0.clone();
        let checked = self.0.threads.run_apart(move || match SourceSet::read(&shared.folders) {
            Ok(sources) => shared.faults(&sources),
            Err(fault) => vec![fault],
        });
        checked.await.unwrap_or_else(|lost| vec![ScriptFault::from_lost("scripts", &lost)])
    }

    /// Everything that would be wrong if this text were saved as `name` (without `.rhai`) in the project's folder, or
    /// in the root's for a library without a project.
    pub async fn check_text(&self, name: &str, text: &str) -> Vec<ScriptFault> {
        let (level, folder) = match (&self.0.folders.project, &self.0.folders.root) {
            (Some(folder), _) => (Level::Project, folder.shown.as_str()),
            (None, Some(folder)) => (Level::Root, folder.shown.as_str()),
            (None, None) => (Level::Root, "scripts"),
        };
        let path = format!("{folder}/{name}.rhai");
        let file = SourceFile { name: name.to_owned(), level, path: path.clone(), text: text.to_owned() };
        let sources = self.sources().with(file);
        let shared = self.0.clone();
        let checked = self.0.threads.run_apart(move || shared.faults(&sources)).await;
        checked.unwrap_or_else(|lost| vec![ScriptFault::from_lost(&path, &lost)])
    }

    /// Asks a hook of the set in force, and the built-in policy when that fails.
    #[expect(private_bounds, reason = "the types of answers are those of the hooks, and nobody adds one")]
    pub async fn ask<T: Answer>(&self, question: Question<T>) -> Judgement<T> {
        let (hook, at) = (question.hook().function, question.at);
        let (state, limits) = (self.0.state.load_full(), self.0.limits());
        let (set, failures) = (state.set.clone(), state.failures.clone());
        let asked = self.0.threads.run(move || answer(&set, &question, limits)).await;
        let judgement = asked.unwrap_or_else(|lost| Judgement {
            answer: T::none(),
            hook,
            script: String::new(),
            files: Arc::default(),
            hash: String::new(),
            fault: Some(ScriptFault::from_lost("scripts", &lost)),
        });
        if let Some(fault) = &judgement.fault {
            failures.note(hook, fault, at);
        }
        judgement
    }
}

/// Asks the set, then the built-in policy.
fn answer<T: Answer>(set: &Set, question: &Question<T>, limits: PolicyLimits) -> Judgement<T> {
    let hook = question.hook();
    let judge = |set: &Set, answer, fault| Judgement {
        answer,
        hook: hook.function,
        script: set.script(hook).to_owned(),
        files: set.parts(hook),
        hash: set.hash().to_owned(),
        fault,
    };
    let fault = match set.ask(question, limits) {
        Ok(answered) => {
            for line in &answered.printed {
                tracing::debug!(hook = hook.function, "script: {line}");
            }
            return judge(set, answered.answer, None);
        }
        Err(fault) => fault,
    };
    let built_in = Set::built_in();
    let answer = built_in.ask(question, limits).map_or_else(
        |worse| {
            tracing::error!(fault = %worse, hook = hook.function, "the built-in policy failed");
            T::none()
        },
        |answered| answered.answer,
    );
    judge(&built_in, answer, Some(fault))
}

/// The set to start with: today's files, else the last good set, else the built-in one.
fn first_set(
    folders: &ScriptFolders,
    last_good: Option<&SourceSet>,
    live: Option<&Arc<Board>>,
    limits: PolicyLimits,
) -> (Arc<Set>, Option<Refused>) {
    let refused = match SourceSet::read(folders) {
        // What was in force before is not put on trial again: it stood its trial on the project as it was.
        Ok(sources) if Some(&sources) == last_good => match Set::compile(&sources) {
            Ok(set) => return (Arc::new(set), None),
            Err(faults) => Refused::by(faults),
        },
        Ok(sources) => match build_set(&sources, live, limits) {
            Ok(set) => return (set, None),
            Err(refused) => refused,
        },
        Err(fault) => Refused(fault),
    };
    let last_good = last_good.and_then(|sources| Set::compile(sources).ok());
    (last_good.map_or_else(Set::built_in, Arc::new), Some(refused))
}

fn build_set(sources: &SourceSet, live: Option<&Arc<Board>>, limits: PolicyLimits) -> Result<Arc<Set>, Refused> {
    if sources.is_empty() {
        return Ok(Set::built_in());
    }
    reload::build(sources, live, limits).map(Arc::new).map_err(Refused::by)
}

impl Refused {
    fn by(faults: Vec<ScriptFault>) -> Self {
        let first = faults.into_iter().next();
        Self(first.unwrap_or_else(|| ScriptFault::of_file("scripts", "refused for no reason")))
    }
}

enum Rebuilt {
    Same,
    Changed(Arc<Set>),
    Refused(Refused),
}

impl Shared {
    fn limits(&self) -> PolicyLimits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn rebuild(&self, before: &State) -> Rebuilt {
        let sources = match SourceSet::read(&self.folders) {
            Ok(sources) => sources,
            Err(fault) => return Rebuilt::Refused(Refused(fault)),
        };
        let hash = sources.hash();
        match &before.refused {
            None if hash == before.set.hash() => return Rebuilt::Same,
            // Back to what is in force: people want to hear that it is good again.
            Some(_) if hash == before.set.hash() => return Rebuilt::Changed(before.set.clone()),
            _ => {}
        }
        match build_set(&sources, self.live.load_full().as_ref(), self.limits()) {
            Ok(set) => Rebuilt::Changed(set),
            Err(refused) => Rebuilt::Refused(refused),
        }
    }

    fn faults(&self, sources: &SourceSet) -> Vec<ScriptFault> {
        reload::build(sources, self.live.load_full().as_ref(), self.limits()).err().unwrap_or_default()
    }
}

impl From<Judgement<Vec<Action>>> for Decision {
    fn from(judgement: Judgement<Vec<Action>>) -> Self {
        let Judgement { answer, hook, script, files, hash, fault } = judgement;
        Self { actions: answer, hook, script, files, hash, fault }
    }
}
