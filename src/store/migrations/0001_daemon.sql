-- What belongs to no project. Times are milliseconds since 1970 in UTC.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The order in which everything happened, over all projects: id is what SSE clients resume from.
CREATE TABLE event_index (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    project    TEXT NOT NULL,
    generation TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    task       INTEGER,
    kind       TEXT NOT NULL,
    level      TEXT NOT NULL,
    UNIQUE (project, generation, seq)
) STRICT;

-- The daemon's own events; their project in the index is the empty text.
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

CREATE TABLE job_runs (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    job          TEXT NOT NULL,
    scheduled_at INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    outcome      TEXT,
    message      TEXT,
    manual       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX job_runs_by_job ON job_runs (job, id);

CREATE TABLE parked_providers (
    provider TEXT PRIMARY KEY,
    until    INTEGER NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last set of scripts that was in force, per project (the empty text: the root's own).
CREATE TABLE policy_sources (
    project TEXT PRIMARY KEY,
    hash    TEXT NOT NULL,
    sources TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
