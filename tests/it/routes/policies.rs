//! Explaining, simulating, replaying and going back: what scripts do before they are let do it.

use moziplus::policy::recording::Recorder;
use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT};

/// Holds everything back.
const IDLE: &str = "fn plan(board) {}";

#[tokio::test]
async fn a_task_is_explained_in_words() {
    let api = Api::new().await;
    let first = api.task(json!({"title": "Count"})).await;
    let second = api.task(json!({"title": "Sum", "depends_on": ["t-1"]})).await;
    let why = api.ok(&format!("{second}/explain")).await;
    assert_eq!(why["summary"], "waits for t-1 (pending)");
    assert_eq!(why["reasons"][0]["code"], "dependency");
    assert_eq!(why["reasons"][0]["task"], "t-1");
    let why = api.ok(&format!("{first}/explain")).await;
    assert!(why["summary"].as_str().unwrap().contains("the ticker is stopped"), "{why}");
    api.post(&format!("{first}/claim"), json!({"agent": "zhangfei-dev"})).await;
    let why = api.ok(&format!("{first}/explain")).await;
    assert!(why["summary"].as_str().unwrap().starts_with("zhangfei-dev works on it since"), "{why}");
    assert_eq!(api.get(&format!("{PROJECT}/tasks/t-99/explain")).await.0, 404);
}

#[tokio::test]
async fn a_simulation_shows_the_difference_and_changes_nothing() {
    let api = Api::new().await;
    api.task(json!({"title": "Drop table sales", "risk_level": "low"})).await;
    let before = api.ok(&format!("{PROJECT}/tasks/t-1")).await;
    let path = format!("{PROJECT}/scripts/guardrail/simulate");
    let strict = r#"fn check(task, ctx) { [violation("mine", "blocking", `no ${task.title}`)] }"#;
    let (status, answer) = api.post(&path, json!({"source": strict})).await;
    assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{answer}");
    let difference = &answer["differences"][0];
    assert_eq!((&difference["hook"], &difference["task"]), (&json!("check"), &json!("t-1")));
    assert!(difference["after"][0]["text"].as_str().unwrap().contains("mine (blocking): no Drop table sales"));
    assert!(answer["items"].as_array().unwrap().iter().all(|item| item["hook"] == "check"), "{answer}");
    assert_ne!(answer["hash"], answer["in_force_hash"]);
    assert_eq!(api.ok(&format!("{PROJECT}/tasks/t-1")).await, before);
    assert_eq!(api.ok(&format!("{PROJECT}/scripts/guardrail")).await["level"], "built-in");

    let (_, same) = api.post(&path, json!({})).await;
    assert_eq!((&same["differences"], &same["hash"]), (&json!([]), &same["in_force_hash"]));
    let (_, broken) = api.post(&path, json!({"source": "fn check(task) {"})).await;
    assert_eq!((&broken["ok"], &broken["items"]), (&json!(false), &json!([])));
    assert_eq!(broken["problems"][0]["file"], "projects/sales/scripts/guardrail.rhai");
    let (_, root) = api.post("/api/scripts/guardrail/simulate", json!({"source": strict, "project": "sales"})).await;
    assert_eq!(root["differences"].as_array().unwrap().len(), 1, "{root}");
    assert_eq!(api.post("/api/scripts/jobs.backup/simulate", json!({"project": "sales"})).await.0, 422);
}

#[tokio::test]
async fn a_replay_tells_where_and_when_it_would_have_been_otherwise() {
    let api = Api::new().await;
    let recorder: &Recorder = api.board.app.recorder();
    let board = crate::support::policy::board(api.board.app.now(), 3);
    recorder.board(&board);
    recorder.flush();
    let path = format!("{PROJECT}/scripts/tick/replay");
    let (status, answer) = api.post(&path, json!({"source": IDLE, "since": "1h"})).await;
    assert_eq!((status, &answer["pictures_count"]), (200, &json!(1)), "{answer}");
    let found = &answer["differences"][0];
    assert_eq!(found["difference"]["text"], "nothing instead of start worker on t-1");
    assert_eq!(found["at"], answer["first_picture"]);
    assert_eq!(answer["not_asked"], json!(["on_mention"]));
    let wrong = json!({"source": "fn plan(board) { [accept(\"t-1\")] }", "since": "1h"});
    let (_, refused) = api.post(&path, wrong).await;
    let said = &refused["differences"][0]["difference"]["after"][0];
    assert_eq!(said["refused"], "cannot accept a task that is pending", "{refused}");
    let (_, same) = api.post(&path, json!({"since": "1h"})).await;
    assert_eq!((&same["differences_count"], &same["ticks_count"]), (&json!(0), &json!(1)), "{same}");
    for wrong in [json!({"since": "soon"}), json!({}), json!({"since": "1h", "until": "2h"})] {
        let (status, problem) = api.post(&path, wrong).await;
        assert_eq!(status, 422, "{problem}");
        assert!(problem["hint"].is_string());
    }
}

#[tokio::test]
async fn every_save_is_a_version_to_go_back_to() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/scripts/tick");
    let put = async |body: Value| api.call(Method::PUT, &path, body).await;
    let (_, first) = put(json!({"source": IDLE, "agent": "human:li"})).await;
    let second = format!("// Later.\n{IDLE}");
    put(json!({"source": second, "base_hash": first["hash"]})).await;
    let (status, problem) = put(json!({"source": "fn plan(board) { () }", "base_hash": first["hash"]})).await;
    assert_eq!((status, &problem["error"]), (409, &json!("conflict")));
    // A save that is refused is no version.
    assert_eq!(put(json!({"source": "fn plan("})).await.0, 422);
    assert_eq!(api.call(Method::GET, &format!("{PROJECT}/scripts/nada/versions"), Value::Null).await.0, 404);
    assert_eq!(api.ok(&format!("{PROJECT}/scripts/zombie/versions")).await["items"], json!([]));
    let versions = api.ok(&format!("{path}/versions")).await;
    let items = versions["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{versions}");
    assert_eq!((&items[0]["source"], &items[0]["is_current"]), (&json!(second), &json!(true)));
    assert_eq!((&items[1]["source"], &items[1]["author"]), (&json!(IDLE), &json!("human:li")));
    put(json!({"source": items[1]["source"]})).await;
    api.call(Method::DELETE, &path, Value::Null).await;
    let versions = api.ok(&format!("{path}/versions")).await;
    assert_eq!((&versions["items"][0]["source"], &versions["items"][1]["source"]), (&Value::Null, &json!(IDLE)));
    assert_eq!(api.ok("/api/scripts/jobs.backup/versions").await["items"], json!([]));
    assert_eq!(api.get(&format!("{PROJECT}/scripts/..%2Fx/versions")).await.0, 422);
}

#[tokio::test]
async fn a_script_in_a_folder_has_a_name_with_a_slash() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/scripts/lib.quiet");
    let text = "fn quiet(now) { now.hour >= 22 }";
    let (status, saved) = api.call(Method::PUT, &path, json!({"source": text})).await;
    assert_eq!((status, &saved["name"]), (200, &json!("lib/quiet")), "{saved}");
    assert_eq!(saved["path"], "projects/sales/scripts/lib/quiet.rhai");
    for same in ["lib.quiet", "lib%2Fquiet"] {
        let script = api.ok(&format!("{PROJECT}/scripts/{same}")).await;
        assert_eq!((&script["source"], &script["level"]), (&json!(text), &json!("project")), "{same}");
        let (_, broken) = api.post(&format!("{PROJECT}/scripts/{same}/check"), json!({"source": "fn quiet("})).await;
        assert_eq!(broken["problems"][0]["file"], "projects/sales/scripts/lib/quiet.rhai");
        assert_eq!(api.ok(&format!("{PROJECT}/scripts/{same}/versions")).await["items"].as_array().unwrap().len(), 1);
    }
    let simulate = async || api.post(&format!("{PROJECT}/scripts/lib.quiet/simulate"), json!({"source": text})).await;
    let (status, problem) = simulate().await;
    assert_eq!((status, &problem["detail"]), (422, &json!("no hook reaches `lib/quiet`, so it changes no answer")));
    let reaching = "import \"lib/quiet\" as quiet;\nfn in_order(tasks, board) { if quiet::quiet(board.now) { [] } else { tasks } }";
    let (status, saved) = api.call(Method::PUT, &format!("{PROJECT}/scripts/tick"), json!({"source": reaching})).await;
    assert_eq!(status, 200, "{saved}");
    let (status, simulated) = simulate().await;
    assert_eq!((status, &simulated["ok"]), (200, &json!(true)), "{simulated}");
    api.call(Method::DELETE, &format!("{PROJECT}/scripts/tick"), Value::Null).await;
    let listed = api.ok(&format!("{PROJECT}/scripts")).await;
    assert!(listed["items"].as_array().unwrap().iter().any(|script| script["name"] == "lib/quiet"), "{listed}");
    let (status, _) = api.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((status, api.get(&path).await.0), (204, 404));
    for wrong in ["tick.rhai", "lib..quiet", ".hidden", "..%2F..%2Fetc", "lib%2F", "%2Ftmp", "jobs.a.b", "a%00b"] {
        let (status, problem) =
            api.call(Method::PUT, &format!("{PROJECT}/scripts/{wrong}"), json!({"source": text})).await;
        assert_eq!(status, 422, "{wrong}: {problem}");
        assert!(problem["hint"].is_string());
    }
}

#[tokio::test]
async fn a_folder_that_leads_out_of_the_scripts_is_not_written_through() {
    let api = Api::new().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let scripts = api.board.app.root().project_scripts(&"sales".parse().unwrap());
    std::fs::create_dir_all(&scripts).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), scripts.join("out")).unwrap();
    let path = format!("{PROJECT}/scripts/out.evil");
    let (status, problem) = api.call(Method::PUT, &path, json!({"source": "fn x() { }"})).await;
    assert!(status >= 400 && problem["detail"].as_str().unwrap().contains("leads out"), "{status} {problem}");
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_status_tells_of_a_job_s_script_that_is_broken() {
    let api = Api::new().await;
    assert_eq!(api.ok("/api/daemon/status").await["job_script_errors"], json!([]));
    let jobs = api.board.app.root().job_scripts();
    std::fs::create_dir_all(&jobs).unwrap();
    std::fs::write(jobs.join("backup.rhai"), "fn run(job) {\n    let x = ;\n}").unwrap();
    std::fs::write(jobs.join("bytes.rhai"), b"fn run(job) { \xff }").unwrap();
    let status = api.ok("/api/daemon/status").await;
    let told: Vec<_> = status["job_script_errors"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("scripts/jobs/backup.rhai:2:")), "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("scripts/jobs/bytes.rhai")), "{told:?}");
    std::os::unix::fs::symlink("nowhere", jobs.join("retention.rhai")).unwrap();
    let status = api.ok("/api/daemon/status").await;
    let is_named = |told: &Value| told.as_str().is_some_and(|told| told.contains("it is a link that leads nowhere"));
    assert!(status["job_script_errors"].as_array().unwrap().iter().any(is_named), "{status}");
}

#[tokio::test]
async fn what_happened_is_replayed_through_a_changed_deliver() {
    let api = Api::new().await;
    api.task(json!({"title": "Count"})).await;
    let recorder: &Recorder = api.board.app.recorder();
    recorder.board(&crate::support::policy::board(api.board.app.now(), 1));
    recorder.flush();
    let loud = r#"fn deliver(event, ctx) { send("pager") }"#;
    let path = format!("{PROJECT}/scripts/notify/replay");
    let (status, answer) = api.post(&path, json!({"source": loud, "since": "1h"})).await;
    assert_eq!(status, 200, "{answer}");
    let hooks: Vec<_> =
        answer["differences"].as_array().unwrap().iter().map(|found| &found["difference"]["hook"]).collect();
    assert!(!hooks.is_empty() && hooks.iter().all(|hook| *hook == "deliver"), "{answer}");
}

#[tokio::test]
async fn a_hook_that_fails_is_seen() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/scripts/guardrail");
    let text = "fn check(task, ctx) {\n    if task.title == \"Boom\" { throw \"never seen before\"; }\n    []\n}";
    let (status, saved) = api.call(Method::PUT, &path, json!({"source": text})).await;
    assert_eq!(status, 200, "{saved}");
    assert_eq!(api.ok(&format!("{PROJECT}/scripts")).await["failing"], json!([]));
    let task = api.task(json!({"title": "Boom"})).await;
    for _ in 0..2 {
        api.post(&format!("{task}/submit"), json!({"agent": "zhangfei-dev"})).await;
        api.ok(&format!("{task}/explain")).await;
    }
    let failing = api.ok(&format!("{PROJECT}/scripts")).await["failing"].clone();
    let (hook, problem) = (&failing[0], &failing[0]["problem"]);
    assert_eq!((&hook["hook"], &problem["line"], &problem["function"]), (&json!("check"), &json!(2), &json!("check")));
    assert_eq!((&problem["file"], &problem["message"]), (&saved["path"], &json!("never seen before")));
    assert!(hook["times_count"].as_u64().unwrap() >= 1, "{failing}");
    assert_eq!(api.ok("/api/projects/sales").await["policy"]["failing"][0]["hook"], "check");
    let status = api.ok("/api/daemon/status").await;
    assert_eq!(
        (&status["health"], &status["projects"]["sales"]["policy"]["failing"][0]["hook"]),
        (&json!("degraded"), &json!("check"))
    );
    // Mended, it is forgotten.
    api.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(api.ok(&format!("{PROJECT}/scripts")).await["failing"], json!([]));
}

#[tokio::test]
async fn a_simulation_says_what_the_core_would_refuse_and_what_was_not_asked() {
    let api = Api::new().await;
    api.task(json!({"title": "Count"})).await;
    let plan = r#"fn plan(board) { [accept("t-1"), dispatch("t-1", "nobody"), dispatch("t-99", "zhangfei-dev")] }"#;
    let (status, answer) = api.post(&format!("{PROJECT}/scripts/tick/simulate"), json!({"source": plan})).await;
    assert_eq!(status, 200, "{answer}");
    let asked = answer["items"].as_array().unwrap().iter().find(|item| item["hook"] == "plan").unwrap();
    let refused: Vec<_> = asked["answers"].as_array().unwrap().iter().map(|said| said["refused"].as_str()).collect();
    assert_eq!(
        refused,
        [
            Some("cannot accept a task that is pending"),
            Some("there is no agent `nobody`"),
            Some("there is no open task t-99")
        ]
    );
    assert_eq!(answer["not_asked"], json!(["on_mention"]));
    // Other hooks, too.
    let inspect =
        r#"fn inspect_project(board, ctx) { [escalate("t-9", (), "stuck"), accept("t-1"), fail("t-1", "no")] }"#;
    let (status, answer) = api.post(&format!("{PROJECT}/scripts/zombie/simulate"), json!({"source": inspect})).await;
    assert_eq!(status, 200, "{answer}");
    let asked = answer["items"].as_array().unwrap().iter().find(|item| item["hook"] == "inspect_project").unwrap();
    let refused: Vec<_> = asked["answers"].as_array().unwrap().iter().map(|said| said["refused"].as_str()).collect();
    assert_eq!(refused, [Some("there is no open task t-9"), Some("cannot accept a task that is pending"), None]);
}

#[tokio::test]
async fn a_refused_text_on_the_disk_is_shown_kept_and_never_written_over_unseen() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/scripts/tick");
    let folder = api.board.app.root().project_scripts(&"sales".parse().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let unfinished = "fn plan(board) { my precious(";
    std::fs::write(folder.join("tick.rhai"), unfinished).unwrap();
    let seen = api.ok(&path).await;
    assert_eq!((&seen["level"], &seen["refused_source"]), (&json!("built-in"), &json!(unfinished)));
    let stale = json!({"source": IDLE, "base_hash": seen["hash"]});
    assert_eq!(api.call(Method::PUT, &path, stale).await.0, 409);
    let (status, saved) = api.call(Method::PUT, &path, json!({"source": IDLE})).await;
    assert_eq!((status, &saved["refused_source"]), (200, &Value::Null), "{saved}");
    let versions = api.ok(&format!("{path}/versions")).await;
    let texts: Vec<_> =
        versions["items"].as_array().unwrap().iter().map(|version| version["source"].as_str()).collect();
    assert_eq!(texts, [Some(IDLE), Some(unfinished)]);
    std::fs::write(folder.join("outcome.rhai"), "fn after(").unwrap();
    let (status, problem) = api.call(Method::PUT, &path, json!({"source": "fn plan(board) { () }"})).await;
    assert_eq!(status, 409, "{problem}");
    assert!(problem["detail"].as_str().unwrap().starts_with("tick is saved, and is not in force yet: "), "{problem}");
}
