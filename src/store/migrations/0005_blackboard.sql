-- What a later review says about a finding that the author did not accept, and which finding a finding goes back to.
ALTER TABLE review_issues ADD COLUMN ruling TEXT;
ALTER TABLE review_issues ADD COLUMN ruling_reason TEXT;
ALTER TABLE review_issues ADD COLUMN ruled_by INTEGER REFERENCES reviews (id);
ALTER TABLE review_issues ADD COLUMN upholds INTEGER REFERENCES review_issues (id);
ALTER TABLE review_issues ADD COLUMN repeats INTEGER REFERENCES review_issues (id);

-- What became of a verdict, for the calibration of its reviewer.
ALTER TABLE reviews ADD COLUMN result TEXT;
ALTER TABLE reviews ADD COLUMN result_reason TEXT;
ALTER TABLE reviews ADD COLUMN result_at INTEGER;
CREATE INDEX reviews_with_result ON reviews (reviewer, result_at) WHERE result IS NOT NULL;

-- The files that a review judged, as they were on disk.
CREATE TABLE judged_outputs (
    review     INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    path       TEXT NOT NULL,
    size_bytes INTEGER,
    sha256     TEXT,
    PRIMARY KEY (review, title)
) STRICT, WITHOUT ROWID;

-- Reviews that could not be read: the reviewer's error, not a verdict.
CREATE TABLE unreadable_reviews (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    task       INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    reviewer   TEXT NOT NULL,
    round      INTEGER NOT NULL,
    attempt    INTEGER,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unreadable_by_task ON unreadable_reviews (task, round);
