//! Goals: talked about by everybody, summed up by the coordinator, reached by parts; never without an end.

use std::fs;

use moziplus::{
    app::{
        records,
        requests::{NewComment, NewDecision},
    },
    model::{
        ids::TaskId,
        records::{CommentType, Verdict},
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
};

use super::office::{Agent, Office};

const TEAM: &str = r#"
runners:
  desk: {kind: command, argv: ["sh", "{root}/agent.sh"], prompt: file}
agents:
  zhangfei-dev: {role: executor, runner: desk}
  simayi-challenger: {role: reviewer, runner: desk}
  pangtong-fujunshi: {role: coordinator, runner: desk}
"#;

/// Five rounds of three agents are more attempts than a task may have by default.
async fn office() -> Office {
    Office::prepared("max_dispatches: 30", |root| fs::write(root.join("config/agents.yaml"), TEAM).unwrap()).await
}

async fn goal(office: &Office) -> TaskId {
    let task_type = Some("goal".into());
    office.create(NewTask { title: "Know the orders of May".into(), task_type, ..NewTask::default() }).await
}

async fn says(office: &Office, agent: &Agent, comment_type: CommentType) {
    let body = format!("{comment_type}: count the rows first");
    let comment = NewComment { body, comment_type: Some(comment_type), mentions: vec![] };
    records::comment(&office.app, &office.project, agent.attempt.task, &agent.caller(), comment).await.unwrap();
    office.leaves(agent, 0);
}

async fn sums_up(office: &Office, agent: &Agent) {
    let new = NewDecision { decision: "summary: count, then check".into(), rationale: "nobody objects".into() };
    records::decide(&office.app, &office.project, agent.attempt.task, &agent.caller(), new).await.unwrap();
    office.leaves(agent, 0);
}

/// Both agents speak in a round; answers with who was there.
async fn everybody_speaks(office: &Office, goal: TaskId) -> Vec<String> {
    let mut names = Vec::new();
    for comment_type in [CommentType::Position, CommentType::Risk] {
        let agent = office.comes(goal, Trigger::Mention).await;
        says(office, &agent, comment_type).await;
        names.push(agent.name);
    }
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_is_talked_about_summed_up_and_reached_by_its_parts() {
    let office = office().await;
    let goal = goal(&office).await;
    let waiting = office.look(goal).await;
    assert_eq!((waiting.lifecycle.status, waiting.blocked_on.as_deref()), (Status::Blocked, Some("its parts")));
    assert_eq!(everybody_speaks(&office, goal).await, ["simayi-challenger", "zhangfei-dev"]);
    let chief = office.comes(goal, Trigger::Mention).await;
    assert_eq!(chief.name, "pangtong-fujunshi");
    let prompt = fs::read_to_string(office.app.root().attempt(&chief.attempt).join("prompt.md")).unwrap();
    assert!(prompt.contains("risk: count the rows first") && prompt.contains("summary: …"), "{prompt}");
    let risk_level = Some(RiskLevel::Low);
    let part = NewTask { title: "Count".into(), parent: Some(goal), risk_level, ..NewTask::default() };
    let part = office.create(part).await;
    sums_up(&office, &chief).await;
    let worker = office.comes(part, Trigger::Execute).await;
    office.completes(&worker).await;
    let round = office.comes(goal, Trigger::Round).await;
    assert_eq!(round.name, "pangtong-fujunshi");
    office.reviews(&round, Verdict::Approved, 0.9, None).await;
    office.becomes(goal, Status::Done).await;
    let opened = records::comments(&office.app, &office.project, goal).await.unwrap();
    assert_eq!(opened.iter().filter(|comment| comment.body.starts_with("Round 1 of the discussion about")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_that_comes_to_no_part_is_talked_about_five_times_and_no_more() {
    let office = office().await;
    let goal = goal(&office).await;
    for _ in 0..5 {
        everybody_speaks(&office, goal).await;
        let chief = office.comes(goal, Trigger::Mention).await;
        sums_up(&office, &chief).await;
    }
    let escalated = office.becomes(goal, Status::Escalated).await;
    assert!(escalated.escalated_to.unwrap().is_human());
    let comments = records::comments(&office.app, &office.project, goal).await.unwrap();
    let opened = comments.iter().filter(|comment| comment.body.contains("of the discussion about this goal")).count();
    assert_eq!(opened, 5);
    assert_eq!(office.unmet(), 0, "nobody is asked a sixth time");
}
