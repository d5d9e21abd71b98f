//! Whole flows: the loops with real processes, whose agents are shell scripts that do what the test tells them.

mod artefacts;
mod attempts;
mod cast;
mod gates;
mod gateway;
mod goals;
mod guardrails;
mod histories;
mod inbox;
mod lapses;
mod mail;
mod mentions;
mod office;
mod parents;
mod questions;
mod reviews;
mod rules;
mod scripts;
mod skills;
mod slots;
mod speed;
mod spending;
mod story;
mod supervisors;
