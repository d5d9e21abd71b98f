-- A late write is kept also when its task is gone, as after a restore: the letter names the task, it does not need it.
CREATE TABLE dead_letters_kept (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL,
    agent      TEXT,
    operation  TEXT NOT NULL,
    body       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    settlement TEXT
) STRICT;
INSERT INTO dead_letters_kept SELECT id, task, agent, operation, body, reason, created_at, settled_at, settlement
    FROM dead_letters;
DROP TABLE dead_letters;
ALTER TABLE dead_letters_kept RENAME TO dead_letters;

-- The answer to a write that came with a key: when the caller did not get it and asks again, it gets the same.
CREATE TABLE answers (
    key    TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);
