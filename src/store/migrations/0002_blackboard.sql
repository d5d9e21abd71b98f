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
