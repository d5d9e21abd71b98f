//! How each program says it: claude, codex, gemini, opencode, openclaw, and moziplus' own form.
//!
//! Names of fields are theirs. What they leave out is 0, and what they add is ignored.

use serde_json::Value;

use super::{Reader, Reset};
use crate::model::{outcome::Outcome, usage::Spend};

/// Takes what an event tells; false when it is of no known shape.
pub(super) fn understand(reader: &mut Reader, event: &Value) -> bool {
    if event.get("moziplus_usage").is_some() || event.get("moziplus_result").is_some() {
        return own(reader, event);
    }
    match event["type"].as_str() {
        Some("result") if event.get("stats").is_some() => gemini_stream(reader, event),
        Some("result") if event.get("session_id").is_some() => claude_result(reader, event),
        Some("assistant" | "user" | "system") if event.get("session_id").is_some() => claude_event(reader, event),
        Some("init") if event.get("session_id").is_some() => {
            reader.is_called(&event["session_id"], &event["model"]);
            true
        }
        Some("message") if event["role"].is_string() => true,
        Some(kind) if kind.starts_with("thread.") || kind.starts_with("turn.") || kind.starts_with("item.") => {
            codex(reader, kind, event)
        }
        Some(kind) if event.get("sessionID").is_some() => opencode(reader, kind, event),
        Some("error") if event["message"].is_string() => {
            reader.fail(event["message"].as_str());
            true
        }
        _ if event["stats"]["models"].is_object() => gemini(reader, event),
        _ if event["error"].is_object() && event["session_id"].is_string() => gemini(reader, event),
        _ => openclaw(reader, event),
    }
}

fn int(value: &Value) -> i64 {
    value.as_i64().or_else(|| value.as_f64().map(|number| number as i64)).unwrap_or(0).max(0)
}

/// Money in units of the currency as micro-units.
fn micros(value: &Value) -> i64 {
    value.as_f64().map_or(0, |units| (units * 1e6).round() as i64).max(0)
}

fn own(reader: &mut Reader, event: &Value) -> bool {
    let result = &event["moziplus_result"];
    let usage = if event["moziplus_usage"].is_object() { &event["moziplus_usage"] } else { &result["usage"] };
    if usage.is_object() {
        let cost_micros = if usage["cost"].is_number() { micros(&usage["cost"]) } else { int(&usage["cost_micros"]) };
        let (tokens_in, tokens_out) = (int(&usage["tokens_in"]), int(&usage["tokens_out"]));
        let tokens_cached = int(&usage["tokens_cached"]);
        reader.total = Some(Spend { tokens_in, tokens_out, tokens_cached, cost_micros });
        reader.is_called(&usage["session"], &usage["model"]);
    }
    if result.is_object() {
        reader.report.outcome = result["outcome"].as_str().and_then(|word| word.parse().ok());
        if let Some(detail) = result["detail"].as_str() {
            reader.fail(Some(detail));
        }
        let at = result["resets_at"].as_str().and_then(|at| at.parse().ok()).map(Reset::At);
        let after = result["retry_after_seconds"].as_f64().map(Reset::After);
        reader.report.resets_at = at.or(after);
        reader.report.fell_back |= result["fell_back"] == true;
        reader.is_called(&result["session"], &Value::Null);
        reader.say(result["text"].as_str());
    }
    true
}

/// Without what was read from or written to a cache, which is told beside it.
fn anthropic(usage: &Value) -> Spend {
    let tokens_cached = int(&usage["cache_read_input_tokens"]);
    let written = int(&usage["cache_creation_input_tokens"]);
    Spend {
        tokens_in: int(&usage["input_tokens"]) + tokens_cached + written,
        tokens_out: int(&usage["output_tokens"]),
        tokens_cached,
        cost_micros: 0,
    }
}

fn claude_event(reader: &mut Reader, event: &Value) -> bool {
    let message = &event["message"];
    let model = if event["model"].is_string() { &event["model"] } else { &message["model"] };
    reader.is_called(&event["session_id"], model);
    if event["type"] == "assistant" {
        if let (Some(id), true) = (message["id"].as_str(), message["usage"].is_object()) {
            reader.message(id, anthropic(&message["usage"]));
        }
        let mut texts = message["content"].as_array().into_iter().flatten().filter_map(|part| part["text"].as_str());
        reader.say(texts.next_back());
    }
    true
}

fn claude_result(reader: &mut Reader, event: &Value) -> bool {
    let mut total = anthropic(&event["usage"]);
    total.cost_micros = micros(&event["total_cost_usd"]);
    // `usage` leaves out what helpers on smaller models used; `modelUsage` has everybody.
    let models = event["modelUsage"].as_object();
    let of_model = |usage: &Value| Spend {
        tokens_in: int(&usage["inputTokens"])
            + int(&usage["cacheReadInputTokens"])
            + int(&usage["cacheCreationInputTokens"]),
        tokens_out: int(&usage["outputTokens"]),
        tokens_cached: int(&usage["cacheReadInputTokens"]),
        cost_micros: 0,
    };
    if let Some(models) = models.filter(|models| !models.is_empty()) {
        let cost_micros = total.cost_micros;
        total = models.values().map(of_model).fold(Spend::default(), |sum, spend| sum + spend);
        total.cost_micros = cost_micros;
        let most = models.iter().max_by_key(|(_, usage)| of_model(usage).tokens());
        reader.is_called(&Value::Null, &most.map_or(Value::Null, |(model, _)| model.as_str().into()));
    }
    reader.total = Some(total);
    reader.is_called(&event["session_id"], &Value::Null);
    if event["is_error"] == true {
        let first = event["errors"][0].as_str();
        let why = event["result"].as_str().or(first).or(event["subtype"].as_str()).unwrap_or_default();
        match event["api_error_status"].as_i64() {
            Some(status) => reader.fail(Some(&format!("{why} (HTTP {status})"))),
            None => reader.fail(Some(why)),
        }
    } else {
        reader.say(event["result"].as_str());
    }
    true
}

fn codex(reader: &mut Reader, kind: &str, event: &Value) -> bool {
    match kind {
        "thread.started" => reader.is_called(&event["thread_id"], &Value::Null),
        // Of the whole thread so far.
        "turn.completed" => {
            let usage = &event["usage"];
            reader.total = Some(Spend {
                tokens_in: int(&usage["input_tokens"]),
                tokens_out: int(&usage["output_tokens"]),
                tokens_cached: int(&usage["cached_input_tokens"]),
                cost_micros: 0,
            });
            // What failed before was overcome.
            reader.report.error = None;
        }
        "turn.failed" => reader.fail(event["error"]["message"].as_str()),
        "item.completed" if event["item"]["type"] == "agent_message" => reader.say(event["item"]["text"].as_str()),
        _ => {}
    }
    true
}

fn gemini(reader: &mut Reader, event: &Value) -> bool {
    let mut total = Spend::default();
    let (mut most, mut name) = (0, Value::Null);
    for (model, figures) in event["stats"]["models"].as_object().into_iter().flatten() {
        let tokens = &figures["tokens"];
        let prompt = if tokens["prompt"].is_number() { &tokens["prompt"] } else { &tokens["input"] };
        let spend = Spend {
            tokens_in: int(prompt),
            tokens_out: int(&tokens["candidates"]) + int(&tokens["thoughts"]),
            tokens_cached: int(&tokens["cached"]),
            cost_micros: 0,
        };
        if spend.tokens() > most {
            (most, name) = (spend.tokens(), model.as_str().into());
        }
        total += spend;
    }
    reader.total = Some(total);
    reader.is_called(&event["session_id"], &name);
    reader.say(event["response"].as_str());
    if let Some(error) = event.get("error").filter(|error| !error.is_null()) {
        reader.fail(error["message"].as_str());
    }
    true
}

fn gemini_stream(reader: &mut Reader, event: &Value) -> bool {
    let stats = &event["stats"];
    reader.total = Some(Spend {
        tokens_in: int(&stats["input_tokens"]),
        tokens_out: int(&stats["output_tokens"]),
        tokens_cached: int(&stats["cached"]),
        cost_micros: 0,
    });
    if event["status"] == "error" {
        reader.fail(event["error"]["message"].as_str());
    }
    true
}

fn opencode(reader: &mut Reader, kind: &str, event: &Value) -> bool {
    reader.is_called(&event["sessionID"], &Value::Null);
    let part = &event["part"];
    match kind {
        "step_finish" => {
            let (tokens, cached) = (&part["tokens"], int(&part["tokens"]["cache"]["read"]));
            reader.steps += Spend {
                tokens_in: int(&tokens["input"]) + cached + int(&tokens["cache"]["write"]),
                tokens_out: int(&tokens["output"]) + int(&tokens["reasoning"]),
                tokens_cached: cached,
                cost_micros: micros(&part["cost"]),
            };
        }
        "text" => reader.say(part["text"].as_str()),
        "error" => {
            let error = &event["error"];
            let why = error["data"]["message"].as_str().or(error["message"].as_str()).or(error["name"].as_str());
            match error["data"]["statusCode"].as_i64() {
                Some(status) => reader.fail(Some(&format!("{} (HTTP {status})", why.unwrap_or_default()))),
                None => reader.fail(why),
            }
        }
        _ => {}
    }
    true
}

/// An answer of `openclaw agent --json`, of its embedded form, or of `openclaw agent exec --json`.
fn openclaw(reader: &mut Reader, event: &Value) -> bool {
    if event["ok"] == false && event.get("error").is_some() {
        reader.fail(event["error"]["message"].as_str());
        return true;
    }
    let embedded = event["payloads"].is_array();
    if !(embedded || event["runId"].is_string() && event["status"].is_string()) {
        return false;
    }
    let result = if embedded { event } else { &event["result"] };
    let agent = &result["meta"]["agentMeta"];
    let usage = if agent["usage"].is_object() { &agent["usage"] } else { &event["usage"] };
    let cached = int(&usage["cacheRead"]);
    reader.total = usage.is_object().then(|| Spend {
        tokens_in: int(&usage["input"]) + cached + int(&usage["cacheWrite"]),
        tokens_out: int(&usage["output"]),
        tokens_cached: cached,
        cost_micros: 0,
    });
    reader.is_called(&agent["sessionId"], &agent["model"]);
    let payloads = result["payloads"].as_array().map(Vec::as_slice).unwrap_or_default();
    reader.say(payloads.iter().rev().find_map(|payload| payload["text"].as_str()));
    reader.report.fell_back |= result["meta"]["fallbackFrom"] == "gateway";
    let status = event["status"].as_str().unwrap_or("ok");
    let complains = payloads.iter().find(|payload| payload["isError"] == true);
    let was_cut = result["meta"]["aborted"] == true;
    if status == "timeout" {
        reader.report.outcome = Some(Outcome::Timeout);
    }
    if status != "ok" || complains.is_some() || was_cut {
        let words = complains.and_then(|payload| payload["text"].as_str());
        let stopped = result["meta"]["stopReason"].as_str().unwrap_or(status);
        reader.fail(Some(words.unwrap_or(stopped)));
    }
    true
}
