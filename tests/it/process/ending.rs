//! Ending processes: with a grace, with force, and with everything that descends from them.

use std::time::{Duration, Instant};

use moziplus::process::identity::{self, RECORDS_TREE};

use super::{Stopped, Yard, is_there, until};

const LONG: Duration = Duration::from_secs(600);

#[tokio::test]
async fn a_process_that_listens_ends_within_its_grace() {
    let mut yard = Yard::new();
    yard.sh(1, "trap 'echo bye; exit 7' TERM; echo $$ > ready; while :; do sleep 0.05; done").await;
    yard.pid_in("ready").await;
    yard.terminate(1, LONG).await;
    assert_eq!(yard.end(1).await, (Some(7), None));
    assert_eq!(yard.file(1, "stdout.log"), "bye\n");
    // Once more, and for what never was: nothing happens.
    yard.terminate(1, LONG).await;
    yard.terminate(99, LONG).await;
}

#[tokio::test]
async fn a_process_that_does_not_listen_is_killed_after_its_grace() {
    let mut yard = Yard::new();
    yard.sh(1, "trap '' TERM; echo $$ > ready; while :; do sleep 0.05; done").await;
    yard.pid_in("ready").await;
    let start = Instant::now();
    yard.terminate(1, Duration::from_millis(300)).await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGKILL)));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_shorter_grace_replaces_a_longer_one() {
    let mut yard = Yard::new();
    yard.sh(1, "trap '' TERM; echo $$ > ready; while :; do sleep 0.05; done").await;
    yard.pid_in("ready").await;
    yard.terminate(1, LONG).await;
    yard.terminate(1, Duration::ZERO).await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGKILL)));
}

#[tokio::test]
async fn the_whole_group_is_gone_after_the_end() {
    let mut yard = Yard::new();
    let stubborn = "sh -c 'trap \"\" TERM; echo $$ > grandchild; while :; do sleep 0.05; done' &";
    yard.sh(1, &format!("{stubborn} echo $$ > child; exec sleep 60")).await;
    let (grandchild, child) = (yard.pid_in("grandchild").await, yard.pid_in("child").await);
    yard.terminate(1, LONG).await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGTERM)));
    // By the time the end is told, nothing is left.
    assert!(!is_there(child) && !is_there(grandchild));
}

#[tokio::test]
async fn what_a_process_leaves_behind_ends_with_it() {
    let mut yard = Yard::new();
    yard.sh(1, "sleep 60 & echo $! > left; exit 5").await;
    assert_eq!(yard.end(1).await, (Some(5), None));
    assert!(!is_there(yard.pid_in("left").await));
}

/// Starts a descendant that leaves group and session, as daemons do, and whose parent ends.
const ESCAPE: &str = "setsid sh -c 'trap \"\" TERM; echo $$ > escaped; while :; do sleep 0.05; done' & wait_for() { \
                      while [ ! -s escaped ]; do sleep 0.01; done; }; wait_for;";

#[tokio::test]
async fn a_descendant_that_left_the_group_is_gone_too() {
    if RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let mut yard = Yard::new();
    yard.sh(1, &format!("{ESCAPE} exec sleep 60")).await;
    let escaped = yard.pid_in("escaped").await;
    yard.terminate(1, Duration::from_millis(100)).await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGTERM)));
    until(|| !is_there(escaped)).await;
}

#[tokio::test]
async fn a_descendant_that_left_the_group_does_not_outlive_an_ordinary_end() {
    if RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let mut yard = Yard::new();
    yard.sh(1, &format!("{ESCAPE} exit 0")).await;
    let escaped = yard.pid_in("escaped").await;
    assert_eq!(yard.end(1).await, (Some(0), None));
    assert!(!is_there(escaped));
}

/// The same, by one that also hides: nothing in its environment tells whose it is.
const HIDE: &str = "env -i PATH=\"$PATH\" setsid sh -c 'cd /; trap \"\" TERM; exec >/dev/null 2>&1; \
                    echo $$ > \"$0/escaped\"; while :; do sleep 0.05; done' \"$PWD\" & \
                    while [ ! -s escaped ]; do sleep 0.01; done;";

#[tokio::test]
async fn a_descendant_that_hides_is_gone_too() {
    if RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let mut yard = Yard::new();
    // Another attempt runs, so that it might be that one's.
    yard.sh(2, "exec sleep 60").await;
    yard.sh(1, &format!("{HIDE} exec sleep 60")).await;
    let escaped = yard.pid_in("escaped").await;
    yard.terminate(1, Duration::from_millis(100)).await;
    let exit = yard.exit(1).await;
    assert_eq!((exit.signal, exit.left), (Some(nix::libc::SIGTERM), vec![]));
    assert!(!is_there(escaped), "by the time the end is told, nothing is left");
    yard.terminate(2, Duration::ZERO).await;
    yard.exit(2).await;
}

#[tokio::test]
async fn a_hidden_orphan_goes_with_the_last_attempt() {
    if RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let mut yard = Yard::new();
    yard.sh(2, "exec sleep 60").await;
    yard.sh(1, &format!("{HIDE} exit 0")).await;
    let escaped = yard.pid_in("escaped").await;
    assert_eq!(yard.end(1).await, (Some(0), None));
    yard.terminate(2, Duration::ZERO).await;
    yard.exit(2).await;
    assert!(!is_there(escaped));
}

#[tokio::test]
async fn a_stopped_process_hears_that_it_is_to_end() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, "trap 'exit 7' TERM; echo $$ > ready; while :; do sleep 0.05; done").await;
    yard.pid_in("ready").await;
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGSTOP).unwrap();
    yard.terminate(1, LONG).await;
    assert_eq!(yard.end(1).await, (Some(7), None));
}

#[tokio::test]
async fn ending_one_leaves_the_others_alone() {
    let mut yard = Yard::new();
    yard.sh(1, "exec sleep 60").await;
    let other = yard.sh(2, "exec sleep 60").await;
    yard.terminate(1, LONG).await;
    yard.exit(1).await;
    assert!(is_there(other));
    yard.terminate(2, LONG).await;
    yard.exit(2).await;
}

#[tokio::test]
async fn orphans_are_reaped_while_their_ancestor_runs() {
    let mut yard = Yard::new();
    yard.sh(1, "sh -c 'sleep 0.05 & echo $! > orphan'; exec sleep 60").await;
    let orphan = yard.pid_in("orphan").await;
    // A zombie would still have an entry.
    until(|| identity::entry(orphan).is_ok_and(|entry| entry.is_none())).await;
    yard.terminate(1, LONG).await;
    yard.exit(1).await;
}

#[tokio::test]
async fn a_process_that_is_ended_while_it_starts_ends() {
    let mut yard = Yard::new();
    let warm = yard.supervisor.list().await;
    assert!(warm.is_ok());
    for number in 1..=20 {
        let spec = yard.spec(number, "exec sleep 60");
        let (started, ()) = tokio::join!(yard.supervisor.spawn(spec), async {
            yard.terminate(number, Duration::ZERO).await;
        });
        started.unwrap();
        // Whether it came before or after the start, a second time makes sure.
        yard.terminate(number, Duration::ZERO).await;
        let (code, signal) = yard.end(number).await;
        assert!(code.is_none() && signal.is_some(), "{code:?} {signal:?}");
    }
}

#[tokio::test]
async fn a_tree_is_ended_while_its_supervisor_stands_still() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, "sh -c 'trap \"\" TERM; echo $$ > child; while :; do sleep 0.05; done' & wait").await;
    let child = yard.pid_in("child").await;
    let stopped = Stopped::supervisors_of(&yard);
    yard.terminate(1, Duration::from_millis(200)).await;
    let exit = yard.exit(1).await;
    assert_eq!((exit.code, exit.signal, exit.tree_gone()), (None, None, Some(true)), "{exit:?}");
    assert!(!is_there(pid) && !is_there(child));
    drop(stopped);
    // It goes on as if nothing had happened, and has seen the end itself.
    yard.supervisor.forget(&super::id(1)).await;
    yard.sh(2, "exit 3").await;
    assert_eq!(yard.end(2).await, (Some(3), None));
}

#[tokio::test]
async fn a_new_daemon_ends_a_tree_whose_supervisor_stands_still() {
    let yard = Yard::new();
    let pid = yard.sh(1, "exec sleep 600").await;
    let stopped = Stopped::supervisors_of(&yard);
    let mut yard = yard.restart();
    assert!(yard.supervisor.list().await.is_err());
    assert_eq!(yard.supervisor.pids().await, stopped.0);
    yard.terminate(1, Duration::from_millis(200)).await;
    assert_eq!(yard.exit(1).await.tree_gone(), Some(true));
    assert!(!is_there(pid));
    // Nothing tells of a process that never was.
    yard.terminate(2, Duration::ZERO).await;
    assert!(yard.exits.try_recv().is_err());
}
