//! Files as answers: whole, or the part that `Range` asks for.

use std::{io::SeekFrom, path::PathBuf};

use poem::Body as Bytes;
use poem_openapi::{
    ApiResponse,
    payload::{Binary, Json},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use super::problem::Problem;
use crate::app::AppError;

/// A file, or a part of it.
#[derive(ApiResponse)]
pub(super) enum FilePart {
    /// The whole file
    #[oai(status = 200, content_type = "text/plain; charset=utf-8")]
    Whole(Binary<Bytes>, #[oai(header = "Accept-Ranges")] String),
    /// The part that `Range` asked for
    #[oai(status = 206, content_type = "text/plain; charset=utf-8")]
    Part(
        Binary<Bytes>,
        #[oai(header = "Accept-Ranges")] String,
        /// Which bytes these are, and of how many.
        #[oai(header = "Content-Range")]
        String,
    ),
    /// The file has no such part
    #[oai(status = 416)]
    NoSuchPart(
        Json<Problem>,
        /// How many bytes there are.
        #[oai(header = "Content-Range")]
        String,
    ),
}

/// The bytes that a range asks for, or all of them; a file that is not there yet is empty.
pub(super) async fn part_of(path: PathBuf, range: Option<&str>) -> Result<FilePart, AppError> {
    let unreadable = |error| AppError::Internal(format!("{} cannot be read: {error}", path.display()));
    let unit = || "bytes".to_owned();
    let mut file = match File::open(&path).await {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(FilePart::Whole(Binary(Bytes::empty()), unit()));
        }
        Err(error) => return Err(unreadable(error)),
    };
    let size = file.metadata().await.map_err(unreadable)?.len();
    match range.and_then(|range| parse_range(range, size)) {
        None => Ok(FilePart::Whole(Binary(Bytes::from_async_read(file.take(size))), unit())),
        Some(Some((first, last))) => {
            file.seek(SeekFrom::Start(first)).await.map_err(unreadable)?;
            let bytes = Bytes::from_async_read(file.take(last - first + 1));
            Ok(FilePart::Part(Binary(bytes), unit(), format!("bytes {first}-{last}/{size}")))
        }
        Some(None) => {
            let problem = Problem::invalid("Range", format!("the file has {size} bytes"), "ask for bytes below that");
            Ok(FilePart::NoSuchPart(Json(problem), format!("bytes */{size}")))
        }
    }
}

/// First and last byte of a range; none inside when it lies behind the end, none outside when it is no single range
/// of bytes, which HTTP says to ignore.
fn parse_range(range: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(first), Some(last)) if first <= last => (first, last.min(size.saturating_sub(1))),
        (Some(first), None) if last.is_empty() => (first, size.saturating_sub(1)),
        (None, Some(count)) if first.is_empty() => (size.saturating_sub(count), size.saturating_sub(1)),
        _ => return None,
    };
    Some((first < size && first <= last).then_some((first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_http_says() {
        let cases = [
            ("bytes=0-", Some(Some((0, 9)))),
            ("bytes=3-5", Some(Some((3, 5)))),
            ("bytes=3-99", Some(Some((3, 9)))),
            ("bytes=-4", Some(Some((6, 9)))),
            ("bytes=-99", Some(Some((0, 9)))),
            ("bytes=10-", Some(None)),
            ("bytes=5-3", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
        ];
        for (range, expected) in cases {
            assert_eq!(parse_range(range, 10), expected, "{range}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Some(None));
    }
}
