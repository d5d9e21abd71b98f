//! Scripts: what is in force, what is wrong, what each said before, and what a changed one would do.

use poem_openapi::Object;
use serde_json::Value;

use super::{View, view};
use crate::{
    app::{overrides::ScriptText, replay::Replay, simulate::Simulation, versions},
    http::schema::{Nullable, Time},
    model::ids::{ProjectId, TaskId},
    policy::{
        fault::ScriptFault,
        library::{self, ScriptInfo},
        replay::Otherwise,
        simulate::{Compared, Difference, Said},
    },
};

/// A script in force
#[derive(Debug, Clone, Object)]
pub struct Script {
    /// Its name, without `.rhai`; a job's begins with `jobs.`, one in a folder is named `lib/quiet`.
    pub name: String,
    /// Where it comes from: `project`, `root` or `built-in`.
    pub level: String,
    /// The file, or where it is in the binary.
    pub path: String,
    /// SHA-256 of the source.
    pub hash: String,
    /// The source; null in lists.
    pub source: Nullable<String>,
    /// What the place's own file says where that was refused and is not in force; null in lists, and when it is in force.
    pub refused_source: Nullable<String>,
}

/// The scripts in force
#[derive(Debug, Clone, Object)]
pub struct ScriptList {
    /// The scripts.
    pub items: Vec<Script>,
    /// Always null: the list is short.
    pub next_cursor: Nullable<String>,
    /// Hash of the whole set.
    pub hash: String,
    /// Why the newest change was refused; null when it was not.
    pub last_error: Nullable<ScriptProblem>,
    /// Hooks that failed within the last hour: the built-in ones answered in their place.
    pub failing: Vec<FailingHook>,
}

/// A hook that failed while its script was in force, so that the built-in one answered
#[derive(Debug, Clone, Object)]
pub struct FailingHook {
    /// The function.
    pub hook: String,
    /// What went wrong last.
    pub problem: ScriptProblem,
    /// When it first failed, since the scripts are in force.
    pub since: Time,
    /// When it last failed.
    pub last_at: Time,
    /// How often it failed.
    pub times_count: u64,
}

impl View for FailingHook {
    type Model = library::FailingHook;
    fn of(model: Self::Model) -> Self {
        Self {
            hook: model.hook.to_owned(),
            problem: View::of(model.fault),
            since: View::of(model.since),
            last_at: View::of(model.last_at),
            times_count: model.times_count,
        }
    }
}

/// What is wrong with a script
#[derive(Debug, Clone, Object)]
pub struct ScriptProblem {
    /// The file.
    pub file: String,
    /// Line, from 1; null when it is not known.
    pub line: Nullable<u64>,
    /// Column, from 1; null when it is not known.
    pub column: Nullable<u64>,
    /// The function in which it happened.
    pub function: Nullable<String>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: Nullable<String>,
}

impl View for ScriptProblem {
    type Model = ScriptFault;
    fn of(model: ScriptFault) -> Self {
        Self {
            file: model.file,
            line: Nullable(model.line.map(|line| line as u64)),
            column: Nullable(model.column.map(|column| column as u64)),
            function: Nullable(model.function),
            message: model.message,
            expected: Nullable(model.expected),
        }
    }
}

/// Whether a script would be accepted
#[derive(Debug, Clone, Object)]
pub struct ScriptCheck {
    /// True when nothing is wrong.
    pub ok: bool,
    /// What is wrong.
    pub problems: Vec<ScriptProblem>,
}

impl From<ScriptInfo> for Script {
    fn from(model: ScriptInfo) -> Self {
        let (name, path, hash) = (model.name, model.path, model.hash);
        Self {
            name,
            level: model.source.to_string(),
            path,
            hash,
            source: Nullable(None),
            refused_source: Nullable(None),
        }
    }
}

impl From<ScriptText> for Script {
    fn from(model: ScriptText) -> Self {
        let (name, path, hash) = (model.name, model.path, model.hash);
        Self {
            name,
            level: model.level,
            path,
            hash,
            source: Nullable(Some(model.text)),
            refused_source: Nullable(model.refused_text),
        }
    }
}

view!(
    /// What a script said from some time on
    ScriptVersion of versions::Version {
        /// Counts up over all scripts.
        id: i64,
        /// SHA-256 of the source; null where the script was taken away.
        hash: Nullable<String>,
        /// The source, to be saved again; null where the script was taken away.
        source: Nullable<String>,
        /// Who saved it; null when the file was changed by other means.
        author: Nullable<String>,
        /// Since when.
        at: Time,
        /// True for the newest.
        is_current: bool,
    }
);

/// One thing that a hook says
#[derive(Debug, Clone, Object)]
pub struct PolicyAnswer {
    /// The action's name; `violation`, `delivery`, `true` or `false` for hooks that ask for none.
    pub action: String,
    /// The task that it is about; null when it is about none.
    pub task: Nullable<TaskId>,
    /// In words.
    pub text: String,
    /// As the script gave it.
    pub value: Value,
    /// Why the core would refuse it; null when nothing on the board speaks against it, or that was not looked at.
    pub refused: Nullable<String>,
}

impl View for PolicyAnswer {
    type Model = Said;
    fn of(model: Said) -> Self {
        Self {
            action: model.word,
            task: Nullable(model.task),
            text: model.text,
            value: model.value,
            refused: Nullable(model.refused),
        }
    }
}

/// What a hook says with the script in force, and with the changed one
#[derive(Debug, Clone, Object)]
pub struct SimulatedQuestion {
    /// The function.
    pub hook: String,
    /// What it was asked about.
    pub subject: String,
    /// The task; null when it is about none.
    pub task: Nullable<TaskId>,
    /// What the changed script says.
    pub answers: Vec<PolicyAnswer>,
    /// What the script in force says.
    pub in_force: Vec<PolicyAnswer>,
    /// Whether both say the same.
    pub same: bool,
    /// Why the changed script gave no answer, so that the built-in one answers; null when it did.
    pub problem: Nullable<ScriptProblem>,
    /// Lines that the changed script printed.
    pub printed: Vec<String>,
}

impl View for SimulatedQuestion {
    type Model = Compared;
    fn of(model: Compared) -> Self {
        let same = model.after.fault.is_none() && model.differences().is_empty();
        Self {
            hook: model.hook.to_owned(),
            subject: model.subject,
            task: Nullable(model.task),
            answers: View::of(model.after.said),
            in_force: View::of(model.before.said),
            same,
            problem: View::of(model.after.fault),
            printed: model.after.printed,
        }
    }
}

/// Where a changed script says something else
#[derive(Debug, Clone, Object)]
pub struct PolicyDifference {
    /// The function.
    pub hook: String,
    /// What it was asked about.
    pub subject: String,
    /// The task; null when it is about none.
    pub task: Nullable<TaskId>,
    /// What the script in force says.
    pub before: Vec<PolicyAnswer>,
    /// What the changed script says.
    pub after: Vec<PolicyAnswer>,
    /// In words.
    pub text: String,
}

impl View for PolicyDifference {
    type Model = Difference;
    fn of(model: Difference) -> Self {
        Self {
            text: model.in_words(),
            hook: model.hook.to_owned(),
            subject: model.subject,
            task: Nullable(model.task),
            before: View::of(model.before),
            after: View::of(model.after),
        }
    }
}

/// What a changed script would do now; nothing of it was done
#[derive(Debug, Clone, Object)]
pub struct ScriptSimulation {
    /// The project.
    pub project: ProjectId,
    /// When the project was looked at.
    pub at: Time,
    /// Hash of the changed set of scripts.
    pub hash: String,
    /// Hash of the set in force.
    pub in_force_hash: String,
    /// True when the script could be put in force.
    pub ok: bool,
    /// Why it could not.
    pub problems: Vec<ScriptProblem>,
    /// Every question that was asked, with both answers.
    pub items: Vec<SimulatedQuestion>,
    /// Where the answers differ.
    pub differences: Vec<PolicyDifference>,
    /// Hooks of the file that were not asked: nothing in the project gives rise to them now.
    pub not_asked: Vec<String>,
}

impl From<Simulation> for ScriptSimulation {
    fn from(model: Simulation) -> Self {
        let differences = model.compared.iter().flat_map(Compared::differences).collect();
        Self {
            project: model.project,
            at: Time(model.at),
            hash: model.hash,
            in_force_hash: model.in_force_hash,
            ok: model.problems.is_empty(),
            problems: View::of(model.problems),
            items: View::of(model.compared),
            differences: View::of(differences),
            not_asked: model.not_asked.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// Where a changed script would have decided otherwise, and how long
#[derive(Debug, Clone, Object)]
pub struct ReplayDifference {
    /// When it was first seen.
    pub at: Time,
    /// When it was last seen.
    pub until: Time,
    /// How many questions in a row had it.
    pub times: u64,
    /// What it is.
    pub difference: PolicyDifference,
}

impl View for ReplayDifference {
    type Model = Otherwise;
    fn of(model: Otherwise) -> Self {
        let (at, until, times) = (Time(model.at), Time(model.until), model.times);
        Self { at, until, times, difference: View::of(model.difference) }
    }
}

/// What a changed script would have decided otherwise in a past period
#[derive(Debug, Clone, Object)]
pub struct ScriptReplay {
    /// The project.
    pub project: ProjectId,
    /// From when.
    pub since: Time,
    /// Until when.
    pub until: Time,
    /// Hash of the changed set of scripts.
    pub hash: String,
    /// Hash of the set in force.
    pub in_force_hash: String,
    /// True when the script could be put in force.
    pub ok: bool,
    /// Why it could not; or the first question that it failed to answer.
    pub problems: Vec<ScriptProblem>,
    /// Pictures of ticks on record in this period.
    pub pictures_count: u64,
    /// The first of them; null when there is none.
    pub first_picture: Nullable<Time>,
    /// The last of them; null when there is none.
    pub last_picture: Nullable<Time>,
    /// Pictures, and whole days, that are damaged: what happened there was not replayed.
    pub damaged_count: u64,
    /// Ticks that were gone through.
    pub ticks_count: u64,
    /// Questions that both scripts were asked.
    pub questions_count: u64,
    /// Questions that the changed script failed to answer.
    pub faults_count: u64,
    /// Where it would have decided otherwise, oldest first; the first 500.
    pub differences: Vec<ReplayDifference>,
    /// How many differences there are.
    pub differences_count: u64,
    /// Hooks of the file that were not asked: nothing in the period gave rise to them.
    pub not_asked: Vec<String>,
    /// True when it took too long and ended early.
    pub cut_short: bool,
}

impl From<Replay> for ScriptReplay {
    fn from(model: Replay) -> Self {
        let (period, found) = (model.period, model.found);
        let ok = model.problems.is_empty();
        let problems = model.problems.into_iter().chain(found.first_fault).collect();
        Self {
            project: period.project,
            since: Time(period.since),
            until: Time(period.until),
            hash: model.hash,
            in_force_hash: model.in_force_hash,
            ok,
            problems: View::of(problems),
            pictures_count: found.record.pictures_count,
            first_picture: View::of(found.record.first),
            last_picture: View::of(found.record.last),
            damaged_count: found.record.damaged_count,
            ticks_count: found.ticks_count,
            questions_count: found.questions_count,
            faults_count: found.faults_count,
            differences: View::of(found.differences),
            differences_count: found.differences_count,
            not_asked: model.not_asked.into_iter().map(str::to_owned).collect(),
            cut_short: found.cut_short,
        }
    }
}
