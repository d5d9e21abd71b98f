// Made by `npm run generate` from openapi/openapi.json. Do not edit.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the daemon can do its work */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as YAML */
        get: operations["getOpenApiYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the daemon and its projects are doing */
        get: operations["getDaemonStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What takes up space below the root
         * @description Sizes in bytes, added up now; `retention` of the configuration says what is removed when.
         */
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/trends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the daemon's figures have developed
         * @description A point a minute, for a day at most; they begin anew with each start of the daemon. More points than wanted are
         *     drawn together: counts are added, of peaks the highest is shown, of the rest the last.
         */
        get: operations["getTrends"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/log-level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** At which level is logged */
        get: operations["getLogLevel"];
        /**
         * Logs at another level until the daemon stops
         * @description For people. The next start is at the level of the configuration again.
         */
        put: operations["setLogLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Attempts that are live now */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops the ticker
         * @description Nobody is dispatched any more; the server and the attempts that run go on.
         */
        post: operations["stopTicker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts the ticker */
        post: operations["startTicker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/daemon/tick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ticks every project now
         * @description Answers when all are done, whether the ticker runs or not.
         */
        post: operations["tick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen
         * @description `id` of each is durable and increasing: with `Last-Event-ID` (or `after`) everything since then comes first.
         *     When some of that is gone, an event `gap` says so: fetch again what you show. A comment line comes every 15 s.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Past events, oldest first unless `newest` asks otherwise */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's events, newest first, at most 500 */
        get: operations["listTaskEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's attempts, oldest first */
        get: operations["listAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/subtasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's children, oldest first, at most 500 */
        get: operations["listSubtasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every project, archived and quarantined ones too */
        get: operations["listProjects"];
        put?: never;
        /** Creates a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a project's name */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/projects/{project}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a project aside
         * @description It can be read, and nothing in it changes. Refused while a task is claimed, working or in review.
         */
        post: operations["archiveProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an archived project up again */
        post: operations["restoreProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A project's tasks */
        get: operations["listTasks"];
        put?: never;
        /** Creates a task */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates several tasks, all or none */
        post: operations["createTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes fields of a task
         * @description The status has verbs of its own; only changed dependencies move a task: it is blocked while one is open, and pending
         *     again when none is left.
         */
        patch: operations["updateTask"];
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a task is where it is: what it waits for, and the decisions that concerned it */
        get: operations["explainTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a pending task
         * @description Answers with the task and the fencing token for the writes that follow. A second claim, also by the same
         *     agent, is refused with `already_claimed`.
         */
        post: operations["claimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins with a claimed task */
        post: operations["startTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that the work is complete
         * @description The completion gate checks `must_haves` first; what is missing is listed with `gate_failed`.
         */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the task cannot be done */
        post: operations["failTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Waits for a task, an agent or a person */
        post: operations["blockTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a failed task another chance */
        post: operations["retryTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls a task off for good
         * @description Its processes are ended.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a task aside */
        post: operations["pauseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a paused task up where it was left */
        post: operations["resumeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets somebody with more say decide
         * @description Whoever `on` names, else the coordinator, else a person.
         */
        post: operations["escalateTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides about an escalated task */
        post: operations["resolveTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has finished work looked at again */
        post: operations["reopenTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/outputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's outputs, oldest first */
        get: operations["listOutputs"];
        put?: never;
        /**
         * Adds an output
         * @description A text titled `report.md` becomes `artifacts/<task>/outputs/report.md`; a path must lie in the project's folder.
         */
        post: operations["addOutput"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's thread, oldest first */
        get: operations["listComments"];
        put?: never;
        /** Adds a comment */
        post: operations["addComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's decisions, oldest first */
        get: operations["listDecisions"];
        put?: never;
        /** Records a decision and why */
        post: operations["addDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's observations, oldest first */
        get: operations["listObservations"];
        put?: never;
        /** Records something that was noticed */
        post: operations["addObservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/experiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records a lesson for later tasks */
        post: operations["addExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes the records of a task that was worked on elsewhere
         * @description As a line of `task export` has them: comments, outputs with their files, decisions, observations, reviews, rebuttals.
         *     For people, and only on a task that nobody has worked on here. Nothing follows from them.
         */
        post: operations["importRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/experiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A project's lessons, newest first */
        get: operations["listExperiences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/experiences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Confirms a lesson, takes it back, or mends it
         * @description A candidate becomes `active`; a lesson that is wrong becomes `deprecated`. For people and the coordinator.
         */
        patch: operations["patchExperience"];
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/outputs/{output}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file of an output
         * @description Takes `Range: bytes=…` with one range. Raster images come with their own media type, everything else as plain
         *     text, or as bytes where `download` asks for it.
         */
        get: operations["getOutputContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's reviews with their issues, oldest first */
        get: operations["listReviews"];
        put?: never;
        /**
         * Submits a review of a task in review
         * @description People may, and the project's agents that may review. Nobody who worked on the task may (`self_review`). In a further round each issue that the author answered with REJECT or PARTIAL needs a ruling; an approval without rulings withdraws them all. A review that says nothing usable is an error of its reviewer and moves nothing. What follows from a review is decided by `escalation.rhai`.
         */
        post: operations["addReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files that a task brought, compared with those that were judged in the round before */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/calibration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How well the confidence of each reviewer fits what became of the verdicts
         * @description A verdict is confirmed or overturned by what comes later: the author's answers, rulings, decisions, a task that is opened again.
         */
        get: operations["listCalibration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/rebuttals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's rebuttals, oldest first */
        get: operations["listRebuttals"];
        put?: never;
        /** Answers the issues of a review, each of them */
        post: operations["addRebuttal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/attempts/{number}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an attempt printed
         * @description Takes `Range: bytes=…` with one range.
         */
        get: operations["getAttemptLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/attempts/{number}/log/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an attempt prints, as it comes
         * @description Events are named `log`, and `end` when the attempt is over. `id` is the place in the log behind the piece: it
         *     resumes there with `Last-Event-ID`.
         */
        get: operations["streamAttemptLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attempts/{id}/kill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an attempt's process */
        post: operations["killAttempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Late writes that were refused and kept, newest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/dead-letters/{letter}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does what a late write wanted to do, on a person's responsibility */
        post: operations["applyDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/dead-letters/{letter}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a late write aside for good */
        post: operations["discardDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions to people, newest first */
        get: operations["listCheckpoints"];
        put?: never;
        /** Asks a person; the task waits for the answer */
        post: operations["openCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/checkpoints/{checkpoint}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a question */
        post: operations["answerCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails, newest first */
        get: operations["listMail"];
        put?: never;
        /**
         * Sends a mail, or answers one
         * @description A `request` (the default for a new mail) wants an answer: an agent is started to give it, a person finds it in the
         *     mailbox. An `inform` (the default for an answer) is to be known: an agent is told once, and whoever only answers
         *     an `inform` starts nobody. The first answer to a request closes it.
         */
        post: operations["sendMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/{mail}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One mail */
        get: operations["getMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/{mail}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes that a mail was read */
        post: operations["readMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/prompt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an agent would get that is started on a task now
         * @description Nothing is started and nothing written. Of an agent that works on it, it is the prompt as it would be now.
         */
        get: operations["getPrompt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/tasks/{task}/prompt/{section}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One part of what a prompt can say, a page of it
         * @description This is how an agent reads what its message leaves out. Of lists with an age, the newest items come first.
         */
        get: operations["getPromptPart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The prompt templates, and where each comes from */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each record that agents write must be like, as JSON Schema */
        get: operations["listSchemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schemas/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one record must be like, as JSON Schema */
        get: operations["getSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scripts of all projects and of jobs, and where each comes from */
        get: operations["listScripts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A script of all projects or of a job, with its source */
        get: operations["getScript"];
        /**
         * Saves a script for all projects or for a job; in force at once
         * @description A broken one is refused, with file, line and column, and nothing changes.
         */
        put: operations["putScript"];
        post?: never;
        /** Takes an override away; the built-in script is in force at once */
        delete: operations["deleteScript"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a script would be accepted for all projects or for a job */
        post: operations["checkScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a script of all projects or of a job said before, newest first */
        get: operations["listScriptVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/{name}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a script, saved for all projects, would do now in one of them; nothing is done */
        post: operations["simulateScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/{name}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a script, saved for all projects, would have decided otherwise in one of them */
        post: operations["replayScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scripts in force in a project, and where each comes from */
        get: operations["listProjectScripts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A script in force in a project, with its source */
        get: operations["getProjectScript"];
        /**
         * Saves a project's own version of a script; in force at once
         * @description A broken one is refused, with file, line and column, and nothing changes.
         */
        put: operations["putProjectScript"];
        post?: never;
        /** Takes a project's own version away; the next level's is in force at once */
        delete: operations["deleteProjectScript"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a script would be accepted in a project */
        post: operations["checkProjectScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a project's own version of a script said before, newest first */
        get: operations["listProjectScriptVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts/{name}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a script would do now in a project; nothing is done */
        post: operations["simulateProjectScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/scripts/{name}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a script would have decided otherwise in a project's past
         * @description Both scripts see what was really there at each tick on record, also after a difference.
         */
        post: operations["replayProjectScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The skills of all projects
         * @description Shipped ones, those of `skills/custom`, and what is broken there, with file and line.
         */
        get: operations["listSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills/{skill}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A skill of all projects, with its text, versions, evidence and newest uses */
        get: operations["getSkill"];
        /**
         * Saves a skill for all projects
         * @description A new version of what is in `skills/custom`, a copy over a shipped one, or a new draft. Broken text is refused,
         *     with file and line, and nothing changes.
         */
        put: operations["putSkill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a skill over from elsewhere, as a draft
         * @description The folder of a skill as Claude Code, Codex and OpenClaw use it: `SKILL.md` with `name` and `description`, and text
         *     files beside it.
         */
        post: operations["importSkill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills/{skill}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a draft an active skill, or takes a deprecated one up again */
        post: operations["approveSkill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills/{skill}/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a skill out of use */
        post: operations["deprecateSkill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/skills/{skill}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes an earlier version of a skill the present one again, as it was */
        post: operations["rollBackSkill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skills of a project: its own, those of all projects, and what is broken */
        get: operations["listProjectSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project}/skills/{skill}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A skill as a project has it */
        get: operations["getProjectSkill"];
        /** Saves a project's own version of a skill */
        put: operations["putProjectSkill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who there is, and who does what now */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs, and how they are doing */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{name}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a job now
         * @description Answers once the run has begun; the event `job_finished` and the history tell how it went.
         */
        post: operations["runJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of a job, newest first */
        get: operations["listJobRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a line into the inbox
         * @description The same as appending it to `inbox/daemon.jsonl`: it is taken within a second.
         */
        post: operations["postInbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Full-text search: tasks, comments, outputs, lessons, skills
         * @description What has all of the words, best first. The beginning of a word is enough; words between double quotes must stand
         *     together; Chinese, Japanese and Korean are found character by character. A task's id finds that task. At most the
         *     100 best of each project.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration in force */
        get: operations["getConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The backups, newest first */
        get: operations["listBackups"];
        put?: never;
        /** Makes a backup now, of one project or of everything */
        post: operations["runBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/{backup}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves that a backup can be restored */
        post: operations["verifyBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/{backup}/restore/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a restore would do; changes nothing
         * @description A copy that would not serve is refused as a restore would refuse it.
         */
        post: operations["planRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/{backup}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a backup in the place of a project's database
         * @description Existing data is replaced only with `force`; a safety copy of it is kept. Live attempts are fenced off.
         */
        post: operations["restoreBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was spent, and on what
         * @description Sums count by whole days (UTC). Runners tell what they used while they run or when they end.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The provider accounts, and which of them rest */
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/providers/{provider}/unpark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a provider account be used again before its time
         * @description For an account that was parked by a rate limit, a quota or a refused login, when the cause is gone.
         */
        post: operations["unparkProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went out by channels, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a message by a channel, so that you see whether it works
         * @description It goes the way of every delivery: look at it by its id to see how it went.
         */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a delivery again that was given up */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a webhook of Gitea, Forgejo or GitHub
         * @description Its signature (`X-Hub-Signature-256` or `X-Gitea-Signature`) is checked with the secret of the source; an API key is
         *     not needed. `webhook.rhai` decides what follows, by lines for the inbox.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The webhooks that came in, newest first */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys, newest first; never their secrets */
        get: operations["listKeys"];
        put?: never;
        /**
         * Makes a key
         * @description Its secret is in this answer and nowhere else.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a key another secret; the old one opens nothing any more */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a key */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Accepted
         * @description A line that is in the inbox now
         */
        Accepted: {
            /** @description Always true. */
            accepted: boolean;
        };
        /**
         * Agent
         * @description An agent, and what it does now
         */
        Agent: {
            /**
             * Format: agent-id
             * @description Its id.
             * @example zhangfei-dev
             */
            id: string;
            /** @description Name for people. */
            display_name: string;
            /** @description What it is for. */
            role: components["schemas"]["AgentRole"];
            /** @description What it can do. */
            capabilities: string[];
            /** @description How it is started; null for one that comes by itself. */
            runner: string | null;
            /**
             * Format: uint32
             * @description Processes of it at once.
             */
            max_concurrent: number;
            /** @description May review. */
            can_review: boolean;
            /** @description Takes what nobody else can. */
            fallback: boolean;
            /** @description Projects it works on. */
            projects: string[];
            /** @description Its live attempts. */
            sessions: components["schemas"]["Busy"][];
            /** @description The provider account that it uses up; null for one that comes by itself. */
            provider: string | null;
            /**
             * Format: date-time
             * @description Its provider is parked until then.
             * @example 2026-11-22T09:30:00.000Z
             */
            parked_until: string | null;
            /** @description Why its provider is parked. */
            parked_reason: string | null;
            /** @description What it has spent over all projects. */
            spent: components["schemas"]["Spent"];
        };
        /**
         * @description What an agent is for
         * @enum {string}
         */
        AgentRole: "planner" | "executor" | "reviewer" | "coordinator";
        /**
         * Answer
         * @description An author's answer to one issue
         */
        Answer: {
            /**
             * Format: int64
             * @description The issue.
             */
            issue_id: number;
            /** @description The answer. */
            stance: components["schemas"]["Stance"];
            /** @description Why. */
            reason: string;
        };
        /**
         * ApiKey
         * @description A key to the API
         */
        ApiKey: {
            /**
             * Format: int64
             * @description Counts up.
             */
            id: number;
            /** @description What it is for. */
            name: string;
            /** @description What it is good for. */
            scope: components["schemas"]["KeyScope"];
            /**
             * Format: agent-id
             * @description Who writes with it.
             * @example zhangfei-dev
             */
            agent: string | null;
            /**
             * Format: project-id
             * @description In which project.
             * @example almanac
             */
            project: string | null;
            /**
             * Format: task-id
             * @description Only on this task.
             * @example t-12
             */
            task: string | null;
            /** @description How its secret begins. */
            prefix: string;
            /** @description Who made it. */
            created_by: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends; null when it does not.
             * @example 2026-11-22T09:30:00.000Z
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was revoked; null when it was not.
             * @example 2026-11-22T09:30:00.000Z
             */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute; null before.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_used_at: string | null;
        };
        /**
         * Attempt
         * @description Somebody working on a task, from claim to outcome
         */
        Attempt: {
            /**
             * Format: attempt-id
             * @description `<project>.t-<n>.<number>`.
             * @example almanac.t-12.3
             */
            id: string;
            /**
             * Format: project-id
             * @description The project of the task.
             * @example almanac
             */
            project: string;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: int64
             * @description Counts from 1 within the task.
             */
            number: number;
            /**
             * Format: actor
             * @description Who works: an agent, or a person who claimed.
             * @example human
             */
            agent: string;
            /** @description Why it was started. */
            kind: components["schemas"]["Trigger"];
            /** @description How far it has come. */
            state: components["schemas"]["AttemptState"];
            /** @description True when the daemon started a process for it. */
            spawned: boolean;
            /** @description The runner that was used; null for outside agents. */
            runner: string | null;
            /** @description The provider account that it uses up. */
            provider: string | null;
            /**
             * Format: int64
             * @description Process id, while and after it ran.
             */
            pid: number | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the process (or the outside agent) started.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it last wrote to the blackboard.
             * @example 2026-11-22T09:30:00.000Z
             */
            heartbeat_at: string | null;
            /**
             * Format: date-time
             * @description When it last printed something.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_output_at: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-11-22T09:30:00.000Z
             */
            ended_at: string | null;
            /**
             * Format: int64
             * @description How long it may run.
             */
            timeout_seconds: number;
            /** @description How it ended. */
            outcome: components["schemas"]["Outcome"] | null;
            /**
             * Format: int64
             * @description Exit code, when the process ended by itself.
             */
            exit_code: number | null;
            /**
             * Format: int64
             * @description Signal that ended the process.
             */
            signal: number | null;
            /** @description What is known about the end, in words. */
            detail: string | null;
            /** @description What a person should do about the end, in a sentence; null while it is live, and where there is nothing to do. */
            advice: string | null;
            /**
             * Format: date-time
             * @description When the provider's limit resets, as the runner told.
             * @example 2026-11-22T09:30:00.000Z
             */
            resets_at: string | null;
            /**
             * Format: int64
             * @description Bytes in its log.
             */
            log_bytes: number;
            /** @description What it has used up; null while its runner has told nothing. */
            usage: components["schemas"]["Usage"] | null;
            /**
             * Format: int64
             * @description Processor time of its processes so far, user and system.
             */
            cpu_milliseconds: number | null;
            /**
             * Format: int64
             * @description Most memory that its processes had at once.
             */
            peak_memory_bytes: number | null;
            /**
             * Format: int64
             * @description How long its process has run, or ran; a sleeping machine does not count.
             */
            wall_milliseconds: number | null;
        };
        /**
         * @description How far an attempt has come
         * @enum {string}
         */
        AttemptState: "starting" | "running" | "ended";
        /**
         * Backup
         * @description A copy of a project's database, or of the root's own part
         */
        Backup: {
            /** @description `<project>/<time>`. */
            id: string;
            /**
             * Format: project-id
             * @description The project; null for the root's own part.
             * @example almanac
             */
            project: string | null;
            /** @description The file or folder, relative to the root folder where it lies in it. */
            path: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: uint64
             * @description Its size.
             */
            size_bytes: number;
            /** @description True for what a restore replaced: it may be damaged. */
            is_safety_copy: boolean;
        };
        /**
         * Busy
         * @description What an agent does now
         */
        Busy: {
            /**
             * Format: attempt-id
             * @description The attempt.
             * @example almanac.t-12.3
             */
            attempt: string;
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /** @description Why it was started. */
            kind: components["schemas"]["Trigger"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string;
        };
        /**
         * By
         * @description Who acts
         */
        By: {
            /**
             * Format: actor
             * @description An agent, `human` or `human:<name>`.
             * @example human
             */
            agent?: string;
        };
        /**
         * @description How a file compares with the one that was judged before
         * @enum {string}
         */
        ChangeKind: "added" | "changed" | "unchanged" | "missing";
        /**
         * ChannelTest
         * @description A channel to try out
         */
        ChannelTest: {
            /** @description `mail`, `desktop`, or a webhook's name. */
            channel: string;
            /**
             * Format: project-id
             * @description The project whose settings name it; the daemon's own when none.
             * @example almanac
             */
            project?: string;
            /**
             * Format: actor
             * @description Who asks: a person.
             * @example human
             */
            agent?: string;
        };
        /**
         * Checkpoint
         * @description A question to a person, and the answer
         */
        Checkpoint: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task that waits for the answer.
             * @example t-12
             */
            task: string;
            /** @description The question. */
            question: string;
            /** @description Possible answers; any text when empty. */
            options: string[];
            /**
             * Format: actor
             * @description Who asked.
             * @example human
             */
            asked_by: string;
            /** @description The answer. */
            answer: string | null;
            /**
             * Format: actor
             * @description Who answered.
             * @example human
             */
            answered_by: string | null;
            /**
             * Format: date-time
             * @description When its time is over; null when it waits for ever.
             * @example 2026-11-22T09:30:00.000Z
             */
            timeout_at: string | null;
            /** @description What holds when nobody has answered by then. */
            default_answer: string | null;
            /** @description True when its time was over before somebody had answered. */
            timed_out: boolean;
            /**
             * Format: date-time
             * @description When it was asked.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-11-22T09:30:00.000Z
             */
            answered_at: string | null;
        };
        /**
         * CheckpointAnswer
         * @description The answer to a question
         */
        CheckpointAnswer: {
            /**
             * Format: actor
             * @description Who answers: a person.
             * @example human
             */
            agent?: string;
            /** @description The answer. */
            answer: string;
        };
        /**
         * ClaimedTask
         * @description A task that was just claimed
         */
        ClaimedTask: {
            /**
             * Format: task-id
             * @description Its id.
             * @example t-12
             */
            id: string;
            /**
             * Format: project-id
             * @description Its project.
             * @example almanac
             */
            project: string;
            /** @description One line. */
            title: string;
            /** @description The whole request, in Markdown; empty when none was given. */
            description: string;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            status_since: string;
            /** @description Where a paused task goes back to. */
            resumed_from: components["schemas"]["Status"] | null;
            /**
             * Format: date-time
             * @description When it was last claimed.
             * @example 2026-11-22T09:30:00.000Z
             */
            claimed_at: string | null;
            /**
             * Format: date-time
             * @description When work on it last started.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it reached a final status; null while it is open.
             * @example 2026-11-22T09:30:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: int64
             * @description Goes up by one whenever ownership changes.
             */
            fence: number;
            /**
             * Format: int64
             * @description Round of review, from 1; 0 before the first submission.
             */
            round: number;
            /**
             * Format: int64
             * @description How often an attempt died and the task went back to pending.
             */
            retry_count: number;
            /**
             * Format: agent-id
             * @description Who should do it.
             * @example zhangfei-dev
             */
            assignee: string | null;
            /**
             * Format: actor
             * @description Who created it.
             * @example human
             */
            created_by: string;
            /**
             * Format: int64
             * @description 1 to 10, 10 most urgent.
             */
            priority: number;
            /** @description What kind of work it is, such as `code`. */
            task_type: string;
            /** @description What a mistake would cost. */
            risk_level: components["schemas"]["RiskLevel"];
            /** @description What must be there at the end. */
            must_haves: components["schemas"]["MustHaves"];
            /** @description Tasks that must be done before. */
            depends_on: string[];
            /**
             * Format: task-id
             * @description The task that this one is a part of.
             * @example t-12
             */
            parent: string | null;
            /**
             * Format: actor
             * @description Who holds it now.
             * @example human
             */
            owner: string | null;
            /**
             * Format: attempt-id
             * @description The live attempt that owns the task.
             * @example almanac.t-12.3
             */
            attempt: string | null;
            /** @description What the next attempt will be for: `execute` or `revise`. */
            trigger: components["schemas"]["Trigger"];
            /** @description Whose turn it is while the task is in review. */
            review_phase: components["schemas"]["ReviewPhase"] | null;
            /** @description `pending` while its completion waits for checks; it is working until they hold. */
            gate: components["schemas"]["GateState"] | null;
            /** @description The checks that its completion waits for. */
            gate_waits_for: string[];
            /**
             * Format: int64
             * @description How often an agent was dispatched to do the task.
             */
            dispatch_count: number;
            /** @description What a blocked task waits for: a task id, an agent or `human`. */
            blocked_on: string | null;
            /**
             * Format: actor
             * @description Who has to decide about an escalated task.
             * @example human
             */
            escalated_to: string | null;
            /** @description Why the last transition was made, in words. */
            reason: string | null;
            /** @description The agent's own words about what it did. */
            summary: string | null;
            /**
             * Format: date-time
             * @description Not to be dispatched before this time.
             * @example 2026-11-22T09:30:00.000Z
             */
            not_before: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When anything about it last changed.
             * @example 2026-11-22T09:30:00.000Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Goes up with every change.
             */
            revision: number;
            /**
             * Format: int64
             * @description How many comments it has.
             */
            comments_count: number;
            /**
             * Format: int64
             * @description How many outputs it has.
             */
            outputs_count: number;
            /**
             * Format: int64
             * @description How many reviews it has.
             */
            reviews_count: number;
            /**
             * Format: int64
             * @description How many children it has.
             */
            subtasks_count: number;
            /** @description What its attempts have used up. */
            usage: components["schemas"]["Spend"];
            /** @description The fencing token: send it as `X-Moziplus-Token` with every write on this task. */
            token: string;
        };
        /**
         * Comment
         * @description A comment in a task's thread
         */
        Comment: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who wrote it.
             * @example human
             */
            author: string;
            /** @description The whole text, in Markdown. */
            body: string;
            /** @description What it is meant as. */
            comment_type: components["schemas"]["CommentType"];
            /** @description Who should look at it. */
            mentions: string[];
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * @description What a comment is meant as
         * @enum {string}
         */
        CommentType: "note" | "handoff" | "question" | "answer" | "position" | "suggestion" | "claim" | "risk";
        /**
         * Completion
         * @description The work is complete
         */
        Completion: {
            /**
             * Format: actor
             * @description Who acts.
             * @example human
             */
            agent?: string;
            /** @description What was done. */
            summary?: string;
        };
        /**
         * Configuration
         * @description The configuration in force; secrets are never in it, only where they are read from
         */
        Configuration: {
            /** @description The settings, with the sections of `config/default.yaml`; a project's view of them when one was asked for. */
            settings: unknown;
            /**
             * @description Where each value was set, by its key with sections: `built-in`, `config/default.yaml:12`, `environment NAME` or
             *     `flag --name`.
             */
            origins: {
                [key: string]: string;
            };
            /** @description Agents by id, as in `config/agents.yaml`. */
            agents: unknown;
            /** @description Runners by name, as in `config/agents.yaml`. */
            runners: unknown;
            /** @description What is broken; the last good configuration is in force. */
            errors: string[];
            /** @description Keys whose change takes effect with the next start. */
            needs_restart: string[];
        };
        /**
         * DaemonStatus
         * @description How the daemon is doing; every key is always there
         */
        DaemonStatus: {
            /** @description Whether the ticker runs. */
            ticker_running: boolean;
            /**
             * Format: date-time
             * @description When the last full tick ended; null before the first.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_tick: string | null;
            /**
             * Format: double
             * @description Seconds between two ticks.
             */
            tick_interval_seconds: number;
            /** @description Each project that can be used. */
            projects: {
                [key: string]: components["schemas"]["ProjectStatus"];
            };
            /**
             * Format: uint64
             * @description Inbox lines that wait.
             */
            inbox_pending: number;
            /**
             * Format: uint64
             * @description Attempts that are live.
             */
            active_sessions: number;
            /** @description `ok`, or `degraded` when a loop failed, a project is quarantined, or configuration or policy scripts are broken. */
            health: string;
            /** @description Version of moziplus. */
            version: string;
            /**
             * Format: date-time
             * @description When the daemon started.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string | null;
            /**
             * Format: double
             * @description Milliseconds that the last full tick took.
             */
            tick_duration_ms: number;
            /** @description Each loop's own account. */
            loops: {
                [key: string]: components["schemas"]["LoopStatus"];
            };
            /** @description Whether the OpenClaw Gateway answers; null when no agent needs it. */
            gateway_up: boolean | null;
            /**
             * Format: date-time
             * @description Since when the supervisor of the agents' processes does not answer; null while it does.
             * @example 2026-11-22T09:30:00.000Z
             */
            supervisor_silent_since: string | null;
            /**
             * @description The processes of the supervisors while one of them does not answer; empty while all do. `kill -CONT` lets one go on
             *     that was stopped, `kill -9` ends one that hangs: agents live on, and another takes over.
             */
            supervisor_pids: number[];
            /**
             * Format: date-time
             * @description When the newest good backup was made of what has waited longest: a project, or the root's own part.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_backup: string | null;
            /**
             * Format: int64
             * @description Seconds since then.
             */
            backup_age_seconds: number | null;
            /** @description Projects (and `_root`) whose newest backup is older than `backup.alarm_hours`. */
            overdue_backups: string[];
            /**
             * Format: uint64
             * @description Bytes free on the root's disk.
             */
            disk_free_bytes: number | null;
            /** @description True while nobody is started because there is too little of it. */
            disk_low: boolean;
            /**
             * Format: int64
             * @description The newest event's id.
             */
            last_event_id: number;
            /** @description Projects that cannot be used, and why. */
            quarantined: {
                [key: string]: components["schemas"]["Quarantine"];
            };
            /** @description Provider accounts that rest until a limit resets. */
            parked_providers: components["schemas"]["ParkedProvider"][];
            /** @description Those of them that refused a login: a person has to log a program in. */
            refused_logins: components["schemas"]["RefusedLogin"][];
            /** @description What is broken in the configuration; the last good one is in force. */
            config_errors: string[];
            /** @description Prompt templates that are broken; the built-in ones are used. */
            template_faults: string[];
            /** @description What is broken in the jobs' own scripts: file, line and reason. */
            job_script_errors: string[];
        };
        /**
         * DeadLetter
         * @description A write that came with a token that is not current, kept for a person to look at
         */
        DeadLetter: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who wrote, as far as that was said.
             * @example human
             */
            agent: string | null;
            /** @description What it wanted to do, such as `complete` or `output`. */
            operation: string;
            /** @description The request's body. */
            body: unknown;
            /** @description Why it was refused. */
            reason: string;
            /**
             * Format: date-time
             * @description When it arrived.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When a person applied or discarded it.
             * @example 2026-11-22T09:30:00.000Z
             */
            settled_at: string | null;
            /** @description `applied` or `discarded`. */
            settlement: string | null;
        };
        /**
         * DecidingFile
         * @description A script file that had a part in a decision
         */
        DecidingFile: {
            /** @description The file. */
            file: string;
            /** @description SHA-256 of its source. */
            hash: string;
            /** @description Its functions and constants that the hook reaches. */
            names: string[];
        };
        /**
         * Decision
         * @description A choice that somebody made, and why
         */
        Decision: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who decided.
             * @example human
             */
            agent: string;
            /** @description What was decided. */
            decision: string;
            /** @description Why. */
            rationale: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * DecisionOutcome
         * @description What became of one wish of a script
         */
        DecisionOutcome: {
            /**
             * @description The action's name; `none` when the plan left the task waiting, `violation` for a rule that it broke, `fault` for
             *     a script that failed.
             */
            action: string;
            /** @description What was asked for, in words. */
            text: string;
            /** @description `done`, `next` (somebody is started as soon as there is a slot), `refused`, `none`, or `failed`. */
            result: string;
            /** @description Why the core refused it, or why nothing was done; null otherwise. */
            reason: string | null;
            /** @description As the script gave it. */
            value: unknown;
        };
        /**
         * Delivery
         * @description Something that goes out by a channel, and how far it has come
         */
        Delivery: {
            /**
             * Format: int64
             * @description Counts up.
             */
            id: number;
            /** @description What receivers tell repetitions by: `webhook-id`, and part of a mail's Message-ID. */
            message: string;
            /**
             * Format: project-id
             * @description The project whose channel it is; null for the daemon's own.
             * @example almanac
             */
            project: string | null;
            /** @description `mail`, `desktop`, or a webhook's name. */
            channel: string;
            /** @description How far it has come. */
            state: components["schemas"]["DeliveryState"];
            /** @description What it says, in one line. */
            title: string;
            /** @description What it says. */
            text: string;
            /** @description Ids of the events that it tells. */
            events: number[];
            /**
             * Format: date-time
             * @description When it was asked for.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it is tried next; for one that has ended, when it was due last.
             * @example 2026-11-22T09:30:00.000Z
             */
            due_at: string;
            /**
             * Format: date-time
             * @description When it was delivered or given up; null while it waits.
             * @example 2026-11-22T09:30:00.000Z
             */
            ended_at: string | null;
            /**
             * Format: uint32
             * @description How often it was tried.
             */
            attempts: number;
            /**
             * Format: uint16
             * @description The status of the receiver's last answer; null where there was none.
             */
            status: number | null;
            /** @description Why the last try failed; null when it did not. */
            error: string | null;
        };
        /**
         * @description How far a delivery has come
         * @enum {string}
         */
        DeliveryState: "waiting" | "delivered" | "failed";
        /**
         * Event
         * @description Something that happened
         */
        Event: {
            /**
             * Format: int64
             * @description Durable and increasing over all projects.
             */
            id: number;
            /**
             * Format: project-id
             * @description The project; null for the daemon's own.
             * @example almanac
             */
            project: string | null;
            /**
             * Format: task-id
             * @description The task, when it is about one.
             * @example t-12
             */
            task: string | null;
            /** @description What happened. */
            kind: components["schemas"]["EventKind"];
            /** @description How much it matters. */
            level: components["schemas"]["Level"];
            /**
             * Format: actor
             * @description Who did it.
             * @example human
             */
            actor: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description One line for people. */
            summary: string;
            /** @description The facts. */
            payload: unknown;
        };
        /**
         * @description What happened
         * @enum {string}
         */
        EventKind: "task_created" | "task_status_changed" | "comment_added" | "output_added" | "review_submitted" | "rebuttal_submitted" | "observation_added" | "decision_added" | "attempt_started" | "attempt_ended" | "mention_delivered" | "escalated" | "checkpoint_opened" | "budget_used_up" | "zombie_suspected" | "experience_learned" | "skill_changed" | "policy_reloaded" | "policy_rejected" | "job_finished" | "backup_finished" | "project_changed" | "daemon_state" | "gap" | "agent_log";
        /**
         * Experience
         * @description A lesson from one task
         */
        Experience: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: task-id
             * @description The task that it came from.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who learned it.
             * @example human
             */
            agent: string;
            /** @description What was learned. */
            lesson: string;
            /** @description What it is about. */
            tags: string[];
            /** @description What it rests on, such as `attempt sales.t-3.1` or `review 7`. */
            evidence: string[];
            /** @description How far it is trusted. */
            status: components["schemas"]["ExperienceStatus"];
            /**
             * Format: date-time
             * @description When it went into a skill.
             * @example 2026-11-22T09:30:00.000Z
             */
            distilled_at: string | null;
            /**
             * Format: skill-id
             * @description That skill.
             * @example read-csv
             */
            skill: string | null;
            /**
             * Format: int64
             * @description How often it was put into a prompt.
             */
            references_count: number;
            /**
             * Format: date-time
             * @description When it was last put into a prompt.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_referenced_at: string | null;
            /**
             * Format: date-time
             * @description When it was learned.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * @description How far a lesson is trusted
         * @enum {string}
         */
        ExperienceStatus: "candidate" | "active" | "deprecated";
        /**
         * Explanation
         * @description Why a task is where it is
         */
        Explanation: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /**
             * Format: date-time
             * @description When this was found out.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description All reasons in a line. */
            summary: string;
            /** @description What it waits for, and what goes on. */
            reasons: components["schemas"]["WaitReason"][];
            /** @description The decisions that concerned it, newest first. */
            decisions: components["schemas"]["PolicyDecision"][];
        };
        /**
         * FailingHook
         * @description A hook that failed while its script was in force, so that the built-in one answered
         */
        FailingHook: {
            /** @description The function. */
            hook: string;
            /** @description What went wrong last. */
            problem: components["schemas"]["ScriptProblem"];
            /**
             * Format: date-time
             * @description When it first failed, since the scripts are in force.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string;
            /**
             * Format: date-time
             * @description When it last failed.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_at: string;
            /**
             * Format: uint64
             * @description How often it failed.
             */
            times_count: number;
        };
        /**
         * FreshApiKey
         * @description A key with its secret, which is shown this once
         */
        FreshApiKey: {
            /** @description The key. */
            key: components["schemas"]["ApiKey"];
            /** @description Its secret: send it as `Authorization: Bearer SECRET`, or open `/login?key=SECRET`. */
            secret: string;
        };
        /**
         * @description Whether a completion waits for its checks
         * @enum {string}
         */
        GateState: "pending";
        /**
         * Health
         * @description Whether the daemon can do its work
         */
        Health: {
            /** @description `ok` or `degraded`. */
            status: string;
            /** @description Version of moziplus. */
            version: string;
        };
        /**
         * ImportedLine
         * @description What is written on a task, as a line of an export has it
         */
        ImportedLine: {
            /**
             * @description An object with the lists `comments`, `outputs` (with `content` or `content_base64`), `decisions`, `observations`,
             *     `reviews` and `rebuttals`; what else is in it is left out.
             */
            records: unknown;
            /**
             * Format: actor
             * @description Who imports it: a person.
             * @example human
             */
            agent?: string;
        };
        /**
         * ImportedRecords
         * @description What an import wrote
         */
        ImportedRecords: {
            /**
             * Format: int64
             * @description Records.
             */
            records: number;
            /**
             * Format: int64
             * @description Outputs that were left out, because the line does not have their files.
             */
            without_file: number;
        };
        /**
         * InboxLine
         * @description A line for the inbox
         */
        InboxLine: {
            /** @description What happened: `task_created`, `task_ready`, `task_completed`, `task_failed`, `comment_added` or `user_action`. */
            event: string;
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project?: string;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task?: string;
            /**
             * Format: actor
             * @description Who says so.
             * @example human
             */
            agent?: string;
            /** @description When it happened. */
            at?: string;
            /** @description The facts; for `task_created` the body of a new task. */
            data?: unknown;
            /** @description A line with the same id is taken once. */
            id?: string;
            /** @description The name that others have for the task, such as `gitea:team/app#12`: a new task gets it, later lines find it. */
            reference?: string;
            /** @description The fencing token of the attempt that says so; it stands here, never in `data`. */
            token?: string;
        };
        /**
         * @description How bad an issue is
         * @enum {string}
         */
        IssueSeverity: "minor" | "major" | "critical";
        /**
         * Items_ApiKey
         * @description A whole list
         */
        Items_ApiKey: {
            /** @description The items. */
            items: components["schemas"]["ApiKey"][];
        };
        /**
         * Items_Attempt
         * @description A whole list
         */
        Items_Attempt: {
            /** @description The items. */
            items: components["schemas"]["Attempt"][];
        };
        /**
         * Items_Backup
         * @description A whole list
         */
        Items_Backup: {
            /** @description The items. */
            items: components["schemas"]["Backup"][];
        };
        /**
         * Items_Comment
         * @description A whole list
         */
        Items_Comment: {
            /** @description The items. */
            items: components["schemas"]["Comment"][];
        };
        /**
         * Items_Decision
         * @description A whole list
         */
        Items_Decision: {
            /** @description The items. */
            items: components["schemas"]["Decision"][];
        };
        /**
         * Items_Event
         * @description A whole list
         */
        Items_Event: {
            /** @description The items. */
            items: components["schemas"]["Event"][];
        };
        /**
         * Items_Observation
         * @description A whole list
         */
        Items_Observation: {
            /** @description The items. */
            items: components["schemas"]["Observation"][];
        };
        /**
         * Items_Output
         * @description A whole list
         */
        Items_Output: {
            /** @description The items. */
            items: components["schemas"]["Output"][];
        };
        /**
         * Items_OutputChange
         * @description A whole list
         */
        Items_OutputChange: {
            /** @description The items. */
            items: components["schemas"]["OutputChange"][];
        };
        /**
         * Items_Provider
         * @description A whole list
         */
        Items_Provider: {
            /** @description The items. */
            items: components["schemas"]["Provider"][];
        };
        /**
         * Items_Rebuttal
         * @description A whole list
         */
        Items_Rebuttal: {
            /** @description The items. */
            items: components["schemas"]["Rebuttal"][];
        };
        /**
         * Items_RecordSchema
         * @description A whole list
         */
        Items_RecordSchema: {
            /** @description The items. */
            items: components["schemas"]["RecordSchema"][];
        };
        /**
         * Items_Review
         * @description A whole list
         */
        Items_Review: {
            /** @description The items. */
            items: components["schemas"]["Review"][];
        };
        /**
         * Items_ScriptVersion
         * @description A whole list
         */
        Items_ScriptVersion: {
            /** @description The items. */
            items: components["schemas"]["ScriptVersion"][];
        };
        /**
         * Items_Task
         * @description A whole list
         */
        Items_Task: {
            /** @description The items. */
            items: components["schemas"]["Task"][];
        };
        /**
         * Items_TrackRecord
         * @description A whole list
         */
        Items_TrackRecord: {
            /** @description The items. */
            items: components["schemas"]["TrackRecord"][];
        };
        /**
         * Job
         * @description A job, and how it is doing
         */
        Job: {
            /** @description Its name. */
            name: string;
            /** @description When it runs, as a cron expression. */
            cron: string;
            /** @description Time zone of `cron`. */
            timezone: string;
            /** @description The script's name. */
            script: string;
            /**
             * Format: date-time
             * @description When it runs next.
             * @example 2026-11-22T09:30:00.000Z
             */
            next_run: string | null;
            /** @description Its newest run. */
            last_run: components["schemas"]["JobRun"] | null;
            /**
             * Format: date-time
             * @description When it last succeeded.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_success: string | null;
        };
        /**
         * JobRun
         * @description One run of a job
         */
        JobRun: {
            /**
             * Format: int64
             * @description Counts up over all jobs.
             */
            id: number;
            /** @description The job's name. */
            job: string;
            /**
             * Format: date-time
             * @description When it was due.
             * @example 2026-11-22T09:30:00.000Z
             */
            scheduled_at: string;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When it ended; null while it runs.
             * @example 2026-11-22T09:30:00.000Z
             */
            ended_at: string | null;
            /** @description `succeeded`, `failed`, `timed_out`, `skipped` or `interrupted`; null while it runs. */
            outcome: string | null;
            /** @description What it said last, or why it failed. */
            message: string | null;
            /** @description True when a person started it. */
            manual: boolean;
        };
        /**
         * JudgedOutput
         * @description A file as it was when a review judged it
         */
        JudgedOutput: {
            /** @description Its name. */
            title: string;
            /** @description Where it is, below the project's folder. */
            path: string;
            /**
             * Format: int64
             * @description Its size; null when it was not there.
             */
            size_bytes: number | null;
            /** @description SHA-256 of the file on disk, in hexadecimal; null when it was not there. */
            sha256: string | null;
        };
        /**
         * @description What an API key is good for
         * @enum {string}
         */
        KeyScope: "human" | "read_only" | "agent";
        /**
         * Kill
         * @description Ends an attempt
         */
        Kill: {
            /**
             * Format: actor
             * @description Who ends it: a person or the coordinator.
             * @example human
             */
            agent?: string;
            /** @description Why. */
            reason?: string;
        };
        /**
         * LessonPatch
         * @description A change of a lesson; what is left out stays
         */
        LessonPatch: {
            /**
             * Format: actor
             * @description Who changes it: a person or the coordinator.
             * @example human
             */
            agent?: string;
            /** @description How far it is trusted: `active` confirms it, `deprecated` takes it back. */
            status?: components["schemas"]["ExperienceStatus"];
            /** @description Its text. */
            lesson?: string;
            /** @description Its tags, all of them. */
            tags?: string[];
        };
        /**
         * @description How much an event matters to a person who watches
         * @enum {string}
         */
        Level: "urgent" | "attention" | "routine" | "activity";
        /**
         * LogChunk
         * @description A piece of an attempt's log
         */
        LogChunk: {
            /**
             * Format: uint64
             * @description Where the piece begins, in bytes; the event's `id` is where it ends.
             */
            offset: number;
            /** @description The text; bytes that are no UTF-8 are replaced. */
            text: string;
        };
        /**
         * LogLevelInForce
         * @description At which level is logged
         */
        LogLevelInForce: {
            /** @description The level in force: `error`, `warn`, `info`, `debug` or `trace`. */
            level: string;
            /** @description What the configuration says. */
            configured: string;
            /** @description True when it was set while the daemon runs; the next start takes that back. */
            overridden: boolean;
        };
        /**
         * LoopStatus
         * @description A loop's own account
         */
        LoopStatus: {
            /**
             * Format: date-time
             * @description When it last finished a round without an error.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_success: string | null;
            /** @description Why the last round failed; null when it did not. */
            last_error: string | null;
            /**
             * Format: uint64
             * @description How often it had to be started again.
             */
            restarts: number;
        };
        /**
         * Mail
         * @description A mail between agents and people
         */
        Mail: {
            /**
             * Format: int64
             * @description Counts up.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task of the project `_mail` that carries it; of a request to an agent, the one that it works on.
             * @example t-12
             */
            task: string;
            /** @description Where that task stands. */
            task_status: components["schemas"]["Status"];
            /**
             * Format: int64
             * @description The mail that the conversation began with.
             */
            conversation: number;
            /**
             * Format: int64
             * @description The mail that this one answers.
             */
            in_reply_to: number | null;
            /**
             * Format: actor
             * @description Who wrote it.
             * @example human
             */
            from: string;
            /**
             * Format: actor
             * @description Who is to read it: an agent, `human` or `human:<name>`.
             * @example human
             */
            to: string;
            /** @description What it wants. */
            kind: components["schemas"]["MailKind"];
            /** @description One line. */
            subject: string;
            /** @description The text, in Markdown. */
            body: string;
            /**
             * Format: date-time
             * @description When an answer is due.
             * @example 2026-11-22T09:30:00.000Z
             */
            deadline_at: string | null;
            /**
             * Format: date-time
             * @description When it was noticed that none had come by then.
             * @example 2026-11-22T09:30:00.000Z
             */
            overdue_at: string | null;
            /**
             * Format: int64
             * @description The first mail that answered it.
             */
            answered_by: number | null;
            /**
             * Format: date-time
             * @description When it was read; null while a person has not.
             * @example 2026-11-22T09:30:00.000Z
             */
            read_at: string | null;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * @description What a mail wants
         * @enum {string}
         */
        MailKind: "request" | "inform";
        /**
         * MustHaves
         * @description What must be there before the work counts as complete
         */
        MustHaves: {
            /** @description Observable facts that must hold; the reviewer judges them. */
            truths: string[];
            /** @description Files below `artifacts/<task>/` that must exist. */
            artifacts: string[];
            /** @description References that must resolve: paths below `artifacts/<task>/`, task ids, or titles of outputs. */
            key_links: string[];
        };
        /**
         * NewAnswer
         * @description An answer to one issue
         */
        NewAnswer: {
            /**
             * Format: int64
             * @description The issue.
             */
            issue_id: number;
            /** @description The answer. */
            stance: components["schemas"]["Stance"];
            /** @description Why. */
            reason: string;
        };
        /**
         * NewApiKey
         * @description A new key to the API
         */
        NewApiKey: {
            /** @description What it is for. */
            name: string;
            /** @description What it is good for. */
            scope: components["schemas"]["KeyScope"];
            /**
             * Format: agent-id
             * @description Of scope `agent`: who writes with it.
             * @example zhangfei-dev
             */
            agent?: string;
            /**
             * Format: project-id
             * @description Of scope `agent`: in which project.
             * @example almanac
             */
            project?: string;
            /**
             * Format: task-id
             * @description Of scope `agent`: only on this task.
             * @example t-12
             */
            task?: string;
            /**
             * Format: uint32
             * @description Days until it ends; it does not when none.
             */
            days?: number;
            /**
             * Format: actor
             * @description Who makes it: a person.
             * @example human
             */
            by?: string;
        };
        /**
         * NewBackup
         * @description What to back up
         */
        NewBackup: {
            /**
             * Format: project-id
             * @description Only this project; every project when none.
             * @example almanac
             */
            project?: string;
        };
        /**
         * NewCheckpoint
         * @description A new question to a person
         */
        NewCheckpoint: {
            /**
             * Format: actor
             * @description Who asks.
             * @example human
             */
            agent?: string;
            /**
             * Format: task-id
             * @description The task that waits for the answer.
             * @example t-12
             */
            task: string;
            /** @description The question. */
            question: string;
            /**
             * @description Possible answers, each once; any text when empty.
             * @default []
             */
            options?: string[];
            /**
             * Format: int64
             * @description Seconds until its time is over, at most 30 days; as the configuration says when none.
             */
            timeout_seconds?: number;
            /** @description What holds when nobody has answered by then: one of the options where there are some. */
            default?: string;
        };
        /**
         * NewComment
         * @description A new comment
         */
        NewComment: {
            /**
             * Format: actor
             * @description Who writes.
             * @example human
             */
            author?: string;
            /** @description The text, in Markdown; `@agent` mentions an agent. */
            body: string;
            /** @description What it is meant as; a note when none. */
            comment_type?: components["schemas"]["CommentType"];
            /**
             * @description Agents who should look at it, beside those written as `@agent`.
             * @default []
             */
            mentions?: string[];
        };
        /**
         * NewDecision
         * @description A new decision
         */
        NewDecision: {
            /**
             * Format: actor
             * @description Who decides.
             * @example human
             */
            agent?: string;
            /** @description What was decided. */
            decision: string;
            /** @description Why. */
            rationale: string;
        };
        /**
         * NewIssue
         * @description A finding
         */
        NewIssue: {
            /** @description How bad it is. */
            severity: components["schemas"]["IssueSeverity"];
            /** @description What is wrong. */
            text: string;
        };
        /**
         * NewLesson
         * @description A new lesson
         */
        NewLesson: {
            /**
             * Format: actor
             * @description Who learned it.
             * @example human
             */
            agent?: string;
            /** @description What was learned. */
            lesson: string;
            /** @description What it is about. */
            tags: string[];
        };
        /**
         * NewLogLevel
         * @description How much is to be logged
         */
        NewLogLevel: {
            /** @description `error`, `warn`, `info`, `debug` or `trace`; what the configuration says when none. */
            level?: string;
            /**
             * Format: actor
             * @description Who changes it: a person.
             * @example human
             */
            agent?: string;
        };
        /**
         * NewMail
         * @description A new mail, or the answer to one
         */
        NewMail: {
            /**
             * Format: actor
             * @description Who writes.
             * @example human
             */
            from?: string;
            /**
             * Format: actor
             * @description Who is to read it: an agent, `human` or `human:<name>`; of an answer, whoever is answered when none.
             * @example human
             */
            to?: string;
            /** @description What it is about, in one line; of an answer, `Re: …` when none. */
            subject?: string;
            /** @description The text, in Markdown. */
            body: string;
            /** @description What it wants; `request` when it is new, `inform` when it answers. */
            kind?: components["schemas"]["MailKind"];
            /**
             * Format: int64
             * @description The mail that it answers.
             */
            in_reply_to?: number;
            /**
             * Format: int64
             * @description Seconds until an answer is due; only for a request.
             */
            deadline_seconds?: number;
        };
        /**
         * NewMustHaves
         * @description What must be there at the end
         */
        NewMustHaves: {
            /**
             * @description Observable facts that must hold; the reviewer judges them.
             * @default []
             */
            truths?: string[];
            /**
             * @description Files below `artifacts/<task>/` that must exist.
             * @default []
             */
            artifacts?: string[];
            /**
             * @description References that must resolve: paths below `artifacts/<task>/`, task ids, or titles of outputs.
             * @default []
             */
            key_links?: string[];
        };
        /**
         * NewObservation
         * @description A new observation
         */
        NewObservation: {
            /**
             * Format: actor
             * @description Who noticed.
             * @example human
             */
            agent?: string;
            /** @description What was noticed. */
            body: string;
            /** @description How much it matters; `info` when none. */
            severity?: components["schemas"]["Severity"];
        };
        /**
         * NewOutput
         * @description A new output: a file in the project's folder, or a text that becomes one
         */
        NewOutput: {
            /**
             * Format: actor
             * @description Who made it.
             * @example human
             */
            agent?: string;
            /** @description Its name, such as `report.md`. */
            title: string;
            /** @description What it is; `other` when none. */
            output_type?: components["schemas"]["OutputType"];
            /** @description What is in it, in a few words. */
            summary?: string;
            /** @description The file: absolute, relative to the task's folder, or to the project's folder. */
            path?: string;
            /** @description The text. */
            text?: string;
        };
        /**
         * NewProject
         * @description A new project
         */
        NewProject: {
            /**
             * Format: project-id
             * @description Its id: 1 to 64 of `a-z 0-9 _ -`, with a letter or digit in front.
             * @example almanac
             */
            id: string;
            /** @description Name for people; the id when none. */
            name?: string;
            /** @description What it is about. */
            description?: string;
            /**
             * @description Who works on it; every configured agent when empty.
             * @default []
             */
            agents?: string[];
        };
        /**
         * NewRebuttal
         * @description A new rebuttal
         */
        NewRebuttal: {
            /**
             * Format: actor
             * @description Who answers.
             * @example human
             */
            author?: string;
            /** @description One answer for each issue. */
            answers: components["schemas"]["NewAnswer"][];
        };
        /**
         * NewReview
         * @description A new review
         */
        NewReview: {
            /**
             * Format: actor
             * @description Who reviews.
             * @example human
             */
            reviewer?: string;
            /** @description The conclusion. */
            verdict: components["schemas"]["Verdict"];
            /**
             * Format: double
             * @description How sure the reviewer is, 0 to 1.
             */
            confidence: number;
            /**
             * @description The findings; at least one, unless it approves or upholds one of an earlier round.
             * @default []
             */
            issues?: components["schemas"]["NewIssue"][];
            /**
             * @description What it says about each issue of earlier rounds that the author answered with REJECT or PARTIAL.
             * @default []
             */
            rulings?: components["schemas"]["NewRuling"][];
        };
        /**
         * NewRuling
         * @description What a review says about an answer of the author
         */
        NewRuling: {
            /**
             * Format: int64
             * @description The issue that was answered.
             */
            issue_id: number;
            /** @description Whether it stands. */
            ruling: components["schemas"]["Ruling"];
            /** @description Why. */
            reason: string;
        };
        /**
         * NewSkillFile
         * @description A file of a skill
         */
        NewSkillFile: {
            /** @description Its path below the skill's folder, such as `SKILL.md` or `references/forms.md`. */
            path: string;
            /** @description Its text. */
            text: string;
        };
        /**
         * NewTask
         * @description A new task; only the title is required
         */
        NewTask: {
            /** @description One line that says what is wanted. */
            title: string;
            /** @description The whole request, in Markdown. */
            description?: string;
            /**
             * Format: agent-id
             * @description Who should do it; free to anybody when none.
             * @example zhangfei-dev
             */
            assignee?: string;
            /**
             * @description Tasks that must be done before.
             * @default []
             */
            depends_on?: string[];
            /**
             * Format: task-id
             * @description The task that this one is a part of.
             * @example t-12
             */
            parent?: string;
            /**
             * Format: int64
             * @description 1 to 10, 10 most urgent; 5 when none.
             */
            priority?: number;
            /** @description What kind of work it is, such as `code`; `general` when none. */
            task_type?: string;
            /** @description What a mistake would cost; `medium` when none. */
            risk_level?: components["schemas"]["RiskLevel"];
            /** @description What must be there at the end. */
            must_haves?: components["schemas"]["NewMustHaves"];
            /**
             * @description True for a task that will be done in parts: it is blocked until the first of them is created.
             * @default false
             */
            has_parts?: boolean;
            /**
             * Format: actor
             * @description Who creates it.
             * @example human
             */
            agent?: string;
        };
        /**
         * Observation
         * @description Something that somebody noticed
         */
        Observation: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task; null when it is about the project.
             * @example t-12
             */
            task: string | null;
            /**
             * Format: actor
             * @description Who noticed.
             * @example human
             */
            agent: string;
            /** @description What. */
            body: string;
            /** @description How much it matters. */
            severity: components["schemas"]["Severity"];
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * OnlyAgent
         * @description Nothing but who asks
         */
        OnlyAgent: {
            /**
             * Format: actor
             * @description Who asks: a person.
             * @example human
             */
            agent?: string;
        };
        /**
         * @description How an attempt ended
         * @enum {string}
         */
        Outcome: "completed" | "timeout" | "rate_limited" | "quota_exceeded" | "auth_failed" | "network" | "lock_conflict" | "interrupted" | "crashed" | "spawn_failed" | "model_fallback" | "no_result" | "declined" | "cancelled" | "claim_expired" | "lost" | "over_budget";
        /**
         * Output
         * @description A result of work: a file, with a summary
         */
        Output: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who made it.
             * @example human
             */
            agent: string;
            /** @description Its name. */
            title: string;
            /** @description What it is. */
            output_type: components["schemas"]["OutputType"];
            /** @description What is in it, in a few words. */
            summary: string | null;
            /** @description Where the file is, below the project's folder. */
            path: string;
            /**
             * Format: int64
             * @description Its size.
             */
            size_bytes: number;
            /** @description SHA-256 of the file, in hexadecimal. */
            sha256: string;
            /**
             * Format: int64
             * @description The attempt that made it.
             */
            attempt_number: number | null;
            /**
             * Format: int64
             * @description Round of review that it was made for, from 0.
             */
            round: number;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
        };
        /**
         * OutputChange
         * @description A file that a task brought, compared with what was judged in the round before
         */
        OutputChange: {
            /** @description Its name. */
            title: string;
            /** @description Where it is, below the project's folder. */
            path: string;
            /** @description How it compares. */
            change: components["schemas"]["ChangeKind"];
            /**
             * Format: int64
             * @description Its size; null when it is not there.
             */
            size_bytes: number | null;
            /** @description SHA-256 of the file on disk, in hexadecimal; null when it is not there. */
            sha256: string | null;
            /**
             * Format: int64
             * @description The size that was judged before.
             */
            size_bytes_before: number | null;
            /** @description The SHA-256 that was judged before. */
            sha256_before: string | null;
            /** @description The difference of a text as a unified diff; null where there is none, or where it is no text. */
            diff: string | null;
            /** @description True when the difference was too long to be shown whole. */
            diff_is_cut: boolean;
        };
        /**
         * @description What an output is
         * @enum {string}
         */
        OutputType: "code" | "document" | "data" | "config" | "other";
        /**
         * Page_Agent
         * @description A page of a list
         */
        Page_Agent: {
            /** @description The items. */
            items: components["schemas"]["Agent"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Attempt
         * @description A page of a list
         */
        Page_Attempt: {
            /** @description The items. */
            items: components["schemas"]["Attempt"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Backup
         * @description A page of a list
         */
        Page_Backup: {
            /** @description The items. */
            items: components["schemas"]["Backup"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Checkpoint
         * @description A page of a list
         */
        Page_Checkpoint: {
            /** @description The items. */
            items: components["schemas"]["Checkpoint"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_DeadLetter
         * @description A page of a list
         */
        Page_DeadLetter: {
            /** @description The items. */
            items: components["schemas"]["DeadLetter"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Delivery
         * @description A page of a list
         */
        Page_Delivery: {
            /** @description The items. */
            items: components["schemas"]["Delivery"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Event
         * @description A page of a list
         */
        Page_Event: {
            /** @description The items. */
            items: components["schemas"]["Event"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Experience
         * @description A page of a list
         */
        Page_Experience: {
            /** @description The items. */
            items: components["schemas"]["Experience"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Job
         * @description A page of a list
         */
        Page_Job: {
            /** @description The items. */
            items: components["schemas"]["Job"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_JobRun
         * @description A page of a list
         */
        Page_JobRun: {
            /** @description The items. */
            items: components["schemas"]["JobRun"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Mail
         * @description A page of a list
         */
        Page_Mail: {
            /** @description The items. */
            items: components["schemas"]["Mail"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Project
         * @description A page of a list
         */
        Page_Project: {
            /** @description The items. */
            items: components["schemas"]["Project"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_ReceivedWebhook
         * @description A page of a list
         */
        Page_ReceivedWebhook: {
            /** @description The items. */
            items: components["schemas"]["ReceivedWebhook"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_SearchHit
         * @description A page of a list
         */
        Page_SearchHit: {
            /** @description The items. */
            items: components["schemas"]["SearchHit"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * Page_Task
         * @description A page of a list
         */
        Page_Task: {
            /** @description The items. */
            items: components["schemas"]["Task"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            next_cursor: string | null;
        };
        /**
         * ParkedProvider
         * @description A provider account that rests
         */
        ParkedProvider: {
            /** @description The account. */
            provider: string;
            /**
             * Format: date-time
             * @description Until when.
             * @example 2026-11-22T09:30:00.000Z
             */
            until: string;
            /** @description Why. */
            reason: string;
        };
        /**
         * PlanRestore
         * @description Where a backup would be restored
         */
        PlanRestore: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
        };
        /**
         * PolicyAnswer
         * @description One thing that a hook says
         */
        PolicyAnswer: {
            /** @description The action's name; `violation`, `delivery`, `true` or `false` for hooks that ask for none. */
            action: string;
            /**
             * Format: task-id
             * @description The task that it is about; null when it is about none.
             * @example t-12
             */
            task: string | null;
            /** @description In words. */
            text: string;
            /** @description As the script gave it. */
            value: unknown;
            /** @description Why the core would refuse it; null when nothing on the board speaks against it, or that was not looked at. */
            refused: string | null;
        };
        /**
         * PolicyDecision
         * @description A decision of policy that concerned a task
         */
        PolicyDecision: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description The function that was asked. */
            hook: string;
            /** @description The file that holds the function. */
            script: string;
            /** @description The files that had a part in the answer, that one first; empty for decisions of older versions. */
            files: components["schemas"]["DecidingFile"][];
            /** @description Hash of the set of scripts that answered. */
            script_hash: string;
            /** @description SHA-256 of what the function was given. */
            inputs_digest: string;
            /** @description The facts that explain it, in short; null for decisions of older versions. */
            facts: unknown;
            /** @description What it asked for, and what became of it. */
            outcomes: components["schemas"]["DecisionOutcome"][];
            /** @description All of it in a line. */
            text: string;
        };
        /**
         * PolicyDifference
         * @description Where a changed script says something else
         */
        PolicyDifference: {
            /** @description The function. */
            hook: string;
            /** @description What it was asked about. */
            subject: string;
            /**
             * Format: task-id
             * @description The task; null when it is about none.
             * @example t-12
             */
            task: string | null;
            /** @description What the script in force says. */
            before: components["schemas"]["PolicyAnswer"][];
            /** @description What the changed script says. */
            after: components["schemas"]["PolicyAnswer"][];
            /** @description In words. */
            text: string;
        };
        /**
         * PolicyStatus
         * @description The policy scripts in force
         */
        PolicyStatus: {
            /** @description Hash of the set. */
            hash: string;
            /** @description Where the most specific file comes from. */
            source: string;
            /** @description Why the newest change was refused; null when it was not. */
            last_error: string | null;
            /** @description Hooks that failed within the last hour: the built-in ones answered in their place. */
            failing: components["schemas"]["FailingHook"][];
        };
        /**
         * Problem
         * @description The body of every answer of 400 and more.
         */
        Problem: {
            /** @description A stable code, such as `invalid_transition`, `stale_token`, `not_found` or `validation`. */
            error: string;
            /** @description What happened, for people. */
            detail: string;
            /** @description What would have been right, where that can be listed. */
            valid_values?: string[];
            /** @description What a task must have to be complete and has not, each in words; with `gate_failed`. */
            missing?: string[];
            /** @description What to do next; there with every 4xx. */
            hint?: string;
            /** @description The field of the request that was wrong, such as `issues[0].severity`. */
            field?: string;
        };
        /**
         * Project
         * @description A project
         */
        Project: {
            /**
             * Format: project-id
             * @description Its id.
             * @example almanac
             */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description What it is about. */
            description: string | null;
            /** @description `active`, `archived` or `quarantined`. */
            status: string;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string | null;
            /** @description Who works on it. */
            agents: string[];
            /**
             * Format: agent-id
             * @description Who decides where others disagree.
             * @example zhangfei-dev
             */
            coordinator: string | null;
            /** @description Tasks in each status; null while it is quarantined. */
            tasks_summary: components["schemas"]["TasksSummary"] | null;
            /**
             * Format: uint64
             * @description Size of the database with its write-ahead log.
             */
            db_size_bytes: number;
            /** @description The policy scripts in force; null while it is quarantined. */
            policy: components["schemas"]["PolicyStatus"] | null;
            /** @description Why it cannot be used; null when it can. */
            quarantine: components["schemas"]["Quarantine"] | null;
        };
        /**
         * ProjectPatch
         * @description Changes to a project
         */
        ProjectPatch: {
            /** @description New name for people. */
            name: string;
            /**
             * Format: actor
             * @description Who changes it.
             * @example human
             */
            agent?: string;
        };
        /**
         * ProjectStatus
         * @description How a project is doing
         */
        ProjectStatus: {
            /**
             * Format: uint64
             * @description Agents that work now.
             */
            active_agents: number;
            /** @description Tasks in each status. */
            tasks_summary: components["schemas"]["TasksSummary"];
            /**
             * Format: uint64
             * @description Size of the database with its write-ahead log.
             */
            db_size_bytes: number;
            /** @description The policy scripts in force. */
            policy: components["schemas"]["PolicyStatus"];
            /** @description What it has spent. */
            spent: components["schemas"]["Spent"];
            /** @description The budget of the project or of its day that is used up, in words: nobody is started; null when none is. */
            budget_used_up: string | null;
        };
        /**
         * ProjectStorage
         * @description A project's sizes
         */
        ProjectStorage: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: uint64
             * @description `blackboard.db` with its write-ahead log.
             */
            database_bytes: number;
            /**
             * Format: uint64
             * @description Results of tasks.
             */
            artifacts_bytes: number;
            /**
             * Format: uint64
             * @description Archived attempts: prompts, logs, transcripts; `retention.session_days` removes them.
             */
            archives_bytes: number;
            /**
             * Format: uint64
             * @description The part of `database_bytes` that late writes take; `retention.dead_letter_days` removes them.
             */
            dead_letters_bytes: number;
            /**
             * Format: uint64
             * @description The part of `database_bytes` that events take; `retention.event_days` removes them.
             */
            events_bytes: number;
            /**
             * Format: uint64
             * @description The part of `database_bytes` that decisions of scripts take; `retention.decision_days` removes them.
             */
            decisions_bytes: number;
        };
        /**
         * Prompt
         * @description What an agent would get
         */
        Prompt: {
            /**
             * Format: agent-id
             * @description Who.
             * @example zhangfei-dev
             */
            agent: string;
            /** @description In which role. */
            role: components["schemas"]["AgentRole"];
            /** @description Why it would be started. */
            trigger: components["schemas"]["Trigger"];
            /**
             * Format: attempt-id
             * @description The attempt that it would be, or is.
             * @example almanac.t-12.3
             */
            attempt: string;
            /** @description The message. */
            message: string;
            /** @description The three tiers: how much there is of each, in tokens. */
            tiers: components["schemas"]["PromptTier"][];
            /** @description What the message leaves out. */
            left_out: components["schemas"]["PromptCut"][];
            /** @description Files beside the message. */
            files: components["schemas"]["PromptFile"][];
            /** @description Templates of the root that are broken; built-in ones stand in for them. */
            faults: components["schemas"]["TemplateFault"][];
        };
        /**
         * PromptCut
         * @description Something that a message leaves out
         */
        PromptCut: {
            /** @description The part. */
            section: components["schemas"]["Section"];
            /** @description What is missing, in words. */
            text: string;
            /** @description How an agent gets the rest. */
            command: string;
            /** @description The file that has more of it, below the agent's folder. */
            file: string | null;
            /** @description True when that file has all of it. */
            file_is_whole: boolean;
        };
        /**
         * PromptFile
         * @description A file beside a prompt
         */
        PromptFile: {
            /** @description Its path, from the folder that the agent works in. */
            path: string;
            /** @description What is in it. */
            what: string;
            /**
             * Format: uint64
             * @description About how many tokens it has.
             */
            tokens: number;
            /** @description What it says. */
            text: string;
        };
        /**
         * PromptPart
         * @description One part of what a prompt can say
         */
        PromptPart: {
            /** @description The part. */
            section: components["schemas"]["Section"];
            /** @description Its text. */
            text: string;
            /**
             * Format: uint64
             * @description About how many tokens it has.
             */
            tokens: number;
            /**
             * Format: uint64
             * @description Items of the part in all.
             */
            total: number;
            /**
             * Format: uint64
             * @description Items that are shown.
             */
            shown: number;
            /**
             * Format: uint64
             * @description With what `skip` to go on; null at the end.
             */
            next: number | null;
        };
        /**
         * PromptTier
         * @description A tier of a prompt
         */
        PromptTier: {
            /** @description `message`, `demand` or `files`. */
            name: string;
            /**
             * Format: uint64
             * @description About how many tokens it has; of `demand`, all that could be read in it.
             */
            tokens: number;
            /**
             * Format: uint64
             * @description How many it may have; of `demand`, one page.
             */
            budget: number;
        };
        /**
         * Provider
         * @description A provider account
         */
        Provider: {
            /** @description `provider` of its runners, else the runner's own name. */
            name: string;
            /** @description The runners that use it up. */
            runners: string[];
            /** @description The agents that are started by these. */
            agents: string[];
            /**
             * Format: date-time
             * @description Nobody who needs it is started until then.
             * @example 2026-11-22T09:30:00.000Z
             */
            parked_until: string | null;
            /** @description Why it rests. */
            reason: string | null;
        };
        /**
         * Quarantine
         * @description Why a project cannot be used
         */
        Quarantine: {
            /** @description What is wrong. */
            reason: string;
            /** @description The way out. */
            hint: string;
        };
        /**
         * Rebuttal
         * @description An author's answers to a review
         */
        Rebuttal: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: int64
             * @description The review that it answers.
             */
            review_id: number;
            /**
             * Format: actor
             * @description Who answers.
             * @example human
             */
            author: string;
            /**
             * Format: int64
             * @description Round of review.
             */
            round: number;
            /** @description One answer for each issue. */
            answers: components["schemas"]["Answer"][];
            /**
             * Format: date-time
             * @description When it was submitted.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When policy decided what follows from it.
             * @example 2026-11-22T09:30:00.000Z
             */
            decided_at: string | null;
        };
        /**
         * ReceivedWebhook
         * @description A webhook that came in
         */
        ReceivedWebhook: {
            /**
             * Format: int64
             * @description Counts up.
             */
            id: number;
            /** @description Name of the source. */
            source: string;
            /** @description The sender's own id of the delivery; null where it sends none. */
            delivery: string | null;
            /** @description What happened, in the sender's words. */
            event: string;
            /**
             * Format: int64
             * @description Lines that went into the inbox.
             */
            lines: number;
            /**
             * Format: date-time
             * @description When it came.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
        };
        /**
         * @description What agents write
         * @enum {string}
         */
        RecordKind: "task" | "claim" | "completion" | "transition" | "resolution" | "output" | "comment" | "decision" | "observation" | "review" | "rebuttal" | "experience" | "checkpoint" | "mail" | "inbox_line" | "skill" | "skill_meta";
        /**
         * RecordSchema
         * @description What a record must be like
         */
        RecordSchema: {
            /** @description The record. */
            name: components["schemas"]["RecordKind"];
            /** @description What is asked in any case. */
            schema: unknown;
            /** @description What the root asks for beside it, in `schemas/<name>.json`; null when nothing. */
            own: unknown;
        };
        /**
         * RefusedLogin
         * @description A provider account that refused a login
         */
        RefusedLogin: {
            /** @description The account. */
            provider: string;
            /**
             * Format: actor
             * @description Whose program is to be logged in.
             * @example human
             */
            agent: string;
            /**
             * Format: attempt-id
             * @description The attempt that was refused.
             * @example almanac.t-12.3
             */
            attempt: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description What its program said. */
            detail: string | null;
            /** @description What to do about it, in a sentence. */
            advice: string;
        };
        /**
         * ReliabilityBin
         * @description A stretch of a reliability curve; a reviewer is calibrated where both shares are the same
         */
        ReliabilityBin: {
            /**
             * Format: double
             * @description Least confidence.
             */
            from: number;
            /**
             * Format: double
             * @description Most confidence.
             */
            to: number;
            /**
             * Format: int64
             * @description Verdicts with such a confidence.
             */
            count: number;
            /**
             * Format: double
             * @description Their mean confidence.
             */
            mean_confidence: number;
            /**
             * Format: double
             * @description The share of them that held.
             */
            held_share: number;
        };
        /**
         * ReplayDifference
         * @description Where a changed script would have decided otherwise, and how long
         */
        ReplayDifference: {
            /**
             * Format: date-time
             * @description When it was first seen.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was last seen.
             * @example 2026-11-22T09:30:00.000Z
             */
            until: string;
            /**
             * Format: uint64
             * @description How many questions in a row had it.
             */
            times: number;
            /** @description What it is. */
            difference: components["schemas"]["PolicyDifference"];
        };
        /**
         * Resolution
         * @description A decision about an escalated task
         */
        Resolution: {
            /**
             * Format: actor
             * @description Who decides.
             * @example human
             */
            agent?: string;
            /** @description Where the task goes: `pending`, `review`, `done`, `failed` or `cancelled`. */
            to: components["schemas"]["Status"];
            /** @description Why. */
            reason: string;
            /**
             * Format: double
             * @description How sure you are, 0 to 1. An agent that is less sure than `review.confidence_threshold` asks a person instead.
             */
            confidence?: number;
            /**
             * Format: int64
             * @description Tokens that the task may use from here, in place of what its budget allows; only a person raises it. Without a
             *     figure a task whose own budget is used up gets the same once more.
             */
            budget_tokens?: number;
            /**
             * Format: int64
             * @description The same for its cost, in micro-units.
             */
            budget_cost?: number;
        };
        /**
         * Restore
         * @description Where to restore a backup
         */
        Restore: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * @description Replace what the project holds now; a safety copy is kept.
             * @default false
             */
            force?: boolean;
        };
        /**
         * RestorePlan
         * @description What a restore would do
         */
        RestorePlan: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /** @description The copy, relative to the root folder where it lies in it. */
            path: string;
            /**
             * Format: int64
             * @description Tasks in the copy.
             */
            tasks_count: number;
            /**
             * Format: int64
             * @description Events in the copy.
             */
            events_count: number;
            /**
             * Format: int64
             * @description Tasks that the project has now; null when it cannot be read.
             */
            tasks_now: number | null;
            /**
             * Format: int64
             * @description Attempts that are live now, which would be ended.
             */
            live_attempts: number | null;
            /** @description True when there is a database that would be replaced: that needs `force`, and it is copied first. */
            replaces: boolean;
        };
        /**
         * Review
         * @description A reviewer's conclusion about one round of work
         */
        Review: {
            /**
             * Format: int64
             * @description Counts up within the project.
             */
            id: number;
            /**
             * Format: task-id
             * @description The task.
             * @example t-12
             */
            task: string;
            /**
             * Format: actor
             * @description Who reviewed.
             * @example human
             */
            reviewer: string;
            /** @description The conclusion. */
            verdict: components["schemas"]["Verdict"];
            /**
             * Format: double
             * @description How sure the reviewer is, 0 to 1.
             */
            confidence: number;
            /**
             * Format: int64
             * @description Round of review, from 1.
             */
            round: number;
            /** @description The findings. */
            issues: components["schemas"]["ReviewIssue"][];
            /** @description The files that it judged, as they were. */
            judged: components["schemas"]["JudgedOutput"][];
            /** @description What became of its verdict, once that is known. */
            result: components["schemas"]["ReviewResult"] | null;
            /** @description How that is known. */
            result_reason: string | null;
            /**
             * Format: date-time
             * @description When it was submitted.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When policy decided what follows from it.
             * @example 2026-11-22T09:30:00.000Z
             */
            decided_at: string | null;
        };
        /**
         * ReviewIssue
         * @description A finding of a review
         */
        ReviewIssue: {
            /**
             * Format: int64
             * @description Counts up within the project; rebuttals refer to it.
             */
            id: number;
            /** @description How bad it is. */
            severity: components["schemas"]["IssueSeverity"];
            /** @description What is wrong. */
            text: string;
            /** @description The author's answer, once there is one. */
            stance: components["schemas"]["Stance"] | null;
            /** @description The author's reason. */
            reason: string | null;
            /** @description What a later review says about it, when the author did not accept it. */
            ruling: components["schemas"]["Ruling"] | null;
            /** @description Why. */
            ruling_reason: string | null;
            /**
             * Format: int64
             * @description The issue of an earlier round that it upholds.
             */
            upholds: number | null;
            /**
             * Format: int64
             * @description The issue that says the same and was withdrawn in this task before.
             */
            repeats: number | null;
        };
        /**
         * @description Whose turn it is while a task is in review
         * @enum {string}
         */
        ReviewPhase: "review" | "rebuttal";
        /**
         * @description What became of a review's verdict
         * @enum {string}
         */
        ReviewResult: "confirmed" | "overturned";
        /**
         * @description What a mistake would cost; decides how deep the review goes
         * @enum {string}
         */
        RiskLevel: "low" | "medium" | "high" | "critical";
        /**
         * RootScriptToReplay
         * @description A script of all projects to try out on a project's past
         */
        RootScriptToReplay: {
            /** @description The source, saved or not; the one in force when none. */
            source?: string;
            /** @description From when: a time, or how long ago (`90m`, `24h`, `7d`). */
            since: string;
            /** @description Until when; until now when none. */
            until?: string;
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
        };
        /**
         * RootScriptToSimulate
         * @description A script of all projects to try out on a project as it is now
         */
        RootScriptToSimulate: {
            /** @description The source, saved or not; the one in force when none. */
            source?: string;
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
        };
        /**
         * @description What a later review says about an issue that the author did not accept
         * @enum {string}
         */
        Ruling: "upheld" | "withdrawn";
        /**
         * Script
         * @description A script in force
         */
        Script: {
            /** @description Its name, without `.rhai`; a job's begins with `jobs.`, one in a folder is named `lib/quiet`. */
            name: string;
            /** @description Where it comes from: `project`, `root` or `built-in`. */
            level: string;
            /** @description The file, or where it is in the binary. */
            path: string;
            /** @description SHA-256 of the source. */
            hash: string;
            /** @description The source; null in lists. */
            source: string | null;
            /** @description What the place's own file says where that was refused and is not in force; null in lists, and when it is in force. */
            refused_source: string | null;
        };
        /**
         * ScriptCheck
         * @description Whether a script would be accepted
         */
        ScriptCheck: {
            /** @description True when nothing is wrong. */
            ok: boolean;
            /** @description What is wrong. */
            problems: components["schemas"]["ScriptProblem"][];
        };
        /**
         * ScriptList
         * @description The scripts in force
         */
        ScriptList: {
            /** @description The scripts. */
            items: components["schemas"]["Script"][];
            /** @description Always null: the list is short. */
            next_cursor: string | null;
            /** @description Hash of the whole set. */
            hash: string;
            /** @description Why the newest change was refused; null when it was not. */
            last_error: components["schemas"]["ScriptProblem"] | null;
            /** @description Hooks that failed within the last hour: the built-in ones answered in their place. */
            failing: components["schemas"]["FailingHook"][];
        };
        /**
         * ScriptProblem
         * @description What is wrong with a script
         */
        ScriptProblem: {
            /** @description The file. */
            file: string;
            /**
             * Format: uint64
             * @description Line, from 1; null when it is not known.
             */
            line: number | null;
            /**
             * Format: uint64
             * @description Column, from 1; null when it is not known.
             */
            column: number | null;
            /** @description The function in which it happened. */
            function: string | null;
            /** @description What is wrong. */
            message: string;
            /** @description What would be right. */
            expected: string | null;
        };
        /**
         * ScriptReplay
         * @description What a changed script would have decided otherwise in a past period
         */
        ScriptReplay: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: date-time
             * @description From when.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string;
            /**
             * Format: date-time
             * @description Until when.
             * @example 2026-11-22T09:30:00.000Z
             */
            until: string;
            /** @description Hash of the changed set of scripts. */
            hash: string;
            /** @description Hash of the set in force. */
            in_force_hash: string;
            /** @description True when the script could be put in force. */
            ok: boolean;
            /** @description Why it could not; or the first question that it failed to answer. */
            problems: components["schemas"]["ScriptProblem"][];
            /**
             * Format: uint64
             * @description Pictures of ticks on record in this period.
             */
            pictures_count: number;
            /**
             * Format: date-time
             * @description The first of them; null when there is none.
             * @example 2026-11-22T09:30:00.000Z
             */
            first_picture: string | null;
            /**
             * Format: date-time
             * @description The last of them; null when there is none.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_picture: string | null;
            /**
             * Format: uint64
             * @description Pictures, and whole days, that are damaged: what happened there was not replayed.
             */
            damaged_count: number;
            /**
             * Format: uint64
             * @description Ticks that were gone through.
             */
            ticks_count: number;
            /**
             * Format: uint64
             * @description Questions that both scripts were asked.
             */
            questions_count: number;
            /**
             * Format: uint64
             * @description Questions that the changed script failed to answer.
             */
            faults_count: number;
            /** @description Where it would have decided otherwise, oldest first; the first 500. */
            differences: components["schemas"]["ReplayDifference"][];
            /**
             * Format: uint64
             * @description How many differences there are.
             */
            differences_count: number;
            /** @description Hooks of the file that were not asked: nothing in the period gave rise to them. */
            not_asked: string[];
            /** @description True when it took too long and ended early. */
            cut_short: boolean;
        };
        /**
         * ScriptSimulation
         * @description What a changed script would do now; nothing of it was done
         */
        ScriptSimulation: {
            /**
             * Format: project-id
             * @description The project.
             * @example almanac
             */
            project: string;
            /**
             * Format: date-time
             * @description When the project was looked at.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description Hash of the changed set of scripts. */
            hash: string;
            /** @description Hash of the set in force. */
            in_force_hash: string;
            /** @description True when the script could be put in force. */
            ok: boolean;
            /** @description Why it could not. */
            problems: components["schemas"]["ScriptProblem"][];
            /** @description Every question that was asked, with both answers. */
            items: components["schemas"]["SimulatedQuestion"][];
            /** @description Where the answers differ. */
            differences: components["schemas"]["PolicyDifference"][];
            /** @description Hooks of the file that were not asked: nothing in the project gives rise to them now. */
            not_asked: string[];
        };
        /**
         * ScriptText
         * @description The text of a script
         */
        ScriptText: {
            /** @description The source. */
            source: string;
            /**
             * Format: actor
             * @description Who saves it: a person.
             * @example human
             */
            agent?: string;
            /** @description Hash of the source that this one was made from: a save over somebody else's is refused with `conflict`. */
            base_hash?: string;
        };
        /**
         * ScriptToCheck
         * @description A script to check; the one in force when no source is given
         */
        ScriptToCheck: {
            /** @description The source. */
            source?: string;
        };
        /**
         * ScriptToReplay
         * @description A script to try out on a past period
         */
        ScriptToReplay: {
            /** @description The source, saved or not; the one in force when none. */
            source?: string;
            /** @description From when: a time, or how long ago (`90m`, `24h`, `7d`). */
            since: string;
            /** @description Until when; until now when none. */
            until?: string;
        };
        /**
         * ScriptToSimulate
         * @description A script to try out on the project as it is now
         */
        ScriptToSimulate: {
            /** @description The source, saved or not; the one in force when none. */
            source?: string;
        };
        /**
         * ScriptVersion
         * @description What a script said from some time on
         */
        ScriptVersion: {
            /**
             * Format: int64
             * @description Counts up over all scripts.
             */
            id: number;
            /** @description SHA-256 of the source; null where the script was taken away. */
            hash: string | null;
            /** @description The source, to be saved again; null where the script was taken away. */
            source: string | null;
            /** @description Who saved it; null when the file was changed by other means. */
            author: string | null;
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /** @description True for the newest. */
            is_current: boolean;
        };
        /**
         * SearchFragment
         * @description A piece of an excerpt
         */
        SearchFragment: {
            /** @description The text. */
            text: string;
            /** @description True for what was searched for. */
            is_match: boolean;
        };
        /**
         * SearchHit
         * @description Something that was found
         */
        SearchHit: {
            /** @description What it is. */
            kind: components["schemas"]["SearchKind"];
            /** @description Its id among those of its kind: a task's `t-12`, a comment's or lesson's number, a skill's name. */
            id: string;
            /**
             * Format: project-id
             * @description The project; null for what belongs to all.
             * @example almanac
             */
            project: string | null;
            /**
             * Format: task-id
             * @description The task, or the task that it belongs to; null for a skill.
             * @example t-12
             */
            task: string | null;
            /** @description Its title, or that of its task. */
            title: string;
            /** @description The task's status; null for a skill. */
            status: components["schemas"]["Status"] | null;
            /** @description The part of its text that fits best, with the words that were found. */
            excerpt: components["schemas"]["SearchFragment"][];
            /**
             * Format: date-time
             * @description When it was written, or last changed.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string | null;
            /**
             * Format: double
             * @description How well it fits: more is better.
             */
            score: number;
        };
        /**
         * @description What can be found
         * @enum {string}
         */
        SearchKind: "task" | "comment" | "output" | "experience" | "skill";
        /**
         * @description A part of what a prompt can say
         * @enum {string}
         */
        Section: "mentions" | "description" | "reviews" | "answers" | "decisions" | "attempts" | "dependencies" | "children" | "outputs" | "parent" | "comments" | "skills" | "lessons";
        /**
         * @description How much an observation matters
         * @enum {string}
         */
        Severity: "info" | "warning" | "critical";
        /**
         * SimulatedQuestion
         * @description What a hook says with the script in force, and with the changed one
         */
        SimulatedQuestion: {
            /** @description The function. */
            hook: string;
            /** @description What it was asked about. */
            subject: string;
            /**
             * Format: task-id
             * @description The task; null when it is about none.
             * @example t-12
             */
            task: string | null;
            /** @description What the changed script says. */
            answers: components["schemas"]["PolicyAnswer"][];
            /** @description What the script in force says. */
            in_force: components["schemas"]["PolicyAnswer"][];
            /** @description Whether both say the same. */
            same: boolean;
            /** @description Why the changed script gave no answer, so that the built-in one answers; null when it did. */
            problem: components["schemas"]["ScriptProblem"] | null;
            /** @description Lines that the changed script printed. */
            printed: string[];
        };
        /**
         * Skill
         * @description A skill
         */
        Skill: {
            /**
             * Format: skill-id
             * @description Its id: the name of its folder.
             * @example read-csv
             */
            id: string;
            /** @description Its heading. */
            title: string;
            /** @description What it is for and when to use it. */
            description: string;
            /** @description Where it is kept. */
            level: components["schemas"]["SkillLevel"];
            /** @description Levels further down that have a skill of this id too, which this one hides. */
            hides: components["schemas"]["SkillLevel"][];
            /** @description How far it is trusted. */
            status: components["schemas"]["SkillStatus"];
            /** @description How it came to be. */
            source: components["schemas"]["SkillSource"];
            /**
             * Format: int64
             * @description Counts up with every change of its text.
             */
            version: number;
            /** @description What it is about. */
            tags: string[];
            /** @description Task types that it is for. */
            task_types: string[];
            /** @description When to use it, as its section Triggers says. */
            triggers: string[];
            /** @description Its folder, relative to the root; of a shipped one, where it is in the binary. */
            path: string;
            /**
             * Format: date-time
             * @description Since when it has this status.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string | null;
            /** @description Who gave it this status, or this text. */
            changed_by: string | null;
            /** @description Why. */
            reason: string | null;
            /** @description What its use came to since then. */
            counts: components["schemas"]["SkillCounts"];
        };
        /**
         * SkillCounts
         * @description What a skill's use came to since its status last changed; each task counts once
         */
        SkillCounts: {
            /**
             * Format: int64
             * @description Tasks in which it was used.
             */
            uses_count: number;
            /**
             * Format: int64
             * @description Those that are done.
             */
            successes_count: number;
            /**
             * Format: int64
             * @description Those that failed.
             */
            failures_count: number;
            /**
             * Format: int64
             * @description Different agents among those that succeeded.
             */
            agents_count: number;
            /**
             * Format: date-time
             * @description When it was last used.
             * @example 2026-11-22T09:30:00.000Z
             */
            last_used_at: string | null;
        };
        /**
         * SkillFault
         * @description What keeps a skill from being used
         */
        SkillFault: {
            /** @description The file, relative to the root where it lies in it. */
            path: string;
            /**
             * Format: uint64
             * @description The line, from 1.
             */
            line: number;
            /** @description What is wrong, and what would be right. */
            message: string;
        };
        /**
         * SkillFile
         * @description A file of a skill
         */
        SkillFile: {
            /** @description Its path below the skill's folder. */
            path: string;
            /** @description Its text. */
            text: string;
        };
        /**
         * SkillImport
         * @description A skill from elsewhere, in the format that other agent tools use
         */
        SkillImport: {
            /** @description Its files; `SKILL.md` is among them. */
            files: components["schemas"]["NewSkillFile"][];
            /**
             * Format: skill-id
             * @description Its id here; made from its name when none.
             * @example read-csv
             */
            id?: string;
            /**
             * @description What it is about.
             * @default []
             */
            tags?: string[];
            /**
             * Format: actor
             * @description Who imports it: a person.
             * @example human
             */
            agent?: string;
            /**
             * Format: project-id
             * @description The project that gets it; all projects when none.
             * @example almanac
             */
            project?: string;
        };
        /**
         * SkillInFull
         * @description Everything about a skill
         */
        SkillInFull: {
            /** @description The skill. */
            skill: components["schemas"]["Skill"];
            /** @description Its `SKILL.md`. */
            text: string;
            /** @description SHA-256 of the text. */
            hash: string;
            /** @description Its other files. */
            files: components["schemas"]["SkillFile"][];
            /** @description What it rests on, such as `lesson sales/12` or `attempt sales.t-3.1`. */
            evidence: string[];
            /**
             * Format: int64
             * @description Tasks done with it before its status last changed.
             */
            earlier_successes_count: number;
            /**
             * Format: int64
             * @description Tasks failed with it before its status last changed.
             */
            earlier_failures_count: number;
            /** @description Earlier versions, newest first. */
            versions: components["schemas"]["SkillVersion"][];
            /** @description Its newest uses. */
            uses: components["schemas"]["SkillUse"][];
        };
        /**
         * @description Where a skill is kept; the first of these that has it counts
         * @enum {string}
         */
        SkillLevel: "project" | "custom" | "builtin";
        /**
         * SkillList
         * @description The skills of a place, and what is broken there
         */
        SkillList: {
            /** @description The skills, by id. */
            items: components["schemas"]["Skill"][];
            /** @description Always null: the list is whole. */
            next_cursor: string | null;
            /** @description What keeps skills from being used. */
            faults: components["schemas"]["SkillFault"][];
        };
        /**
         * SkillRollback
         * @description Goes back to an earlier version of a skill
         */
        SkillRollback: {
            /**
             * Format: int64
             * @description Which; the one before the present one when none.
             */
            version?: number;
            /**
             * Format: actor
             * @description Who does it: a person.
             * @example human
             */
            agent?: string;
            /**
             * Format: project-id
             * @description The project whose own skill is meant; that of all projects when none.
             * @example almanac
             */
            project?: string;
        };
        /**
         * @description How a skill came to be
         * @enum {string}
         */
        SkillSource: "builtin" | "distilled" | "imported" | "written";
        /**
         * @description How far a skill is trusted
         * @enum {string}
         */
        SkillStatus: "draft" | "active" | "deprecated";
        /**
         * SkillStatusChange
         * @description Approves a skill, or takes it out of use
         */
        SkillStatusChange: {
            /**
             * Format: actor
             * @description Who does it: a person.
             * @example human
             */
            agent?: string;
            /** @description Why. */
            reason?: string;
            /**
             * Format: project-id
             * @description The project whose own skill is meant; that of all projects when none.
             * @example almanac
             */
            project?: string;
        };
        /**
         * SkillText
         * @description The text of a skill
         */
        SkillText: {
            /** @description The whole `SKILL.md`. */
            source: string;
            /**
             * Format: actor
             * @description Who saves it: a person.
             * @example human
             */
            agent?: string;
            /** @description Hash of the text that this one was made from: a save over somebody else's is refused with `conflict`. */
            base_hash?: string;
        };
        /**
         * SkillUse
         * @description A skill in an attempt's prompt
         */
        SkillUse: {
            /**
             * Format: int64
             * @description Which version of it.
             */
            version: number;
            /** @description It was a draft then. */
            on_trial: boolean;
            /**
             * Format: attempt-id
             * @description In whose prompt.
             * @example almanac.t-12.3
             */
            attempt: string;
            /**
             * Format: actor
             * @description Who worked.
             * @example human
             */
            agent: string;
            /** @description What came of the task; null while it is open. */
            outcome: components["schemas"]["UseOutcome"] | null;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            used_at: string;
        };
        /**
         * SkillVersion
         * @description An earlier version of a skill
         */
        SkillVersion: {
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
            /** @description The status that it had. */
            status: components["schemas"]["SkillStatus"];
            /**
             * Format: date-time
             * @description Since when it had it.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string | null;
            /** @description Who gave it its status, or its text. */
            changed_by: string | null;
            /** @description Its `SKILL.md`. */
            text: string;
        };
        /**
         * Spend
         * @description Tokens and money that were spent
         */
        Spend: {
            /**
             * Format: int64
             * @description Tokens that went in, those from a cache included.
             */
            tokens_in: number;
            /**
             * Format: int64
             * @description Tokens that came out.
             */
            tokens_out: number;
            /**
             * Format: int64
             * @description The part of `tokens_in` that came from a cache.
             */
            tokens_cached: number;
            /**
             * Format: int64
             * @description Money, in micro-units of the currency.
             */
            cost_micros: number;
        };
        /**
         * Spent
         * @description What was spent in all, and today
         */
        Spent: {
            /** @description Since the beginning. */
            total: components["schemas"]["Spend"];
            /** @description Today (UTC). */
            today: components["schemas"]["Spend"];
        };
        /**
         * @description How an author answers an issue
         * @enum {string}
         */
        Stance: "ACCEPT" | "REJECT" | "PARTIAL";
        /**
         * StartedRun
         * @description A run that has begun
         */
        StartedRun: {
            /**
             * Format: int64
             * @description The run's id, as the job's history has it.
             */
            id: number;
            /** @description The job. */
            job: string;
        };
        /**
         * @description Where a task stands
         * @enum {string}
         */
        Status: "pending" | "claimed" | "working" | "review" | "done" | "failed" | "blocked" | "paused" | "escalated" | "cancelled";
        /**
         * Storage
         * @description What takes up space below the root
         */
        Storage: {
            /**
             * Format: uint64
             * @description Everything that is named here.
             */
            total_bytes: number;
            /**
             * Format: uint64
             * @description `daemon.db` with its write-ahead log.
             */
            daemon_db_bytes: number;
            /**
             * Format: uint64
             * @description The daemon's log files.
             */
            logs_bytes: number;
            /**
             * Format: uint64
             * @description What policy was asked, for replays.
             */
            recordings_bytes: number;
            /**
             * Format: uint64
             * @description Backups.
             */
            backups_bytes: number;
            /**
             * Format: uint64
             * @description What restores have replaced: the part of `backups_bytes` that is safety copies, and `before-restore-…` of the root.
             */
            safety_copies_bytes: number;
            /**
             * Format: uint64
             * @description The inbox with what it rejected.
             */
            inbox_bytes: number;
            /** @description Each project. */
            projects: components["schemas"]["ProjectStorage"][];
        };
        /**
         * TakenWebhook
         * @description What became of a webhook
         */
        TakenWebhook: {
            /**
             * Format: uint64
             * @description Lines that went into the inbox.
             */
            lines: number;
            /** @description True when it had come before, by its delivery id or its content; then nothing was done. */
            duplicate: boolean;
        };
        /**
         * Task
         * @description A task
         */
        Task: {
            /**
             * Format: task-id
             * @description Its id.
             * @example t-12
             */
            id: string;
            /**
             * Format: project-id
             * @description Its project.
             * @example almanac
             */
            project: string;
            /** @description One line. */
            title: string;
            /** @description The whole request, in Markdown; empty when none was given. */
            description: string;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            status_since: string;
            /** @description Where a paused task goes back to. */
            resumed_from: components["schemas"]["Status"] | null;
            /**
             * Format: date-time
             * @description When it was last claimed.
             * @example 2026-11-22T09:30:00.000Z
             */
            claimed_at: string | null;
            /**
             * Format: date-time
             * @description When work on it last started.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it reached a final status; null while it is open.
             * @example 2026-11-22T09:30:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: int64
             * @description Goes up by one whenever ownership changes.
             */
            fence: number;
            /**
             * Format: int64
             * @description Round of review, from 1; 0 before the first submission.
             */
            round: number;
            /**
             * Format: int64
             * @description How often an attempt died and the task went back to pending.
             */
            retry_count: number;
            /**
             * Format: agent-id
             * @description Who should do it.
             * @example zhangfei-dev
             */
            assignee: string | null;
            /**
             * Format: actor
             * @description Who created it.
             * @example human
             */
            created_by: string;
            /**
             * Format: int64
             * @description 1 to 10, 10 most urgent.
             */
            priority: number;
            /** @description What kind of work it is, such as `code`. */
            task_type: string;
            /** @description What a mistake would cost. */
            risk_level: components["schemas"]["RiskLevel"];
            /** @description What must be there at the end. */
            must_haves: components["schemas"]["MustHaves"];
            /** @description Tasks that must be done before. */
            depends_on: string[];
            /**
             * Format: task-id
             * @description The task that this one is a part of.
             * @example t-12
             */
            parent: string | null;
            /**
             * Format: actor
             * @description Who holds it now.
             * @example human
             */
            owner: string | null;
            /**
             * Format: attempt-id
             * @description The live attempt that owns the task.
             * @example almanac.t-12.3
             */
            attempt: string | null;
            /** @description What the next attempt will be for: `execute` or `revise`. */
            trigger: components["schemas"]["Trigger"];
            /** @description Whose turn it is while the task is in review. */
            review_phase: components["schemas"]["ReviewPhase"] | null;
            /** @description `pending` while its completion waits for checks; it is working until they hold. */
            gate: components["schemas"]["GateState"] | null;
            /** @description The checks that its completion waits for. */
            gate_waits_for: string[];
            /**
             * Format: int64
             * @description How often an agent was dispatched to do the task.
             */
            dispatch_count: number;
            /** @description What a blocked task waits for: a task id, an agent or `human`. */
            blocked_on: string | null;
            /**
             * Format: actor
             * @description Who has to decide about an escalated task.
             * @example human
             */
            escalated_to: string | null;
            /** @description Why the last transition was made, in words. */
            reason: string | null;
            /** @description The agent's own words about what it did. */
            summary: string | null;
            /**
             * Format: date-time
             * @description Not to be dispatched before this time.
             * @example 2026-11-22T09:30:00.000Z
             */
            not_before: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When anything about it last changed.
             * @example 2026-11-22T09:30:00.000Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Goes up with every change.
             */
            revision: number;
            /**
             * Format: int64
             * @description How many comments it has.
             */
            comments_count: number;
            /**
             * Format: int64
             * @description How many outputs it has.
             */
            outputs_count: number;
            /**
             * Format: int64
             * @description How many reviews it has.
             */
            reviews_count: number;
            /**
             * Format: int64
             * @description How many children it has.
             */
            subtasks_count: number;
            /** @description What its attempts have used up. */
            usage: components["schemas"]["Spend"];
        };
        /**
         * TaskBatch
         * @description Several new tasks, all or none
         */
        TaskBatch: {
            /** @description The tasks. */
            tasks: components["schemas"]["NewTask"][];
            /**
             * Format: actor
             * @description Who creates them.
             * @example human
             */
            agent?: string;
        };
        /**
         * TaskDetail
         * @description A task with the records that `expand` asked for; the others are absent
         */
        TaskDetail: {
            /**
             * Format: task-id
             * @description Its id.
             * @example t-12
             */
            id: string;
            /**
             * Format: project-id
             * @description Its project.
             * @example almanac
             */
            project: string;
            /** @description One line. */
            title: string;
            /** @description The whole request, in Markdown; empty when none was given. */
            description: string;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            status_since: string;
            /** @description Where a paused task goes back to. */
            resumed_from: components["schemas"]["Status"] | null;
            /**
             * Format: date-time
             * @description When it was last claimed.
             * @example 2026-11-22T09:30:00.000Z
             */
            claimed_at: string | null;
            /**
             * Format: date-time
             * @description When work on it last started.
             * @example 2026-11-22T09:30:00.000Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it reached a final status; null while it is open.
             * @example 2026-11-22T09:30:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: int64
             * @description Goes up by one whenever ownership changes.
             */
            fence: number;
            /**
             * Format: int64
             * @description Round of review, from 1; 0 before the first submission.
             */
            round: number;
            /**
             * Format: int64
             * @description How often an attempt died and the task went back to pending.
             */
            retry_count: number;
            /**
             * Format: agent-id
             * @description Who should do it.
             * @example zhangfei-dev
             */
            assignee: string | null;
            /**
             * Format: actor
             * @description Who created it.
             * @example human
             */
            created_by: string;
            /**
             * Format: int64
             * @description 1 to 10, 10 most urgent.
             */
            priority: number;
            /** @description What kind of work it is, such as `code`. */
            task_type: string;
            /** @description What a mistake would cost. */
            risk_level: components["schemas"]["RiskLevel"];
            /** @description What must be there at the end. */
            must_haves: components["schemas"]["MustHaves"];
            /** @description Tasks that must be done before. */
            depends_on: string[];
            /**
             * Format: task-id
             * @description The task that this one is a part of.
             * @example t-12
             */
            parent: string | null;
            /**
             * Format: actor
             * @description Who holds it now.
             * @example human
             */
            owner: string | null;
            /**
             * Format: attempt-id
             * @description The live attempt that owns the task.
             * @example almanac.t-12.3
             */
            attempt: string | null;
            /** @description What the next attempt will be for: `execute` or `revise`. */
            trigger: components["schemas"]["Trigger"];
            /** @description Whose turn it is while the task is in review. */
            review_phase: components["schemas"]["ReviewPhase"] | null;
            /** @description `pending` while its completion waits for checks; it is working until they hold. */
            gate: components["schemas"]["GateState"] | null;
            /** @description The checks that its completion waits for. */
            gate_waits_for: string[];
            /**
             * Format: int64
             * @description How often an agent was dispatched to do the task.
             */
            dispatch_count: number;
            /** @description What a blocked task waits for: a task id, an agent or `human`. */
            blocked_on: string | null;
            /**
             * Format: actor
             * @description Who has to decide about an escalated task.
             * @example human
             */
            escalated_to: string | null;
            /** @description Why the last transition was made, in words. */
            reason: string | null;
            /** @description The agent's own words about what it did. */
            summary: string | null;
            /**
             * Format: date-time
             * @description Not to be dispatched before this time.
             * @example 2026-11-22T09:30:00.000Z
             */
            not_before: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When anything about it last changed.
             * @example 2026-11-22T09:30:00.000Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Goes up with every change.
             */
            revision: number;
            /**
             * Format: int64
             * @description How many comments it has.
             */
            comments_count: number;
            /**
             * Format: int64
             * @description How many outputs it has.
             */
            outputs_count: number;
            /**
             * Format: int64
             * @description How many reviews it has.
             */
            reviews_count: number;
            /**
             * Format: int64
             * @description How many children it has.
             */
            subtasks_count: number;
            /** @description What its attempts have used up. */
            usage: components["schemas"]["Spend"];
            /** @description Its comments, oldest first. */
            comments?: components["schemas"]["Comment"][];
            /** @description Its outputs, oldest first. */
            outputs?: components["schemas"]["Output"][];
            /** @description Its reviews, oldest first. */
            reviews?: components["schemas"]["Review"][];
            /** @description Its decisions, oldest first. */
            decisions?: components["schemas"]["Decision"][];
            /** @description Its observations, oldest first. */
            observations?: components["schemas"]["Observation"][];
            /** @description Its events, newest first, at most 500. */
            events?: components["schemas"]["Event"][];
            /** @description Its attempts, oldest first. */
            attempts?: components["schemas"]["Attempt"][];
            /** @description Its children. */
            subtasks?: components["schemas"]["Task"][];
        };
        /**
         * TaskPatch
         * @description Changes to a task that are not transitions; absent means unchanged
         */
        TaskPatch: {
            /** @description New title. */
            title?: string;
            /** @description New description. */
            description?: string;
            /** @description New assignee; null or an empty text takes it away. */
            assignee?: string | null;
            /**
             * Format: int64
             * @description New priority.
             */
            priority?: number;
            /** @description New type. */
            task_type?: string;
            /** @description New risk level. */
            risk_level?: components["schemas"]["RiskLevel"];
            /** @description New requirements (all three lists). */
            must_haves?: components["schemas"]["NewMustHaves"];
            /** @description New set of dependencies. */
            depends_on?: string[];
            /**
             * Format: actor
             * @description Who changes it.
             * @example human
             */
            agent?: string;
        };
        /**
         * @description The order of a list of tasks: by id, by the time of the last change (newest first), or by priority
         * @enum {string}
         */
        TaskSort: "oldest" | "newest" | "updated" | "priority";
        /**
         * TasksSummary
         * @description How many tasks stand in each status
         */
        TasksSummary: {
            /** Format: int64 */
            pending: number;
            /** Format: int64 */
            claimed: number;
            /** Format: int64 */
            working: number;
            /** Format: int64 */
            review: number;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            blocked: number;
            /** Format: int64 */
            paused: number;
            /** Format: int64 */
            escalated: number;
            /** Format: int64 */
            cancelled: number;
        };
        /**
         * Template
         * @description A prompt template
         */
        Template: {
            /** @description Its name, such as `execute`, or `_rules` for a part of others. */
            name: string;
            /** @description Where it comes from: `root` or `built-in`. */
            level: string;
            /** @description What it says. */
            text: string;
        };
        /**
         * TemplateFault
         * @description A broken prompt template
         */
        TemplateFault: {
            /** @description The template, such as `execute`. */
            template: string;
            /** @description The file, below the root. */
            file: string;
            /**
             * Format: uint64
             * @description The line; null when it is not known.
             */
            line: number | null;
            /** @description What is wrong. */
            message: string;
        };
        /**
         * TemplateList
         * @description The prompt templates in force
         */
        TemplateList: {
            /** @description Every template. */
            items: components["schemas"]["Template"][];
            /** @description What is broken; built-in templates stand in for these. */
            faults: components["schemas"]["TemplateFault"][];
        };
        /**
         * TickReport
         * @description What a tick on command did
         */
        TickReport: {
            /**
             * Format: uint64
             * @description Projects that were looked at.
             */
            projects: number;
            /**
             * Format: uint64
             * @description Actions that were carried out.
             */
            actions: number;
            /**
             * Format: uint64
             * @description Actions that the core refused.
             */
            refused: number;
            /**
             * Format: uint64
             * @description Milliseconds that it took.
             */
            took_ms: number;
        };
        /**
         * Ticker
         * @description The ticker, after it was started or stopped
         */
        Ticker: {
            /** @description Whether it runs. */
            ticker_running: boolean;
        };
        /**
         * TrackRecord
         * @description How well a reviewer's confidence fits what became of the verdicts
         */
        TrackRecord: {
            /**
             * Format: actor
             * @description The reviewer.
             * @example human
             */
            reviewer: string;
            /**
             * Format: int64
             * @description Reviews submitted.
             */
            submitted_count: number;
            /**
             * Format: int64
             * @description The newest verdicts of which it is known what became of them (200 at most).
             */
            known_count: number;
            /**
             * Format: int64
             * @description Approvals among them that were overturned.
             */
            wrong_approvals_count: number;
            /**
             * Format: int64
             * @description Objections among them that were overturned.
             */
            wrong_objections_count: number;
            /**
             * Format: double
             * @description Their mean confidence.
             */
            mean_confidence: number | null;
            /**
             * Format: double
             * @description The share of them that held.
             */
            held_share: number | null;
            /**
             * Format: double
             * @description Mean squared distance between confidence and what became of the verdict: 0 is perfect, 0.25 a coin.
             */
            brier: number | null;
            /**
             * Format: double
             * @description By how much the mean confidence exceeds the share that held; negative when too modest.
             */
            overconfidence: number | null;
            /** @description The reliability curve; only bins with verdicts. */
            bins: components["schemas"]["ReliabilityBin"][];
        };
        /**
         * Transition
         * @description A transition, with whatever it needs
         */
        Transition: {
            /**
             * Format: actor
             * @description Who acts.
             * @example human
             */
            agent?: string;
            /** @description Why. */
            reason?: string;
            /** @description What to wait for (`block`) or who decides (`escalate`): a task id, an agent or `human`. */
            on?: string;
        };
        /**
         * TrendPoint
         * @description The figures of a minute, or of some that were drawn together
         */
        TrendPoint: {
            /**
             * Format: date-time
             * @description When they were taken.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * Format: uint64
             * @description Attempts that were live, at most.
             */
            active_sessions: number;
            /** @description Tasks of all projects in each status. */
            tasks: components["schemas"]["TasksSummary"];
            /**
             * Format: double
             * @description Milliseconds that the slowest full tick took.
             */
            tick_duration_ms: number;
            /**
             * Format: uint64
             * @description Inbox lines that waited.
             */
            inbox_pending: number;
            /**
             * Format: int64
             * @description Deliveries that waited.
             */
            deliveries_waiting: number;
            /**
             * Format: int64
             * @description Events since the point before.
             */
            events: number;
            /**
             * Format: uint64
             * @description Requests that were answered since the point before.
             */
            requests: number;
            /**
             * Format: uint64
             * @description Those of them that failed with a status of 500 or more.
             */
            requests_failed: number;
            /**
             * Format: uint64
             * @description Memory of the daemon, at most; 0 where the system does not tell.
             */
            memory_bytes: number;
            /**
             * Format: uint64
             * @description Processor time of the daemon since the point before.
             */
            cpu_milliseconds: number;
            /**
             * Format: uint64
             * @description Free on the root's disk.
             */
            disk_free_bytes: number | null;
            /**
             * Format: uint64
             * @description Size of all databases of projects.
             */
            databases_bytes: number;
            /**
             * Format: int64
             * @description Tokens spent on that day (UTC) so far.
             */
            tokens_today: number;
            /**
             * Format: int64
             * @description Money spent on that day so far, in micro-units of the currency.
             */
            cost_micros_today: number;
        };
        /**
         * Trends
         * @description How the daemon's figures have developed
         */
        Trends: {
            /**
             * Format: uint64
             * @description Seconds between two points, as they are taken.
             */
            interval_seconds: number;
            /** @description The points, oldest first. */
            items: components["schemas"]["TrendPoint"][];
        };
        /**
         * @description Why an agent is started
         * @enum {string}
         */
        Trigger: "execute" | "revise" | "review" | "rebut" | "mention" | "offer" | "round" | "distill" | "arbitrate" | "guard";
        /**
         * Usage
         * @description What an attempt has used so far, as its runner told
         */
        Usage: {
            /**
             * Format: int64
             * @description Tokens that went in, those from a cache included.
             */
            tokens_in: number;
            /**
             * Format: int64
             * @description Tokens that came out, those of reasoning included.
             */
            tokens_out: number;
            /**
             * Format: int64
             * @description The part of `tokens_in` that came from a cache.
             */
            tokens_cached: number;
            /**
             * Format: int64
             * @description What it cost, in micro-units of the currency; 0 when nobody told a price.
             */
            cost_micros: number;
            /** @description The model, or the one that was used most. */
            model: string | null;
            /** @description The runner's own name of the session. */
            session: string | null;
        };
        /**
         * @description What usage is summed by
         * @enum {string}
         */
        UsageBy: "cause" | "agent" | "runner" | "provider" | "model" | "day" | "project" | "task";
        /**
         * UsageReport
         * @description Spending, summed by something
         */
        UsageReport: {
            /** @description What it is summed by. */
            by: components["schemas"]["UsageBy"];
            /**
             * Format: date-time
             * @description Since when; null for all of it.
             * @example 2026-11-22T09:30:00.000Z
             */
            since: string | null;
            /** @description The sums, most expensive first; days in order. */
            items: components["schemas"]["UsageSum"][];
            /** @description All of it. */
            total: components["schemas"]["Spend"];
        };
        /**
         * UsageSum
         * @description What was spent on one thing
         */
        UsageSum: {
            /** @description The cause, agent, model…; empty where nobody told. */
            key: string;
            /** @description What was spent. */
            spend: components["schemas"]["Spend"];
        };
        /**
         * @description What came of the task in which a skill was used
         * @enum {string}
         */
        UseOutcome: "success" | "failure" | "void";
        /**
         * @description What a reviewer concludes
         * @enum {string}
         */
        Verdict: "approved" | "needs_revision" | "rejected";
        /**
         * Verification
         * @description Whether a copy is whole
         */
        Verification: {
            /** @description Whether it could be restored. */
            ok: boolean;
            /** @description What is wrong with it; null when nothing is. */
            detail: string | null;
            /**
             * Format: uint64
             * @description Its size; null when it cannot be read.
             */
            size_bytes: number | null;
            /**
             * Format: int64
             * @description Tasks in it.
             */
            tasks_count: number | null;
            /**
             * Format: int64
             * @description Events in it.
             */
            events_count: number | null;
        };
        /**
         * WaitReason
         * @description One reason why a task is where it is
         */
        WaitReason: {
            /**
             * @description `dependency`, `part`, `time`, `slot`, `parked`, `agent`, `person`, `decision`, `review`, `working`, `guardrail`,
             *     `planned`, `refused`, `plan`, `script`, `ticker`, `paused`, `attempt` (how the last one ended, and what to do about
             *     it) or `final`.
             */
            code: string;
            /** @description In words. */
            text: string;
            /**
             * Format: task-id
             * @description The task that it waits for; null when it waits for none.
             * @example t-12
             */
            task: string | null;
            /**
             * Format: agent-id
             * @description The agent that it is about; null when it is about none.
             * @example zhangfei-dev
             */
            agent: string | null;
            /**
             * Format: date-time
             * @description Until when; null when that is not known.
             * @example 2026-11-22T09:30:00.000Z
             */
            until: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Health"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": unknown;
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApiYaml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDaemonStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["DaemonStatus"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Storage"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrends: {
        parameters: {
            query?: {
                /** @description Of the last so many minutes; 180 when none. */
                minutes?: number;
                /** @description At most so many points; 180 when none. */
                points?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Trends"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogLevel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["LogLevelInForce"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    setLogLevel: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewLogLevel"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["LogLevelInForce"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Attempt"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopTicker: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Ticker"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    startTicker: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Ticker"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    tick: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TickReport"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Only events of this project. */
                project?: string;
                /** @description Only these levels, as a comma list; without it all but `activity`. */
                level?: string;
                /** @description Begin behind this id. */
                after?: number;
            };
            header?: {
                /** @description Begin behind this id; browsers send it when they connect again. */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events; `data` of each is one object */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events with a higher id. */
                after?: number;
                /** @description Only those of this project. */
                project?: string;
                /** @description Only those of this task; needs `project`. */
                task?: string;
                /** @description Only these kinds, as a comma list. */
                kind?: string;
                /** @description Only these levels, as a comma list; all of them without it. */
                level?: string;
                /** @description Newest first. */
                newest?: boolean;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before, with the same order. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Event"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTaskEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Event"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Attempt"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubtasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProject"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    archiveProject: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreProject: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Only these statuses, as a comma list. */
                status?: string;
                /** @description Only these levels of risk, as a comma list. */
                risk?: string;
                /** @description Only those of this agent. */
                assignee?: string;
                /** @description Only the children of this task. */
                parent?: string;
                /** @description Only those with this text in title or description. */
                q?: string;
                /** @description The order; `oldest` when none. */
                sort?: components["schemas"]["TaskSort"];
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before, with the same order. */
                cursor?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTasks: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskBatch"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: {
                /**
                 * @description What to add, as a comma list: `comments`, `outputs`, `reviews`, `decisions`, `observations`, `events`,
                 *     `attempts`, `subtasks` or `all`.
                 */
                expand?: string;
            };
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TaskDetail"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainTask: {
        parameters: {
            query?: {
                /** @description At most so many decisions, the newest; 50 when none. */
                limit?: number;
            };
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Explanation"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    claimTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ClaimedTask"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    startTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Completion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    failTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    blockTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    escalateTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenTask: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Transition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Task"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOutputs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Output"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addOutput: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOutput"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Output"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Comment"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addComment: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Comment"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDecisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Decision"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDecision: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDecision"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Decision"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listObservations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Observation"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addObservation: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewObservation"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Observation"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addExperience: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLesson"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Experience"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    importRecords: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportedLine"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ImportedRecords"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExperiences: {
        parameters: {
            query?: {
                /** @description Only those with this tag. */
                tag?: string;
                /** @description Only with this status. */
                status?: components["schemas"]["ExperienceStatus"];
                /** @description Only those with these words; see `/api/search`. */
                q?: string;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Experience"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchExperience: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LessonPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Experience"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOutputContent: {
        parameters: {
            query?: {
                /** @description True for a file to be saved rather than shown. */
                download?: boolean;
            };
            header?: {
                /** @description Which bytes, such as `bytes=1000-` or `bytes=-1000`. */
                Range?: string;
            };
            path: {
                project: string;
                task: string;
                /** @description The output's id. */
                output: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    "ACCEPT-RANGES": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    "ACCEPT-RANGES": string;
                    /** @description Which bytes these are, and of how many. */
                    "CONTENT-RANGE": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The file has no such part */
            416: {
                headers: {
                    /** @description How many bytes there are. */
                    "CONTENT-RANGE": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Review"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addReview: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Review"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_OutputChange"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalibration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_TrackRecord"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRebuttals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Rebuttal"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    addRebuttal: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRebuttal"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Rebuttal"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAttemptLog: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which bytes, such as `bytes=1000-` or `bytes=-1000`. */
                Range?: string;
            };
            path: {
                project: string;
                task: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    "ACCEPT-RANGES": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    "ACCEPT-RANGES": string;
                    /** @description Which bytes these are, and of how many. */
                    "CONTENT-RANGE": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The file has no such part */
            416: {
                headers: {
                    /** @description How many bytes there are. */
                    "CONTENT-RANGE": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamAttemptLog: {
        parameters: {
            query?: {
                /** @description Begin at this byte. */
                offset?: number;
            };
            header?: {
                /** @description Begin at this byte; browsers send it when they connect again. */
                "Last-Event-ID"?: number;
            };
            path: {
                project: string;
                task: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events; `data` of each is one object */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LogChunk"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    killAttempt: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Kill"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Attempt"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Only those that nobody has settled yet. */
                open?: boolean;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_DeadLetter"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                letter: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["DeadLetter"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                letter: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["DeadLetter"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description Only those that wait for an answer. */
                open?: boolean;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Checkpoint"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCheckpoint: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCheckpoint"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Checkpoint"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerCheckpoint: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                checkpoint: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckpointAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Checkpoint"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMail: {
        parameters: {
            query?: {
                /** @description Only those to this agent or person; `human` stands for every person. */
                to?: string;
                /** @description Only those from this agent or person. */
                from?: string;
                /** @description Only those that want this. */
                kind?: components["schemas"]["MailKind"];
                /** @description Only those of this conversation: the id of its first mail. */
                conversation?: number;
                /** @description Only answers to this mail. */
                in_reply_to?: number;
                /** @description Only those that nobody has read yet. */
                unread?: boolean;
                /** @description Only requests that have no answer yet. */
                open?: boolean;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Mail"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMail: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMail"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Mail"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Mail"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Mail"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPrompt: {
        parameters: {
            query?: {
                /** @description Whose prompt; that of who would be next when none. */
                agent?: string;
                /** @description Why it would be started; what the task waits for when none. */
                trigger?: components["schemas"]["Trigger"];
            };
            header?: never;
            path: {
                project: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Prompt"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPromptPart: {
        parameters: {
            query?: {
                /** @description Whose prompt; that of who would be next when none. */
                agent?: string;
                /** @description Why it would be started; what the task waits for when none. */
                trigger?: components["schemas"]["Trigger"];
                /** @description So many items are skipped: `next` of the page before. */
                skip?: number;
            };
            header?: never;
            path: {
                project: string;
                task: string;
                section: components["schemas"]["Section"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["PromptPart"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TemplateList"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_RecordSchema"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["schemas"]["RecordKind"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["RecordSchema"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScripts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptList"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    putScript: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteScript: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            /** @description The script of the next level, which is in force now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description The override is gone, and no other level has such a script */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScriptToCheck"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptCheck"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScriptVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_ScriptVersion"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulateScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RootScriptToSimulate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptSimulation"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RootScriptToReplay"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptReplay"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjectScripts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptList"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectScript: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectScript: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["By"];
            };
        };
        responses: {
            /** @description The script of the next level, which is in force now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                };
            };
            /** @description The override is gone, and no other level has such a script */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkProjectScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScriptToCheck"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptCheck"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjectScriptVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_ScriptVersion"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulateProjectScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScriptToSimulate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptSimulation"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayProjectScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                /** @description Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptToReplay"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ScriptReplay"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSkills: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillList"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSkill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                skill: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                skill: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkillText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    importSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkillImport"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                skill: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SkillStatusChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    deprecateSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                skill: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SkillStatusChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                skill: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SkillRollback"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjectSkills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillList"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectSkill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: string;
                skill: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectSkill: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                project: string;
                skill: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkillText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SkillInFull"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Agent"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Job"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    runJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["StartedRun"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobRuns: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_JobRun"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxLine"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Accepted"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description The words. */
                q: string;
                /** @description Only in this project. */
                project?: string;
                /** @description Only these kinds, as a comma list such as `task,comment`. */
                kind?: string;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_SearchHit"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConfiguration: {
        parameters: {
            query?: {
                /** @description The settings as they hold for this project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Configuration"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBackups: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Backup"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    runBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewBackup"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Backup"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`. */
                backup: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Verification"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    planRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`. */
                backup: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRestore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["RestorePlan"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreBackup: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`. */
                backup: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Project"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description Only this project. */
                project?: string;
                /** @description Since this day (UTC), as a date or a time. */
                since?: string;
                /** @description What it is summed by; `cause` without it. */
                by?: components["schemas"]["UsageBy"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["UsageReport"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_Provider"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    unparkProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Provider"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                state?: components["schemas"]["DeliveryState"];
                /** @description Only by this channel. */
                channel?: string;
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_Delivery"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    testChannel: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelTest"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Delivery"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Delivery"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Its id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OnlyAgent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Delivery"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the source in `webhooks` of the configuration. */
                source: string;
            };
            cookie?: never;
        };
        /** @description What the forge sends. */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TakenWebhook"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Page_ReceivedWebhook"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Items_ApiKey"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description The new object */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["FreshApiKey"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Its id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OnlyAgent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["FreshApiKey"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                "X-Moziplus-Token"?: string;
                /** @description Lets the write be sent again when its answer was lost: it is then answered as the first time. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Its id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OnlyAgent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["ApiKey"];
                };
            };
            /** @description No API key, or a wrong one (`unauthorized`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this caller (`not_assignee`, `self_review`, `foreign_host`, `foreign_origin`, `path_outside`,
             *     `out_of_scope`)
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing (`not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The route has no such method (`method_not_allowed`) */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not now (`invalid_transition`, `stale_token`, `already_claimed`, `gate_failed`, `project_archived`,
             *     `project_busy`, `conflict`)
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not well formed (`validation`, `dependency_cycle`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests or live streams (`rate_limited`) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The server's own fault (`internal`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description Not at the moment (`quarantined`, `starting`, `busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was changed (`disk_full`) */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Problem"];
                };
            };
        };
    };
}
type FlattenedDeepRequired<T> = {
    [K in keyof T]-?: FlattenedDeepRequired<T[K] extends unknown[] | undefined | null ? Extract<T[K], unknown[]>[number] : T[K]>;
};
type ReadonlyArray<T> = [
    Exclude<T, undefined>
] extends [
    unknown[]
] ? Readonly<Exclude<T, undefined>> : Readonly<Exclude<T, undefined>[]>;
export const agentRoleValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["AgentRole"]> = ["planner", "executor", "reviewer", "coordinator"];
export const attemptStateValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["AttemptState"]> = ["starting", "running", "ended"];
export const changeKindValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ChangeKind"]> = ["added", "changed", "unchanged", "missing"];
export const commentTypeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["CommentType"]> = ["note", "handoff", "question", "answer", "position", "suggestion", "claim", "risk"];
export const deliveryStateValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["DeliveryState"]> = ["waiting", "delivered", "failed"];
export const eventKindValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["EventKind"]> = ["task_created", "task_status_changed", "comment_added", "output_added", "review_submitted", "rebuttal_submitted", "observation_added", "decision_added", "attempt_started", "attempt_ended", "mention_delivered", "escalated", "checkpoint_opened", "budget_used_up", "zombie_suspected", "experience_learned", "skill_changed", "policy_reloaded", "policy_rejected", "job_finished", "backup_finished", "project_changed", "daemon_state", "gap", "agent_log"];
export const experienceStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ExperienceStatus"]> = ["candidate", "active", "deprecated"];
export const gateStateValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["GateState"]> = ["pending"];
export const issueSeverityValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["IssueSeverity"]> = ["minor", "major", "critical"];
export const keyScopeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["KeyScope"]> = ["human", "read_only", "agent"];
export const levelValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Level"]> = ["urgent", "attention", "routine", "activity"];
export const mailKindValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["MailKind"]> = ["request", "inform"];
export const outcomeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Outcome"]> = ["completed", "timeout", "rate_limited", "quota_exceeded", "auth_failed", "network", "lock_conflict", "interrupted", "crashed", "spawn_failed", "model_fallback", "no_result", "declined", "cancelled", "claim_expired", "lost", "over_budget"];
export const outputTypeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["OutputType"]> = ["code", "document", "data", "config", "other"];
export const recordKindValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["RecordKind"]> = ["task", "claim", "completion", "transition", "resolution", "output", "comment", "decision", "observation", "review", "rebuttal", "experience", "checkpoint", "mail", "inbox_line", "skill", "skill_meta"];
export const reviewPhaseValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReviewPhase"]> = ["review", "rebuttal"];
export const reviewResultValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReviewResult"]> = ["confirmed", "overturned"];
export const riskLevelValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["RiskLevel"]> = ["low", "medium", "high", "critical"];
export const rulingValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Ruling"]> = ["upheld", "withdrawn"];
export const searchKindValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SearchKind"]> = ["task", "comment", "output", "experience", "skill"];
export const sectionValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Section"]> = ["mentions", "description", "reviews", "answers", "decisions", "attempts", "dependencies", "children", "outputs", "parent", "comments", "skills", "lessons"];
export const severityValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Severity"]> = ["info", "warning", "critical"];
export const skillLevelValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SkillLevel"]> = ["project", "custom", "builtin"];
export const skillSourceValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SkillSource"]> = ["builtin", "distilled", "imported", "written"];
export const skillStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SkillStatus"]> = ["draft", "active", "deprecated"];
export const stanceValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Stance"]> = ["ACCEPT", "REJECT", "PARTIAL"];
export const statusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Status"]> = ["pending", "claimed", "working", "review", "done", "failed", "blocked", "paused", "escalated", "cancelled"];
export const taskSortValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["TaskSort"]> = ["oldest", "newest", "updated", "priority"];
export const triggerValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Trigger"]> = ["execute", "revise", "review", "rebut", "mention", "offer", "round", "distill", "arbitrate", "guard"];
export const usageByValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["UsageBy"]> = ["cause", "agent", "runner", "provider", "model", "day", "project", "task"];
export const useOutcomeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["UseOutcome"]> = ["success", "failure", "void"];
export const verdictValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["Verdict"]> = ["approved", "needs_revision", "rejected"];
