-- Provider accounts, when their limits reset, and what attempts use up.
ALTER TABLE task_attempts ADD COLUMN provider TEXT;
ALTER TABLE task_attempts ADD COLUMN resets_at INTEGER;
ALTER TABLE usage ADD COLUMN tokens_cached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage ADD COLUMN model TEXT;
ALTER TABLE usage ADD COLUMN session TEXT;

-- The same by day (UTC, milliseconds of its beginning), so that sums cost little and outlive the attempts.
CREATE TABLE usage_days (
    day           INTEGER NOT NULL,
    cause         TEXT NOT NULL,
    agent         TEXT NOT NULL,
    runner        TEXT NOT NULL,
    provider      TEXT NOT NULL,
    model         TEXT NOT NULL,
    tokens_in     INTEGER NOT NULL DEFAULT 0,
    tokens_out    INTEGER NOT NULL DEFAULT 0,
    tokens_cached INTEGER NOT NULL DEFAULT 0,
    money_micros  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, cause, agent, runner, provider, model)
) STRICT, WITHOUT ROWID;
