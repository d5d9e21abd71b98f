//! What a changed script would do now: both sets are asked about the live project, and nothing is done.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};

use super::{
    App, Project, board,
    error::AppError,
    events, overrides,
    skills::{self, SkillView, judging},
    starts::Objections,
};
use crate::{
    model::{
        action::Action,
        ids::ProjectId,
        outcome::Outcome,
        records::{Rebuttal, Stance},
        skill::SkillStatus,
        snapshot::{Board, Context, RebuttalFacts, TaskFacts},
        status::Status,
    },
    policy::{
        answers::ViolationSeverity,
        fault::ScriptFault,
        hooks,
        simulate::{Case, Compared, compare},
    },
    store::{Db, daemon_db::IndexQuery, experiences, rebuttals},
};

/// Questions of one kind at most: the newest, so that the answer stays readable.
const MOST: usize = 200;
/// Events that `deliver` is asked about.
const EVENTS: usize = 50;

/// What a simulation came to.
#[derive(Debug)]
pub struct Simulation {
    /// The project.
    pub project: ProjectId,
    /// When the picture was taken.
    pub at: DateTime<Utc>,
    /// Names the changed set.
    pub hash: String,
    /// Names the set in force.
    pub in_force_hash: String,
    /// Why the script could not be put in force; nothing was asked then.
    pub problems: Vec<ScriptFault>,
    /// What both sets say.
    pub compared: Vec<Compared>,
    /// Hooks of the file that nothing in the project gives rise to now.
    pub not_asked: Vec<&'static str>,
}

/// Asks the hooks of a script file, or every hook when none is named, about everything in a project that is open now.
///
/// `place` says where the script would be saved: in the project, or for all projects.
pub async fn simulate(
    app: &App,
    project: &ProjectId,
    (place, script): (overrides::Place<'_>, Option<(&str, Option<&str>)>),
) -> Result<Simulation, AppError> {
    let project = app.project(project)?;
    let in_force = project.library.set();
    let mut simulation = Simulation {
        project: project.id.clone(),
        at: app.now(),
        hash: in_force.hash().to_owned(),
        in_force_hash: in_force.hash().to_owned(),
        problems: Vec::new(),
        compared: Vec::new(),
        not_asked: Vec::new(),
    };
    let changed = match overrides::changed(app, &project, (place, script)).await? {
        Ok(set) => set,
        Err(problems) => return Ok(Simulation { problems, ..simulation }),
    };
    changed.hash().clone_into(&mut simulation.hash);
    let board = board::now(app, &project).await?;
    let mut cases = cases(app, &project, &board).await?;
    let file = script.map(|(name, _)| name).filter(|name| crate::policy::hooks::of_file(name).next().is_some());
    cases.retain(|case| file.is_none_or(|file| case.hook().file == file));
    let limits = app.script_limits();
    let most = i64::from(app.settings_of(&project.id).daemon.max_dispatches);
    let of_case = move |case: &Case| {
        let mut compared = compare(case, &in_force, &changed, limits);
        note_objections(case, &board, most, &mut compared);
        compared
    };
    let asked = app.script_threads().run_apart(move || cases.iter().map(of_case).collect()).await;
    simulation.compared = asked.map_err(|lost| AppError::Internal(lost.to_string()))?;
    let asked = simulation.compared.iter().map(|asked| asked.hook).collect();
    simulation.not_asked = not_asked(file, &asked);
    Ok(simulation)
}

/// Hooks of a file, or of all, that nobody asked.
pub(super) fn not_asked(file: Option<&str>, asked: &BTreeSet<&'static str>) -> Vec<&'static str> {
    let wanted = hooks::HOOKS.iter().filter(|hook| file.is_none_or(|file| hook.file == file));
    wanted.map(|hook| hook.function).filter(|hook| !asked.contains(hook)).collect()
}

/// Says of each action what the core would have against it, on a board where the task is as the question has it.
pub(super) fn note_objections(case: &Case, board: &Board, max_dispatches: i64, asked: &mut Compared) {
    let mut board = match case {
        Case::Plan(board) => (**board).clone(),
        _ => board.clone(),
    };
    if let Some(task) = case.facts() {
        board.tasks.retain(|other| other.id != task.id);
        board.tasks.push(task.clone());
    }
    for said in [&mut asked.before.said, &mut asked.after.said] {
        let mut objections = Objections::on(&board, max_dispatches);
        for said in said {
            let action = serde_json::from_value::<Action>(said.value.clone()).ok();
            said.refused = action.and_then(|action| objections.to(&action));
        }
    }
}

/// Every question that the project gives rise to now.
async fn cases(app: &App, project: &Arc<Project>, board: &Arc<Board>) -> Result<Vec<Case>, AppError> {
    let ctx = &board.context;
    let mut cases = vec![Case::Plan(board.clone()), Case::InspectProject(board.clone())];
    let mentions = board.mentions.iter().filter(|mention| !mention.is_under_way).take(MOST);
    cases.extend(mentions.map(|mention| Case::OnMention(mention.clone(), ctx.clone())));
    for round in board.rounds.iter().take(MOST) {
        let whole = board.tasks.iter().find(|task| task.id == round.task);
        cases.extend(whole.map(|task| Case::OnPartsFinal(round.clone(), task.clone(), ctx.clone())));
    }
    for task in board.tasks.iter().take(MOST) {
        of_task(task, ctx, &mut cases);
    }
    cases.extend(tripwires(project, board).await);
    cases.extend(rebuttals(project, board).await?);
    cases.extend(knowledge(app, project, ctx).await?);
    let query =
        IndexQuery { newest_first: true, project: Some(project.id.clone()), limit: EVENTS, ..Default::default() };
    let recent = events::page(app, query).await?;
    cases.extend(recent.events.into_iter().map(|event| Case::Deliver(Arc::new(event), ctx.clone())));
    Ok(cases)
}

fn of_task(task: &Arc<TaskFacts>, ctx: &Arc<Context>, cases: &mut Vec<Case>) {
    for attempt in task.attempts.iter().filter(|attempt| attempt.is_live) {
        cases.push(Case::Inspect(attempt.clone(), ctx.clone()));
    }
    let last = task.attempts.iter().rev().find(|attempt| attempt.outcome.is_some_and(|o| o != Outcome::Completed));
    if let Some(attempt) = last {
        // The task as it was when the attempt ended: held by it.
        let mut held = (**task).clone();
        if attempt.kind.owns_task() {
            held.status = Status::Working;
            held.attempts.retain(|other| !(other.is_live && other.kind.owns_task()));
        }
        cases.push(Case::After(attempt.clone(), Arc::new(held), ctx.clone()));
    }
    let newest = task.reviews.last().filter(|review| review.round == task.round && task.status == Status::Review);
    if let Some(review) = newest {
        cases.push(Case::OnReview(review.clone(), task.clone(), ctx.clone()));
    }
    if let (Status::Blocked, Some(needed)) = (task.status, task.depends_on.first()) {
        cases.push(Case::OnLostDependency(*needed, task.clone(), ctx.clone()));
    }
    if matches!(task.status, Status::Working | Status::Review) {
        cases.push(Case::ReviewDepth(task.clone(), ctx.clone()));
    }
    if matches!(task.status, Status::Pending | Status::Claimed | Status::Working) {
        cases.push(Case::Check(task.clone(), ctx.clone()));
    }
}

/// What the guardrails in force would stop.
async fn tripwires(project: &Project, board: &Board) -> Vec<Case> {
    let mut cases = Vec::new();
    for task in board.tasks.iter().filter(|task| task.status == Status::Pending).take(MOST) {
        let found = project.library.guard(task, &board.context).await.answer;
        let tripwire = found.into_iter().find(|violation| violation.severity == ViolationSeverity::Tripwire);
        cases.extend(tripwire.map(|violation| Case::OnTripwire(violation, task.clone(), board.context.clone())));
    }
    cases
}

async fn rebuttals(project: &Project, board: &Board) -> Result<Vec<Case>, AppError> {
    let in_review: Vec<_> =
        board.tasks.iter().filter(|task| task.status == Status::Review).take(MOST).cloned().collect();
    let ids: Vec<_> = in_review.iter().map(|task| task.id).collect();
    let read = move |db: &Db<'_>| {
        let newest = |id| Ok(rebuttals::of_task(db, id)?.pop());
        ids.into_iter().map(newest).collect::<Result<Vec<Option<Rebuttal>>, AppError>>()
    };
    let newest = project.store.read(read).await?;
    let case = |(task, rebuttal): (Arc<TaskFacts>, Option<Rebuttal>)| {
        let facts = rebuttal_facts(&rebuttal?, &task);
        Some(Case::OnRebuttal(Arc::new(facts), task, board.context.clone()))
    };
    Ok(in_review.into_iter().zip(newest).filter_map(case).collect())
}

/// A rebuttal as scripts see it.
pub fn rebuttal_facts(rebuttal: &Rebuttal, task: &TaskFacts) -> RebuttalFacts {
    let issues = || task.reviews.iter().flat_map(|review| &review.issues);
    let upheld = |id| issues().any(|issue| issue.id == id && issue.upholds.is_some());
    let repeated = rebuttal.answers.iter().filter(|answer| answer.stance == Stance::Reject && upheld(answer.issue_id));
    let count = |stance| rebuttal.answers.iter().filter(|answer| answer.stance == stance).count() as i64;
    RebuttalFacts {
        id: rebuttal.id,
        task: rebuttal.task,
        review: rebuttal.review_id,
        author: rebuttal.author.clone(),
        round: rebuttal.round,
        max_rounds: task.max_rounds,
        accepts_count: count(Stance::Accept),
        partials_count: count(Stance::Partial),
        rejects_count: count(Stance::Reject),
        repeated_rejects_count: repeated.count() as i64,
        at: rebuttal.created_at,
    }
}

async fn knowledge(app: &App, project: &Project, ctx: &Arc<Context>) -> Result<Vec<Case>, AppError> {
    let now_ms = app.now().timestamp_millis();
    let read = move |db: &Db<'_>| Ok::<_, AppError>((experiences::tags(db)?, experiences::active_facts(db, now_ms)?));
    let (tags, lessons) = project.store.read(read).await?;
    let tags = tags.into_iter().take(MOST).map(|tag| Case::ShouldDistill(Arc::new(tag), ctx.clone()));
    let lessons = lessons.into_iter().take(MOST).map(|lesson| Case::ShouldExpire(Arc::new(lesson), ctx.clone()));
    let mut cases: Vec<_> = tags.chain(lessons).collect();
    let (views, _) = skills::list(app, Some(&project.id)).await?;
    let can_change =
        |view: &SkillView| view.skill.folder.is_some() && view.skill.meta.status != SkillStatus::Deprecated;
    for view in views.into_iter().filter(can_change).take(MOST) {
        let facts = Arc::new(judging::facts(app, &view.skill, view.counts));
        if facts.status == SkillStatus::Draft {
            cases.push(Case::ShouldPromote(facts.clone(), ctx.clone()));
            cases.push(Case::ShouldTry(facts.clone(), ctx.clone()));
        }
        cases.push(Case::ShouldDemote(facts, ctx.clone()));
    }
    Ok(cases)
}
