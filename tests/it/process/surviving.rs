//! Processes outlive the daemon and even their supervisor, and are found again.

use std::{fs, time::Duration};

use moziplus::process::{
    SpawnError, Supervisor,
    adopt::{Found, look},
    identity::RECORDS_TREE,
};

use super::{Yard, id, is_there, kill_hard, options, until};

/// Runs until the file `go` appears, then prints and exits with 4.
const WAITS: &str = "echo before; while [ ! -e go ]; do sleep 0.02; done; echo after; exit 4";

/// Says a word, waits for `go`, and then prints a lot.
const WAITS_TO_TALK: &str =
    "echo before; while [ ! -e go ]; do sleep 0.02; done; head -c 200000 /dev/zero | tr '\\0' x;";

fn go(yard: &Yard) {
    fs::write(yard.root.path().join("go"), "").unwrap();
}

#[tokio::test]
async fn the_supervisor_belongs_to_nobody() {
    let yard = Yard::new();
    let pid = yard.sh(1, WAITS).await;
    let supervisor = yard.supervisors()[0];
    let entry = |pid| moziplus::process::identity::entry(pid).unwrap().unwrap();
    assert_eq!(entry(pid).parent, supervisor);
    assert_eq!(entry(pid).group, pid, "a group of its own");
    assert_ne!(entry(supervisor).parent, std::process::id().cast_signed());
    let session = nix::unistd::getsid(Some(nix::unistd::Pid::from_raw(supervisor))).unwrap();
    assert_eq!(session.as_raw(), supervisor, "a session of its own");
}

#[tokio::test]
async fn a_new_daemon_learns_the_exit_of_a_process_that_an_older_one_started() {
    let yard = Yard::new();
    let pid = yard.sh(1, WAITS).await;
    let mut yard = yard.restart();
    let listed = yard.supervisor.list().await.unwrap();
    assert_eq!((listed[0].pid, listed[0].adopted, &listed[0].exit), (pid, false, &None));
    go(&yard);
    assert_eq!(yard.end(1).await, (Some(4), None));
    assert_eq!(yard.file(1, "stdout.log"), "before\nafter\n");
}

#[tokio::test]
async fn an_exit_while_no_daemon_was_there_is_told_to_the_next() {
    let yard = Yard::new();
    let pid = yard.sh(1, WAITS).await;
    let Yard { root, supervisor, .. } = yard;
    drop(supervisor);
    fs::write(root.path().join("go"), "").unwrap();
    until(|| !is_there(pid)).await;
    let supervisor = Supervisor::new(options(root.path()));
    let exits = supervisor.exits();
    let mut yard = Yard { root, supervisor, exits };
    // Whether its supervisor still waits to be asked or has ended since, the exit is known.
    let found = yard.supervisor.adopt(&id(1), yard.dir(1), yard.nonce(1)).await.unwrap();
    if matches!(found, Found::Running(_)) {
        assert_eq!(yard.end(1).await, (Some(4), None));
    }
    let Ok(Found::Exited(exit)) = look(&yard.dir(1)) else { panic!("an exit record") };
    assert_eq!(exit.code, Some(4));
}

#[tokio::test]
async fn a_process_lives_on_when_its_supervisor_is_killed() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, WAITS).await;
    until(|| yard.file(1, "stdout.log") == "before\n").await;
    let first = yard.supervisors()[0];
    kill_hard(first);
    until(|| !is_there(first)).await;
    assert!(is_there(pid));
    let Ok(Found::Running(record)) = look(&yard.dir(1)) else { panic!("it runs") };
    assert_eq!(record.pid, pid);

    // The handle notices by itself and has a new supervisor look after the process.
    until(|| yard.supervisors().iter().any(|pid| *pid != first)).await;
    let listed = yard.supervisor.list().await.unwrap();
    assert_eq!((listed.len(), listed[0].pid, listed[0].adopted), (1, pid, true));
    go(&yard);
    assert_eq!(yard.end(1).await, (None, None), "nobody could see how it ended");
    assert_eq!(yard.file(1, "stdout.log"), "before\nafter\n", "but nothing of what it printed is lost");
    assert!(matches!(look(&yard.dir(1)), Ok(Found::Exited(_))));
}

#[tokio::test]
async fn an_adopted_process_can_be_ended_with_its_descendants() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, "sh -c 'trap \"\" TERM; echo $$ > grandchild; while :; do sleep 0.05; done' & wait").await;
    let grandchild = yard.pid_in("grandchild").await;
    kill_hard(yard.supervisors()[0]);
    yard.terminate(1, Duration::from_millis(200)).await;
    assert_eq!(yard.end(1).await, (None, None));
    until(|| !is_there(pid) && !is_there(grandchild)).await;
}

/// Leaves the group and its parents, and nothing in its environment tells whose it is.
const LOST: &str = "(env -i PATH=\"$PATH\" setsid sh -c 'cd /; trap \"\" TERM; exec >/dev/null 2>&1; \
                    echo $$ > \"$0/lost\"; while :; do sleep 0.05; done' \"$PWD\" &); \
                    while [ ! -s lost ]; do sleep 0.01; done;";

#[tokio::test]
async fn a_hidden_descendant_outlives_no_attempt_whose_supervisor_died() {
    if RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let mut yard = Yard::new();
    yard.sh(1, &format!("{LOST} exec sleep 60")).await;
    let lost = yard.pid_in("lost").await;
    // Somebody has looked, as every second, and has written it down.
    until(|| std::fs::read_to_string(yard.dir(1).join("tree.json")).is_ok_and(|all| all.contains(&lost.to_string())))
        .await;
    kill_hard(yard.supervisors()[0]);
    yard.terminate(1, Duration::from_millis(200)).await;
    assert_eq!(yard.end(1).await, (None, None));
    until(|| !is_there(lost)).await;
}

#[tokio::test]
async fn a_hidden_descendant_that_prints_is_found_by_its_pipe_though_nobody_saw_it_leave() {
    if RECORDS_TREE {
        return; // The system does not tell who writes where.
    }
    let mut yard = Yard::new();
    // As fast as it can: nobody has looked yet when the supervisor dies, and nothing but its output tells whose it is.
    let hidden = "(env -i PATH=\"$PATH\" setsid sh -c 'cd /; trap \"\" TERM; echo $$ > \"$0/lost\"; \
                  while :; do sleep 0.05; done' \"$PWD\" &); exec sleep 60";
    yard.sh(1, hidden).await;
    let lost = yard.pid_in("lost").await;
    kill_hard(yard.supervisors()[0]);
    yard.terminate(1, Duration::from_millis(200)).await;
    assert_eq!(yard.end(1).await, (None, None));
    until(|| !is_there(lost)).await;
}

#[tokio::test]
async fn a_new_daemon_adopts_a_process_whose_supervisor_died_with_the_old_daemon() {
    let yard = Yard::new();
    let pid = yard.sh(1, WAITS).await;
    yard.sh(2, "exec sleep 0.01").await;
    kill_hard(yard.supervisors()[0]);
    let mut yard = yard.restart();
    let Ok(Found::Running(record)) = yard.supervisor.adopt(&id(1), yard.dir(1), yard.nonce(1)).await else {
        panic!("it runs")
    };
    assert_eq!(record.pid, pid);
    until(|| !matches!(look(&yard.dir(2)), Ok(Found::Running(_)))).await;
    assert!(!matches!(yard.supervisor.adopt(&id(2), yard.dir(2), yard.nonce(2)).await, Ok(Found::Running(_))));
    assert_eq!(yard.supervisor.adopt(&id(3), yard.dir(3), yard.nonce(3)).await.unwrap(), Found::Vanished);
    go(&yard);
    assert_eq!(yard.end(1).await, (None, None));
}

#[tokio::test]
async fn a_daemon_of_another_version_brings_its_own_supervisor() {
    let Yard { root, supervisor: old_daemon, .. } = Yard::new();
    let mut newer = options(root.path());
    newer.version = "999.0.0".to_owned();
    let supervisor = Supervisor::new(newer);
    let exits = supervisor.exits();
    let mut yard = Yard { root, supervisor, exits };
    let pid = old_daemon.spawn(yard.spec(1, WAITS)).await.unwrap().pid;
    drop(old_daemon);
    let old = yard.supervisors()[0];

    let second = yard.sh(2, WAITS).await;
    let mut both: Vec<i32> = yard.supervisor.list().await.unwrap().iter().map(|state| state.pid).collect();
    both.sort_unstable();
    let mut expected = vec![pid, second];
    expected.sort_unstable();
    assert_eq!(both, expected);
    assert_eq!(yard.supervisors().len(), 2);
    assert!(is_there(old), "the old one stays for its last child");

    go(&yard);
    assert_eq!(yard.end(1).await, (Some(4), None));
    until(|| !is_there(old)).await;
    assert_eq!(yard.supervisors().len(), 1);
}

/// Puts the program into the root, as an upgrade does: beside the old one, then by rename.
fn install(yard: &Yard) -> std::path::PathBuf {
    let (fresh, program) = (yard.root.path().join("moziplus.new"), yard.root.path().join("moziplus"));
    fs::copy(env!("CARGO_BIN_EXE_moziplus"), &fresh).unwrap();
    fs::rename(&fresh, &program).unwrap();
    program
}

/// A daemon of the program that is installed takes over.
fn restart_installed(yard: &mut Yard) {
    let binary = yard.root.path().join("moziplus");
    let options = moziplus::process::Options { binary, ..options(yard.root.path()) };
    yard.supervisor = Supervisor::new(options);
    yard.exits = yard.supervisor.exits();
}

#[tokio::test]
async fn a_replaced_binary_brings_its_own_supervisor() {
    let mut yard = Yard::new();
    install(&yard);
    restart_installed(&mut yard);
    install(&yard);
    // This daemon has no supervisor yet: what it starts is the new program, and it stays with that.
    let pid = yard.sh(1, WAITS).await;
    let first = yard.supervisors();
    yard.sh(2, "exit 0").await;
    yard.exit(2).await;
    yard.supervisor.forget(&id(2)).await;
    assert_eq!((first.len(), yard.supervisors()), (1, first.clone()));

    install(&yard);
    restart_installed(&mut yard);
    assert_eq!(yard.supervisor.list().await.unwrap()[0].pid, pid);
    let second = yard.sh(3, WAITS).await;
    assert_eq!(yard.supervisors().len(), 2, "the old one keeps its last child");
    let parent = |pid| moziplus::process::identity::entry(pid).unwrap().unwrap().parent;
    assert!(parent(pid) == first[0] && parent(second) != first[0]);
    go(&yard);
    let mut ends = std::collections::BTreeMap::new();
    while ends.len() < 2 {
        let exit = tokio::time::timeout(super::PATIENCE, yard.exits.recv()).await.unwrap().unwrap();
        ends.insert(exit.attempt.number, exit.code);
    }
    assert_eq!(ends, [(1, Some(4)), (3, Some(4))].into());
    until(|| !is_there(first[0])).await;
}

#[tokio::test]
async fn what_is_left_of_a_process_that_nobody_saw_end_is_ended() {
    if moziplus::process::identity::RECORDS_TREE {
        return; // Such a descendant is found by chance there.
    }
    let yard = Yard::new();
    let pid = yard.sh(1, "setsid sh -c 'trap \"\" TERM; echo $$ > left; while :; do sleep 0.05; done' & wait").await;
    let left = yard.pid_in("left").await;
    kill_hard(yard.supervisors()[0]);
    kill_hard(pid);
    until(|| !is_there(pid)).await;
    // Also when the daemon went with them, and the record of the process was never written.
    fs::remove_file(yard.dir(1).join("process.json")).unwrap();
    let mut yard = yard.restart();
    assert!(is_there(left));
    let found = yard.supervisor.adopt(&id(1), yard.dir(1), yard.nonce(1)).await.unwrap();
    assert!(matches!(found, Found::Running(_)), "{found:?}");
    assert_eq!(yard.end(1).await, (None, None));
    assert!(!is_there(left));
}

#[tokio::test]
async fn a_process_whose_start_nobody_wrote_down_is_found_by_its_nonce() {
    if moziplus::process::identity::RECORDS_TREE {
        return; // Environments cannot be read there.
    }
    let yard = Yard::new();
    // More than a pipe holds, so that it would wait for ever if nobody took it.
    let pid = yard.sh(1, &format!("{WAITS_TO_TALK} {WAITS}")).await;
    until(|| yard.file(1, "stdout.log").starts_with("before\n")).await;
    kill_hard(yard.supervisors()[0]);
    fs::remove_file(yard.dir(1).join("process.json")).unwrap();
    let mut yard = yard.restart();
    let found = yard.supervisor.adopt(&id(1), yard.dir(1), yard.nonce(1)).await.unwrap();
    let Found::Running(record) = found else { panic!("{found:?}") };
    assert_eq!(record.pid, pid);
    assert!(yard.dir(1).join("process.json").exists(), "it is written down now");
    go(&yard);
    assert_eq!(yard.end(1).await, (None, None));
    assert_eq!(yard.file(1, "stdout.log").len(), "before\n".len() * 2 + 200_000 + "after\n".len());
}

#[tokio::test]
async fn a_root_with_a_very_long_path_works() {
    let mut yard = Yard::new();
    let deep = yard.root.path().join("d".repeat(150));
    fs::create_dir_all(deep.join("run")).unwrap();
    yard.supervisor = Supervisor::new(options(&deep));
    yard.exits = yard.supervisor.exits();
    yard.sh(1, "exit 6").await;
    assert_eq!(yard.end(1).await, (Some(6), None));
}

#[tokio::test]
async fn many_daemons_at_once_share_one_supervisor() {
    let yard = Yard::new();
    let handles: Vec<Supervisor> = (0..4).map(|_| Supervisor::new(options(yard.root.path()))).collect();
    let starts = handles.iter().enumerate().map(|(n, handle)| handle.spawn(yard.spec(n as i64 + 1, "exit 0")));
    let started = futures_util::future::join_all(starts).await;
    assert!(started.iter().all(Result::is_ok), "{started:?}");
    assert_eq!(yard.supervisors().len(), 1);
}

#[tokio::test]
async fn a_start_that_its_supervisor_does_not_survive_happens_once_at_most() {
    let mut yard = Yard::new();
    yard.sh(100, "true").await;
    yard.exit(100).await;
    for number in 1..=10 {
        let spec = yard.spec(number, &format!("echo started >> count-{number}; exit 0"));
        let supervisor = yard.supervisors();
        let (started, ()) = tokio::join!(yard.supervisor.spawn(spec), async {
            // At another moment of the start each time.
            tokio::time::sleep(Duration::from_micros(200 * number.unsigned_abs())).await;
            supervisor.into_iter().filter(|pid| is_there(*pid)).for_each(kill_hard);
        });
        match started {
            Ok(_) => drop(yard.exit(number).await),
            Err(SpawnError::SupervisorGone { .. }) => {}
            Err(error) => panic!("{number}: {error}"),
        }
        let count = fs::read_to_string(yard.root.path().join(format!("count-{number}"))).unwrap_or_default();
        assert!(count.lines().count() <= 1, "{number}");
    }
}

#[tokio::test]
async fn processes_of_a_deleted_root_end() {
    let yard = Yard::new();
    let pid = yard.sh(1, "exec sleep 600").await;
    let supervisor = yard.supervisors()[0];
    fs::remove_dir_all(yard.root.path()).unwrap();
    drop(yard);
    until(|| !is_there(pid) && !is_there(supervisor)).await;
}

#[tokio::test]
async fn a_start_that_nobody_waits_for_any_more_is_not_carried_out() {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

    let yard = Yard::new();
    yard.sh(1, WAITS).await;
    let socket = fs::read_dir(yard.root.path().join("run")).unwrap().flatten().map(|entry| entry.path());
    let socket = socket.into_iter().find(|path| path.extension().is_some_and(|end| end == "sock")).unwrap();
    let mut stream = BufReader::new(tokio::net::UnixStream::connect(socket).await.unwrap());
    let mut answers = Vec::new();
    // As after a stop: the machine was up for a millisecond when somebody still waited for the first.
    for (number, until) in [(2, serde_json::json!(1)), (3, serde_json::Value::Null)] {
        let spec = serde_json::to_value(yard.spec(number, "exit 0")).unwrap();
        let line = serde_json::json!({"id": number, "op": {"spawn": spec}, "until": until}).to_string();
        stream.write_all(format!("{line}\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        tokio::time::timeout(super::PATIENCE, stream.read_line(&mut answer)).await.unwrap().unwrap();
        answers.push(answer);
    }
    assert!(answers[0].contains("the request lay too long"), "{answers:?}");
    assert!(!yard.dir(2).join("output.log").exists());
    assert!(answers[1].contains("spawned"), "{answers:?}");
    go(&yard);
}
