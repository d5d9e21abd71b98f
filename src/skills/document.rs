//! `SKILL.md`: front matter with name and description, as Claude Code, Codex and OpenClaw read it, and a text with the
//! sections Description, Triggers, Actions and Constraints.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::Fault;
use crate::model::json_schema::Schema;

/// Largest `SKILL.md`, in bytes: it is meant to be read before the work begins.
pub const MOST_BYTES: usize = 64 * 1024;
/// Longest description, in characters; the limit of the other tools.
const DESCRIPTION: usize = 1024;
/// What a skill of moziplus' own has.
const SECTIONS: [&str; 4] = ["Description", "Triggers", "Actions", "Constraints"];

/// What is asked of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// All four sections: what moziplus and its agents write.
    Whole,
    /// A description and a text are enough: what others wrote.
    Loose,
}

/// A `SKILL.md` that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of the front matter.
    pub name: Option<String>,
    /// The first heading; the name where there is none.
    pub title: String,
    /// What it is for and when: of the front matter, else the section's first paragraph.
    pub description: String,
    /// The entries of the section Triggers.
    pub triggers: Vec<String>,
    /// The text without the front matter.
    pub body: String,
}

/// The fields of the front matter that mean something here; others belong to other tools.
#[derive(Debug, Default, Deserialize)]
struct FrontMatter {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

/// A heading with what stands under it.
struct Section<'t> {
    /// Line of the heading, from 1.
    line: usize,
    level: usize,
    heading: &'t str,
    lines: Vec<&'t str>,
}

/// What the front matter must be like. Other tools have fields of their own in it.
pub fn schema() -> Value {
    json!({
        "description": "Front matter of a SKILL.md, as Claude Code, Codex and OpenClaw read it",
        "type": "object",
        "properties": {
            "name": {"description": "Its name, such as read-csv.", "type": ["string", "number"]},
            "description": {
                "description": "What it is for, and when to use it.", "type": "string", "maxLength": DESCRIPTION,
            },
        },
        "additionalProperties": true,
    })
}

/// Reads a `SKILL.md`, or says all that is wrong with it; `path` is for the faults.
pub fn parse(path: &str, text: &str, form: Form) -> Result<Document, Vec<Fault>> {
    let one = |line, message: String| Err(vec![Fault::new(path, line, message)]);
    if text.len() > MOST_BYTES {
        return one(
            1,
            format!("it has {} bytes; {MOST_BYTES} are allowed, put the rest into files beside it", text.len()),
        );
    }
    if let Some(at) = text.find('\0') {
        return one(text[..at].lines().count(), "it is not text".into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (front, first) = front_matter(path, text).map_err(|fault| vec![fault])?;
    let body: String = text.lines().skip(first).map(|line| format!("{line}\n")).collect();
    let sections = sections(&body, first);
    let mut faults = Vec::new();
    let of = |name: &str| sections.iter().find(|section| section.is(name));
    if form == Form::Whole {
        for name in SECTIONS {
            match of(name) {
                None => faults.push(Fault::new(path, first + 1, format!("the section `## {name}` is missing"))),
                Some(section) if section.is_empty() => {
                    faults.push(Fault::new(path, section.line, format!("the section `{name}` is empty")));
                }
                Some(_) => {}
            }
        }
    }
    let told = front.description.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let description = told.filter(|text| !text.is_empty()).or_else(|| of("Description").map(Section::paragraph));
    let description = description.unwrap_or_default();
    match description.chars().count() {
        0 if faults.is_empty() => {
            let message = "it has no description: write `description:` into the front matter (between two lines `---`), \
                           or a section `## Description`";
            faults.push(Fault::new(path, 1, message));
        }
        long if long > DESCRIPTION => {
            faults.push(Fault::new(
                path,
                1,
                format!("the description has {long} characters; {DESCRIPTION} are allowed"),
            ));
        }
        _ => {}
    }
    if body.trim().is_empty() {
        faults.push(Fault::new(path, first + 1, "there is no text under the front matter"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let title = sections.iter().find(|section| section.level == 1).map(|section| section.heading.to_owned());
    let title = title.or_else(|| front.name.clone()).unwrap_or_default();
    let triggers = of("Triggers").map(Section::entries).unwrap_or_default();
    Ok(Document { name: front.name, title, description, triggers, body })
}

/// The front matter, and how many lines it takes.
fn front_matter(path: &str, text: &str) -> Result<(FrontMatter, usize), Fault> {
    let mut lines = text.lines();
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return Ok((FrontMatter::default(), 0));
    }
    let yaml: Vec<&str> = lines.by_ref().take_while(|line| line.trim_end() != "---").collect();
    if yaml.len() + 2 > text.lines().count() {
        return Err(Fault::new(path, 1, "the front matter has no end: put a line `---` behind it"));
    }
    let length = yaml.len() + 2;
    if yaml.iter().all(|line| line.trim().is_empty()) {
        return Ok((FrontMatter::default(), length));
    }
    let yaml = yaml.join("\n");
    fits(path, 1, &yaml, &schema())?;
    match serde_saphyr::from_str::<Option<FrontMatter>>(&yaml) {
        Ok(front) => Ok((front.unwrap_or_default(), length)),
        Err(error) => Err(yaml_fault(path, 1, &error)),
    }
}

/// Compares YAML that begins after so many lines of the file with a schema; what is no YAML is told by its reader.
pub(super) fn fits(path: &str, above: usize, yaml: &str, schema: &Value) -> Result<(), Fault> {
    let (Ok(value @ Value::Object(_)), Ok(schema)) = (serde_saphyr::from_str(yaml), Schema::parse(schema)) else {
        return Ok(());
    };
    schema.check(&value).map_err(|wrong| {
        let key = wrong.field.split(['.', '[']).next().unwrap_or_default();
        let at = yaml.lines().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
        let message = if wrong.hint.starts_with("did you mean") {
            format!("{}; {}", wrong.detail, wrong.hint)
        } else {
            wrong.detail
        };
        Fault::new(path, at.map_or(above, |line| line + above) + 1, message)
    })
}

/// A fault of YAML that begins after so many lines of the file.
pub(super) fn yaml_fault(path: &str, above: usize, error: &serde_saphyr::Error) -> Fault {
    let line = error.location().map_or(1, |place| usize::try_from(place.line()).unwrap_or(1));
    let text = error.without_snippet().to_string();
    // The library's texts end with the place, which is told in our own way.
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    let is_form = ["unknown", "expected", "missing", "invalid"].iter().any(|word| text.starts_with(word));
    let message = if is_form {
        text.to_owned()
    } else {
        format!("no valid YAML: {text}; put a text with `:` or `#` in it between quotes")
    };
    Fault::new(path, line + above, message)
}

fn sections(body: &str, above: usize) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut fence: Option<&str> = None;
    for (index, line) in body.lines().enumerate() {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let level = line.bytes().take_while(|b| *b == b'#').count();
        let heading = line[level..].strip_prefix(' ').filter(|_| fence.is_none() && (1..=6).contains(&level));
        match heading {
            Some(heading) => {
                let heading = heading.trim().trim_end_matches('#').trim_end();
                sections.push(Section { line: above + index + 1, level, heading, lines: Vec::new() });
            }
            None => {
                if let Some(section) = sections.last_mut() {
                    section.lines.push(line);
                }
            }
        }
    }
    sections
}

impl Section<'_> {
    fn is(&self, name: &str) -> bool {
        self.heading.trim_end_matches(':').eq_ignore_ascii_case(name)
    }

    fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// The first paragraph, on one line.
    fn paragraph(&self) -> String {
        let lines = self.lines.iter().skip_while(|line| line.trim().is_empty());
        let lines: Vec<_> = lines.take_while(|line| !line.trim().is_empty()).map(|line| line.trim()).collect();
        lines.join(" ")
    }

    /// The entries of its list, each on one line.
    fn entries(&self) -> Vec<String> {
        let mut entries: Vec<String> = Vec::new();
        for line in &self.lines {
            let text = line.trim();
            let entry = ["- ", "* ", "+ "].into_iter().find_map(|mark| text.strip_prefix(mark));
            match (entry, entries.last_mut()) {
                (Some(entry), _) => entries.push(entry.trim().to_owned()),
                (None, Some(last)) if !text.is_empty() => {
                    last.push(' ');
                    last.push_str(text);
                }
                _ => {}
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "---\nname: read-csv\ndescription: >\n  Reads CSV files\n  safely.\nlicense: MIT\n---\n\n# Reading CSV\n\n\
        ## Description\n\nHow to read.\n\n## Triggers\n\n- A task of type `data`\n  with CSV.\n- Twice.\n\n\
        ## Actions\n\n```\n## not a heading\n```\n1. Count.\n\n## Constraints\n\n- None.\n";

    #[test]
    fn a_whole_document_is_read() {
        let read = parse("SKILL.md", WHOLE, Form::Whole).unwrap();
        assert_eq!((read.name.as_deref(), read.title.as_str()), (Some("read-csv"), "Reading CSV"));
        assert_eq!(read.description, "Reads CSV files safely.");
        assert_eq!(read.triggers, ["A task of type `data` with CSV.", "Twice."]);
        assert!(read.body.starts_with("\n# Reading CSV"));
    }

    #[test]
    fn faults_name_the_line() {
        let fault = |text: &str, form| {
            parse("S", text, form).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(fault("# X\n\n## Description\n\nText.\n\n## Actions\n\n## Triggers\n- a\n", Form::Whole), @r"
        S:7: the section `Actions` is empty
        S:1: the section `## Constraints` is missing
        ");
        assert!(fault("---\nname: x\ndescription: use it: now\n---\ntext", Form::Loose).starts_with("S:3: "));
        assert!(fault("---\nname: x\n", Form::Loose).starts_with("S:1: the front matter has no end"));
        assert!(fault("# Only a title\n", Form::Loose).contains("no description"));
        assert!(fault("---\ndescription: x\n---\n", Form::Loose).contains("no text"));
        assert!(fault(&"x".repeat(MOST_BYTES + 1), Form::Loose).contains("65536 are allowed"));
        assert!(fault("a\0b", Form::Loose).contains("not text"));
    }

    #[test]
    fn what_other_tools_wrote_is_read() {
        let text = "---\nname: pdf\ndescription: \"Works with PDF files: merge, split\"\nallowed-tools: [Bash]\n\
            metadata: {\"openclaw\": {\"requires\": {\"bins\": [\"qpdf\"]}}}\n---\n# PDF\n\nUse qpdf.\n";
        let read = parse("SKILL.md", text, Form::Loose).unwrap();
        assert_eq!(read.description, "Works with PDF files: merge, split");
        assert!(read.triggers.is_empty());
    }
}
