//! Work to do: somebody who creates tasks, and an agent that comes by itself. Both note what was acknowledged.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use serde_json::Value;

use crate::support::daemon::PROGRAM;

/// Looks of the visitor for something to do when nothing new is created any more.
const PATIENCE: u32 = 1000;

/// What both know.
#[derive(Debug, Default)]
pub struct Shared {
    /// Ids of tasks whose creation was acknowledged.
    created: Mutex<Vec<String>>,
    /// Tasks that the visitor completed, with the output that it gave.
    visits: Mutex<Vec<(String, String)>>,
    stop: AtomicBool,
}

impl Shared {
    /// Notes that a creation was acknowledged.
    pub fn was_created(&self, task: &str) {
        self.created.lock().unwrap().push(task.to_owned());
    }

    /// Tasks whose creation was acknowledged.
    pub fn created(&self) -> Vec<String> {
        self.created.lock().unwrap().clone()
    }

    /// What the visitor was told to be complete.
    pub fn visits(&self) -> Vec<(String, String)> {
        self.visits.lock().unwrap().clone()
    }

    /// How many of each.
    pub fn counts(&self) -> (usize, usize) {
        (self.created.lock().unwrap().len(), self.visits.lock().unwrap().len())
    }
}

/// Both at work.
pub struct Load {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    /// Starts them.
    pub fn start(root: &Path, shared: Arc<Shared>, most_open: usize) -> Self {
        let (folder, known) = (root.to_owned(), shared.clone());
        let creator = std::thread::spawn(move || create(&folder, &known, most_open));
        let (folder, known) = (root.to_owned(), shared.clone());
        let visitor = std::thread::spawn(move || visit(&folder, &known));
        Self { shared, threads: vec![creator, visitor] }
    }

    /// Has both end.
    pub fn finish(mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.join().unwrap();
        }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
    }
}

/// Runs a command; what it says is JSON.
#[expect(clippy::disallowed_methods, reason = "a test starts the program as a user would")]
pub fn cli(root: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Option<Value> {
    let mut command = Command::new(PROGRAM);
    command.args(["--json"]).args(arguments).env("MOZIPLUS_ROOT", root).env("MOZIPLUS_PROJECT", "pit");
    let Output { status, stdout, .. } =
        command.envs(variables.iter().copied()).stdin(Stdio::null()).stderr(Stdio::null()).output().unwrap();
    status.success().then(|| serde_json::from_slice(&stdout).unwrap_or(Value::Null))
}

fn open_tasks(root: &Path) -> Option<usize> {
    let status = cli(root, &[], &["daemon", "status"])?;
    let summary = status["projects"]["pit"]["tasks_summary"].as_object()?.clone();
    let open = summary.iter().filter(|(status, _)| !matches!(status.as_str(), "done" | "failed" | "cancelled"));
    Some(open.filter_map(|(_, count)| count.as_u64()).sum::<u64>() as usize)
}

fn create(root: &Path, shared: &Shared, most_open: usize) {
    let mut number = 0;
    while !shared.stop.load(Ordering::Relaxed) {
        if open_tasks(root).is_none_or(|open| open >= most_open) {
            std::thread::sleep(Duration::from_millis(100));
            continue;
        }
        number += 1;
        let title = format!("chaos {number}");
        let mut arguments = vec!["blackboard", "create", "--title", title.as_str(), "--risk", "low"];
        if number % 4 == 0 {
            arguments.extend(["--assignee", "visitor"]);
        }
        // Without an answer it may be there or not; with one it must be.
        if let Some(task) = cli(root, &[], &arguments) {
            shared.was_created(task["id"].as_str().unwrap());
        }
    }
}

/// Claims what is meant for the visitor, and completes it with the token that it got.
fn visit(root: &Path, shared: &Shared) {
    let mut is_last_look = false;
    let mut patience = PATIENCE;
    while patience > 0 {
        let wanted = ["blackboard", "read", "--assignee", "visitor", "--status", "pending"];
        let found = cli(root, &[], &wanted).and_then(|list| list["items"][0]["id"].as_str().map(str::to_owned));
        match found {
            Some(task) => {
                if let Some(output) = work(root, &task) {
                    shared.visits.lock().unwrap().push((task, output));
                }
            }
            // What comes back later, for its claim ran out, is taken too.
            None if is_last_look => return,
            None => {
                patience -= u32::from(shared.stop.load(Ordering::Relaxed));
                is_last_look = shared.stop.load(Ordering::Relaxed) && open_tasks(root) == Some(0);
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn work(root: &Path, task: &str) -> Option<String> {
    let me = ("MOZIPLUS_AGENT", "visitor");
    let claimed = cli(root, &[me], &["blackboard", "claim", "--task", task])?;
    let token = claimed["token"].as_str().unwrap().to_owned();
    let mine = [me, ("MOZIPLUS_TOKEN", token.as_str())];
    let title = format!("visit-{task}.txt");
    let output = ["blackboard", "output", "--task", task, "--title", &title, "--text", "visited"];
    patiently(|| cli(root, &mine, &output))?;
    patiently(|| cli(root, &mine, &["blackboard", "complete", "--task", task, "--summary", "visited"]))?;
    Some(title)
}

/// Again when no answer came: a task that is only half done would stay with the visitor for long.
fn patiently<T>(ask: impl Fn() -> Option<T>) -> Option<T> {
    (0..10).find_map(|_| {
        let answer = ask();
        if answer.is_none() {
            std::thread::sleep(Duration::from_millis(300));
        }
        answer
    })
}
