//! A task's way through the verbs, as people see it.

use super::{redacted, served};
use crate::support::daemon::Root;

/// Runs a command line as this agent and answers with what it shows.
fn shown(root: &Root, agent: &str, line: &str) -> String {
    let args: Vec<_> = line.split(' ').map(|word| word.replace('_', " ")).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    redacted(root, &root.cli_as(&[("MOZIPLUS_AGENT", agent)], &args))
}

#[test]
fn a_task_from_creation_to_approval() {
    let root = served();
    let dev = |line: &str| shown(&root, "zhangfei-dev", line);
    let reviewer = |line: &str| shown(&root, "simayi-challenger", line);
    let person = |line: &str| shown(&root, "human", line);
    let mut story = String::new();
    let mut tell = |text: String| story.push_str(&format!("{text}\n"));
    tell(person("blackboard create --title Write_the_report --priority 8 --type document --truth sums_agree"));
    tell(dev("blackboard claim --task t-1"));
    tell(dev("blackboard start --task 1"));
    tell(dev("blackboard output --task t-1 --title report.md --text all_figures --type document"));
    tell(dev("blackboard comment --task t-1 --body done_soon --mention simayi-challenger"));
    tell(dev("blackboard observe --task t-1 --body slow_disk --severity warning"));
    tell(dev("blackboard decide --task t-1 --decision use_May --rationale complete"));
    tell(dev("blackboard learn --task t-1 --tags figures,May --lesson sum_twice"));
    tell(dev("blackboard complete --task t-1 --summary report_written"));
    tell(reviewer("blackboard review --task t-1 --verdict approved --confidence 0.95 --issue minor:_a_typo"));
    insta::assert_snapshot!(story, @"");
    insta::assert_snapshot!(person("blackboard read"), @"");
}

#[test]
fn a_file_of_the_project_is_registered_where_it_lies() {
    let root = served();
    let task = root.cli(["blackboard", "create", "--title", "A"]).ok().out.trim().to_owned();
    root.cli(["blackboard", "claim", "--task", &task]).ok();
    let inside = root.path().join(format!("projects/demo/artifacts/{task}/data.bin"));
    std::fs::create_dir_all(inside.parent().unwrap()).unwrap();
    std::fs::write(&inside, [0xff, 0x00, 0xfe]).unwrap();
    let path = inside.display().to_string();
    let output = root.cli(["--json", "blackboard", "output", "--task", &task, "--title", "data", "--path", &path]);
    let output = output.ok().json();
    assert_eq!(output["path"], format!("artifacts/{task}/data.bin"));
    assert_eq!(output["size_bytes"], 3);

    let outside = root.path().join("note.md");
    std::fs::write(&outside, "a note").unwrap();
    let path = outside.display().to_string();
    let uploaded = root.cli(["--json", "blackboard", "output", "--task", &task, "--title", "note.md", "--path", &path]);
    assert_eq!(uploaded.ok().json()["path"], format!("artifacts/{task}/outputs/note.md"));
}

#[test]
fn groups_show_tables() {
    let root = served();
    insta::assert_snapshot!(shown(&root, "human", "project list"), @"");
    insta::assert_snapshot!(shown(&root, "human", "project show demo"), @"");
    insta::assert_snapshot!(shown(&root, "human", "agent list"), @"");
    insta::assert_snapshot!(shown(&root, "human", "agent sessions"), @"");
    insta::assert_snapshot!(shown(&root, "human", "script check"), @"");
}
