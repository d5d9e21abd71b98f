//! The table of docs/reviews.md, played: sixty tasks of four types and all four risks, with reviewers that disagree, die,
//! are silent, are unsure or talk nonsense. Each ends where the table says, and meanwhile a skill rises and falls.

use std::{collections::BTreeSet, fs, path::Path};

use futures_util::future::join_all;
use moziplus::model::{
    ids::TaskId,
    records::{IssueSeverity, Ruling, Stance, Verdict},
    status::Status,
    task::{NewTask, ReviewPhase, RiskLevel, Trigger},
};

use super::{
    cast::{COORDINATOR, Play, visited_office, words},
    office::Office,
    skills::rise_and_fall,
};
use crate::support::{agent, person};

/// How many tasks the story has.
const TASKS: usize = 60;

/// A row of the table, for one type and one risk.
#[derive(Debug, Clone)]
struct Tale {
    row: usize,
    task_type: String,
    risk: RiskLevel,
    moves: Vec<Vec<String>>,
    then: String,
}

impl Tale {
    /// True when somebody has to be started who then says nothing.
    fn needs_processes(&self) -> bool {
        self.moves.iter().any(|words| matches!(words[0].as_str(), "death" | "silence" | "tripwire"))
    }
}

/// Every row, with every type and risk that it names.
fn table() -> Vec<Vec<Tale>> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reviews.md")).unwrap();
    let (_, rest) = page.split_once("<!-- the table of the protocol").unwrap();
    let rows =
        rest.lines().filter(|line| line.starts_with("| ")).skip(1).take_while(|line| line.matches('|').count() == 5);
    rows.enumerate().map(|(row, line)| tales(row, line)).collect()
}

fn tales(row: usize, line: &str) -> Vec<Tale> {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [types, risks, moves, then] = cells.as_slice() else { panic!("four cells: {line}") };
    let list = |cell: &str| cell.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let moves: Vec<Vec<_>> = list(moves).iter().map(|one| one.split(' ').map(str::to_owned).collect()).collect();
    let tale = |task_type: &String, risk: &String| Tale {
        row,
        task_type: task_type.clone(),
        risk: risk.parse().unwrap(),
        moves: moves.clone(),
        then: (*then).to_owned(),
    };
    list(types).iter().flat_map(|one| list(risks).iter().map(|risk| tale(one, risk)).collect::<Vec<_>>()).collect()
}

/// Sixty tales: every row at least once, then the rows once more with other types and risks.
fn sixty(table: &[Vec<Tale>]) -> Vec<Tale> {
    let longest = table.iter().map(Vec::len).max().unwrap();
    let layer = |n: usize| {
        // Rows begin with different ones, so that every type and risk comes up.
        table.iter().filter(move |row| n < row.len()).map(move |row| row[(n + row[0].row) % row.len()].clone())
    };
    (0..longest).flat_map(layer).take(TASKS).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_tasks_end_where_the_table_says() {
    let tales = sixty(&table());
    assert_eq!(tales.len(), TASKS);
    let types: BTreeSet<_> = tales.iter().map(|tale| tale.task_type.as_str()).collect();
    let risks: BTreeSet<_> = tales.iter().map(|tale| tale.risk.as_str()).collect();
    assert_eq!((types.len(), risks.len()), (4, 4), "{types:?} {risks:?}");
    let (started, visited): (Vec<_>, Vec<_>) = tales.into_iter().partition(Tale::needs_processes);
    assert!(started.len() >= 4, "some say nothing");
    let office = visited_office(visited.len()).await;
    let plays = visited.iter().enumerate().map(|(number, tale)| play(&office, number, tale));
    let ends = join_all(plays).await;
    let wrong: Vec<_> = visited.iter().zip(&ends).filter(|(tale, end)| tale.then != **end).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    play_with_processes(&started).await;
}

/// Plays a tale with agents that come by themselves; answers with where the task stands then.
async fn play(office: &Office, number: usize, tale: &Tale) -> String {
    let mut play = Play::submitted(office, number, (&tale.task_type, tale.risk)).await;
    for words in &tale.moves {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        make(&mut play, &words).await;
        assert!(play.look().await.lifecycle.round <= 5, "a loop: {tale:?}");
    }
    // What follows from a move that no hook answers comes with a tick.
    office.within(|| async { play.state().await == tale.then }).await;
    play.state().await
}

async fn make(play: &mut Play<'_>, words: &[&str]) {
    let number = |at: usize| words[at].parse::<f64>().unwrap();
    match words[0] {
        "approve" => play.review(Verdict::Approved, number(1), None).await,
        "minor" => play.review(Verdict::NeedsRevision, number(1), Some(IssueSeverity::Minor)).await,
        "major" => play.review(Verdict::NeedsRevision, number(1), Some(IssueSeverity::Major)).await,
        "rejected" => play.review(Verdict::Rejected, number(1), Some(IssueSeverity::Critical)).await,
        "uphold" => play.rule(Ruling::Upheld, number(1), false).await,
        "withdraw" => play.rule(Ruling::Withdrawn, number(1), false).await,
        "again" => play.rule(Ruling::Withdrawn, number(1), true).await,
        "nonsense" => play.nonsense().await,
        "answer" => play.answer(words[1].to_uppercase().parse::<Stance>().unwrap()).await,
        "revise" => play.work(words.get(1) != Some(&"same")).await,
        "change" => play.register(&person()).await,
        "person" if words[1] == "reopen" => play.reopen().await,
        "person" => drop(play.decide(&person(), words[1].parse().unwrap(), None).await.unwrap()),
        "decide" => {
            let to: Status = words[1].parse().unwrap();
            drop(play.decide(&agent(COORDINATOR), to, Some(number(2))).await.unwrap());
        }
        other => panic!("nobody knows the move `{other}`"),
    }
}

/// Plays the tales in which somebody who was started says nothing, one after the other.
async fn play_with_processes(tales: &[Tale]) {
    let hasty = |root: &Path| {
        let patient = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/tick.rhai")).unwrap();
        let hasty = patient.replace("const PAUSE_SECONDS = 30;", "const PAUSE_SECONDS = 0;");
        assert_ne!(patient, hasty);
        fs::write(root.join("scripts/tick.rhai"), hasty).unwrap();
        let lines = "red_lines:\n  - {name: money, words: [real money], severity: tripwire}\n";
        fs::write(root.join("config/guardrails.yaml"), lines).unwrap();
        let agents = fs::read_to_string(root.join("config/agents.yaml")).unwrap();
        fs::write(root.join("config/agents.yaml"), agents + "  jiaxu-challenger: {role: reviewer, runner: desk}\n")
            .unwrap();
    };
    let office = Office::prepared("", hasty).await;
    rise_and_fall(&office).await;
    for tale in tales {
        let new = NewTask {
            title: format!("row {}", tale.row),
            task_type: Some(tale.task_type.clone()),
            risk_level: Some(tale.risk),
            ..NewTask::default()
        };
        let task = office.create(new).await;
        let author = office.comes(task, Trigger::Execute).await;
        if tale.moves[0][0] == "tripwire" {
            office.says(&author, "and now with real money\n");
        } else {
            office.completes(&author).await;
        }
        for words in tale.moves.iter().filter(|words| words[0] != "tripwire") {
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            act(&office, task, &words).await;
        }
        office.until(task, |task| words(task) == tale.then).await;
        // Nobody waits at the desk for the next tale.
        let done = resolve_whatever(&office, task).await;
        assert!(!done.lifecycle.status.is_open());
    }
}

async fn resolve_whatever(office: &Office, task: TaskId) -> moziplus::model::task::Task {
    let now = office.look(task).await;
    if now.lifecycle.status.is_open() {
        let cancel = crate::support::because("the tale is told");
        moziplus::app::transitions::cancel(&office.app, &office.project, task, &person(), cancel).await.unwrap();
    }
    office.until(task, |task| !task.lifecycle.status.is_open()).await
}

/// The move of whoever was started.
async fn act(office: &Office, task: TaskId, words: &[&str]) {
    let now = office.until(task, |task| matches!(task.lifecycle.status, Status::Review | Status::Escalated)).await;
    let trigger = match (now.lifecycle.status, now.review_phase) {
        (Status::Escalated, _) => Trigger::Arbitrate,
        (_, Some(ReviewPhase::Rebuttal)) => Trigger::Rebut,
        _ => Trigger::Review,
    };
    let somebody = office.comes(task, trigger).await;
    match words[0] {
        "death" => office.leaves(&somebody, 1),
        "silence" => office.leaves(&somebody, 0),
        "approve" => office.reviews(&somebody, Verdict::Approved, words[1].parse().unwrap(), None).await,
        "major" => {
            let severity = Some(IssueSeverity::Major);
            office.reviews(&somebody, Verdict::NeedsRevision, words[1].parse().unwrap(), severity).await;
            office.until(task, |task| task.review_phase == Some(ReviewPhase::Rebuttal)).await;
        }
        other => panic!("nobody who was started knows the move `{other}`"),
    }
    office.over(&somebody.attempt).await;
    if words[0] == "approve" {
        office.until(task, |task| task.lifecycle.status != Status::Review).await;
    }
}
