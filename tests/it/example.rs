//! The shipped example, run as a user runs it: the real binary, real agents, to the end.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

/// Far more than it takes, for a machine that builds something else meanwhile.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs the almanac below a folder until its tasks are final, and answers with status and output.
#[expect(clippy::disallowed_methods, reason = "this starts the program under test, as a person would")]
fn run_almanac(folder: &Path) -> (ExitStatus, String) {
    let log = folder.join("run.log");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/almanac/run.sh");
    let mut child = Command::new("bash")
        .arg(script)
        .args(["--bin", env!("CARGO_BIN_EXE_moziplus"), "--once", "--root"])
        .arg(folder.join("root"))
        .env("MOZIPLUS_DEMO_PACE", "0")
        .stdout(File::create(&log).unwrap())
        .stderr(File::options().append(true).open(&log).unwrap())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return (status, fs::read_to_string(log).unwrap());
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("the example did not end:\n{}", fs::read_to_string(log).unwrap());
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The newest file of this name below a folder.
fn find(folder: &Path, name: &str) -> PathBuf {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let found = files.map(walkdir::DirEntry::into_path).find(|path| path.ends_with(Path::new("outputs").join(name)));
    found.unwrap_or_else(|| panic!("no output {name}"))
}

#[test]
fn the_almanac_is_written_reviewed_and_argued_about() {
    let folder = tempfile::tempdir().unwrap();
    let (status, said) = run_almanac(folder.path());
    assert!(status.success(), "{said}");
    assert!(!folder.path().join("root/run/daemon.json").exists(), "the daemon was left behind:\n{said}");

    let artifacts = folder.path().join("root/projects/almanac/artifacts");
    let report = fs::read_to_string(find(&artifacts, "report.md")).unwrap();
    for fact in ["Traffic grew by 275.9 %", "1097.75 up to 1898 and 849.97 after", "24 whole cycles lasted 11.04 years"]
    {
        assert!(report.contains(fact), "{fact} is missing in the report:\n{report}");
    }
    // The defects were found and mended, and the doubt was decided about.
    assert!(report.contains("1958: twelve values were persons"), "{report}");
    assert!(report.contains("How long is a sunspot cycle? accepted as it is"), "{report}");
    assert!(find(&artifacts, "manifest.txt").is_file());

    let row = |title: &str| said.lines().rfind(|line| line.ends_with(title)).unwrap_or_default();
    assert!(row("Read the air traffic file").contains("round 3"), "{said}");
    assert!(row("The report").contains("round 2"), "{said}");
    for event in ["review_submitted", "rebuttal_submitted", "escalated", "experience_learned"] {
        assert!(said.contains(event), "no {event} in:\n{said}");
    }
}
