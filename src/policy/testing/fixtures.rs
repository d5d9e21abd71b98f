//! Facts for tests: a usual one, changed by a map of properties or by a line of text.

use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, Map, Module, serde::from_dynamic};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::super::{
    actions::strip,
    facts::{FactType, dynamic, time_of},
    fault::{Mistake, nearest},
    sample,
};
use crate::model::{
    agent::AgentRole,
    event::{Event, Level},
    ids::{AgentId, TaskId},
    records::Verdict,
    snapshot::{
        AgentFacts, AttemptFacts, Board, Context, ExperienceFacts, IssueFacts, MentionFacts, OutputFacts,
        RebuttalFacts, ReviewFacts, RoundFacts, SkillFacts, Slots, TagFacts, TaskFacts,
    },
    status::Status,
    task::Trigger,
};

type Made<T> = Result<T, Box<EvalAltResult>>;

pub(super) fn register(module: &mut Module) {
    module.set_native_fn("board", |agents: Array, tasks: Array| {
        let given = [("agents".into(), agents.into()), ("tasks".into(), tasks.into())].into_iter().collect();
        board(given).map(|board| dynamic(&Arc::new(board)))
    });
    module.set_native_fn("board", |given: Map| board(given).map(|board| dynamic(&Arc::new(board))));
    module.set_native_fn("ctx", || context(Map::new()).map(|context| dynamic(&context)));
    module.set_native_fn("ctx", |given: Map| context(given).map(|context| dynamic(&context)));
    module.set_native_fn("task", |given: Map| task(&object(&given.into())?).map(|task| dynamic(&task)));
    module.set_native_fn("task", |line: &str| task(&line_of(line, "id", "status")).map(|task| dynamic(&task)));
    module.set_native_fn("agent", |given: Map| agent(&object(&given.into())?).map(|agent| dynamic(&agent)));
    module.set_native_fn("agent", |line: &str| agent(&line_of(line, "id", "role")).map(|agent| dynamic(&agent)));
    one(module, "attempt", attempt);
    one(module, "review", review);
    let worker = || reserved("worker");
    one(module, "rebuttal", move |given| changed(&sample::rebuttal(TaskId(1), &worker()), given));
    one(module, "mention", move |given| changed(&sample::mention(TaskId(1), &worker()), given));
    one(module, "round", |given| changed(&sample::round(TaskId(1)), given));
    one(module, "tag", |given| changed(&sample::tag(), given));
    one(module, "experience", |given| changed(&sample::experience(), given));
    one(module, "skill", |given| changed(&sample::skill(), given));
    one(module, "incoming", |given| changed(&sample::incoming("issues"), given));
    one(module, "event", |given| changed(&sample::event(Level::Routine), given));
    copies(module);
}

/// Registers a builder that takes a map, or nothing.
fn one<T: FactType>(
    module: &mut Module,
    name: &'static str,
    build: impl Fn(&Value) -> Made<Arc<T>> + Clone + Send + Sync + 'static,
) {
    let usual = build.clone();
    module.set_native_fn(name, move || usual(&json!({})).map(|fact| dynamic(&fact)));
    module.set_native_fn(name, move |given: Map| build(&object(&given.into())?).map(|fact| dynamic(&fact)));
}

/// Registers `but(fact, #{…})` for each type.
fn copies(module: &mut Module) {
    macro_rules! with {
        ($($type:ty),+) => {$(
            module.set_native_fn("but", |fact: Arc<$type>, given: Map| {
                changed(&*fact, &object(&given.into())?).map(|fact: Arc<$type>| dynamic(&fact))
            });
        )+};
    }
    with!(
        TaskFacts,
        AgentFacts,
        AttemptFacts,
        ReviewFacts,
        RebuttalFacts,
        MentionFacts,
        RoundFacts,
        TagFacts,
        ExperienceFacts,
        SkillFacts,
        Event
    );
}

/// A copy of a fact with these properties. One that it does not have is an error that names the nearest.
fn changed<T: FactType + Serialize + DeserializeOwned>(fact: &T, given: &Value) -> Made<Arc<T>> {
    let mut value = serde_json::to_value(fact).map_err(|error| error.to_string())?;
    let Value::Object(fields) = &mut value else { return Err("a fact is an object".into()) };
    for (name, new) in given.as_object().into_iter().flatten() {
        if !fields.contains_key(name) {
            let names = || fields.keys().map(String::as_str);
            let expected = match nearest(name, names()) {
                Some(near) => {
                    format!("did you mean `{near}`? {} has: {}", T::NAME, names().collect::<Vec<_>>().join(", "))
                }
                None => format!("{} has: {}", T::NAME, names().collect::<Vec<_>>().join(", ")),
            };
            return Err(Mistake { message: format!("`{}` has no property `{name}`", T::NAME), expected }.into());
        }
        fields.insert(name.clone(), new.clone());
    }
    serde_json::from_value(value).map(Arc::new).map_err(|error| format!("{}: {error}", T::NAME).into())
}

fn task(given: &Value) -> Made<Arc<TaskFacts>> {
    let mut given = given.clone();
    if let Some(number) = given["id"].as_i64() {
        given["id"] = json!(format!("t-{number}"));
    }
    let status = given["status"].as_str().and_then(|word| word.parse().ok()).unwrap_or(Status::Pending);
    let mut usual = sample::task_in(1, status);
    if let Some(needed) = given["approvals_needed"].as_i64() {
        usual.approvals_missing = needed;
    }
    // Counts follow from what was given, unless they were given too.
    let live = |attempt: &&Value| attempt["is_live"] == true;
    let attempts = given["attempts"].as_array().map(|all| all.iter().filter(live).count());
    usual.live_attempts_count = attempts.unwrap_or(0) as i64;
    usual.is_ready = usual.is_ready && given["subtasks_count"].as_i64().unwrap_or(0) == 0;
    changed(&usual, &given)
}

fn agent(given: &Value) -> Made<Arc<AgentFacts>> {
    let role = given["role"].as_str().and_then(|word| word.parse().ok()).unwrap_or(AgentRole::Executor);
    changed(&sample::agent(given["id"].as_str().unwrap_or("worker"), role), given)
}

fn attempt(given: &Value) -> Made<Arc<AttemptFacts>> {
    let number = given["number"].as_i64().unwrap_or(1);
    let task = given["task"].as_str().and_then(|task| task.parse().ok()).unwrap_or(TaskId(1));
    let mut usual = sample::attempt(task, number, &reserved("worker"), Trigger::Execute);
    // Whoever has an outcome has ended.
    usual.is_live = given["outcome"].is_null();
    let mut given = given.clone();
    if let Value::Object(fields) = &mut given {
        fields.remove("number");
    }
    changed(&usual, &given)
}

fn review(given: &Value) -> Made<Arc<ReviewFacts>> {
    let verdict = given["verdict"].as_str().and_then(|word| word.parse().ok()).unwrap_or(Verdict::Approved);
    changed(&sample::review(TaskId(1), &reserved("reviewer"), verdict), given)
}

fn reserved(id: &str) -> AgentId {
    AgentId::parse(id).unwrap_or_else(|_| AgentId::reserved("_sample"))
}

/// What a board may be made of.
const PARTS: &[&str] = &[
    "agents",
    "tasks",
    "config",
    "now",
    "tick",
    "slots",
    "rounds",
    "mentions",
    "coordinator",
    "ticks_without_change",
    "gateway_up",
    "spent",
];

fn board(given: Map) -> Made<Board> {
    let context = context(given.clone())?;
    let given = object(&given.into())?;
    let tasks = given["tasks"].as_array().into_iter().flatten();
    let tasks: Vec<_> = tasks.map(|one| task(&of_line(one, "status"))).collect::<Made<_>>()?;
    let tasks = tasks.iter().map(|task| (**task).clone()).collect();
    let mut board = sample::board(context, tasks);
    if !given["slots"].is_null() {
        let mut slots = json!(board.slots);
        merge(&mut slots, &given["slots"]);
        board.slots = read::<Slots>("slots", slots)?;
    }
    if !given["rounds"].is_null() {
        board.rounds = read::<Vec<Arc<RoundFacts>>>("rounds", given["rounds"].clone())?;
    }
    if !given["mentions"].is_null() {
        board.mentions = read::<Vec<Arc<MentionFacts>>>("mentions", given["mentions"].clone())?;
    }
    board.ticks_without_change = given["ticks_without_change"].as_i64().unwrap_or(0);
    board.gateway_up = given["gateway_up"].as_bool().unwrap_or(true);
    Ok(board)
}

fn context(given: Map) -> Made<Arc<Context>> {
    let given = object(&given.into())?;
    for name in given.as_object().into_iter().flatten().map(|(name, _)| name) {
        if !PARTS.contains(&name.as_str()) {
            let near = nearest(name, PARTS.iter().copied()).map(|near| format!("did you mean `{near}`? "));
            let expected = format!("{}a board is made of {}", near.unwrap_or_default(), PARTS.join(", "));
            return Err(Mistake { message: format!("a board is not made of `{name}`"), expected }.into());
        }
    }
    let usual = json!(["worker executor", "reviewer reviewer", "chief coordinator"]);
    let agents = given["agents"].as_array().or(usual.as_array()).into_iter().flatten();
    let agents: Vec<_> = agents.map(|one| agent(&of_line(one, "role"))).collect::<Made<_>>()?;
    let mut context = sample::context(agents.iter().map(|agent| (**agent).clone()).collect());
    let mut config = (*context.config).clone();
    merge(&mut config, &given["config"]);
    context.config = Arc::new(config);
    if !given["now"].is_null() {
        context.now = read("now", given["now"].clone())?;
    }
    if let Some(tick) = given["tick"].as_i64() {
        context.tick = tick;
    }
    if !given["spent"].is_null() {
        let mut spent = json!(context.spent);
        merge(&mut spent, &given["spent"]);
        context.spent = read("spent", spent)?;
    }
    if given.as_object().is_some_and(|fields| fields.contains_key("coordinator")) {
        context.coordinator = read("coordinator", given["coordinator"].clone())?;
    }
    Ok(Arc::new(context))
}

fn read<T: DeserializeOwned>(name: &str, value: Value) -> Made<T> {
    serde_json::from_value(value).map_err(|error| format!("{name}: {error}").into())
}

/// Puts the keys of `new` over those of `old`, objects inside objects too.
fn merge(old: &mut Value, new: &Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                merge(old.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (old, new) => *old = new.clone(),
    }
}

/// A line where a fact may be given by one, else the fact as it is.
fn of_line(given: &Value, second: &str) -> Value {
    given.as_str().map_or_else(|| given.clone(), |line| line_of(line, "id", second))
}

/// Reads `t-2 review round=2 assignee=worker`: the id, one more word, and properties. Values are JSON or plain words.
fn line_of(line: &str, first: &str, second: &str) -> Value {
    let mut given = json!({});
    for (index, word) in line.split_whitespace().enumerate() {
        match word.split_once('=') {
            Some((name, value)) => given[name] = serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
            None => given[if index == 0 { first } else { second }] = json!(word),
        }
    }
    given
}

fn object(given: &Dynamic) -> Made<Value> {
    json_of(given)
}

/// A value of a script as JSON, facts and times too.
pub(super) fn json_of(value: &Dynamic) -> Made<Value> {
    if let Some(at) = time_of(value) {
        return Ok(json!(at));
    }
    if let Ok(map) = value.as_map_ref() {
        let pairs = map.iter().map(|(key, value)| Ok((key.to_string(), json_of(value)?)));
        return pairs.collect::<Made<_>>().map(Value::Object);
    }
    if let Ok(array) = value.as_array_ref() {
        return array.iter().map(json_of).collect::<Made<_>>().map(Value::Array);
    }
    macro_rules! fact {
        ($($type:ty),+) => {$(
            if let Some(fact) = value.read_lock::<Arc<$type>>() {
                return serde_json::to_value(&**fact).map_err(|error| error.to_string().into());
            }
        )+};
    }
    fact!(TaskFacts, AgentFacts, AttemptFacts, ReviewFacts, IssueFacts, RebuttalFacts, MentionFacts, RoundFacts);
    fact!(OutputFacts, TagFacts, ExperienceFacts, SkillFacts, Event, Board, Context);
    from_dynamic(value).map_err(|error| strip(*error).into())
}
