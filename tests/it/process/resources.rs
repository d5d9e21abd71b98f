//! What processes use, what they may use, and what becomes of the supervisor when it is short of something itself.

use std::{fs, time::Duration};

use moziplus::{
    model::agent::Limits,
    process::{
        SpawnError, SpawnSpec,
        adopt::{self, Found, look},
        identity::RECORDS_TREE,
    },
};

use super::{Yard, happens, id, is_there, kill_hard, until};

/// Some tenths of a second of processor time.
const BURN: &str = "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done";

impl Yard {
    fn limited(&self, number: i64, limits: Limits, script: &str) -> SpawnSpec {
        SpawnSpec { limits, ..self.spec(number, script) }
    }
}

#[tokio::test]
async fn what_a_process_has_used_is_told_with_its_end() {
    let mut yard = Yard::new();
    // 50 MB in a child of the main process, and some work in the main process.
    let script = format!("head -c 50000000 /dev/zero | tail -c 50000000 | wc -c; {BURN}");
    yard.sh(1, &script).await;
    let usage = yard.exit(1).await.usage.expect("it was seen");
    assert!((100..60_000).contains(&usage.cpu_milliseconds), "{usage:?}");
    assert!((50_000_000..2_000_000_000).contains(&usage.peak_memory_bytes), "{usage:?}");
    assert!(usage.wall_milliseconds >= usage.cpu_milliseconds / 4, "{usage:?}");
    let Ok(Found::Exited(record)) = look(&yard.dir(1)) else { panic!("an exit record") };
    assert_eq!(record.usage, Some(usage));
    assert!(record.left.is_empty());
}

#[tokio::test]
async fn a_heartbeat_tells_how_it_is_doing_and_survives_the_supervisor() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, "echo hello; sleep 600 & wait").await;
    let dir = yard.dir(1);
    assert!(happens(|| adopt::heartbeat(&dir).is_ok_and(|beat| beat.is_some())).await);
    let beat = adopt::heartbeat(&dir).unwrap().unwrap();
    assert_eq!((beat.processes, beat.output_bytes, beat.last_output_at.is_some()), (2, 6, true), "{beat:?}");
    assert!(beat.memory_bytes > 0 && beat.usage.peak_memory_bytes >= beat.memory_bytes, "{beat:?}");

    // Nobody sees the end, and yet it is known what was used.
    let first = yard.supervisors()[0];
    kill_hard(first);
    until(|| yard.supervisors().iter().any(|pid| *pid != first)).await;
    until(|| !is_there(first)).await;
    let listed = yard.supervisor.list().await.unwrap().remove(0);
    assert!(listed.adopted && listed.usage.wall_milliseconds >= beat.usage.wall_milliseconds, "{listed:?}");
    assert_eq!((listed.output_bytes, listed.last_output_at), (6, beat.last_output_at));
    kill_hard(pid);
    let exit = yard.exit(1).await;
    assert_eq!((exit.code, exit.signal), (None, None));
    assert!(exit.usage.unwrap().peak_memory_bytes >= beat.usage.peak_memory_bytes);
}

#[tokio::test]
async fn a_program_is_held_to_its_limits_from_its_first_instruction_on() {
    let mut yard = Yard::new();
    let limits = Limits { memory_bytes: Some(1 << 30), files: Some(77), processes: Some(4000), cpu_seconds: Some(600) };
    let script = "ulimit -n; ulimit -Hn; ulimit -v; ulimit -t; ulimit -Ht; ulimit -c";
    yard.supervisor.spawn(yard.limited(1, limits, script)).await.unwrap();
    assert_eq!(yard.end(1).await, (Some(0), None));
    assert_eq!(yard.file(1, "stdout.log"), "77\n77\n1048576\n600\n605\n0\n");

    // And one without limits is as the supervisor itself.
    yard.sh(2, "ulimit -n; ulimit -v; ulimit -t").await;
    yard.exit(2).await;
    let told = yard.file(2, "stdout.log");
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].parse::<u64>().is_ok_and(|files| files >= 1024) || lines[0] == "unlimited", "{told}");
    assert_eq!(lines[1..], ["unlimited", "unlimited"]);
}

#[tokio::test]
async fn what_goes_beyond_a_limit_fails_and_nothing_else_does() {
    let mut yard = Yard::new();
    let cpu = Limits { cpu_seconds: Some(1), ..Limits::default() };
    yard.supervisor.spawn(yard.limited(1, cpu, "while :; do :; done")).await.unwrap();
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGXCPU)));
    let files = Limits { files: Some(16), ..Limits::default() };
    let script = "for i in 3 4 5 6 7 8 9; do eval \"exec $i</dev/null\" || exit 3; done; \
                  python3 -c 'import os\nfor _ in range(20): os.open(\"/dev/null\", 0)' 2>&1 | tail -1";
    yard.supervisor.spawn(yard.limited(2, files, script)).await.unwrap();
    yard.exit(2).await;
    assert!(yard.file(2, "stdout.log").contains("Too many open files"), "{}", yard.file(2, "output.log"));
    if RECORDS_TREE {
        return; // macOS takes a limit of memory and does not enforce it.
    }
    let memory = Limits { memory_bytes: Some(64 << 20), ..Limits::default() };
    let script = "head -c 300000000 /dev/zero | tail -c 200000000 >/dev/null";
    yard.supervisor.spawn(yard.limited(3, memory, script)).await.unwrap();
    assert_eq!(yard.end(3).await.0, Some(1), "{}", yard.file(3, "output.log"));
    // Too little to start at all.
    let none = Limits { memory_bytes: Some(4096), ..Limits::default() };
    match yard.supervisor.spawn(yard.limited(4, none, "true")).await {
        Ok(_) => assert!(yard.exit(4).await.signal.is_some(), "the system ends it while it becomes the program"),
        Err(error) => assert!(matches!(error, SpawnError::Invalid { .. }), "{error}"),
    }
    yard.sh(5, "exit 0").await;
    assert_eq!(yard.end(5).await, (Some(0), None));
}

/// Sets how many files a running process may have open.
#[expect(clippy::disallowed_methods, reason = "a tool of the system, which only Linux has")]
fn allow_files(pid: i32, files: u64) {
    let limit = [format!("--pid={pid}"), format!("--nofile={files}:4096")];
    assert!(std::process::Command::new("prlimit").args(limit).status().unwrap().success());
}

#[tokio::test]
async fn a_supervisor_without_file_descriptors_says_so_and_loses_nothing() {
    if RECORDS_TREE {
        return; // There is no way to take them from a running process there.
    }
    let mut yard = Yard::new();
    let stubborn = "trap '' TERM; echo $$ > ready; while :; do sleep 0.05; done";
    let pid = yard.sh(1, &format!("(trap '' TERM; echo $$ > child; while :; do sleep 0.05; done) & {stubborn}")).await;
    yard.pid_in("ready").await;
    let waits = yard.sh(2, "while [ ! -e go ]; do sleep 0.02; done; echo late; exit 4").await;
    let supervisor = yard.supervisors()[0];
    let open = fs::read_dir(format!("/proc/{supervisor}/fd")).unwrap().count() as u64;
    allow_files(supervisor, open);

    for number in 10..14 {
        let refused = yard.supervisor.spawn(yard.spec(number, "true")).await;
        assert_eq!(refused, Err(SpawnError::TooManyFiles), "{number}");
    }
    // What runs is not hurt, its end and its output are told, and a tree is ended as ever.
    fs::write(yard.root.path().join("go"), "").unwrap();
    assert_eq!(yard.end(2).await, (Some(4), None));
    assert_eq!(yard.file(2, "stdout.log"), "late\n");
    assert!(!is_there(waits));
    yard.terminate(1, Duration::from_millis(100)).await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGKILL)));
    assert!(!is_there(pid));

    allow_files(supervisor, 1024);
    yard.sh(3, "exit 3").await;
    assert_eq!(yard.end(3).await, (Some(3), None));
    assert_eq!(yard.supervisors(), [supervisor], "it is still the same one");
}
