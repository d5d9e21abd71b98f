//! Track records of reviewers.

use super::view;
use crate::{
    http::schema::Nullable,
    model::{calibration, ids::Actor},
};

view!(
    /// A stretch of a reliability curve; a reviewer is calibrated where both shares are the same
    ReliabilityBin of calibration::ReliabilityBin {
        /// Least confidence.
        from: f64,
        /// Most confidence.
        to: f64,
        /// Verdicts with such a confidence.
        count: i64,
        /// Their mean confidence.
        mean_confidence: f64,
        /// The share of them that held.
        held_share: f64,
    }
);

view!(
    /// How well a reviewer's confidence fits what became of the verdicts
    TrackRecord of calibration::TrackRecord {
        /// The reviewer.
        reviewer: Actor,
        /// Reviews submitted.
        submitted_count: i64,
        /// The newest verdicts of which it is known what became of them (200 at most).
        known_count: i64,
        /// Approvals among them that were overturned.
        wrong_approvals_count: i64,
        /// Objections among them that were overturned.
        wrong_objections_count: i64,
        /// Their mean confidence.
        mean_confidence: Nullable<f64>,
        /// The share of them that held.
        held_share: Nullable<f64>,
        /// Mean squared distance between confidence and what became of the verdict: 0 is perfect, 0.25 a coin.
        brier: Nullable<f64>,
        /// By how much the mean confidence exceeds the share that held; negative when too modest.
        overconfidence: Nullable<f64>,
        /// The reliability curve; only bins with verdicts.
        bins: Vec<ReliabilityBin>,
    }
);
