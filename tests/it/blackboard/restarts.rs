//! What survives a restart.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use moziplus::{
    app::{backups, events, keeper::Keeper, projects::NewProject, transitions},
    model::event::{Event, EventKind},
    store::{daemon_db::IndexQuery, tasks::Filter},
};
use tokio_util::sync::CancellationToken;

use crate::support::{Board, because, person};

/// Ids of events after one, once so many tasks have been created after it: publication follows the commit.
async fn ids(board: &Board, after: i64, tasks: usize) -> Vec<i64> {
    let look = || async {
        let query = IndexQuery { after, limit: 100, ..IndexQuery::default() };
        events::history(&board.app, query).await.unwrap()
    };
    let created = |events: &[Event]| events.iter().filter(|event| event.kind == EventKind::TaskCreated).count();
    let wait = async {
        loop {
            let events = look().await;
            if created(&events) >= tasks {
                return events.iter().map(|event| event.id).collect();
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the events in time")
}

#[tokio::test]
async fn event_ids_go_on_after_a_restart_and_none_is_lost_or_doubled() {
    let board = Board::new().await;
    board.task("first").await;
    let before = ids(&board, 0, 1).await;
    let last = *before.last().unwrap();
    let board = board.restarted().await;
    assert_eq!(ids(&board, 0, 1).await, before, "history is the same");
    board.pass(5);
    board.task("second").await;
    let fresh = ids(&board, last, 1).await;
    assert_eq!(fresh, [last + 1]);
}

#[tokio::test]
async fn a_deleted_database_comes_back_empty_and_the_stream_says_so() {
    let board = Board::new().await;
    board.task("first").await;
    let file = board.app.root().blackboard(&board.project);
    let board = board.restarted_after(|| std::fs::remove_file(&file).unwrap()).await;
    let all = Filter { limit: 10, ..Filter::default() };
    let tasks = moziplus::app::tasks::list(&board.app, &board.project, all).await.unwrap();
    assert!(tasks.is_empty());
    let query = IndexQuery { kinds: vec!["project_changed"], limit: 100, ..IndexQuery::default() };
    let said = events::history(&board.app, query).await.unwrap();
    assert!(said.iter().any(|event| event.payload["database"] == "recreated"), "{said:#?}");
}

#[tokio::test]
async fn a_damaged_project_is_quarantined_and_the_others_go_on() {
    let board = Board::new().await;
    board.task("first").await;
    let file = board.app.root().blackboard(&board.project);
    let board = board.restarted_after(|| std::fs::write(&file, "garbage garbage garbage").unwrap()).await;
    let refused = board.app.project(&board.project).err().unwrap();
    assert_eq!(refused.code(), "quarantined");
    assert!(refused.hint().unwrap().contains("backup restore"), "{:?}", refused.hint());
    let other = NewProject { id: "other".parse().unwrap(), name: None, description: None, agents: vec![] };
    moziplus::app::projects::create(&board.app, other, &person()).await.unwrap();
}

#[tokio::test]
async fn a_restored_backup_goes_on_with_new_ids_and_fences_off_old_writers() {
    let board = Board::new().await;
    let task = board.task("first").await.id;
    let copy = backups::backup_project(&board.app, &board.project).await.unwrap();
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    board.task("lost by the restore").await;
    let last = board.app.daemon().last_id();
    let refused = restore(&board, copy.path.clone(), false).await;
    assert_eq!(refused.unwrap_err().code(), "conflict", "existing data is replaced by force only");
    restore(&board, copy.path, true).await.unwrap();
    let late = board.complete(task, &crate::support::holder("zhangfei-dev", &token)).await.unwrap_err();
    assert_eq!(late.code(), "stale_token");
    transitions::cancel(&board.app, &board.project, task, &person(), because("enough")).await.unwrap();
    let fresh = ids(&board, last, 0).await;
    assert!(fresh.iter().all(|id| *id > last) && !fresh.is_empty(), "ids never go back: {fresh:?}");
    let kept = std::fs::read_dir(board.app.root().backups().join("sales")).unwrap().flatten();
    let names: Vec<_> = kept.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("before-restore-")), "{names:?}");
}

#[tokio::test]
async fn only_a_sound_copy_of_this_project_is_restored() {
    let board = Board::new().await;
    board.task("kept").await;
    let root = board.app.root().clone();
    let other = NewProject { id: "other".parse().unwrap(), name: None, description: None, agents: vec![] };
    moziplus::app::projects::create(&board.app, other.clone(), &person()).await.unwrap();
    let copy = backups::backup_project(&board.app, &board.project).await.unwrap().path;
    let newer = root.path().join("newer.db");
    std::fs::copy(&copy, &newer).unwrap();
    // The version of the schema lies at byte 60 of a SQLite file, the application at byte 68.
    overwrite(&newer, 60, &999_u32.to_be_bytes());
    let foreign = root.path().join("foreign.db");
    std::fs::copy(&copy, &foreign).unwrap();
    overwrite(&foreign, 68, &[0; 4]);
    let text = root.path().join("text.db");
    std::fs::write(&text, "no database at all").unwrap();
    let refused = [
        (root.daemon_db(), "the daemon's own database"),
        (newer, "written by a newer version"),
        (foreign, "another program has written it"),
        (text, "does not begin like a SQLite file"),
        (root.blackboard(&other.id), "a blackboard of project other"),
    ];
    for (path, why) in refused {
        let error = restore(&board, path.clone(), true).await.unwrap_err();
        assert_eq!(error.code(), "conflict", "{error}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.hint().unwrap().contains("backup list"), "{:?}", error.hint());
    }
    let project = moziplus::app::projects::get(&board.app, &board.project).await.unwrap();
    assert_eq!((project.status, project.tasks_summary.unwrap()["pending"]), ("active", 1));
    let left = std::fs::read_dir(root.backups().join("sales")).unwrap().count();
    assert_eq!(left, 1, "nothing was moved aside");
    restore(&board, copy, true).await.unwrap();
}

fn overwrite(path: &std::path::Path, at: u64, bytes: &[u8]) {
    use std::os::unix::fs::FileExt;
    std::fs::OpenOptions::new().write(true).open(path).unwrap().write_all_at(bytes, at).unwrap();
}

async fn restore(
    board: &Board,
    copy: std::path::PathBuf,
    force: bool,
) -> Result<moziplus::app::projects::ProjectView, moziplus::app::AppError> {
    backups::restore(&board.app, &board.project, copy, force, &person()).await
}

#[tokio::test]
async fn a_fresh_database_does_not_use_the_numbers_of_tasks_that_left_files() {
    let board = Board::new().await;
    std::fs::create_dir_all(board.app.root().task_artifacts(&board.project, "t-7".parse().unwrap())).unwrap();
    let file = board.app.root().blackboard(&board.project);
    let board = board.restarted_after(|| std::fs::remove_file(&file).unwrap()).await;
    assert_eq!(board.task("next").await.id.to_string(), "t-8");
}

#[tokio::test]
async fn a_database_that_is_replaced_while_in_use_takes_no_write() {
    let board = Board::new().await;
    let store = board.app.project(&board.project).unwrap().store.clone();
    store.check().unwrap();
    let file = board.app.root().blackboard(&board.project);
    std::fs::rename(&file, file.with_extension("away")).unwrap();
    assert!(store.check().is_err());
    let new = moziplus::model::task::NewTask { title: "lost".into(), ..Default::default() };
    let refused = board.create(new).await.unwrap_err();
    assert_eq!(refused.code(), "quarantined");
    assert!(refused.hint().unwrap().contains("backup restore"), "{:?}", refused.hint());
    moziplus::app::projects::quarantine(&board.app, &board.project, "it is gone".into()).await;
    let refused = board.app.project(&board.project).err().unwrap();
    assert_eq!(refused.to_string(), "project sales is quarantined: it is gone");
}

#[tokio::test]
async fn a_loop_that_dies_is_started_again_and_health_says_so() {
    let board = Board::new().await;
    let stop = CancellationToken::new();
    let keeper = Keeper::new(board.app.clone(), stop.clone());
    let (first, done) = (Arc::new(AtomicBool::new(true)), stop.clone());
    keeper.keep("test", move || {
        let (is_first, stop) = (first.swap(false, Ordering::Relaxed), done.clone());
        async move {
            assert!(!is_first, "the first one dies, as it should");
            stop.cancel();
            Ok::<_, std::convert::Infallible>(())
        }
    });
    keeper.finish(Duration::from_secs(30)).await;
    assert!(stop.is_cancelled(), "it was not started again");
    let health = board.app.control().health().loops["test"].clone();
    assert_eq!((health.restarts, health.last_error), (1, None));
}
