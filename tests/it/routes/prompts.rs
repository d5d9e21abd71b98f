//! Prompts over HTTP: what an agent would get, without starting it.

use std::fs;

use serde_json::{Value, json};

use super::Api;

const DEV: &str = "agent=zhangfei-dev";

#[tokio::test]
async fn a_prompt_is_shown_as_the_agent_would_get_it() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count the sales", "description": "龙".repeat(20_000)})).await;
    api.post(&format!("{task}/comments"), json!({"body": "Only those of May."})).await;
    let before = api.ok(&task).await;
    let prompt = api.ok(&format!("{task}/prompt?{DEV}")).await;
    assert_eq!((prompt["trigger"].as_str(), prompt["role"].as_str()), (Some("execute"), Some("executor")));
    assert_eq!(prompt["attempt"], "sales.t-1.1");
    let message = prompt["message"].as_str().unwrap();
    assert!(message.contains("Count the sales") && message.contains("Only those of May."), "{message}");
    let [tier, demand, files] = prompt["tiers"].as_array().unwrap().as_slice() else { panic!("{prompt}") };
    assert!(tier["tokens"].as_u64() <= tier["budget"].as_u64(), "{tier}");
    assert!(demand["tokens"].as_u64() > Some(20_000) && files["tokens"].as_u64() > Some(20_000), "{prompt}");
    assert_eq!(prompt["left_out"][0]["section"], "description");
    assert_eq!(prompt["files"][0]["path"], "archive/1/context/description.md");
    assert_eq!(api.ok(&task).await, before, "looking changes nothing");
    assert_eq!(api.ok(&format!("{task}/attempts")).await["items"], json!([]));

    let rest = api.ok(&format!("{task}/prompt/comments?{DEV}")).await;
    assert_eq!((rest["total"].as_u64(), rest["next"].as_u64()), (Some(1), None), "{rest}");
    assert!(rest["text"].as_str().unwrap().contains("Only those of May."));
}

#[tokio::test]
async fn whose_prompt_it_is_must_be_known() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let (status, refused) = api.get(&format!("{task}/prompt")).await;
    assert_eq!((status, refused["field"].as_str()), (422, Some("agent")), "{refused}");
    let (status, refused) = api.get(&format!("{task}/prompt?agent=nobody")).await;
    assert!(status == 422 && refused["valid_values"].as_array().is_some_and(|names| names.len() == 5), "{refused}");
    let (status, _) = api.get(&format!("{task}/prompt/nonsense?{DEV}")).await;
    assert_eq!(status, 404);
    let (status, _) = api.get(&format!("/api/projects/sales/tasks/t-99/prompt?{DEV}")).await;
    assert_eq!(status, 404);
    let assigned = api.task(json!({"title": "Count", "assignee": "guanyu-dev"})).await;
    assert_eq!(api.ok(&format!("{assigned}/prompt")).await["agent"], "guanyu-dev");
    let as_reviewer = api.ok(&format!("{assigned}/prompt?agent=simayi-challenger&trigger=review")).await;
    assert!(as_reviewer["message"].as_str().unwrap().contains("blackboard review --verdict"));
}

#[tokio::test]
async fn broken_templates_are_named_and_not_used() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let folder = api.board.folder.path().join("prompt_templates");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("execute.md"), "one\ntwo {{ task.titel }}\n").unwrap();
    let prompt = api.ok(&format!("{task}/prompt?{DEV}")).await;
    assert_eq!(
        (prompt["faults"][0]["file"].as_str(), prompt["faults"][0]["line"].as_u64()),
        (Some("prompt_templates/execute.md"), Some(2))
    );
    assert!(prompt["message"].as_str().unwrap().contains("blackboard complete"));
    let list = api.ok("/api/templates").await;
    let execute = list["items"].as_array().unwrap().iter().find(|item| item["name"] == "execute").unwrap();
    assert_eq!(execute["level"], Value::from("root"));
    assert_eq!(list["faults"][0]["template"], "execute");
}
