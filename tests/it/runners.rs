//! What the real programs print: samples of their runs against a stub model (`make test-runners` makes such runs), read
//! as the daemon reads them.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use moziplus::{
    agent::{
        outcome::{self, End, Exit},
        output,
    },
    model::task::Trigger,
};

fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runners/samples");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn what_the_programs_print_is_understood() {
    let now: DateTime<Utc> = "2026-11-27T14:30:00Z".parse().unwrap();
    let names = [
        ("claude.json", 0),
        ("claude-stream.jsonl", 0),
        ("claude-limit.jsonl", 1),
        ("claude-login.jsonl", 1),
        ("codex.jsonl", 0),
        ("codex-limit.jsonl", 1),
        ("gemini.json", 0),
        ("gemini-stream.jsonl", 0),
        ("opencode.jsonl", 0),
        ("opencode-login.jsonl", 1),
    ];
    let mut table = String::new();
    for (name, code) in names {
        let text = sample(name);
        let report = output::read(text.as_bytes());
        assert!(report.is_known, "{name}");
        let end = End {
            kind: Trigger::Execute,
            ending: None,
            spawn_error: None,
            exit: Exit::Code(code),
            has_answered: false,
            log_tail: &text,
            report: &report,
        };
        let verdict = outcome::of(&end, now, &Utc);
        let usage = report.usage.unwrap_or_default();
        let spend = usage.spend();
        table += &format!(
            "{name:<22}in {} ({} cached) out {} cost {} model {} session {} text {:?}\n{:<22}{} {}\n",
            spend.tokens_in,
            spend.tokens_cached,
            spend.tokens_out,
            spend.cost_micros,
            usage.model.as_deref().unwrap_or("-"),
            if usage.session.is_some() { "known" } else { "-" },
            report.text.unwrap_or_default(),
            "",
            verdict.outcome,
            verdict.detail,
        );
    }
    insta::assert_snapshot!(table, @"");
}
