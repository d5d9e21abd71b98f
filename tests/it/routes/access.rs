//! Who may call: host names, origins and keys; and the server on real sockets.

use std::time::Duration;

use moziplus::{
    client::{request::Request, transport::Transport},
    http::{Access, Bound, handler, routes, serve},
};
use poem::http::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};
use tokio_util::sync::CancellationToken;

use super::{Api, read};
use crate::support::Board;

fn loopback() -> Access {
    Access::new("127.0.0.1:8083".parse().unwrap(), None)
}

#[tokio::test]
async fn foreign_pages_are_kept_out() {
    let api = Api::with(loopback()).await;
    let status = "/api/daemon/status";
    let ask = async |headers: &[(&str, &str)]| read(api.send(Method::GET, status, headers, &Value::Null).await).await;
    assert_eq!(ask(&[("host", "localhost:8083")]).await.0, 200);
    let (code, answer) = ask(&[("host", "evil.example")]).await;
    assert_eq!((code, answer["error"].as_str()), (403, Some("foreign_host")));
    assert!(answer["hint"].as_str().unwrap().contains("allowed_hosts"));
    let (code, answer) = ask(&[("host", "localhost:8083"), ("origin", "http://evil.example")]).await;
    assert_eq!((code, answer["error"].as_str()), (403, Some("foreign_origin")));
    assert_eq!(ask(&[("host", "localhost:8083"), ("origin", "http://localhost:8083")]).await.0, 200);
}

#[tokio::test]
async fn a_key_opens_the_api_and_a_login_makes_a_cookie() {
    let api = Api::with(Access::new("0.0.0.0:8083".parse().unwrap(), Some("secret"))).await;
    let host = ("host", "10.0.0.7:8083");
    let ask = async |path: &str, headers: &[(&str, &str)]| api.send(Method::GET, path, headers, &Value::Null).await;
    let (code, answer) = read(ask("/api/projects", &[host]).await).await;
    assert_eq!((code, answer["error"].as_str()), (401, Some("unauthorized")));
    assert_eq!(ask("/api/projects", &[host, ("authorization", "Bearer secret")]).await.0.status(), 200);
    assert_eq!(ask("/healthz", &[host]).await.0.status(), 200);
    assert_eq!(ask("/", &[host]).await.0.status(), 200);
    assert_eq!(ask("/login?key=wrong", &[host]).await.0.status(), 401);
    let login = ask("/login?key=secret", &[host]).await;
    assert_eq!((login.0.status().as_u16(), login.0.header("location")), (303, Some("/")));
    let cookie = login.0.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(ask("/api/projects", &[host, ("cookie", pair)]).await.0.status(), 200);
}

#[tokio::test]
async fn answers_carry_headers_that_keep_browsers_in_check() {
    let api = Api::new().await;
    let answer = api.send(Method::GET, "/api/projects", &[], &Value::Null).await;
    assert_eq!(answer.0.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.0.header("content-security-policy").unwrap().contains("default-src 'self'"));
    let docs = api.send(Method::GET, "/api/docs", &[], &Value::Null).await;
    assert!(docs.0.header("content-security-policy").unwrap().contains("script-src 'self' 'unsafe-inline'"));
    let page = docs.0.into_body().into_string().await.unwrap();
    assert!(page.contains("SwaggerUIBundle") && page.contains("\"api_key_cookie\""));
}

#[tokio::test]
async fn the_dashboard_answers_every_page_and_nothing_else() {
    let api = Api::new().await;
    let html = [("accept", "text/html")];
    for page in ["/", "/projects/sales", "/index.html"] {
        let answer = api.send(Method::GET, page, &html, &Value::Null).await;
        assert_eq!((answer.0.status().as_u16(), answer.0.header("cache-control")), (200, Some("no-cache")), "{page}");
        let tag = answer.0.header("etag").unwrap().to_owned();
        let again = api.send(Method::GET, page, &[html[0], ("if-none-match", &tag)], &Value::Null).await;
        assert_eq!(again.0.status(), 304, "{page}");
    }
    let missing = read(api.send(Method::GET, "/assets/gone.js", &html, &Value::Null).await).await;
    assert_eq!((missing.0, missing.1["error"].as_str()), (404, Some("not_found")));
    assert_eq!(api.send(Method::GET, "/projects/sales", &[], &Value::Null).await.0.status(), 404);
}

#[tokio::test]
async fn files_go_compressed_to_those_who_take_that() {
    let board = Board::new().await;
    let dist = board.folder.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    for (name, text) in [("app.js", "a long text"), ("app.js.gz", "short"), ("logo.png", "picture")] {
        std::fs::write(dist.join(name), text).unwrap();
    }
    std::fs::write(board.folder.path().join("config/default.yaml"), "server: {assets_dir: dist}\n").unwrap();
    board.app.reload_config().await;
    let api = Api::over(board, Access::trusted());
    for (file, takes, encoding, bytes) in [
        ("/app.js", "gzip, br", Some("gzip"), "short"),
        ("/app.js", "br", None, "a long text"),
        ("/logo.png", "gzip", None, "picture"),
    ] {
        let answer = api.send(Method::GET, file, &[("accept-encoding", takes)], &Value::Null).await.0;
        assert_eq!(answer.header("content-encoding"), encoding, "{file}");
        let kind = if file.ends_with("js") { "text/javascript; charset=utf-8" } else { "image/png" };
        assert_eq!((answer.content_type(), answer.header("vary")), (Some(kind), Some("Accept-Encoding")));
        assert_eq!(answer.into_body().into_string().await.unwrap(), bytes);
    }
}

#[tokio::test]
async fn the_server_listens_on_both_doors_and_stops_with_open_streams() {
    let board = Board::new().await;
    let socket = board.folder.path().join("run/daemon.sock");
    let bound = Bound::bind("127.0.0.1:0".parse().unwrap(), &socket).await.unwrap();
    let address = bound.address();
    let shutdown = CancellationToken::new();
    let routes = routes(board.app.clone(), Access::new(address, Some("secret")), shutdown.clone());
    let server = tokio::spawn(serve(bound, routes, shutdown.clone()));
    // Over TCP the key is needed; over the socket the local user is trusted.
    let status = || Request::get(["api", "daemon", "status"]);
    let tcp = Transport::tcp(&address.to_string()).unwrap();
    assert_eq!(tcp.exchange(status()).await.unwrap().status, 401);
    assert_eq!(tcp.exchange(status().header("authorization", "Bearer secret")).await.unwrap().status, 200);
    let unix = Transport::socket(&socket).unwrap();
    assert_eq!(unix.exchange(status()).await.unwrap().status, 200);
    let mut stream = UnixStream::connect(&socket).await.unwrap();
    stream.write_all(b"GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut begun = Vec::new();
    while !String::from_utf8_lossy(&begun).contains("retry:") {
        assert_ne!(stream.read_buf(&mut begun).await.unwrap(), 0);
    }
    shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(3), server).await.unwrap().unwrap().unwrap();
    stream.read_to_end(&mut begun).await.unwrap();
    assert!(!socket.exists());
}

#[tokio::test]
async fn the_same_routes_answer_in_this_process() {
    let board = Board::new().await;
    let transport = Transport::InProcess(handler(board.app.clone()));
    let body = json!({"title": "Count 楚"});
    let made = transport.exchange(Request::post(["api", "projects", "sales", "tasks"], &body)).await.unwrap();
    assert_eq!((made.status, made.json::<Value>().unwrap()["title"].as_str()), (201, Some("Count 楚")));
    let wrong = transport.exchange(Request::get(["api", "projects", "no/such"])).await.unwrap();
    assert_eq!((wrong.status, wrong.json::<Value>().unwrap()["error"].as_str()), (404, Some("not_found")));
}
