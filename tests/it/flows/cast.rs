//! A cast for stories of reviews: agents that come by themselves, each with the lines of docs/reviews.md.

use std::{collections::HashSet, fs, path::Path};

use moziplus::{
    app::{
        AppError, Caller, rebuttals, records,
        requests::{Act, NewOutput, NewRebuttal, NewReview},
        resolutions, reviews, transitions,
    },
    model::{
        ids::TaskId,
        records::{Answer, IssueSeverity, NewIssue, NewRuling, Review, ReviewIssue, Ruling, Stance, Verdict},
        status::Status,
        task::{NewTask, ReviewPhase, RiskLevel, Task},
    },
};

use super::office::Office;
use crate::support::{agent, because, person};

/// Who does the work.
pub const AUTHOR: &str = "zhangfei-dev";
/// Who decides.
pub const COORDINATOR: &str = "pangtong-fujunshi";
/// Findings that say different things.
const FINDINGS: [&str; 6] = [
    "the sum in row three is wrong",
    "no unit is given anywhere",
    "dates of two years are mixed up",
    "an empty file makes it fall over",
    "nobody can tell where these figures come from",
    "half of the customers are left out",
];

/// An office in which nobody is started, with three reviewers for each of so many tasks: nobody's record tells on others.
pub async fn visited_office(tasks: usize) -> Office {
    let prepare = |root: &Path| {
        let reviewers =
            (0..tasks).flat_map(|n| ["a", "b", "c"].map(|one| format!("  r{n}{one}: {{role: reviewer}}\n")));
        let agents = format!(
            "agents:\n  {AUTHOR}: {{role: executor}}\n  {COORDINATOR}: {{role: coordinator}}\n{}",
            reviewers.collect::<String>()
        );
        fs::write(root.join("config/agents.yaml"), agents).unwrap();
    };
    Office::prepared("max_global_agents: 0", prepare).await
}

/// A task and those who play in it.
pub struct Play<'a> {
    pub office: &'a Office,
    pub task: TaskId,
    reviewers: [String; 3],
    /// Who said nothing usable.
    unreadable: HashSet<String>,
    findings: usize,
    versions: usize,
}

impl<'a> Play<'a> {
    /// The task is created, done by the author, and submitted.
    pub async fn submitted(office: &'a Office, number: usize, (task_type, risk): (&str, RiskLevel)) -> Self {
        let new = NewTask {
            title: format!("play {number}"),
            task_type: Some(task_type.to_owned()),
            risk_level: Some(risk),
            assignee: Some(AUTHOR.parse().unwrap()),
            ..NewTask::default()
        };
        let task = office.create(new).await;
        let reviewers = ["a", "b", "c"].map(|one| format!("r{number}{one}"));
        let mut play = Self { office, task, reviewers, unreadable: HashSet::new(), findings: 0, versions: 0 };
        play.work(true).await;
        play
    }

    pub async fn look(&self) -> Task {
        self.office.look(self.task).await
    }

    /// One attempt of the author; with a new version of the result, or with none.
    pub async fn work(&mut self, anew: bool) {
        let (office, task) = (self.office, self.task);
        let (_, token) = transitions::claim(&office.app, &office.project, task, &agent(AUTHOR)).await.unwrap();
        let author = agent(AUTHOR).with_token(Some(token));
        if anew {
            self.register(&author).await;
        }
        transitions::complete(&office.app, &office.project, task, &author, Act::default()).await.unwrap();
    }

    /// Another version of the result.
    pub async fn register(&mut self, who: &Caller) {
        self.versions += 1;
        let text = Some(format!("version {}\n", self.versions));
        let output = NewOutput { title: "report.md".into(), output_type: None, summary: None, path: None, text };
        records::output(&self.office.app, &self.office.project, self.task, who, output).await.unwrap();
    }

    pub async fn reviews(&self) -> Vec<Review> {
        reviews::reviews(&self.office.app, &self.office.project, self.task).await.unwrap()
    }

    /// A review by whoever has not reviewed this round; answers when policy has judged it.
    pub async fn review(&mut self, verdict: Verdict, confidence: f64, severity: Option<IssueSeverity>) {
        let issue = severity.map(|severity| NewIssue { severity, text: self.finding() });
        let reviewer = self.fresh_reviewer().await;
        let review = NewReview { verdict, confidence, issues: issue.into_iter().collect(), rulings: vec![] };
        let open = self.open_points().await;
        let rulings = if verdict == Verdict::Approved { vec![] } else { ruled(&open, Ruling::Withdrawn) };
        self.submit(&reviewer, NewReview { rulings, ..review }).await.unwrap();
        self.judged().await;
    }

    /// A review of a further round by who reviewed before, with the same ruling on every answer.
    pub async fn rule(&mut self, ruling: Ruling, confidence: f64, again: bool) {
        let open = self.open_points().await;
        let repeated =
            open.first().map(|issue| NewIssue { severity: issue.severity, text: issue.text.to_uppercase() + "!" });
        let approves = ruling == Ruling::Withdrawn && !again;
        let verdict = if approves { Verdict::Approved } else { Verdict::NeedsRevision };
        let issues = repeated.filter(|_| again).into_iter().collect();
        let reviewer = self.reviews().await.last().unwrap().reviewer.to_string();
        let review = NewReview { verdict, confidence, issues, rulings: ruled(&open, ruling) };
        self.submit(&reviewer, review).await.unwrap();
        self.judged().await;
    }

    /// A review that says nothing usable; it is refused.
    pub async fn nonsense(&mut self) {
        let reviewer = self.fresh_reviewer().await;
        let review = NewReview { verdict: Verdict::NeedsRevision, confidence: 0.9, issues: vec![], rulings: vec![] };
        let refused = self.submit(&reviewer, review).await.unwrap_err();
        assert_eq!(refused.code(), "validation");
        self.unreadable.insert(reviewer);
    }

    /// The author's answer to every issue of the newest review.
    pub async fn answer(&mut self, stance: Stance) {
        let open = self.reviews().await.pop().map(|review| review.issues).unwrap_or_default();
        let waiting = open.iter().filter(|issue| issue.stance.is_none());
        let answer = |issue: &ReviewIssue| Answer { issue_id: issue.id, stance, reason: "I looked again".into() };
        let new = NewRebuttal { answers: waiting.map(answer).collect() };
        let (app, project) = (&self.office.app, &self.office.project);
        rebuttals::rebut(app, project, self.task, &agent(AUTHOR), new).await.unwrap();
        loop {
            let all = rebuttals::rebuttals(app, project, self.task).await.unwrap();
            if all.iter().all(|rebuttal| rebuttal.decided_at.is_some()) {
                return;
            }
            self.office.moment().await;
        }
    }

    /// A decision about the escalated task.
    pub async fn decide(&mut self, who: &Caller, to: Status, confidence: Option<f64>) -> Result<Task, AppError> {
        let act = Act { to: Some(to), confidence, ..because("looked into it") };
        resolutions::resolve(&self.office.app, &self.office.project, self.task, who, act).await
    }

    /// Finished work is looked at again.
    pub async fn reopen(&mut self) {
        let (app, project) = (&self.office.app, &self.office.project);
        transitions::reopen(app, project, self.task, &person(), because("is it so?")).await.unwrap();
    }

    /// Where the task stands, in the words of the table.
    pub async fn state(&self) -> String {
        words(&self.look().await)
    }

    async fn submit(&self, reviewer: &str, review: NewReview) -> Result<Review, AppError> {
        reviews::review(&self.office.app, &self.office.project, self.task, &agent(reviewer), review).await
    }

    async fn fresh_reviewer(&self) -> String {
        let round = self.look().await.lifecycle.round;
        let reviews = self.reviews().await;
        let spoke = |who: &String| reviews.iter().any(|r| r.round == round && r.reviewer.to_string() == **who);
        let free = self.reviewers.iter().find(|who| !spoke(who) && !self.unreadable.contains(*who));
        free.unwrap_or(&self.reviewers[0]).clone()
    }

    async fn open_points(&self) -> Vec<ReviewIssue> {
        let issues = self.reviews().await.into_iter().flat_map(|review| review.issues);
        issues.filter(ReviewIssue::is_open_point).collect()
    }

    fn finding(&mut self) -> String {
        self.findings += 1;
        FINDINGS[self.findings % FINDINGS.len()].to_owned()
    }

    /// Policy has judged every review.
    async fn judged(&self) {
        while self.reviews().await.iter().any(|review| review.decided_at.is_none()) {
            self.office.moment().await;
        }
    }
}

fn ruled(open: &[ReviewIssue], ruling: Ruling) -> Vec<NewRuling> {
    open.iter().map(|issue| NewRuling { issue_id: issue.id, ruling, reason: "looked again, too".into() }).collect()
}

/// Where a task stands, in the words of the table.
pub fn words(task: &Task) -> String {
    let status = task.lifecycle.status;
    match (status, task.review_phase, &task.escalated_to) {
        (Status::Review, Some(ReviewPhase::Rebuttal), _) => "review, author".to_owned(),
        (Status::Escalated, _, Some(to)) if to.is_human() => "escalated, person".to_owned(),
        (Status::Escalated, _, Some(to)) if to.to_string() == COORDINATOR => "escalated, coordinator".to_owned(),
        (Status::Escalated, ..) => "escalated, third".to_owned(),
        _ => status.to_string(),
    }
}
