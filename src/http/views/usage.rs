//! What was spent, and the accounts that it was spent from.

use super::view;
use crate::{
    app::{providers, usage},
    http::schema::{Nullable, Time},
    model::{
        self,
        ids::AgentId,
        usage::{Spend as SpendModel, Spent as SpentModel, UsageBy},
    },
    store::daemon_db,
};

view!(
    /// What an attempt has used so far, as its runner told
    Usage of model::usage::Usage {
        /// Tokens that went in, those from a cache included.
        tokens_in: i64,
        /// Tokens that came out, those of reasoning included.
        tokens_out: i64,
        /// The part of `tokens_in` that came from a cache.
        tokens_cached: i64,
        /// What it cost, in micro-units of the currency; 0 when nobody told a price.
        cost_micros: i64,
        /// The model, or the one that was used most.
        model: Nullable<String>,
        /// The runner's own name of the session.
        session: Nullable<String>,
    }
);

view!(
    /// Tokens and money that were spent
    Spend of SpendModel {
        /// Tokens that went in, those from a cache included.
        tokens_in: i64,
        /// Tokens that came out.
        tokens_out: i64,
        /// The part of `tokens_in` that came from a cache.
        tokens_cached: i64,
        /// Money, in micro-units of the currency.
        cost_micros: i64,
    }
);

view!(
    /// What was spent in all, and today
    Spent of SpentModel {
        /// Since the beginning.
        total: Spend = project,
        /// Today (UTC).
        today: Spend = day,
    }
);

view!(
    /// What was spent on one thing
    UsageSum of usage::Sum {
        /// The cause, agent, model…; empty where nobody told.
        key: String,
        /// What was spent.
        spend: Spend,
    }
);

view!(
    /// Spending, summed by something
    UsageReport of usage::Report {
        /// What it is summed by.
        by: UsageBy,
        /// Since when; null for all of it.
        since: Nullable<Time>,
        /// The sums, most expensive first; days in order.
        items: Vec<UsageSum>,
        /// All of it.
        total: Spend,
    }
);

view!(
    /// A provider account
    Provider of providers::Provider {
        /// `provider` of its runners, else the runner's own name.
        name: String,
        /// The runners that use it up.
        runners: Vec<String>,
        /// The agents that are started by these.
        agents: Vec<AgentId>,
        /// Nobody who needs it is started until then.
        parked_until: Nullable<Time>,
        /// Why it rests.
        reason: Nullable<String>,
    }
);

view!(
    /// A provider account that rests
    ParkedProvider of daemon_db::Parked {
        /// The account.
        provider: String,
        /// Until when.
        until: Time,
        /// Why.
        reason: String,
    }
);
