//! What requests bring, with the names of the CLI; whoever acts defaults to `human` everywhere.

pub mod operations;
pub mod records;
pub mod skills;
pub mod tasks;

/// Splits a body into who acts and what the operation takes.
macro_rules! splits {
    ($($body:ident.$who:ident -> $request:ident { $($field:ident),+ $(; ..$rest:expr)? },)+) => {$(
        impl From<$body> for (Option<$crate::model::ids::Actor>, $crate::app::requests::$request) {
            fn from(body: $body) -> Self {
                let request = $crate::app::requests::$request { $($field: body.$field.into(),)+ $(..$rest)? };
                (body.$who, request)
            }
        }
    )+};
}
use splits;
