-- Mail between agents and people. Only the project `_mail` has any; its conversations lie on tasks.
CREATE TABLE mails (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    task         INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL,
    in_reply_to  INTEGER REFERENCES mails (id),
    sender       TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    body         TEXT NOT NULL,
    deadline_at  INTEGER,
    overdue_at   INTEGER,
    answered_by  INTEGER REFERENCES mails (id),
    read_at      INTEGER,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_by_task ON mails (task, id);
CREATE INDEX mails_by_conversation ON mails (conversation, id);
CREATE INDEX mails_by_recipient ON mails (recipient, id);
CREATE INDEX mails_due ON mails (deadline_at)
    WHERE kind = 'request' AND deadline_at IS NOT NULL AND answered_by IS NULL AND overdue_at IS NULL;

-- A question may have a time, and an answer that holds when nobody gives one by then.
ALTER TABLE checkpoints ADD COLUMN timeout_at INTEGER;
ALTER TABLE checkpoints ADD COLUMN default_answer TEXT;
ALTER TABLE checkpoints ADD COLUMN timed_out INTEGER NOT NULL DEFAULT 0;
CREATE INDEX checkpoints_due ON checkpoints (timeout_at)
    WHERE timeout_at IS NOT NULL AND answered_at IS NULL AND timed_out = 0;

-- What a live attempt is reminded of, until it has been told with the answer to its next command.
ALTER TABLE task_attempts ADD COLUMN nudge TEXT;
