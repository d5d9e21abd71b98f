//! apalis beside the benchmark: `apalis-bench work DB N` works, `apalis-bench add DB` hands in what it reads.

use std::{
    io::Read,
    time::{Duration, SystemTime},
};

use apalis::prelude::*;
use apalis_sqlite::{SqlitePool, SqliteStorage};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Run {
    command: Vec<String>,
}

async fn run(task: Run) -> Result<(), BoxDynError> {
    let status = tokio::process::Command::new(&task.command[0]).args(&task.command[1..]).status().await?;
    if status.success() { Ok(()) } else { Err("it failed".into()) }
}

#[tokio::main]
async fn main() -> Result<(), BoxDynError> {
    let arguments: Vec<String> = std::env::args().collect();
    let pool = SqlitePool::connect(&format!("sqlite://{}?mode=rwc", arguments[2])).await?;
    // The worker makes the tables; two that do so at the same time disturb each other.
    if arguments[1] == "work" {
        SqliteStorage::setup(&pool).await?;
        println!("ready");
    }
    let mut storage: SqliteStorage<Run> = SqliteStorage::new(&pool);
    if arguments[1] == "add" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        let commands: Vec<Vec<String>> = serde_json::from_str(&text)?;
        println!("{:.6}", SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs_f64());
        for command in commands {
            storage.push(Run { command }).await?;
        }
        return Ok(());
    }
    WorkerBuilder::new(format!("worker-{}", std::process::id()))
        .backend(storage.poll_with_interval(Duration::from_millis(20)))
        .concurrency(arguments[3].parse()?)
        .parallelize(tokio::spawn)
        .build(run)
        .run()
        .await?;
    Ok(())
}
