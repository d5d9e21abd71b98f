-- A project's blackboard. Times are milliseconds since 1970 in UTC; lists and maps are JSON text.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    title          TEXT NOT NULL CHECK (title <> ''),
    description    TEXT NOT NULL DEFAULT '',
    status         TEXT NOT NULL,
    status_since   INTEGER NOT NULL,
    resumed_from   TEXT,
    claimed_at     INTEGER,
    started_at     INTEGER,
    completed_at   INTEGER,
    fence          INTEGER NOT NULL DEFAULT 0,
    round          INTEGER NOT NULL DEFAULT 0,
    retry_count    INTEGER NOT NULL DEFAULT 0,
    assignee       TEXT,
    created_by     TEXT NOT NULL,
    priority       INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 10),
    task_type      TEXT NOT NULL,
    risk_level     TEXT NOT NULL,
    must_haves     TEXT NOT NULL DEFAULT '{}',
    parent         INTEGER REFERENCES tasks (id),
    owner          TEXT,
    attempt        INTEGER,
    next_trigger   TEXT NOT NULL DEFAULT 'execute',
    review_phase   TEXT,
    dispatch_count INTEGER NOT NULL DEFAULT 0,
    blocked_on     TEXT,
    escalated_to   TEXT,
    reason         TEXT,
    summary        TEXT,
    not_before     INTEGER,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 1
) STRICT;
-- Ticks look at open tasks only, however many are finished.
CREATE INDEX tasks_open ON tasks (priority DESC, id) WHERE status NOT IN ('done', 'failed', 'cancelled');
CREATE INDEX tasks_by_status ON tasks (status, id);
CREATE INDEX tasks_by_parent ON tasks (parent) WHERE parent IS NOT NULL;
CREATE INDEX tasks_by_assignee ON tasks (assignee, id) WHERE assignee IS NOT NULL;

CREATE TABLE task_dependencies (
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    depends_on INTEGER NOT NULL REFERENCES tasks (id),
    PRIMARY KEY (task, depends_on),
    CHECK (task <> depends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX dependents ON task_dependencies (depends_on, task);

CREATE TABLE task_attempts (
    task             INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    number           INTEGER NOT NULL,
    agent            TEXT NOT NULL,
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL,
    spawned          INTEGER NOT NULL,
    runner           TEXT,
    round            INTEGER NOT NULL DEFAULT 0,
    fence            INTEGER NOT NULL DEFAULT 0,
    token_hash       TEXT NOT NULL UNIQUE,
    nonce            TEXT NOT NULL,
    pid              INTEGER,
    process_identity TEXT,
    created_at       INTEGER NOT NULL,
    started_at       INTEGER,
    heartbeat_at     INTEGER,
    last_output_at   INTEGER,
    ended_at         INTEGER,
    timeout_seconds  INTEGER NOT NULL,
    outcome          TEXT,
    exit_code        INTEGER,
    signal           INTEGER,
    detail           TEXT,
    ending           TEXT,
    log_bytes        INTEGER NOT NULL DEFAULT 0,
    nudges_count     INTEGER NOT NULL DEFAULT 0,
    decided_at       INTEGER,
    PRIMARY KEY (task, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_live ON task_attempts (agent) WHERE state <> 'ended';
CREATE INDEX attempts_undecided ON task_attempts (ended_at) WHERE state = 'ended' AND decided_at IS NULL;

CREATE TABLE comments (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    task         INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    author       TEXT NOT NULL,
    body         TEXT NOT NULL,
    comment_type TEXT NOT NULL,
    mentions     TEXT NOT NULL DEFAULT '[]',
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_by_task ON comments (task, id);

CREATE TABLE mentions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    comment      INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    task         INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    agent        TEXT NOT NULL,
    status       TEXT NOT NULL DEFAULT 'pending',
    tries_count  INTEGER NOT NULL DEFAULT 0,
    attempt      INTEGER,
    created_at   INTEGER NOT NULL,
    settled_at   INTEGER
) STRICT;
CREATE INDEX mentions_pending ON mentions (task, agent) WHERE status = 'pending';

CREATE TABLE outputs (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    task           INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    agent          TEXT NOT NULL,
    title          TEXT NOT NULL,
    output_type    TEXT NOT NULL,
    summary        TEXT,
    path           TEXT NOT NULL,
    size_bytes     INTEGER NOT NULL,
    sha256         TEXT NOT NULL,
    attempt_number INTEGER,
    round          INTEGER NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX outputs_by_task ON outputs (task, id);

CREATE TABLE decisions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    agent      TEXT NOT NULL,
    decision   TEXT NOT NULL,
    rationale  TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_by_task ON decisions (task, id);

CREATE TABLE observations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER REFERENCES tasks (id) ON DELETE CASCADE,
    agent      TEXT NOT NULL,
    body       TEXT NOT NULL,
    severity   TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX observations_by_task ON observations (task, id);

CREATE TABLE reviews (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    reviewer   TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    round      INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER
) STRICT;
CREATE INDEX reviews_by_task ON reviews (task, id);
CREATE INDEX reviews_undecided ON reviews (id) WHERE decided_at IS NULL;

-- Nobody judges their own work, whichever code path inserts the review.
CREATE TRIGGER no_self_review BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM outputs WHERE task = NEW.task AND agent = NEW.reviewer)
  OR EXISTS (SELECT 1 FROM task_attempts
             WHERE task = NEW.task AND agent = NEW.reviewer AND kind IN ('execute', 'revise', 'rebut'))
BEGIN
    SELECT RAISE(ABORT, 'self_review');
END;

CREATE TABLE review_issues (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    review   INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    severity TEXT NOT NULL,
    text     TEXT NOT NULL,
    stance   TEXT,
    reason   TEXT
) STRICT;
CREATE INDEX issues_by_review ON review_issues (review, id);

CREATE TABLE rebuttals (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    review     INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    author     TEXT NOT NULL,
    round      INTEGER NOT NULL,
    answers    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER
) STRICT;
CREATE INDEX rebuttals_by_task ON rebuttals (task, id);
CREATE INDEX rebuttals_undecided ON rebuttals (id) WHERE decided_at IS NULL;

CREATE TABLE experiences (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    task               INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    agent              TEXT NOT NULL,
    lesson             TEXT NOT NULL,
    status             TEXT NOT NULL DEFAULT 'active',
    references_count   INTEGER NOT NULL DEFAULT 0,
    last_referenced_at INTEGER,
    distilled_at       INTEGER,
    created_at         INTEGER NOT NULL
) STRICT;

CREATE TABLE experience_tags (
    experience INTEGER NOT NULL REFERENCES experiences (id) ON DELETE CASCADE,
    tag        TEXT NOT NULL,
    PRIMARY KEY (experience, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiences_by_tag ON experience_tags (tag, experience);

CREATE TABLE checkpoints (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    task        INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    question    TEXT NOT NULL,
    options     TEXT NOT NULL DEFAULT '[]',
    asked_by    TEXT NOT NULL,
    answer      TEXT,
    answered_by TEXT,
    created_at  INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;
CREATE INDEX checkpoints_open ON checkpoints (task) WHERE answered_at IS NULL;

CREATE TABLE dead_letters (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    agent      TEXT,
    operation  TEXT NOT NULL,
    body       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    settlement TEXT
) STRICT;

CREATE TABLE usage (
    task         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    tokens_in    INTEGER NOT NULL DEFAULT 0,
    tokens_out   INTEGER NOT NULL DEFAULT 0,
    money_micros INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, attempt),
    FOREIGN KEY (task, attempt) REFERENCES task_attempts (task, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_decisions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    task          INTEGER,
    hook          TEXT NOT NULL,
    script        TEXT NOT NULL,
    script_hash   TEXT NOT NULL,
    inputs_digest TEXT NOT NULL,
    result        TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_of_policy ON policy_decisions (task, hook, id);

-- Keys of inbox lines that have taken effect here, so that none does twice.
CREATE TABLE inbox_keys (
    key TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    task    INTEGER,
    kind    TEXT NOT NULL,
    level   TEXT NOT NULL,
    actor   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    summary TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_task ON events (task, seq);
