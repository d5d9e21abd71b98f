//! The ceiling of HTTP: one handler that answers an object of a task's size, and does nothing else. Prints its address and
//! serves until it is killed.

use poem::{
    Route, Server, get, handler,
    listener::{Acceptor, Listener, TcpListener},
    web::Json,
};
use serde_json::{Value, json};

#[handler]
fn task() -> Json<Value> {
    Json(json!({
        "id": "t-1", "project": "bench", "title": "task 1", "description": null, "status": "pending", "priority": 5,
        "risk_level": "low", "assignee": null, "created_by": "human", "created_at": "2026-05-16T12:00:00.000Z",
        "updated_at": "2026-05-16T12:00:00.000Z", "round": 1, "retry_count": 0, "revision": 1, "depends_on": [],
    }))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    let address = acceptor.local_addr().into_iter().find_map(|address| address.as_socket_addr().copied());
    println!("{}", address.ok_or_else(|| std::io::Error::other("it listens nowhere"))?);
    Server::new_with_acceptor(acceptor).run(Route::new().at("/", get(task))).await
}
