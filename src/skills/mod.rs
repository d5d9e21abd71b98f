//! Skills: folders with a `SKILL.md`, from a project, from `skills/custom`, or shipped; reading, checking, versions, and
//! which of them fit a task.
//!
//! Files only. Who may change a skill, what its use came to and when it is promoted is decided above.

pub mod catalog;
pub mod document;
pub mod fault;
pub mod folder;
pub mod matching;
pub mod meta;
pub mod package;

pub use self::{
    catalog::{Catalog, Folders, Shelf, Skill},
    fault::{Fault, SkillError},
    meta::Meta,
    package::Package,
};
