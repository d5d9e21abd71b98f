//! One command's way to the blackboards: the daemon when one answers, else the same routes in this process.

use std::time::{Duration, Instant};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::{net::UnixStream, time::sleep};

use super::{
    args::TaskArgs,
    defaults::Defaults,
    direct::{Direct, Try},
    failure::Failure,
    render::Out,
};
use crate::{
    client::{
        Client,
        problem::ClientError,
        request::{Request, Response},
        transport::Transport,
    },
    daemon::lock::LockError,
    model::ids::{ProjectId, TaskId},
};

/// How long a person waits for a daemon that starts.
const PATIENCE_OF_PEOPLE: Duration = Duration::from_secs(10);
/// How long a person waits while other commands hold the root's lock, one after the other.
const PATIENCE_IN_A_ROW: Duration = Duration::from_secs(60);
/// Pause between two tries for a lock that other commands hand on: short for all, so that nobody falls behind.
const PAUSE_IN_A_ROW: Duration = Duration::from_millis(50);
/// How long an agent waits for a daemon that restarts (product.md section 3).
const PATIENCE_OF_AGENTS: Duration = Duration::from_secs(60);
/// First pause between two tries; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(25);
/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Everything a command needs: who acts where, the API, and where to print.
pub struct Session {
    /// Who acts where.
    pub defaults: Defaults,
    /// Where answers are printed.
    pub out: Out,
    /// The way to the API.
    client: Client,
    /// The blackboards, when this process answers by itself.
    direct: Option<Direct>,
}

impl Session {
    /// Finds the daemon, or does without: then a person's command takes the root's lock and answers by itself, while
    /// an agent's waits. Both wait as long as their patience lasts for whoever holds the lock.
    pub async fn open(defaults: Defaults, out: Out) -> Result<Self, Failure> {
        let mut wait = Wait::new(&defaults);
        let socket = defaults.root.socket();
        loop {
            let Err(error) = UnixStream::connect(&socket).await else {
                return Self::with_daemon(defaults, out);
            };
            if defaults.is_attempt {
                if !wait.pause().await {
                    return Err(no_daemon(&defaults, &error));
                }
                continue;
            }
            match Direct::try_open(&defaults.root).await? {
                Try::Open(direct) => {
                    let client = Client::new(Transport::InProcess(direct.handler()), defaults.token.clone());
                    return Ok(Self { defaults, out, client, direct: Some(direct) });
                }
                Try::Held(held) if !wait.in_a_row(&held).await => return Err(in_use(&held)),
                Try::Held(_) => {}
            }
        }
    }

    /// Finds the daemon, for what only a daemon can do; a person learns at once that there is none.
    pub async fn open_daemon(defaults: Defaults, out: Out) -> Result<Self, Failure> {
        let mut wait = Wait::new(&defaults);
        let socket = defaults.root.socket();
        while let Err(error) = UnixStream::connect(&socket).await {
            if !defaults.is_attempt || !wait.pause().await {
                return Err(no_daemon(&defaults, &error));
            }
        }
        Self::with_daemon(defaults, out)
    }

    fn with_daemon(defaults: Defaults, out: Out) -> Result<Self, Failure> {
        let client = Client::new(Transport::socket(&defaults.root.socket())?, defaults.token.clone());
        Ok(Self { defaults, out, client, direct: None })
    }

    /// Lets go of what the session holds.
    pub fn close(self) {
        drop(self.client);
        if let Some(direct) = self.direct {
            direct.close();
        }
    }

    /// Sends a request, again after a pause while the daemon restarts. A request whose answer got lost is sent again
    /// when it reads or has a key; anything else may have taken effect.
    pub async fn send(&self, request: Request) -> Result<Response, Failure> {
        let mut wait = Wait::new(&self.defaults);
        loop {
            match self.client.send(request.clone()).await {
                Err(error) if self.has_daemon() && is_worth_waiting(&request, &error) && wait.pause().await => {}
                Ok(response) => {
                    if let Some(notice) = &response.notice {
                        self.out.remind(notice);
                    }
                    return Ok(response);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Sends a request and reads the answer.
    pub async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T, Failure> {
        let name = request.to_string();
        let response = self.send(request).await?;
        response.json().map_err(|source| ClientError::Unreadable { request: name, source }.into())
    }

    /// Sends a request and answers with the bytes as they came; nothing when the range asked for is empty.
    pub async fn bytes(&self, request: Request) -> Result<Vec<u8>, Failure> {
        match self.client.send(request).await {
            Ok(response) => Ok(response.body),
            Err(ClientError::Refused { status: 416, .. }) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// True when a daemon answers; false when this process does.
    pub fn has_daemon(&self) -> bool {
        self.direct.is_none()
    }

    /// Refuses what only a daemon can do.
    pub fn needs_daemon(&self) -> Result<(), Failure> {
        if self.has_daemon() { Ok(()) } else { Err(Failure::unreachable("the daemon does not run")) }
    }

    /// Sends a request and answers with the JSON as it came.
    pub async fn value(&self, request: Request) -> Result<Value, Failure> {
        self.json(request).await
    }

    /// The project that was named, else the environment's, else the only one there is.
    pub async fn project(&self, named: Option<&ProjectId>) -> Result<ProjectId, Failure> {
        if let Some(project) = named.or(self.defaults.project.as_ref()) {
            return Ok(project.clone());
        }
        let mut projects = self.projects().await?;
        match projects.len() {
            1 => Ok(projects.remove(0)),
            0 => Err(Failure::not_found("there is no project yet")
                .hint("create one with `moziplus project create --id ID --name NAME`")),
            _ => Err(Failure::usage("there are several projects: name one with --project")
                .valid_values(projects.iter().map(ProjectId::to_string))),
        }
    }

    /// The ids of all projects that are in use.
    pub async fn projects(&self) -> Result<Vec<ProjectId>, Failure> {
        let list: Value = self.json(Request::get(["api", "projects"]).query("limit", Some(500))).await?;
        let items = list["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let in_use = items.iter().filter(|project| project["status"].as_str() != Some("archived"));
        Ok(in_use.filter_map(|project| project["id"].as_str()?.parse().ok()).collect())
    }

    /// Project and task that were named, else the environment's.
    pub async fn task(&self, named: &TaskArgs) -> Result<TaskPath, Failure> {
        let task = named.task.or(self.defaults.task);
        let task = task.ok_or_else(|| {
            Failure::usage("which task? name it with --task").hint("`moziplus blackboard read` lists the tasks")
        })?;
        Ok(TaskPath { project: self.project(named.project.as_ref()).await?, task })
    }

    /// A body that begins with who acts, under the name that the route has for that.
    pub fn signed(&self, field: &str, rest: &impl Serialize) -> Value {
        let mut body = json!({ field: self.defaults.agent });
        if let (Value::Object(body), Ok(Value::Object(rest))) = (&mut body, serde_json::to_value(rest)) {
            body.extend(rest.into_iter().filter(|(_, value)| !value.is_null()));
        }
        body
    }
}

/// A task of a project: the beginning of most routes.
#[derive(Debug, Clone)]
pub struct TaskPath {
    /// The project.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
}

impl TaskPath {
    /// `POST` to a route below the task.
    pub fn post(&self, what: &str, body: &impl Serialize) -> Request {
        let task = self.task.to_string();
        Request::post(["api", "projects", self.project.as_str(), "tasks", &task, what], body).repeatable()
    }

    /// `GET` of a route below the task.
    pub fn get_below(&self, what: &str) -> Request {
        Request::get(["api", "projects", self.project.as_str(), "tasks", &self.task.to_string(), what])
    }

    /// `GET` of the task itself.
    pub fn get(&self) -> Request {
        Request::get(["api", "projects", self.project.as_str(), "tasks", &self.task.to_string()])
    }
}

fn no_daemon(defaults: &Defaults, error: &std::io::Error) -> Failure {
    Failure::unreachable(format!("no daemon answers at {}: {error}", defaults.root.socket().display()))
}

/// Somebody else works on the root, and went on doing so.
fn in_use(held: &LockError) -> Failure {
    Failure::unreachable(held.to_string()).hint(if held.is_by_daemon() {
        "this daemon does not answer: wait if it is starting, else look at its log below logs/"
    } else {
        "wait until that command is done, then repeat; with a daemon (`moziplus serve`) commands run side by side"
    })
}

fn is_worth_waiting(request: &Request, error: &ClientError) -> bool {
    error.is_worth_waiting() || (request.is_repeatable() && matches!(error, ClientError::Lost { .. }))
}

/// Pauses that get longer until patience runs out.
struct Wait {
    /// When waiting began.
    since: Instant,
    /// When it runs out.
    until: Instant,
    /// The next pause.
    pause: Duration,
}

impl Wait {
    fn new(defaults: &Defaults) -> Self {
        let patience = if defaults.is_attempt { PATIENCE_OF_AGENTS } else { PATIENCE_OF_PEOPLE };
        let since = Instant::now();
        Self { since, until: since + patience, pause: FIRST_PAUSE }
    }

    /// Waits for a lock; false without waiting when patience has run out. Commands hand the lock on quickly and in no
    /// order, so everybody looks often, and for longer than for a daemon that may never answer.
    async fn in_a_row(&mut self, held: &LockError) -> bool {
        if held.is_by_daemon() {
            return self.pause().await;
        }
        if self.since.elapsed() >= PATIENCE_IN_A_ROW {
            return false;
        }
        sleep(PAUSE_IN_A_ROW).await;
        true
    }

    /// Waits; false without waiting when patience has run out.
    async fn pause(&mut self) -> bool {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return false;
        }
        sleep(self.pause.min(left)).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::UnixListener,
    };

    use super::*;
    use crate::{cli::args::Globals, cli::render::tests::page, config::Environment, daemon::lock::Holder};

    fn agent_in(folder: &Path) -> Defaults {
        let root = folder.display().to_string();
        let variables =
            [("MOZIPLUS_ROOT", root.as_str()), ("MOZIPLUS_ATTEMPT", "demo.t-1.1"), ("MOZIPLUS_AGENT", "a1")];
        std::fs::create_dir_all(folder.join("run")).unwrap();
        Defaults::new(&Globals::default(), &Environment::of(folder, variables)).unwrap()
    }

    /// Answers one request and goes away, as a daemon that restarts does.
    async fn answer_once(socket: &Path, answer: &str) {
        let _ = std::fs::remove_file(socket);
        let listener = UnixListener::bind(socket).unwrap();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while let Ok(byte) = stream.read_u8().await {
                head.push(byte);
                if head.ends_with(b"\r\n\r\n") {
                    let length = answer.len();
                    let status = if answer.contains("starting") { "503 Unavailable" } else { "200 OK" };
                    let text =
                        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}");
                    stream.write_all(text.as_bytes()).await.unwrap();
                    return;
                }
            }
        }
    }

    /// Takes one request and goes away without an answer, as a daemon that is killed does; tells the request's head.
    async fn take_one(socket: &Path) -> String {
        let _ = std::fs::remove_file(socket);
        let listener = UnixListener::bind(socket).unwrap();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while let Ok(byte) = stream.read_u8().await {
                head.push(byte);
                if head.ends_with(b"\r\n\r\n") {
                    return String::from_utf8(head).unwrap();
                }
            }
        }
    }

    #[test]
    fn who_holds_the_root_is_said() {
        let holder = |role: &str| Some(Box::new(Holder::this(role, "2026-11-22T10:00:00Z".parse().unwrap())));
        let held = |role| in_use(&LockError::Held { root: "/r".into(), holder: holder(role) });
        let Failure { exit, problem } = held("command line");
        assert_eq!(exit, crate::cli::failure::Exit::Unreachable);
        let who = format!("(command line, process {}, since 2026-11-22", std::process::id());
        assert!(problem.detail.starts_with("/r is in use by moziplus") && problem.detail.contains(&who), "{problem:?}");
        assert!(problem.hint.unwrap().contains("wait until that command is done"));
        assert!(held("daemon").problem.hint.unwrap().contains("does not answer"));
    }

    #[tokio::test]
    async fn a_write_whose_answer_is_lost_is_sent_again_with_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let defaults = agent_in(folder.path());
        let socket = defaults.root.socket();
        let daemon = async {
            let taken = [take_one(&socket).await, take_one(&socket).await];
            answer_once(&socket, r#"{"id":"t-1"}"#).await;
            taken
        };
        let task = TaskPath { project: "demo".parse().unwrap(), task: "t-1".parse().unwrap() };
        let command = async {
            let session = Session::open(defaults.clone(), Out { json: false, page: page() }).await.unwrap();
            session.value(task.post("complete", &json!({}))).await.unwrap()
        };
        let (answer, heads) = tokio::join!(command, daemon);
        assert_eq!(answer, json!({"id": "t-1"}));
        let keys = heads.map(|head| head.lines().find(|l| l.starts_with("idempotency-key: ")).unwrap().to_owned());
        assert_eq!(keys[0], keys[1]);
    }

    #[tokio::test]
    async fn an_agent_waits_for_a_daemon_that_restarts() {
        let folder = tempfile::tempdir().unwrap();
        let defaults = agent_in(folder.path());
        let socket = defaults.root.socket();
        let daemon = async {
            // Nobody is there at first; then a daemon that starts; then nobody; then one that is ready.
            answer_once(&socket, r#"{"error":"starting","detail":"the daemon starts"}"#).await;
            answer_once(&socket, r#"{"id":"t-1"}"#).await;
        };
        let command = async {
            let session = Session::open(defaults.clone(), Out { json: false, page: page() }).await.unwrap();
            session.value(Request::post(["api"], &json!({}))).await.unwrap()
        };
        let (answer, ()) = tokio::join!(command, daemon);
        assert_eq!(answer, json!({"id": "t-1"}));
    }
}
