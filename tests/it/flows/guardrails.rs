//! What is checked before anybody is paid to review, and what ends an attempt at once.

use std::{fs, time::Duration};

use moziplus::{
    app::{
        records,
        requests::{Act, NewComment, NewOutput},
        tasks, transitions,
    },
    model::{
        ids::TaskId,
        outcome::Outcome,
        records::Severity,
        status::Status,
        task::{NewTask, Trigger},
    },
};

use super::office::{Agent, Office, PATIENCE};

const CHECKS: &str = r#"
red_lines:
  - {name: money, words: [real money], severity: tripwire}
checks:
  - {name: rows, task_types: [data], file: "outputs/*.json", json_valid: true}
  - {name: some, task_types: [data], assert: "outputs.all(|o| o.size_bytes > 1)", severity: warning}
  - {name: nothing, task_types: [audit], assert: "outputs.is_empty()", severity: tripwire}
  - {name: tests, task_types: [code], command: [sh, -c, "echo looking; test -e mended"]}
"#;

async fn office() -> Office {
    Office::prepared("", |root| fs::write(root.join("config/guardrails.yaml"), CHECKS).unwrap()).await
}

async fn working(office: &Office, task_type: &str) -> (TaskId, Agent) {
    let new = NewTask { title: "Count".into(), task_type: Some(task_type.into()), ..NewTask::default() };
    let task = office.create(new).await;
    (task, office.comes(task, Trigger::Execute).await)
}

async fn complete(office: &Office, author: &Agent) -> Result<(), Vec<String>> {
    let task = author.attempt.task;
    let done = transitions::complete(&office.app, &office.project, task, &author.caller(), Act::default()).await;
    done.map(drop).map_err(|refused| {
        assert_eq!(refused.code(), "gate_failed");
        refused.missing().to_vec()
    })
}

async fn bring(office: &Office, author: &Agent, title: &str, text: &str) {
    let output =
        NewOutput { title: title.into(), output_type: None, summary: None, path: None, text: Some(text.into()) };
    records::output(&office.app, &office.project, author.attempt.task, &author.caller(), output).await.unwrap();
}

async fn noted(office: &Office, task: TaskId) -> Vec<(String, Severity)> {
    let all = records::observations(&office.app, &office.project, task).await.unwrap();
    all.into_iter().map(|observation| (observation.body, observation.severity)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_about_files_are_checked_before_anybody_reviews() {
    let office = office().await;
    let (task, author) = working(&office, "data").await;
    assert_eq!(complete(&office, &author).await.unwrap_err(), ["check rows: there is no file outputs/*.json"]);
    bring(&office, &author, "rows.json", "{").await;
    assert_eq!(complete(&office, &author).await.unwrap_err(), ["check rows: outputs/rows.json is not valid JSON"]);
    let notes = noted(&office, task).await;
    assert!(notes.iter().any(|(body, _)| body.contains("outputs/rows.json: 1 bytes, SHA-256 ")), "{notes:#?}");
    assert_eq!(office.look(task).await.lifecycle.status, Status::Working, "it is still the author's");
    let artifacts = office.app.root().task_artifacts(&office.project, task);
    fs::write(artifacts.join("outputs/rows.json"), "[1, 2]").unwrap();
    complete(&office, &author).await.unwrap();
    office.leaves(&author, 0);
    office.becomes(task, Status::Review).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_checks_leaves_its_words_as_evidence() {
    let office = office().await;
    let (task, author) = working(&office, "code").await;
    let refused = complete(&office, &author).await.unwrap_err();
    assert_eq!(refused, ["check tests: `sh -c echo looking; test -e mended` ended with exit code 1"]);
    let notes = noted(&office, task).await;
    assert_eq!(notes.last().unwrap().1, Severity::Critical);
    assert!(notes.last().unwrap().0.ends_with("exit code 1\nlooking"), "{notes:#?}");
    fs::write(office.app.root().task_artifacts(&office.project, task).join("mended"), "").unwrap();
    complete(&office, &author).await.unwrap();
    // On a busy machine a check goes on aside, and its words come later.
    let wait = async {
        while !noted(&office, task)
            .await
            .iter()
            .any(|(body, severity)| *severity == Severity::Info && body.contains("passed\nlooking"))
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("what passed is noted");
    office.leaves(&author, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tripwire_ends_the_attempt_of_who_writes_it() {
    let office = office().await;
    let (task, author) = working(&office, "data").await;
    let comment = NewComment { body: "now with REAL MONEY".into(), comment_type: None, mentions: vec![] };
    records::comment(&office.app, &office.project, task, &author.caller(), comment).await.unwrap();
    let escalated = office.becomes(task, Status::Escalated).await;
    assert_eq!(escalated.escalated_to.unwrap().to_string(), "pangtong-fujunshi");
    assert_eq!(office.over(&author.attempt).await.outcome, Some(Outcome::Interrupted));
    let comments = records::comments(&office.app, &office.project, task).await.unwrap();
    assert_eq!(comments.len(), 1, "what was written is kept");
    let notes = noted(&office, task).await;
    assert!(notes.iter().any(|(body, severity)| body.contains("real money") && *severity == Severity::Critical));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tripwire_at_completion_is_told_once() {
    let office = office().await;
    let (task, author) = working(&office, "audit").await;
    bring(&office, &author, "rows.json", "{}").await;
    let refused = complete(&office, &author).await.unwrap_err();
    assert_eq!(refused, ["check nothing: `outputs.is_empty()` does not hold"]);
    office.becomes(task, Status::Escalated).await;
    let notes = noted(&office, task).await;
    let told: Vec<_> = notes.iter().filter(|(body, _)| body.contains("guardrail nothing (tripwire)")).collect();
    assert_eq!(told.len(), 1, "{notes:#?}");
    assert!(told[0].0.contains("rows.json: artifacts/t-1/outputs/rows.json, 2 bytes, SHA-256 "), "{notes:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tripwire_ends_the_attempt_of_who_prints_it() {
    let office = office().await;
    let (task, author) = working(&office, "data").await;
    office.says(&author, "I shall now use real money for it\n");
    office.becomes(task, Status::Escalated).await;
    let ended = office.over(&author.attempt).await;
    assert_eq!(ended.outcome, Some(Outcome::Interrupted));
    assert!(ended.detail.unwrap().starts_with("tripwire money"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_crosses_a_tripwire_has_no_time_to_go_on() {
    // Others have longer to leave than anybody waits here.
    let patient = |root: &std::path::Path| {
        fs::write(root.join("config/guardrails.yaml"), CHECKS).unwrap();
        let settings = root.join("config/default.yaml");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, text.replace("kill_grace: 1,", "kill_grace: 600,")).unwrap();
    };
    let office = Office::prepared("", patient).await;
    let (task, author) = working(&office, "data").await;
    office.ignores_signals(&author).await;
    office.says(&author, "I shall now use real money for it\n");
    office.becomes(task, Status::Escalated).await;
    let comment = NewComment { body: "one more thing".into(), comment_type: None, mentions: vec![] };
    let late = records::comment(&office.app, &office.project, task, &author.caller(), comment).await;
    assert_eq!(late.unwrap_err().code(), "stale_token");
    assert_eq!(office.over(&author.attempt).await.outcome, Some(Outcome::Interrupted));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_last_is_heard() {
    let office = office().await;
    let (task, author) = working(&office, "data").await;
    office.says_and_leaves(&author, "done, with real money\n", 0);
    office.becomes(task, Status::Escalated).await;
    let notes = noted(&office, task).await;
    assert!(notes.iter().any(|(body, _)| body.contains("guardrail money (tripwire)")), "{notes:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_of_an_agent_is_heard() {
    let office = office().await;
    let crossing = "paid with real money";
    for way in ["complete", "fail", "block", "create"] {
        let (task, author) = working(&office, "data").await;
        let (app, project, who) = (&office.app, &office.project, author.caller());
        let act = Act { reason: Some(crossing.into()), ..Act::default() };
        let said = match way {
            "complete" => {
                let act = Act { summary: Some(crossing.into()), ..Act::default() };
                transitions::complete(app, project, task, &who, act).await.map(drop)
            }
            "fail" => transitions::fail(app, project, task, &who, act).await.map(drop),
            "block" => {
                let act = Act { on: Some("human".into()), ..act };
                transitions::block(app, project, task, &who, act).await.map(drop)
            }
            _ => {
                let new = NewTask { title: crossing.into(), ..NewTask::default() };
                tasks::create(app, project, &who, new).await.map(drop)
            }
        };
        said.unwrap();
        let escalated = office.becomes(task, Status::Escalated).await;
        assert_eq!(escalated.escalated_to.unwrap().to_string(), "pangtong-fujunshi", "{way}");
        office.over(&author.attempt).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projects_own_script_takes_nothing_away() {
    let office = office().await;
    let scripts = office.app.root().project(&office.project).join("scripts");
    fs::write(scripts.join("guardrail.rhai"), "fn check(task, ctx) { violation(\"own\", \"warning\", \"seen\") }\n")
        .unwrap();
    let wanted = async || office.app.project(&office.project).unwrap().library.status().hash;
    let before = wanted().await;
    office.app.project(&office.project).unwrap().library.reload(office.app.now()).await;
    assert_ne!(before, wanted().await);
    let new = NewTask { title: "Use real money".into(), task_type: Some("data".into()), ..NewTask::default() };
    let task = office.create(new).await;
    office.becomes(task, Status::Escalated).await;
    let notes = noted(&office, task).await;
    assert!(notes.iter().any(|(body, _)| body.contains("guardrail own (warning): seen")), "{notes:#?}");
}
