//! What the API shows: the model's objects with the document's types, times with milliseconds, keys always there.
//!
//! `view!` declares an object of the document and how it comes from the object of the model; the fields have the same
//! names on both sides, and the compiler tells when one of them is gone.

pub mod attempt;
pub mod calibration;
pub mod daemon;
pub mod delivery;
pub mod explain;
pub mod keys;
pub mod mail;
pub mod operations;
pub mod project;
pub mod prompts;
pub mod records;
pub mod schemas;
pub mod scripts;
pub mod skills;
pub mod storage;
pub mod task;
pub mod trends;
pub mod usage;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::schema::{Nullable, Time};

/// A type of the document that is made from a type of the model.
pub trait View {
    /// The type of the model.
    type Model;

    /// Makes the view.
    fn of(model: Self::Model) -> Self;
}

macro_rules! same_on_both_sides {
    ($($type:ty),+ $(,)?) => {$(
        impl View for $type {
            type Model = Self;
            fn of(model: Self) -> Self {
                model
            }
        }
    )+};
}

same_on_both_sides!(
    bool,
    i64,
    u32,
    u64,
    f64,
    String,
    Value,
    crate::agent::prompt::Section,
    crate::model::agent::AgentRole,
    crate::model::attempt::AttemptState,
    crate::model::event::EventKind,
    crate::model::event::Level,
    crate::model::guard::GateState,
    crate::model::ids::Actor,
    crate::model::ids::AgentId,
    crate::model::ids::AttemptId,
    crate::model::ids::ProjectId,
    crate::model::ids::SkillId,
    crate::model::ids::TaskId,
    crate::model::key::KeyScope,
    crate::model::mail::MailKind,
    crate::model::outcome::Outcome,
    crate::model::changes::ChangeKind,
    crate::model::records::CommentType,
    crate::model::records::ExperienceStatus,
    crate::model::records::IssueSeverity,
    crate::model::records::OutputType,
    crate::model::records::ReviewResult,
    crate::model::records::Ruling,
    crate::model::records::Severity,
    crate::model::records::Stance,
    crate::model::records::Verdict,
    crate::model::search::SearchKind,
    crate::model::skill::SkillLevel,
    crate::model::skill::SkillSource,
    crate::model::skill::SkillStatus,
    crate::model::skill::UseOutcome,
    crate::model::status::Status,
    crate::model::task::ReviewPhase,
    crate::model::task::RiskLevel,
    crate::model::task::Trigger,
    crate::model::usage::UsageBy,
);

impl View for Time {
    type Model = DateTime<Utc>;
    fn of(model: DateTime<Utc>) -> Self {
        Self(model)
    }
}

impl<V: View> View for Nullable<V> {
    type Model = Option<V::Model>;
    fn of(model: Option<V::Model>) -> Self {
        Self(model.map(V::of))
    }
}

impl<V: View> View for Vec<V> {
    type Model = Vec<V::Model>;
    fn of(model: Vec<V::Model>) -> Self {
        model.into_iter().map(V::of).collect()
    }
}

/// Declares a view of a model's type; `field: Type = some.path` takes it from another place than the same name.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident of $model:ty {
        $($(#[$field_doc:meta])* $field:ident: $type:ty $(= $($path:ident).+)?,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, poem_openapi::Object)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl $crate::http::views::View for $name {
            type Model = $model;
            fn of(model: $model) -> Self {
                Self { $($field: $crate::http::views::View::of(view!(@get model $field $($($path).+)?)),)+ }
            }
        }

        impl From<$model> for $name {
            fn from(model: $model) -> Self {
                $crate::http::views::View::of(model)
            }
        }
    };
    (@get $model:ident $field:ident) => { $model.$field };
    (@get $model:ident $field:ident $($path:ident).+) => { $model.$($path).+ };
}
pub(super) use view;
