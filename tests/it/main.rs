//! Integration tests: one binary, so that the library is linked once.

mod layers;
mod process;
mod prompts;
