-- What goes out by a channel: written when policy asks for it, sent afterwards, kept as a log.
CREATE TABLE deliveries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What receivers tell repetitions by.
    message    TEXT NOT NULL UNIQUE,
    -- The project whose channel it is; the empty text for the daemon's own.
    project    TEXT NOT NULL,
    channel    TEXT NOT NULL,
    -- waiting, delivered or failed.
    state      TEXT NOT NULL,
    -- Takes further events until it is due.
    gathers    INTEGER NOT NULL DEFAULT 0,
    content    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    ended_at   INTEGER,
    attempts   INTEGER NOT NULL DEFAULT 0,
    -- The last answer's status, where the channel has such.
    status     INTEGER,
    error      TEXT
) STRICT;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
CREATE INDEX deliveries_gathering ON deliveries (project, channel) WHERE gathers = 1;
