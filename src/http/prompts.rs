//! Prompts: what an agent would get, one part of it, and the templates that it is made from. Nothing is started.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    problem::{Failure, Problem},
    schema::words_in_document,
    views::prompts::{Prompt, PromptPart, Template, TemplateList},
};
use crate::{
    agent::prompt::{About, Context, PromptError, Section, Skill, Templates, preview},
    app::{AppError, agents, skills::choosing, tasks},
    config::PromptLimits,
    model::{
        ids::{AgentId, ProjectId, TaskId},
        task::Trigger,
    },
    store::Db,
};

words_in_document!(Section: "A part of what a prompt can say",);

/// Routes of prompts.
pub struct PromptsApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Operations")]
impl PromptsApi {
    /// What an agent would get that is started on a task now
    ///
    /// Nothing is started and nothing written. Of an agent that works on it, it is the prompt as it would be now.
    #[oai(path = "/projects/:project/tasks/:task/prompt", method = "get", operation_id = "getPrompt")]
    async fn prompt(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        /// Whose prompt; that of who would be next when none.
        agent: Query<Option<AgentId>>,
        /// Why it would be started; what the task waits for when none.
        trigger: Query<Option<Trigger>>,
    ) -> Result<Json<Prompt>, Failure> {
        let (context, limits) = self.context(&project, (task.0, agent.0, trigger.0)).await?;
        let root = self.0.root().clone();
        let work = move |templates: Templates| {
            let made = templates.compose(&context, limits, &root)?;
            Ok::<_, PromptError>(Prompt::of(&context, limits, made))
        };
        Ok(Json(self.with_templates(work).await??))
    }

    /// One part of what a prompt can say, a page of it
    ///
    /// This is how an agent reads what its message leaves out. Of lists with an age, the newest items come first.
    #[oai(path = "/projects/:project/tasks/:task/prompt/:section", method = "get", operation_id = "getPromptPart")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the route or query")]
    async fn part(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        section: Path<Section>,
        /// Whose prompt; that of who would be next when none.
        agent: Query<Option<AgentId>>,
        /// Why it would be started; what the task waits for when none.
        trigger: Query<Option<Trigger>>,
        /// So many items are skipped: `next` of the page before.
        skip: Query<Option<u64>>,
    ) -> Result<Json<PromptPart>, Failure> {
        let (context, limits) = self.context(&project, (task.0, agent.0, trigger.0)).await?;
        let skip = usize::try_from(skip.0.unwrap_or(0)).unwrap_or(usize::MAX);
        let work = move |templates: Templates| templates.excerpt(&context, limits, (section.0, skip));
        Ok(Json(self.with_templates(work).await??.into()))
    }

    /// The prompt templates, and where each comes from
    #[oai(path = "/templates", method = "get", operation_id = "listTemplates")]
    async fn templates(&self) -> Result<Json<TemplateList>, Failure> {
        let work = |templates: Templates| TemplateList {
            items: templates.list().into_iter().map(Template::from).collect(),
            faults: templates.faults().into_iter().map(Into::into).collect(),
        };
        Ok(Json(self.with_templates(work).await?))
    }
}

impl PromptsApi {
    async fn context(
        &self,
        project: &ProjectId,
        (task, agent, trigger): (TaskId, Option<AgentId>, Option<Trigger>),
    ) -> Result<(Context, PromptLimits), Failure> {
        let now = tasks::get(&self.0, project, task).await?;
        let agent = agent.or(preview::next_agent(&now)).ok_or_else(|| nobody_next(task))?;
        agents::check_known(&self.0, "agent", &agent)?;
        let config = self.0.config();
        let agents = config.agents();
        let profile = agents.get(&agent).ok_or_else(|| AppError::NotFound(format!("agent {agent}")))?;
        let role = profile.role;
        let own = config.project(project).map_err(|error| AppError::Internal(error.to_string()))?;
        let about = About::of(&own, project, (agent.clone(), role), (self.0.root(), config.playbook()));
        let due = trigger.unwrap_or_else(|| preview::due(&now));
        let who = (due.as_str(), profile.capabilities.as_slice());
        let chosen = choosing::choose(&self.0, &*self.0.project(project)?, &now, who).await?;
        let skills = chosen.iter().map(|chosen| Skill::of(&chosen.skill, chosen.on_trial)).collect();
        let about = About { skills, ..about };
        let (name, question) = (project.clone(), preview::Question { task, agent, trigger });
        let read = move |db: &Db<'_>| Ok::<_, AppError>(preview::read(db, &name, &question, about)?);
        let context = self.0.project(project)?.store.read(read).await?;
        Ok((context, own.effective.prompt))
    }

    /// Does something with the templates, on a thread that may block.
    async fn with_templates<T: Send + 'static>(
        &self,
        work: impl FnOnce(Templates) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let templates = Templates::new(self.0.root().prompt_templates());
        let done = tokio::task::spawn_blocking(move || work(templates)).await;
        Ok(done.map_err(|error| AppError::Internal(error.to_string()))?)
    }
}

fn nobody_next(task: TaskId) -> Problem {
    let detail = format!("{task} does not say who is next");
    Problem::invalid("agent", detail, "name an agent; `moziplus agent list` shows them")
}

impl From<PromptError> for Failure {
    fn from(error: PromptError) -> Self {
        AppError::Internal(format!("{error}: {}", error.reason())).into()
    }
}
