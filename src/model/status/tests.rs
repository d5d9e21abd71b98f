use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A task that was driven to a status by legal steps only.
fn at(status: Status) -> Lifecycle {
    let mut life = Lifecycle::new(status == Blocked, noon());
    let steps: &[(Cause, Role, Option<Status>)] = match status {
        Pending | Blocked => &[],
        Claimed => &[(Cause::Claim, Owner, None)],
        Working => &[(Cause::Claim, Owner, None), (Cause::Start, Owner, None)],
        Review => &[(Cause::Claim, Owner, None), (Cause::Start, Owner, None), (Cause::Submit, Owner, None)],
        Done => &[(Cause::Claim, Owner, None), (Cause::Start, Owner, None), (Cause::Finish, Owner, None)],
        Failed => &[(Cause::Fail, Daemon, None)],
        Paused => &[(Cause::Pause, Person, None)],
        Escalated => &[(Cause::Escalate, Policy, None)],
        Cancelled => &[(Cause::Cancel, Person, None)],
    };
    for (cause, role, target) in steps {
        life.apply(*cause, *role, *target, noon()).unwrap();
    }
    assert_eq!(life.status, status);
    life
}

#[test]
fn the_table_is_what_the_documents_say() {
    insta::assert_snapshot!("transitions", matrix());
}

#[test]
fn every_cause_has_exactly_one_rule() {
    for cause in Cause::ALL {
        assert_eq!(RULES.iter().filter(|rule| rule.cause == *cause).count(), 1, "{cause}");
    }
}

#[test]
fn what_the_table_does_not_list_is_refused_and_changes_nothing() {
    for status in Status::ALL {
        for cause in Cause::ALL {
            for role in Role::ALL {
                let before = at(*status);
                let mut life = before.clone();
                let rule = RULES.iter().find(|rule| rule.cause == *cause).unwrap();
                let target = rule.to.first().copied();
                let legal = rule.from.contains(status) && rule.who.contains(role);
                let target = if *cause == Cause::Resume { None } else { target };
                match life.apply(*cause, *role, target, noon()) {
                    Ok(()) => assert!(legal, "{role} could {cause} from {status}"),
                    Err(refusal) => {
                        assert!(!legal, "{role} could not {cause} from {status}: {refusal}");
                        assert_eq!(life, before);
                        assert!(!refusal.hint().is_empty());
                    }
                }
            }
        }
    }
}

#[test]
fn a_paused_task_goes_back_to_where_it_was_and_nowhere_else() {
    for status in OPEN_BUT_PAUSED {
        let mut life = at(*status);
        life.apply(Cause::Pause, Person, None, noon()).unwrap();
        assert_eq!(life.resumed_from, Some(*status));
        life.apply(Cause::Resume, Person, None, noon()).unwrap();
        assert_eq!((life.status, life.resumed_from), (*status, None));
    }
}

#[test]
fn ownership_changes_raise_the_fence() {
    let mut life = at(Pending);
    for (cause, role, fence) in [
        (Cause::Claim, Owner, 1),
        (Cause::Start, Owner, 1),
        (Cause::Requeue, Daemon, 2),
        (Cause::Claim, Owner, 3),
        (Cause::ClaimTimeout, Daemon, 4),
    ] {
        life.apply(cause, role, None, noon()).unwrap();
        assert_eq!(life.fence, fence, "after {cause}");
    }
    assert_eq!(life.retry_count, 2, "a death and a timeout count as retries");
}

#[test]
fn a_refusal_tells_what_would_have_been_right() {
    let refusal = at(Done).apply(Cause::Start, Owner, None, noon()).unwrap_err();
    insta::assert_snapshot!(format!("{refusal} | {}", refusal.hint()), @"cannot start a task that is done | with a task that is done these are possible: reopen");
    let refusal = at(Review).apply(Cause::Cancel, Owner, None, noon()).unwrap_err();
    insta::assert_snapshot!(format!("{refusal} | {}", refusal.hint()), @"the agent that has the task may not cancel a task | cancel is for a person or the coordinator; an agent that has the task can escalate it");
    let refusal = at(Escalated).apply(Cause::Resolve, Person, None, noon()).unwrap_err();
    assert_eq!(refusal.valid_values(), ["pending", "review", "done", "failed", "cancelled"]);
}

fn any_step() -> impl Strategy<Value = (Cause, Role, Option<Status>, i64)> {
    let cause = prop::sample::select(Cause::ALL);
    let role = prop::sample::select(Role::ALL);
    let target = prop::option::of(prop::sample::select(Status::ALL));
    (cause, role, target, 0i64..3600)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_sequence_of_calls_reaches_an_illegal_state(
        blocked in any::<bool>(),
        steps in prop::collection::vec(any_step(), 1..80),
    ) {
        let mut now = noon();
        let mut life = Lifecycle::new(blocked, now);
        for (cause, role, target, seconds) in steps {
            now += TimeDelta::seconds(seconds);
            let before = life.clone();
            if life.apply(cause, role, target, now).is_err() {
                prop_assert_eq!(&life, &before);
                continue;
            }
            let rule = RULES.iter().find(|rule| rule.cause == cause).unwrap();
            prop_assert!(rule.from.contains(&before.status) && rule.to.contains(&life.status));
            prop_assert_eq!(life.status_since, now);
            prop_assert_eq!(life.completed_at.is_some(), !life.status.is_open());
            prop_assert_eq!(life.resumed_from.is_some(), life.status == Paused);
            prop_assert!(life.fence >= before.fence && life.retry_count >= 0);
            prop_assert!(life.status != Claimed || life.claimed_at.is_some());
            prop_assert!(life.status != Working || life.started_at.is_some() || life.claimed_at.is_none());
            prop_assert!(life.status != Review || life.round >= 1);
            if before.status.is_held() && !life.status.is_held() && life.status != Paused {
                prop_assert!(life.fence > before.fence, "an owner who lost the task is fenced off");
            }
        }
    }
}

#[test]
fn who_has_it_judged_anew_begins_a_review_of_its_own() {
    let mut life = at(Review);
    life.apply(Cause::NextRound, Policy, None, noon()).unwrap();
    life.apply(Cause::Escalate, Policy, None, noon()).unwrap();
    life.apply(Cause::Resolve, Person, Some(Review), noon()).unwrap();
    assert_eq!((life.round, life.rounds_before), (3, 2));
    life.apply(Cause::Accept, Policy, None, noon()).unwrap();
    life.apply(Cause::Reopen, Daemon, None, noon()).unwrap();
    assert_eq!((life.round, life.rounds_before), (4, 3));
    life.apply(Cause::Escalate, Policy, None, noon()).unwrap();
    life.apply(Cause::Resolve, Person, Some(Pending), noon()).unwrap();
    assert_eq!((life.round, life.rounds_before), (4, 3), "work that is done again goes on as it was");
}
