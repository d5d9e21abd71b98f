//! How many approvals a round of review has: one rule for what policy is told and for what the core lets pass.

use std::collections::HashMap;

use super::{ids::Actor, records::Verdict};

/// Different reviewers who approve, by the reviews of one round, oldest first; the newest of each counts. As long as one of
/// them asks for changes there is none: an approval does not overrule a finding that nobody has answered, unless a person
/// gives it.
pub fn approvals<'a>(reviews: impl IntoIterator<Item = (&'a Actor, Verdict)>) -> i64 {
    let mut newest = HashMap::new();
    for (reviewer, verdict) in reviews {
        if reviewer.is_human() && verdict == Verdict::Approved {
            newest.retain(|_, verdict| *verdict == Verdict::Approved);
        }
        newest.insert(reviewer, verdict);
    }
    if newest.values().any(|verdict| *verdict != Verdict::Approved) {
        return 0;
    }
    newest.len() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(reviews: &[(&str, bool)]) -> i64 {
        let verdict = |approves: bool| if approves { Verdict::Approved } else { Verdict::NeedsRevision };
        let reviews: Vec<(Actor, Verdict)> =
            reviews.iter().map(|(who, approves)| (who.parse().unwrap(), verdict(*approves))).collect();
        approvals(reviews.iter().map(|(who, verdict)| (who, *verdict)))
    }

    #[test]
    fn approvals_do_not_overrule_a_finding_that_nobody_has_answered() {
        assert_eq!(count(&[("a", true), ("b", true)]), 2);
        assert_eq!(count(&[("a", true), ("a", true)]), 1, "a reviewer counts once");
        assert_eq!(count(&[("a", false), ("b", true)]), 0, "the finding stands");
        assert_eq!(count(&[("a", false), ("b", true), ("a", true)]), 2, "until who made it approves");
        assert_eq!(count(&[("a", true), ("a", false)]), 0, "the newest of each counts");
    }

    #[test]
    fn a_persons_approval_overrules_what_was_found_before() {
        assert_eq!(count(&[("a", false), ("human", true)]), 1, "the finding is overruled");
        assert_eq!(count(&[("a", true), ("human", true)]), 2, "who agrees counts, too");
        assert_eq!(count(&[("a", true), ("human", false)]), 0);
        assert_eq!(count(&[("human", true), ("a", false)]), 0, "what comes later is new");
        assert_eq!(count(&[]), 0);
    }
}
