//! The projects that are known, each usable or quarantined: shared by everybody.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};

use super::{
    error::AppError,
    status::{PolicyStatus, Quarantine},
};
use crate::{model::ids::ProjectId, policy::library::Library, store::Store};

/// A project that can be used.
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its database.
    pub store: Store,
    /// Its scripts.
    pub library: Library,
    /// True for a project that can only be read.
    pub archived: bool,
}

impl Project {
    /// The scripts in force, in short.
    pub fn policy_status(&self, now: DateTime<Utc>) -> PolicyStatus {
        let status = self.library.status();
        let levels: Vec<_> = status.files.iter().map(|file| file.source.to_string()).collect();
        let most_specific = ["project", "root"].into_iter().find(|level| levels.iter().any(|l| l == level));
        PolicyStatus {
            hash: status.hash,
            source: most_specific.unwrap_or("built-in").to_owned(),
            last_error: status.last_error.map(|fault| fault.to_string()),
            failing: self.library.failing(now),
        }
    }
}

/// Whether a project can be used.
#[derive(Clone)]
pub enum ProjectState {
    /// It can.
    Usable(Arc<Project>),
    /// It cannot; all others go on.
    Quarantined {
        /// Why.
        reason: String,
        /// The way out.
        hint: String,
    },
}

/// The projects that are known; shared by everybody.
#[derive(Default)]
pub struct Projects {
    /// Held only to look up and change an entry.
    known: RwLock<BTreeMap<ProjectId, ProjectState>>,
}

impl Projects {
    /// A project that can be used, or why it cannot.
    pub fn get(&self, id: &ProjectId) -> Result<Arc<Project>, AppError> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        match known.get(id) {
            Some(ProjectState::Usable(project)) => Ok(project.clone()),
            Some(ProjectState::Quarantined { reason, hint }) => {
                Err(AppError::Quarantined { project: id.to_string(), reason: reason.clone(), hint: hint.clone() })
            }
            None => Err(AppError::NotFound(format!("project {id}"))),
        }
    }

    /// Projects that can be read.
    pub fn usable(&self) -> Vec<Arc<Project>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let usable = known.values().filter_map(|state| match state {
            ProjectState::Usable(project) => Some(project.clone()),
            ProjectState::Quarantined { .. } => None,
        });
        usable.collect()
    }

    /// Projects that can be written to.
    pub fn open(&self) -> Vec<Arc<Project>> {
        self.usable().into_iter().filter(|project| !project.archived).collect()
    }

    /// Projects that cannot be used, and why.
    pub fn quarantined(&self) -> Vec<(ProjectId, Quarantine)> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let broken = known.iter().filter_map(|(id, state)| Some((id.clone(), Option::<Quarantine>::from(state)?)));
        broken.collect()
    }

    /// Notes how a project is now.
    pub(super) fn set(&self, id: &ProjectId, state: ProjectState) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), state);
    }

    /// Takes a project out of use; it is quarantined meanwhile.
    pub(super) fn take(&self, id: &ProjectId, meanwhile: &str) -> Option<Arc<Project>> {
        let hint = "try again in a moment".to_owned();
        let state = ProjectState::Quarantined { reason: meanwhile.to_owned(), hint };
        match self.known.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), state) {
            Some(ProjectState::Usable(project)) => Some(project),
            _ => None,
        }
    }
}
