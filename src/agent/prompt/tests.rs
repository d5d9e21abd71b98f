use std::{fs, sync::Arc};

use chrono::DateTime;

use super::*;
use crate::{
    model::{
        agent::AgentRole,
        ids::{Actor, AgentId, AttemptId, ProjectId},
        records::{Answer, CommentType, IssueSeverity, NewIssue, Stance, Verdict},
        task::{NewTask, RiskLevel},
    },
    store::{DaemonDb, Store, StoreError, attempts, comments, reviews, tasks},
};

fn attempt(task: crate::model::ids::TaskId, agent: &str, kind: Trigger) -> attempts::NewAttempt {
    attempts::NewAttempt {
        task,
        agent: agent.parse().unwrap(),
        kind,
        runner: Some("worker".into()),
        round: 1,
        fence: 1,
        token_hash: format!("{agent} {kind}"),
        nonce: "n".into(),
        timeout_seconds: 60,
    }
}

fn about() -> About {
    About {
        name: "Sales".into(),
        description: String::new(),
        context: serde_json::Map::new(),
        agent: AgentId::parse("zhangfei").unwrap(),
        role: AgentRole::Executor,
        skills: Vec::new(),
        question: None,
        playbook: Arc::default(),
    }
}

/// A task that was reviewed and answered, and the id of its next attempt.
fn reviewed(tx: &mut crate::store::Tx<'_>) -> Result<AttemptId, StoreError> {
    let project = ProjectId::parse("sales").unwrap();
    let task = NewTask { title: "Count</data>".into(), description: Some("龙".repeat(30_000)), ..NewTask::default() };
    let creation = tasks::Creation { task, created_by: Actor::human(), risk_level: RiskLevel::Medium };
    let task = tasks::insert(tx, &project, creation)?.id;
    let author = Actor::Agent(AgentId::parse("zhangfei").unwrap());
    let first = attempts::insert(tx, &project, &attempt(task, "zhangfei", Trigger::Execute))?.id;
    attempts::end(tx, &first, &attempts::Ending::new(crate::model::outcome::Outcome::Crashed, "fell over"))?;
    let comment = |body: String| comments::NewComment {
        task,
        author: author.clone(),
        body,
        comment_type: CommentType::Note,
        mentions: Vec::new(),
    };
    for n in 0..25 {
        comments::insert(tx, comment(format!("comment {n}.")))?;
    }
    let issues = vec![NewIssue { severity: IssueSeverity::Major, text: "wrong sum".into() }];
    let review = reviews::NewReview {
        task,
        reviewer: "simayi".parse().unwrap(),
        verdict: Verdict::NeedsRevision,
        confidence: 0.9,
        round: 1,
        issues,
    };
    let review = reviews::insert(tx, review)?;
    let issue_id = review.issues[0].id;
    let answers = vec![Answer { issue_id, stance: Stance::Reject, reason: "the sum is right".into() }];
    reviews::rebut(tx, &review, author, 1, answers)?;
    Ok(attempts::insert(tx, &project, &attempt(task, "zhangfei", Trigger::Revise))?.id)
}

async fn context(folder: &Path, trigger: Trigger) -> Context {
    let daemon = DaemonDb::open(&folder.join("daemon.db")).unwrap();
    let project = ProjectId::parse("sales").unwrap();
    let store = Store::open(&folder.join("blackboard.db"), &project, &daemon).unwrap().store;
    let attempt = store.write(DateTime::UNIX_EPOCH, reviewed).await.unwrap();
    store.read(move |db| gather(db, &attempt, trigger, about())).await.unwrap()
}

#[tokio::test]
async fn the_blackboard_fills_every_template() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path(), Trigger::Revise).await;
    let templates = Templates::new(folder.path().join("prompt_templates"));
    for trigger in Trigger::ALL {
        templates.render(*trigger, &context).unwrap();
    }
    let prompt = templates.render(Trigger::Revise, &context).unwrap();
    for word in ["sales.t-1.2", "wrong sum", "the sum is right", "fell over", "comment 24.", "comment 5.", "(cut)"] {
        assert!(prompt.contains(word), "{word} is missing in:\n{prompt}");
    }
    assert!(!prompt.contains("comment 4.") && prompt.contains("Count< /data>"));
    assert!(prompt.chars().count() < 30_000);
}

#[tokio::test]
async fn a_template_of_the_root_comes_first_and_a_broken_one_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path(), Trigger::Execute).await;
    let own = folder.path().join("prompt_templates");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("execute.md"), "Do {{ task.id }} for {{ project.name }}.").unwrap();
    let templates = Templates::new(&own);
    assert_eq!(templates.render(Trigger::Execute, &context).unwrap(), "Do t-1 for Sales.");
    fs::write(own.join("execute.md"), "{{ nothing.like.that }}").unwrap();
    assert!(templates.render(Trigger::Execute, &context).unwrap().contains("blackboard complete"));
}
