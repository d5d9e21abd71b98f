//! Limits that keep one caller from using up the server: requests in a second by address, live streams, connections.

use std::{
    collections::HashMap,
    future::Future,
    io,
    net::IpAddr,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::OwnedSemaphorePermit,
    time::{Sleep, sleep},
};

/// Addresses that are remembered; when there are more, those that were quiet are forgotten.
const MOST_ADDRESSES: usize = 10_000;
/// How long a client may leave what it is sent untaken.
pub(super) const LONGEST_WRITE: Duration = Duration::from_secs(45);
/// Seconds of requests that may come at once.
const BURST_SECONDS: f64 = 2.0;

/// Requests in a second, counted by address.
#[derive(Debug, Default)]
pub(super) struct Rates {
    /// Tokens that are left, and when that was. Held only to look at one entry.
    buckets: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Rates {
    /// Whether one more request may come now. Requests of this machine are not counted.
    pub(super) fn permit(&self, address: IpAddr, per_second: u32, now: Instant) -> bool {
        if per_second == 0 || address.to_canonical().is_loopback() {
            return true;
        }
        let rate = f64::from(per_second);
        let most = rate * BURST_SECONDS;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_ADDRESSES && !buckets.contains_key(&address) {
            buckets.retain(|_, (left, at)| *left + now.duration_since(*at).as_secs_f64() * rate < most);
            if buckets.len() >= MOST_ADDRESSES {
                return false;
            }
        }
        let (left, at) = buckets.entry(address).or_insert((most, now));
        *left = (*left + now.duration_since(*at).as_secs_f64() * rate).min(most);
        *at = now;
        if *left < 1.0 {
            return false;
        }
        *left -= 1.0;
        true
    }
}

/// A connection that holds one of a limited number of places for as long as it lives.
///
/// A client that takes nothing any more is given up: what is written must be taken within [`LONGEST_WRITE`].
pub(super) struct Placed<T> {
    stream: T,
    /// How long a write may wait for the client.
    limit: Duration,
    /// Runs while one does.
    waiting: Option<Pin<Box<Sleep>>>,
    _place: OwnedSemaphorePermit,
}

impl<T> Placed<T> {
    pub(super) fn new(stream: T, place: OwnedSemaphorePermit) -> Self {
        Self { stream, limit: LONGEST_WRITE, waiting: None, _place: place }
    }

    /// Hands on how a write goes; an error once it has waited for too long.
    fn bounded<R>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let limit = self.limit;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(limit)));
        match waiting.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing"))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Placed<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Placed<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.bounded(cx, written)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.bounded(cx, flushed)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.bounded(cx, written)
    }
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::{io::AsyncWriteExt, sync::Semaphore};

    use super::*;

    #[tokio::test]
    async fn a_client_that_takes_nothing_is_given_up_and_its_place_is_free() {
        let places = Arc::new(Semaphore::new(1));
        let (server, _stalled) = tokio::io::duplex(16);
        let mut server = Placed::new(server, places.clone().try_acquire_owned().unwrap());
        server.limit = Duration::from_millis(20);
        let error = server.write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(server);
        assert_eq!(places.available_permits(), 1);
    }

    #[test]
    fn a_caller_gets_its_rate_and_no_more() {
        let (rates, start) = (Rates::default(), Instant::now());
        let (one, other): (IpAddr, IpAddr) = ("10.0.0.7".parse().unwrap(), "10.0.0.8".parse().unwrap());
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!((0..100).filter(|_| rates.permit(one, 10, at(0))).count(), 20);
        assert!(rates.permit(other, 10, at(0)));
        assert_eq!((0..100).filter(|_| rates.permit(one, 10, at(500))).count(), 5);
        assert!((0..1000).all(|_| rates.permit("127.0.0.1".parse().unwrap(), 10, at(0))));
        assert!((0..1000).all(|_| rates.permit(one, 0, at(0))));
    }

    #[test]
    fn a_flood_of_addresses_is_bounded() {
        let (rates, now) = (Rates::default(), Instant::now());
        for n in 0..20_000_u32 {
            rates.permit(IpAddr::from(n.wrapping_add(0x0a00_0000).to_be_bytes()), 1, now);
        }
        assert!(rates.buckets.lock().unwrap().len() <= MOST_ADDRESSES);
    }
}
