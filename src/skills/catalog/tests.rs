use super::*;

fn place() -> (tempfile::TempDir, Folders) {
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path);
    let folders = Folders {
        project: Some(at("projects/sales/skills")),
        custom: at("skills/custom"),
        builtins: at("skills/builtins"),
        root: root.path().to_owned(),
    };
    (root, folders)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn skill(description: &str) -> String {
    format!("---\nname: x\ndescription: {description}\n---\n# X\n\nText.\n")
}

fn ids(catalog: &Catalog) -> Vec<&str> {
    catalog.skills().map(|skill| skill.id.as_str()).collect()
}

#[test]
fn the_shipped_ones_are_sound_and_active() {
    let (_root, folders) = place();
    let catalog = Shelf::default().catalog(&folders);
    assert_eq!(ids(&catalog), ["blackboard_operations", "code_review", "data_validation"]);
    assert!(catalog.faults.is_empty(), "{:?}", catalog.faults);
    assert!(catalog.skills().all(|skill| skill.meta.status == SkillStatus::Active));
}

#[test]
fn a_project_comes_before_the_root_before_what_is_shipped() {
    let (root, folders) = place();
    write(root.path(), "skills/custom/code_review/SKILL.md", &skill("Custom"));
    write(root.path(), "projects/sales/skills/code_review/SKILL.md", &skill("Own"));
    let shelf = Shelf::default();
    let id = SkillId::parse("code_review").unwrap();
    let catalog = shelf.catalog(&folders);
    let own = catalog.get(&id).unwrap();
    assert_eq!((own.level, own.document.description.as_str()), (SkillLevel::Project, "Own"));
    assert_eq!(own.over, [SkillLevel::Custom, SkillLevel::BuiltIn]);
    let root_wide = shelf.catalog(&Folders { project: None, ..folders });
    assert_eq!(root_wide.get(&id).unwrap().document.description, "Custom");
}

#[test]
fn what_is_broken_is_told_with_its_line_and_the_next_level_holds() {
    let (root, folders) = place();
    write(root.path(), "skills/custom/code_review/SKILL.md", "---\nname: [\n---\ntext");
    write(root.path(), "skills/custom/Not An Id/SKILL.md", &skill("x"));
    write(root.path(), "skills/custom/bare/notes.txt", "x");
    write(root.path(), "skills/custom/odd/SKILL.md", &skill("x"));
    write(root.path(), "skills/custom/odd/meta.yaml", "version: 1\nstatus: fine\n");
    write(root.path(), "skills/custom/.hidden/SKILL.md", "");
    std::os::unix::fs::symlink(root.path().join("skills/custom/odd"), root.path().join("skills/custom/linked"))
        .unwrap();
    let catalog = Shelf::default().catalog(&folders);
    assert_eq!(catalog.get(&SkillId::parse("code_review").unwrap()).unwrap().level, SkillLevel::BuiltIn);
    let faults: Vec<_> = catalog.faults.iter().map(|fault| format!("{}:{}", fault.path, fault.line)).collect();
    let expected = [
        "skills/custom/Not An Id:1",
        "skills/custom/bare/SKILL.md:1",
        "skills/custom/code_review/SKILL.md:2",
        "skills/custom/linked:1",
        "skills/custom/odd/meta.yaml:2",
    ];
    assert_eq!(faults, expected, "{:?}", catalog.faults);
}

#[test]
fn a_change_is_seen_and_no_change_costs_no_reading() {
    let (root, folders) = place();
    write(root.path(), "skills/custom/x/SKILL.md", &skill("One"));
    let shelf = Shelf::default();
    let first = shelf.catalog(&folders);
    assert!(Arc::ptr_eq(&first, &shelf.catalog(&folders)));
    write(root.path(), "skills/custom/x/SKILL.md", &skill("Another"));
    let id = SkillId::parse("x").unwrap();
    assert_eq!(shelf.catalog(&folders).get(&id).unwrap().document.description, "Another");
    fs::remove_dir_all(root.path().join("skills/custom/x")).unwrap();
    assert!(shelf.catalog(&folders).get(&id).is_none());
}
