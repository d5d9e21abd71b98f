-- What each script said, newest last: its history for people, and what they roll back to.
CREATE TABLE script_versions (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The project; the empty text for the scripts of all projects and of jobs.
    place  TEXT NOT NULL,
    name   TEXT NOT NULL,
    -- None where the script was taken away.
    source TEXT,
    -- Who saved it; none when a file was changed by other means.
    author TEXT,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX versions_of_script ON script_versions (place, name, id);
