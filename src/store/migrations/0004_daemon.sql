-- Webhooks that came in: what tells repetitions, and a log for people.
CREATE TABLE webhooks_in (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    source   TEXT NOT NULL,
    -- The sender's own id of the delivery; none where it sends none.
    delivery TEXT,
    event    TEXT NOT NULL,
    -- SHA-256 over event and body.
    digest   TEXT NOT NULL,
    -- Lines that went into the inbox.
    lines    INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX webhooks_in_by_digest ON webhooks_in (source, digest);
CREATE INDEX webhooks_in_by_delivery ON webhooks_in (source, delivery);

-- Keys to the API. Of a key only its hash is kept.
CREATE TABLE api_keys (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    scope        TEXT NOT NULL,
    agent        TEXT,
    project      TEXT,
    task         INTEGER,
    hash         TEXT NOT NULL UNIQUE,
    prefix       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    last_used_at INTEGER
) STRICT;
