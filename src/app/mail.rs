//! Mail between agents and people. Its conversations lie on tasks of the virtual project `_mail`, which is made with the
//! first mail.
//!
//! A request to an agent is a task of the agent: it is started to answer, and the answer completes the task. Anything else
//! lies on a task that is done already; an agent that gets it is started once, as if it had been mentioned. Nobody is started
//! for what only answers something that was for information, so that no two agents thank each other for ever.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{
    App, Project,
    access::{self, Need, Standing},
    agents,
    error::AppError,
    forms, guards,
    letters::kept,
    projects,
    records::check_text,
    repeats,
    requests::{Caller, NewMail},
    transitions::stop_attempts,
};
use crate::{
    model::{
        ids::{Actor, AgentId, ProjectId, TaskId},
        mail::{Mail, MailKind},
        outcome::Outcome,
        records::CommentType,
        status::{Cause, Role, Status},
        task::{NewTask, RiskLevel, Task},
    },
    store::{
        Tx, attempts, comments,
        mails::{self, Filter},
        tasks::{self, Creation, Details, Move},
    },
};

/// The type of the tasks that carry mail.
pub const TASK_TYPE: &str = "mail";
/// Longest subject, in characters.
const SUBJECT_CHARS: usize = 200;
/// Longest time for an answer, in seconds.
const LONGEST_DEADLINE: i64 = 366 * 24 * 3600;

/// Mails, newest first; none before the first one was sent.
pub async fn list(app: &App, filter: Filter) -> Result<Vec<Mail>, AppError> {
    match app.project(&ProjectId::mail()) {
        Ok(office) => office.store.read(move |db| Ok(mails::list(db, &filter)?)).await,
        Err(AppError::NotFound(_)) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// One mail.
pub async fn get(app: &App, id: i64) -> Result<Mail, AppError> {
    let office = office_with(app, id)?;
    office.store.read(move |db| Ok(mails::require(db, id)?)).await
}

/// Notes that a mail was read.
pub async fn read(app: &App, id: i64) -> Result<Mail, AppError> {
    let office = office_with(app, id)?;
    let note = move |tx: &mut Tx<'_>| {
        mails::read(tx, id)?;
        Ok(mails::require(tx, id)?)
    };
    office.store.write(app.now(), note).await
}

/// Sends a mail, or answers one.
pub async fn send(app: &App, caller: &Caller, new: NewMail) -> Result<Mail, AppError> {
    check_text("body", &new.body)?;
    forms::check(app, "mail", caller, &new)?;
    let answered = match new.in_reply_to {
        Some(id) => Some(get(app, id).await?),
        None => None,
    };
    let from = sender(app, caller, new.in_reply_to.is_some()).await?;
    let letter = Letter::of(app, (from, new.clone()), answered)?;
    let office = office(app).await?;
    let (at, who, coordinator) = (letter.task(), caller.clone(), app.coordinator(&office.id));
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, ("mail", None), |tx| letter.post(tx, &who, coordinator.as_ref()))
    };
    let result = office.store.write(app.now(), write).await;
    if result.is_ok() {
        overheard(app, caller, &new).await?;
    }
    match at {
        Some(task) => kept(app, (&office, task), caller, ("mail", &new), result).await,
        None => result,
    }
}

/// A mail that crosses a tripwire of the project in which its writer works stops them there.
async fn overheard(app: &App, caller: &Caller, new: &NewMail) -> Result<(), AppError> {
    let Some(token) = &caller.token else { return Ok(()) };
    let hash = access::token_hash(token);
    for project in app.projects().usable() {
        let (id, hash) = (project.id.clone(), hash.clone());
        let found = project.store.read(move |db| Ok::<_, AppError>(attempts::by_token(db, &id, &hash)?)).await?;
        if found.is_none() {
            continue;
        }
        let (heard, who) = (guards::Heard::of(app, &project.id, new), caller.clone());
        let write = move |tx: &mut Tx<'_>| heard.follow_writer(tx, &who).map(drop);
        return project.store.write(app.now(), write).await;
    }
    Ok(())
}

/// Who writes: the agent whose token it is, in whatever project it works, else whoever is named.
async fn sender(app: &App, caller: &Caller, answers: bool) -> Result<Actor, AppError> {
    let Some(token) = &caller.token else {
        agents::check_caller(app, "from", caller)?;
        return Ok(caller.actor.clone());
    };
    let hash = access::token_hash(token);
    for project in app.projects().usable() {
        let (id, hash) = (project.id.clone(), hash.clone());
        let found = project.store.read(move |db| Ok::<_, AppError>(attempts::by_token(db, &id, &hash)?)).await?;
        match (found, &caller.actor) {
            (Some(attempt), Actor::Agent(named)) if attempt.agent.agent() != Some(named) => {
                return Err(access::of_another(&attempt.agent, named));
            }
            // Whether it is over, and what then becomes of the mail, is the answered task's to say.
            (Some(attempt), _) if attempt.ended_at.is_none() || answers => return Ok(attempt.agent),
            (Some(attempt), _) => {
                return Err(AppError::stale(format!("this token is not current: attempt {} is over", attempt.id)));
            }
            (None, _) => {}
        }
    }
    Err(AppError::stale("this token is not current: no attempt of any project has it"))
}

fn office_with(app: &App, id: i64) -> Result<Arc<Project>, AppError> {
    app.project(&ProjectId::mail()).map_err(|error| match error {
        AppError::NotFound(_) => AppError::NotFound(format!("mail {id}")),
        error => error,
    })
}

/// The project of mail; made when there is none yet.
async fn office(app: &App) -> Result<Arc<Project>, AppError> {
    match app.open_project(&ProjectId::mail()) {
        Err(AppError::NotFound(_)) => projects::open_mail(app).await,
        found => found,
    }
}

/// A mail that is ready to be written.
struct Letter {
    from: Actor,
    to: Actor,
    kind: MailKind,
    subject: String,
    body: String,
    deadline: Option<TimeDelta>,
    answered: Option<Mail>,
}

impl Letter {
    fn of(app: &App, (from, new): (Actor, NewMail), answered: Option<Mail>) -> Result<Self, AppError> {
        // Whoever adds to their own mail writes to the same reader.
        let back = answered.as_ref().map(|mail| if mail.from == from { mail.to.clone() } else { mail.from.clone() });
        let to = new.to.or(back).ok_or_else(|| {
            let hint = "name an agent, `human` or `human:<name>`, or the mail that it answers (`in_reply_to`)";
            AppError::invalid("to", "it is missing who is to read it", hint)
        })?;
        if let Some(agent) = to.agent() {
            agents::check_known(app, "to", agent)?;
        } else if !to.is_human() {
            // The daemon reads nothing: answers to its mails are for people.
            return Err(AppError::invalid("to", format!("`{to}` reads no mail"), "write to `human`"));
        }
        if to == from {
            return Err(AppError::invalid("to", format!("{from} would write to itself"), "name somebody else"));
        }
        let default = if answered.is_some() { MailKind::Inform } else { MailKind::Request };
        let kind = new.kind.unwrap_or(default);
        let subject = new.subject.or_else(|| answered.as_ref().map(re)).unwrap_or_default();
        let deadline = new.deadline_seconds.map(|seconds| check_deadline(kind, seconds)).transpose()?;
        Ok(Self { from, to, kind, subject: check_subject(&subject)?, body: new.body, deadline, answered })
    }

    /// The task that an answer completes.
    fn task(&self) -> Option<TaskId> {
        self.answered.as_ref().map(|mail| mail.task)
    }

    fn post(self, tx: &mut Tx<'_>, caller: &Caller, coordinator: Option<&AgentId>) -> Result<Mail, AppError> {
        let settled = match &self.answered {
            Some(mail) if mail.is_open() && mail.from != self.from => {
                settle(tx, mail, (caller, coordinator), &self)?;
                true
            }
            _ => false,
        };
        let starts = !self.answered.as_ref().is_some_and(|mail| mail.kind == MailKind::Inform && mail.from == self.to);
        let wants_work = self.kind == MailKind::Request && self.to.agent().is_some();
        let task = match &self.answered {
            _ if wants_work => self.task_for_agent(tx)?,
            Some(mail) => mail.task,
            None => filed(tx, &self.from, &self.subject)?,
        };
        if !wants_work {
            let author = self.from.clone();
            let mentions = self.to.agent().filter(|_| starts).cloned().into_iter().collect();
            let comment_type = if settled { CommentType::Answer } else { CommentType::Note };
            comments::insert(
                tx,
                comments::NewComment { task, author, body: self.body.clone(), comment_type, mentions },
            )?;
        }
        let deadline_at = self.deadline.map(|time| tx.now() + time);
        let Self { from, to, kind, subject, body, answered, .. } = self;
        Ok(mails::insert(
            tx,
            mails::NewMail { task, in_reply_to: answered, from, to, kind, subject, body, deadline_at },
        )?)
    }

    /// The task of an agent that is to answer.
    fn task_for_agent(&self, tx: &mut Tx<'_>) -> Result<TaskId, AppError> {
        let earlier = self.answered.as_ref();
        let quoted =
            earlier.map(|mail| format!("\n\n---\nIt answers mail {} of {}:\n\n{}", mail.id, mail.from, mail.body));
        let task = NewTask {
            title: self.subject.clone(),
            description: Some(format!("{}{}", self.body, quoted.unwrap_or_default())),
            assignee: self.to.agent().cloned(),
            task_type: Some(TASK_TYPE.into()),
            ..NewTask::default()
        };
        let creation = Creation { task, created_by: self.from.clone(), risk_level: RiskLevel::Low };
        Ok(tasks::insert(tx, &ProjectId::mail(), creation)?.id)
    }
}

fn re(mail: &Mail) -> String {
    let subject = format!("Re: {}", mail.subject.trim_start_matches("Re: "));
    subject.chars().take(SUBJECT_CHARS).collect()
}

fn check_subject(subject: &str) -> Result<String, AppError> {
    let subject = subject.trim();
    let fits = !subject.is_empty() && subject.chars().count() <= SUBJECT_CHARS && !subject.contains(char::is_control);
    if fits {
        return Ok(subject.to_owned());
    }
    let detail = format!("the subject must be one line of 1 to {SUBJECT_CHARS} characters");
    Err(AppError::invalid("subject", detail, "say in one line what it is about; the rest is the body's"))
}

fn check_deadline(kind: MailKind, seconds: i64) -> Result<TimeDelta, AppError> {
    if kind == MailKind::Inform {
        let detail = "a mail for information is not answered, so it has no deadline";
        return Err(AppError::invalid("deadline_seconds", detail, "make it a request, or leave the deadline out"));
    }
    if !(1..=LONGEST_DEADLINE).contains(&seconds) {
        let detail = format!("{seconds} is not between 1 and {LONGEST_DEADLINE}");
        return Err(AppError::invalid("deadline_seconds", detail, "give the seconds from now"));
    }
    Ok(TimeDelta::seconds(seconds))
}

/// A task that is done from the start: there is nothing to do about it.
fn filed(tx: &mut Tx<'_>, from: &Actor, subject: &str) -> Result<TaskId, AppError> {
    let task = NewTask { title: subject.to_owned(), task_type: Some(TASK_TYPE.into()), ..NewTask::default() };
    let creation = Creation { task, created_by: from.clone(), risk_level: RiskLevel::Low };
    let task = tasks::insert(tx, &ProjectId::mail(), creation)?;
    Ok(finish(tx, task, from, "nothing is to be done about it")?.id)
}

/// Brings a task of mail to its end, whatever it takes. Whoever writes acts as a person would: mail has no other owner.
fn finish(tx: &mut Tx<'_>, mut task: Task, by: &Actor, why: &str) -> Result<Task, AppError> {
    loop {
        let cause = match task.lifecycle.status {
            Status::Blocked => Cause::Unblock,
            Status::Pending => Cause::Claim,
            Status::Claimed => Cause::Start,
            Status::Working => Cause::Finish,
            Status::Escalated => Cause::Resolve,
            Status::Paused => Cause::Resume,
            Status::Review | Status::Done | Status::Failed | Status::Cancelled => return Ok(task),
        };
        let mut step = Move::new(cause, Role::Person, by.clone()).because(why);
        step.target = (cause == Cause::Resolve).then_some(Status::Done);
        let summary = Some(why.to_owned()).filter(|_| cause == Cause::Finish);
        task = tasks::transition(tx, task, step, Details { summary, ..Details::default() })?;
    }
}

/// An answer has come: the task of the request is done, and whoever works on it may leave.
fn settle(
    tx: &mut Tx<'_>,
    mail: &Mail,
    (caller, coordinator): (&Caller, Option<&AgentId>),
    letter: &Letter,
) -> Result<(), AppError> {
    let task = tasks::require(tx, &ProjectId::mail(), mail.task)?;
    if !task.lifecycle.status.is_open() {
        return Ok(());
    }
    let live = attempts::live_of_task(tx, &task.project, task.id)?;
    let spawned = live.iter().any(|attempt| attempt.spawned && attempt.agent == letter.from);
    let own = caller.token.as_deref().map(access::token_hash);
    let own = own.map(|hash| attempts::by_token(tx, &task.project, &hash)).transpose()?.flatten();
    if spawned || own.is_some_and(|attempt| attempt.task == task.id) {
        // The daemon started it for this task, so its write needs the attempt's own token.
        let who = Caller { actor: letter.from.clone(), ..caller.clone() };
        let standing: Standing = access::stand(tx, &task, &who, coordinator, Need::Own)?;
        access::start_on_write(tx, task.clone(), &standing)?;
    } else if letter.from != mail.to && !letter.from.is_human() {
        let detail = format!("mail {} is to {}, not to {}", mail.id, mail.to, letter.from);
        let hint = format!("{} answers it; write a mail of your own instead", mail.to);
        return Err(AppError::NoSay { detail, hint });
    }
    let task = tasks::require(tx, &ProjectId::mail(), mail.task)?;
    let done = finish(tx, task, &letter.from, &comments::first_line(&letter.body))?;
    let outcome = if spawned { Outcome::Completed } else { Outcome::Interrupted };
    stop_attempts(tx, &done, outcome, "the mail was answered")
}

/// A request is complete when whoever asked is told something: by an answer, or by the summary.
pub(super) fn check_answer(tx: &Tx<'_>, task: &Task, summary: Option<&str>) -> Result<(), AppError> {
    if !task.project.is_virtual() || summary.is_some_and(|summary| !summary.trim().is_empty()) {
        return Ok(());
    }
    match mails::open_request(tx, task.id)? {
        Some(Mail { id, .. }) => {
            let missing = format!("an answer to mail {id}: `moziplus mail reply {id} --body …`, or a summary");
            Err(AppError::GateFailed { missing: vec![missing] })
        }
        None => Ok(()),
    }
}

/// A request was completed without an answer of its own: what was said about it is the answer.
pub(super) fn answer_with_summary(tx: &mut Tx<'_>, task: &Task, by: &Actor, summary: &str) -> Result<(), AppError> {
    if !task.project.is_virtual() {
        return Ok(());
    }
    let Some(mail) = mails::open_request(tx, task.id)? else { return Ok(()) };
    let (author, body) = (by.clone(), summary.to_owned());
    let mentions = mail.from.agent().cloned().into_iter().collect();
    let comment_type = CommentType::Answer;
    comments::insert(tx, comments::NewComment { task: task.id, author, body, comment_type, mentions })?;
    let (task, subject, to, from) = (task.id, re(&mail), mail.from.clone(), by.clone());
    let (body, kind, deadline_at) = (summary.to_owned(), MailKind::Inform, None);
    mails::insert(tx, mails::NewMail { task, in_reply_to: Some(mail), from, to, kind, subject, body, deadline_at })?;
    Ok(())
}
