//! `skill`, `experience` and `search`, with the built program; and the commands that the shipped skills show.

use std::fs;

use clap::Parser;
use moziplus::cli::Cli;

use super::root;

#[test]
fn a_skill_is_imported_approved_and_exported_as_it_was() {
    let root = root();
    let text = "---\nname: read-csv\ndescription: Reads CSV files.\n---\n# Reading CSV\n\nCount first.\n";
    root.write("elsewhere/read-csv/SKILL.md", text);
    root.write("elsewhere/read-csv/scripts/count.py", "print(1)\n");
    let from = root.path().join("elsewhere/read-csv").display().to_string();
    let imported = root.cli(["skill", "import", &from, "--tags", "csv"]).ok();
    assert_eq!(imported.out, "read-csv is draft, version 1 (skills/custom/read-csv)\n");
    root.cli(["skill", "approve", "read-csv", "--reason", "read it"]).ok();
    let list = root.cli(["skill", "list"]).ok().out;
    assert!(list.lines().any(|line| line.starts_with("read-csv") && line.contains("active")), "{list}");
    assert!(root.cli(["skill", "show", "read-csv"]).ok().out.contains("Count first."));
    let to = root.path().join("out").display().to_string();
    root.cli(["skill", "export", "read-csv", "--out", &to]).ok();
    assert_eq!(fs::read_to_string(root.path().join("out/read-csv/SKILL.md")).unwrap(), text);
    assert_eq!(fs::read_to_string(root.path().join("out/read-csv/scripts/count.py")).unwrap(), "print(1)\n");
    assert_eq!(root.cli(["skill", "export", "read-csv", "--out", &to]).code, 4);
}

#[test]
fn a_shipped_skill_is_overridden_for_one_project() {
    let root = root();
    root.cli(["skill", "override", "code_review", "--project", "demo"]).ok();
    assert!(root.path().join("projects/demo/skills/code_review/SKILL.md").is_file());
    assert_eq!(root.cli(["skill", "override", "code_review", "--project", "demo"]).code, 4);
    let shown = root.cli(["skill", "show", "code_review", "--project", "demo", "--json"]).ok().json();
    assert_eq!(shown["skill"]["level"], "project");
    assert_eq!(root.cli(["skill", "deprecate", "code_review"]).code, 4);
    root.cli(["skill", "deprecate", "code_review", "--project", "demo"]).ok();
    root.write("projects/demo/skills/code_review/SKILL.md", "---\nname: [\n---\nx\n");
    let list = root.cli(["skill", "list", "--project", "demo"]).ok().out;
    assert!(list.contains("broken: projects/demo/skills/code_review/SKILL.md:"), "{list}");
}

#[test]
fn lessons_and_tasks_are_found_by_their_words() {
    let root = root();
    root.cli(["blackboard", "create", "--title", "统计销售数据", "--description", "Count the CSV ledger"]).ok();
    root.cli(["blackboard", "learn", "--task", "t-1", "--tags", "csv", "--lesson", "Ledgers repeat keys"]).ok();
    let found = root.cli(["search", "销售"]).ok().out;
    assert_eq!(found, "demo t-1 pending  统计销售数据\n  Count the CSV ledger\n");
    let found = root.cli(["search", "ledger", "--kind", "experience"]).ok().out;
    assert!(found.contains("Ledgers repeat keys"), "{found}");
    assert_eq!(root.cli(["search", "nothing-like-it"]).ok().out, "nothing found\n");
    let lessons = root.cli(["experience", "list"]).ok().out;
    assert!(lessons.contains("Ledgers repeat keys") && lessons.contains("active"), "{lessons}");
    root.cli(["experience", "deprecate", "1"]).ok();
    assert_eq!(root.cli(["experience", "list", "--json"]).ok().json()["items"][0]["status"], "deprecated");
}

/// Every command that the shipped skills show is one that the program takes.
#[test]
fn the_commands_of_the_shipped_skills_are_right() {
    let mut count = 0;
    for skill in ["blackboard_operations", "code_review", "data_validation"] {
        let path = format!("{}/skills/builtins/{skill}/SKILL.md", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines().filter_map(|line| line.trim().strip_prefix("\"$MOZIPLUS_BIN\" ")) {
            let words = words(line);
            let parsed = Cli::try_parse_from(std::iter::once("moziplus".to_owned()).chain(words));
            assert!(parsed.is_ok(), "{skill}: {line}\n{}", parsed.unwrap_err());
            count += 1;
        }
    }
    assert!(count > 20, "{count} commands were found");
}

/// Words as a shell sees them; a variable stands for a task.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.replace("$MOZIPLUS_TASK", "t-1").chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    assert!(!quoted, "{line}");
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
