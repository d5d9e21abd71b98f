//! Completions that take long: programs and questions to agents; and scopes that agents declare.

use std::fs;

use moziplus::{
    app::{
        AppError, attempts, records,
        requests::{Act, NewDecision, NewObservation, NewOutput},
        transitions,
    },
    model::{
        guard::GateState,
        ids::TaskId,
        outcome::Outcome,
        records::Severity,
        status::Status,
        task::{NewTask, Task, Trigger},
    },
};

use super::office::{Agent, Office};

const CHECKS: &str = r#"
checks:
  - {name: way_back, task_types: [plan], prompt: "Does each risky step say how it is taken back?"}
  - {name: tests, task_types: [code], command: [sh, -c, "while [ ! -e go ]; do sleep 0.05; done; test ! -e broken"], timeout_seconds: 60}
"#;

async fn office_with(guardrails: &str) -> Office {
    Office::prepared("", |root| fs::write(root.join("config/guardrails.yaml"), guardrails).unwrap()).await
}

async fn working(office: &Office, task_type: &str) -> (TaskId, Agent) {
    let new = NewTask { title: "Count".into(), task_type: Some(task_type.into()), ..NewTask::default() };
    let task = office.create(new).await;
    (task, office.comes(task, Trigger::Execute).await)
}

async fn complete(office: &Office, author: &Agent) -> Result<Task, AppError> {
    let act = Act { summary: Some("counted".into()), ..Act::default() };
    transitions::complete(&office.app, &office.project, author.attempt.task, &author.caller(), act).await
}

async fn observe(office: &Office, who: &Agent, body: &str) -> Result<(), AppError> {
    let new = NewObservation { body: body.into(), severity: None };
    records::observe(&office.app, &office.project, who.attempt.task, &who.caller(), new).await.map(drop)
}

async fn bring(office: &Office, author: &Agent, title: &str) {
    let text = Some("text".into());
    let output = NewOutput { title: title.into(), output_type: None, summary: None, path: None, text };
    records::output(&office.app, &office.project, author.attempt.task, &author.caller(), output).await.unwrap();
}

async fn declare(office: &Office, author: &Agent, scope: &str) {
    let new = NewDecision { decision: scope.into(), rationale: "it is enough".into() };
    records::decide(&office.app, &office.project, author.attempt.task, &author.caller(), new).await.unwrap();
}

async fn noted(office: &Office, task: TaskId) -> Vec<(String, Severity)> {
    let all = records::observations(&office.app, &office.project, task).await.unwrap();
    all.into_iter().map(|observation| (observation.body, observation.severity)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_to_an_agent_holds_the_completion_until_it_is_answered() {
    let office = office_with(CHECKS).await;
    let (task, author) = working(&office, "plan").await;
    let pending = complete(&office, &author).await.unwrap();
    assert_eq!((pending.lifecycle.status, pending.gate), (Status::Working, Some(GateState::Pending)));
    assert_eq!(pending.gate_waits_for, ["way_back"]);
    assert_eq!(complete(&office, &author).await.unwrap().gate, Some(GateState::Pending), "said twice is said once");
    office.leaves(&author, 0);
    let guard = office.comes(task, Trigger::Guard).await;
    assert_eq!(guard.name, "simayi-challenger", "somebody who did not work on it");
    let prompt = office.app.root().attempt(&guard.attempt).join("prompt.md");
    let prompt = fs::read_to_string(prompt).unwrap();
    assert!(prompt.contains("Does each risky step say how it is taken back?"), "{prompt}");
    assert_eq!(office.over(&author.attempt).await.outcome, Some(Outcome::Completed), "the author is done");
    assert_eq!(observe(&office, &guard, "I think so").await.unwrap_err().field(), Some("body"));
    observe(&office, &guard, "FAIL: step 3 cannot be taken back").await.unwrap();
    office.leaves(&guard, 0);

    // The author has left: somebody has to mend it, and knows what.
    let again = office.comes(task, Trigger::Execute).await;
    assert_eq!(office.over(&author.attempt).await.outcome, Some(Outcome::NoResult));
    let notes = noted(&office, task).await;
    let finding =
        notes.iter().find(|(body, _)| body.starts_with("guardrail way_back (blocking): FAIL: step 3")).unwrap();
    assert!(finding.0.contains("answered by simayi-challenger") && finding.1 == Severity::Critical, "{notes:#?}");
    assert_eq!(office.look(task).await.gate, None);

    complete(&office, &again).await.unwrap();
    let guard = office.comes(task, Trigger::Guard).await;
    observe(&office, &guard, "PASS: each step has its way back").await.unwrap();
    office.leaves(&guard, 0);
    let submitted = office.becomes(task, Status::Review).await;
    assert_eq!((submitted.gate, submitted.summary.as_deref()), (None, Some("counted")));
    office.leaves(&again, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers_and_somebody_decides() {
    let office = office_with(CHECKS).await;
    let (task, author) = working(&office, "plan").await;
    complete(&office, &author).await.unwrap();
    office.leaves(&author, 0);
    let guard = office.comes(task, Trigger::Guard).await;
    office.leaves(&guard, 0);
    let silent = office.over(&guard.attempt).await;
    assert_eq!(silent.outcome, Some(Outcome::NoResult), "to end without an answer is no answer");
    let now = office.look(task).await;
    assert_eq!((now.lifecycle.status, now.gate), (Status::Working, Some(GateState::Pending)), "and moves nothing");
    // Somebody who did not work on it may answer by the name of the guardrail.
    let new = NewObservation { body: "PASS way_back: I looked myself".into(), severity: None };
    let person = crate::support::person();
    records::observe(&office.app, &office.project, task, &person, new).await.unwrap();
    office.becomes(task, Status::Review).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_check_goes_on_beside_the_request() {
    let office = office_with(CHECKS).await;
    let (task, author) = working(&office, "code").await;
    let asked = {
        let (app, project, caller) = (office.app.clone(), office.project.clone(), author.caller());
        tokio::spawn(async move { transitions::complete(&app, &project, task, &caller, Act::default()).await })
    };
    let waiting = office.until(task, |task| task.gate.is_some()).await;
    assert_eq!((waiting.lifecycle.status, waiting.gate_waits_for), (Status::Working, vec!["tests".to_owned()]));
    // Whoever asked has gone; the check has not.
    asked.abort();
    fs::write(office.app.root().task_artifacts(&office.project, task).join("go"), "").unwrap();
    office.becomes(task, Status::Review).await;
    let notes = noted(&office, task).await;
    assert!(notes.iter().any(|(body, _)| body.starts_with("check tests: ") && body.contains("passed")), "{notes:#?}");
    office.leaves(&author, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_that_waits_is_told_what_is_missing() {
    let office = office_with(CHECKS).await;
    let (task, author) = working(&office, "code").await;
    let folder = office.app.root().task_artifacts(&office.project, task);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("broken"), "").unwrap();
    fs::write(folder.join("go"), "").unwrap();
    let refused = complete(&office, &author).await.unwrap_err();
    assert_eq!(refused.code(), "gate_failed");
    let now = office.look(task).await;
    assert_eq!((now.lifecycle.status, now.gate), (Status::Working, None), "it is the author's");
    let told = attempts::take_nudge(&office.app, &office.project, &author.token).await.unwrap();
    assert!(told.unwrap().starts_with("the task is not complete: check tests: "));
    fs::remove_file(folder.join("broken")).unwrap();
    complete(&office, &author).await.unwrap();
    office.becomes(task, Status::Review).await;
    office.leaves(&author, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_scope_is_compared_in_the_background() {
    let office = office_with("scope_guard: {severity: warning, ask: true}\n").await;
    let (task, author) = working(&office, "data").await;
    declare(&office, &author, "scope: only outputs/report.md, and the archive of last year").await;
    bring(&office, &author, "report.md").await;
    let guard = office.comes(task, Trigger::Guard).await;
    assert_eq!(office.look(task).await.gate, None, "nobody waits for it");
    observe(&office, &guard, "FAIL: nobody asked for the archive").await.unwrap();
    office.leaves(&guard, 0);
    // The coordinator is told by a comment that mentions it.
    let chief = office.comes(task, Trigger::Mention).await;
    assert_eq!(chief.name, "pangtong-fujunshi");
    office.leaves(&chief, 0);
    let notes = noted(&office, task).await;
    let found = notes.iter().find(|(body, _)| body.starts_with("guardrail scope (warning): FAIL")).unwrap();
    assert!(found.0.contains("only outputs/report.md") && found.1 == Severity::Warning, "{notes:#?}");
    assert_eq!(complete(&office, &author).await.unwrap().lifecycle.status, Status::Review, "a warning holds nobody up");
    office.leaves(&author, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_outside_of_the_scope_is_noted_with_what_the_rule_names() {
    let office = office_with("scope_guard: {severity: blocking, ask: false}\n").await;
    let (task, author) = working(&office, "data").await;
    declare(&office, &author, "Scope: outputs/report.md").await;
    bring(&office, &author, "report.md").await;
    bring(&office, &author, "prices.csv").await;
    let notes = noted(&office, task).await;
    let finding = "guardrail scope (blocking): outputs/prices.csv lies outside of the declared scope";
    let found = notes.iter().find(|(body, _)| body.starts_with(finding)).unwrap();
    assert!(found.0.contains("outputs/prices.csv: 4 bytes, SHA-256 ") && found.1 == Severity::Critical, "{notes:#?}");
    let refused = complete(&office, &author).await.unwrap_err().missing().to_vec();
    assert_eq!(refused, ["check scope: outputs/prices.csv lies outside of the declared scope"]);
    declare(&office, &author, "scope: outputs/report.md and outputs/prices.csv").await;
    assert_eq!(complete(&office, &author).await.unwrap().lifecycle.status, Status::Review);
    office.leaves(&author, 0);

    let office = office_with("scope_guard: {severity: tripwire, ask: false}\n").await;
    let (task, author) = working(&office, "data").await;
    declare(&office, &author, "scope: outputs/report.md").await;
    bring(&office, &author, "prices.csv").await;
    office.becomes(task, Status::Escalated).await;
    assert_eq!(office.over(&author.attempt).await.outcome, Some(Outcome::Interrupted));
}
