-- From lessons to skills. `evidence` lists what a lesson rests on; `origin` is what the core drew it from, once;
-- `distillation` is the task that makes a skill of it.
ALTER TABLE experiences ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
ALTER TABLE experiences ADD COLUMN origin TEXT;
ALTER TABLE experiences ADD COLUMN distillation INTEGER;
CREATE UNIQUE INDEX experiences_by_origin ON experiences (origin) WHERE origin IS NOT NULL;
CREATE INDEX experiences_by_distillation ON experiences (distillation) WHERE distillation IS NOT NULL;
CREATE INDEX experiences_free ON experiences (status) WHERE distillation IS NULL AND distilled_at IS NULL;

CREATE TABLE distillations (
    task          INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
    tag           TEXT NOT NULL,
    -- open, installed, failed
    state         TEXT NOT NULL DEFAULT 'open',
    lessons_count INTEGER NOT NULL,
    skill         TEXT,
    version       INTEGER,
    detail        TEXT,
    created_at    INTEGER NOT NULL,
    settled_at    INTEGER
) STRICT;
CREATE INDEX distillations_by_tag ON distillations (tag, state);

-- Which skill stood in which attempt's prompt, and what came of the task.
CREATE TABLE skill_uses (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    skill      TEXT NOT NULL,
    level      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    on_trial   INTEGER NOT NULL,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    attempt    INTEGER NOT NULL,
    agent      TEXT NOT NULL,
    outcome    TEXT,
    used_at    INTEGER NOT NULL,
    settled_at INTEGER,
    judged_at  INTEGER,
    UNIQUE (task, attempt, skill)
) STRICT;
CREATE INDEX uses_of_skill ON skill_uses (skill, level, version, task);
CREATE INDEX uses_unjudged ON skill_uses (id) WHERE outcome IS NOT NULL AND judged_at IS NULL;

-- However a task ends, its uses are settled; one that is taken up again leaves them open.
CREATE TRIGGER skill_uses_follow_task AFTER UPDATE OF status ON tasks
WHEN OLD.status <> NEW.status
    AND (NEW.status IN ('done', 'failed', 'cancelled') OR OLD.status IN ('done', 'failed', 'cancelled'))
BEGIN
    UPDATE skill_uses SET judged_at = NULL, settled_at = NEW.updated_at, outcome = CASE NEW.status
        WHEN 'done' THEN 'success' WHEN 'failed' THEN 'failure' WHEN 'cancelled' THEN 'void' END
    WHERE task = NEW.id;
END;
