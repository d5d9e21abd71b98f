//! A task's way through the verbs, as people see it.

use super::{redacted, served};
use crate::support::daemon::{Root, wait_for};

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
    insta::assert_snapshot!(story, @r"
    t-1
    t-1 is claimed by zhangfei-dev
    token TOKEN
    t-1 is working
    output #1 on t-1: artifacts/t-1/outputs/report.md (11 B)
    comment #1 on t-1
    observation #1 on t-1
    decision #1 on t-1
    experience #1 on t-1
    t-1 is in review
    review #1 round 1 by simayi-challenger: approved (confidence 0.95)  AGE
      #1 minor: a typo
    ");
    wait_for("the hook to accept it", || person("blackboard read --status done").contains("t-1"));
    insta::assert_snapshot!(person("blackboard read"), @r"
    ID   STATUS  PRIO  ASSIGNEE      TITLE             UPDATED
    t-1  done       8  zhangfei-dev  Write the report  AGE
    ");
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
    let lines = ["project list", "agent list", "agent sessions", "script check --project demo", "backup list"];
    let story: Vec<_> = lines.iter().map(|line| format!("$ {line}\n{}", shown(&root, "human", line))).collect();
    insta::assert_snapshot!(story.join("\n"), @r"
    $ project list
    ID    NAME  STATUS  TASKS
    demo  Demo  active  no tasks
    $ agent list
    ID                 NAME               ROLE         CAPABILITIES  RUNNER  SPENT TODAY
    pangtong-fujunshi  pangtong-fujunshi  coordinator                -                 -
    simayi-challenger  simayi-challenger  reviewer                   -                 -
    zhangfei-dev       zhangfei-dev       executor     code          -                 -
    $ agent sessions
    no sessions
    $ script check --project demo
    built-in/distillation.rhai: ok
    built-in/escalation.rhai: ok
    built-in/guardrail.rhai: ok
    built-in/notify.rhai: ok
    built-in/outcome.rhai: ok
    built-in/tick.rhai: ok
    built-in/webhook.rhai: ok
    built-in/zombie.rhai: ok
    $ backup list
    no backups yet
    ");
}

#[test]
fn an_overridden_script_is_found_checked_and_faulted() {
    let root = served();
    let copied = root.cli(["script", "override", "escalation", "--project", "demo"]).ok();
    assert_eq!(copied.out, "wrote projects/demo/scripts/escalation.rhai\n");
    let again = root.cli(["script", "override", "escalation", "--project", "demo"]);
    assert_eq!(again.code, 4, "{again:?}");

    let file = root.path().join("projects/demo/scripts/escalation.rhai");
    let path = file.display().to_string();
    root.cli(["script", "check", &path]).ok();
    std::fs::write(&file, "fn on_review(review, task, ctx) {\n    revise(task.idd)\n}\n").unwrap();
    let broken = root.cli(["script", "check", &path]);
    assert_eq!(broken.code, 1, "{broken:?}");
    assert!(broken.out.contains("escalation.rhai:2:"), "{broken:?}");

    let written = root.cli(["script", "new", "jobs.weekly"]).ok();
    assert_eq!(written.out, "wrote scripts/jobs/weekly.rhai\n");
    assert_eq!(root.cli(["script", "new", "jobs.weekly"]).code, 4);
}

#[test]
fn a_backup_is_made_proved_and_restored() {
    let root = served();
    root.cli(["blackboard", "create", "--title", "Before"]).ok();
    let made = root.cli(["--json", "backup", "run", "--project", "demo"]).ok().json();
    let path = made["items"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(root.cli(["backup", "verify", &path]).ok().out, format!("{path} is sound\n"));
    root.cli(["blackboard", "create", "--title", "After"]).ok();
    assert_eq!(root.cli(["backup", "restore", &path, "--project", "demo"]).code, 4, "only by force");
    root.cli(["backup", "restore", &path, "--project", "demo", "--force"]).ok();
    let items = root.cli(["--json", "blackboard", "read"]).ok().json();
    assert_eq!(items["items"].as_array().unwrap().len(), 1);
}
