use std::time::Instant;

use chrono::DateTime;

use super::*;
use crate::{
    model::{
        ids::{Actor, ProjectId},
        records::CommentType,
        search::Query,
        task::{NewTask, RiskLevel, TaskPatch},
    },
    store::{DaemonDb, Store, StoreError, Tx, comments, experiences, tasks},
};

fn open(folder: &std::path::Path) -> (Store, ProjectId) {
    let project = ProjectId::parse("sales").unwrap();
    let daemon = DaemonDb::open(&folder.join("daemon.db")).unwrap();
    (Store::open(&folder.join("blackboard.db"), &project, &daemon).unwrap().store, project)
}

fn task(tx: &mut Tx<'_>, project: &ProjectId, title: &str, description: &str) -> Result<TaskId, StoreError> {
    let task = NewTask { title: title.into(), description: Some(description.into()), ..NewTask::default() };
    let creation = tasks::Creation { task, created_by: Actor::human(), risk_level: RiskLevel::Medium };
    Ok(tasks::insert(tx, project, creation)?.id)
}

async fn found(store: &Store, query: &str, kinds: &[SearchKind]) -> Vec<(SearchKind, i64)> {
    let (expression, kinds) = (Query::parse(query).unwrap().all(), kinds.to_vec());
    let read = move |db: &Db<'_>| search(db, &expression, &kinds, 50);
    let all = store.read::<_, StoreError, _>(read).await.unwrap();
    all.into_iter().map(|found| (found.kind, found.id)).collect()
}

#[tokio::test]
async fn everything_written_is_found_by_its_words_and_changes_follow() {
    let folder = tempfile::tempdir().unwrap();
    let (store, project) = open(folder.path());
    let id = project.clone();
    let write = move |tx: &mut Tx<'_>| {
        let first = task(tx, &id, "统计销售数据", "读取CSV文件")?;
        task(tx, &id, "Read the ledger", "with naïve encodings")?;
        let comment = comments::NewComment {
            task: first,
            author: Actor::human(),
            body: "The ledger has duplicate rows.".into(),
            comment_type: CommentType::Note,
            mentions: Vec::new(),
        };
        comments::insert(tx, comment)?;
        let lesson = experiences::NewExperience {
            task: first,
            agent: Actor::human(),
            lesson: "Deduplicate before summing".into(),
            tags: vec!["csv".into()],
            evidence: vec![],
            origin: None,
        };
        experiences::insert(tx, &id, lesson)?;
        Ok::<_, StoreError>(first)
    };
    let first = store.write(DateTime::UNIX_EPOCH, write).await.unwrap();
    assert_eq!(found(&store, "销售", &[]).await, [(SearchKind::Task, 1)]);
    assert_eq!(found(&store, "csv文件", &[]).await, [(SearchKind::Task, 1)]);
    assert!(found(&store, "售销", &[]).await.is_empty(), "characters in another order are another word");
    assert_eq!(found(&store, "ledg", &[]).await, [(SearchKind::Task, 2), (SearchKind::Comment, 1)]);
    assert_eq!(found(&store, "ledger", &[SearchKind::Comment]).await, [(SearchKind::Comment, 1)]);
    assert_eq!(found(&store, "naive", &[]).await, [(SearchKind::Task, 2)]);
    assert_eq!(found(&store, "dedup", &[]).await, [(SearchKind::Experience, 1)]);
    let change = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &project, first)?;
        let patch = TaskPatch { title: Some("Count".into()), ..TaskPatch::default() };
        tasks::patch(tx, task, patch, Actor::human()).map(drop)
    };
    store.write::<_, StoreError, _>(DateTime::UNIX_EPOCH, change).await.unwrap();
    assert!(found(&store, "销售", &[]).await.is_empty());
    assert_eq!(found(&store, "count csv", &[]).await, [(SearchKind::Task, 1)]);
}

/// An expression that SQLite cannot read would be an error of the server's own.
#[tokio::test]
async fn no_query_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    for query in ["a\"b", "\"", "a OR", "NEAR(a b)", "title:x", "^x", "x*", "(", "a-b c_d", "é'", "，。搜", "\u{0}a"]
    {
        if let Some(query) = Query::parse(query) {
            let read = move |db: &Db<'_>| search(db, &query.all(), &[], 5).and(search(db, &query.any(), &[], 5));
            store.read::<_, StoreError, _>(read).await.unwrap();
        }
    }
}

#[tokio::test]
async fn ten_thousand_tasks_are_found_fast() {
    let folder = tempfile::tempdir().unwrap();
    let (store, project) = open(folder.path());
    let write = move |tx: &mut Tx<'_>| {
        (0..10_000).try_for_each(|n| {
            task(tx, &project, &format!("Report number {n}"), "count the sales of every month 统计每月销售").map(drop)
        })
    };
    store.write::<_, StoreError, _>(DateTime::UNIX_EPOCH, write).await.unwrap();
    let began = Instant::now();
    assert_eq!(found(&store, "report sales", &[]).await.len(), 50);
    assert_eq!(found(&store, "每月销售", &[]).await.len(), 50);
    assert_eq!(found(&store, "number 9999", &[]).await, [(SearchKind::Task, 10_000)]);
    // Some 30 ms alone on the machine; the bound is for a loaded one.
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    println!("three searches over 10,000 tasks: {:?}", began.elapsed());
}

/// Every table with texts that can be found has its triggers: a migration that made a table anew would drop them silently.
#[tokio::test]
async fn the_triggers_of_the_index_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let read = |db: &Db<'_>| {
        let sql =
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'full_text_%' ORDER BY name";
        let mut select = db.conn.prepare_cached(sql)?;
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        Ok::<_, StoreError>(rows.collect::<Result<Vec<_>, _>>()?)
    };
    let triggers = store.read(read).await.unwrap();
    for (table, what) in
        [("tasks", "task"), ("comments", "comment"), ("outputs", "output"), ("experiences", "experience")]
    {
        for name in [format!("full_text_of_{what}"), format!("full_text_without_{what}")] {
            assert!(triggers.contains(&(name.clone(), table.to_owned())), "{name} is missing: {triggers:?}");
        }
    }
    for name in ["full_text_of_changed_task", "full_text_of_changed_experience"] {
        assert!(triggers.iter().any(|(known, _)| known == name), "{name} is missing: {triggers:?}");
    }
}
