//! The shipped templates render with what their README documents, and with nothing else.

use super::*;

fn shipped() -> Templates {
    Templates::new("/nowhere")
}

fn render(trigger: Trigger, facts: &Value) -> String {
    let rendered = shipped().render(&format!("{trigger}.md"), facts);
    rendered.unwrap_or_else(|error| panic!("{trigger}: {error:#}")).text
}

#[test]
fn every_trigger_has_a_template_that_names_its_last_command() {
    let ends = [
        (Trigger::Execute, "blackboard complete"),
        (Trigger::Revise, "blackboard complete"),
        (Trigger::Review, "blackboard review --verdict"),
        (Trigger::Rebut, "blackboard rebut --issue"),
        (Trigger::Mention, "blackboard comment --type answer"),
        (Trigger::Offer, "blackboard claim"),
        (Trigger::Round, "blackboard review --verdict"),
        (Trigger::Distill, "blackboard complete"),
        (Trigger::Arbitrate, "blackboard resolve --to"),
        (Trigger::Guard, "blackboard observe"),
    ];
    assert_eq!(ends.len(), Trigger::ALL.len());
    for (trigger, last) in ends {
        for facts in [sample::bare(), sample::rich()] {
            let text = render(trigger, &facts);
            assert!(text.contains(last), "{trigger} does not name `{last}`");
            assert!(!text.contains("{{") && !text.contains("{%"), "{trigger} is not rendered to the end");
        }
    }
    assert_eq!(shipped().faults(), []);
}

#[test]
fn a_revision_knows_everything_that_was_said() {
    let text = render(Trigger::Revise, &sample::rich());
    let all = [
        "DESCRIPTION",
        "TRUTH",
        "MISSING",
        "MENTION",
        "COMMENT",
        "DECISION",
        "RATIONALE",
        "ROWS",
        "ISSUE",
        "REASON",
        "BEFORE",
        "WHOLE",
        "ALL OF IT",
        "DETAIL",
        "WHICH",
        "THIS",
        "LESSON",
        "HOW",
    ];
    for word in all {
        assert!(text.contains(word), "{word} is missing in:\n{text}");
    }
}

#[test]
fn every_part_can_be_had_alone() {
    for section in Section::ALL {
        let mut facts = sample::rich();
        let items = section.items(&facts);
        Section::ALL.iter().for_each(|other| other.replace(&mut facts, Vec::new()));
        section.replace(&mut facts, items);
        for trigger in Trigger::ALL {
            facts["trigger"] = json!(trigger);
            let text = shipped().render("_section.md", &facts).unwrap().text;
            let fences = text.matches("\n</data-").count();
            assert!(fences > 0, "{section} ({trigger}) says nothing:\n{text}");
        }
    }
}

#[test]
fn the_house_and_the_protocol_have_their_say() {
    let text = render(Trigger::Review, &sample::rich());
    assert!(text.contains("asks for that.\n- HOUSE\n- HANDS\n"), "{text}");
    assert!(text.contains("\n\n## Checklist\n\n- CHECK\n\n## What to do\n"), "{text}");
    assert!(!render(Trigger::Review, &sample::bare()).contains("## Checklist"));
}

#[test]
fn the_readme_names_every_variable() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("prompt_templates/README.md")).unwrap();
    for name in sample::bare().as_object().unwrap().keys() {
        assert!(readme.contains(&format!("`{name}`")), "{name} is not in prompt_templates/README.md");
    }
}
