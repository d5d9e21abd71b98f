-- Full text. The index keeps words and not the texts: rows are shown from their own tables. A row's number is its id times
-- eight plus its kind: 0 task, 1 comment, 2 output, 3 experience. `searchable` is the writing connection's function that
-- separates CJK characters; the triggers need it, readers do not.
CREATE VIRTUAL TABLE full_text USING fts5 (
    title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO full_text (full_text, rank) VALUES ('rank', 'bm25(3.0, 1.0)');

CREATE TRIGGER full_text_of_task AFTER INSERT ON tasks BEGIN
    INSERT INTO full_text (rowid, title, body)
        VALUES (NEW.id * 8, searchable(NEW.title), searchable(NEW.description || ' ' || coalesce(NEW.summary, '')));
END;
CREATE TRIGGER full_text_of_changed_task AFTER UPDATE OF title, description, summary ON tasks
WHEN OLD.title IS NOT NEW.title OR OLD.description IS NOT NEW.description OR OLD.summary IS NOT NEW.summary BEGIN
    UPDATE full_text SET title = searchable(NEW.title),
        body = searchable(NEW.description || ' ' || coalesce(NEW.summary, '')) WHERE rowid = NEW.id * 8;
END;
CREATE TRIGGER full_text_without_task AFTER DELETE ON tasks BEGIN
    DELETE FROM full_text WHERE rowid = OLD.id * 8;
END;

CREATE TRIGGER full_text_of_comment AFTER INSERT ON comments BEGIN
    INSERT INTO full_text (rowid, title, body) VALUES (NEW.id * 8 + 1, '', searchable(NEW.body));
END;
CREATE TRIGGER full_text_without_comment AFTER DELETE ON comments BEGIN
    DELETE FROM full_text WHERE rowid = OLD.id * 8 + 1;
END;

CREATE TRIGGER full_text_of_output AFTER INSERT ON outputs BEGIN
    INSERT INTO full_text (rowid, title, body)
        VALUES (NEW.id * 8 + 2, searchable(NEW.title), searchable(coalesce(NEW.summary, '')));
END;
CREATE TRIGGER full_text_without_output AFTER DELETE ON outputs BEGIN
    DELETE FROM full_text WHERE rowid = OLD.id * 8 + 2;
END;

CREATE TRIGGER full_text_of_experience AFTER INSERT ON experiences BEGIN
    INSERT INTO full_text (rowid, title, body) VALUES (NEW.id * 8 + 3, '', searchable(NEW.lesson));
END;
CREATE TRIGGER full_text_of_changed_experience AFTER UPDATE OF lesson ON experiences
WHEN OLD.lesson IS NOT NEW.lesson BEGIN
    UPDATE full_text SET title = '', body = searchable(NEW.lesson) WHERE rowid = NEW.id * 8 + 3;
END;
CREATE TRIGGER full_text_without_experience AFTER DELETE ON experiences BEGIN
    DELETE FROM full_text WHERE rowid = OLD.id * 8 + 3;
END;

INSERT INTO full_text (rowid, title, body)
    SELECT id * 8, searchable(title), searchable(description || ' ' || coalesce(summary, '')) FROM tasks;
INSERT INTO full_text (rowid, title, body) SELECT id * 8 + 1, '', searchable(body) FROM comments;
INSERT INTO full_text (rowid, title, body)
    SELECT id * 8 + 2, searchable(title), searchable(coalesce(summary, '')) FROM outputs;
INSERT INTO full_text (rowid, title, body) SELECT id * 8 + 3, '', searchable(lesson) FROM experiences;
