//! Tells the service manager how the daemon is doing (systemd's `sd_notify`): ready, alive, stopping.

use std::{os::unix::net::UnixDatagram, time::Duration};

/// The service manager's ear; silent where nobody listens.
#[derive(Debug, Clone, Default)]
pub struct Manager {
    socket: Option<String>,
    /// How often it wants to hear that the daemon is alive.
    pub watchdog: Option<Duration>,
}

impl Manager {
    /// From the variables `NOTIFY_SOCKET` and `WATCHDOG_USEC`.
    pub fn new(socket: Option<&str>, watchdog_usec: Option<&str>) -> Self {
        // An abstract address begins with `@`; systemd itself uses a path.
        let socket = socket.filter(|path| path.starts_with('/')).map(str::to_owned);
        let period = watchdog_usec.and_then(|text| text.parse().ok()).filter(|usec| *usec > 0);
        Self { watchdog: period.map(Duration::from_micros).filter(|_| socket.is_some()), socket }
    }

    /// Everything answers.
    pub fn ready(&self) {
        self.say("READY=1\nSTATUS=answers");
    }

    /// It works as it should.
    pub fn alive(&self) {
        self.say("WATCHDOG=1");
    }

    /// It is on its way out.
    pub fn stopping(&self) {
        self.say("STOPPING=1");
    }

    fn say(&self, what: &str) {
        let Some(socket) = &self.socket else { return };
        let sent = UnixDatagram::unbound().and_then(|own| own.send_to(what.as_bytes(), socket));
        if let Err(error) = sent {
            tracing::debug!(%error, what, "the service manager does not listen");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manager_hears_and_others_are_left_in_peace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let ear = UnixDatagram::bind(&path).unwrap();
        let manager = Manager::new(path.to_str(), Some("600000000"));
        assert_eq!(manager.watchdog, Some(Duration::from_secs(600)));
        manager.ready();
        let mut heard = [0; 64];
        let length = ear.recv(&mut heard).unwrap();
        assert!(heard[..length].starts_with(b"READY=1"));
        let silent = Manager::new(None, Some("600000000"));
        assert_eq!(silent.watchdog, None);
        silent.alive();
    }
}
