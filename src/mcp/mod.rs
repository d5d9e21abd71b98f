//! The Model Context Protocol: every verb of the blackboard as a tool, over standard input or at `/mcp`.
//!
//! The tools are made from the OpenAPI document, so that they are what the API is: names, descriptions, fields and
//! their checks are written once. A call becomes a request to the API and goes the way that the caller of this module
//! gives: over the daemon's socket, or to the same routes in this process.

mod call;
mod http;
mod lines;
mod tools;

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use rmcp::{
    ErrorData, RoleServer, ServerHandler, ServiceExt,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
        PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
};
use serde_json::{Map, Value, json};

use tokio::time::timeout;

use self::{call::Wrong, lines::Lines, tools::Tools};
pub use self::{
    http::{Service, service},
    tools::DocumentError,
};
use crate::client::{
    problem::Problem,
    request::{Request, Response},
};

/// Sends a request to the API; whatever is refused comes back as the API's error object.
pub type Way = Arc<dyn Fn(Request) -> BoxFuture<'static, Result<Response, Problem>> + Send + Sync>;

/// How long the last answers may take to be written.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What a model reads first.
const INSTRUCTIONS: &str = "A shared blackboard of tasks. Claim a task, do what it asks, add outputs, then complete it. \
    Reviewers add reviews with a confidence from 0 to 1; whoever did the work answers each issue with a rebuttal. \
    `claim_task` answers with a token: pass it as `token` with every write on that task. A refused call answers with an object that says what was wrong, what is allowed and what to do next.";

/// What a call means when it does not say: whoever runs as an agent need not name its own task.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// The project.
    pub project: Option<String>,
    /// The task.
    pub task: Option<String>,
    /// Who acts.
    pub agent: Option<String>,
}

/// Why a server of tools cannot run.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// The API's document is not as expected: a mistake of ours.
    #[error("the tools cannot be made from the API's document")]
    Document(#[from] DocumentError),
    /// The other side did not begin as the protocol asks.
    #[error("the client did not begin as the Model Context Protocol asks: {0}")]
    Handshake(String),
    /// It ended in disorder.
    #[error("the connection ended in disorder: {0}")]
    Ended(String),
}

/// Tools for one client.
#[derive(Clone)]
pub(crate) struct Server {
    tools: Arc<Tools>,
    way: Way,
    defaults: Arc<Defaults>,
}

/// Serves one client on standard input and output until it hangs up. `document` is the OpenAPI document as JSON.
pub async fn stdio(document: &str, way: Way, defaults: Defaults) -> Result<(), McpError> {
    let server = Server { tools: Arc::new(Tools::of(document)?), way, defaults: Arc::new(defaults) };
    let lines = Lines::between(tokio::io::stdin(), tokio::io::stdout());
    let running =
        server.serve((lines.input, lines.output)).await.map_err(|error| McpError::Handshake(error.to_string()))?;
    running.waiting().await.map_err(|error| McpError::Ended(error.to_string()))?;
    // What was answered last is still on its way.
    let _late = timeout(LAST_WORDS, lines.written).await;
    Ok(())
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let name = Implementation::new("moziplus", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.list(&self.defaults)))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.get(name).map(|tool| tool.describe(&self.defaults))
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.tools.get(&call.name) else {
            let known: Vec<_> = self.tools.names().collect();
            return Err(ErrorData::invalid_params(
                format!("there is no tool `{}`", call.name),
                Some(json!({"valid_values": known})),
            ));
        };
        let request = match tool.request(call.arguments.unwrap_or_default(), &self.defaults) {
            Ok(request) => http::with_token(request, &context),
            Err(wrong) => return Ok(refused(&problem_of(&wrong)).into()),
        };
        Ok(match (self.way)(request).await {
            Ok(response) => answered(&response),
            Err(problem) => refused(&problem),
        }
        .into())
    }
}

/// The answer: as structure when it is an object, else as the text that it is; and what the caller is reminded of.
fn answered(response: &Response) -> CallToolResult {
    let mut result = match response.json::<Map<String, Value>>() {
        Ok(object) => CallToolResult::structured(Value::Object(object)),
        Err(_) => CallToolResult::success(vec![ContentBlock::text(String::from_utf8_lossy(&response.body))]),
    };
    let reminder = response.notice.as_ref().map(|notice| ContentBlock::text(format!("Reminder: {notice}")));
    result.content.extend(reminder);
    result
}

/// A refusal is the model's to read and to mend, so it is an answer and not an error of the protocol.
fn refused(problem: &Problem) -> CallToolResult {
    CallToolResult::structured_error(serde_json::to_value(problem).unwrap_or_default())
}

fn problem_of(wrong: &Wrong) -> Problem {
    let problem = Problem { field: wrong.field().map(str::to_owned), ..Problem::new("validation", wrong.to_string()) };
    match wrong {
        Wrong::Unknown { valid, .. } => problem.valid_values(valid.clone()).hint("use one of valid_values"),
        Wrong::Missing(_) | Wrong::NotPlain(_) => problem.hint("the tool's input schema says what it takes"),
    }
}
