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
#[expect(clippy::too_many_lines, reason = "a table")]
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
    insta::assert_snapshot!(table, @r#"
    claude.json           in 2400 (400 cached) out 68 cost 9440 model claude-opus-5-5 session known text "fine"
                          no_result exit code 0, and nothing on the blackboard
    claude-stream.jsonl   in 2400 (400 cached) out 68 cost 9440 model claude-opus-5-5 session known text "all done"
                          no_result exit code 0, and nothing on the blackboard
    claude-limit.jsonl    in 0 (0 cached) out 0 cost 0 model <synthetic> session known text "API Error: Request rejected (429) · You have hit your limit, resets 3pm (UTC)"
                          quota_exceeded exit code 1: API Error: Request rejected (429) · You have hit your limit, resets 3pm (UTC) (HTTP 429)
    claude-login.jsonl    in 0 (0 cached) out 0 cost 0 model <synthetic> session known text "Invalid API key · Fix external API key"
                          auth_failed exit code 1: Invalid API key · Fix external API key (HTTP 401)
    codex.jsonl           in 2400 (400 cached) out 68 cost 0 model - session known text "all done"
                          no_result exit code 0, and nothing on the blackboard
    codex-limit.jsonl     in 0 (0 cached) out 0 cost 0 model - session known text ""
                          rate_limited exit code 1: exceeded retry limit, last status: 429 Too Many Requests
    gemini.json           in 8400 (1400 cached) out 238 cost 0 model stub-1 session known text "all done"
                          no_result exit code 0, and nothing on the blackboard
    gemini-stream.jsonl   in 8400 (1400 cached) out 238 cost 0 model auto session known text ""
                          no_result exit code 0, and nothing on the blackboard
    opencode.jsonl        in 2400 (400 cached) out 68 cost 2136 model - session known text "all done"
                          no_result exit code 0, and nothing on the blackboard
    opencode-login.jsonl  in 0 (0 cached) out 0 cost 0 model - session known text ""
                          auth_failed exit code 1: invalid api key (HTTP 401)
    "#);
}
