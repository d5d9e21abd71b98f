//! Starts the process of an attempt, inside the supervisor.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Seek, Write},
    os::unix::{fs::DirBuilderExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use nix::{
    libc,
    unistd::{AccessFlags, access},
};

use super::{
    adopt::{self, PROCESS_FILE, ProcessRecord},
    identity::Identity,
    limits,
    output::{Log, Meter},
    pipes::{Ends, PipeFolder, PipeName, Pipes},
    spec::{NONCE_VARIABLE, SpawnError, SpawnSpec},
    terminate,
};

/// Where programs are looked for when the given environment has no PATH.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// A process that runs, with what the supervisor needs to look after it.
#[derive(Debug)]
pub(super) struct Started {
    pub(super) record: ProcessRecord,
    pub(super) pipes: Pipes,
    pub(super) log: Log,
    pub(super) meter: Arc<Meter>,
}

/// Starts the process and writes `process.json`. Blocks until the program runs, but nothing is flushed to disk on the
/// way. Needs a tokio runtime.
pub(super) fn start(
    spec: &SpawnSpec,
    folder: &PipeFolder,
    name: PipeName,
    now: DateTime<Utc>,
) -> Result<Started, SpawnError> {
    let (program, argv0) = program(spec)?;
    let meter = Arc::new(Meter::default());
    let log = open_log(spec, &meter)?;
    let stdin = stdin(spec.stdin.as_deref(), &folder.0).map_err(|error| SpawnError::files(&folder.0, &error))?;
    let Ends { stdout, stderr, pipes } = folder.ends(&name).map_err(|error| SpawnError::files(&folder.0, &error))?;
    let mut command = command(spec, &program, argv0);
    command.stdin(stdin).stdout(stdout).stderr(stderr);
    limits::hold_to(&mut command, spec.limits);
    let pid = run(&mut command).map_err(|error| limits::blame(&error, spec.limits, || exec_error(argv0, &error)))?;
    // It holds the process's ends of the pipes; while they are open the pipes have no end.
    drop(command);
    let record = record(spec, pid, name, now).inspect_err(|_| {
        // A process without a record would be lost: better none.
        if let Err(error) = terminate::kill_group(pid) {
            tracing::warn!(pid, %error, "failed to kill a process that could not be recorded");
        }
    })?;
    Ok(Started { record, pipes, log, meter })
}

fn record(spec: &SpawnSpec, pid: i32, pipes: PipeName, now: DateTime<Utc>) -> Result<ProcessRecord, SpawnError> {
    let identity = Identity::of(pid, &spec.nonce).map_err(|error| SpawnError::from_io(&error))?;
    // Not reaped yet, so it exists even if it has ended.
    let identity = identity.ok_or_else(|| SpawnError::Other { reason: format!("process {pid} has no identity") })?;
    let record = ProcessRecord {
        attempt: spec.attempt.clone(),
        pid,
        identity,
        nonce: spec.nonce.clone(),
        started_at: now,
        log_limit_bytes: spec.log_limit_bytes,
        pipes: Some(pipes),
    };
    adopt::write(&spec.dir, PROCESS_FILE, &record).map_err(|error| SpawnError::files(&spec.dir, &error))?;
    Ok(record)
}

fn open_log(spec: &SpawnSpec, meter: &Arc<Meter>) -> Result<Log, SpawnError> {
    let open = || Log::open(&spec.dir, spec.log_limit_bytes, false, Arc::clone(meter));
    let opened = open().or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            DirBuilder::new().recursive(true).mode(0o700).create(&spec.dir)?;
            open()
        }
        _ => Err(error),
    });
    opened.map_err(|error| SpawnError::files(&spec.dir, &error))
}

/// Standard input is a file without a name: it needs nobody to feed it and survives the supervisor.
fn stdin(bytes: Option<&[u8]>, folder: &Path) -> io::Result<Stdio> {
    let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else { return Ok(Stdio::null()) };
    let mut file: File = tempfile::tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(Stdio::from(file))
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that starts the processes of attempts")]
fn command(spec: &SpawnSpec, program: &Path, argv0: &str) -> Command {
    let mut command = Command::new(program);
    command.arg0(argv0).args(&spec.argv[1..]).current_dir(&spec.cwd).process_group(0);
    command.env_clear().envs(spec.env.iter().map(|(name, value)| (name, value))).env(NONCE_VARIABLE, &spec.nonce);
    command
}

/// The standard library's child handle is dropped: the supervisor reaps all children itself, by pid.
fn run(command: &mut Command) -> io::Result<i32> {
    command.spawn().map(|child| child.id().cast_signed())
}

fn exec_error(program: &str, error: &io::Error) -> SpawnError {
    let program = program.to_owned();
    match error.raw_os_error() {
        Some(libc::ENOEXEC) => SpawnError::NotExecutable {
            program,
            reason: "it is neither a program of this machine nor a script with a #! line".to_owned(),
        },
        // The file was found, so the interpreter in its first line is meant.
        Some(libc::ENOENT) => {
            SpawnError::NotExecutable { program, reason: "its interpreter does not exist".to_owned() }
        }
        Some(libc::EACCES | libc::EISDIR | libc::ETXTBSY) => {
            SpawnError::NotExecutable { program, reason: error.to_string() }
        }
        _ => SpawnError::from_io(error),
    }
}

/// Finds the program, and tells apart what `exec` reports as one error. Answers with its path and its given name.
fn program(spec: &SpawnSpec) -> Result<(PathBuf, &str), SpawnError> {
    let Some(given) = spec.argv.first().filter(|program| !program.is_empty()) else {
        return Err(SpawnError::Invalid { reason: "the command is empty".to_owned() });
    };
    if !spec.cwd.is_dir() {
        return Err(SpawnError::CwdMissing { cwd: spec.cwd.clone() });
    }
    // As in the environment of the process, the last one wins.
    let path = spec.env.iter().rev().find(|(name, _)| name == "PATH").map_or(DEFAULT_PATH, |(_, value)| value);
    let folders: Vec<&str> = if given.contains('/') { vec![""] } else { path.split(':').collect() };
    let mut refused = None;
    for folder in folders {
        let candidate = spec.cwd.join(folder).join(given);
        match fs::metadata(&candidate) {
            Ok(metadata) if metadata.is_file() && access(&candidate, AccessFlags::X_OK).is_ok() => {
                return Ok((candidate, given));
            }
            Ok(metadata) => {
                refused.get_or_insert(if metadata.is_file() { "no permission to run it" } else { "it is not a file" });
            }
            Err(_) => {}
        }
    }
    Err(match refused {
        Some(reason) => SpawnError::NotExecutable { program: given.clone(), reason: reason.to_owned() },
        None => SpawnError::ProgramNotFound { program: given.clone() },
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn spec(argv: &[&str], cwd: &Path) -> SpawnSpec {
        SpawnSpec {
            attempt: "sales.t-1.1".parse().unwrap(),
            dir: cwd.join("archive"),
            argv: argv.iter().map(|&arg| arg.to_owned()).collect(),
            cwd: cwd.to_owned(),
            env: vec![("PATH".to_owned(), "/nowhere:/usr/bin:/bin".to_owned())],
            stdin: None,
            nonce: "nonce".to_owned(),
            log_limit_bytes: 1000,
            limits: crate::model::agent::Limits::default(),
        }
    }

    #[test]
    fn programs_are_found_as_a_shell_would() {
        let dir = tempfile::tempdir().unwrap();
        let cwd = dir.path();
        assert!(program(&spec(&["sh"], cwd)).unwrap().0.ends_with("bin/sh"));
        assert_eq!(program(&spec(&["/bin/sh"], cwd)).unwrap(), (PathBuf::from("/bin/sh"), "/bin/sh"));
        let missing = program(&spec(&["no-such-program"], cwd)).unwrap_err();
        assert_eq!(missing.to_string(), "program `no-such-program` not found");

        fs::write(cwd.join("tool"), "#!/bin/sh\n").unwrap();
        let refused = program(&spec(&["./tool"], cwd)).unwrap_err();
        assert!(matches!(refused, SpawnError::NotExecutable { .. }), "{refused}");
        fs::set_permissions(cwd.join("tool"), fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(program(&spec(&["./tool"], cwd)).unwrap(), (cwd.join("./tool"), "./tool"));

        assert!(matches!(program(&spec(&[], cwd)), Err(SpawnError::Invalid { .. })));
        let nowhere = program(&spec(&["sh"], &cwd.join("gone"))).unwrap_err();
        assert_eq!(nowhere, SpawnError::CwdMissing { cwd: cwd.join("gone") });
    }

    #[test]
    fn system_errors_keep_their_meaning() {
        let error = |code| SpawnError::files(Path::new("/x"), &io::Error::from_raw_os_error(code));
        assert_eq!(error(libc::EMFILE), SpawnError::TooManyFiles);
        assert!(matches!(error(libc::ENOSPC), SpawnError::Files { .. }));
        let exec = |code| exec_error("tool", &io::Error::from_raw_os_error(code));
        assert!(matches!(exec(libc::EAGAIN), SpawnError::TooManyProcesses { .. }));
        assert!(matches!(exec(libc::E2BIG), SpawnError::Invalid { .. }));
        assert!(matches!(exec(libc::ENOENT), SpawnError::NotExecutable { .. }));
    }
}
