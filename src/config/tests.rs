//! What users see: which layer wins, and how mistakes are told.

use std::{fs, path::Path};

use super::*;
use crate::model::ids::ProjectId;

struct Case {
    folder: tempfile::TempDir,
    sources: Sources,
}

impl Case {
    fn new() -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap(), sources: Sources::default() };
        fs::create_dir_all(case.folder.path().join("config")).unwrap();
        fs::create_dir_all(case.folder.path().join("projects/sales/config")).unwrap();
        case
    }

    fn file(self, name: &str, text: &str) -> Self {
        fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        let known = self.sources.environment.with_prefix("").map(|(k, v)| (k.to_owned(), v.to_owned()));
        let all: Vec<_> = known.chain([(name.to_owned(), value.to_owned())]).collect();
        self.sources.environment = Environment::of(Path::new("/"), all);
        self
    }

    fn flag(mut self, name: &str, key: &str, value: &str) -> Self {
        self.sources.flags.push(Flag { name: name.into(), key: key.into(), value: value.into() });
        self
    }

    fn load(&self) -> Result<Loaded, ConfigError> {
        load(&Root::at(self.folder.path()).unwrap(), &self.sources)
    }

    fn error(&self) -> String {
        self.load().expect_err("should be refused").to_string()
    }

    /// The error of the project `sales`.
    fn project_error(&self) -> String {
        let loaded = self.load().expect("only the project is broken");
        loaded.projects[&ProjectId::parse("sales").unwrap()].as_ref().expect_err("should be refused").to_string()
    }
}

fn origin(values: &[ValueInForce], key: &str) -> String {
    let value = values.iter().find(|value| value.key == key).unwrap();
    format!("{} from {}", value.value, value.origin)
}

#[test]
fn an_empty_root_has_the_built_in_settings() {
    let loaded = Case::new().load().unwrap();
    assert_eq!(*loaded.settings, Settings::default());
    assert_eq!(origin(&loaded.values, "daemon.tick_interval"), "30 from built-in");
}

#[test]
fn each_layer_beats_the_one_below_and_is_remembered() {
    let case = Case::new()
        .file(
            "config/default.yaml",
            "daemon:\n  tick_interval: 5\n  task_timeout: 50\n  max_retries: 7\nlogging: {level: DEBUG}\nreview:\n",
        )
        .file("projects/sales/config/project.yaml", "daemon: {task_timeout: 70, claim_timeout: 9}\n")
        .variable("MOZIPLUS__DAEMON__TASK_TIMEOUT", "60")
        .variable("MOZIPLUS__SERVER__ALLOWED_HOSTS", "[mini.local, 12]")
        .variable("LOG_LEVEL", "WARNING")
        .flag("--bind", "server.bind", "127.0.0.1:9000");
    let loaded = case.load().unwrap_err().to_string();
    insta::assert_snapshot!(loaded, @"MOZIPLUS__SERVER__ALLOWED_HOSTS: expected a text, not `12`; put it in quotes");
    let case = case.variable("MOZIPLUS__SERVER__ALLOWED_HOSTS", "[mini.local, '12']");
    let loaded = case.load().unwrap();
    let values = [
        "daemon.tick_interval",
        "daemon.task_timeout",
        "daemon.max_retries",
        "daemon.kill_grace",
        "logging.level",
        "server.bind",
        "server.allowed_hosts",
    ];
    insta::assert_snapshot!(values.map(|key| format!("{key} = {}", origin(&loaded.values, key))).join("\n"), @r#"
daemon.tick_interval = 5 from config/default.yaml:2
daemon.task_timeout = 60 from environment MOZIPLUS__DAEMON__TASK_TIMEOUT
daemon.max_retries = 7 from config/default.yaml:4
daemon.kill_grace = 10 from built-in
logging.level = "warn" from environment LOG_LEVEL
server.bind = "127.0.0.1:9000" from flag --bind
server.allowed_hosts = ["mini.local","12"] from environment MOZIPLUS__SERVER__ALLOWED_HOSTS
"#);
    let project = loaded.project(&ProjectId::parse("sales").unwrap()).unwrap();
    assert_eq!(project.effective.daemon.task_timeout, 60.0, "the environment beats project.yaml");
    assert_eq!(project.effective.daemon.claim_timeout, 9.0);
    insta::assert_snapshot!(project.values.iter().map(|v| format!("{} = {} from {}", v.key, v.value, v.origin)).collect::<String>(), @"daemon.claim_timeout = 9.0 from projects/sales/config/project.yaml:1");
}

#[test]
fn text_in_the_environment_stays_text_where_text_is_asked_for() {
    let case = Case::new().variable("MOZIPLUS__GATEWAY__TOKEN_ENV", "TOKEN_1").variable("INBOX_PATH", "12");
    let loaded = case.load().unwrap();
    assert_eq!(loaded.settings.inbox.path, Path::new("12"));
    assert_eq!(loaded.settings.gateway.token_env.as_deref(), Some("TOKEN_1"));
}

#[test]
fn unknown_keys_are_told_with_the_nearest_known_one() {
    let case = Case::new().file(
        "config/default.yaml",
        "daemon:\n  tick_intervall: 5\n  colour: red\nreviews: {}\nserver:\n  api_key: abc\n",
    );
    insta::assert_snapshot!(case.error(), @r#"
config/default.yaml:2:3: daemon.tick_intervall: unknown key; did you mean `tick_interval`?
config/default.yaml:3:3: daemon.colour: unknown key; known here: tick_interval, task_timeout, claim_timeout, kill_grace, max_global_agents, max_per_agent, max_retries, max_dispatches, zombie_threshold, disk_reserve
config/default.yaml:4:1: reviews: unknown key; did you mean `review`?
config/default.yaml:6:3: server.api_key: unknown key; a key in this file would end up in git; name a file in `api_key_file` or a variable in `api_key_env`
"#);
    let case = Case::new().variable("MOZIPLUS__DAEMON__TICK", "5").flag("--bend", "server.bend", "x");
    insta::assert_snapshot!(case.error(), @r#"
MOZIPLUS__DAEMON__TICK: unknown key; did you mean `tick_interval`?
--bend: unknown key; did you mean `bind`?
"#);
}

#[test]
fn wrong_values_are_told_all_at_once_with_what_is_allowed() {
    let case = Case::new().file(
        "config/default.yaml",
        "daemon:
  tick_interval: often
  max_retries: -1
  max_global_agents: 2.5
logging:
  level: loud
  max_file_size: 10 apples
server:
  bind: localhost
  allowed_hosts: mini.local
git:
  auto_commit: yes
  remotes:
    - {name: nas}
jobs:
  - {name: report, cron: '0 8 * * *', overlap: wait}
  - {cron: '0 8 * * *'}
  - 7
",
    );
    insta::assert_snapshot!(case.error(), @r#"
config/default.yaml:2:18: daemon.tick_interval: expected a number, not the text `often`
config/default.yaml:3:16: daemon.max_retries: expected a whole number, 0 or more, not `-1`
config/default.yaml:4:22: daemon.max_global_agents: expected a whole number, 0 or more, not `2.5`
config/default.yaml:6:10: logging.level: `loud` is not a log level; it is one of error, warn, info, debug, trace
config/default.yaml:7:18: logging.max_file_size: `10 apples` is not a size; write bytes or a whole number with a unit such as 10MB
config/default.yaml:9:9: server.bind: expected an address with port, such as 127.0.0.1:8083
config/default.yaml:10:18: server.allowed_hosts: expected a list, not the text `mini.local`
config/default.yaml:12:16: git.auto_commit: expected true or false, not the text `yes`
config/default.yaml:14:7: git.remotes[0]: `url` is missing
config/default.yaml:16:48: jobs[0].overlap: `wait` is not allowed; it is one of skip, queue
config/default.yaml:17:5: jobs[1]: `name` is missing
config/default.yaml:18:5: jobs[2]: expected keys with values, not `7`
"#);
}

#[test]
fn values_out_of_range_are_told_with_their_line() {
    let case = Case::new().file(
        "config/default.yaml",
        "daemon: {tick_interval: 0, max_per_agent: 0}
review:
  confidence_threshold: 1.5
server: {api_key_env: 'my key'}
gateway: {url: 'localhost:18789'}
git: {remotes: [{name: nas, url: 'https://me:secret@nas/x.git'}]}
jobs:
  - name: backup
    cron: 0 25 * * *
  - name: backup
    cron: 0 8 * * *
    timezone: Asia/Bejing
    timeout_seconds: 0
",
    );
    insta::assert_snapshot!(case.error(), @r#"
config/default.yaml:1:10: daemon.tick_interval: must be 0.05 to 2592000 seconds, not 0
config/default.yaml:1:28: daemon.max_per_agent: must be 1 to 1000, not 0
config/default.yaml:3:3: review.confidence_threshold: must be over 0 and at most 1, not 1.5
config/default.yaml:4:10: server.api_key_env: is no name of an environment variable; give the name, not the secret
config/default.yaml:5:11: gateway.url: `localhost:18789` is no address; it begins with http:// or https:// or ws:// or wss://
config/default.yaml:6:29: git.remotes[0].url: a password in this file would end up in git; use an SSH address or git's credential helper
config/default.yaml:9:5: jobs[0].cron: `25` is no valid hour; it takes 0-23, each also as list, range or with /step
config/default.yaml:10:5: jobs[1].name: there are two jobs with the name `backup`
config/default.yaml:12:5: jobs[1].timezone: `Asia/Bejing` is no time zone; write one like Asia/Shanghai
config/default.yaml:13:5: jobs[1].timeout_seconds: must be 1 to 86400, not 0
"#);
    insta::assert_snapshot!(Case::new().variable("MOZIPLUS__REVIEW__CONFIDENCE_THRESHOLD", "0").error(), @"MOZIPLUS__REVIEW__CONFIDENCE_THRESHOLD: must be over 0 and at most 1, not 0");
}

#[test]
fn broken_yaml_is_told_with_its_place() {
    let error = |text: &str| Case::new().file("config/default.yaml", text).error();
    insta::assert_snapshot!(error("daemon:\n  task_timeout: 1\n  task_timeout: 2\n"), @"config/default.yaml:3:3: the key `task_timeout` is there twice");
    insta::assert_snapshot!(error("daemon:\n\ttask_timeout: 1\n"), @"config/default.yaml:2:2: no valid YAML: tabs disallowed within this context (block indentation)");
    insta::assert_snapshot!(error("daemon: [1\nreview: 2\n"), @"config/default.yaml:2:7: no valid YAML: illegal placement of ':' indicator");
    insta::assert_snapshot!(error("daemon: {}\n---\nreview: {}\n"), @"config/default.yaml:3:1: a second document begins (`---`)");
    insta::assert_snapshot!(error("- daemon\n"), @"config/default.yaml:1:1: expected keys with values, one each line");
    insta::assert_snapshot!(error("daemon: *base\n"), @"config/default.yaml:1:9: no valid YAML: alias references unknown anchor");
    let case = Case::new();
    fs::write(case.folder.path().join("config/default.yaml"), [0xff, 0xfe]).unwrap();
    insta::assert_snapshot!(case.error(), @"config/default.yaml: is not UTF-8 text; save it as UTF-8");
}

#[test]
fn agents_are_checked_against_their_runners() {
    let case = Case::new().file(
        "config/agents.yaml",
        "runners:
  worker: {kind: command, argv: [sh]}
  empty: {kind: command}
  odd: {kind: rocket, promt: file}
agents:
  Zhang Fei: {role: executor}
  human: {role: executor}
  boss: {role: coordinator, runner: workers, id: boss}
",
    );
    insta::assert_snapshot!(case.error(), @r#"
config/agents.yaml:4:15: runners.odd.kind: `rocket` is not allowed; it is one of command, openclaw, gateway
config/agents.yaml:4:23: runners.odd.promt: unknown key; did you mean `prompt`?
config/agents.yaml:6:3: agents.Zhang Fei: `Zhang Fei` is not a valid agent id: use 1 to 64 of a-z 0-9 _ - and start with a letter or digit
config/agents.yaml:7:3: agents.human: `human` is not a valid agent id: this name is reserved
config/agents.yaml:8:46: agents.boss.id: unknown key; the key of the section is the id
"#);
    let case = Case::new().file(
        "config/agents.yaml",
        "runners:\n  worker: {kind: command, argv: [sh]}\n  empty: {kind: command}\nagents:\n  boss: {role: coordinator, runner: workers}\n",
    );
    insta::assert_snapshot!(case.error(), @r#"
config/agents.yaml:3:3: runners.empty: a runner of kind `command` needs `argv` with a program
config/agents.yaml:5:29: agents.boss.runner: there is no runner `workers`; did you mean `worker`?
"#);
}

#[test]
fn limits_of_a_runner_are_checked() {
    let text = |limits: &str| format!("runners:\n  worker:\n    kind: command\n    argv: [sh]\n    limits: {limits}\n");
    let case = |limits: &str| Case::new().file("config/agents.yaml", &text(limits));
    let loaded = case("{memory_bytes: 4000000000, files: 256}").load().unwrap();
    let limits = loaded.agents.runners["worker"].limits;
    assert_eq!((limits.memory_bytes, limits.files, limits.processes), (Some(4_000_000_000), Some(256), None));
    insta::assert_snapshot!(case("{memory: 1, files: many}").error(), @"
    config/agents.yaml:5:14: runners.worker.limits.memory: unknown key; did you mean `memory_bytes`?
    config/agents.yaml:5:32: runners.worker.limits.files: expected a whole number, 0 or more, not the text `many`
    ");
    insta::assert_snapshot!(case("{memory_bytes: 4000, cpu_seconds: 0}").error(), @"
    config/agents.yaml:5:14: runners.worker.limits.memory_bytes: must be 16777216 to 4611686018427387904, not 4000
    config/agents.yaml:5:34: runners.worker.limits.cpu_seconds: must be 1 to 2592000, not 0
    ");
}

#[test]
fn a_broken_project_only_concerns_itself() {
    let agents = "agents:\n  boss: {role: coordinator}\n  hand: {role: executor}\n";
    let project = |text: &str| {
        let case = Case::new().file("config/agents.yaml", agents).file("projects/sales/config/project.yaml", text);
        case.project_error()
    };
    insta::assert_snapshot!(project("agents: [hand, hand, Boss]\n"), @"projects/sales/config/project.yaml:1:22: agents[2]: `Boss` is not a valid agent id: use 1 to 64 of a-z 0-9 _ - and start with a letter or digit");
    insta::assert_snapshot!(project("agents: [hand, hand]\ncoordinator: hands\nreview: {confidence_threshold: 0}\n"), @r#"
projects/sales/config/project.yaml:1:16: agents[1]: is there twice
projects/sales/config/project.yaml:2:1: coordinator: `hands` is no agent of this project; did you mean `hand`?
projects/sales/config/project.yaml:3:10: review.confidence_threshold: must be over 0 and at most 1, not 0
"#);
    insta::assert_snapshot!(project("daemon: {tick_interval: 3}\nproject: {nam: x}\n"), @r#"
projects/sales/config/project.yaml:1:10: daemon.tick_interval: unknown key; known here: task_timeout, claim_timeout, zombie_threshold, max_per_agent
projects/sales/config/project.yaml:2:11: project.nam: unknown key; did you mean `name`?
"#);
    insta::assert_snapshot!(project("project: {name: 2024}\nmax_global_agents: lots\n"), @r#"
projects/sales/config/project.yaml:1:17: project.name: expected a text, not `2024`; put it in quotes
projects/sales/config/project.yaml:2:20: max_global_agents: expected a whole number, 0 or more, not the text `lots`
"#);
}

#[test]
fn every_mistake_has_a_way_out() {
    let way_out = |case: Case| case.load().unwrap_err().way_out();
    let file = |text: &str| Case::new().file("config/default.yaml", text);
    assert_eq!(way_out(file("daemon: {tick_intervl: 3}")), "did you mean `tick_interval`?");
    assert_eq!(way_out(file("daemon: {tick_interval: [")).split(' ').next(), Some("mend"));
    let variable = Case::new().variable("MOZIPLUS__DAEMON__TICK_INTERVAL", "often");
    assert_eq!(way_out(variable), "set the variable or flag to a value that fits, or leave it out");
}
