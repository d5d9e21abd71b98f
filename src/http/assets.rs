//! The dashboard's files: embedded in the binary, or from the folder that `server.assets_dir` names.

use std::{
    borrow::Cow,
    path::{Component, Path},
};

use poem::{
    Endpoint, Request, Response,
    error::NotFoundError,
    http::{Method, StatusCode, header},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::app::App;

/// The dashboard as it was built; empty (build.rs makes the folder) when it was not.
#[derive(RustEmbed)]
#[folder = "frontend/dist"]
struct Embedded;

/// Shown when the binary was built without a dashboard.
const PLACEHOLDER: &str = include_str!("placeholder.html");

/// Serves the dashboard.
pub(super) struct Assets {
    app: App,
}

/// A file that is ready to be sent.
struct Asset {
    bytes: Cow<'static, [u8]>,
    hash: [u8; 32],
    media_type: String,
    /// The bytes are compressed with gzip.
    is_gzip: bool,
}

impl Assets {
    /// The dashboard of this app's server.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// The file, in the compressed copy that the build made of it when the browser takes that.
    async fn find(&self, request: &Request, path: &str) -> Option<Asset> {
        let takes_gzip = request.header(header::ACCEPT_ENCODING).is_some_and(|takes| takes.contains("gzip"));
        if takes_gzip && let Some(copy) = self.file(&format!("{path}.gz")).await {
            return Some(Asset { media_type: media_type(path), is_gzip: true, ..copy });
        }
        self.file(path).await
    }

    async fn file(&self, path: &str) -> Option<Asset> {
        let folder = self.app.config().settings().server.assets_dir.clone();
        match folder {
            Some(folder) => from_folder(&self.app.root().join(folder), path).await,
            None => Embedded::get(path).map(|file| embedded(path, file)),
        }
    }
}

impl Endpoint for Assets {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path().trim_start_matches('/');
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(NotFoundError.into());
        }
        if let Some(asset) = self.find(&request, path).await {
            // The build puts a hash into the names below assets/, so that their contents never change.
            let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            return Ok(answer(&request, asset, caching));
        }
        // Every other path is a page of the dashboard, which finds its way in the browser.
        let wants_page = request.header(header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
        if path.starts_with("assets/") || !(wants_page || path.is_empty()) {
            return Err(NotFoundError.into());
        }
        let index = self.find(&request, "index.html").await.unwrap_or_else(placeholder);
        Ok(answer(&request, index, "no-cache"))
    }
}

fn answer(request: &Request, asset: Asset, caching: &str) -> Response {
    let tag = format!("\"{}\"", hex::encode(&asset.hash[..16]));
    let builder = Response::builder().header(header::ETAG, &tag).header(header::CACHE_CONTROL, caching);
    let known = request.header(header::IF_NONE_MATCH).unwrap_or_default();
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return builder.status(StatusCode::NOT_MODIFIED).finish();
    }
    let builder = builder.content_type(&asset.media_type).header(header::VARY, "Accept-Encoding");
    let builder = if asset.is_gzip { builder.header(header::CONTENT_ENCODING, "gzip") } else { builder };
    if request.method() == Method::HEAD {
        return builder.header(header::CONTENT_LENGTH, asset.bytes.len()).finish();
    }
    match asset.bytes {
        Cow::Borrowed(bytes) => builder.body(bytes),
        Cow::Owned(bytes) => builder.body(bytes),
    }
}

fn embedded(path: &str, file: EmbeddedFile) -> Asset {
    let hash = file.metadata.sha256_hash();
    Asset { hash, media_type: media_type(path), bytes: file.data, is_gzip: false }
}

fn placeholder() -> Asset {
    let bytes = PLACEHOLDER.as_bytes();
    let hash = Sha256::digest(bytes).into();
    Asset { bytes: Cow::Borrowed(bytes), hash, media_type: media_type("index.html"), is_gzip: false }
}

/// A file of the folder; nothing outside of it, also not by a link.
async fn from_folder(folder: &Path, path: &str) -> Option<Asset> {
    let relative = Path::new(path);
    if path.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let folder = tokio::fs::canonicalize(folder).await.ok()?;
    let file = tokio::fs::canonicalize(folder.join(relative)).await.ok()?;
    if !file.starts_with(&folder) {
        return None;
    }
    let bytes = tokio::fs::read(&file).await.ok()?;
    let hash = Sha256::digest(&bytes).into();
    Some(Asset { bytes: Cow::Owned(bytes), hash, media_type: media_type(path), is_gzip: false })
}

fn media_type(path: &str) -> String {
    let guessed = match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    guessed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_outside_of_the_folder_is_served() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("dist");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("app.js"), "1").unwrap();
        std::fs::write(base.path().join("secret.txt"), "2").unwrap();
        std::os::unix::fs::symlink(base.path().join("secret.txt"), folder.join("link.txt")).unwrap();
        let asset = from_folder(&folder, "app.js").await.unwrap();
        assert_eq!((asset.bytes.as_ref(), asset.media_type.as_str()), (&b"1"[..], "text/javascript; charset=utf-8"));
        for outside in ["../secret.txt", "link.txt", "/etc/passwd", "", ".", "missing.js"] {
            assert!(from_folder(&folder, outside).await.is_none(), "{outside}");
        }
    }
}
