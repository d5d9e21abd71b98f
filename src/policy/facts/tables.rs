//! The tables of facts: each line is a property, its getter and its documentation.

use rhai::Module;

use super::{super::limits, FactType, Table, TypeDoc};
use crate::model::{
    event::Event,
    incoming::Incoming,
    snapshot::{
        AgentFacts, AttemptFacts, Board, Context, ExperienceFacts, FileFacts, IssueFacts, MentionFacts, OutputFacts,
        RebuttalFacts, ReviewFacts, RoundFacts, SkillFacts, Slots, TagFacts, TaskFacts,
    },
    usage::{Allowance, Spend, Spent},
};

/// `field: "meaning"` reads a field; `name = |fact| expression => "meaning"` computes.
macro_rules! fact_types {
    ($($name:literal $type:ty, $about:literal {
        $($field:ident: $meaning:literal,)*
        $(; $($extra:ident = |$fact:ident| $value:expr => $extra_meaning:literal,)*)?
    })*) => {
        $(impl FactType for $type {
            const NAME: &'static str = $name;
        })*

        /// Registers every type and answers with its documentation.
        pub(super) fn all(module: &mut Module) -> Vec<TypeDoc> {
            let mut docs = Vec::new();
            $({
                let mut table = Table::of::<$type>(module, $about);
                $(table.field(stringify!($field), $meaning, |fact: &$type| &fact.$field);)*
                $($(table.computed(stringify!($extra), $extra_meaning, |$fact: &$type| $value);)*)?
                docs.push(table.doc);
            })*
            docs
        }
    };
}

fact_types! {
    "Board" Board, "A consistent picture of one project at one tick." {
        slots: "Free slots for processes.",
        agents: "The project's agents.",
        mentions: "Mentions that wait to be delivered; the core delivers them.",
        rounds: "Parents whose children are all final.",
        ticks_without_change: "Ticks since anything about a task changed.",
        gateway_up: "False while the OpenClaw Gateway does not answer.",
        ;
        tasks = |board| board.tasks.iter().take(limits::TASKS).cloned().collect::<Vec<_>>()
            => "Open tasks, most urgent first, then oldest first; the first 10,000.",
        ready = |board| board.ready().take(limits::TASKS).cloned().collect::<Vec<_>>()
            => "The tasks that could be dispatched now, in the order of `tasks`; the first 10,000.",
        questioned = |board| board.tasks.iter().filter(|task| task.questions_count > 0).take(limits::TASKS).cloned()
            .collect::<Vec<_>>()
            => "The open tasks about which a guardrail asks, in the order of `tasks`.",
        paid_for = |board| board.tasks.iter().filter(|task| has_cost(task)).take(limits::TASKS).cloned().collect::<Vec<_>>()
            => "The open tasks that have used tokens or money and that nobody works on now, in the order of `tasks`.",
        project = |board| board.context.project.clone() => "The project.",
        now = |board| board.context.now => "The tick's time; scripts have no other clock.",
        tick = |board| board.context.tick => "Counts the looks at the board since the daemon started: at each tick, and soon after every change.",
        config = |board| board.context.config.clone() => "The effective configuration of the project.",
        coordinator = |board| board.context.coordinator.clone() => "The project's coordinator.",
        reviewers = |board| board.context.reviewers.clone() => "The project's agents that may review.",
        spent = |board| board.context.spent => "What the project has spent, in all and today (UTC).",
    }
    "Context" Context, "What every hook may know: the last argument of each but `plan`." {
        project: "The project.",
        now: "The time of the decision; scripts have no other clock.",
        tick: "Counts the looks at the board since the daemon started: at each tick, and soon after every change.",
        config: "The effective configuration of the project.",
        coordinator: "The project's coordinator.",
        agents: "The project's agents.",
        reviewers: "The project's agents that may review.",
        spent: "What the project has spent, in all and today (UTC).",
    }
    "Spent" Spent, "What a project has spent." {
        project: "Since it began.",
        day: "Today (UTC).",
    }
    "Spend" Spend, "Tokens and money that were spent." {
        tokens_in: "Tokens that went in, those from a cache included.",
        tokens_out: "Tokens that came out.",
        tokens_cached: "The part of `tokens_in` that came from a cache.",
        cost_micros: "Money, in micro-units of the currency.",
        ;
        tokens = |spend| spend.tokens() => "All tokens: what budgets count.",
    }
    "Allowance" Allowance, "What a person allowed a task whose own budget was used up." {
        tokens: "Tokens from there; as `budget.task_tokens` allows when none.",
        cost_micros: "Cost from there, in micro-units; as `budget.task_cost` allows when none.",
        from_tokens: "Tokens that the task had used by then: its budget counts those since.",
        from_cost_micros: "What the task had cost by then.",
    }
    "Slots" Slots, "Free slots for processes." {
        global_free: "Under the global cap.",
        project_free: "Under the project's cap; never more than `global_free`.",
    }
    "Agent" AgentFacts, "An agent of the project." {
        id: "Its id.",
        role: "What it is for.",
        capabilities: "What it can do, such as `code`.",
        busy: "How many of its processes run.",
        free_slots: "How many more may run.",
        provider: "The provider account that it uses up.",
        parked_until: "Its provider is parked until then.",
        can_review: "It may review.",
        fallback: "It takes what nobody else can.",
        can_spawn: "The daemon can start it; otherwise it comes by itself.",
        needs_gateway: "It works in the OpenClaw Gateway: while that is down it has no free slot.",
    }
    "Task" TaskFacts, "A task." {
        id: "Its id, such as `t-12`.",
        title: "One line.",
        description: "The whole request; empty when none was given.",
        status: "Where it stands.",
        assignee: "Who should do it.",
        created_by: "Who created it: an agent, `human`, `human:<name>`, `daemon` or `policy`.",
        owner: "Who holds it now.",
        priority: "1 to 10, 10 most urgent.",
        task_type: "What kind of work it is, such as `code`.",
        risk_level: "What a mistake would cost.",
        depends_on: "Tasks that must be done before.",
        parent: "The task that it is a part of.",
        trigger: "What the next attempt will be for: `execute` or `revise`.",
        review_phase: "Whose turn it is while it is in review.",
        round: "Round of review, from 1; 0 before the first.",
        max_rounds: "Rounds that are allowed.",
        approvals_needed: "Approvals that its review asks for; 0 until `review_depth` was asked.",
        approvals_missing: "Approvals of this round that are still missing.",
        dispatch_count: "How often an agent was dispatched to do it.",
        retry_count: "How often an attempt died.",
        attempts: "Every attempt, oldest first.",
        reviews: "Every review, oldest first.",
        authors: "Agents that worked on it: they may not review it.",
        outputs: "The latest output of each title.",
        unreadable: "Whose reviews of this round could not be read, once for each of them.",
        is_unchanged: "The last revision brought the same outputs as were judged before it.",
        questions_count: "Questions of guardrails about it that nobody has answered yet: `guard` starts somebody.",
        gate_waits_for: "Checks that its completion waits for; empty when it does not wait.",
        discussion_round: "Rounds of discussion so far; 0 before the first.",
        discussion_step: "How far the last of them has come.",
        discussion_waits_for: "Who was asked in it and has not spoken.",
        discussion_seconds: "Since it was opened.",
        review_tokens: "Tokens that its reviews, answers and decisions have used, since a person last decided about it.",
        outputs_count: "How many outputs it has.",
        comments_count: "How many comments it has.",
        subtasks_count: "How many children it has.",
        live_attempts_count: "Attempts that are live now.",
        tokens: "Tokens that all its attempts have used.",
        cost_micros: "What they cost, in micro-units of the currency.",
        allowance: "What a person allowed beyond its budget, and from where that counts.",
        risk_set_by: "Who said what a mistake would cost: a person, or an agent.",
        blocked_on: "What it waits for when blocked: a task, an agent or `human`.",
        escalated_to: "Who has to decide when escalated.",
        reason: "Why the last transition was made.",
        is_ready: "Pending, with no time and no children to wait for.",
        not_before: "Not to be dispatched before.",
        created_at: "When it was created.",
        age_seconds: "Since it was created.",
        in_status_seconds: "Since its status changed.",
    }
    "Attempt" AttemptFacts, "Somebody working on a task, from start to outcome." {
        id: "Its id, such as `sales.t-12.3`.",
        task: "The task.",
        agent: "Who works.",
        kind: "Why it was started.",
        runner: "The runner.",
        provider: "The provider account that it uses up, for `park`.",
        spawned: "The daemon started it.",
        is_live: "It has not ended.",
        is_settled: "It began before a person last decided about its task, and counts against nothing any more.",
        is_started: "Work has begun; false while its task is only claimed.",
        round: "Round of review that it belongs to.",
        started_at: "When it was started.",
        runtime_seconds: "How long it has run, or ran.",
        silent_seconds: "Since it last printed something.",
        heartbeat_seconds: "Since it last wrote to the blackboard.",
        timeout_seconds: "How long it may run.",
        outcome: "How it ended.",
        retry_class: "What trying again would mean after this end.",
        resets_at: "When the provider's limit resets, as its runner told.",
        retry_after_seconds: "From its end until then.",
        tokens: "Tokens that it has used.",
        cost_micros: "What they cost, in micro-units of the currency.",
        exit_code: "Its exit code.",
        detail: "What is known about the end, in words.",
        nudges_count: "How often it was nudged.",
    }
    "Review" ReviewFacts, "A reviewer's conclusion about one round of work." {
        id: "Its id.",
        task: "The task.",
        reviewer: "Who reviewed.",
        verdict: "The conclusion.",
        confidence: "How sure the reviewer is, 0 to 1.",
        round: "Round of review, from 1.",
        max_rounds: "Rounds that are allowed.",
        approvals_missing: "Approvals still missing in this round, this review counted.",
        worst_severity: "The worst severity among the issues.",
        upheld_count: "Issues that it upholds after the author's answer.",
        repeats_count: "Issues that say again what was withdrawn in this task before.",
        reviewer_reviews_count: "Verdicts of the reviewer of which it is known what became of them.",
        reviewer_brier: "Mean squared distance of the reviewer's confidence from what became of the verdicts; 0 is perfect, 0.25 a coin.",
        reviewer_overconfidence: "By how much the reviewer's mean confidence exceeds the share of verdicts that held.",
        issues: "The findings.",
        at: "When it was submitted.",
    }
    "Issue" IssueFacts, "A finding of a review." {
        id: "Its id.",
        severity: "How bad it is.",
        text: "What is wrong.",
        stance: "The author's answer.",
        reason: "The author's reason.",
        ruling: "What a later review says about it, when the author did not accept it.",
        upholds: "Id of the issue of an earlier round that it upholds.",
        repeats: "Id of the issue that says the same and was withdrawn in this task before.",
    }
    "Output" OutputFacts, "A result of work: a file." {
        title: "Its name.",
        path: "Where it is, below the project's folder.",
        output_type: "What it is.",
        size_bytes: "Its size when it was registered.",
        sha256: "SHA-256 of the file when it was registered, in hexadecimal.",
        round: "Round of review that it was made for, from 0.",
    }
    "File" FileFacts, "A file that a task brought, as it is on disk; what `assert` in guardrails.yaml finds in `outputs`." {
        title: "The output's name.",
        path: "Where it is, below the project's folder.",
        exists: "It is there.",
        size_bytes: "Its size; 0 when it is not there.",
        sha256: "SHA-256, in hexadecimal.",
        json_valid: "It is JSON.",
    }
    "Rebuttal" RebuttalFacts, "An author's answers to a review." {
        id: "Its id.",
        task: "The task.",
        review: "Id of the review that it answers.",
        author: "Who answers.",
        round: "Round of review.",
        max_rounds: "Rounds that are allowed.",
        accepts_count: "Issues that are accepted.",
        partials_count: "Issues that are accepted in part.",
        rejects_count: "Issues that are rejected.",
        repeated_rejects_count: "Rejected issues that a reviewer has upheld before.",
        at: "When it was submitted.",
    }
    "Mention" MentionFacts, "A mention that waits to be delivered." {
        task: "The task.",
        agent: "The agent.",
        comments_count: "Comments that mention it.",
        tries_count: "How often delivery was tried.",
        age_seconds: "Since the first of them.",
        is_under_way: "An attempt to deliver it runs.",
        since_try_seconds: "Since the last attempt ended; `()` before the first.",
        chain_count: "Attempts that mentions have started on the task since a person last wrote there, or a round of discussion began.",
    }
    "Round" RoundFacts, "A parent whose children are all final." {
        task: "The parent.",
        round: "Rounds so far.",
        done_count: "Children that are done.",
        failed_count: "Children that failed or were cancelled.",
        is_unchanged: "An earlier round asked for changes, and since then no part is new or went on, no result was added, \
            and no person has moved the parent.",
    }
    "Tag" TagFacts, "A tag with its lessons." {
        tag: "The tag.",
        experiences_count: "Active lessons that carry it and were not distilled yet.",
        tasks_count: "Different tasks that they came from.",
        candidates_count: "Lessons drawn from records that carry it and that nobody has confirmed; they come along as \
            material.",
        new_count: "Those of `experiences_count` that are newer than the end of the last distillation of the tag.",
        is_distilling: "A task makes a skill of its lessons now.",
    }
    "Experience" ExperienceFacts, "A lesson." {
        id: "Its id.",
        tags: "What it is about.",
        references_count: "How often it was used.",
        unused_seconds: "Since it was last used, or learned.",
    }
    "Skill" SkillFacts, "A skill." {
        id: "Its id.",
        level: "Where it is kept: `project`, `custom` or `builtin`.",
        status: "How far it is trusted: `draft`, `active` or `deprecated`.",
        source: "How it came to be: `builtin`, `distilled`, `imported` or `written`.",
        version: "Which version.",
        tags: "What it is about.",
        uses_count: "Tasks that had it in a prompt since its status changed.",
        successes_count: "Those of them that are done.",
        failures_count: "Those of them that failed.",
        agents_count: "Different agents among those that succeeded.",
        unused_seconds: "Since it was last used, or its status changed; `()` when neither is known.",
    }
    "Incoming" Incoming, "What a forge tells by a webhook. Its texts come from outside." {
        source: "Name of the source in `webhooks` of the configuration.",
        forge: "What sends it.",
        event: "What happened, in the forge's words: `issues`, `issue_comment`, `pull_request`, `status`, `workflow_run` …",
        action: "What was done, in the forge's words: `opened`, `closed`, `created` …",
        repository: "Owner and name of the repository.",
        number: "Number of the issue or pull request.",
        reference: "Names the issue, pull request or branch for good: `gitea:team/app#12`, `gitea:team/app@main`.",
        is_pull_request: "True for a pull request, and for a comment on one.",
        title: "Title of the issue or pull request, or name of the check.",
        body: "Text of the issue, pull request, comment or review.",
        author: "Who did it.",
        url: "Where a person sees it.",
        state: "What came of a check, or state of a review: `success`, `failure`, `approved` …",
        branch: "The branch, for pull requests and checks.",
        labels: "Labels of the issue or pull request.",
        args: "`args` of the source in the configuration.",
        payload: "Everything that the forge sent.",
    }
    "Event" Event, "Something that happened." {
        id: "Its id, increasing.",
        project: "The project; `()` for the daemon's own.",
        task: "The task, when it is about one.",
        kind: "What happened.",
        level: "How much it matters.",
        actor: "Who did it.",
        at: "When.",
        summary: "One line for people.",
        payload: "The facts.",
    }
}

fn has_cost(task: &TaskFacts) -> bool {
    (task.tokens > 0 || task.cost_micros > 0) && task.live_attempts_count == 0
}
