//! Vocabulary and rules: what the rest talks about. No IO, no clock, no outside world.

pub mod action;
pub mod agent;
pub mod attempt;
pub mod calibration;
pub mod changes;
pub mod delivery;
pub mod event;
pub mod excused;
pub mod findings;
pub mod ids;
pub mod imports;
pub mod incoming;
pub mod key;
pub mod mail;
pub mod outcome;
pub mod records;
pub mod schedule;
pub mod search;
pub mod skill;
pub mod snapshot;
pub mod status;
pub mod task;
pub mod text;
pub mod usage;
pub mod words;
