use super::*;

/// What a program's output comes to, in a line.
fn line(name: &str, stdout: &str) -> String {
    let report = read(stdout.as_bytes());
    let Usage { tokens_in, tokens_out, tokens_cached, cost_micros, model, session } =
        report.usage.clone().unwrap_or_default();
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    format!(
        "{name:<16}in {tokens_in} ({tokens_cached} cached) out {tokens_out} cost {cost_micros} {} {} text {:?} error {:?}{}\n",
        or_none(model),
        or_none(session),
        report.text.as_deref().unwrap_or_default(),
        report.error.as_deref().unwrap_or_default(),
        if report.fell_back { " fell back" } else { "" },
    )
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_program_is_understood() {
    let table: String = [
        (
            "own",
            "noise\n{\"moziplus_usage\": {\"tokens_in\": 5, \"tokens_out\": 1}}\n{\"moziplus_usage\": {\"tokens_in\": 9, \"tokens_out\": 2, \"cost\": 0.01}}",
        ),
        (
            "own result",
            r#"{"moziplus_result": {"outcome": "rate_limited", "detail": "later", "usage": {"tokens_in": 3}, "session": "s"}}"#,
        ),
        (
            "claude json",
            r#"{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"s-1","total_cost_usd":0.0123,"usage":{"input_tokens":3,"cache_creation_input_tokens":10,"cache_read_input_tokens":100,"output_tokens":7},"modelUsage":{"big":{"inputTokens":3,"outputTokens":7,"cacheReadInputTokens":100,"cacheCreationInputTokens":10},"small":{"inputTokens":20,"outputTokens":1}}}"#,
        ),
        (
            "claude stream",
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s-2\",\"model\":\"big\"}\n\
             {\"type\":\"assistant\",\"session_id\":\"s-2\",\"message\":{\"id\":\"m1\",\"model\":\"big\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\
             {\"type\":\"assistant\",\"session_id\":\"s-2\",\"message\":{\"id\":\"m1\",\"content\":[],\"usage\":{\"input_tokens\":10,\"output_tokens\":4}}}\n\
             {\"type\":\"assistant\",\"session_id\":\"s-2\",\"message\":{\"id\":\"m2\",\"content\":[],\"usage\":{\"input_tokens\":20,\"output_tokens\":5}}}\n",
        ),
        (
            "claude error",
            r#"{"type":"result","subtype":"error_during_execution","is_error":true,"session_id":"s-3","errors":["no such model"]}"#,
        ),
        (
            "codex",
            "{\"type\":\"thread.started\",\"thread_id\":\"t-1\"}\n{\"type\":\"turn.started\"}\n\
             {\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":\"agent_message\",\"text\":\"done\"}}\n\
             {\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":50,\"cached_input_tokens\":20,\"output_tokens\":6}}\n",
        ),
        ("codex error", r#"{"type":"turn.failed","error":{"message":"usage limit"}}"#),
        (
            "gemini",
            "{\n  \"session_id\": \"g-1\",\n  \"response\": \"done\",\n  \"stats\": {\"models\": {\"pro\": {\"tokens\": {\"prompt\": 30, \"candidates\": 4, \"thoughts\": 2, \"cached\": 10}}}}\n}\n",
        ),
        (
            "opencode",
            "{\"type\":\"step_start\",\"sessionID\":\"o-1\",\"part\":{}}\n\
             {\"type\":\"text\",\"sessionID\":\"o-1\",\"part\":{\"text\":\"done\"}}\n\
             {\"type\":\"step_finish\",\"sessionID\":\"o-1\",\"part\":{\"cost\":0.002,\"tokens\":{\"input\":8,\"output\":2,\"reasoning\":1,\"cache\":{\"read\":4,\"write\":0}}}}\n\
             {\"type\":\"step_finish\",\"sessionID\":\"o-1\",\"part\":{\"cost\":0.001,\"tokens\":{\"input\":1,\"output\":1,\"reasoning\":0,\"cache\":{\"read\":0,\"write\":0}}}}\n",
        ),
        (
            "openclaw",
            r#"{"runId":"r","status":"ok","result":{"payloads":[{"text":"done"}],"meta":{"aborted":false,"stopReason":"stop","agentMeta":{"sessionId":"c-1","model":"m","usage":{"input":5,"output":2,"cacheRead":3,"total":10}}}}}"#,
        ),
        (
            "openclaw down",
            r#"{"ok":false,"error":{"type":"cli_error","message":"Gateway not reachable (ECONNREFUSED)"}}"#,
        ),
        (
            "openclaw alone",
            r#"{"payloads":[{"text":"hi"}],"meta":{"transport":"embedded","fallbackFrom":"gateway","agentMeta":{"sessionId":"c-2"}}}"#,
        ),
        ("plain", "Working on it.\nDone: {\"type\":\"result\"}\n{\"type\":\"result\"}\n[1, 2]\n{broken\n"),
    ]
    .iter()
    .map(|(name, stdout)| line(name, stdout))
    .collect();
    insta::assert_snapshot!(table, @r#"
    own             in 9 (0 cached) out 2 cost 10000 - - text "" error ""
    own result      in 3 (0 cached) out 0 cost 0 - s text "" error "later"
    claude json     in 133 (100 cached) out 8 cost 12300 big s-1 text "done" error ""
    claude stream   in 30 (0 cached) out 9 cost 0 big s-2 text "hi" error ""
    claude error    in 0 (0 cached) out 0 cost 0 - s-3 text "" error "no such model"
    codex           in 50 (20 cached) out 6 cost 0 - t-1 text "done" error ""
    codex error     in 0 (0 cached) out 0 cost 0 - - text "" error "usage limit"
    gemini          in 30 (10 cached) out 6 cost 0 pro g-1 text "done" error ""
    opencode        in 13 (4 cached) out 4 cost 3000 - o-1 text "done" error ""
    openclaw        in 8 (3 cached) out 2 cost 0 m c-1 text "done" error ""
    openclaw down   in 0 (0 cached) out 0 cost 0 - - text "" error "Gateway not reachable (ECONNREFUSED)"
    openclaw alone  in 0 (0 cached) out 0 cost 0 - c-2 text "hi" error "" fell back
    plain           in 0 (0 cached) out 0 cost 0 - - text "" error ""
    "#);
}

#[test]
fn it_does_not_matter_where_the_pieces_end() {
    let stdout =
        "x\n{\n  \"response\": \"done\",\n  \"stats\": {\"models\": {}}\n}\n{\"moziplus_usage\": {\"tokens_in\": 7}}\n";
    for size in 1..stdout.len() {
        let mut reader = Reader::default();
        stdout.as_bytes().chunks(size).for_each(|piece| reader.take(piece));
        assert_eq!(reader.report(), read(stdout.as_bytes()), "pieces of {size}");
    }
}

#[test]
fn what_has_no_end_is_not_kept() {
    let mut reader = Reader::default();
    for _ in 0..64 {
        reader.take(&[b'{'; 64 * 1024]);
        reader.take(&[b'x'; 64 * 1024]);
    }
    assert!(reader.line.len() <= LONGEST);
    reader.take(b"\n{\"moziplus_usage\": {\"tokens_in\": 7}}\n");
    assert_eq!(reader.report().usage.unwrap().tokens_in, 7);
}
