-- Reviews that begin anew, because finished work was opened again or somebody sent it back to review: rounds count from
-- there. What a review may cost counts from where a person decided. Who said what a mistake would cost: people may let a
-- task pass its red lines, agents may not. Of older tasks it is whoever created them. An attempt that
-- crossed a tripwire is ended without a time to leave.
ALTER TABLE task_attempts ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN rounds_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN counts_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN risk_set_by TEXT;
UPDATE tasks SET risk_set_by = created_by;
