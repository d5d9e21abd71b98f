//! Lists have pages that follow each other.

use serde_json::json;

use super::{Api, PROJECT, ids};

/// All pages of a list, one after the other.
async fn walk(api: &Api, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api.ok(&format!("{path}{cursor}")).await;
        pages.push(ids(&page));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return pages,
        }
    }
}

#[tokio::test]
async fn tasks_come_in_every_order_page_by_page() {
    let api = Api::new().await;
    for (title, priority) in [("a", 5), ("b", 9), ("c", 5), ("d", 1), ("e", 9)] {
        api.task(json!({"title": title, "priority": priority})).await;
    }
    let tasks = format!("{PROJECT}/tasks");
    let of = |sort: &str| format!("{tasks}?limit=2&sort={sort}");
    assert_eq!(walk(&api, &of("oldest")).await, [vec!["t-1", "t-2"], vec!["t-3", "t-4"], vec!["t-5"]]);
    assert_eq!(walk(&api, &of("newest")).await, [vec!["t-5", "t-4"], vec!["t-3", "t-2"], vec!["t-1"]]);
    assert_eq!(walk(&api, &of("priority")).await, [vec!["t-2", "t-5"], vec!["t-1", "t-3"], vec!["t-4"]]);
    assert_eq!(walk(&api, &of("updated")).await.concat().len(), 5);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let api = Api::new().await;
    api.task(json!({"title": "Count the sales", "assignee": "guanyu-dev"})).await;
    api.task(json!({"title": "Write the report", "description": "about SALES"})).await;
    api.task(json!({"title": "Send it", "depends_on": ["t-2"], "risk_level": "high"})).await;
    let found = async |query: &str| ids(&api.ok(&format!("{PROJECT}/tasks?{query}")).await);
    assert_eq!(found("status=pending,working").await, ["t-1", "t-2"]);
    assert_eq!(found("status=blocked").await, ["t-3"]);
    assert_eq!(found("risk=high,critical").await, ["t-3"]);
    assert_eq!(found("assignee=guanyu-dev").await, ["t-1"]);
    assert_eq!(found("q=sales").await, ["t-1", "t-2"]);
    let hits = api.ok("/api/search?q=report").await;
    assert_eq!((&hits["items"][0]["task"], &hits["items"][0]["title"]), (&json!("t-2"), &json!("Write the report")));
}

#[tokio::test]
async fn events_are_paged_to_the_end() {
    let api = Api::new().await;
    for title in ["a", "b", "c"] {
        api.task(json!({"title": title})).await;
    }
    let created = "/api/events/history?project=sales&kind=task_created";
    // The index follows the commits at once, and on a thread of its own.
    while ids(&api.ok(created).await).len() < 3 {
        tokio::task::yield_now().await;
    }
    let pages = walk(&api, &format!("{created}&limit=2")).await.concat();
    assert_eq!(pages.len(), 3);
    let after = api.ok(&format!("{created}&after={}", pages[1])).await;
    assert_eq!(ids(&after), [pages[2].as_str()]);
}

#[tokio::test]
async fn experiences_are_paged_newest_first() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    for lesson in ["one", "two", "three"] {
        let (status, _) = api.post(&format!("{task}/experiences"), json!({"lesson": lesson, "tags": ["csv"]})).await;
        assert_eq!(status, 201);
    }
    let pages = walk(&api, &format!("{PROJECT}/experiences?tag=csv&limit=2")).await;
    assert_eq!(pages, [vec!["3", "2"], vec!["1"]]);
}
