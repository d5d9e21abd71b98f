//! Questions to people: answers, times that run out, and attempts that end without a word.

use moziplus::{
    app::{
        checkpoints,
        requests::{Act, NewCheckpoint},
        resolutions, transitions,
    },
    model::{
        ids::TaskId,
        records::Checkpoint,
        status::Status,
        task::{MustHaves, NewTask, Trigger},
    },
};

use super::office::Office;
use crate::support::{agent, because, person};

async fn ask(
    office: &Office,
    task: TaskId,
    options: &[&str],
    (seconds, default): (Option<i64>, Option<&str>),
) -> Checkpoint {
    let new = NewCheckpoint {
        task,
        question: "Which year?".into(),
        options: options.iter().map(ToString::to_string).collect(),
        timeout_seconds: seconds,
        default: default.map(Into::into),
    };
    checkpoints::open(&office.app, &office.project, &person(), new).await.unwrap()
}

async fn question(office: &Office, id: i64) -> Checkpoint {
    let all = checkpoints::list(&office.app, &office.project, false).await.unwrap();
    all.into_iter().find(|question| question.id == id).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answers_in_time_is_answered_by_its_default() {
    let office = Office::with("max_global_agents: 0").await;
    let task = office.task("Count").await;
    let asked = ask(&office, task, &["2025", "2026"], (Some(1), Some("2026"))).await;
    office.becomes(task, Status::Blocked).await;
    let gone_on = office.becomes(task, Status::Pending).await;
    assert_eq!(gone_on.reason.as_deref(), Some("nobody answered in time, so `2026` holds"));
    let over = question(&office, asked.id).await;
    assert_eq!((over.answer.as_deref(), over.timed_out), (Some("2026"), true));
    assert_eq!(over.answered_by.unwrap().to_string(), "daemon");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_default_it_waits_on_and_those_who_watch_are_told() {
    let office = Office::with("max_global_agents: 0}\ncheckpoint: {timeout_seconds: 1").await;
    let mut events = office.app.daemon().subscribe();
    let task = office.task("Count").await;
    let asked = ask(&office, task, &[], (None, None)).await;
    let told = async {
        loop {
            let event = events.recv().await.unwrap();
            if event.payload["timed_out"] == true {
                return event;
            }
        }
    };
    let told = tokio::time::timeout(std::time::Duration::from_secs(30), told).await.expect("it is told");
    assert_eq!(told.summary, "nobody has answered in time: Which year?");
    assert!(question(&office, asked.id).await.answer.is_none());
    assert_eq!(office.look(task).await.lifecycle.status, Status::Blocked);
    checkpoints::answer(&office.app, &office.project, asked.id, &person(), "2026".into()).await.unwrap();
    office.becomes(task, Status::Pending).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_names_a_status_decides_about_an_escalated_task() {
    let office = Office::with("max_global_agents: 0").await;
    let task = office.task("Count").await;
    let act = Act { on: Some("human".into()), ..because("nobody knows") };
    transitions::escalate(&office.app, &office.project, task, &person(), act).await.unwrap();
    let asked = ask(&office, task, &["done", "failed"], (None, None)).await;
    checkpoints::answer(&office.app, &office.project, asked.id, &person(), "failed".into()).await.unwrap();
    office.becomes(task, Status::Failed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_unsure_coordinator_would_do_holds_when_no_person_decides_in_time() {
    let settings = "max_global_agents: 0}\ncheckpoint: {timeout_seconds: 1, decision: proposed";
    let office = Office::with(settings).await;
    let task = office.task("Count").await;
    let act = Act { on: Some("pangtong-fujunshi".into()), ..because("nobody knows") };
    transitions::escalate(&office.app, &office.project, task, &person(), act).await.unwrap();
    let unsure = Act { to: Some(Status::Failed), confidence: Some(0.4), ..because("the source is gone") };
    let chief = agent("pangtong-fujunshi");
    let asked = resolutions::resolve(&office.app, &office.project, task, &chief, unsure).await.unwrap();
    assert!(asked.escalated_to.unwrap().is_human());
    let open = checkpoints::list(&office.app, &office.project, true).await.unwrap();
    assert_eq!((open[0].default_answer.as_deref(), open[0].timeout_at.is_some()), (Some("failed"), true));
    let failed = office.becomes(task, Status::Failed).await;
    assert_eq!(failed.reason.as_deref(), Some("nobody answered in time, so `failed` holds"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_ends_without_a_result_is_told_what_is_missing_and_then_a_person_is_asked() {
    let office = Office::new().await;
    let must_haves = MustHaves { artifacts: vec!["outputs/sum.csv".into()], ..MustHaves::default() };
    let task = office.create(NewTask { title: "Count".into(), must_haves, ..NewTask::default() }).await;
    for times in 0..3 {
        let agent = office.comes(task, Trigger::Execute).await;
        office.becomes(task, Status::Working).await;
        let prompt = office.app.root().attempt(&agent.attempt).join("prompt.md");
        let prompt = std::fs::read_to_string(prompt).unwrap();
        let missing = "artifact outputs/sum.csv does not exist in the task's folder";
        assert_eq!(prompt.contains(missing), times > 0, "{prompt}");
        assert_eq!(prompt.contains("The last 2 attempts at this task ended with exit code 0"), times == 2);
        office.leaves(&agent, 0);
        let over = office.over(&agent.attempt).await;
        assert!(over.detail.as_ref().unwrap().contains(missing), "{over:#?}");
        assert!(over.advice.is_some(), "{over:#?}");
    }
    let blocked = office.becomes(task, Status::Blocked).await;
    assert_eq!((blocked.lifecycle.retry_count, blocked.blocked_on.as_deref()), (0, Some("human")));
    let open = checkpoints::list(&office.app, &office.project, true).await.unwrap();
    assert!(
        open[0].question.contains("the last 3 attempts at \"Count\" ended without a result")
            && open[0].question.contains("artifact outputs/sum.csv does not exist"),
        "{}",
        open[0].question
    );
    checkpoints::answer(&office.app, &office.project, open[0].id, &person(), "Use the May file.".into()).await.unwrap();
    let agent = office.comes(task, Trigger::Execute).await;
    let prompt = std::fs::read_to_string(office.app.root().attempt(&agent.attempt).join("prompt.md")).unwrap();
    assert!(prompt.contains("Use the May file."), "{prompt}");
    office.leaves(&agent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_while_the_task_is_paused_counts() {
    let office = Office::with("max_global_agents: 0").await;
    let task = office.task("Count").await;
    let asked = ask(&office, task, &["2025", "2026"], (None, None)).await;
    office.becomes(task, Status::Blocked).await;
    transitions::pause(&office.app, &office.project, task, &person(), because("later")).await.unwrap();
    checkpoints::answer(&office.app, &office.project, asked.id, &person(), "2026".into()).await.unwrap();
    transitions::resume(&office.app, &office.project, task, &person(), Act::default()).await.unwrap();
    office.becomes(task, Status::Pending).await;
}
