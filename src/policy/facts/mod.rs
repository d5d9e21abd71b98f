//! What scripts can read: typed, read-only facts over the shared snapshot.
//!
//! A fact type is a table of properties, written once in `tables`. The same lines register the getters and make the
//! documentation, so code and reference cannot drift apart. There are no setters: an assignment is an error with a
//! position, and so is a property that does not exist.

pub(super) mod json;
mod tables;
pub(super) mod time;
mod value;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rhai::{Dynamic, FuncRegistration, Module};

use self::value::Fact;

/// A type whose values scripts can read.
pub(super) trait FactType: Send + Sync + Sized + 'static {
    /// Its name in scripts, messages and documentation.
    const NAME: &'static str;
}

/// Documentation of one fact type.
#[derive(Debug, Clone)]
pub struct TypeDoc {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its properties, in order.
    pub properties: Vec<PropertyDoc>,
}

/// Documentation of one property.
#[derive(Debug, Clone)]
pub struct PropertyDoc {
    /// Its name.
    pub name: &'static str,
    /// Its type in scripts.
    pub kind: String,
    /// Its unit, where the type does not say it.
    pub unit: &'static str,
    /// True when it can be `()`.
    pub nullable: bool,
    /// The words that it can be, when there are only some.
    pub words: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
}

/// Makes every fact type readable for scripts.
pub(super) fn register(module: &mut Module) {
    tables::all(module);
    time::register(module);
    json::register(module);
}

/// Every fact type with its properties.
pub fn docs() -> Vec<TypeDoc> {
    tables::all(&mut Module::new())
}

/// The value that a script gets for a shared fact.
pub(super) fn dynamic<T: FactType>(fact: &Arc<T>) -> Dynamic {
    Dynamic::from(fact.clone())
}

/// A point in time as scripts see it.
pub fn time_value(at: DateTime<Utc>) -> Dynamic {
    Dynamic::from(time::Time::utc(at))
}

/// The point in time that a script gave; none when it gave something else.
pub fn time_of(value: &Dynamic) -> Option<DateTime<Utc>> {
    let time = value.clone().try_cast::<time::Time>()?;
    DateTime::from_timestamp_millis(time.millis())
}

/// A getter without a setter beside it: the property is read-only.
fn getter(name: &str) -> FuncRegistration {
    FuncRegistration::new_getter(name).in_global_namespace()
}

/// One fact type while its table is read: getters go into the module, lines into the documentation.
struct Table<'a> {
    module: &'a mut Module,
    doc: TypeDoc,
}

impl<'a> Table<'a> {
    fn of<T: FactType>(module: &'a mut Module, meaning: &'static str) -> Self {
        module.set_custom_type::<Arc<T>>(T::NAME);
        Self { module, doc: TypeDoc { name: T::NAME, meaning, properties: Vec::new() } }
    }

    /// A property that is a field.
    fn field<T: FactType, F: Fact>(&mut self, name: &'static str, meaning: &'static str, get: fn(&T) -> &F) {
        self.document::<F>(name, meaning);
        getter(name).set_into_module(self.module, move |fact: &mut Arc<T>| get(fact).dynamic());
    }

    /// A property that is computed.
    fn computed<T: FactType, F: Fact>(&mut self, name: &'static str, meaning: &'static str, get: fn(&T) -> F) {
        self.document::<F>(name, meaning);
        getter(name).set_into_module(self.module, move |fact: &mut Arc<T>| get(fact).dynamic());
    }

    fn document<F: Fact>(&mut self, name: &'static str, meaning: &'static str) {
        let unit = if name.ends_with("_seconds") { "seconds" } else { F::UNIT };
        let property = PropertyDoc { name, kind: F::kind(), unit, nullable: F::NULLABLE, words: F::WORDS, meaning };
        self.doc.properties.push(property);
    }
}
