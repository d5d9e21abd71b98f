//! The tools of the Model Context Protocol, driven by a real client: over standard input, and over HTTP.

use moziplus::{http, mcp};
use rmcp::{
    RoleClient, ServiceExt,
    model::{CallToolRequestParams, CallToolResult},
    service::RunningService,
    transport::{StreamableHttpClientTransport, TokioChildProcess},
};
use serde_json::{Value, json};

use crate::support::daemon::{PROGRAM, Root, runtime};

const AGENTS: &str = r#"
agents:
  dev: {role: executor}
  reviewer: {role: reviewer}
"#;

fn root() -> Root {
    let mut root = Root::new(AGENTS, "");
    root.start();
    root.cli(["project", "create", "--id", "p", "--name", "P"]).ok();
    root
}

type Client = RunningService<RoleClient, ()>;

/// `moziplus mcp` as a client starts it, with an agent's environment.
#[expect(clippy::disallowed_methods, reason = "a client of the protocol starts its server")]
async fn by_stdio(root: &Root, variables: &[(&str, &str)]) -> Client {
    let mut command = tokio::process::Command::new(PROGRAM);
    command.arg("mcp").env("MOZIPLUS_ROOT", root.path()).envs(variables.iter().copied());
    ().serve(TokioChildProcess::new(command).unwrap()).await.unwrap()
}

async fn by_http(root: &Root) -> Client {
    let address = format!("{}/mcp", root.address());
    ().serve(StreamableHttpClientTransport::from_uri(address)).await.unwrap()
}

async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let arguments = arguments.as_object().cloned().unwrap();
    client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await.unwrap()
}

/// The object of an answer that must be good.
async fn done(client: &Client, tool: &'static str, arguments: Value) -> Value {
    let answer = call(client, tool, arguments).await;
    assert_ne!(answer.is_error, Some(true), "{tool}: {answer:?}");
    answer.structured_content.unwrap()
}

/// The error object of a call that must be refused.
async fn refused(client: &Client, tool: &'static str, arguments: Value) -> Value {
    let answer = call(client, tool, arguments).await;
    assert_eq!(answer.is_error, Some(true), "{tool}: {answer:?}");
    answer.structured_content.unwrap()
}

#[test]
fn every_verb_of_the_blackboard_is_a_tool_that_says_what_it_takes() {
    let root = root();
    runtime().block_on(async {
        let client = by_stdio(&root, &[]).await;
        let tools = client.list_all_tools().await.unwrap();
        let names: Vec<_> = tools.iter().map(|tool| tool.name.as_ref()).collect();
        for verb in [
            "create_task",
            "get_task",
            "list_tasks",
            "claim_task",
            "start_task",
            "complete_task",
            "fail_task",
            "block_task",
            "retry_task",
            "cancel_task",
            "pause_task",
            "resume_task",
            "escalate_task",
            "resolve_task",
            "add_output",
            "add_comment",
            "add_decision",
            "add_observation",
            "add_review",
            "add_rebuttal",
            "add_experience",
        ] {
            assert!(names.contains(&verb), "no tool {verb} among {names:?}");
        }
        for tool in &tools {
            let text = serde_json::to_string(&tool.input_schema).unwrap();
            assert!(!text.contains("#/components"), "{}: a reference leads outside: {text}", tool.name);
            assert!(tool.description.as_ref().is_some_and(|text| !text.is_empty()), "{}: no description", tool.name);
        }
        let review = tools.iter().find(|tool| tool.name == "add_review").unwrap();
        let required = &review.input_schema["required"];
        assert_eq!(*required, json!(["project", "task", "verdict", "confidence"]));
        assert!(review.input_schema["$defs"]["Verdict"]["enum"].as_array().unwrap().contains(&json!("approved")));
        client.cancel().await.unwrap();
    });
}

#[test]
fn an_agent_works_on_a_task_from_claim_to_done_by_tools_alone() {
    let root = root();
    let task = runtime().block_on(async {
        let people = by_http(&root).await;
        let task = done(&people, "create_task", json!({"project": "p", "title": "a review", "risk_level": "medium"}));
        let task = task.await["id"].as_str().unwrap().to_owned();
        let claimed = done(&people, "claim_task", json!({"project": "p", "task": task, "agent": "dev"})).await;
        let token = claimed["token"].as_str().unwrap().to_owned();

        let variables = [
            ("MOZIPLUS_PROJECT", "p"),
            ("MOZIPLUS_TASK", task.as_str()),
            ("MOZIPLUS_AGENT", "dev"),
            ("MOZIPLUS_TOKEN", token.as_str()),
        ];
        let dev = by_stdio(&root, &variables).await;
        // Project, task, agent and token are the environment's.
        done(&dev, "add_output", json!({"title": "notes.md", "text": "# Notes", "output_type": "document"})).await;
        done(&dev, "complete_task", json!({"summary": "written"})).await;
        let review = json!({"project": "p", "task": task, "reviewer": "reviewer", "verdict": "approved",
                            "confidence": 0.9});
        done(&people, "add_review", review).await;
        let outputs = done(&dev, "list_outputs", json!({})).await;
        assert_eq!(outputs["items"][0]["agent"], "dev");
        dev.cancel().await.unwrap();
        people.cancel().await.unwrap();
        task
    });
    root.wait_for_status("p", &task, "done");
}

#[test]
fn a_call_may_bring_the_token_of_the_attempt() {
    let root = root();
    runtime().block_on(async {
        for client in [by_http(&root).await, by_stdio(&root, &[]).await] {
            let task = done(&client, "create_task", json!({"project": "p", "title": "a review"})).await;
            let task = task["id"].as_str().unwrap();
            let claimed = done(&client, "claim_task", json!({"project": "p", "task": task, "agent": "dev"})).await;
            let output = |token: &str| {
                json!({"project": "p", "task": task, "agent": "dev", "title": "notes.md", "text": "# Notes", "token": token})
            };
            assert_eq!(refused(&client, "add_output", output("no such token")).await["error"], "stale_token");
            done(&client, "add_output", output(claimed["token"].as_str().unwrap())).await;
            let other = done(&client, "create_task", json!({"project": "p", "title": "another"})).await;
            let mut elsewhere = output(claimed["token"].as_str().unwrap());
            elsewhere["task"] = other["id"].clone();
            let told = refused(&client, "add_output", elsewhere).await;
            assert!(told["hint"].as_str().unwrap().contains(&format!("--task {task}")), "{told}");
            client.cancel().await.unwrap();
        }
    });
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a client of the protocol starts its server")]
fn a_line_that_is_no_json_is_answered() {
    use std::io::{BufRead, BufReader, Write};

    let root = root();
    let mut server = std::process::Command::new(PROGRAM)
        .arg("mcp")
        .env("MOZIPLUS_ROOT", root.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut answers = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut ask = |line: &str| -> Value {
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap()
    };
    let refused = ask("hello?");
    assert_eq!((&refused["id"], refused["error"]["code"].as_i64()), (&Value::Null, Some(-32700)), "{refused}");
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}});
    assert_eq!(ask(&hello.to_string())["id"], 1, "and the connection goes on");
    drop(input);
    assert!(server.wait().unwrap().success());
}

#[test]
fn a_reminder_comes_with_the_next_answer() {
    let mut root = Root::new(AGENTS, "");
    root.write("scripts/zombie.rhai", "fn inspect(attempt, ctx) { nudge(attempt.id, `Are you there? 在吗`) }");
    root.start();
    root.cli(["project", "create", "--id", "p", "--name", "P"]).ok();
    runtime().block_on(async {
        let people = by_http(&root).await;
        let task = done(&people, "create_task", json!({"project": "p", "title": "a review"})).await;
        let claim = json!({"project": "p", "task": task["id"], "agent": "dev"});
        let claimed = done(&people, "claim_task", claim).await;
        let (task, token) = (task["id"].as_str().unwrap(), claimed["token"].as_str().unwrap());
        let variables = [("MOZIPLUS_PROJECT", "p"), ("MOZIPLUS_TASK", task), ("MOZIPLUS_TOKEN", token)];
        let dev = by_stdio(&root, &variables).await;
        done(&dev, "start_task", json!({})).await;
        root.cli(["daemon", "tick"]).ok();
        let answer = call(&dev, "list_outputs", json!({})).await;
        assert_eq!(answer.content.last().unwrap().as_text().unwrap().text, "Reminder: Are you there? 在吗");
        assert_eq!(answer.structured_content.unwrap()["items"], json!([]));
        let next = call(&dev, "list_outputs", json!({})).await;
        assert!(!format!("{next:?}").contains("Reminder"), "it is told once");
        dev.cancel().await.unwrap();
        people.cancel().await.unwrap();
    });
}

#[test]
fn a_wrong_call_is_answered_with_what_would_be_right() {
    let root = root();
    runtime().block_on(async {
        let client = by_http(&root).await;
        let missing = refused(&client, "claim_task", json!({"project": "p"})).await;
        assert_eq!((&missing["error"], &missing["field"]), (&json!("validation"), &json!("task")));
        let misspelt = refused(&client, "create_task", json!({"project": "p", "titel": "x"})).await;
        assert!(misspelt["valid_values"].as_array().unwrap().contains(&json!("title")), "{misspelt}");
        let gone = refused(&client, "get_task", json!({"project": "p", "task": "t-99"})).await;
        assert_eq!(gone["error"], "not_found");
        assert!(gone["hint"].is_string(), "{gone}");
        let stale = json!({"project": "p", "title": "x", "priority": 11});
        assert_eq!(refused(&client, "create_task", stale).await["field"], "priority");
        let error = client.call_tool(CallToolRequestParams::new("no_such_tool")).await.unwrap_err();
        assert!(error.to_string().contains("no_such_tool"), "{error}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn the_document_gives_each_argument_one_place() {
    let way: mcp::Way = std::sync::Arc::new(|request| panic!("nobody calls {request}"));
    mcp::service(&http::spec_json(), way).map(drop).unwrap();
}

/// Where the API needs a key, the tools do: they can do as much.
#[test]
fn without_a_key_nobody_reaches_the_tools_of_a_server_that_needs_one() {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", "server: {api_key_file: run/key}\n");
    root.write("run/key", "0123456789abcdef0123456789abcdef");
    root.start();
    let made = root.cli(["--json", "key", "create", "--name", "r", "--scope", "read_only"]).ok().json();
    let url = format!("{}/mcp", root.address());
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}});
    let ask = |key: Option<&str>| {
        let request = reqwest::Client::new().post(&url).json(&hello);
        let request = request.header("accept", "application/json, text/event-stream");
        let request = key.into_iter().fold(request, |request, key| request.bearer_auth(key));
        runtime().block_on(async { request.send().await.unwrap().status().as_u16() })
    };
    assert_eq!(ask(None), 401);
    assert_eq!(ask(Some("wrong")), 401);
    assert_eq!(ask(made["secret"].as_str()), 403);
    assert_eq!(ask(Some("0123456789abcdef0123456789abcdef")), 200);
    root.stop();
}
