-- Orders of lists: a page is read from where it begins, and not out of a sorted copy of everything.
CREATE INDEX tasks_by_update ON tasks (updated_at);
CREATE INDEX tasks_by_urgency ON tasks (-priority);
