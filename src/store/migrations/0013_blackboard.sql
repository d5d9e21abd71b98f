-- Completions whose checks go on beside the request: the task is working until they hold.
CREATE TABLE gates (
    task      INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
    attempt   INTEGER,
    actor     TEXT NOT NULL,
    role      TEXT NOT NULL,
    summary   TEXT,
    step      TEXT NOT NULL CHECK (step IN ('checks', 'questions')),
    waits_for TEXT NOT NULL,
    since     INTEGER NOT NULL
) STRICT;

-- Questions of guardrails: an agent answers each, PASS or FAIL.
CREATE TABLE guards (
    id          INTEGER PRIMARY KEY,
    task        INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('prompt', 'scope')),
    rule        TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('warning', 'blocking', 'tripwire')),
    question    TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'holds', 'broken', 'unanswered', 'void')),
    attempt     INTEGER,
    tries       INTEGER NOT NULL DEFAULT 0,
    answered_by TEXT,
    answer      TEXT,
    asked_at    INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;
CREATE INDEX guards_of_task ON guards (task, state);

-- Whatever moves a task away takes its completion with it, and what was asked for it: no way of moving forgets this.
CREATE TRIGGER gate_left AFTER UPDATE OF status ON tasks WHEN OLD.status = 'working' AND NEW.status <> 'working'
BEGIN
    DELETE FROM gates WHERE task = NEW.id;
    UPDATE guards SET state = 'void' WHERE task = NEW.id AND kind = 'prompt' AND state = 'open';
END;
CREATE TRIGGER guards_final AFTER UPDATE OF status ON tasks WHEN NEW.status IN ('done', 'failed', 'cancelled')
BEGIN
    UPDATE guards SET state = 'void' WHERE task = NEW.id AND state = 'open';
END;

-- What agents say about a goal before it has parts: who was asked in which round, and who sums it up.
CREATE TABLE discussions (
    task             INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
    round            INTEGER NOT NULL,
    asked            TEXT NOT NULL,
    opened_at        INTEGER NOT NULL,
    summary_by       TEXT,
    summary_asked_at INTEGER
) STRICT;
