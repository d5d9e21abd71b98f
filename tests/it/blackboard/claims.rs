//! Who has a task, and what becomes of writers who had it.

use moziplus::{
    app::{
        attempts, checkpoints, letters, records,
        requests::{Act, NewCheckpoint, NewComment, NewDecision},
        tasks, transitions,
    },
    model::{
        status::Status,
        task::{NewTask, TaskPatch},
    },
};

use crate::support::{Board, agent, because, holder, person};

fn decision(text: &str) -> NewDecision {
    NewDecision { decision: text.into(), rationale: "figures".into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_32_claims_at_once_one_wins_and_31_learn_why_not() {
    let board = Board::new().await;
    let many: String = (0..32).map(|n| format!("  agent-{n}: {{role: executor}}\n")).collect();
    std::fs::write(board.folder.path().join("config/agents.yaml"), format!("agents:\n{many}")).unwrap();
    board.app.reload_config().await;
    let task = board.low_risk_task("count").await.id;
    let claims = (0..32).map(|n| {
        let (app, project) = (board.app.clone(), board.project.clone());
        let who = agent(&format!("agent-{n}"));
        tokio::spawn(async move { transitions::claim(&app, &project, task, &who).await })
    });
    let claims: Vec<_> = claims.collect();
    let mut won = 0;
    for claim in claims {
        match claim.await.unwrap() {
            Ok((task, token)) => {
                won += 1;
                assert_eq!(task.lifecycle.status, Status::Claimed);
                assert!(!token.is_empty());
            }
            Err(error) => {
                assert_eq!(error.code(), "already_claimed");
                assert!(error.hint().is_some());
            }
        }
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn a_second_claim_is_refused_also_for_the_same_agent() {
    let board = Board::new().await;
    let task = board.task("count").await.id;
    board.claim(task, "zhangfei-dev").await.unwrap();
    let again = board.claim(task, "zhangfei-dev").await.unwrap_err();
    assert_eq!(again.code(), "already_claimed");
}

#[tokio::test]
async fn an_assigned_task_is_for_its_assignee() {
    let board = Board::new().await;
    let new = moziplus::model::task::NewTask {
        title: "count".into(),
        assignee: Some("zhangfei-dev".parse().unwrap()),
        ..Default::default()
    };
    let task = board.create(new).await.unwrap().id;
    assert_eq!(board.claim(task, "guanyu-dev").await.unwrap_err().code(), "not_assignee");
    board.claim(task, "zhangfei-dev").await.unwrap();
}

#[tokio::test]
async fn the_first_write_of_whoever_claimed_is_the_start() {
    let board = Board::new().await;
    let task = board.task("count").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let who = holder("zhangfei-dev", &token);
    records::decide(&board.app, &board.project, task, &who, decision("by hand")).await.unwrap();
    let task = board.look(task).await;
    assert_eq!(task.lifecycle.status, Status::Working);
    assert!(task.lifecycle.started_at.is_some());
}

#[tokio::test]
async fn a_late_write_is_refused_whatever_the_status_and_a_person_can_apply_it() {
    let board = Board::new().await;
    let task = board.task("count").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    transitions::cancel(&board.app, &board.project, task, &person(), because("no longer needed")).await.unwrap();
    let late = holder("zhangfei-dev", &token);
    let note = NewComment { body: "42 rows".into(), comment_type: None, mentions: vec![] };
    let refused = records::comment(&board.app, &board.project, task, &late, note).await.unwrap_err();
    assert_eq!(refused.code(), "stale_token");
    let refused = board.complete(task, &late).await.unwrap_err();
    assert_eq!(refused.code(), "stale_token", "the token is looked at before the status");

    let kept = letters::list(&board.app, &board.project, true).await.unwrap();
    let operations: Vec<_> = kept.iter().map(|letter| letter.operation.as_str()).collect();
    assert_eq!(operations, ["complete", "comment"]);
    assert_eq!(kept[1].agent.as_ref().unwrap().to_string(), "zhangfei-dev");
    assert!(letters::apply(&board.app, &board.project, kept[1].id, &agent("zhangfei-dev")).await.is_err());
    let applied = letters::apply(&board.app, &board.project, kept[1].id, &person()).await.unwrap();
    assert_eq!(applied.settlement.as_deref(), Some("applied"));
    let thread = records::comments(&board.app, &board.project, task).await.unwrap();
    assert_eq!((thread[0].author.to_string().as_str(), thread[0].body.as_str()), ("zhangfei-dev", "42 rows"));
    let twice = letters::apply(&board.app, &board.project, kept[1].id, &person()).await.unwrap_err();
    assert_eq!(twice.code(), "conflict");
}

#[tokio::test]
async fn late_changes_of_a_task_and_late_questions_are_kept_too() {
    let board = Board::new().await;
    let (app, project) = (&board.app, &board.project);
    let task = board.task("count").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let late = holder("zhangfei-dev", &token);
    transitions::start(app, project, task, &late, Act::default()).await.unwrap();
    transitions::fail(app, project, task, &person(), because("it takes too long")).await.unwrap();
    transitions::retry(app, project, task, &person(), because("once more")).await.unwrap();
    let patch = TaskPatch { priority: Some(9), ..TaskPatch::default() };
    assert_eq!(tasks::patch(app, project, task, &late, patch).await.unwrap_err().code(), "stale_token");
    let question =
        NewCheckpoint { task, question: "which file?".into(), options: vec![], timeout_seconds: None, default: None };
    assert_eq!(checkpoints::open(app, project, &late, question).await.unwrap_err().code(), "stale_token");

    let kept = letters::list(app, project, true).await.unwrap();
    for letter in &kept {
        letters::apply(app, project, letter.id, &person()).await.unwrap();
    }
    let changed = tasks::get(app, project, task).await.unwrap();
    assert_eq!((changed.priority, changed.lifecycle.status), (9, Status::Blocked));
    assert_eq!(checkpoints::list(app, project, true).await.unwrap()[0].question, "which file?");
}

#[tokio::test]
async fn without_a_token_only_people_and_the_outside_owner_write() {
    let board = Board::new().await;
    let task = board.task("count").await.id;
    board.claim(task, "zhangfei-dev").await.unwrap();
    let (app, project) = (&board.app, &board.project);
    records::decide(app, project, task, &agent("zhangfei-dev"), decision("mine")).await.unwrap();
    records::decide(app, project, task, &person(), decision("a person's")).await.unwrap();
    let stranger = records::decide(app, project, task, &agent("guanyu-dev"), decision("not mine")).await;
    assert_eq!(stranger.unwrap_err().code(), "not_assignee");
    let foreign = records::decide(app, project, task, &holder("guanyu-dev", "made up"), decision("no")).await;
    assert_eq!(foreign.unwrap_err().code(), "stale_token");
}

#[tokio::test]
async fn only_agents_that_are_configured_and_people_claim() {
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    let refused = board.claim(task, "nobody-knows").await.unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("validation", Some("agent")));
    assert!(refused.valid_values().contains(&"zhangfei-dev".to_owned()), "{:?}", refused.valid_values());
    assert!(refused.hint().unwrap().contains("config/agents.yaml"));
    transitions::claim(&board.app, &board.project, task, &person()).await.unwrap();
}

#[tokio::test]
async fn a_root_that_lists_no_agents_takes_any_name() {
    let board = Board::new().await;
    std::fs::write(board.folder.path().join("config/agents.yaml"), "agents: {}\n").unwrap();
    board.app.reload_config().await;
    let task = board.task("Count").await.id;
    board.claim(task, "somebody").await.unwrap();
}

#[tokio::test]
async fn what_an_outside_agent_says_is_a_sign_of_life() {
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    board.claim(task, "zhangfei-dev").await.unwrap();
    board.pass(500);
    let say = NewComment { body: "half done".into(), comment_type: None, mentions: vec![] };
    records::comment(&board.app, &board.project, task, &agent("zhangfei-dev"), say).await.unwrap();
    let attempt = attempts::of_task(&board.app, &board.project, task).await.unwrap().remove(0);
    assert_eq!(attempt.heartbeat_at, Some(board.app.now()));
}

#[tokio::test]
async fn who_claims_is_not_the_assignee_before_the_work_is_handed_in() {
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    assert_eq!(board.look(task).await.assignee, None, "a claim that runs out binds nobody");
    board.complete(task, &holder("zhangfei-dev", &token)).await.unwrap();
    assert_eq!(board.look(task).await.assignee.unwrap().as_str(), "zhangfei-dev", "who answers the reviews");
    let easy = board.low_risk_task("Sum").await.id;
    let token = board.claim(easy, "guanyu-dev").await.unwrap();
    let done = board.complete(easy, &holder("guanyu-dev", &token)).await.unwrap();
    assert_eq!((done.lifecycle.status, done.assignee.unwrap().as_str()), (Status::Done, "guanyu-dev"));
}

#[tokio::test]
async fn a_task_with_open_parts_is_neither_claimed_nor_completed() {
    let board = Board::new().await;
    let parent = board.task("whole").await.id;
    let token = board.claim(parent, "zhangfei-dev").await.unwrap();
    let part = NewTask { title: "part".into(), parent: Some(parent), ..NewTask::default() };
    let part = board.create(part).await.unwrap().id;
    let refused = board.complete(parent, &holder("zhangfei-dev", &token)).await.unwrap_err();
    assert_eq!((refused.code(), refused.missing()), ("gate_failed", &[format!("part {part} is pending")][..]));
    let other = board.task("another whole").await.id;
    let of_other = NewTask { title: "its part".into(), parent: Some(other), ..NewTask::default() };
    let of_other = board.create(of_other).await.unwrap().id;
    let refused = board.claim(other, "guanyu-dev").await.unwrap_err();
    assert_eq!(refused.code(), "invalid_transition");
    assert_eq!(refused.to_string(), format!("task {other} is done in parts, and these are open: {of_other} (pending)"));
    assert!(refused.hint().unwrap().starts_with("its parts are worked on"));
}

#[tokio::test]
async fn a_refusal_says_the_real_reason() {
    let board = Board::new().await;
    let task = board.task("count").await.id;
    let wrong = holder("guanyu-dev", "nonsense");
    let claim = transitions::claim(&board.app, &board.project, task, &wrong).await.unwrap_err();
    assert!(claim.code() == "stale_token" && !claim.hint().unwrap().contains("dead letter"), "nothing was kept");
    let late = records::decide(&board.app, &board.project, task, &wrong, decision("late")).await.unwrap_err();
    assert!(late.code() == "stale_token" && late.hint().unwrap().contains("kept as dead letter 1"), "{late:?}");
    // Whoever has passed a token is not told to pass one.
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let other = holder("guanyu-dev", &token);
    let refused = records::decide(&board.app, &board.project, task, &other, decision("mine")).await.unwrap_err();
    assert_eq!(
        (refused.code(), refused.to_string().as_str()),
        ("not_assignee", "the token is zhangfei-dev's, not guanyu-dev's")
    );
    assert_eq!(refused.hint().unwrap(), "write as zhangfei-dev, or with the token that guanyu-dev was given");
}

#[tokio::test]
async fn a_token_writes_as_whose_it_is_wherever_it_is_used() {
    let board = Board::new().await;
    let (app, project) = (&board.app, &board.project);
    let of_person = board.task("by hand").await.id;
    let (_, persons) = transitions::claim(app, project, of_person, &person()).await.unwrap();
    let agents = board.claim(board.task("by an agent").await.id, "zhangfei-dev").await.unwrap();
    let new = || NewTask { title: "more".into(), ..NewTask::default() };
    // No agent uses a person's token, whatever is written.
    let posing = holder("zhangfei-dev", &persons);
    let created = tasks::create(app, project, &posing, new()).await.unwrap_err();
    let decided = records::decide(app, project, of_person, &posing, decision("mine")).await.unwrap_err();
    for refused in [created, decided] {
        assert_eq!(refused.code(), "not_assignee");
        assert_eq!(refused.to_string(), "the token is human's, not zhangfei-dev's");
    }
    // Without a name the token says it.
    let unnamed = person().with_token(Some(agents));
    assert_eq!(tasks::create(app, project, &unnamed, new()).await.unwrap().created_by.to_string(), "zhangfei-dev");
}
