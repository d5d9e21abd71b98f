//! Creating a project: all of it or nothing.

use std::{fs, io, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ProjectView, Trouble, changed, entry_of, get, try_open};
use crate::{
    app::{App, access, agents, error::AppError, known::ProjectState, requests::Caller},
    config::{
        Root,
        registry::{self, ProjectStatus, RegistryEntry},
    },
    model::ids::{AgentId, ProjectId},
    store::Store,
};

/// A project that somebody wants to create.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewProject {
    /// Its id.
    pub id: ProjectId,
    /// Its name; the id when none.
    pub name: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who works on it; everybody when empty.
    pub agents: Vec<AgentId>,
}

/// Creates a project: its folders, its configuration, its database, its entry in the registry.
pub async fn create(app: &App, new: NewProject, caller: &Caller) -> Result<ProjectView, AppError> {
    access::refuse_token(caller, "creates a project")?;
    if new.id.is_virtual() {
        let detail = format!("`{}` is a name of moziplus' own", new.id);
        return Err(AppError::invalid("id", detail, "use 1 to 64 of a-z 0-9 _ - and start with a letter or digit"));
    }
    for agent in &new.agents {
        agents::check_known(app, "agents", agent)?;
    }
    if entry_of(app, &new.id).is_some() || app.root().project(&new.id).exists() {
        return Err(taken(&new.id));
    }
    let name = new.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| new.id.to_string());
    let entry = RegistryEntry { id: new.id.clone(), name, status: ProjectStatus::Active, created_at: Some(app.now()) };
    make_folders(app, &new, &entry).await?;
    app.reload_config().await;
    match try_open(app, &entry).await {
        Ok(project) => app.projects().set(&new.id, ProjectState::Usable(Arc::new(project))),
        Err(trouble) => return Err(unmake(app, &new.id, trouble).await),
    }
    let payload = json!({"status": "active", "by": caller.actor});
    changed(app, &new.id, format!("project {} was created", new.id), payload).await;
    get(app, &new.id).await
}

async fn make_folders(app: &App, new: &NewProject, entry: &RegistryEntry) -> Result<(), AppError> {
    let (root, new, entry) = (app.root().clone(), new.clone(), entry.clone());
    let work = move || {
        let folder = root.project(&new.id);
        let cannot = |error: io::Error| AppError::io(format!("{} cannot be made", folder.display()), &error);
        fs::create_dir_all(root.projects()).map_err(cannot)?;
        // Of two that create the same project at once, only one makes the folder, and only that one clears it away.
        fs::create_dir(&folder).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => taken(&new.id),
            _ => cannot(error),
        })?;
        let made = write_files(&root, &new, &entry)
            .map_err(cannot)
            .and_then(|()| Ok(Store::make(&root.blackboard(&new.id))?))
            .and_then(|()| Ok(registry::add(&root, entry)?));
        if made.is_err() {
            remove_folder(&folder);
        }
        made
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

fn taken(id: &ProjectId) -> AppError {
    AppError::in_the_way(format!("project {id} exists already"), "choose another id, or work on in this project")
}

/// Clears away a project that was being created and could not be opened; the error that says why.
async fn unmake(app: &App, id: &ProjectId, trouble: Trouble) -> AppError {
    let (root, id) = (app.root().clone(), id.clone());
    let work = move || {
        if let Err(error) = registry::remove(&root, &id) {
            tracing::warn!(project = %id, %error, "a project that could not be created is left in the registry");
        }
        remove_folder(&root.project(&id));
    };
    // It fails only when the runtime is going down.
    let _ = tokio::task::spawn_blocking(work).await;
    app.reload_config().await;
    if trouble.disk_full { AppError::DiskFull } else { AppError::Internal(trouble.reason) }
}

fn remove_folder(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        tracing::warn!(folder = %folder.display(), %error, "what was made of a project is left behind");
    }
}

fn write_files(root: &Root, new: &NewProject, entry: &RegistryEntry) -> io::Result<()> {
    for folder in ["config", "scripts", "skills", "artifacts", "experiences"] {
        fs::create_dir_all(root.project(&new.id).join(folder))?;
    }
    let mut settings = json!({"project": {"name": entry.name}, "agents": new.agents});
    if let Some(description) = &new.description {
        settings["project"]["description"] = json!(description);
    }
    if new.agents.is_empty() {
        settings.as_object_mut().map(|map| map.remove("agents"));
    }
    let text = serde_yaml::to_string(&settings).map_err(io::Error::other)?;
    fs::write(root.project_config(&new.id), text)
}
