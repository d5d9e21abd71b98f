//! Live events: complete, in order, and resumed without loss or duplicate.

use std::time::Duration;

use futures_util::StreamExt;
use poem::{Body, http::Method};
use serde_json::{Value, json};

use super::{Api, read};

/// Reads a stream of events.
struct Watcher {
    body: std::pin::Pin<Box<dyn futures_util::Stream<Item = std::io::Result<Vec<u8>>> + Send>>,
    text: String,
}

/// One event as it came.
struct Seen {
    id: i64,
    name: String,
    data: Value,
}

impl Watcher {
    async fn open(api: &Api, path: &str, headers: &[(&str, &str)]) -> Self {
        let response = api.send(Method::GET, path, headers, &Value::Null).await;
        assert_eq!(response.0.status(), 200);
        assert_eq!(response.0.content_type(), Some("text/event-stream"));
        Self::new(response.0.into_body())
    }

    fn new(body: Body) -> Self {
        let stream = body.into_bytes_stream().map(|part| part.map(|bytes| bytes.to_vec()));
        Self { body: Box::pin(stream), text: String::new() }
    }

    /// The next event; none at the end of the stream.
    async fn next(&mut self) -> Option<Seen> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let Some(data) = field("data:") else { continue };
                // What agents print has no id to go back to.
                let id = field("id:").map_or(0, |id| id.parse().unwrap());
                let name = field("event:").unwrap().to_owned();
                return Some(Seen { id, name, data: serde_json::from_str(data).unwrap() });
            }
            let part = tokio::time::timeout(Duration::from_secs(10), self.body.next()).await.unwrap()?;
            self.text += &String::from_utf8(part.unwrap()).unwrap();
        }
    }

    async fn titles(&mut self, count: usize) -> Vec<String> {
        let mut titles = Vec::new();
        while titles.len() < count {
            titles.push(self.next().await.unwrap().data["summary"].as_str().unwrap().to_owned());
        }
        titles
    }
}

#[tokio::test]
async fn what_agents_print_comes_to_those_who_ask_for_it() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    api.post(&format!("{task}/claim"), json!({"agent": "guanyu-dev"})).await;
    let archive = api.board.app.root().attempt(&"sales.t-1.1".parse().unwrap());
    std::fs::create_dir_all(&archive).unwrap();
    let log = archive.join("output.log");
    std::fs::write(&log, "long ago\n").unwrap();
    let mut asking = Watcher::open(&api, "/api/events?level=activity", &[]).await;
    let mut others = Watcher::open(&api, "/api/events", &[]).await;
    std::fs::write(&log, "long ago\nreading 42 files\n日").unwrap();
    let said = asking.next().await.unwrap();
    assert_eq!((said.name.as_str(), said.id), ("agent_log", 0));
    assert_eq!(said.data["payload"]["text"], "reading 42 files\n日");
    assert_eq!(said.data["actor"], "guanyu-dev");
    assert_eq!((said.data["task"].as_str(), said.data["level"].as_str()), (Some("t-1"), Some("activity")));
    api.task(json!({"title": "Next"})).await;
    // The claim may still be on its way to them.
    loop {
        let heard = others.next().await.unwrap().name;
        assert_ne!(heard, "agent_log", "nobody else hears it");
        if heard == "task_created" {
            break;
        }
    }
}

#[tokio::test]
async fn events_come_live_in_order_with_their_names() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales", &[]).await;
    let task = api.task(json!({"title": "Count"})).await;
    api.post(&format!("{task}/claim"), json!({"agent": "guanyu-dev"})).await;
    let created = watcher.next().await.unwrap();
    assert_eq!((created.name.as_str(), created.data["kind"].as_str()), ("task_created", Some("task_created")));
    assert_eq!((created.data["id"].as_i64(), created.data["task"].as_str()), (Some(created.id), Some("t-1")));
    assert_eq!(created.data["at"], "2026-05-16T12:00:00.000Z");
    let keys: Vec<_> = created.data.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["id", "project", "task", "kind", "level", "actor", "at", "summary", "payload"]);
    let second = watcher.next().await.unwrap();
    assert!(second.id > created.id);
}

#[tokio::test]
async fn a_watcher_that_comes_back_gets_what_it_missed_once() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales", &[]).await;
    api.task(json!({"title": "one"})).await;
    let last = watcher.next().await.unwrap().id.to_string();
    drop(watcher);
    api.task(json!({"title": "two"})).await;
    api.task(json!({"title": "three"})).await;
    let mut back = Watcher::open(&api, "/api/events?project=sales", &[("Last-Event-ID", &last)]).await;
    api.task(json!({"title": "four"})).await;
    assert_eq!(back.titles(3).await, ["two", "three", "four"]);
}

#[tokio::test]
async fn nothing_is_lost_between_history_and_live_under_load() {
    let api = Api::new().await;
    let newest = api.board.app.daemon().last_id();
    let path = format!("/api/events?project=sales&after={newest}");
    let create = async {
        for number in 0..300 {
            api.task(json!({"title": number.to_string()})).await;
        }
    };
    let watch = async {
        // Many watchers come at different moments; each has to see all 300, in order.
        for _ in 0..10 {
            let mut watcher = Watcher::open(&api, &path, &[]).await;
            let expected: Vec<_> = (0..30).map(|number| number.to_string()).collect();
            assert_eq!(watcher.titles(30).await, expected);
        }
        let mut watcher = Watcher::open(&api, &path, &[]).await;
        let expected: Vec<_> = (0..300).map(|number: i32| number.to_string()).collect();
        assert_eq!(watcher.titles(300).await, expected);
    };
    tokio::join!(create, watch);
}

#[tokio::test]
async fn a_subscriber_that_lags_catches_up_from_history() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales", &[]).await;
    // More than the backlog of the live channel, before anything is read.
    let batch: Vec<_> = (0..500).map(|number| json!({"title": number.to_string()})).collect();
    for _ in 0..10 {
        let (status, _) = api.post("/api/projects/sales/tasks/batch", json!({"tasks": batch})).await;
        assert_eq!(status, 201);
    }
    let expected: Vec<_> = (0..10).flat_map(|_| (0..500).map(|number: i32| number.to_string())).collect();
    assert_eq!(watcher.titles(5000).await, expected);
}

#[tokio::test]
async fn an_id_from_nowhere_gets_a_gap() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales&after=999999", &[]).await;
    let gap = watcher.next().await.unwrap();
    assert_eq!((gap.name.as_str(), gap.data["level"].as_str()), ("gap", Some("attention")));
    assert_eq!(gap.id, api.board.app.daemon().last_id(), "it goes on from now");
    api.task(json!({"title": "afterwards"})).await;
    assert_eq!(watcher.titles(1).await, ["afterwards"]);
}

#[tokio::test]
async fn levels_and_projects_are_told_apart() {
    let api = Api::new().await;
    api.post("/api/projects", json!({"id": "stock"})).await;
    let mut urgent = Watcher::open(&api, "/api/events?level=urgent,attention", &[]).await;
    let mut stock = Watcher::open(&api, "/api/events?project=stock", &[]).await;
    let task = api.task(json!({"title": "sales only"})).await;
    api.post(&format!("{task}/fail"), json!({"reason": "no data"})).await;
    api.post("/api/projects/stock/tasks", json!({"title": "stock only"})).await;
    assert_eq!(urgent.next().await.unwrap().data["level"], "urgent");
    assert_eq!(stock.titles(1).await, ["stock only"]);
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events", &[]).await;
    api.shutdown.cancel();
    assert!(watcher.next().await.is_none());
}

#[tokio::test]
async fn ids_go_on_after_a_restart() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales", &[]).await;
    api.task(json!({"title": "one"})).await;
    let last = watcher.next().await.unwrap().id;
    api.task(json!({"title": "two"})).await;
    drop(watcher);
    let api = api.restarted().await;
    let seen = last.to_string();
    let mut back = Watcher::open(&api, "/api/events?project=sales", &[("Last-Event-ID", &seen)]).await;
    api.task(json!({"title": "three"})).await;
    let (two, three) = (back.next().await.unwrap(), back.next().await.unwrap());
    assert_eq!((two.data["summary"].as_str(), three.data["summary"].as_str()), (Some("two"), Some("three")));
    assert!(last < two.id && two.id < three.id);
}

#[tokio::test]
async fn a_gap_stands_where_events_of_a_replaced_database_were() {
    let api = Api::new().await;
    let start = api.board.app.daemon().last_id();
    api.task(json!({"title": "kept"})).await;
    let (_, made) = api.post("/api/backups", json!({"project": "sales"})).await;
    let copy = made["items"][0]["id"].as_str().unwrap();
    api.task(json!({"title": "lost"})).await;
    api.task(json!({"title": "lost too"})).await;
    let restore = json!({"project": "sales", "force": true});
    assert_eq!(api.post(&format!("/api/backups/{copy}/restore"), restore).await.0, 200);
    api.task(json!({"title": "after"})).await;
    let mut watcher = Watcher::open(&api, &format!("/api/events?project=sales&after={start}"), &[]).await;
    let (mut names, mut last) = (Vec::new(), start);
    loop {
        let event = watcher.next().await.unwrap();
        assert!(event.id > last, "ids increase: {} after {last}", event.id);
        last = event.id;
        let summary = event.data["summary"].as_str().unwrap().to_owned();
        names.push(event.name);
        if summary == "after" {
            break;
        }
    }
    // The restore is an event about the project, though it stands in the daemon's own database.
    assert_eq!(names, ["task_created", "backup_finished", "gap", "project_changed", "task_created"]);
}

#[tokio::test]
async fn what_happens_to_a_project_is_told_to_those_who_watch_it() {
    let api = Api::new().await;
    let mut watcher = Watcher::open(&api, "/api/events?project=sales", &[]).await;
    let path = "/api/projects/sales";
    let (status, _) = read(api.send(Method::PATCH, path, &[], &json!({"name": "Sales 2"})).await).await;
    assert_eq!(status, 200);
    let event = watcher.next().await.unwrap();
    assert_eq!((event.name.as_str(), event.data["project"].as_str()), ("project_changed", Some("sales")));
    let history = api.ok("/api/events/history?project=sales&kind=project_changed&newest=true").await;
    assert_eq!(
        (history["items"][0]["id"].as_i64(), history["items"][0]["project"].as_str()),
        (Some(event.id), Some("sales"))
    );
}
