//! Skills over HTTP: levels, versions, import, refusals; and search over everything.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT, ids};

fn skill(text: &str) -> String {
    format!("---\nname: read-csv\ndescription: Reads CSV files.\n---\n# Reading CSV\n\n{text}\n")
}

async fn import(api: &Api, body: Value) -> (u16, Value) {
    api.post("/api/skills/import", body).await
}

fn files(text: &str) -> Value {
    json!([{"path": "SKILL.md", "text": skill(text)}, {"path": "references/forms.md", "text": "Forms."}])
}

#[tokio::test]
async fn a_skill_is_imported_approved_changed_and_rolled_back() {
    let api = Api::new().await;
    let (status, made) = import(&api, json!({"files": files("One."), "tags": ["CSV"]})).await;
    assert_eq!((status, &made["skill"]["status"]), (201, &json!("draft")), "{made}");
    assert_eq!((&made["skill"]["id"], &made["skill"]["tags"]), (&json!("read-csv"), &json!(["csv"])));
    assert_eq!(made["files"], json!([{"path": "references/forms.md", "text": "Forms."}]));
    let one = "/api/skills/read-csv";
    let (status, approved) = api.post(&format!("{one}/approve"), json!({"reason": "read it"})).await;
    assert_eq!((status, &approved["skill"]["status"]), (200, &json!("active")), "{approved}");
    assert_eq!(api.post(&format!("{one}/approve"), json!({})).await.0, 409);
    let (status, changed) = api.call(Method::PUT, one, json!({"source": skill("Two.")})).await;
    assert_eq!((status, &changed["skill"]["version"]), (200, &json!(2)), "{changed}");
    assert_eq!(changed["files"], made["files"], "other files stay");
    let stale = json!({"source": skill("Three."), "base_hash": made["hash"]});
    assert_eq!(api.call(Method::PUT, one, stale).await.1["error"], "conflict");
    let (status, back) = api.post(&format!("{one}/rollback"), json!({})).await;
    assert_eq!((status, &back["skill"]["version"], &back["text"]), (200, &json!(1), &json!(skill("One."))), "{back}");
    assert_eq!(back["versions"][0]["version"], 2);
    let (status, missing) = api.post(&format!("{one}/rollback"), json!({"version": 9})).await;
    assert_eq!((status, &missing["error"]), (404, &json!("not_found")), "{missing}");
    let (_, out) = api.post(&format!("{one}/deprecate"), json!({})).await;
    assert_eq!(out["skill"]["status"], "deprecated");
}

#[tokio::test]
async fn a_project_overrides_what_all_projects_have() {
    let api = Api::new().await;
    let builtin = api.ok("/api/skills/code_review").await;
    assert_eq!((&builtin["skill"]["level"], &builtin["skill"]["status"]), (&json!("builtin"), &json!("active")));
    let (status, refused) = api.post("/api/skills/code_review/deprecate", json!({})).await;
    assert_eq!(status, 409, "{refused}");
    assert!(refused["hint"].as_str().unwrap().contains("skill override code_review"), "{refused}");
    let (status, own) =
        api.call(Method::PUT, &format!("{PROJECT}/skills/code_review"), json!({"source": skill("Ours.")})).await;
    assert_eq!((status, &own["skill"]["level"], &own["skill"]["status"]), (200, &json!("project"), &json!("active")));
    let list = api.ok(&format!("{PROJECT}/skills")).await;
    let found = list["items"].as_array().unwrap().iter().find(|skill| skill["id"] == "code_review").unwrap();
    assert_eq!((&found["level"], &found["hides"]), (&json!("project"), &json!(["builtin"])));
    assert_eq!(api.ok("/api/skills/code_review").await["skill"]["level"], "builtin");
    let off = json!({"project": "sales", "reason": "not here"});
    let (status, off) = api.post("/api/skills/code_review/deprecate", off).await;
    assert_eq!((status, &off["skill"]["status"]), (200, &json!("deprecated")), "{off}");
}

#[tokio::test]
async fn what_is_no_skill_is_refused_and_what_is_broken_is_told() {
    let api = Api::new().await;
    let refused = async |files: Value| {
        let (status, answer) = import(&api, json!({"files": files})).await;
        assert_eq!((status, &answer["error"]), (422, &json!("validation")), "{answer}");
        format!("{} {}", answer["field"], answer["detail"])
    };
    let broken = refused(json!([{"path": "SKILL.md", "text": "---\nname: [\n---\nx"}])).await;
    assert!(broken.contains("source") && broken.contains("SKILL.md:"), "{broken}");
    assert!(refused(json!([{"path": "README.md", "text": "x"}])).await.contains("no SKILL.md"));
    let outside = json!([{"path": "SKILL.md", "text": skill("x")}, {"path": "../../config/agents.yaml", "text": "x"}]);
    assert!(refused(outside).await.contains("../../config/agents.yaml"));
    let by_agent = json!({"agent": "zhangfei-dev"});
    assert_eq!(api.post("/api/skills/code_review/approve", by_agent).await.0, 403);
    assert_eq!(api.get("/api/skills/nothing").await.0, 404);
    let folder = api.board.folder.path().join("skills/custom/odd");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("SKILL.md"), "# Odd\n").unwrap();
    let list = api.ok("/api/skills").await;
    assert_eq!(ids(&list), ["blackboard_operations", "code_review", "data_validation"]);
    assert_eq!(
        (&list["faults"][0]["path"], &list["faults"][0]["line"]),
        (&json!("skills/custom/odd/SKILL.md"), &json!(1))
    );
}

#[tokio::test]
async fn lessons_are_confirmed_taken_back_and_found() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let lesson = json!({"lesson": "Ledgers repeat keys 重复的键", "tags": ["csv"]});
    assert_eq!(api.post(&format!("{task}/experiences"), lesson).await.0, 201);
    let one = format!("{PROJECT}/experiences/1");
    let (status, back) = api.call(Method::PATCH, &one, json!({"status": "deprecated", "tags": ["CSV", "keys"]})).await;
    assert_eq!(
        (status, &back["status"], &back["tags"]),
        (200, &json!("deprecated"), &json!(["csv", "keys"])),
        "{back}"
    );
    let found = async |query: &str| ids(&api.ok(&format!("{PROJECT}/experiences?{query}")).await).len();
    assert_eq!(found("q=%E9%87%8D%E5%A4%8D").await, 1);
    assert_eq!(found("q=nothing").await, 0);
    assert_eq!(found("status=active").await, 0);
    let (status, refused) = api.call(Method::PATCH, &one, json!({"agent": "zhangfei-dev", "status": "active"})).await;
    assert_eq!(status, 403, "{refused}");
    let lead = json!({"agent": "pangtong-fujunshi", "status": "active"});
    assert_eq!(api.call(Method::PATCH, &one, lead).await.1["status"], "active");
}

#[tokio::test]
async fn search_finds_everything_that_was_written() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count the ledger", "description": "every row of it"})).await;
    api.post(&format!("{task}/comments"), json!({"body": "The ledger has gaps."})).await;
    api.post(&format!("{task}/outputs"), json!({"title": "ledger.md", "text": "x", "summary": "rows"})).await;
    api.post(&format!("{task}/experiences"), json!({"lesson": "Ledgers have gaps", "tags": ["csv"]})).await;
    let kinds = async |query: &str| {
        let hits = api.ok(&format!("/api/search?{query}")).await;
        let mut kinds: Vec<_> =
            hits["items"].as_array().unwrap().iter().map(|hit| hit["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds("q=ledger").await, ["comment", "experience", "output", "task"]);
    assert_eq!(kinds("q=ledger&kind=comment,output").await, ["comment", "output"]);
    let skills = api.ok("/api/search?q=code-review&kind=skill").await;
    assert_eq!((&skills["items"][0]["id"], &skills["items"][0]["project"]), (&json!("code_review"), &Value::Null));
    assert_eq!(kinds("q=t-1&kind=task").await, ["task"]);
    let hit = &api.ok("/api/search?q=gaps&kind=comment").await["items"][0];
    let expected = json!([{"text": "The ledger has ", "is_match": false}, {"text": "gaps", "is_match": true},
        {"text": ".", "is_match": false}]);
    assert_eq!((&hit["excerpt"], &hit["title"]), (&expected, &json!("Count the ledger")));
    let (status, wrong) = api.get("/api/search?q=x&kind=file").await;
    assert_eq!((status, &wrong["field"]), (422, &json!("kind")), "{wrong}");
    let first = api.ok("/api/search?q=ledger&limit=3").await;
    let rest = api.ok(&format!("/api/search?q=ledger&limit=3&cursor={}", first["next_cursor"].as_str().unwrap())).await;
    assert_eq!((ids(&first).len(), ids(&rest).len()), (3, 1));
}
