//! Which tasks commits have touched, so that whoever keeps a picture of the project reads again only what is not as it
//! was.
//!
//! Triggers of the writing connection tell, row by row: no function of a table can forget it. They are temporary, so
//! nothing of it is in the file.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, functions::FunctionFlags};

use super::error::StoreError;

/// Above so many, all are read again: that is one scan, and this list stays small when nobody takes it.
const MOST: usize = 4096;

/// Tables that tasks are made of, and the tasks that a row (`{}` is `NEW` or `OLD`) belongs to.
const NAMING: &[(&str, &str)] = &[
    ("tasks", "touched({}.id), touched({}.parent)"),
    ("task_dependencies", "touched({}.task)"),
    ("task_attempts", "touched({}.task)"),
    ("usage", "touched({}.task)"),
    ("comments", "touched({}.task)"),
    ("outputs", "touched({}.task)"),
    ("reviews", "touched({}.task)"),
    ("unreadable_reviews", "touched({}.task)"),
    ("guards", "touched({}.task)"),
    ("gates", "touched({}.task)"),
    ("discussions", "touched({}.task)"),
    ("decisions", "touched({}.task)"),
    ("review_issues", "touched((SELECT task FROM reviews WHERE id = {}.review))"),
];

/// Tasks that are not as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These, and no others.
    Tasks(BTreeSet<i64>),
    /// Nobody knows which.
    All,
}

impl Default for Touched {
    fn default() -> Self {
        Self::Tasks(BTreeSet::new())
    }
}

impl Touched {
    fn add(&mut self, task: i64) {
        if let Self::Tasks(tasks) = self {
            tasks.insert(task);
            if tasks.len() > MOST {
                *self = Self::All;
            }
        }
    }

    fn merge(&mut self, other: Self) {
        match other {
            Self::Tasks(tasks) => tasks.into_iter().for_each(|task| self.add(task)),
            Self::All => *self = Self::All,
        }
    }
}

/// What was touched: first by the transaction under way, then by all that are committed.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// Held only to note a row, to merge and to take.
    pages: Arc<Mutex<Pages>>,
}

#[derive(Debug, Default)]
struct Pages {
    under_way: Touched,
    committed: Touched,
}

/// What was touched until a reading begins; the reading itself adds what is committed meanwhile.
///
/// A commit is visible a moment before it is noted as such, and a view of the database is older than what is noted
/// while it is open. So what is seen during the view is not taken: the next reading gets it once more.
#[derive(Debug)]
pub struct Changes {
    taken: Touched,
    ledger: Ledger,
}

impl Changes {
    /// Everything that may not be as it was, in a view that is open: call it after the view's first statement.
    pub fn in_view(self) -> Touched {
        let Self { taken: mut touched, ledger } = self;
        let pages = ledger.lock();
        touched.merge(pages.committed.clone());
        touched.merge(pages.under_way.clone());
        touched
    }
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has SQLite tell about every row that this connection writes.
    pub fn follow(&self, conn: &Connection) -> Result<(), StoreError> {
        let ledger = self.clone();
        conn.create_scalar_function("touched", 1, FunctionFlags::SQLITE_UTF8, move |context| {
            if let Some(task) = context.get::<Option<i64>>(0)? {
                ledger.lock().under_way.add(task);
            }
            Ok(true)
        })?;
        for (table, tasks) in NAMING {
            for (moment, rows) in [("INSERT", &["NEW"][..]), ("UPDATE", &["OLD", "NEW"]), ("DELETE", &["OLD"])] {
                let tell: String = rows.iter().map(|row| format!("SELECT {};", tasks.replace("{}", row))).collect();
                conn.execute_batch(&format!(
                    "CREATE TEMP TRIGGER touched_{table}_{moment} AFTER {moment} ON main.{table} BEGIN {tell} END"
                ))?;
            }
        }
        Ok(())
    }

    /// What was under way is durable now.
    pub fn committed(&self) {
        let mut pages = self.lock();
        let touched = std::mem::take(&mut pages.under_way);
        pages.committed.merge(touched);
    }

    /// What was under way was undone.
    pub fn undone(&self) {
        self.lock().under_way = Touched::default();
    }

    /// What was touched since this was last asked.
    pub fn take(&self) -> Changes {
        Changes { taken: std::mem::take(&mut self.lock().committed), ledger: self.clone() }
    }
}
