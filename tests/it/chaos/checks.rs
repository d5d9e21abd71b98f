//! What must hold, whatever happened.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    time::{Duration, Instant},
};

use moziplus::process::{NONCE_VARIABLE, identity};
use serde_json::Value;

use super::{
    ground::{Ground, SLOTS, wait_for_long},
    load::cli,
};

/// The lines of a kind that agents noted, as task, attempt and the rest.
pub fn notes(ground: &Ground, kind: &str) -> Vec<(String, String, String)> {
    let text = fs::read_to_string(ground.path().join("notes").join(kind)).unwrap_or_default();
    let line = |line: &str| {
        let mut words = line.split(' ').map(str::to_owned);
        (words.next().unwrap(), words.next().unwrap(), words.next().unwrap_or_default())
    };
    text.lines().map(line).collect()
}

/// No task was worked on by two processes at once, of whichever attempts.
pub fn nobody_is_doubled(ground: &Ground) {
    let doubles = notes(ground, "doubles");
    assert!(doubles.is_empty(), "worked on twice at once: {doubles:?}");
}

fn pages(ground: &Ground, path: &str) -> Option<Vec<Value>> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let (status, page) = ground.root.try_get(&format!("{path}limit=500{cursor}"))?;
        if status != 200 {
            return None;
        }
        items.extend(page["items"].as_array()?.iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Some(items),
        }
    }
}

fn tasks(ground: &Ground) -> Vec<Value> {
    pages(ground, "/api/projects/pit/tasks?").expect("the daemon lists its tasks")
}

/// Tasks that are not final; none while the daemon does not answer.
pub fn open_tasks(ground: &Ground) -> Option<Vec<Value>> {
    let mut tasks = pages(ground, "/api/projects/pit/tasks?")?;
    tasks.retain(|task| !["done", "failed", "cancelled"].contains(&task["status"].as_str().unwrap_or_default()));
    Some(tasks)
}

/// Processes that carry the mark of an attempt of this root, with the attempt; none where environments cannot be read.
fn marked(ground: &Ground) -> Vec<(i32, String)> {
    let root = format!("MOZIPLUS_ROOT={}", fs::canonicalize(ground.path()).unwrap().display());
    let pids = identity::carrying(&root).unwrap();
    let attempt = |pid: i32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
        let value = |name: &str| {
            let mut entries = environment.split(|byte| *byte == 0);
            let found = entries.find_map(|entry| entry.strip_prefix(format!("{name}=").as_bytes()))?;
            Some(String::from_utf8_lossy(found).into_owned())
        };
        value(NONCE_VARIABLE)?;
        Some((pid, value("MOZIPLUS_ATTEMPT")?))
    };
    pids.into_iter().filter_map(attempt).collect()
}

/// Every process with a nonce belongs to an attempt that has not ended; soon, for an end takes its moment.
pub fn whoever_runs_belongs_to_a_live_attempt(ground: &Ground) {
    let mut strangers = Vec::new();
    let end = Instant::now() + Duration::from_secs(60);
    while Instant::now() < end {
        // Looked at in this order, so that whoever starts meanwhile is no stranger.
        let marked = marked(ground);
        if let Some((200, sessions)) = ground.root.try_get("/api/daemon/sessions") {
            let live: HashSet<_> = sessions["items"].as_array().unwrap().iter().map(|a| a["id"].clone()).collect();
            strangers =
                marked.into_iter().filter(|(_, attempt)| !live.contains(&Value::from(attempt.as_str()))).collect();
            if strangers.is_empty() {
                return;
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("left behind by attempts that have ended: {strangers:?}");
}

/// The event of the end says that nothing is left, and the process table says the same.
pub fn a_cancelled_tree_is_gone(ground: &Ground, task: &str) {
    let path = format!("/api/projects/pit/tasks/{task}?expand=attempts,events");
    wait_for_long("the attempt of a cancelled task to end", || {
        let answer = ground.root.try_get(&path);
        answer.is_some_and(|(_, task)| task["attempts"].as_array().unwrap().iter().all(|a| a["state"] == "ended"))
    });
    let left: Vec<_> =
        marked(ground).into_iter().filter(|(_, attempt)| attempt.contains(&format!(".{task}."))).collect();
    assert!(left.is_empty(), "left of {task}: {left:?}");
    let Some((_, task)) = ground.root.try_get(&path) else { return };
    let ends = task["events"].as_array().unwrap().iter().filter(|event| event["kind"] == "attempt_ended");
    for end in ends {
        assert_ne!(end["payload"]["tree_gone"], false, "{end:#}");
    }
}

/// What was acknowledged is there, and tasks went one way only.
pub fn every_acknowledged_write_is_there(ground: &Ground) {
    let tasks: HashMap<String, Value> =
        tasks(ground).into_iter().map(|task| (task["id"].as_str().unwrap().to_owned(), task)).collect();
    for id in ground.shared.created() {
        assert!(tasks.contains_key(&id), "{id} was created and is gone");
    }
    let whole: HashMap<&String, Value> = tasks.keys().map(|id| (id, ground.root.task("pit", id))).collect();
    let has_output = |task: &String, title: &str| {
        whole[task]["outputs"].as_array().unwrap().iter().any(|output| output["title"] == title)
    };
    for (task, attempt, title) in notes(ground, "outputs") {
        assert!(has_output(&task, &title), "{title} of {attempt} is gone: {:#}", whole[&task]);
    }
    for (task, title) in ground.shared.visits() {
        assert!(has_output(&task, &title) && tasks[&task]["status"] == "done", "{title} is gone: {:#}", whole[&task]);
    }
    for (task, attempt, _) in notes(ground, "completes") {
        assert_eq!(tasks[&task]["status"], "done", "{attempt} completed it: {:#}", whole[&task]);
    }
    for (id, task) in whole {
        let attempts = task["attempts"].as_array().unwrap();
        assert!(attempts.iter().all(|attempt| attempt["state"] == "ended"), "{id}: {attempts:#?}");
        let completed = attempts.iter().filter(|attempt| attempt["outcome"] == "completed").count();
        assert_eq!(completed, usize::from(task["status"] == "done"), "{id}: {attempts:#?}");
        moves_follow_each_other(id, task["events"].as_array().unwrap());
    }
}

/// Each change of status begins where the last one ended. Events come newest first, the oldest may be left out.
fn moves_follow_each_other(id: &str, events: &[Value]) {
    let mut status = None;
    for event in events.iter().rev().filter(|event| event["kind"] == "task_status_changed") {
        let (from, to) = (&event["payload"]["from"], &event["payload"]["to"]);
        if !from.is_null() {
            assert!(status.is_none_or(|status| status == from), "{id} was {status:?}: {event:#}");
            status = Some(to);
        }
    }
}

/// The status says so, and as many agents as there are slots can work at once.
pub fn every_slot_is_free(ground: &Ground) {
    let sessions = || ground.root.get("/api/daemon/status")["active_sessions"].as_u64();
    wait_for_long("the last session to end", || sessions() == Some(0));
    fs::write(ground.path().join("hold"), "").unwrap();
    let before = notes(ground, "held").len();
    for number in 0..SLOTS {
        let title = format!("hold {number}");
        cli(ground.path(), &[], &["blackboard", "create", "--title", &title, "--risk", "low"]).expect("it is created");
    }
    wait_for_long("every slot to be used", || notes(ground, "held").len() == before + SLOTS);
    assert_eq!(sessions(), Some(SLOTS as u64));
    fs::remove_file(ground.path().join("hold")).unwrap();
    wait_for_long("the last tasks to be final", || open_tasks(ground).is_some_and(|open| open.is_empty()));
    wait_for_long("the last session to end", || sessions() == Some(0));
}

/// Of the root nothing is left in the process table but supervisors, which end by themselves.
pub fn nothing_runs(ground: &Ground) {
    let root = fs::canonicalize(ground.path()).unwrap().display().to_string();
    let command = |pid: i32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).replace('\0', " ")
    };
    let left = || -> Vec<String> {
        let table = identity::table().unwrap();
        let commands = table.iter().filter(|entry| !entry.zombie).map(|entry| command(entry.pid));
        commands.filter(|line| line.contains(&root) && !line.contains(" supervise ")).collect()
    };
    let end = Instant::now() + Duration::from_secs(60);
    while !left().is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(left().is_empty(), "left behind: {:#?}", left());
}

/// SQLite finds nothing wrong with the files.
#[expect(clippy::disallowed_methods, reason = "the test looks at files that nobody has open any more")]
pub fn databases_are_sound(ground: &Ground) {
    for file in ["projects/pit/blackboard.db", "daemon.db"] {
        let db = rusqlite::Connection::open(ground.path().join(file)).unwrap();
        let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok", "{file}");
        let mut check = db.prepare("PRAGMA foreign_key_check").unwrap();
        assert!(check.query([]).unwrap().next().unwrap().is_none(), "{file}: a reference leads nowhere");
    }
}

/// How attempts ended, counted from the database.
#[expect(clippy::disallowed_methods, reason = "the test looks at files that nobody has open any more")]
pub fn outcomes(ground: &Ground) -> String {
    let db = rusqlite::Connection::open(ground.path().join("projects/pit/blackboard.db")).unwrap();
    let mut select = db.prepare("SELECT outcome, count(*) FROM task_attempts GROUP BY outcome").unwrap();
    let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
    let counts: BTreeMap<_, _> = rows.map(Result::unwrap).collect();
    counts.into_iter().map(|(outcome, count)| format!("{count} {outcome}")).collect::<Vec<_>>().join(", ")
}
