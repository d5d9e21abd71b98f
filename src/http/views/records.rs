//! What people and agents write on a task.

use serde_json::Value;

use super::view;
use crate::{
    app::imports,
    http::schema::{Nullable, Time},
    model::{
        changes::{self, ChangeKind},
        ids::{Actor, AgentId, ProjectId, SkillId, TaskId},
        records::{
            self, CommentType, ExperienceStatus, IssueSeverity, OutputType, ReviewResult, Ruling, Severity, Stance,
            Verdict,
        },
    },
};

view!(
    /// A comment in a task's thread
    Comment of records::Comment {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// Who wrote it.
        author: Actor,
        /// The whole text, in Markdown.
        body: String,
        /// What it is meant as.
        comment_type: CommentType,
        /// Who should look at it.
        mentions: Vec<AgentId>,
        /// When it was written.
        created_at: Time,
    }
);

view!(
    /// A result of work: a file, with a summary
    Output of records::Output {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// Who made it.
        agent: Actor,
        /// Its name.
        title: String,
        /// What it is.
        output_type: OutputType,
        /// What is in it, in a few words.
        summary: Nullable<String>,
        /// Where the file is, below the project's folder.
        path: String,
        /// Its size.
        size_bytes: i64,
        /// SHA-256 of the file, in hexadecimal.
        sha256: String,
        /// The attempt that made it.
        attempt_number: Nullable<i64>,
        /// Round of review that it was made for, from 0.
        round: i64,
        /// When it was registered.
        created_at: Time,
    }
);

view!(
    /// A choice that somebody made, and why
    Decision of records::Decision {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// Who decided.
        agent: Actor,
        /// What was decided.
        decision: String,
        /// Why.
        rationale: String,
        /// When.
        created_at: Time,
    }
);

view!(
    /// Something that somebody noticed
    Observation of records::Observation {
        /// Counts up within the project.
        id: i64,
        /// The task; null when it is about the project.
        task: Nullable<TaskId>,
        /// Who noticed.
        agent: Actor,
        /// What.
        body: String,
        /// How much it matters.
        severity: Severity,
        /// When.
        created_at: Time,
    }
);

view!(
    /// A finding of a review
    ReviewIssue of records::ReviewIssue {
        /// Counts up within the project; rebuttals refer to it.
        id: i64,
        /// How bad it is.
        severity: IssueSeverity,
        /// What is wrong.
        text: String,
        /// The author's answer, once there is one.
        stance: Nullable<Stance>,
        /// The author's reason.
        reason: Nullable<String>,
        /// What a later review says about it, when the author did not accept it.
        ruling: Nullable<Ruling>,
        /// Why.
        ruling_reason: Nullable<String>,
        /// The issue of an earlier round that it upholds.
        upholds: Nullable<i64>,
        /// The issue that says the same and was withdrawn in this task before.
        repeats: Nullable<i64>,
    }
);

view!(
    /// A file as it was when a review judged it
    JudgedOutput of records::JudgedOutput {
        /// Its name.
        title: String,
        /// Where it is, below the project's folder.
        path: String,
        /// Its size; null when it was not there.
        size_bytes: Nullable<i64>,
        /// SHA-256 of the file on disk, in hexadecimal; null when it was not there.
        sha256: Nullable<String>,
    }
);

view!(
    /// A file that a task brought, compared with what was judged in the round before
    OutputChange of changes::OutputChange {
        /// Its name.
        title: String,
        /// Where it is, below the project's folder.
        path: String,
        /// How it compares.
        change: ChangeKind,
        /// Its size; null when it is not there.
        size_bytes: Nullable<i64>,
        /// SHA-256 of the file on disk, in hexadecimal; null when it is not there.
        sha256: Nullable<String>,
        /// The size that was judged before.
        size_bytes_before: Nullable<i64>,
        /// The SHA-256 that was judged before.
        sha256_before: Nullable<String>,
        /// The difference of a text as a unified diff; null where there is none, or where it is no text.
        diff: Nullable<String>,
        /// True when the difference was too long to be shown whole.
        diff_is_cut: bool,
    }
);

view!(
    /// A reviewer's conclusion about one round of work
    Review of records::Review {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// Who reviewed.
        reviewer: Actor,
        /// The conclusion.
        verdict: Verdict,
        /// How sure the reviewer is, 0 to 1.
        confidence: f64,
        /// Round of review, from 1.
        round: i64,
        /// The findings.
        issues: Vec<ReviewIssue>,
        /// The files that it judged, as they were.
        judged: Vec<JudgedOutput>,
        /// What became of its verdict, once that is known.
        result: Nullable<ReviewResult>,
        /// How that is known.
        result_reason: Nullable<String>,
        /// When it was submitted.
        created_at: Time,
        /// When policy decided what follows from it.
        decided_at: Nullable<Time>,
    }
);

view!(
    /// An author's answer to one issue
    Answer of records::Answer {
        /// The issue.
        issue_id: i64,
        /// The answer.
        stance: Stance,
        /// Why.
        reason: String,
    }
);

view!(
    /// An author's answers to a review
    Rebuttal of records::Rebuttal {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// The review that it answers.
        review_id: i64,
        /// Who answers.
        author: Actor,
        /// Round of review.
        round: i64,
        /// One answer for each issue.
        answers: Vec<Answer>,
        /// When it was submitted.
        created_at: Time,
        /// When policy decided what follows from it.
        decided_at: Nullable<Time>,
    }
);

view!(
    /// A lesson from one task
    Experience of records::Experience {
        /// Counts up within the project.
        id: i64,
        /// The project.
        project: ProjectId,
        /// The task that it came from.
        task: TaskId,
        /// Who learned it.
        agent: Actor,
        /// What was learned.
        lesson: String,
        /// What it is about.
        tags: Vec<String>,
        /// What it rests on, such as `attempt sales.t-3.1` or `review 7`.
        evidence: Vec<String>,
        /// How far it is trusted.
        status: ExperienceStatus,
        /// When it went into a skill.
        distilled_at: Nullable<Time>,
        /// That skill.
        skill: Nullable<SkillId>,
        /// How often it was put into a prompt.
        references_count: i64,
        /// When it was last put into a prompt.
        last_referenced_at: Nullable<Time>,
        /// When it was learned.
        created_at: Time,
    }
);

view!(
    /// A question to a person, and the answer
    Checkpoint of records::Checkpoint {
        /// Counts up within the project.
        id: i64,
        /// The task that waits for the answer.
        task: TaskId,
        /// The question.
        question: String,
        /// Possible answers; any text when empty.
        options: Vec<String>,
        /// Who asked.
        asked_by: Actor,
        /// The answer.
        answer: Nullable<String>,
        /// Who answered.
        answered_by: Nullable<Actor>,
        /// When its time is over; null when it waits for ever.
        timeout_at: Nullable<Time>,
        /// What holds when nobody has answered by then.
        default_answer: Nullable<String>,
        /// True when its time was over before somebody had answered.
        timed_out: bool,
        /// When it was asked.
        created_at: Time,
        /// When it was answered.
        answered_at: Nullable<Time>,
    }
);

view!(
    /// A write that came with a token that is not current, kept for a person to look at
    DeadLetter of records::DeadLetter {
        /// Counts up within the project.
        id: i64,
        /// The task.
        task: TaskId,
        /// Who wrote, as far as that was said.
        agent: Nullable<Actor>,
        /// What it wanted to do, such as `complete` or `output`.
        operation: String,
        /// The request's body.
        body: Value,
        /// Why it was refused.
        reason: String,
        /// When it arrived.
        created_at: Time,
        /// When a person applied or discarded it.
        settled_at: Nullable<Time>,
        /// `applied` or `discarded`.
        settlement: Nullable<String>,
    }
);

view!(
    /// What an import wrote
    ImportedRecords of imports::Imported {
        /// Records.
        records: i64,
        /// Outputs that were left out, because the line does not have their files.
        without_file: i64,
    }
);
