-- Names that others have for tasks, such as an issue's in a forge: what comes later finds its task by them.
CREATE TABLE task_references (
    reference TEXT PRIMARY KEY,
    task      INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX references_of_task ON task_references (task);
