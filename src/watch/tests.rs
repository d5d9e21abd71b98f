//! Folders that change under the watcher's eyes.

use std::{fs, path::Path};

use super::*;

/// Waits for the next change; the time allowed is far over what is promised, so that a busy machine fails no test.
async fn next(changes: &mut watch::Receiver<Arc<Change>>) -> Arc<Change> {
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.expect("no change seen").unwrap();
    changes.borrow_and_update().clone()
}

/// Saves in one step, as a look between two steps of a plain write would see two changes.
fn save(file: &Path, text: &str) {
    let new = file.with_extension("tmp");
    fs::write(&new, text).unwrap();
    fs::rename(new, file).unwrap();
}

fn watching(folder: &Path, poll: Duration) -> (Watch, watch::Receiver<Arc<Change>>) {
    let watch = Watch::start(Spec { poll, ..Spec::new(vec![folder.to_owned()], vec!["yaml"]) }).unwrap();
    let changes = watch.changes();
    (watch, changes)
}

#[tokio::test]
async fn saves_renames_and_removals_are_seen_and_touches_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, "1").unwrap();
    let (_watch, mut changes) = watching(folder.path(), Duration::from_millis(50));
    save(&file, "2");
    assert_eq!(next(&mut changes).await.files, std::slice::from_ref(&file));
    save(&file, "3");
    assert_eq!(next(&mut changes).await.files, std::slice::from_ref(&file));
    save(&file, "3");
    fs::write(folder.path().join(".swap.yaml"), "x").unwrap();
    fs::write(folder.path().join("other.txt"), "x").unwrap();
    fs::remove_file(&file).unwrap();
    let change = next(&mut changes).await;
    assert_eq!((change.generation, change.files.as_slice()), (3, [file].as_slice()));
}

#[tokio::test]
async fn folders_may_come_later_and_be_replaced() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("scripts");
    let (watch, mut changes) = watching(&folder, Duration::from_millis(50));
    fs::create_dir_all(folder.join("deep")).unwrap();
    save(&folder.join("deep/a.yaml"), "1");
    assert_eq!(next(&mut changes).await.files, [folder.join("deep/a.yaml")]);
    fs::rename(&folder, base.path().join("old")).unwrap();
    assert_eq!(next(&mut changes).await.files, [folder.join("deep/a.yaml")]);
    fs::create_dir(&folder).unwrap();
    save(&folder.join("b.yaml"), "1");
    assert_eq!(next(&mut changes).await.files, [folder.join("b.yaml")]);
    watch.set_folders(vec![base.path().join("old")]);
    let files = next(&mut changes).await.files.clone();
    assert_eq!(files, [base.path().join("old/deep/a.yaml"), folder.join("b.yaml")]);
}

#[tokio::test]
async fn a_link_that_leads_nowhere_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let (_watch, mut changes) = watching(folder.path(), Duration::from_millis(50));
    let link = folder.path().join("a.yaml");
    std::os::unix::fs::symlink("nowhere", &link).unwrap();
    assert_eq!(next(&mut changes).await.files, std::slice::from_ref(&link));
    save(&folder.path().join("nowhere"), "1");
    assert_eq!(next(&mut changes).await.files, [link]);
}

#[tokio::test]
async fn notifications_alone_are_quick_enough() {
    let folder = tempfile::tempdir().unwrap();
    let (_watch, mut changes) = watching(folder.path(), Duration::from_secs(3600));
    // The first look happened before `start` returned; notifications begin with the thread, so keep writing until
    // one arrives.
    for text in 0.. {
        fs::write(folder.path().join("a.yaml"), text.to_string()).unwrap();
        if tokio::time::timeout(Duration::from_millis(300), changes.changed()).await.is_ok() {
            break;
        }
        assert!(text < 30, "never notified");
    }
}

#[tokio::test]
async fn a_dropped_watch_ends_its_thread() {
    let folder = tempfile::tempdir().unwrap();
    let (watch, mut changes) = watching(folder.path(), Duration::from_millis(20));
    drop(watch);
    let ended = async { while changes.changed().await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(10), ended).await.expect("the thread still runs");
}
