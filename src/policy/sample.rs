//! Made-up facts: for the dry run of a changed set before any tick, and for tests of policies.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::model::{
    agent::AgentRole,
    event::{Event, EventKind, Level},
    ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
    incoming::{Forge, Incoming},
    records::{IssueSeverity, Verdict},
    skill::{SkillLevel, SkillSource, SkillStatus},
    snapshot::{
        AgentFacts, AttemptFacts, Board, Context, ExperienceFacts, IssueFacts, MentionFacts, RebuttalFacts,
        ReviewFacts, RoundFacts, SkillFacts, Slots, TagFacts, TaskFacts,
    },
    status::Status,
    task::{ReviewPhase, RiskLevel, Trigger},
    usage::{Allowance, Spent},
};

/// A fixed time, a Monday.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_767_600_000_000).unwrap_or_default()
}

/// The configuration's sections with their defaults.
pub fn config() -> Value {
    json!({
        "daemon": {"tick_interval": 30, "task_timeout": 600, "claim_timeout": 300, "kill_grace": 10,
            "max_global_agents": 5, "max_per_agent": 1, "max_retries": 3, "max_dispatches": 10,
            "zombie_threshold": 20},
        "review": {"default_max_rounds": 3, "debate_max_rounds": 5, "confidence_threshold": 0.7,
            "max_unreadable": 3, "max_attempts": 20, "max_tokens": null},
        "experience": {"distill_threshold": 5, "expire_days": 30},
        "policy": {"deadline_ms": 500, "max_operations": 5_000_000},
        "notify": {"batch_seconds": 300, "webhooks": [], "mail": null, "desktop": []},
        "playbook": {"red_lines": [{"name": "data_deletion", "words": ["drop table", "删库"], "severity": "warning"}],
            "protocols": {}},
        "budget": {"attempt_tokens": null, "task_tokens": null, "project_tokens": null, "day_tokens": null,
            "attempt_cost": null, "task_cost": null, "project_cost": null, "day_cost": null},
        "context": {},
    })
}

/// A free agent that the daemon can start.
pub fn agent(id: &str, role: AgentRole) -> AgentFacts {
    AgentFacts {
        id: AgentId::parse(id).unwrap_or_else(|_| AgentId::reserved("_sample")),
        role,
        capabilities: Vec::new(),
        busy: 0,
        free_slots: 1,
        provider: Some("worker".into()),
        parked_until: None,
        can_review: matches!(role, AgentRole::Reviewer | AgentRole::Coordinator),
        fallback: role == AgentRole::Coordinator,
        can_spawn: true,
        needs_gateway: false,
    }
}

/// A project with these agents; the first coordinator among them coordinates.
pub fn context(agents: Vec<AgentFacts>) -> Context {
    Context {
        project: project(),
        now: now(),
        tick: 1,
        config: Arc::new(config()),
        coordinator: agents.iter().find(|agent| agent.role == AgentRole::Coordinator).map(|agent| agent.id.clone()),
        reviewers: agents.iter().filter(|agent| agent.can_review).map(|agent| agent.id.clone()).collect(),
        agents: agents.into_iter().map(Arc::new).collect(),
        spent: Spent::default(),
    }
}

fn project() -> ProjectId {
    ProjectId::parse("sample").unwrap_or_else(|_| ProjectId::reserved("_sample"))
}

/// A pending task, ready, an hour old.
pub fn task(number: i64) -> TaskFacts {
    TaskFacts {
        id: TaskId(number),
        title: format!("task {number}"),
        description: String::new(),
        status: Status::Pending,
        assignee: None,
        created_by: Actor::human(),
        owner: None,
        priority: 5,
        task_type: "general".into(),
        risk_level: RiskLevel::Medium,
        depends_on: Vec::new(),
        parent: None,
        trigger: Trigger::Execute,
        review_phase: None,
        round: 0,
        max_rounds: 3,
        approvals_needed: 1,
        approvals_missing: 1,
        dispatch_count: 0,
        retry_count: 0,
        attempts: Vec::new(),
        reviews: Vec::new(),
        authors: Vec::new(),
        outputs: Vec::new(),
        unreadable: Vec::new(),
        is_unchanged: false,
        questions_count: 0,
        gate_waits_for: Vec::new(),
        discussion_round: 0,
        discussion_step: None,
        discussion_waits_for: Vec::new(),
        discussion_seconds: 0,
        review_tokens: 0,
        outputs_count: 0,
        comments_count: 0,
        subtasks_count: 0,
        live_attempts_count: 0,
        tokens: 0,
        cost_micros: 0,
        allowance: Allowance::default(),
        risk_set_by: Some(Actor::human()),
        blocked_on: None,
        escalated_to: None,
        reason: None,
        is_ready: true,
        not_before: None,
        created_at: now() - TimeDelta::hours(1),
        age_seconds: 3600,
        in_status_seconds: 60,
    }
}

/// A task in this status, with the fields that go with it.
pub fn task_in(number: i64, status: Status) -> TaskFacts {
    let mut task = task(number);
    task.status = status;
    task.is_ready = status == Status::Pending;
    if status == Status::Review {
        task.round = 1;
        task.review_phase = Some(ReviewPhase::Review);
    }
    task
}

/// A live attempt that the daemon started two minutes ago.
pub fn attempt(task: TaskId, number: i64, agent: &AgentId, kind: Trigger) -> AttemptFacts {
    AttemptFacts {
        id: AttemptId { project: project(), task, number },
        task,
        agent: agent.clone().into(),
        kind,
        runner: Some("worker".into()),
        provider: Some("worker".into()),
        spawned: true,
        is_live: true,
        is_started: true,
        is_settled: false,
        round: 0,
        started_at: now() - TimeDelta::minutes(2),
        runtime_seconds: 120,
        silent_seconds: 10,
        heartbeat_seconds: 20,
        timeout_seconds: 600,
        outcome: None,
        retry_class: None,
        resets_at: None,
        retry_after_seconds: None,
        tokens: 0,
        cost_micros: 0,
        exit_code: None,
        detail: None,
        nudges_count: 0,
    }
}

/// A review of the first round with one major issue (none when it approves), confidence 0.9.
pub fn review(task: TaskId, reviewer: &AgentId, verdict: Verdict) -> ReviewFacts {
    let severity = (verdict != Verdict::Approved).then_some(IssueSeverity::Major);
    let issue = |severity| IssueFacts {
        id: 1,
        severity,
        text: "a figure is wrong".into(),
        stance: None,
        reason: None,
        ruling: None,
        upholds: None,
        repeats: None,
    };
    ReviewFacts {
        id: 1,
        task,
        reviewer: reviewer.clone().into(),
        verdict,
        confidence: 0.9,
        round: 1,
        max_rounds: 3,
        approvals_missing: i64::from(verdict != Verdict::Approved),
        worst_severity: severity,
        upheld_count: 0,
        repeats_count: 0,
        reviewer_reviews_count: 0,
        reviewer_brier: None,
        reviewer_overconfidence: None,
        issues: severity.map(issue).into_iter().collect(),
        at: now(),
    }
}

/// A rebuttal of the first round that accepts every issue.
pub fn rebuttal(task: TaskId, author: &AgentId) -> RebuttalFacts {
    RebuttalFacts {
        id: 1,
        task,
        review: 1,
        author: author.clone().into(),
        round: 1,
        max_rounds: 3,
        accepts_count: 2,
        partials_count: 0,
        rejects_count: 0,
        repeated_rejects_count: 0,
        at: now(),
    }
}

/// An agent that was mentioned twice and not told yet.
pub fn mention(task: TaskId, agent: &AgentId) -> MentionFacts {
    MentionFacts {
        task,
        agent: agent.clone(),
        comments_count: 2,
        tries_count: 0,
        age_seconds: 60,
        is_under_way: false,
        since_try_seconds: None,
        chain_count: 0,
    }
}

/// Two parts that are done, before the first look at the whole.
pub fn round(task: TaskId) -> RoundFacts {
    RoundFacts { task, round: 1, done_count: 2, failed_count: 0, is_unchanged: false }
}

/// A tag with five lessons.
pub fn tag() -> TagFacts {
    TagFacts {
        tag: "csv".into(),
        experiences_count: 5,
        tasks_count: 3,
        candidates_count: 1,
        new_count: 5,
        is_distilling: false,
    }
}

/// A lesson that nobody used for forty days.
pub fn experience() -> ExperienceFacts {
    ExperienceFacts { id: 1, tags: vec!["csv".into()], references_count: 0, unused_seconds: 40 * 86_400 }
}

/// A draft that was used well.
pub fn skill() -> SkillFacts {
    SkillFacts {
        id: "read-csv".into(),
        level: SkillLevel::Custom,
        status: SkillStatus::Draft,
        source: SkillSource::Distilled,
        version: 1,
        tags: vec!["csv".into()],
        uses_count: 3,
        successes_count: 3,
        failures_count: 0,
        agents_count: 2,
        unused_seconds: Some(3600),
    }
}

/// An event of this level about the first task.
pub fn event(level: Level) -> Event {
    Event {
        id: 1,
        project: Some(project()),
        task: Some(TaskId(1)),
        kind: EventKind::TaskStatusChanged,
        level,
        actor: Actor::Daemon,
        at: now(),
        summary: "t-1 is done".into(),
        payload: json!({"from": "review", "to": "done"}),
    }
}

/// What a forge tells about issue 12 of `team/app`.
pub fn incoming(event: &str) -> Incoming {
    let payload = json!({
        "action": "opened",
        "issue": {"number": 12, "title": "Count the harvest", "body": "all of it", "labels": [],
                  "html_url": "https://forge.example/team/app/issues/12"},
        "repository": {"full_name": "team/app"},
        "sender": {"login": "liubei"},
    });
    Incoming::read("forge", Forge::Gitea, event, json!({}), payload)
}

/// A board with these tasks, as many free slots as the default cap, and nothing else.
pub fn board(context: Arc<Context>, tasks: Vec<TaskFacts>) -> Board {
    Board {
        slots: Slots { global_free: 5, project_free: 5 },
        agents: context.agents.clone(),
        tasks: tasks.into_iter().map(Arc::new).collect(),
        mentions: Vec::new(),
        rounds: Vec::new(),
        ticks_without_change: 0,
        gateway_up: true,
        context,
    }
}
