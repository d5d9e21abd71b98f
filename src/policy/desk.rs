//! The desk: who is there and which slots are still free, while a plan is made. Mechanical, so that `tick.rhai` says who
//! starts on what and nothing else.

use std::{collections::HashMap, sync::Arc};

use rhai::{Array, Dynamic, FuncRegistration, ImmutableString, Module};

use super::natives::NativeDoc;
use crate::model::{agent::AgentRole, snapshot::Board};

/// Who is there, and how many of each may still be started.
#[derive(Debug, Clone, Default)]
struct Desk {
    slots: i64,
    agents: HashMap<String, Place>,
    able: HashMap<String, Array>,
    executors: Array,
    fallbacks: Array,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    free: i64,
    busy: i64,
}

impl Desk {
    fn of(board: &Board) -> Self {
        let mut desk = Self::default();
        for agent in &board.agents {
            let id: ImmutableString = agent.id.as_str().into();
            let parked = agent.parked_until.is_some_and(|until| until > board.context.now);
            let free = if agent.can_spawn && !parked { agent.free_slots } else { 0 };
            desk.slots += free;
            desk.agents.insert(id.to_string(), Place { free, busy: agent.busy });
            let named = || Dynamic::from(id.clone());
            for capability in &agent.capabilities {
                desk.able.entry(capability.clone()).or_default().push(named());
            }
            if agent.role == AgentRole::Executor {
                desk.executors.push(named());
            }
            if agent.fallback {
                desk.fallbacks.push(named());
            }
        }
        desk.slots = desk.slots.min(board.slots.global_free).min(board.slots.project_free);
        desk
    }

    fn has_slot(&mut self, agent: &str) -> bool {
        self.slots > 0 && self.agents.get(agent).is_some_and(|place| place.free > 0)
    }

    fn busy(&mut self, agent: &str) -> i64 {
        self.agents.get(agent).map_or(0, |place| place.busy)
    }

    fn take(&mut self, agent: &str) {
        self.slots -= 1;
        if let Some(place) = self.agents.get_mut(agent) {
            place.free -= 1;
            place.busy += 1;
        }
    }
}

/// The functions that are registered here, for the reference.
pub(super) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "desk(board) -> Desk",
        meaning: "Who is there and how many may still be started, while a plan is made. Properties: `slots`, the slots that \
                  are left; `executors` and `fallbacks`, ids in the project's order.",
    },
    NativeDoc { signature: "desk.able(capability) -> array", meaning: "Ids of the agents with this capability." },
    NativeDoc {
        signature: "desk.has_slot(agent) -> bool",
        meaning: "True when the agent can be started now: it has a slot, a runner, and no parked provider. False for `()`.",
    },
    NativeDoc {
        signature: "desk.busy(agent) -> integer",
        meaning: "How many of its processes run, those of this plan counted.",
    },
    NativeDoc { signature: "desk.take(agent)", meaning: "Counts a slot as taken by this plan." },
];

pub(super) fn register(module: &mut Module) {
    module.set_custom_type::<Desk>("Desk");
    let global = |name: &str| FuncRegistration::new(name).in_global_namespace();
    let getter = |name: &str| FuncRegistration::new_getter(name).in_global_namespace();
    global("desk").set_into_module(module, |board: &mut Arc<Board>| Desk::of(board));
    getter("slots").set_into_module(module, |desk: &mut Desk| desk.slots);
    getter("executors").set_into_module(module, |desk: &mut Desk| desk.executors.clone());
    getter("fallbacks").set_into_module(module, |desk: &mut Desk| desk.fallbacks.clone());
    global("able").set_into_module(module, |desk: &mut Desk, capability: &str| {
        desk.able.get(capability).cloned().unwrap_or_default()
    });
    global("has_slot").set_into_module(module, Desk::has_slot);
    global("has_slot").set_into_module(module, |_: &mut Desk, (): ()| false);
    global("busy").set_into_module(module, Desk::busy);
    global("take").set_into_module(module, Desk::take);
}
