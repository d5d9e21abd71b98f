//! How well a reviewer's confidence fits what became of the verdicts.

use serde::{Deserialize, Serialize};

use super::{ids::Actor, snapshot::ReviewFacts};

/// Bins of the reliability curve, over confidences from 0 to 1.
const BINS: usize = 10;

/// A verdict of which it is known what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// It approved the work.
    pub approves: bool,
    /// How sure the reviewer was, 0 to 1.
    pub confidence: f64,
    /// It held.
    pub held: bool,
}

/// A stretch of the reliability curve. A reviewer is calibrated where both shares are the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// Least confidence.
    pub from: f64,
    /// Most confidence.
    pub to: f64,
    /// Verdicts with such a confidence.
    pub count: i64,
    /// Their mean confidence.
    pub mean_confidence: f64,
    /// The share of them that held.
    pub held_share: f64,
}

/// How well a reviewer's confidence fits what became of the verdicts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackRecord {
    /// The reviewer.
    pub reviewer: Actor,
    /// Reviews submitted.
    pub submitted_count: i64,
    /// The newest verdicts of which it is known what became of them.
    pub known_count: i64,
    /// Approvals among them that were overturned.
    pub wrong_approvals_count: i64,
    /// Objections among them that were overturned.
    pub wrong_objections_count: i64,
    /// Their mean confidence; none without any.
    pub mean_confidence: Option<f64>,
    /// The share of them that held.
    pub held_share: Option<f64>,
    /// The mean squared distance between confidence and what became of the verdict: 0 is perfect, 0.25 a coin.
    pub brier: Option<f64>,
    /// By how much the mean confidence exceeds the share that held; negative for a reviewer who is too modest.
    pub overconfidence: Option<f64>,
    /// The reliability curve; only bins with verdicts.
    pub bins: Vec<ReliabilityBin>,
}

/// The track record that verdicts make.
pub fn track_record(reviewer: Actor, submitted_count: i64, forecasts: &[Forecast]) -> TrackRecord {
    let wrong = |approves| forecasts.iter().filter(|f| f.approves == approves && !f.held).count() as i64;
    let mean_confidence = mean(forecasts, |forecast| forecast.confidence);
    let held_share = mean(forecasts, outcome);
    TrackRecord {
        reviewer,
        submitted_count,
        known_count: forecasts.len() as i64,
        wrong_approvals_count: wrong(true),
        wrong_objections_count: wrong(false),
        mean_confidence,
        held_share,
        brier: mean(forecasts, |forecast| (forecast.confidence - outcome(forecast)).powi(2)),
        overconfidence: mean_confidence.zip(held_share).map(|(said, held)| said - held),
        bins: bins(forecasts),
    }
}

impl ReviewFacts {
    /// With what is known about its reviewer.
    #[must_use]
    pub fn with_record(&self, record: &TrackRecord) -> Self {
        Self {
            reviewer_reviews_count: record.known_count,
            reviewer_brier: record.brier,
            reviewer_overconfidence: record.overconfidence,
            ..self.clone()
        }
    }
}

fn outcome(forecast: &Forecast) -> f64 {
    if forecast.held { 1.0 } else { 0.0 }
}

fn mean(forecasts: &[Forecast], value: impl Fn(&Forecast) -> f64) -> Option<f64> {
    let sum: f64 = forecasts.iter().map(value).sum();
    (!forecasts.is_empty()).then(|| sum / forecasts.len() as f64)
}

fn bins(forecasts: &[Forecast]) -> Vec<ReliabilityBin> {
    let bin_of = |forecast: &Forecast| ((forecast.confidence * BINS as f64) as usize).min(BINS - 1);
    let one = |bin: usize| {
        let inside: Vec<_> = forecasts.iter().copied().filter(|forecast| bin_of(forecast) == bin).collect();
        Some(ReliabilityBin {
            from: bin as f64 / BINS as f64,
            to: (bin + 1) as f64 / BINS as f64,
            count: inside.len() as i64,
            mean_confidence: mean(&inside, |forecast| forecast.confidence)?,
            held_share: mean(&inside, outcome)?,
        })
    };
    (0..BINS).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(forecasts: &[(f64, bool)]) -> TrackRecord {
        let one = |(confidence, held): &(f64, bool)| Forecast { approves: true, confidence: *confidence, held: *held };
        let forecasts: Vec<_> = forecasts.iter().map(one).collect();
        track_record("simayi".parse().unwrap(), 9, &forecasts)
    }

    #[test]
    fn nobody_is_judged_by_nothing() {
        let none = record(&[]);
        assert_eq!((none.known_count, none.brier, none.overconfidence), (0, None, None));
        assert!(none.bins.is_empty());
    }

    #[test]
    fn who_is_sure_and_wrong_scores_badly() {
        let sure = record(&[(1.0, true), (1.0, false)]);
        assert_eq!((sure.brier, sure.overconfidence), (Some(0.5), Some(0.5)));
        assert_eq!((sure.wrong_approvals_count, sure.wrong_objections_count), (1, 0));
        let honest = record(&[(0.5, true), (0.5, false)]);
        assert_eq!((honest.brier, honest.overconfidence), (Some(0.25), Some(0.0)));
    }

    #[test]
    fn the_curve_has_a_bin_for_each_stretch_of_confidence() {
        let bins = record(&[(0.95, true), (0.9, false), (0.3, false), (1.0, true)]).bins;
        let short: Vec<_> = bins.iter().map(|bin| (bin.from, bin.count)).collect();
        assert_eq!(short, [(0.3, 1), (0.9, 3)]);
        assert!((bins[1].held_share - 2.0 / 3.0).abs() < 1e-9);
    }
}
