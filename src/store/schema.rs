//! Opening a database file: is it ours, is it whole, is its schema the one that this version knows?

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{
    error::{OpenError, StoreError},
    search,
};

/// SQLite before this version can lose commits in WAL mode with several connections; see <https://sqlite.org/wal.html>.
const OLDEST_SAFE_SQLITE: i32 = 3_051_003;
const WAIT_FOR_LOCK: Duration = Duration::from_secs(5);
/// A write-ahead log larger than this is cut back at the next checkpoint.
const WAL_KEPT_BYTES: i64 = 64 * 1024 * 1024;

/// A kind of database file: how it is told from others, and how it came to its present schema.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// `PRAGMA application_id`.
    pub application_id: i32,
    /// One script for each version, from 1.
    pub migrations: &'static [&'static str],
}

/// `blackboard.db` of a project.
pub const BLACKBOARD: Schema = Schema {
    application_id: 0x4d5a_4242,
    migrations: &[
        include_str!("migrations/0001_blackboard.sql"),
        include_str!("migrations/0002_blackboard.sql"),
        include_str!("migrations/0003_blackboard.sql"),
        include_str!("migrations/0004_blackboard.sql"),
        include_str!("migrations/0005_blackboard.sql"),
        include_str!("migrations/0006_blackboard.sql"),
        include_str!("migrations/0007_blackboard.sql"),
        include_str!("migrations/0008_blackboard.sql"),
        include_str!("migrations/0009_blackboard.sql"),
        include_str!("migrations/0010_blackboard.sql"),
        include_str!("migrations/0011_blackboard.sql"),
        include_str!("migrations/0012_blackboard.sql"),
        include_str!("migrations/0013_blackboard.sql"),
        include_str!("migrations/0014_blackboard.sql"),
        include_str!("migrations/0015_blackboard.sql"),
        include_str!("migrations/0016_blackboard.sql"),
    ],
};
/// `daemon.db` of the root.
pub const DAEMON: Schema = Schema {
    application_id: 0x4d5a_4444,
    migrations: &[
        include_str!("migrations/0001_daemon.sql"),
        include_str!("migrations/0002_daemon.sql"),
        include_str!("migrations/0003_daemon.sql"),
        include_str!("migrations/0004_daemon.sql"),
    ],
};

impl Schema {
    /// The newest version.
    pub fn version(&self) -> i64 {
        i64::try_from(self.migrations.len()).unwrap_or(i64::MAX)
    }
}

/// Makes sure that there is a sound database of this kind and version at the path; true when it had to be created.
pub fn prepare(path: &Path, schema: Schema) -> Result<bool, OpenError> {
    let unusable = |source| OpenError::Unusable { path: path.into(), source };
    refuse_unsafe(rusqlite::version_number()).map_err(unusable)?;
    let created = !path.exists();
    if created {
        create(path, schema).map_err(unusable)?;
    } else {
        check_header(path)?;
        own_only(path).map_err(|source| unusable(io_error(path, source)))?;
    }
    let mut conn = open(path).map_err(|error| classify(path, error))?;
    check_identity(path, &conn, schema)?;
    migrate(&mut conn, schema).map_err(|error| classify(path, error))?;
    Ok(created)
}

/// A build with another SQLite than the bundled one could lose commits and say nothing.
fn refuse_unsafe(version: i32) -> Result<(), StoreError> {
    if version >= OLDEST_SAFE_SQLITE {
        return Ok(());
    }
    let (major, minor, patch) = (version / 1_000_000, version / 1000 % 1000, version % 1000);
    Err(StoreError::Damaged(format!("SQLite {major}.{minor}.{patch} is too old to be safe; 3.51.3 or newer is needed")))
}

/// A connection that may write, with every setting that moziplus relies on.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    // An acknowledged write survives a power cut; group commit pays for it (see writer.rs).
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "journal_size_limit", WAL_KEPT_BYTES)?;
    search::register(&conn)?;
    Ok(conn)
}

/// Opens a copy to read it, and says what kind of database it is: sound, and of a version that can be opened.
pub fn open_copy(path: &Path) -> Result<(Connection, Schema), OpenError> {
    check_header(path)?;
    let conn = open_to_read(path).map_err(|error| classify(path, error))?;
    let application: i32 =
        conn.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| classify(path, error.into()))?;
    let schema = if application == DAEMON.application_id { DAEMON } else { BLACKBOARD };
    check_identity(path, &conn, schema)?;
    Ok((conn, schema))
}

/// A connection that can only read.
pub fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that opens databases")]
fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(WAIT_FOR_LOCK)?;
    conn.set_prepared_statement_cache_capacity(256);
    // Statements are kept; without this guarantee SQLite prepares some anew at each call, for the values that are bound to them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    Ok(conn)
}

/// Creates the file under another name and moves it into place whole: a crash leaves no half-made database.
fn create(path: &Path, schema: Schema) -> Result<(), StoreError> {
    remove_companions(path).map_err(|source| io_error(path, source))?;
    let making = companion(path, ".new");
    for stale in [making.clone(), companion(&making, "-wal"), companion(&making, "-shm")] {
        remove_if_there(&stale).map_err(|source| io_error(&stale, source))?;
    }
    create_private(&making).map_err(|source| io_error(&making, source))?;
    let mut conn = open(&making)?;
    conn.pragma_update(None, "application_id", schema.application_id)?;
    migrate(&mut conn, schema)?;
    conn.pragma_update(None, "wal_checkpoint", "truncate").or_else(ignore_returned_rows)?;
    conn.close().map_err(|(_, error)| error)?;
    let synced = File::open(&making).and_then(|file| file.sync_all());
    let moved = synced.and_then(|()| super::backup::moved(&making, path));
    moved.map_err(|source| io_error(path, source))
}

fn ignore_returned_rows(error: rusqlite::Error) -> rusqlite::Result<()> {
    if matches!(error, rusqlite::Error::ExecuteReturnedResults) { Ok(()) } else { Err(error) }
}

/// Creates an empty file that only its owner can use; SQLite gives -wal and -shm the same mode.
pub fn create_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

/// Removes a leftover write-ahead log: applied to another file it would destroy that file.
pub fn remove_companions(path: &Path) -> io::Result<()> {
    remove_if_there(&companion(path, "-wal"))?;
    remove_if_there(&companion(path, "-shm"))
}

/// The path with something appended to its file name.
pub fn companion(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn own_only(path: &Path) -> io::Result<()> {
    for file in [path.to_path_buf(), companion(path, "-wal"), companion(path, "-shm")] {
        match fs::set_permissions(&file, fs::Permissions::from_mode(0o600)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// SQLite takes a file of no length for a new database; here it is one that was lost.
fn check_header(path: &Path) -> Result<(), OpenError> {
    let foreign = |why: &str| OpenError::Foreign { path: path.into(), why: why.into() };
    let mut header = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read(&mut header));
    match read {
        Ok(0) => Err(foreign("the file is empty")),
        Ok(16) if &header == b"SQLite format 3\0" => Ok(()),
        Ok(_) => Err(foreign("it does not begin like a SQLite file")),
        Err(source) => Err(OpenError::Unusable { path: path.into(), source: io_error(path, source) }),
    }
}

fn check_identity(path: &Path, conn: &Connection, schema: Schema) -> Result<(), OpenError> {
    let ask = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    let sqlite = |error: rusqlite::Error| classify(path, error.into());
    let application = ask("application_id").map_err(sqlite)?;
    if application != i64::from(schema.application_id) {
        return Err(OpenError::Foreign { path: path.into(), why: "another program has written it".into() });
    }
    let found = ask("user_version").map_err(sqlite)?;
    if found > schema.version() {
        return Err(OpenError::TooNew { path: path.into(), found, known: schema.version() });
    }
    if found < 1 {
        return Err(OpenError::Foreign { path: path.into(), why: "its schema has no version".into() });
    }
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sqlite)?;
    if verdict == "ok" { Ok(()) } else { Err(OpenError::Damaged { path: path.into(), why: verdict }) }
}

/// Applies what is missing, all of it or nothing.
fn migrate(conn: &mut Connection, schema: Schema) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let done: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if done < schema.version() {
        let missing = schema.migrations.iter().skip(usize::try_from(done).unwrap_or(0));
        for script in missing {
            tx.execute_batch(script)?;
        }
        tx.pragma_update(None, "user_version", schema.version())?;
    }
    Ok(tx.commit()?)
}

fn classify(path: &Path, error: StoreError) -> OpenError {
    match error {
        StoreError::Damaged(why) => OpenError::Damaged { path: path.into(), why },
        source => OpenError::Unusable { path: path.into(), source },
    }
}

fn io_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { path: path.into(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_may_lose_commits_is_refused() {
        assert!(refuse_unsafe(rusqlite::version_number()).is_ok());
        assert!(refuse_unsafe(3_051_003).is_ok());
        let refused = refuse_unsafe(3_051_002).unwrap_err().to_string();
        assert!(refused.contains("SQLite 3.51.2 is too old"), "{refused}");
    }

    #[test]
    fn a_file_of_each_older_version_opens_and_keeps_what_it_has() {
        for version in 1..BLACKBOARD.migrations.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("blackboard.db");
            let old = Schema { migrations: &BLACKBOARD.migrations[..version], ..BLACKBOARD };
            assert!(prepare(&path, old).unwrap());
            let written = "INSERT INTO tasks (id, title, status, priority, task_type, risk_level, created_by,
                             created_at, updated_at, status_since) VALUES (7, 'x', 'pending', 5, 'other', 'medium',
                             'human', 0, 0, 0);
                           INSERT INTO dead_letters (task, operation, body, reason, created_at)
                             VALUES (7, 'comment', '{}', 'late', 0);";
            open(&path).unwrap().execute_batch(written).unwrap();
            assert!(!prepare(&path, BLACKBOARD).unwrap());
            let conn = open(&path).unwrap();
            let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!(count("PRAGMA user_version"), BLACKBOARD.version());
            assert_eq!(count("SELECT count(*) FROM dead_letters WHERE task = 7 AND reason = 'late'"), 1);
            assert_eq!(count("SELECT rowid / 8 FROM full_text WHERE full_text MATCH 'x'"), 7, "old rows are found");
        }
    }

    #[test]
    fn a_migration_that_fails_in_the_middle_leaves_nothing() {
        const TWO: &[&str] = &[
            include_str!("migrations/0001_blackboard.sql"),
            "CREATE TABLE half_made (id INTEGER) STRICT; INSERT INTO no_such_table VALUES (1);",
        ];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blackboard.db");
        let old = Schema { migrations: &BLACKBOARD.migrations[..1], ..BLACKBOARD };
        prepare(&path, old).unwrap();
        prepare(&path, Schema { migrations: TWO, ..BLACKBOARD }).unwrap_err();
        let conn = open(&path).unwrap();
        let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("PRAGMA user_version"), 1);
        assert_eq!(count("SELECT count(*) FROM sqlite_schema WHERE name = 'half_made'"), 0);
        drop(conn);
        // The right program goes on from there.
        assert!(!prepare(&path, BLACKBOARD).unwrap());
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blackboard.db");
        prepare(&path, BLACKBOARD).unwrap();
        let older = Schema { migrations: &BLACKBOARD.migrations[..1], ..BLACKBOARD };
        let refused = prepare(&path, older).unwrap_err();
        assert!(matches!(refused, OpenError::TooNew { .. }), "{refused}");
    }
}
