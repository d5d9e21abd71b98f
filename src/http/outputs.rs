//! The files of outputs. Agents wrote them, so that a browser must never take them for a page of ours.

use poem::http::header;
use poem_openapi::{
    OpenApi,
    param::{Header, Path, Query},
    payload::Response,
};

use super::{
    Served, Tag,
    files::{FilePart, part_of},
    problem::Failure,
};
use crate::{
    app::records,
    model::ids::{ProjectId, TaskId},
};

/// What a browser may do with a file: show it, and nothing else.
const NO_PAGE: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Routes of outputs' files.
pub struct OutputsApi(pub Served);

#[OpenApi(tag = "Tag::Records")]
impl OutputsApi {
    /// The file of an output
    ///
    /// Takes `Range: bytes=…` with one range. Raster images come with their own media type, everything else as plain
    /// text, or as bytes where `download` asks for it.
    #[oai(
        path = "/api/projects/:project/tasks/:task/outputs/:output/content",
        method = "get",
        operation_id = "getOutputContent"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the request")]
    async fn content(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        /// The output's id.
        output: Path<i64>,
        /// True for a file to be saved rather than shown.
        #[oai(default)]
        download: Query<bool>,
        /// Which bytes, such as `bytes=1000-` or `bytes=-1000`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
    ) -> Result<Response<FilePart>, Failure> {
        let (path, output) = records::output_file(&self.0, &project, task.0, output.0).await?;
        let media_type = if download.0 { "application/octet-stream" } else { media_type(&output.path) };
        let part = part_of(path, range.0.as_deref()).await?;
        if matches!(part, FilePart::NoSuchPart(..)) {
            return Ok(Response::new(part));
        }
        let answer = Response::new(part)
            .header(header::CONTENT_TYPE, media_type)
            .header(header::CONTENT_SECURITY_POLICY, NO_PAGE)
            .header(header::CACHE_CONTROL, "no-cache");
        Ok(if download.0 { answer.header(header::CONTENT_DISPOSITION, "attachment") } else { answer })
    }
}

/// By the end of the name. Whatever could carry a script (HTML, SVG) is plain text.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn only_raster_images_are_more_than_text() {
        assert_eq!(media_type("artifacts/t-1/outputs/chart.PNG"), "image/png");
        for text in ["page.html", "drawing.svg", "report.md", "README", "data.json"] {
            assert_eq!(media_type(text), "text/plain; charset=utf-8", "{text}");
        }
    }
}
