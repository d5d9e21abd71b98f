//! What needs many callers at once.

use futures_util::future::join_all;
use serde_json::json;

use super::Api;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_32_claims_at_once_one_wins_and_31_get_the_error_object() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let claim = format!("{task}/claim");
    let agents = ["zhangfei-dev", "guanyu-dev"];
    let answers = join_all((0..32).map(|n| api.post(&claim, json!({"agent": agents[n % 2]})))).await;
    let won: Vec<_> = answers.iter().filter(|(status, _)| *status == 200).collect();
    assert_eq!(won.len(), 1);
    assert!(won[0].1["token"].is_string());
    let lost = answers.iter().filter(|(status, _)| *status == 409);
    assert_eq!(
        lost.filter(|(_, answer)| answer["error"] == "already_claimed" && answer["hint"].is_string()).count(),
        31
    );
}
