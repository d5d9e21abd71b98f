//! Starting processes: what they get, what is kept of what they print, why they do not start.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use moziplus::process::{
    SpawnError,
    adopt::{Found, look},
};

use super::{Yard, happens, id, until};

#[tokio::test]
async fn a_process_gets_what_it_was_given_and_its_end_is_told() {
    let mut yard = Yard::new();
    let mut spec = yard.spec(1, "cat; echo \"$GREETING in $PWD\"; echo oops >&2; env | cut -d= -f1 | sort >&2; exit 3");
    spec.env.push(("GREETING".to_owned(), "你好".to_owned()));
    spec.stdin = Some("the prompt\n".repeat(20_000).into_bytes());
    let spawned = yard.supervisor.spawn(spec).await.unwrap();
    assert!(spawned.identity.contains(&format!("/{}/", spawned.pid)), "{}", spawned.identity);
    assert_eq!(yard.end(1).await, (Some(3), None));

    let stdout = yard.file(1, "stdout.log");
    assert_eq!(stdout.lines().filter(|line| *line == "the prompt").count(), 20_000);
    let cwd = fs::canonicalize(yard.root.path()).unwrap();
    assert!(stdout.ends_with(&format!("你好 in {}\n", cwd.display())), "{stdout}");
    let output = yard.file(1, "output.log");
    assert!(output.contains("oops\n") && output.contains("the prompt\n"));
    // The two streams arrive in pieces, so a line of one may be cut by the other; the names come last and whole.
    let is_name = |line: &&str| !line.is_empty() && line.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    // The shell adds these by itself.
    let shells = ["PWD", "OLDPWD", "SHLVL", "_"];
    let names: Vec<&str> = output.lines().filter(is_name).filter(|name| !shells.contains(name)).collect();
    assert_eq!(names, ["GREETING", "MOZIPLUS_NONCE", "PATH"], "and nothing of the supervisor's own");
    for name in ["output.log", "stdout.log", "process.json", "exit.json"] {
        let mode = fs::metadata(yard.dir(1).join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let Ok(Found::Exited(exit)) = look(&yard.dir(1)) else { panic!("an exit record") };
    assert_eq!((exit.code, exit.signal), (Some(3), None));
}

#[tokio::test]
async fn a_signal_is_told_as_a_signal() {
    let mut yard = Yard::new();
    yard.sh(1, "kill -USR1 $$").await;
    assert_eq!(yard.end(1).await, (None, Some(nix::libc::SIGUSR1)));
}

#[tokio::test]
async fn an_exit_is_listed_until_it_is_forgotten() {
    let mut yard = Yard::new();
    let pid = yard.sh(1, "echo hello; read never; exec sleep 60 </dev/null").await;
    assert_eq!(yard.supervisor.list().await.unwrap()[0].exit, None);
    until_output(&yard, 6).await;
    let listed = yard.supervisor.list().await.unwrap().remove(0);
    assert_eq!((listed.attempt, listed.pid, listed.adopted), (id(1), pid, false));
    assert!(listed.last_output_at.unwrap() >= listed.started_at);

    yard.supervisor.forget(&id(1)).await;
    assert_eq!(yard.supervisor.list().await.unwrap().len(), 1, "what runs cannot be forgotten");
    yard.terminate(1, Duration::ZERO).await;
    yard.exit(1).await;
    assert!(yard.supervisor.list().await.unwrap()[0].exit.is_some());
    yard.supervisor.forget(&id(1)).await;
    assert!(yard.supervisor.list().await.unwrap().is_empty());
}

async fn until_output(yard: &Yard, bytes: u64) {
    loop {
        if yard.supervisor.list().await.unwrap()[0].output_bytes >= bytes {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_flood_of_output_is_cut_and_does_not_stop_the_process() {
    let mut yard = Yard::new();
    let mut spec = yard.spec(1, "echo first; head -c 20000000 /dev/zero | tr '\\0' 'x'; echo; echo last");
    spec.log_limit_bytes = 100_000;
    yard.supervisor.spawn(spec).await.unwrap();
    assert_eq!(yard.end(1).await, (Some(0), None));
    for name in ["output.log", "stdout.log"] {
        let log = yard.file(1, name);
        assert!(log.len() <= 100_000, "{name}: {}", log.len());
        assert!(log.starts_with("first\n") && log.ends_with("\nlast\n"), "{name}");
        assert!(log.contains("\n[moziplus: log cut here, over 100000 bytes"), "{name}");
    }
    assert!(yard.supervisor.list().await.unwrap()[0].output_bytes > 20_000_000);
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let yard = Yard::new();
    let mut spec = yard.spec(1, "");
    spec.argv = vec!["no-such-program".to_owned()];
    let error = yard.supervisor.spawn(spec).await.unwrap_err();
    assert_eq!(error, SpawnError::ProgramNotFound { program: "no-such-program".to_owned() });

    let mut spec = yard.spec(1, "true");
    spec.cwd = yard.root.path().join("gone");
    assert!(matches!(yard.supervisor.spawn(spec).await, Err(SpawnError::CwdMissing { .. })));

    fs::write(yard.root.path().join("tool"), "no program").unwrap();
    let mut spec = yard.spec(1, "");
    spec.argv = vec!["./tool".to_owned()];
    assert!(matches!(yard.supervisor.spawn(spec.clone()).await, Err(SpawnError::NotExecutable { .. })));
    fs::set_permissions(yard.root.path().join("tool"), fs::Permissions::from_mode(0o700)).unwrap();
    assert!(matches!(yard.supervisor.spawn(spec).await, Err(SpawnError::NotExecutable { .. })));

    let mut spec = yard.spec(1, "true");
    spec.argv.push("x".repeat(4_000_000));
    assert!(matches!(yard.supervisor.spawn(spec).await, Err(SpawnError::Invalid { .. })));

    let mut spec = yard.spec(1, "true");
    spec.dir = yard.root.path().join("tool/below");
    assert!(matches!(yard.supervisor.spawn(spec).await, Err(SpawnError::Files { .. })));
    assert!(yard.supervisor.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn without_a_supervisor_program_the_error_says_so() {
    let yard = Yard::new();
    let mut options = super::options(yard.root.path());
    options.binary = "/no/such/moziplus".into();
    let supervisor = moziplus::process::Supervisor::new(options.clone());
    let error = supervisor.spawn(yard.spec(1, "true")).await.unwrap_err();
    assert!(matches!(&error, SpawnError::SupervisorGone { reason } if reason.contains("No such file")), "{error}");
    assert!(supervisor.list().await.unwrap().is_empty(), "asking needs no supervisor");

    options.binary = "/bin/true".into();
    let error = moziplus::process::Supervisor::new(options).spawn(yard.spec(1, "true")).await.unwrap_err();
    assert!(matches!(error, SpawnError::SupervisorGone { .. }), "{error}");
}

#[tokio::test]
async fn starting_twice_starts_once() {
    let mut yard = Yard::new();
    let spec = yard.spec(1, "echo started >> count; exec sleep 60");
    let (one, two) = tokio::join!(yard.supervisor.spawn(spec.clone()), yard.supervisor.spawn(spec.clone()));
    assert_eq!(one.unwrap(), two.unwrap());
    let mut other = spec;
    other.nonce = "another".to_owned();
    assert!(matches!(yard.supervisor.spawn(other).await, Err(SpawnError::AlreadyStarted)));
    let count = yard.root.path().join("count");
    until(|| fs::read_to_string(&count).is_ok_and(|text| text == "started\n")).await;
    yard.terminate(1, Duration::ZERO).await;
    yard.exit(1).await;
    assert_eq!(fs::read_to_string(count).unwrap(), "started\n");
}

#[tokio::test]
async fn many_at_once_are_all_told() {
    let mut yard = Yard::new();
    let specs = (1..=100).map(|n| yard.spec(n, &format!("echo {n}; exit {}", n % 7)));
    let started = futures_util::future::join_all(specs.map(|spec| yard.supervisor.spawn(spec))).await;
    assert!(started.iter().all(Result::is_ok), "{started:?}");
    let mut codes = std::collections::BTreeMap::new();
    while codes.len() < 100 {
        let exit = tokio::time::timeout(super::PATIENCE, yard.exits.recv()).await.unwrap().unwrap();
        assert_eq!(yard.file(exit.attempt.number, "stdout.log"), format!("{}\n", exit.attempt.number));
        codes.insert(exit.attempt.number, exit.code.unwrap());
    }
    assert!(codes.iter().all(|(n, code)| i64::from(*code) == n % 7));
}

#[tokio::test]
async fn an_unused_supervisor_ends_and_cleans_up() {
    let mut yard = Yard::new();
    yard.sh(1, "true").await;
    yard.exit(1).await;
    let pid = yard.supervisors()[0];
    assert!(super::is_there(pid));
    let run = yard.root.path().join("run");
    let (root, supervisor) = (yard.root, yard.supervisor);
    drop(supervisor);
    assert!(happens(|| !super::is_there(pid)).await, "it ends by itself");
    let left: Vec<String> =
        fs::read_dir(run).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains(&pid.to_string())), "{left:?}");
    assert_eq!(fs::read_dir(root.path().join("run/pipes")).unwrap().count(), 0);
}
