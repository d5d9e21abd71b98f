//! `search`: full text over all projects.

use clap::Args;
use serde::Deserialize;

use crate::{
    cli::{
        args::word,
        failure::{Exit, Failure},
        render::Page,
        session::Session,
    },
    client::request::Request,
    model::{
        ids::ProjectId,
        search::{Fragment, SearchKind},
        status::Status,
    },
};

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// Words that must all be there; the beginning of a word is enough, and quotes keep words together
    #[arg(value_name = "WORD", required = true)]
    pub words: Vec<String>,
    /// Only in this project [default: all]
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
    /// Only these kinds, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = word::<SearchKind>(SearchKind::WORDS))]
    pub kind: Vec<SearchKind>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Hit>,
    next_cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Hit {
    kind: SearchKind,
    id: String,
    project: Option<String>,
    task: Option<String>,
    title: String,
    status: Option<Status>,
    excerpt: Vec<Fragment>,
}

impl Search {
    /// Runs the command.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let kinds: Vec<_> = self.kind.iter().map(|kind| kind.as_str()).collect();
        let kinds = (!kinds.is_empty()).then(|| kinds.join(","));
        let words: Vec<_> = self.words.iter().map(quoted).collect();
        let request = Request::get(["api", "search"])
            .query("q", Some(words.join(" ")))
            .query("project", self.project.as_ref())
            .query("kind", kinds)
            .query("limit", Some(self.limit));
        session.out.show(session.value(request).await?, list)?;
        Ok(Exit::Done)
    }
}

/// Words that the shell was given as one stay together.
fn quoted(word: &String) -> String {
    let is_phrase = word.contains(char::is_whitespace) && !word.contains('"');
    if is_phrase { format!("\"{word}\"") } else { word.clone() }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "nothing found".into();
    }
    let mut lines: Vec<_> = list.items.iter().map(|hit| shown(hit, page)).collect();
    if list.next_cursor.is_some() {
        lines.push(page.dim("there is more; use --limit, or more words"));
    }
    lines.join("\n")
}

fn shown(hit: &Hit, page: &Page) -> String {
    let task = hit.task.as_deref().unwrap_or(&hit.id);
    let place = hit.project.as_ref().map_or_else(|| task.to_owned(), |project| format!("{project} {task}"));
    let kind = if hit.kind == SearchKind::Task { String::new() } else { format!(" {}", page.dim(hit.kind)) };
    let status = hit.status.map_or_else(String::new, |status| format!(" {}", page.status(status)));
    let mark = |fragment: &Fragment| {
        if fragment.is_match { page.bold(&fragment.text) } else { fragment.text.clone() }
    };
    let excerpt: String = hit.excerpt.iter().map(mark).collect();
    let excerpt = if excerpt.trim().is_empty() { String::new() } else { format!("\n  {}", excerpt.trim()) };
    format!("{place}{kind}{status}  {}{excerpt}", page.bold(&hit.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::tests::page;

    #[test]
    fn results_are_two_lines_each() {
        let fragment = |text: &str, is_match| Fragment { text: text.into(), is_match };
        let task = Hit {
            kind: SearchKind::Task,
            id: "t-2".into(),
            project: Some("sales".into()),
            task: Some("t-2".into()),
            title: "Write the report".into(),
            status: Some(Status::Done),
            excerpt: vec![fragment("about ", false), fragment("sales", true)],
        };
        let skill = Hit {
            kind: SearchKind::Skill,
            id: "code_review".into(),
            project: None,
            task: None,
            title: "Code review".into(),
            status: None,
            excerpt: Vec::new(),
        };
        let shown = super::list(&List { items: vec![task, skill], next_cursor: None }, &page());
        insta::assert_snapshot!(shown, @r"
        sales t-2 done  Write the report
          about sales
        code_review skill  Code review
        ");
    }

    #[test]
    fn what_the_shell_keeps_together_is_a_phrase() {
        assert_eq!(quoted(&"two words".into()), "\"two words\"");
        assert_eq!(quoted(&"one".into()), "one");
    }
}
