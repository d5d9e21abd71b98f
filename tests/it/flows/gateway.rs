//! The gateway's runners, against a gateway of the test's own: whether it is there decides who is started.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use moziplus::{
    app::explain,
    model::{
        outcome::Outcome,
        status::Status,
        task::{NewTask, RiskLevel},
    },
};

use super::office::Office;

/// A gateway that is ready or not, refuses to spawn, and speaks no WebSocket.
struct Gateway {
    url: String,
    ready: Arc<AtomicBool>,
    spawns: Arc<AtomicUsize>,
}

impl Gateway {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let gateway = Self { url, ready: Arc::default(), spawns: Arc::default() };
        let (ready, spawns) = (gateway.ready.clone(), gateway.spawns.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &ready, &spawns);
            }
        });
        gateway
    }
}

fn answer(mut stream: TcpStream, ready: &AtomicBool, spawns: &AtomicUsize) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    let (status, body) = match head.split(' ').nth(1).unwrap_or_default() {
        "/readyz" if ready.load(Ordering::SeqCst) => ("200 OK", r#"{"ready":true}"#),
        "/readyz" => ("503 Service Unavailable", r#"{"ready":false,"failing":["sidecars"]}"#),
        "/tools/invoke" => {
            spawns.fetch_add(1, Ordering::SeqCst);
            assert!(head.contains("authorization: bearer s3cret"), "{head}");
            ("200 OK", r#"{"ok":true,"result":{"details":{"status":"forbidden","error":"agentId is not allowed"}}}"#)
        }
        _ => ("404 Not Found", "{}"),
    };
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    // Whoever asked may have gone.
    let _gone = stream.write_all(text.as_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_of_a_gateway_wait_for_it_and_are_told_what_it_refuses() {
    let gateway = Gateway::start();
    let agents = "
runners:
  sub: {kind: gateway, env: {OPENCLAW_GATEWAY_TOKEN: s3cret}}
agents:
  zhangfei-dev: {role: executor, runner: sub}
";
    let settings = format!("gateway: {{url: \"{}\"}}", gateway.url);
    let office = Office::prepared("", |root| fs::write(root.join("config/agents.yaml"), agents).unwrap()).await;
    office.also(&settings).await;
    let wait = async |up: bool| {
        while office.app.control().health().gateway_up != Some(up) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait(false)).await.expect("it is seen to be down");
    let low = NewTask { title: "Count".into(), risk_level: Some(RiskLevel::Low), ..NewTask::default() };
    let task = office.create(low).await;
    office.app.control().tick().await.unwrap();
    assert_eq!(office.attempts(task).await.len(), 0, "nobody is started");
    let why = explain::explain(&office.app, &office.project, task, 10).await.unwrap();
    assert!(why.reasons.iter().any(|reason| reason.code == "gateway"), "{:?}", why.reasons);

    gateway.ready.store(true, Ordering::SeqCst);
    tokio::time::timeout(Duration::from_secs(30), wait(true)).await.expect("it is seen to be up");
    // The work goes on by itself, and the runner's process tells what the gateway says.
    office.until(task, |task| task.lifecycle.retry_count > 0 || task.lifecycle.status == Status::Failed).await;
    let first = office.attempts(task).await.remove(0);
    assert_eq!((first.outcome, first.exit_code), (Some(Outcome::SpawnFailed), Some(1)));
    assert!(first.detail.unwrap().contains("agentId is not allowed"));
    assert!(gateway.spawns.load(Ordering::SeqCst) > 0);
    let prompt = fs::read_to_string(office.app.root().attempt(&first.id).join("prompt.md")).unwrap();
    assert!(prompt.starts_with("Your shell does not know this task yet."), "{prompt}");
}
