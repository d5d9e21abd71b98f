//! Prompts: a template for each trigger, filled with what the blackboard knows about the task, in three tiers.
//!
//! 1. The **message**: what an agent must know to begin. It has a budget; what matters most for the trigger goes in first.
//! 2. **On demand**: `moziplus agent prompt --section NAME` answers with one part, a page of it at a time.
//! 3. **Files**: parts that the message cuts, ends of earlier logs and differences between versions lie beside the prompt.
//!
//! Whatever is cut is named, with the command and the file that have the rest.

mod budget;
mod context;
mod fence;
mod files;
mod knowledge;
pub mod preview;
mod sample;
mod section;
mod templates;
mod tokens;

use serde::Serialize;
use serde_json::{Value, json};

pub use self::{
    budget::Cut,
    context::{About, Context, Dependency, gather},
    files::{ContextFile, FOLDER},
    knowledge::{Knowledge, Skill},
    section::Section,
    templates::{TemplateFault, TemplateSource, Templates},
};
use self::{
    budget::{Fitted, cost, fit, fit_all, shorten},
    tokens::{cut as cut_text, estimate},
};
use crate::{
    config::{PromptLimits, Root},
    model::task::Trigger,
};

/// Turns in which a message that came out too long is made shorter: what stands around the parts is only estimated.
const TURNS: usize = 4;

/// Why there is no prompt.
#[derive(Debug, thiserror::Error)]
#[error("failed to render the prompt template `{template}`")]
pub struct PromptError {
    /// The template.
    pub template: String,
    #[source]
    source: minijinja::Error,
}

impl PromptError {
    /// What is behind it.
    pub fn reason(&self) -> String {
        self.source.to_string()
    }
}

/// What an agent gets.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Tier 1: the text that it is started with.
    pub message: String,
    /// About how many tokens the message has.
    pub tokens: usize,
    /// Tier 2: about how many tokens everything has that can be read on demand.
    pub on_demand: usize,
    /// Tier 3: files beside it.
    pub files: Vec<ContextFile>,
    /// What the message leaves out.
    pub cuts: Vec<Cut>,
    /// Ids of the lessons in the message.
    pub lessons: Vec<i64>,
    /// Ids of the skills in the message.
    pub skills: Vec<String>,
    /// Templates of the root that are broken; the built-in ones stand in for them.
    pub faults: Vec<TemplateFault>,
}

/// Tier 2: one part of what a prompt can say.
#[derive(Debug, Clone, Serialize)]
pub struct Excerpt {
    /// The part.
    pub section: Section,
    /// Its text.
    pub text: String,
    /// About how many tokens it has.
    pub tokens: usize,
    /// Items of the part in all.
    pub total: usize,
    /// Items that are shown.
    pub shown: usize,
    /// With what `skip` to go on; none at the end.
    pub next: Option<usize>,
}

impl Templates {
    /// Makes the prompt. Blocks for the files that it is made of: templates, earlier logs, versions of results.
    pub fn compose(&self, context: &Context, limits: PromptLimits, root: &Root) -> Result<Prompt, PromptError> {
        let facts = facts_of(context);
        let order = Section::by_importance(context.trigger);
        let on_disk = files::from_disk(context, root);
        let (most, mut reserve) = (limits.message_tokens, 0);
        for turn in 1.. {
            let within = PromptLimits { message_tokens: most.saturating_sub(reserve), ..limits };
            let mut prompt = self.made(context, (&facts, &order), within, &on_disk)?;
            let over = prompt.tokens.saturating_sub(most);
            if over > 0 && turn < TURNS && reserve < most {
                // The notes about what is left out need room, too.
                reserve = if turn + 1 == TURNS { most } else { reserve + over };
                continue;
            }
            // What stands around the parts is not cut otherwise: a message over its budget may be none.
            if let Some(short) = cut_text(&prompt.message, most) {
                prompt.message = short;
                prompt.tokens = estimate(&prompt.message);
            }
            return Ok(prompt);
        }
        unreachable!("the loop returns in its last turn")
    }

    /// A message within these limits, and the notes about what it leaves out.
    fn made(
        &self,
        context: &Context,
        (facts, order): (&Value, &[Section]),
        limits: PromptLimits,
        on_disk: &[files::FromDisk],
    ) -> Result<Prompt, PromptError> {
        let mut message = self.message(context.trigger, facts, order, limits)?;
        let files = self.files(context, facts, (&mut message.cuts, on_disk), limits.file_tokens)?;
        let notes = json!({"left_out": message.cuts, "files": files.list});
        let mut text = message.text;
        if !message.cuts.is_empty() || !files.list.is_empty() {
            text += &self.rendered("_left_out", &merged(facts.clone(), notes))?.text;
        }
        let on_demand = order.iter().flat_map(|section| section.items(facts)).map(|item| cost(&item)).sum();
        let lessons =
            Section::Lessons.items(&message.facts).iter().filter_map(|lesson| lesson["id"].as_i64()).collect();
        let skills = Section::Skills.items(&message.facts);
        let skills = skills.iter().filter_map(|skill| Some(skill["id"].as_str()?.to_owned())).collect();
        Ok(Prompt {
            tokens: estimate(&text),
            message: text,
            on_demand,
            lessons,
            skills,
            cuts: message.cuts,
            files: files.list,
            faults: message.faults,
        })
    }

    /// The files beside a message: the parts that it cuts, and what lies on the disk. Each part is told its file.
    fn files(
        &self,
        context: &Context,
        facts: &Value,
        (cuts, on_disk): (&mut [Cut], &[files::FromDisk]),
        budget: usize,
    ) -> Result<files::Files, PromptError> {
        let part = |section: Section, room| self.of_section(facts, section, section.items(facts), room);
        let parts = cuts.iter().map(|cut| part(cut.section, usize::MAX)).collect::<Result<Vec<_>, _>>()?;
        let texts = parts.iter().map(|part| &part.text).chain(on_disk.iter().map(|found| &found.text));
        let wanted: Vec<usize> = texts.map(|text| estimate(text)).collect();
        let shares = files::shares(budget, &wanted);
        let mut files = files::Files::new(&context.attempt);
        for ((cut, whole), (wanted, share)) in cuts.iter_mut().zip(parts).zip(wanted.iter().zip(&shares)) {
            let page = if wanted > share { part(cut.section, *share)? } else { whole };
            let name = format!("{}.md", cut.section);
            let added = files.add((&name, cut.section.noun(2)), (&page.text, page.is_cut), *share);
            cut.file_is_whole = added.as_ref().is_some_and(|added| added.is_whole);
            cut.file = added.map(|added| added.path);
        }
        for (files::FromDisk { name, what, text }, share) in on_disk.iter().zip(&shares[cuts.len()..]) {
            files.add((name, what), (text, false), *share);
        }
        Ok(files)
    }

    /// One part of what the prompt could say, from item `skip` on, the newest first.
    pub fn excerpt(
        &self,
        context: &Context,
        limits: PromptLimits,
        (section, skip): (Section, usize),
    ) -> Result<Excerpt, PromptError> {
        let facts = facts_of(context);
        let mut items = section.items(&facts);
        let total = items.len();
        if section.newest_last() {
            items.truncate(total.saturating_sub(skip));
        } else {
            items.drain(..skip.min(total));
        }
        let of_section = self.page(&facts, section, &items, limits.demand_tokens)?;
        let next = skip + of_section.fitted;
        Ok(Excerpt {
            section,
            tokens: estimate(&of_section.text),
            text: of_section.text,
            total,
            shown: of_section.fitted,
            next: (next < total && of_section.fitted > 0).then_some(next),
        })
    }

    /// What is broken in the root's templates, tried on everything that a prompt can say. Blocks.
    pub fn faults(&self) -> Vec<TemplateFault> {
        self.check(&sample::contexts())
    }

    fn message(
        &self,
        trigger: Trigger,
        facts: &Value,
        order: &[Section],
        limits: PromptLimits,
    ) -> Result<Message, PromptError> {
        let mut facts = facts.clone();
        let mut empty = facts.clone();
        order.iter().for_each(|section| section.replace(&mut empty, Vec::new()));
        let mut around = estimate(&self.rendered(trigger.as_str(), &empty)?.text);
        // What must hold is never left out, but it is shortened where it would leave no room for anything else.
        if let Some(excess) = around.checked_sub(limits.message_tokens * 3 / 4) {
            let truths = &mut facts["must_haves"]["truths"];
            let most = cost(truths).saturating_sub(excess);
            shorten(truths, most);
            empty["must_haves"] = facts["must_haves"].clone();
            around = estimate(&self.rendered(trigger.as_str(), &empty)?.text);
        }
        let mut room = limits.message_tokens.saturating_sub(around);
        // A distillation is made of lessons: they are its matter, and no addition to it.
        let knowledge = (trigger != Trigger::Distill).then_some(limits.knowledge_tokens);
        for turn in 1.. {
            let mut fitted = facts.clone();
            let missing = fit_all(&mut fitted, order, room, knowledge);
            let rendered = self.rendered(trigger.as_str(), &fitted)?;
            let over = estimate(&rendered.text).saturating_sub(limits.message_tokens);
            if over == 0 || room == 0 || turn == TURNS {
                let cuts = missing.iter().map(|(section, fitted, of)| cut(*section, fitted, *of)).collect();
                return Ok(Message { text: rendered.text, facts: fitted, cuts, faults: rendered.faults });
            }
            room = room.saturating_sub(over);
        }
        unreachable!("the loop returns in its last turn")
    }

    /// The text of one part alone in so many tokens at most.
    fn page(&self, facts: &Value, section: Section, items: &[Value], most: usize) -> Result<OfSection, PromptError> {
        let mut room = most;
        for turn in 1.. {
            let mut page = self.of_section(facts, section, items.to_vec(), room)?;
            let over = estimate(&page.text).saturating_sub(most);
            if over > 0 && turn < TURNS {
                room = room.saturating_sub(over);
                continue;
            }
            page.text = cut_text(&page.text, most).unwrap_or(page.text);
            return Ok(page);
        }
        unreachable!("the loop returns in its last turn")
    }

    /// The text of one part alone, as much as fits.
    fn of_section(
        &self,
        facts: &Value,
        section: Section,
        items: Vec<Value>,
        room: usize,
    ) -> Result<OfSection, PromptError> {
        let of = items.len();
        let fitted = fit(section, &items, room);
        let mut alone = facts.clone();
        Section::ALL.iter().for_each(|other| other.replace(&mut alone, Vec::new()));
        let count = fitted.items.len();
        let is_cut = fitted.is_cut();
        let note = if is_cut { fitted.in_words(section, of) } else { String::new() };
        section.replace(&mut alone, fitted.items);
        let text = self.rendered("_section", &merged(alone, json!({"section": section, "cut": note})))?.text;
        Ok(OfSection { text, fitted: count, is_cut })
    }

    fn rendered(&self, name: &str, facts: &Value) -> Result<templates::Rendered, PromptError> {
        let failed = |source| PromptError { template: name.to_owned(), source };
        self.render(&format!("{name}.md"), facts).map_err(failed)
    }
}

/// A message before its notes.
struct Message {
    text: String,
    /// What it was made of.
    facts: Value,
    cuts: Vec<Cut>,
    faults: Vec<TemplateFault>,
}

/// The text of one part.
struct OfSection {
    text: String,
    /// How many of its items are there.
    fitted: usize,
    /// True when something of it is missing.
    is_cut: bool,
}

fn cut(section: Section, fitted: &Fitted, of: usize) -> Cut {
    let command = format!("{} agent prompt --section {section}", context::CLI);
    Cut { section, text: fitted.in_words(section, of), command, file: None, file_is_whole: false }
}

/// Everything that a template can name, fit to be shown.
fn facts_of(context: &Context) -> Value {
    // Words, numbers and texts: there is nothing in a context that JSON could not say.
    let mut facts = serde_json::to_value(context).unwrap_or_default();
    fence::clean(&mut facts);
    facts
}

fn merged(mut facts: Value, more: Value) -> Value {
    if let (Some(facts), Value::Object(more)) = (facts.as_object_mut(), more) {
        facts.extend(more);
    }
    facts
}

#[cfg(test)]
mod tests;
