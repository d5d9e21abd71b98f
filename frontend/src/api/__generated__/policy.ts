// Made by `npm run generate` from docs/policy-reference.md. Do not edit.

export interface Hook { name: string; file: string; params: { name: string; type: string }[]; asked: string; returns: string }

export interface Action { name: string; params: string[]; meaning: string }

export interface Native { name: string; of: string | null; params: string[]; type: string | null; meaning: string }

export interface Property { name: string; type: string; unit: string; nullable: boolean; meaning: string; words: string[] }

export const hooks: readonly Hook[] = [
  {
    "name": "plan",
    "file": "tick",
    "params": [
      {
        "name": "board",
        "type": "Board"
      }
    ],
    "asked": "At every tick and soon after every change: who starts on what, and in which order?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "on_mention",
    "file": "tick",
    "params": [
      {
        "name": "mention",
        "type": "Mention"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "With every plan, for each agent that was mentioned in comments of a task and is not being told: tell it now, later, or let it go? Comments that wait are told together.",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "inspect",
    "file": "zombie",
    "params": [
      {
        "name": "attempt",
        "type": "Attempt"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "At each tick, for each live attempt, and soon after every change for each claim whose work has not begun: healthy, nudge, or kill?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "inspect_project",
    "file": "zombie",
    "params": [
      {
        "name": "board",
        "type": "Board"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "At each tick while a task is pending, claimed, working or in review: does anything move? One alarm is raised until the next change.",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "after",
    "file": "outcome",
    "params": [
      {
        "name": "attempt",
        "type": "Attempt"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When an attempt has ended: retry later, park the provider, give up, or nothing?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "review_depth",
    "file": "escalation",
    "params": [
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a task is submitted, or comes to review otherwise: how many have to approve it, in how many rounds at most? Without a review a submitted task is done.",
    "returns": "depth(approvals, max_rounds), or () when no review is needed"
  },
  {
    "name": "on_review",
    "file": "escalation",
    "params": [
      {
        "name": "review",
        "type": "Review"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a review has arrived: accept, revise, rebut, escalate, or wait for another review?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "on_rebuttal",
    "file": "escalation",
    "params": [
      {
        "name": "rebuttal",
        "type": "Rebuttal"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When the author has answered a review: revise, a further round, or arbitration?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "on_lost_dependency",
    "file": "escalation",
    "params": [
      {
        "name": "needed",
        "type": "string"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a task that another waits for has failed or was cancelled: who decides about the one that waits?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "on_parts_final",
    "file": "escalation",
    "params": [
      {
        "name": "round",
        "type": "Round"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When every part of a task is done, failed or cancelled: is the whole looked at (`submit`), done (`accept`), or for somebody to decide?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "on_tripwire",
    "file": "escalation",
    "params": [
      {
        "name": "violation",
        "type": "map"
      },
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When `check` has found a tripwire before a dispatch, which is refused: who decides?",
    "returns": "an action, an array of actions, or ()"
  },
  {
    "name": "should_distill",
    "file": "distillation",
    "params": [
      {
        "name": "tag",
        "type": "Tag"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a tag has a new lesson: should a skill be written from its lessons?",
    "returns": "true or false"
  },
  {
    "name": "should_expire",
    "file": "distillation",
    "params": [
      {
        "name": "experience",
        "type": "Experience"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "Once a day, for each active lesson: is it to be deprecated?",
    "returns": "true or false"
  },
  {
    "name": "should_promote",
    "file": "distillation",
    "params": [
      {
        "name": "skill",
        "type": "Skill"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a task ended in which a draft was used: is the draft to become active?",
    "returns": "true or false"
  },
  {
    "name": "should_demote",
    "file": "distillation",
    "params": [
      {
        "name": "skill",
        "type": "Skill"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a task ended in which a skill was used, and once a day: does it step down, from active to draft, from draft to deprecated?",
    "returns": "true or false"
  },
  {
    "name": "should_try",
    "file": "distillation",
    "params": [
      {
        "name": "skill",
        "type": "Skill"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a draft fits an attempt: may it stand in the prompt, marked as being on trial?",
    "returns": "true or false"
  },
  {
    "name": "check",
    "file": "guardrail",
    "params": [
      {
        "name": "task",
        "type": "Task"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "Before a dispatch and at completion: which rules does the task break?",
    "returns": "an array of violations (violation(rule, severity, text)), or ()"
  },
  {
    "name": "deliver",
    "file": "notify",
    "params": [
      {
        "name": "event",
        "type": "Event"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "After an event was written: by which channels does it go out, at once or gathered?",
    "returns": "a delivery (send(channel), batch(channel, seconds)), an array of them, or ()"
  },
  {
    "name": "receive",
    "file": "webhook",
    "params": [
      {
        "name": "incoming",
        "type": "Incoming"
      },
      {
        "name": "ctx",
        "type": "Context"
      }
    ],
    "asked": "When a forge has sent a webhook whose signature is right: what follows for tasks?",
    "returns": "a line for the inbox (a map with event, reference, data …), an array of them, or ()"
  }
]

export const actions: readonly Action[] = [
  {
    "name": "dispatch",
    "params": [
      "task",
      "agent"
    ],
    "meaning": "Start an agent on a task: on a pending one to do it (claims for the agent), on one in rebuttal to answer, on an escalated one to decide."
  },
  {
    "name": "offer",
    "params": [
      "task",
      "agents"
    ],
    "meaning": "Start each agent without a claim; the first to claim has the task."
  },
  {
    "name": "review",
    "params": [
      "task",
      "reviewer"
    ],
    "meaning": "Start a reviewer on a task in review."
  },
  {
    "name": "submit",
    "params": [
      "task"
    ],
    "meaning": "Let the whole of a task be looked at whose parts are final; its review goes as deep as `review_depth` says."
  },
  {
    "name": "tell",
    "params": [
      "task",
      "agent"
    ],
    "meaning": "Start an agent to read the comments of a task that mention it, all of those that wait."
  },
  {
    "name": "guard",
    "params": [
      "task",
      "agent"
    ],
    "meaning": "Start an agent to answer the oldest question of a guardrail about a task (`task.questions_count`)."
  },
  {
    "name": "discuss",
    "params": [
      "task",
      "agents"
    ],
    "meaning": "Open a round of discussion about a goal: these agents are asked for a position, a suggestion, a claim or a risk. At most five rounds."
  },
  {
    "name": "summarise",
    "params": [
      "task",
      "agent"
    ],
    "meaning": "Ask an agent to sum a round of discussion up, by a decision and by parts."
  },
  {
    "name": "drop_mention",
    "params": [
      "task",
      "agent",
      "reason"
    ],
    "meaning": "Let the mentions of an agent on a task go."
  },
  {
    "name": "rebut",
    "params": [
      "task"
    ],
    "meaning": "Let the author answer the review, issue by issue."
  },
  {
    "name": "accept",
    "params": [
      "task"
    ],
    "meaning": "Done: the review is in favour, or the parts of a task speak for it."
  },
  {
    "name": "revise",
    "params": [
      "task"
    ],
    "meaning": "Back to the author with the findings."
  },
  {
    "name": "next_round",
    "params": [
      "task"
    ],
    "meaning": "Let the reviewer look again, in a further round."
  },
  {
    "name": "requeue",
    "params": [
      "task",
      "seconds",
      "reason"
    ],
    "meaning": "Back to pending, not before so many seconds; counts as a retry."
  },
  {
    "name": "release",
    "params": [
      "task",
      "seconds",
      "reason"
    ],
    "meaning": "Like `requeue`, but the task is not to blame: no retry is counted."
  },
  {
    "name": "fail",
    "params": [
      "task",
      "reason"
    ],
    "meaning": "Give up."
  },
  {
    "name": "block",
    "params": [
      "task",
      "reason"
    ],
    "meaning": "Wait."
  },
  {
    "name": "escalate",
    "params": [
      "task",
      "to",
      "reason"
    ],
    "meaning": "Let an agent decide, or a person when `to` is `()` or `human`."
  },
  {
    "name": "arbitrate",
    "params": [
      "task"
    ],
    "meaning": "Let the coordinator decide, or a person where there is none."
  },
  {
    "name": "ask_human",
    "params": [
      "task",
      "question",
      "options"
    ],
    "meaning": "Ask a person; the task waits for the answer."
  },
  {
    "name": "ask_human",
    "params": [
      "task",
      "question"
    ],
    "meaning": "The same, with any answer possible."
  },
  {
    "name": "ask_human",
    "params": [
      "task",
      "question",
      "options",
      "timeout_seconds",
      "default"
    ],
    "meaning": "The same; when nobody has answered after so many seconds, `default` holds, or those who watch are told when it is `()`."
  },
  {
    "name": "observe",
    "params": [
      "task",
      "severity",
      "text"
    ],
    "meaning": "Write an observation (`info`, `warning`, `critical`); about the project when the task is `()`."
  },
  {
    "name": "notify",
    "params": [
      "level",
      "text"
    ],
    "meaning": "Tell those who watch (`urgent`, `attention`, `routine`, `activity`)."
  },
  {
    "name": "nudge",
    "params": [
      "attempt",
      "text"
    ],
    "meaning": "Remind an agent that seems stuck."
  },
  {
    "name": "kill",
    "params": [
      "attempt",
      "reason"
    ],
    "meaning": "End an attempt's processes."
  },
  {
    "name": "park",
    "params": [
      "provider",
      "seconds",
      "reason"
    ],
    "meaning": "Start nobody who needs this provider account (`attempt.provider`) for so many seconds."
  },
  {
    "name": "healthy",
    "params": [],
    "meaning": "All is well."
  },
  {
    "name": "emit",
    "params": [
      "action"
    ],
    "meaning": "The action, or each of an array of them, besides what the hook returns."
  }
]

export const natives: readonly Native[] = [
  {
    "name": "task",
    "of": "board",
    "params": [
      "id"
    ],
    "type": "Task",
    "meaning": "The open task with this id, or `()` when there is none."
  },
  {
    "name": "in_status",
    "of": "board",
    "params": [
      "status"
    ],
    "type": "array of Task",
    "meaning": "The open tasks in this status, in the order of `tasks`; much quicker than looking at each."
  },
  {
    "name": "of_type",
    "of": "board",
    "params": [
      "task_type"
    ],
    "type": "array of Task",
    "meaning": "The open tasks of this kind of work, in the order of `tasks`."
  },
  {
    "name": "agent",
    "of": "board",
    "params": [
      "id"
    ],
    "type": "Agent",
    "meaning": "The agent with this id, or `()` when the project has none."
  },
  {
    "name": "agent",
    "of": "ctx",
    "params": [
      "id"
    ],
    "type": "Agent",
    "meaning": "The agent with this id, or `()` when the project has none."
  },
  {
    "name": "live",
    "of": "task",
    "params": [
      "kind"
    ],
    "type": "array of Attempt",
    "meaning": "Its attempts of a kind, such as `review`, that have not ended."
  },
  {
    "name": "ended",
    "of": "task",
    "params": [
      "kind"
    ],
    "type": "array of Attempt",
    "meaning": "Its attempts of a kind that have ended."
  },
  {
    "name": "attempts_since",
    "of": "task",
    "params": [
      "kind",
      "kinds"
    ],
    "type": "array of Attempt",
    "meaning": "Its attempts of a kind after the last one of these other kinds."
  },
  {
    "name": "round_reviews",
    "of": "task",
    "params": [],
    "type": "array of Review",
    "meaning": "The reviews of the round that goes on."
  },
  {
    "name": "last_author",
    "of": "task",
    "params": [],
    "type": "string",
    "meaning": "The agent that worked on it last, or `()`."
  },
  {
    "name": "sorted_by",
    "of": null,
    "params": [
      "array",
      "|item| key"
    ],
    "type": "array",
    "meaning": "A sorted copy, smallest key first; a key is a number, a string, a bool, a `Time`, or an array of these. Items with equal keys keep their order."
  },
  {
    "name": "desk",
    "of": null,
    "params": [
      "board"
    ],
    "type": "Desk",
    "meaning": "Who is there and how many may still be started, while a plan is made. Properties: `slots`, the slots that are left; `executors` and `fallbacks`, ids in the project's order."
  },
  {
    "name": "able",
    "of": "desk",
    "params": [
      "capability"
    ],
    "type": "array",
    "meaning": "Ids of the agents with this capability."
  },
  {
    "name": "has_slot",
    "of": "desk",
    "params": [
      "agent"
    ],
    "type": "bool",
    "meaning": "True when the agent can be started now: it has a slot, a runner, and no parked provider. False for `()`."
  },
  {
    "name": "busy",
    "of": "desk",
    "params": [
      "agent"
    ],
    "type": "integer",
    "meaning": "How many of its processes run, those of this plan counted."
  },
  {
    "name": "take",
    "of": "desk",
    "params": [
      "agent"
    ],
    "type": null,
    "meaning": "Counts a slot as taken by this plan."
  },
  {
    "name": "violation",
    "of": null,
    "params": [
      "rule",
      "severity",
      "text"
    ],
    "type": null,
    "meaning": "A rule that the task breaks; severity is `warning`, `blocking` or `tripwire`."
  },
  {
    "name": "depth",
    "of": null,
    "params": [
      "approvals",
      "max_rounds"
    ],
    "type": null,
    "meaning": "How deep a review goes: so many different reviewers have to approve it (1 to 20), in so many rounds at most (1 to 100)."
  },
  {
    "name": "send",
    "of": null,
    "params": [
      "channel"
    ],
    "type": null,
    "meaning": "Deliver at once by `mail`, `desktop` or a webhook's name."
  },
  {
    "name": "batch",
    "of": null,
    "params": [
      "channel",
      "seconds"
    ],
    "type": null,
    "meaning": "Deliver together with others after so many seconds."
  },
  {
    "name": "time",
    "of": null,
    "params": [
      "text"
    ],
    "type": "Time",
    "meaning": "The time that an RFC 3339 text names."
  },
  {
    "name": "in_zone",
    "of": null,
    "params": [
      "time",
      "zone"
    ],
    "type": "Time",
    "meaning": "The same time seen from a time zone such as `\"Asia/Shanghai\"`: its `hour` and `weekday` are local."
  },
  {
    "name": "get",
    "of": null,
    "params": [
      "json",
      "key",
      "otherwise"
    ],
    "type": null,
    "meaning": "The value of a key, or `otherwise`."
  },
  {
    "name": "keys",
    "of": null,
    "params": [
      "json"
    ],
    "type": "array of string",
    "meaning": "Its keys."
  }
]

export const facts: Readonly<Record<string, readonly Property[]>> = {
  "Board": [
    {
      "name": "slots",
      "type": "Slots",
      "unit": "",
      "nullable": false,
      "meaning": "Free slots for processes.",
      "words": []
    },
    {
      "name": "agents",
      "type": "array of Agent",
      "unit": "",
      "nullable": false,
      "meaning": "The project's agents.",
      "words": []
    },
    {
      "name": "mentions",
      "type": "array of Mention",
      "unit": "",
      "nullable": false,
      "meaning": "Mentions that wait to be delivered; the core delivers them.",
      "words": []
    },
    {
      "name": "rounds",
      "type": "array of Round",
      "unit": "",
      "nullable": false,
      "meaning": "Parents whose children are all final.",
      "words": []
    },
    {
      "name": "ticks_without_change",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Ticks since anything about a task changed.",
      "words": []
    },
    {
      "name": "gateway_up",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "False while the OpenClaw Gateway does not answer.",
      "words": []
    },
    {
      "name": "tasks",
      "type": "array of Task",
      "unit": "",
      "nullable": false,
      "meaning": "Open tasks, most urgent first, then oldest first; the first 10,000.",
      "words": []
    },
    {
      "name": "ready",
      "type": "array of Task",
      "unit": "",
      "nullable": false,
      "meaning": "The tasks that could be dispatched now, in the order of `tasks`; the first 10,000.",
      "words": []
    },
    {
      "name": "questioned",
      "type": "array of Task",
      "unit": "",
      "nullable": false,
      "meaning": "The open tasks about which a guardrail asks, in the order of `tasks`.",
      "words": []
    },
    {
      "name": "paid_for",
      "type": "array of Task",
      "unit": "",
      "nullable": false,
      "meaning": "The open tasks that have used tokens or money and that nobody works on now, in the order of `tasks`.",
      "words": []
    },
    {
      "name": "project",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The project.",
      "words": []
    },
    {
      "name": "now",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "The tick's time; scripts have no other clock.",
      "words": []
    },
    {
      "name": "tick",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Counts the looks at the board since the daemon started: at each tick, and soon after every change.",
      "words": []
    },
    {
      "name": "config",
      "type": "Json",
      "unit": "",
      "nullable": false,
      "meaning": "The effective configuration of the project.",
      "words": []
    },
    {
      "name": "coordinator",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The project's coordinator.",
      "words": []
    },
    {
      "name": "reviewers",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "The project's agents that may review.",
      "words": []
    },
    {
      "name": "spent",
      "type": "Spent",
      "unit": "",
      "nullable": false,
      "meaning": "What the project has spent, in all and today (UTC).",
      "words": []
    }
  ],
  "Context": [
    {
      "name": "project",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The project.",
      "words": []
    },
    {
      "name": "now",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "The time of the decision; scripts have no other clock.",
      "words": []
    },
    {
      "name": "tick",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Counts the looks at the board since the daemon started: at each tick, and soon after every change.",
      "words": []
    },
    {
      "name": "config",
      "type": "Json",
      "unit": "",
      "nullable": false,
      "meaning": "The effective configuration of the project.",
      "words": []
    },
    {
      "name": "coordinator",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The project's coordinator.",
      "words": []
    },
    {
      "name": "agents",
      "type": "array of Agent",
      "unit": "",
      "nullable": false,
      "meaning": "The project's agents.",
      "words": []
    },
    {
      "name": "reviewers",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "The project's agents that may review.",
      "words": []
    },
    {
      "name": "spent",
      "type": "Spent",
      "unit": "",
      "nullable": false,
      "meaning": "What the project has spent, in all and today (UTC).",
      "words": []
    }
  ],
  "Spent": [
    {
      "name": "project",
      "type": "Spend",
      "unit": "",
      "nullable": false,
      "meaning": "Since it began.",
      "words": []
    },
    {
      "name": "day",
      "type": "Spend",
      "unit": "",
      "nullable": false,
      "meaning": "Today (UTC).",
      "words": []
    }
  ],
  "Spend": [
    {
      "name": "tokens_in",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that went in, those from a cache included.",
      "words": []
    },
    {
      "name": "tokens_out",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that came out.",
      "words": []
    },
    {
      "name": "tokens_cached",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "The part of `tokens_in` that came from a cache.",
      "words": []
    },
    {
      "name": "cost_micros",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Money, in micro-units of the currency.",
      "words": []
    },
    {
      "name": "tokens",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "All tokens: what budgets count.",
      "words": []
    }
  ],
  "Allowance": [
    {
      "name": "tokens",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Tokens from there; as `budget.task_tokens` allows when none.",
      "words": []
    },
    {
      "name": "cost_micros",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Cost from there, in micro-units; as `budget.task_cost` allows when none.",
      "words": []
    },
    {
      "name": "from_tokens",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that the task had used by then: its budget counts those since.",
      "words": []
    },
    {
      "name": "from_cost_micros",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "What the task had cost by then.",
      "words": []
    }
  ],
  "Slots": [
    {
      "name": "global_free",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Under the global cap.",
      "words": []
    },
    {
      "name": "project_free",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Under the project's cap; never more than `global_free`.",
      "words": []
    }
  ],
  "Agent": [
    {
      "name": "id",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "role",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What it is for.",
      "words": [
        "planner",
        "executor",
        "reviewer",
        "coordinator"
      ]
    },
    {
      "name": "capabilities",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "What it can do, such as `code`.",
      "words": []
    },
    {
      "name": "busy",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How many of its processes run.",
      "words": []
    },
    {
      "name": "free_slots",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How many more may run.",
      "words": []
    },
    {
      "name": "provider",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The provider account that it uses up.",
      "words": []
    },
    {
      "name": "parked_until",
      "type": "Time",
      "unit": "UTC",
      "nullable": true,
      "meaning": "Its provider is parked until then.",
      "words": []
    },
    {
      "name": "can_review",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It may review.",
      "words": []
    },
    {
      "name": "fallback",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It takes what nobody else can.",
      "words": []
    },
    {
      "name": "can_spawn",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "The daemon can start it; otherwise it comes by itself.",
      "words": []
    },
    {
      "name": "needs_gateway",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It works in the OpenClaw Gateway: while that is down it has no free slot.",
      "words": []
    }
  ],
  "Task": [
    {
      "name": "id",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Its id, such as `t-12`.",
      "words": []
    },
    {
      "name": "title",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "One line.",
      "words": []
    },
    {
      "name": "description",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The whole request; empty when none was given.",
      "words": []
    },
    {
      "name": "status",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Where it stands.",
      "words": [
        "pending",
        "claimed",
        "working",
        "review",
        "done",
        "failed",
        "blocked",
        "paused",
        "escalated",
        "cancelled"
      ]
    },
    {
      "name": "assignee",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Who should do it.",
      "words": []
    },
    {
      "name": "created_by",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who created it: an agent, `human`, `human:<name>`, `daemon` or `policy`.",
      "words": []
    },
    {
      "name": "owner",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Who holds it now.",
      "words": []
    },
    {
      "name": "priority",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "1 to 10, 10 most urgent.",
      "words": []
    },
    {
      "name": "task_type",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What kind of work it is, such as `code`.",
      "words": []
    },
    {
      "name": "risk_level",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What a mistake would cost.",
      "words": [
        "low",
        "medium",
        "high",
        "critical"
      ]
    },
    {
      "name": "depends_on",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Tasks that must be done before.",
      "words": []
    },
    {
      "name": "parent",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The task that it is a part of.",
      "words": []
    },
    {
      "name": "trigger",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What the next attempt will be for: `execute` or `revise`.",
      "words": [
        "execute",
        "revise",
        "review",
        "rebut",
        "mention",
        "offer",
        "round",
        "distill",
        "arbitrate",
        "guard"
      ]
    },
    {
      "name": "review_phase",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Whose turn it is while it is in review.",
      "words": [
        "review",
        "rebuttal"
      ]
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Round of review, from 1; 0 before the first.",
      "words": []
    },
    {
      "name": "max_rounds",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rounds that are allowed.",
      "words": []
    },
    {
      "name": "approvals_needed",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Approvals that its review asks for; 0 until `review_depth` was asked.",
      "words": []
    },
    {
      "name": "approvals_missing",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Approvals of this round that are still missing.",
      "words": []
    },
    {
      "name": "dispatch_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How often an agent was dispatched to do it.",
      "words": []
    },
    {
      "name": "retry_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How often an attempt died.",
      "words": []
    },
    {
      "name": "attempts",
      "type": "array of Attempt",
      "unit": "",
      "nullable": false,
      "meaning": "Every attempt, oldest first.",
      "words": []
    },
    {
      "name": "reviews",
      "type": "array of Review",
      "unit": "",
      "nullable": false,
      "meaning": "Every review, oldest first.",
      "words": []
    },
    {
      "name": "authors",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Agents that worked on it: they may not review it.",
      "words": []
    },
    {
      "name": "outputs",
      "type": "array of Output",
      "unit": "",
      "nullable": false,
      "meaning": "The latest output of each title.",
      "words": []
    },
    {
      "name": "unreadable",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Whose reviews of this round could not be read, once for each of them.",
      "words": []
    },
    {
      "name": "is_unchanged",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "The last revision brought the same outputs as were judged before it.",
      "words": []
    },
    {
      "name": "questions_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Questions of guardrails about it that nobody has answered yet: `guard` starts somebody.",
      "words": []
    },
    {
      "name": "gate_waits_for",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Checks that its completion waits for; empty when it does not wait.",
      "words": []
    },
    {
      "name": "discussion_round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rounds of discussion so far; 0 before the first.",
      "words": []
    },
    {
      "name": "discussion_step",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "How far the last of them has come.",
      "words": [
        "talk",
        "summary",
        "over"
      ]
    },
    {
      "name": "discussion_waits_for",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Who was asked in it and has not spoken.",
      "words": []
    },
    {
      "name": "discussion_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since it was opened.",
      "words": []
    },
    {
      "name": "review_tokens",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that its reviews, answers and decisions have used, since a person last decided about it.",
      "words": []
    },
    {
      "name": "outputs_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How many outputs it has.",
      "words": []
    },
    {
      "name": "comments_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How many comments it has.",
      "words": []
    },
    {
      "name": "subtasks_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How many children it has.",
      "words": []
    },
    {
      "name": "live_attempts_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Attempts that are live now.",
      "words": []
    },
    {
      "name": "tokens",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that all its attempts have used.",
      "words": []
    },
    {
      "name": "cost_micros",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "What they cost, in micro-units of the currency.",
      "words": []
    },
    {
      "name": "allowance",
      "type": "Allowance",
      "unit": "",
      "nullable": false,
      "meaning": "What a person allowed beyond its budget, and from where that counts.",
      "words": []
    },
    {
      "name": "risk_set_by",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Who said what a mistake would cost: a person, or an agent.",
      "words": []
    },
    {
      "name": "blocked_on",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What it waits for when blocked: a task, an agent or `human`.",
      "words": []
    },
    {
      "name": "escalated_to",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Who has to decide when escalated.",
      "words": []
    },
    {
      "name": "reason",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Why the last transition was made.",
      "words": []
    },
    {
      "name": "is_ready",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "Pending, with no time and no children to wait for.",
      "words": []
    },
    {
      "name": "not_before",
      "type": "Time",
      "unit": "UTC",
      "nullable": true,
      "meaning": "Not to be dispatched before.",
      "words": []
    },
    {
      "name": "created_at",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "When it was created.",
      "words": []
    },
    {
      "name": "age_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since it was created.",
      "words": []
    },
    {
      "name": "in_status_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since its status changed.",
      "words": []
    }
  ],
  "Attempt": [
    {
      "name": "id",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Its id, such as `sales.t-12.3`.",
      "words": []
    },
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The task.",
      "words": []
    },
    {
      "name": "agent",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who works.",
      "words": []
    },
    {
      "name": "kind",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Why it was started.",
      "words": [
        "execute",
        "revise",
        "review",
        "rebut",
        "mention",
        "offer",
        "round",
        "distill",
        "arbitrate",
        "guard"
      ]
    },
    {
      "name": "runner",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The runner.",
      "words": []
    },
    {
      "name": "provider",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The provider account that it uses up, for `park`.",
      "words": []
    },
    {
      "name": "spawned",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "The daemon started it.",
      "words": []
    },
    {
      "name": "is_live",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It has not ended.",
      "words": []
    },
    {
      "name": "is_settled",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It began before a person last decided about its task, and counts against nothing any more.",
      "words": []
    },
    {
      "name": "is_started",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "Work has begun; false while its task is only claimed.",
      "words": []
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Round of review that it belongs to.",
      "words": []
    },
    {
      "name": "started_at",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "When it was started.",
      "words": []
    },
    {
      "name": "runtime_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "How long it has run, or ran.",
      "words": []
    },
    {
      "name": "silent_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since it last printed something.",
      "words": []
    },
    {
      "name": "heartbeat_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since it last wrote to the blackboard.",
      "words": []
    },
    {
      "name": "timeout_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "How long it may run.",
      "words": []
    },
    {
      "name": "outcome",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "How it ended.",
      "words": [
        "completed",
        "timeout",
        "rate_limited",
        "quota_exceeded",
        "auth_failed",
        "network",
        "lock_conflict",
        "interrupted",
        "crashed",
        "spawn_failed",
        "model_fallback",
        "no_result",
        "declined",
        "cancelled",
        "claim_expired",
        "lost",
        "over_budget"
      ]
    },
    {
      "name": "retry_class",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What trying again would mean after this end.",
      "words": [
        "never",
        "free",
        "counted",
        "after_reset",
        "person"
      ]
    },
    {
      "name": "resets_at",
      "type": "Time",
      "unit": "UTC",
      "nullable": true,
      "meaning": "When the provider's limit resets, as its runner told.",
      "words": []
    },
    {
      "name": "retry_after_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": true,
      "meaning": "From its end until then.",
      "words": []
    },
    {
      "name": "tokens",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tokens that it has used.",
      "words": []
    },
    {
      "name": "cost_micros",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "What they cost, in micro-units of the currency.",
      "words": []
    },
    {
      "name": "exit_code",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Its exit code.",
      "words": []
    },
    {
      "name": "detail",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What is known about the end, in words.",
      "words": []
    },
    {
      "name": "nudges_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How often it was nudged.",
      "words": []
    }
  ],
  "Review": [
    {
      "name": "id",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The task.",
      "words": []
    },
    {
      "name": "reviewer",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who reviewed.",
      "words": []
    },
    {
      "name": "verdict",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The conclusion.",
      "words": [
        "approved",
        "needs_revision",
        "rejected"
      ]
    },
    {
      "name": "confidence",
      "type": "float",
      "unit": "",
      "nullable": false,
      "meaning": "How sure the reviewer is, 0 to 1.",
      "words": []
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Round of review, from 1.",
      "words": []
    },
    {
      "name": "max_rounds",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rounds that are allowed.",
      "words": []
    },
    {
      "name": "approvals_missing",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Approvals still missing in this round, this review counted.",
      "words": []
    },
    {
      "name": "worst_severity",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The worst severity among the issues.",
      "words": [
        "minor",
        "major",
        "critical"
      ]
    },
    {
      "name": "upheld_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Issues that it upholds after the author's answer.",
      "words": []
    },
    {
      "name": "repeats_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Issues that say again what was withdrawn in this task before.",
      "words": []
    },
    {
      "name": "reviewer_reviews_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Verdicts of the reviewer of which it is known what became of them.",
      "words": []
    },
    {
      "name": "reviewer_brier",
      "type": "float",
      "unit": "",
      "nullable": true,
      "meaning": "Mean squared distance of the reviewer's confidence from what became of the verdicts; 0 is perfect, 0.25 a coin.",
      "words": []
    },
    {
      "name": "reviewer_overconfidence",
      "type": "float",
      "unit": "",
      "nullable": true,
      "meaning": "By how much the reviewer's mean confidence exceeds the share of verdicts that held.",
      "words": []
    },
    {
      "name": "issues",
      "type": "array of Issue",
      "unit": "",
      "nullable": false,
      "meaning": "The findings.",
      "words": []
    },
    {
      "name": "at",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "When it was submitted.",
      "words": []
    }
  ],
  "Issue": [
    {
      "name": "id",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "severity",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "How bad it is.",
      "words": [
        "minor",
        "major",
        "critical"
      ]
    },
    {
      "name": "text",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What is wrong.",
      "words": []
    },
    {
      "name": "stance",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The author's answer.",
      "words": [
        "ACCEPT",
        "REJECT",
        "PARTIAL"
      ]
    },
    {
      "name": "reason",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The author's reason.",
      "words": []
    },
    {
      "name": "ruling",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What a later review says about it, when the author did not accept it.",
      "words": [
        "upheld",
        "withdrawn"
      ]
    },
    {
      "name": "upholds",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Id of the issue of an earlier round that it upholds.",
      "words": []
    },
    {
      "name": "repeats",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Id of the issue that says the same and was withdrawn in this task before.",
      "words": []
    }
  ],
  "Output": [
    {
      "name": "title",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Its name.",
      "words": []
    },
    {
      "name": "path",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Where it is, below the project's folder.",
      "words": []
    },
    {
      "name": "output_type",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What it is.",
      "words": [
        "code",
        "document",
        "data",
        "config",
        "other"
      ]
    },
    {
      "name": "size_bytes",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its size when it was registered.",
      "words": []
    },
    {
      "name": "sha256",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "SHA-256 of the file when it was registered, in hexadecimal.",
      "words": []
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Round of review that it was made for, from 0.",
      "words": []
    }
  ],
  "File": [
    {
      "name": "title",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The output's name.",
      "words": []
    },
    {
      "name": "path",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Where it is, below the project's folder.",
      "words": []
    },
    {
      "name": "exists",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It is there.",
      "words": []
    },
    {
      "name": "size_bytes",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its size; 0 when it is not there.",
      "words": []
    },
    {
      "name": "sha256",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "SHA-256, in hexadecimal.",
      "words": []
    },
    {
      "name": "json_valid",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "It is JSON.",
      "words": []
    }
  ],
  "Rebuttal": [
    {
      "name": "id",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The task.",
      "words": []
    },
    {
      "name": "review",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Id of the review that it answers.",
      "words": []
    },
    {
      "name": "author",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who answers.",
      "words": []
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Round of review.",
      "words": []
    },
    {
      "name": "max_rounds",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rounds that are allowed.",
      "words": []
    },
    {
      "name": "accepts_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Issues that are accepted.",
      "words": []
    },
    {
      "name": "partials_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Issues that are accepted in part.",
      "words": []
    },
    {
      "name": "rejects_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Issues that are rejected.",
      "words": []
    },
    {
      "name": "repeated_rejects_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rejected issues that a reviewer has upheld before.",
      "words": []
    },
    {
      "name": "at",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "When it was submitted.",
      "words": []
    }
  ],
  "Mention": [
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The task.",
      "words": []
    },
    {
      "name": "agent",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The agent.",
      "words": []
    },
    {
      "name": "comments_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Comments that mention it.",
      "words": []
    },
    {
      "name": "tries_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How often delivery was tried.",
      "words": []
    },
    {
      "name": "age_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since the first of them.",
      "words": []
    },
    {
      "name": "is_under_way",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "An attempt to deliver it runs.",
      "words": []
    },
    {
      "name": "since_try_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": true,
      "meaning": "Since the last attempt ended; `()` before the first.",
      "words": []
    },
    {
      "name": "chain_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Attempts that mentions have started on the task since a person last wrote there, or a round of discussion began.",
      "words": []
    }
  ],
  "Round": [
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The parent.",
      "words": []
    },
    {
      "name": "round",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Rounds so far.",
      "words": []
    },
    {
      "name": "done_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Children that are done.",
      "words": []
    },
    {
      "name": "failed_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Children that failed or were cancelled.",
      "words": []
    },
    {
      "name": "is_unchanged",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "An earlier round asked for changes, and since then no part is new or went on, no result was added, and no person has moved the parent.",
      "words": []
    }
  ],
  "Tag": [
    {
      "name": "tag",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "The tag.",
      "words": []
    },
    {
      "name": "experiences_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Active lessons that carry it and were not distilled yet.",
      "words": []
    },
    {
      "name": "tasks_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Different tasks that they came from.",
      "words": []
    },
    {
      "name": "candidates_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Lessons drawn from records that carry it and that nobody has confirmed; they come along as material.",
      "words": []
    },
    {
      "name": "new_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Those of `experiences_count` that are newer than the end of the last distillation of the tag.",
      "words": []
    },
    {
      "name": "is_distilling",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "A task makes a skill of its lessons now.",
      "words": []
    }
  ],
  "Experience": [
    {
      "name": "id",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "tags",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "What it is about.",
      "words": []
    },
    {
      "name": "references_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "How often it was used.",
      "words": []
    },
    {
      "name": "unused_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": false,
      "meaning": "Since it was last used, or learned.",
      "words": []
    }
  ],
  "Skill": [
    {
      "name": "id",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Its id.",
      "words": []
    },
    {
      "name": "level",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Where it is kept: `project`, `custom` or `builtin`.",
      "words": [
        "project",
        "custom",
        "builtin"
      ]
    },
    {
      "name": "status",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "How far it is trusted: `draft`, `active` or `deprecated`.",
      "words": [
        "draft",
        "active",
        "deprecated"
      ]
    },
    {
      "name": "source",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "How it came to be: `builtin`, `distilled`, `imported` or `written`.",
      "words": [
        "builtin",
        "distilled",
        "imported",
        "written"
      ]
    },
    {
      "name": "version",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Which version.",
      "words": []
    },
    {
      "name": "tags",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "What it is about.",
      "words": []
    },
    {
      "name": "uses_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Tasks that had it in a prompt since its status changed.",
      "words": []
    },
    {
      "name": "successes_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Those of them that are done.",
      "words": []
    },
    {
      "name": "failures_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Those of them that failed.",
      "words": []
    },
    {
      "name": "agents_count",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Different agents among those that succeeded.",
      "words": []
    },
    {
      "name": "unused_seconds",
      "type": "integer",
      "unit": "seconds",
      "nullable": true,
      "meaning": "Since it was last used, or its status changed; `()` when neither is known.",
      "words": []
    }
  ],
  "Incoming": [
    {
      "name": "source",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Name of the source in `webhooks` of the configuration.",
      "words": []
    },
    {
      "name": "forge",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What sends it.",
      "words": [
        "gitea",
        "github"
      ]
    },
    {
      "name": "event",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What happened, in the forge's words: `issues`, `issue_comment`, `pull_request`, `status`, `workflow_run` …",
      "words": []
    },
    {
      "name": "action",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What was done, in the forge's words: `opened`, `closed`, `created` …",
      "words": []
    },
    {
      "name": "repository",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Owner and name of the repository.",
      "words": []
    },
    {
      "name": "number",
      "type": "integer",
      "unit": "",
      "nullable": true,
      "meaning": "Number of the issue or pull request.",
      "words": []
    },
    {
      "name": "reference",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "Names the issue, pull request or branch for good: `gitea:team/app#12`, `gitea:team/app@main`.",
      "words": []
    },
    {
      "name": "is_pull_request",
      "type": "bool",
      "unit": "",
      "nullable": false,
      "meaning": "True for a pull request, and for a comment on one.",
      "words": []
    },
    {
      "name": "title",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Title of the issue or pull request, or name of the check.",
      "words": []
    },
    {
      "name": "body",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Text of the issue, pull request, comment or review.",
      "words": []
    },
    {
      "name": "author",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who did it.",
      "words": []
    },
    {
      "name": "url",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Where a person sees it.",
      "words": []
    },
    {
      "name": "state",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "What came of a check, or state of a review: `success`, `failure`, `approved` …",
      "words": []
    },
    {
      "name": "branch",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The branch, for pull requests and checks.",
      "words": []
    },
    {
      "name": "labels",
      "type": "array of string",
      "unit": "",
      "nullable": false,
      "meaning": "Labels of the issue or pull request.",
      "words": []
    },
    {
      "name": "args",
      "type": "Json",
      "unit": "",
      "nullable": false,
      "meaning": "`args` of the source in the configuration.",
      "words": []
    },
    {
      "name": "payload",
      "type": "Json",
      "unit": "",
      "nullable": false,
      "meaning": "Everything that the forge sent.",
      "words": []
    }
  ],
  "Event": [
    {
      "name": "id",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Its id, increasing.",
      "words": []
    },
    {
      "name": "project",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The project; `()` for the daemon's own.",
      "words": []
    },
    {
      "name": "task",
      "type": "string",
      "unit": "",
      "nullable": true,
      "meaning": "The task, when it is about one.",
      "words": []
    },
    {
      "name": "kind",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "What happened.",
      "words": [
        "task_created",
        "task_status_changed",
        "comment_added",
        "output_added",
        "review_submitted",
        "rebuttal_submitted",
        "observation_added",
        "decision_added",
        "attempt_started",
        "attempt_ended",
        "mention_delivered",
        "escalated",
        "checkpoint_opened",
        "budget_used_up",
        "zombie_suspected",
        "experience_learned",
        "skill_changed",
        "policy_reloaded",
        "policy_rejected",
        "job_finished",
        "backup_finished",
        "project_changed",
        "daemon_state",
        "gap",
        "agent_log"
      ]
    },
    {
      "name": "level",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "How much it matters.",
      "words": [
        "urgent",
        "attention",
        "routine",
        "activity"
      ]
    },
    {
      "name": "actor",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "Who did it.",
      "words": []
    },
    {
      "name": "at",
      "type": "Time",
      "unit": "UTC",
      "nullable": false,
      "meaning": "When.",
      "words": []
    },
    {
      "name": "summary",
      "type": "string",
      "unit": "",
      "nullable": false,
      "meaning": "One line for people.",
      "words": []
    },
    {
      "name": "payload",
      "type": "Json",
      "unit": "",
      "nullable": false,
      "meaning": "The facts.",
      "words": []
    }
  ],
  "Time": [
    {
      "name": "year",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Year.",
      "words": []
    },
    {
      "name": "month",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Month, 1 to 12.",
      "words": []
    },
    {
      "name": "day",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Day of the month, 1 to 31.",
      "words": []
    },
    {
      "name": "hour",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Hour, 0 to 23.",
      "words": []
    },
    {
      "name": "minute",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Minute, 0 to 59.",
      "words": []
    },
    {
      "name": "second",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Second, 0 to 59.",
      "words": []
    },
    {
      "name": "weekday",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Day of the week, 1 (Monday) to 7 (Sunday).",
      "words": []
    },
    {
      "name": "unix",
      "type": "integer",
      "unit": "",
      "nullable": false,
      "meaning": "Seconds since 1970-01-01 UTC.",
      "words": []
    }
  ]
}

