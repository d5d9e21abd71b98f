//! Resolution, reload, last good, fallback.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::*;
use crate::policy::{
    library::{Library, Opening, ReloadOutcome},
    source::{ScriptFolder, ScriptFolders},
    threads::ScriptThreads,
};

struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { root: TempDir::new().unwrap() }
    }

    fn save(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn folders(&self) -> ScriptFolders {
        let folder = |name: &str| Some(ScriptFolder { dir: self.root.path().join(name), shown: name.into() });
        ScriptFolders { project: folder("projects/sales/scripts"), root: folder("scripts") }
    }

    async fn open(&self, last_good: Option<SourceSet>) -> Library {
        let threads = ScriptThreads::start(2).unwrap();
        let opening = Opening { folders: self.folders(), last_good, limits: limits(), threads, live: None };
        Library::open(opening, sample::now()).await
    }
}

const PROJECT: &str = "projects/sales/scripts/escalation.rhai";

fn review_hook(limit: f64) -> String {
    format!(
        "fn on_review(review, task, ctx) {{\n    if review.confidence < {limit} {{ return escalate(task.id, (), \
         \"too unsure\"); }}\n    accept(task.id)\n}}"
    )
}

async fn review(library: &Library) -> crate::policy::answers::Decision {
    let ctx = team();
    let task = Arc::new(sample::task_in(1, crate::model::status::Status::Review));
    let reviewer = ctx.agents[1].id.clone();
    let mut review = sample::review(task.id, &reviewer, crate::model::records::Verdict::Approved);
    review.confidence = 0.85;
    library.on_review(&Arc::new(review), &task, &ctx).await
}

#[tokio::test]
async fn the_project_wins_over_the_root_and_the_root_over_the_built_in() {
    let place = Place::new();
    let library = place.open(None).await;
    let decision = review(&library).await;
    assert_eq!(
        (short(&decision.actions), decision.script.as_str()),
        (vec!["accept t-1".into()], "built-in/escalation.rhai")
    );

    place.save("scripts/escalation.rhai", review_hook(0.9));
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    let decision = review(&library).await;
    assert_eq!(decision.script, "scripts/escalation.rhai");
    assert_eq!(short(&decision.actions), ["escalate t-1 null"]);

    place.save(PROJECT, review_hook(0.8));
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    let decision = review(&library).await;
    assert_eq!((short(&decision.actions), decision.script.as_str()), (vec!["accept t-1".into()], PROJECT));
    assert_eq!(decision.hash, library.status().hash);
    assert_eq!(library.reload(sample::now()).await, ReloadOutcome::Unchanged);

    fs::remove_file(place.root.path().join(PROJECT)).unwrap();
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    assert_eq!(review(&library).await.script, "scripts/escalation.rhai");
}

#[tokio::test]
async fn one_helper_or_constant_can_be_replaced_and_the_rest_stays() {
    let place = Place::new();
    place.save("projects/sales/scripts/outcome.rhai", "const BACKOFF_SECONDS = 77;\n");
    place.save("projects/sales/scripts/tick.rhai", "fn agent_for(task) { this.fallbacks[0] }\n");
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    let board = Arc::new(sample::board(team(), vec![sample::task(1)]));
    let decision = library.plan(&board).await;
    assert_eq!(short(&decision.actions), ["dispatch t-1 chief"]);
    assert_eq!(decision.script, "built-in/tick.rhai");

    let worker = &board.agents[0].id;
    let task = Arc::new(sample::task_in(1, crate::model::status::Status::Working));
    let mut attempt = sample::attempt(task.id, 1, worker, crate::model::task::Trigger::Execute);
    (attempt.is_live, attempt.outcome) = (false, Some(crate::model::outcome::Outcome::Crashed));
    let decision = library.after(&Arc::new(attempt), &task, &board.context).await;
    assert_eq!(short(&decision.actions), ["requeue t-1 77 true"]);
}

#[tokio::test]
async fn a_broken_set_changes_nothing_and_survives_a_restart_as_the_last_good_one() {
    let place = Place::new();
    place.save(PROJECT, review_hook(0.9));
    let library = place.open(None).await;
    let good = library.status().hash;
    place.save(PROJECT, "fn on_review(review, task, ctx) {\n    accept(task.idd)\n}");
    let ReloadOutcome::Rejected(fault) = library.reload(sample::now()).await else { panic!("it was accepted") };
    assert_eq!((fault.file.as_str(), fault.line, fault.column), (PROJECT, Some(2), Some(17)));
    assert_eq!(fault.message, "`Task` has no property `idd`");
    assert_eq!(library.status().hash, good);
    assert_eq!(library.status().last_error, Some(fault.clone()));
    assert_eq!(library.reload(sample::now()).await, ReloadOutcome::Unchanged);
    assert_eq!(short(&review(&library).await.actions), ["escalate t-1 null"]);

    let stored = serde_json::to_string(&library.sources()).unwrap();
    let restarted = place.open(Some(serde_json::from_str(&stored).unwrap())).await;
    assert_eq!((restarted.status().hash, restarted.status().last_error), (good.clone(), Some(fault)));
    let fresh = place.open(None).await;
    assert_eq!(fresh.sources(), SourceSet::default());

    place.save(PROJECT, review_hook(0.9));
    assert_eq!(restarted.reload(sample::now()).await, ReloadOutcome::Swapped { hash: good });
    assert_eq!(restarted.status().last_error, None);
}

#[tokio::test]
async fn a_hook_that_fails_is_answered_by_the_built_in_one() {
    let place = Place::new();
    let body =
        "fn on_review(review, task, ctx) {\n    if review.confidence == 0.85 { throw \"never seen before\"; }\n}";
    place.save(PROJECT, body);
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    let decision = review(&library).await;
    assert_eq!(short(&decision.actions), ["accept t-1"]);
    assert_eq!(decision.script, "built-in/escalation.rhai");
    let fault = decision.fault.unwrap();
    assert_eq!((fault.file.as_str(), fault.line, fault.message.as_str()), (PROJECT, Some(2), "never seen before"));

    library.set_limits(PolicyLimits { deadline: std::time::Duration::from_millis(50), max_operations: u64::MAX });
    place.save(PROJECT, "fn on_review(review, task, ctx) {\n    if review.confidence == 0.85 { loop {} }\n}");
    library.reload(sample::now()).await;
    let fault = review(&library).await.fault.unwrap();
    assert!(fault.message.contains("50 ms"), "{fault}");
}

#[tokio::test]
async fn files_that_are_no_scripts_are_faults() {
    let place = Place::new();
    let library = place.open(None).await;
    place.save(PROJECT, b"fn on_review(review) {\n  \xff\xfe }");
    let ReloadOutcome::Rejected(fault) = library.reload(sample::now()).await else { panic!() };
    assert_eq!((fault.line, fault.column), (Some(2), Some(3)));
    assert!(fault.message.contains("UTF-8"));
    assert_eq!(library.reload(sample::now()).await, ReloadOutcome::Unchanged);
    place.save(PROJECT, vec![b' '; 10 << 20]);
    let ReloadOutcome::Rejected(fault) = library.reload(sample::now()).await else { panic!() };
    assert!(fault.to_string().contains("at most 256 KiB"), "{fault}");
}

#[tokio::test]
async fn links_that_lead_out_are_refused_and_those_inside_are_followed() {
    let place = Place::new();
    place.save("elsewhere/tick.rhai", "fn plan(board) { }");
    place.save("projects/sales/scripts/lib/shared.rhai", "fn x() { }");
    let scripts = place.root.path().join("projects/sales/scripts");
    link(&scripts.join("lib/shared.rhai"), &scripts.join("lib/alias.rhai"));
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    link(&place.root.path().join("elsewhere/tick.rhai"), &scripts.join("tick.rhai"));
    let ReloadOutcome::Rejected(fault) = library.reload(sample::now()).await else { panic!() };
    assert!(fault.message.contains("leads out of the scripts folder"), "{fault}");
}

#[tokio::test]
async fn a_mark_of_the_encoding_is_no_part_of_a_script() {
    let place = Place::new();
    place.save(PROJECT, format!("\u{feff}{}", review_hook(0.9)));
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    assert!(library.sources().files().iter().all(|file| !file.text.starts_with('\u{feff}')));
}

#[tokio::test]
async fn a_pipe_in_a_script_s_place_is_refused_and_blocks_nobody() {
    let place = Place::new();
    place.save("projects/sales/scripts/zombie.rhai", "fn inspect(attempt, ctx) { healthy() }");
    let library = place.open(None).await;
    let pipe = place.root.path().join("projects/sales/scripts/tick.rhai");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let ReloadOutcome::Rejected(fault) = library.reload(sample::now()).await else { panic!() };
    assert!(fault.file.ends_with("tick.rhai") && fault.message.contains("not a regular file"), "{fault}");
    std::fs::remove_file(pipe).unwrap();
    assert!(!matches!(library.reload(sample::now()).await, ReloadOutcome::Rejected(_)));
}

fn link(target: &Path, at: &Path) {
    std::os::unix::fs::symlink(target, at).unwrap();
}

#[tokio::test]
async fn a_change_of_an_imported_file_is_a_change_of_the_set() {
    let place = Place::new();
    place.save("scripts/lib/limit.rhai", "fn limit() { 0.9 }");
    let text = "import \"lib/limit\" as limit;\nfn on_review(review, task, ctx) {\n    if review.confidence < \
                limit::limit() { return escalate(task.id, (), \"x\"); }\n    accept(task.id)\n}";
    place.save(PROJECT, text);
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    assert_eq!(short(&review(&library).await.actions), ["escalate t-1 null"]);
    place.save("scripts/lib/limit.rhai", "fn limit() { 0.5 }");
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    assert_eq!(short(&review(&library).await.actions), ["accept t-1"]);
    place.save("projects/sales/scripts/lib/limit.rhai", "fn limit() { 0.99 }");
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    assert_eq!(short(&review(&library).await.actions), ["escalate t-1 null"]);
}

#[tokio::test]
async fn text_is_checked_before_it_is_saved_and_all_faults_are_listed() {
    let place = Place::new();
    let library = place.open(None).await;
    assert!(library.check_text("escalation", &review_hook(0.5)).await.is_empty());
    let text = "fn on_review(review, task, ctx) {\n    acept(task.id);\n    rebbut(task.id)\n}";
    let faults = library.check_text("escalation", text).await;
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
    assert_eq!(faults[0].file, PROJECT);
    assert!(library.check().await.is_empty());
    assert!(library.status().files.iter().all(|file| file.source == Level::BuiltIn));
}

#[tokio::test]
async fn a_key_that_only_the_real_configuration_has_is_no_fault_before_the_first_tick() {
    let place = Place::new();
    place.save(
        "projects/sales/scripts/tick.rhai",
        "fn plan(board) { if board.now.hour >= board.config.context.quiet_from { return; } }",
    );
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    // With a live board the configuration is the real one, and the key is missed.
    library.plan(&Arc::new(sample::board(team(), Vec::new()))).await;
    assert!(!library.check().await.is_empty());
    place.save("projects/sales/scripts/lib/other.rhai", "fn x() { }");
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Rejected(_)));
    // Once the configuration has the key, the same files are good.
    let mut ctx = (*team()).clone();
    let mut config = sample::config();
    config["context"]["quiet_from"] = 22.into();
    ctx.config = Arc::new(config);
    library.plan(&Arc::new(sample::board(Arc::new(ctx), Vec::new()))).await;
    assert!(matches!(library.reload(sample::now()).await, ReloadOutcome::Swapped { .. }));
    // What was in force at the end is not put on trial again at the next start, where no board is known.
    let restarted = place.open(Some(library.sources())).await;
    assert_eq!(restarted.status().last_error, None);
}

#[test]
fn a_fault_of_an_import_names_the_imported_file() {
    let plan = "import \"lib/q\" as q;\nfn plan(board) {\n    q::look(board)\n}";
    let cases = [
        // In the module's own function, in one that it calls, in a closure, thrown, in a constant.
        ("fn look(board) {\n    board.taskss\n}", 2, "look"),
        ("fn look(board) { inner(board) }\nfn inner(board) {\n    board.taskss\n}", 3, "inner"),
        ("fn look(board) {\n    board.tasks.map(|t|\n        t.titel)\n}", 3, "closure"),
        ("fn look(board) {\n    throw \"no\"\n}", 2, "look"),
        ("const X =\n    1 / 0;\nfn look(board) { global::X }", 2, ""),
        ("import \"lib/r\" as r;\nfn look(board) { r::deep(board) }", 2, "deep"),
    ];
    for (text, line, function) in cases {
        let deep = ("lib/r", "fn deep(board) {\n    board.nothing\n}");
        let fault = refused(&[("tick", plan), ("lib/q", text), deep]);
        let wanted = if function == "deep" { "lib/r.rhai" } else { "lib/q.rhai" };
        assert!(fault.file.ends_with(wanted), "{fault} for\n{text}");
        assert_eq!(fault.line, Some(line), "{fault}");
        if !function.is_empty() {
            assert_eq!(fault.function.as_deref(), Some(function), "{fault}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_is_replaced_or_deleted_while_it_runs_finishes_as_it_began() {
    let place = Place::new();
    // It counts for a while, about real reviews only.
    let slow = "fn on_review(review, task, ctx) {\n    if review.confidence == 0.85 { for n in 0..200_000 { } }\n    \
                block(task.id, \"slow\")\n}";
    place.save(PROJECT, slow);
    let library = place.open(None).await;
    for replacement in [Some(review_hook(0.9)), None] {
        place.save(PROJECT, slow);
        library.reload(sample::now()).await;
        let running = {
            let library = library.clone();
            tokio::spawn(async move { review(&library).await })
        };
        match &replacement {
            Some(text) => place.save(PROJECT, text),
            None => fs::remove_file(place.root.path().join(PROJECT)).unwrap(),
        }
        let swapped = library.reload(sample::now()).await;
        assert!(matches!(swapped, ReloadOutcome::Swapped { .. }), "{swapped:?}");
        let decision = running.await.unwrap();
        // Whichever set was in force when it was asked has answered, and nothing failed.
        assert_eq!(decision.fault, None);
        let after = short(&review(&library).await.actions);
        assert_eq!(after, [if replacement.is_some() { "escalate t-1 null" } else { "accept t-1" }]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_saves_leaves_the_last_one_in_force_and_never_half_of_one() {
    let place = Place::new();
    place.save(PROJECT, review_hook(0.5));
    let library = place.open(None).await;
    let folder = place.root.path().join(PROJECT);
    let saving = std::thread::spawn(move || {
        for n in 0..300 {
            // Written in place, as careless editors do: a reader may meet half of it.
            let text = if n % 3 == 0 { "fn on_review(review".to_owned() } else { review_hook(0.5) };
            fs::write(&folder, text).unwrap();
        }
        fs::write(&folder, review_hook(0.9)).unwrap();
    });
    while !saving.is_finished() {
        library.reload(sample::now()).await;
        // Good answers all the while, whatever lies on the disk.
        let decision = review(&library).await;
        assert_eq!((decision.fault, short(&decision.actions).len()), (None, 1));
    }
    saving.join().unwrap();
    library.reload(sample::now()).await;
    assert_eq!(short(&review(&library).await.actions), ["escalate t-1 null"]);
    assert_eq!(library.status().last_error, None);
}

#[test]
fn the_files_behind_an_answer_are_those_that_it_reaches() {
    let tick = "import \"lib/quiet\" as quiet;\n\
                fn agent_for(task) { if quiet::now(task) { return; } this.first_free(this.executors) }";
    let quiet = "const FROM = 22;\nfn now(task) { task.priority < global::FROM }\nfn other() { }";
    let set = compile(&[("tick", tick), ("lib/quiet", quiet), ("outcome", "const BACKOFF_SECONDS = 77;")]);
    let behind = |hook| set.parts(hook).iter().map(|part| (part.file.clone(), part.names.clone())).collect::<Vec<_>>();
    let plan = behind(&crate::policy::hooks::PLAN);
    let files: Vec<_> = plan.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(files, ["built-in/tick.rhai", "project/tick.rhai", "project/lib/quiet.rhai"]);
    assert!(plan[0].1.contains(&"in_order".to_owned()) && !plan[0].1.contains(&"agent_for".to_owned()), "{plan:?}");
    assert_eq!(
        (plan[1].1.as_slice(), plan[2].1.as_slice()),
        (&["agent_for".into()][..], &["FROM".into(), "now".into()][..])
    );
    let after = behind(&crate::policy::hooks::AFTER);
    assert_eq!(after[1], ("project/outcome.rhai".to_owned(), vec!["BACKOFF_SECONDS".to_owned()]));
    let review = behind(&crate::policy::hooks::ON_REVIEW);
    assert_eq!((review.len(), review[0].0.as_str()), (1, "built-in/escalation.rhai"));
    assert!(review[0].1.contains(&"on_review".to_owned()), "{review:?}");
    let source = source(Level::Project, "tick", tick);
    assert_eq!(set.parts(&crate::policy::hooks::PLAN)[1].hash, source.hash());
}

#[tokio::test]
async fn lessons_skills_and_deliveries_are_judged_by_whoever_asks() {
    let place = Place::new();
    place.save("scripts/distillation.rhai", "fn should_expire(experience, ctx) { experience.references_count == 0 }");
    let notify = "fn deliver(event, ctx) { if event.level == \"urgent\" { [send(\"pager\"), batch(\"mail\", 60)] } }";
    place.save("projects/sales/scripts/notify.rhai", notify);
    let library = place.open(None).await;
    assert_eq!(library.status().last_error, None);
    let ctx = team();
    let few = crate::model::snapshot::TagFacts { experiences_count: 4, ..sample::tag() };
    assert!(library.should_distill(&Arc::new(sample::tag()), &ctx).await.answer);
    assert!(!library.should_distill(&Arc::new(few), &ctx).await.answer);
    let expired = library.should_expire(&Arc::new(sample::experience()), &ctx).await;
    assert_eq!((expired.answer, expired.script.as_str()), (true, "scripts/distillation.rhai"));
    assert!(library.should_promote(&Arc::new(sample::skill()), &ctx).await.answer);
    let told = library.deliver(&Arc::new(sample::event(crate::model::event::Level::Urgent)), &ctx).await;
    let channels: Vec<_> = told.answer.iter().map(|way| (way.channel.as_str(), way.batch_seconds)).collect();
    assert_eq!(channels, [("pager", 0), ("mail", 60)]);
    assert_eq!((told.hook, told.script.as_str()), ("deliver", "projects/sales/scripts/notify.rhai"));
    assert!(
        library.deliver(&Arc::new(sample::event(crate::model::event::Level::Routine)), &ctx).await.answer.is_empty()
    );
}
