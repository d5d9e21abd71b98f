//! Mail: agents are started to answer, answers close requests, and nobody writes for ever.

use std::{fs, time::Duration};

use moziplus::{
    app::{
        AppError, Caller, letters, mail,
        requests::{Act, NewMail},
        transitions,
    },
    model::{
        ids::ProjectId,
        mail::{Mail, MailKind},
        outcome::Outcome,
        status::Status,
        task::Trigger,
    },
    store::mails::Filter,
};

use super::office::{Agent, Office};
use crate::support::{agent, holder, person};

fn to(whom: &str, subject: &str) -> NewMail {
    NewMail {
        to: Some(whom.parse().unwrap()),
        subject: Some(subject.into()),
        body: format!("{subject}, please."),
        kind: None,
        in_reply_to: None,
        deadline_seconds: None,
    }
}

fn answer(mail: &Mail, body: &str) -> NewMail {
    NewMail {
        to: None,
        subject: None,
        body: body.into(),
        kind: None,
        in_reply_to: Some(mail.id),
        deadline_seconds: None,
    }
}

async fn send(office: &Office, caller: &Caller, new: NewMail) -> Result<Mail, AppError> {
    mail::send(&office.app, caller, new).await
}

async fn list(office: &Office, filter: Filter) -> Vec<i64> {
    let found = mail::list(&office.app, Filter { limit: 50, ..filter }).await.unwrap();
    found.iter().map(|mail| mail.id).collect()
}

/// An office whose tasks, as far as it looks at them, are those of mail.
async fn post_office() -> Office {
    let mut office = Office::new().await;
    office.project = ProjectId::mail();
    office
}

fn prompt_of(office: &Office, agent: &Agent) -> String {
    fs::read_to_string(office.app.root().attempt(&agent.attempt).join("prompt.md")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_started_to_answer_and_the_answer_closes_the_request() {
    let office = post_office().await;
    let asked = send(&office, &person(), to("zhangfei-dev", "The figures")).await.unwrap();
    assert!(asked.is_open() && asked.conversation == asked.id);
    let zhangfei = office.comes(asked.task, Trigger::Execute).await;
    assert_eq!(zhangfei.name, "zhangfei-dev");
    let prompt = prompt_of(&office, &zhangfei);
    assert!(prompt.contains("The figures, please.") && prompt.contains("mail reply 1 --body"), "{prompt}");
    office.becomes(asked.task, Status::Working).await;

    let reply = send(&office, &zhangfei.caller(), answer(&asked, "42.")).await.unwrap();
    assert_eq!((reply.to.to_string().as_str(), reply.kind), ("human", MailKind::Inform));
    assert_eq!((reply.subject.as_str(), reply.conversation), ("Re: The figures", asked.id));
    let done = office.becomes(asked.task, Status::Done).await;
    assert_eq!(done.summary.as_deref(), Some("42."));
    office.leaves(&zhangfei, 0);
    assert_eq!(office.over(&zhangfei.attempt).await.outcome, Some(Outcome::Completed));

    let to_people = Filter { to: Some("human".parse().unwrap()), unread: true, ..Filter::default() };
    assert_eq!(list(&office, to_people.clone()).await, [reply.id]);
    mail::read(&office.app, reply.id).await.unwrap();
    assert!(list(&office, to_people).await.is_empty());
    assert!(list(&office, Filter { open: true, ..Filter::default() }).await.is_empty());
    assert_eq!(mail::get(&office.app, asked.id).await.unwrap().answered_by, Some(reply.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agents_do_not_thank_each_other_for_ever() {
    let mut office = post_office().await;
    let asked = send(&office, &agent("zhangfei-dev"), to("guanyu-dev", "Your opinion")).await.unwrap();
    let guanyu = office.comes(asked.task, Trigger::Execute).await;
    office.becomes(asked.task, Status::Working).await;
    let opinion = send(&office, &guanyu.caller(), answer(&asked, "It is good.")).await.unwrap();
    office.leaves(&guanyu, 0);
    // Whoever asked is told.
    let zhangfei = office.comes(asked.task, Trigger::Mention).await;
    assert_eq!(zhangfei.name, "zhangfei-dev");
    assert!(prompt_of(&office, &zhangfei).contains("It is good."));
    let thanks = send(&office, &zhangfei.caller(), answer(&opinion, "Thanks.")).await.unwrap();
    assert_eq!(thanks.kind, MailKind::Inform);
    office.leaves(&zhangfei, 0);
    office.over(&zhangfei.attempt).await;
    office.settle().await;
    office.settle().await;
    assert_eq!(office.attempts(asked.task).await.len(), 2, "nobody is started for thanks");
    let waiting = Filter { to: Some("guanyu-dev".parse().unwrap()), ..Filter::default() };
    assert_eq!(list(&office, waiting).await, [thanks.id, asked.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_information_is_told_once() {
    let mut office = post_office().await;
    let note = NewMail { kind: Some(MailKind::Inform), ..to("zhangfei-dev", "We moved") };
    let told = send(&office, &person(), note).await.unwrap();
    let zhangfei = office.comes(told.task, Trigger::Mention).await;
    assert!(prompt_of(&office, &zhangfei).contains("No answer is needed"));
    assert_eq!(office.look(told.task).await.lifecycle.status, Status::Done);
    office.leaves(&zhangfei, 0);
    office.over(&zhangfei.attempt).await;
    office.settle().await;
    assert_eq!(office.attempts(told.task).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn completing_says_something_to_whoever_asked() {
    let office = post_office().await;
    let asked = send(&office, &person(), to("zhangfei-dev", "The figures")).await.unwrap();
    let zhangfei = office.comes(asked.task, Trigger::Execute).await;
    office.becomes(asked.task, Status::Working).await;
    let complete = async |summary: Option<&str>| {
        let act = Act { summary: summary.map(Into::into), ..Act::default() };
        transitions::complete(&office.app, &office.project, asked.task, &zhangfei.caller(), act).await
    };
    let refused = complete(None).await.unwrap_err();
    assert_eq!(refused.code(), "gate_failed");
    assert!(refused.missing()[0].contains("mail reply 1"), "{:?}", refused.missing());
    complete(Some("There are 42.")).await.unwrap();
    office.leaves(&zhangfei, 0);
    let answers = mail::list(&office.app, Filter { in_reply_to: Some(asked.id), limit: 50, ..Filter::default() });
    let answers = answers.await.unwrap();
    assert_eq!((answers.len(), answers[0].body.as_str()), (1, "There are 42."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_is_noticed_once() {
    let office = post_office().await;
    let new = NewMail { deadline_seconds: Some(1), ..to("human:楚锋", "Shall we?") };
    let asked = send(&office, &agent("zhangfei-dev"), new).await.unwrap();
    assert_eq!(asked.task_status, Status::Done, "no agent is to work on it");
    let wait = async {
        while mail::get(&office.app, asked.id).await.unwrap().overdue_at.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait).await.expect("it is noticed");
    let notes = moziplus::app::records::observations(&office.app, &office.project, asked.task).await.unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].body.contains("has not answered mail 1 of zhangfei-dev in time"), "{}", notes[0].body);
    let yes = send(&office, &person(), answer(&asked, "Yes.")).await.unwrap();
    assert_eq!(yes.to.to_string(), "zhangfei-dev");
    assert!(!mail::get(&office.app, asked.id).await.unwrap().is_open());
    let told = office.comes(asked.task, Trigger::Mention).await;
    assert_eq!(told.name, "zhangfei-dev");
    office.leaves(&told, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_an_old_token_is_kept_and_can_be_applied() {
    let office = post_office().await;
    let asked = send(&office, &person(), to("zhangfei-dev", "The figures")).await.unwrap();
    let first = office.comes(asked.task, Trigger::Execute).await;
    office.becomes(asked.task, Status::Working).await;
    office.leaves(&first, 130);
    office.over(&first.attempt).await;
    let second = office.comes(asked.task, Trigger::Execute).await;
    office.becomes(asked.task, Status::Working).await;
    let late = send(&office, &holder("zhangfei-dev", &first.token), answer(&asked, "41.")).await.unwrap_err();
    assert_eq!(late.code(), "stale_token");
    let kept = letters::list(&office.app, &office.project, true).await.unwrap();
    assert_eq!((kept.len(), kept[0].operation.as_str()), (1, "mail"));
    letters::apply(&office.app, &office.project, kept[0].id, &person()).await.unwrap();
    office.becomes(asked.task, Status::Done).await;
    office.leaves(&second, 0);
    let answers = list(&office, Filter { in_reply_to: Some(asked.id), ..Filter::default() }).await;
    assert_eq!(answers.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_cannot_arrive_is_refused() {
    let office = post_office().await;
    let field = async |caller: Caller, new: NewMail| match send(&office, &caller, new).await {
        Err(AppError::Validation { field, .. }) => field.into_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(person(), to("nobody", "x")).await, "to");
    assert_eq!(field(agent("guanyu-dev"), to("guanyu-dev", "x")).await, "to");
    assert_eq!(field(agent("nobody"), to("guanyu-dev", "x")).await, "from");
    assert_eq!(field(person(), NewMail { to: None, ..to("human", "x") }).await, "to");
    assert_eq!(field(person(), NewMail { subject: None, ..to("guanyu-dev", "x") }).await, "subject");
    let inform = NewMail { kind: Some(MailKind::Inform), deadline_seconds: Some(9), ..to("guanyu-dev", "x") };
    assert_eq!(field(person(), inform).await, "deadline_seconds");
    let missing = send(&office, &person(), NewMail { in_reply_to: Some(7), ..to("guanyu-dev", "x") }).await;
    assert_eq!(missing.unwrap_err().code(), "not_found");
    assert!(!office.app.root().blackboard(&ProjectId::mail()).exists(), "nothing was made for it");
}
