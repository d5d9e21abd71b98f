//! The way of knowledge: lessons, a distillation, a draft on trial, promotion by use, demotion by failures.

use std::fs;

use moziplus::{
    app::{
        AppError, knowledge, records,
        requests::{Act, NewLesson, NewOutput, NewRebuttal},
        reviews,
        skills::{
            self,
            drafts::{self, Settled},
        },
        tasks, transitions,
    },
    model::{
        ids::{AgentId, SkillId, TaskId},
        records::{Answer, Experience, ExperienceStatus, IssueSeverity, OutputType, Ruling, Stance, Verdict},
        skill::{SkillSource, SkillStatus},
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
    store::tasks::Filter,
};

use super::{
    cast::{Play, visited_office},
    office::{Agent, Office},
};
use crate::support::person;

const SKILL: &str = "---\nname: Read ledgers\ndescription: How to read CSV ledgers without counting rows twice.\n---\n\n\
    # Reading ledgers\n\n## Description\n\nReads ledgers.\n\n## Triggers\n\n- A task about a CSV ledger.\n\n\
    ## Actions\n\n1. Look for repeated keys.\n\n## Constraints\n\n- Never drop a row silently.\n";

/// A task that nobody reviews, and the agent that has come for it.
async fn begun(office: &Office, title: &str) -> (TaskId, Agent) {
    let zhangfei = AgentId::parse("zhangfei-dev").unwrap();
    let new = NewTask {
        title: title.into(),
        assignee: Some(zhangfei),
        risk_level: Some(RiskLevel::Low),
        ..NewTask::default()
    };
    let task = office.create(new).await;
    (task, office.comes(task, Trigger::Execute).await)
}

async fn learns(office: &Office, agent: &Agent, lesson: &str) {
    let new = NewLesson { lesson: lesson.into(), tags: vec!["csv".into()] };
    records::learn(&office.app, &office.project, agent.attempt.task, &agent.caller(), new).await.unwrap();
}

async fn writes(office: &Office, agent: &Agent, text: &str) {
    let new = NewOutput {
        title: "SKILL.md".into(),
        output_type: Some(OutputType::Document),
        summary: None,
        path: None,
        text: Some(text.into()),
    };
    records::output(&office.app, &office.project, agent.attempt.task, &agent.caller(), new).await.unwrap();
}

async fn lessons(office: &Office) -> Vec<Experience> {
    let wanted = knowledge::Wanted { limit: 100, ..knowledge::Wanted::default() };
    knowledge::experiences(&office.app, &office.project, wanted).await.unwrap()
}

/// What the agent was told when it was started.
fn prompt(office: &Office, agent: &Agent) -> String {
    fs::read_to_string(office.app.root().attempt(&agent.attempt).join("prompt.md")).unwrap()
}

async fn distillations(office: &Office) -> Vec<TaskId> {
    let all = tasks::list(&office.app, &office.project, Filter { limit: 100, ..Filter::default() }).await.unwrap();
    all.into_iter().filter(|task| task.task_type == "distill").map(|task| task.id).collect()
}

/// Waits until something holds.
async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let wait = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), wait).await.unwrap_or_else(|_| panic!("never: {what}"))
}

async fn becomes(office: &Office, id: &SkillId, status: SkillStatus) {
    let look = async || {
        let skill = skills::get(&office.app, None, id).await.ok()?;
        (skill.view.skill.meta.status == status).then_some(())
    };
    eventually(&format!("{id} is {status}"), look).await;
}

async fn succeeds(office: &Office, title: &str) -> String {
    let (task, agent) = begun(office, title).await;
    let prompt = prompt(office, &agent);
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
    office.over(&agent.attempt).await;
    prompt
}

async fn fails(office: &Office, title: &str) {
    let (task, agent) = begun(office, title).await;
    let act = Act { reason: Some("the steps lead nowhere".into()), ..Act::default() };
    transitions::fail(&office.app, &office.project, task, &agent.caller(), act).await.unwrap();
    office.leaves(&agent, 0);
    office.becomes(task, Status::Failed).await;
    office.over(&agent.attempt).await;
}

/// Five lessons and the task that makes a skill of them; its agent has come.
async fn distilling(office: &Office) -> (TaskId, Agent) {
    let (task, agent) = begun(office, "Count the rows").await;
    for n in 1..=5 {
        assert!(distillations(office).await.is_empty(), "four lessons are not enough");
        learns(office, &agent, &format!("Ledgers repeat keys, case {n}")).await;
    }
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
    let task = eventually("a distillation", async || distillations(office).await.first().copied()).await;
    (task, office.comes(task, Trigger::Distill).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn lessons_become_a_skill_that_rises_and_falls_by_its_use() {
    rise_and_fall(&Office::new().await).await;
}

/// A skill is distilled, tried, promoted, used, and demoted again, in an office in which nothing has happened yet.
pub async fn rise_and_fall(office: &Office) {
    let (distillation, writer) = distilling(office).await;
    assert_eq!(writer.name, "pangtong-fujunshi", "the coordinator writes, where nobody is there for it");
    let told = prompt(office, &writer);
    assert!(told.contains("case 1") && told.contains("case 5") && told.contains("skill list"), "{told}");

    // What is no skill is no result; the agent hears what is wrong, and where.
    let complete = async || {
        let act = Act { summary: Some("written".into()), ..Act::default() };
        transitions::complete(&office.app, &office.project, distillation, &writer.caller(), act).await
    };
    let missing = |error: AppError| match error {
        AppError::GateFailed { missing } => missing.join("; "),
        other => panic!("{other}"),
    };
    assert!(missing(complete().await.unwrap_err()).contains("an output titled SKILL.md"));
    writes(office, &writer, "# Reading\n\n## Description\n\nReads.\n").await;
    let wrong = missing(complete().await.unwrap_err());
    assert!(wrong.contains("SKILL.md:1: the section `## Triggers` is missing"), "{wrong}");
    writes(office, &writer, SKILL).await;
    complete().await.unwrap();
    office.leaves(&writer, 0);

    // A draft, with its lessons as evidence; they are in no further distillation.
    let id = SkillId::parse("read-ledgers").unwrap();
    becomes(office, &id, SkillStatus::Draft).await;
    let made = skills::get(&office.app, None, &id).await.unwrap().view.skill;
    assert_eq!((made.meta.source, made.meta.version), (SkillSource::Distilled, 1));
    let evidence = &made.meta.evidence;
    for link in ["task sales.t-2", "lesson sales/1", "lesson sales/5", "attempt sales.t-1.1"] {
        assert!(evidence.iter().any(|one| one == link), "{link} in {evidence:?}");
    }
    let in_skill = async || lessons(office).await.iter().all(|one| one.skill.as_ref() == Some(&id)).then_some(());
    eventually("the lessons know their skill", in_skill).await;
    let project = office.app.project(&office.project).unwrap();
    let again = drafts::settle(&office.app, &project, (distillation, "csv")).await.unwrap();
    assert!(matches!(again, Settled::Installed(same, 1) if same == id), "installed once, however often it is tried");

    // On trial: marked in the prompt, and active after three tasks.
    for n in 1..=3 {
        let told = succeeds(office, &format!("Sum the CSV ledger {n}")).await;
        assert!(told.contains("skill show read-ledgers") && told.contains("on trial"), "{told}");
    }
    becomes(office, &id, SkillStatus::Active).await;
    let (task, agent) = begun(office, "Check the CSV ledger").await;
    let told = prompt(office, &agent);
    assert!(told.contains("skill show read-ledgers") && !told.contains("on trial"), "{told}");
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;

    // Failures lead down, a step at a time, until it is used no more.
    for status in [SkillStatus::Draft, SkillStatus::Deprecated] {
        for n in 1..=2 {
            fails(office, &format!("Mend the CSV ledger {n}")).await;
        }
        becomes(office, &id, status).await;
    }
    let told = succeeds(office, "Sum the CSV ledger once more").await;
    assert!(!told.contains("read-ledgers"), "{told}");
    let detail = skills::get(&office.app, None, &id).await.unwrap();
    assert_eq!((detail.view.skill.meta.successes, detail.view.skill.meta.failures), (4, 4));
    assert_eq!(detail.uses.len(), 8);
    assert_eq!(distillations(office).await, [distillation], "never twice for the same lessons");

    // A person may take it up again.
    let approved = skills::set_status(&office.app, (None, &id), (SkillStatus::Active, None), &person()).await.unwrap();
    assert_eq!(approved.view.counts.failures_count, 0, "its count begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_distillation_lets_its_lessons_go_and_is_not_repeated_at_once() {
    let mut office = Office::new().await;
    let (distillation, writer) = distilling(&office).await;
    let act = Act { reason: Some("they contradict each other".into()), ..Act::default() };
    transitions::fail(&office.app, &office.project, distillation, &writer.caller(), act).await.unwrap();
    office.leaves(&writer, 0);
    office.becomes(distillation, Status::Failed).await;
    office.settle().await;
    let mut office = office.restarted().await;
    office.settle().await;
    assert_eq!(distillations(&office).await, [distillation]);
    let (task, agent) = begun(&office, "Count the rows again").await;
    for n in 1..=5 {
        learns(&office, &agent, &format!("Something new, case {n}")).await;
    }
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
    let second = async || (distillations(&office).await.len() == 2).then_some(());
    eventually("another try, with as much to say again", second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lessons_come_back_in_any_script_and_by_tags_of_several_words() {
    let office = Office::new().await;
    let (task, author) = begun(&office, "Begin").await;
    for (lesson, tags) in
        [("导出的日期是日在前", vec!["销售报表"]), ("Round at the end, not in between", vec!["unit prices"])]
    {
        let new = NewLesson { lesson: lesson.into(), tags: tags.into_iter().map(Into::into).collect() };
        records::learn(&office.app, &office.project, task, &author.caller(), new).await.unwrap();
    }
    office.completes(&author).await;
    office.becomes(task, Status::Done).await;
    let (dates, rounds) = ("导出的日期是日在前", "Round at the end");
    assert!(succeeds(&office, "统计五月的销售报表").await.contains(dates), "by a tag");
    assert!(succeeds(&office, "检查导出文件的日期").await.contains(dates), "by its words");
    assert!(succeeds(&office, "The price of each unit").await.contains(rounds), "by all words of a tag");
    let other = succeeds(&office, "画一张图").await;
    assert!(!other.contains(dates) && !other.contains(rounds), "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_that_were_settled_become_candidates() {
    let mut office = Office::new().await;
    let task = office.task("Count").await;
    let author = office.comes(task, Trigger::Execute).await;
    office.completes(&author).await;
    let reviewer = office.comes(task, Trigger::Review).await;
    office.reviews(&reviewer, Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    let answering = office.comes(task, Trigger::Rebut).await;
    let all = reviews::reviews(&office.app, &office.project, task).await.unwrap();
    let issue_id = all[0].issues[0].id;
    let answers = vec![Answer { issue_id, stance: Stance::Reject, reason: "I counted again".into() }];
    office.rebuts(&answering, NewRebuttal { answers }).await;
    let again = office.comes(task, Trigger::Review).await;
    office.reviews(&again, Verdict::Approved, 0.9, None).await;
    office.becomes(task, Status::Done).await;
    let drawn = eventually("a candidate", async || lessons(&office).await.into_iter().next()).await;
    assert_eq!(
        (drawn.status, drawn.tags),
        (ExperienceStatus::Candidate, vec!["general".to_owned(), "withdrawn".into()])
    );
    assert!(drawn.lesson.contains("the sum is wrong") && drawn.lesson.contains("I counted again"), "{}", drawn.lesson);
    assert!(drawn.evidence.contains(&format!("issue {issue_id}")), "{:?}", drawn.evidence);
    office.settle().await;
    assert_eq!(lessons(&office).await.len(), 1, "drawn once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_that_was_upheld_was_not_given_up() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Medium)).await;
    play.review(Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    play.answer(Stance::Reject).await;
    play.rule(Ruling::Upheld, 0.9, false).await;
    play.answer(Stance::Accept).await;
    play.work(true).await;
    play.review(Verdict::Approved, 0.9, None).await;
    office.becomes(play.task, Status::Done).await;
    let drawn = eventually("a candidate", async || lessons(&office).await.into_iter().next()).await;
    assert!(drawn.lesson.starts_with("A review found and the author mended"), "{}", drawn.lesson);
    assert_eq!(lessons(&office).await.len(), 1, "once, and not as given up");
}
