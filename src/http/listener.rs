//! Where the server listens: a TCP address, and the root's Unix socket for the command line.

use std::{
    fs::{self, DirBuilder, Permissions},
    io,
    net::SocketAddr,
    os::{
        fd::AsFd,
        unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use poem::{
    http::uri::Scheme,
    listener::{Acceptor, AcceptorExt, Listener, TcpAcceptor, UnixAcceptor, UnixListener},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream, UnixStream},
    sync::Semaphore,
};

use super::limits::{LONGEST_WRITE, Placed};
use crate::process::identity;

/// Pause after a connection that could not be accepted: without file descriptors, trying at once burns a core.
const PAUSE: Duration = Duration::from_millis(200);

/// Connections that may be open at the same time when nobody says otherwise.
const MOST_CONNECTIONS: usize = 1024;

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The address is taken, or not this machine's.
    #[error("failed to listen at {address}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The socket cannot be made.
    #[error("failed to listen at {}", .socket.display())]
    Socket {
        /// The socket.
        socket: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Somebody listens there already.
    #[error("another daemon listens at {}", .0.display())]
    Taken(PathBuf),
    /// The socket's folder belongs to somebody else, who could take the socket's place.
    #[error("{} belongs to another user", .0.display())]
    ForeignFolder(PathBuf),
}

impl BindError {
    /// What to do next, in a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address { source, .. } => match source.kind() {
                io::ErrorKind::AddrInUse => {
                    "another program listens there: stop it, or choose another address with --bind or server.bind"
                }
                io::ErrorKind::AddrNotAvailable => {
                    "use an address of this machine with --bind or server.bind, such as 127.0.0.1:8083"
                }
                io::ErrorKind::PermissionDenied => "ports below 1024 need more rights: choose a higher one with --bind",
                _ => "choose another address with --bind or server.bind",
            },
            Self::Socket { .. } => "check that the folder run/ of the root can be written",
            Self::Taken(_) => "stop the other daemon first, or serve another folder with --root",
            Self::ForeignFolder(_) => "let the folder belong to the user who runs the daemon",
        }
    }
}

/// Both doors, open: connections wait until they are served.
pub struct Bound {
    tcp: TcpAcceptor,
    unix: UnixAcceptor,
    address: SocketAddr,
    socket: PathBuf,
    connections: usize,
}

impl Bound {
    /// Listens at the address and at the socket, which only the user of this process can open.
    pub async fn bind(address: SocketAddr, socket: &Path) -> Result<Self, BindError> {
        let wrong_address = |source| BindError::Address { address, source };
        let listener = TcpListener::bind(address).await.map_err(wrong_address)?;
        let address = listener.local_addr().map_err(wrong_address)?;
        let tcp = TcpAcceptor::from_tokio(listener).map_err(wrong_address)?;
        let unix = open_socket(socket).await?;
        Ok(Self { tcp, unix, address, socket: socket.into(), connections: MOST_CONNECTIONS })
    }

    /// The address, with the port that the system chose where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// With this many connections at the same time at most, by each door.
    #[must_use]
    pub fn at_most(mut self, connections: u32) -> Self {
        self.connections = connections as usize;
        self
    }

    pub(super) fn into_acceptor(self) -> (impl Acceptor + 'static, PathBuf) {
        // Each door has its own places: strangers cannot keep out the command line.
        let places = || Arc::new(Semaphore::new(self.connections));
        let tcp = Calm { places: places(), inner: self.tcp };
        let unix = Calm { places: places(), inner: self.unix };
        (tcp.combine(unix), self.socket)
    }
}

async fn open_socket(socket: &Path) -> Result<UnixAcceptor, BindError> {
    let wrong = |source| BindError::Socket { socket: socket.into(), source };
    private_folder(socket.parent().unwrap_or(socket)).map_err(wrong)?;
    if let Some(folder) = socket.parent()
        && fs::metadata(folder).map_err(wrong)?.uid() != nix::unistd::getuid().as_raw()
    {
        return Err(BindError::ForeignFolder(folder.into()));
    }
    // The file outlives a daemon that crashed; nobody answers there then.
    if UnixStream::connect(socket).await.is_ok() {
        return Err(BindError::Taken(socket.into()));
    }
    remove(socket);
    UnixListener::bind(socket).with_permissions(Permissions::from_mode(0o600)).into_acceptor().await.map_err(wrong)
}

fn private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() { Ok(()) } else { DirBuilder::new().recursive(true).mode(0o700).create(folder) }
}

/// Takes a socket's file away.
pub(super) fn remove(socket: &Path) {
    if let Err(error) = fs::remove_file(socket)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, socket = %socket.display(), "the socket's file cannot be removed");
    }
}

/// An acceptor that pauses after a failure, and sends small answers at once.
struct Calm<A> {
    inner: A,
    /// Connections that may be open at the same time; further ones wait to be accepted.
    places: Arc<Semaphore>,
}

/// What a fresh connection needs.
trait Fresh {
    fn prepare(&self);
}

impl Fresh for TcpStream {
    fn prepare(&self) {
        // Without it an answer waits for the client's acknowledgement; a failure costs only time.
        let _ = self.set_nodelay(true);
        // A peer that is gone without a word would keep its place for as long as nothing is sent.
        if let Err(error) = identity::give_up_lost_peers(self.as_fd(), LONGEST_WRITE) {
            tracing::debug!(%error, "a lost client of this connection will be noticed late");
        }
    }
}

impl Fresh for UnixStream {
    fn prepare(&self) {}
}

impl<A: Acceptor<Io: Fresh>> Acceptor for Calm<A> {
    type Io = Placed<A::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let place = self.places.clone().acquire_owned().await.map_err(io::Error::other)?;
        match self.inner.accept().await {
            Ok((stream, local, remote, scheme)) => {
                stream.prepare();
                Ok((Placed::new(stream, place), local, remote, scheme))
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_socket_that_was_left_behind_is_taken_over_and_a_live_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("run/daemon.sock");
        let any = "127.0.0.1:0".parse().unwrap();
        let first = Bound::bind(any, &socket).await.unwrap();
        assert_ne!(first.address().port(), 0);
        assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(folder.path().join("run")).unwrap().permissions().mode() & 0o777, 0o700);
        assert!(matches!(Bound::bind(any, &socket).await, Err(BindError::Taken(_))));
        drop(first);
        assert!(socket.exists());
        Bound::bind(any, &socket).await.unwrap();
    }

    #[tokio::test]
    async fn a_taken_address_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let holder = TcpListener::bind(taken).await.unwrap();
        let error = Bound::bind(taken, &folder.path().join("s")).await.err().unwrap();
        assert_eq!(error.to_string(), format!("failed to listen at {taken}"));
        drop(holder);
    }
}
