//! What agents say about a goal before it is worked on.

use super::{records::CommentType, words::words};

/// Rounds of a discussion at most; then a person decides.
pub const MOST_ROUNDS: i64 = 5;

/// What an agent can say in it: an opinion, an idea, a part that it takes, or what may go wrong.
pub const VOICES: [CommentType; 4] =
    [CommentType::Position, CommentType::Suggestion, CommentType::Claim, CommentType::Risk];

words!(
    /// How far a round of a discussion has come.
    DiscussionStep, "discussion step" {
        /// The agents speak.
        Talk = "talk",
        /// Whoever was asked sums up, by a decision.
        Summary = "summary",
        /// The decision is there.
        Over = "over",
    }
);
