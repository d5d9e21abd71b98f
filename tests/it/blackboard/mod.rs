//! The blackboard's own rules, on real databases and without any loop.

mod claims;
mod dependencies;
mod gate;
mod repeats;
mod restarts;
mod reviews;
mod rights;
