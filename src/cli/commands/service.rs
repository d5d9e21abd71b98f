//! `service`: lets the system start the daemon, by systemd or launchd, for this user.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use clap::Subcommand;
use serde::Deserialize;
use serde_json::json;

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page},
    },
    config::{Environment, Root},
    process::tool,
};

/// How long one call of the service manager may take: a start waits until the daemon answers.
const PATIENCE: Duration = Duration::from_secs(150);
/// Where programs are when there is no PATH.
const USUAL_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
const UNIT: &str = include_str!("../../../deploy/moziplus.service");
const AGENT: &str = include_str!("../../../deploy/com.moziplus.daemon.plist");

/// The verbs of `service`.
#[derive(Debug, Subcommand)]
pub enum Service {
    /// Write the unit for this root, and start it now and at every login
    Install {
        /// Only show what would be written
        #[arg(long)]
        print: bool,
        /// Write it, and start nothing
        #[arg(long)]
        no_start: bool,
        /// Replace a unit that says something else
        #[arg(long)]
        force: bool,
    },
    /// Stop it and remove the unit; root and data stay
    Uninstall,
    /// Say whether it is installed and runs
    Status,
}

/// Who starts the daemon on this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    Systemd,
    Launchd,
}

impl Manager {
    fn of(system: &str) -> Self {
        if system == "macos" { Self::Launchd } else { Self::Systemd }
    }

    fn file(self, home: &Path) -> PathBuf {
        match self {
            Self::Systemd => home.join(".config/systemd/user/moziplus.service"),
            Self::Launchd => home.join("Library/LaunchAgents/com.moziplus.daemon.plist"),
        }
    }

    /// The unit; agents find their programs by `path`, the PATH of whoever installs it.
    fn text(self, program: &Path, root: &Root, path: &str) -> String {
        let (program, root) = (program.display().to_string(), root.path().display().to_string());
        let (template, escape): (&str, fn(&str) -> String) = match self {
            // `%` begins a specifier.
            Self::Systemd => (UNIT, |text| text.replace('%', "%%")),
            Self::Launchd => (AGENT, |text| text.replace('&', "&amp;").replace('<', "&lt;")),
        };
        template.replace("{bin}", &escape(&program)).replace("{root}", &escape(&root)).replace("{path}", &escape(path))
    }

    fn start(self, file: &Path) -> Vec<Vec<String>> {
        match self {
            Self::Systemd => vec![
                words(&["systemctl", "--user", "daemon-reload"]),
                words(&["systemctl", "--user", "enable", "--now", "moziplus.service"]),
            ],
            Self::Launchd => vec![words(&["launchctl", "load", "-w", &file.display().to_string()])],
        }
    }

    fn stop(self, file: &Path) -> Vec<String> {
        match self {
            Self::Systemd => words(&["systemctl", "--user", "disable", "--now", "moziplus.service"]),
            Self::Launchd => words(&["launchctl", "unload", "-w", &file.display().to_string()]),
        }
    }

    fn ask(self) -> Vec<String> {
        match self {
            Self::Systemd => words(&["systemctl", "--user", "is-active", "moziplus.service"]),
            Self::Launchd => words(&["launchctl", "list", "com.moziplus.daemon"]),
        }
    }
}

fn words(argv: &[&str]) -> Vec<String> {
    argv.iter().map(|word| (*word).to_owned()).collect()
}

/// What was done or found.
#[derive(Debug, Deserialize)]
struct Report {
    file: String,
    installed: bool,
    running: bool,
}

impl Service {
    /// Runs the verb.
    pub async fn run(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        let manager = Manager::of(std::env::consts::OS);
        let environment = Environment::of_process();
        let home = environment.home().context("HOME is not set, so there is no place for the unit")?;
        let file = manager.file(home);
        let root = defaults.root;
        match self {
            Self::Install { print, no_start, force } => {
                let program = std::env::current_exe().context("the path of this program is unknown")?;
                let path = environment.get("PATH").unwrap_or(USUAL_PATH);
                let text = manager.text(&program, &root, path);
                if print {
                    out.show(json!({"file": file, "text": text}), |shown: &Printed, _: &Page| shown.text.clone())?;
                    return Ok(Exit::Done);
                }
                write(&file, &text, force)?;
                if !no_start {
                    for command in manager.start(&file) {
                        call(root.path(), &command).await?;
                    }
                }
            }
            Self::Uninstall if !file.exists() => {}
            Self::Uninstall => {
                // One that does not run is removed all the same.
                let stopped = call(root.path(), &manager.stop(&file)).await;
                fs::remove_file(&file).with_context(|| format!("{} cannot be removed", file.display()))?;
                if manager == Manager::Systemd {
                    let _ = call(root.path(), &words(&["systemctl", "--user", "daemon-reload"])).await;
                }
                if let Err(error) = stopped {
                    eprintln!("warning: {error:#}");
                }
            }
            Self::Status => {}
        }
        let running = file.exists() && call(root.path(), &manager.ask()).await.is_ok();
        out.show(json!({"file": file, "installed": file.exists(), "running": running}), show)?;
        Ok(Exit::Done)
    }
}

#[derive(Debug, Deserialize)]
struct Printed {
    text: String,
}

/// Writes the unit; one that says something else is somebody's work.
fn write(file: &Path, text: &str, force: bool) -> Result<(), Failure> {
    match fs::read_to_string(file) {
        Ok(old) if old == text => return Ok(()),
        Ok(_) if !force => {
            let detail = format!("{} is there and says something else", file.display());
            return Err(Failure::refused(detail).hint("look at it, then repeat with --force"));
        }
        _ => {}
    }
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(())
}

async fn call(folder: &Path, command: &[String]) -> anyhow::Result<()> {
    let argv: Vec<_> = command.iter().map(String::as_str).collect();
    tool::run(folder, &argv, PATIENCE).await.map(drop).map_err(anyhow::Error::new)
}

fn show(report: &Report, _: &Page) -> String {
    match (report.installed, report.running) {
        (true, true) => format!("{} is installed and runs", report.file),
        (true, false) => format!("{} is installed and does not run", report.file),
        (false, _) => format!("not installed; `moziplus service install` writes {}", report.file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_name_program_and_root_and_leave_agents_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(&folder.path().join("a & 100%")).unwrap();
        let path = "/home/x/.local/bin:/usr/bin";
        let unit = Manager::Systemd.text(Path::new("/opt/moziplus"), &root, path);
        assert!(unit.contains("\nEnvironment=\"PATH=/home/x/.local/bin:/usr/bin\"\n"), "{unit}");
        for part in ["Type=notify", "KillMode=process", "WatchdogSec=", "ExecStart=\"/opt/moziplus\" serve", "100%%\""]
        {
            assert!(unit.contains(part), "{part} in {unit}");
        }
        let plist = Manager::Launchd.text(Path::new("/opt/moziplus"), &root, path);
        assert!(plist.contains("<key>PATH</key><string>/home/x/.local/bin:/usr/bin</string>"), "{plist}");
        for part in ["AbandonProcessGroup", "<string>/opt/moziplus</string>", "a &amp; 100%</string>"] {
            assert!(plist.contains(part), "{part} in {plist}");
        }
        assert!(!unit.contains("{root}") && !plist.contains("{bin}"));
        assert_eq!(
            Manager::of("macos").file(Path::new("/h")),
            Path::new("/h/Library/LaunchAgents/com.moziplus.daemon.plist")
        );
    }
}
