//! Comparisons of a fact with a word that it never is: they are false without a sound, so a misspelt word goes unseen.

use std::{collections::HashMap, sync::LazyLock};

use rhai::{ASTNode, Expr, FnCallExpr, Position};

use super::Check;
use crate::policy::{facts, fault::nearest};

/// The words that properties can be, by the variable's name and the property's: what is called `task` is a `Task`.
static WORDS: LazyLock<HashMap<(String, &'static str), &'static [&'static str]>> = LazyLock::new(|| {
    let types = facts::docs().into_iter();
    let of_type = types.flat_map(|doc| {
        let variable = doc.name.to_lowercase();
        let properties = doc.properties.into_iter().filter(|property| !property.words.is_empty());
        properties.map(move |property| ((variable.clone(), property.name), property.words))
    });
    of_type.collect()
});

impl Check<'_> {
    /// `task.status == "pendng"`, `task.status in ["pendng"]`.
    pub(super) fn words(&mut self, path: &[ASTNode]) {
        let Some(ASTNode::Expr(Expr::FnCall(call, _))) = path.last() else { return };
        let Some((fact, other)) = sides(call) else { return };
        let Some((shown, words)) = words_of(fact) else { return };
        for (given, position) in texts(other) {
            if words.contains(&given.as_str()) {
                continue;
            }
            let fault = self.fault(position, format!("`{shown}` is never `{given}`"));
            let fault = match nearest(&given, words.iter().copied()) {
                Some(near) => fault.expected(format!("did you mean `{near}`?")),
                None => fault.expected(format!("it is one of {}", words.join(", "))),
            };
            self.faults.push(fault);
        }
    }
}

/// What is compared with what, the fact first.
fn sides(call: &FnCallExpr) -> Option<(&Expr, &Expr)> {
    let [first, second] = call.args.as_slice() else { return None };
    match call.name.as_str() {
        "==" | "!=" if matches!(second, Expr::Dot(..)) => Some((second, first)),
        "==" | "!=" => Some((first, second)),
        // `x in list` is written so.
        "contains" => Some((second, first)),
        _ => None,
    }
}

/// The words that a property of a variable can be, with both as they are written.
fn words_of(fact: &Expr) -> Option<(String, &'static [&'static str])> {
    let Expr::Dot(link, ..) = fact else { return None };
    let (Expr::Variable(variable, ..), Expr::Property(property, _)) = (&link.lhs, &link.rhs) else { return None };
    let (variable, property) = (variable.1.as_str(), property.2.as_str());
    let words = WORDS.iter().find(|((name, of), _)| name == variable && *of == property)?.1;
    Some((format!("{variable}.{property}"), *words))
}

/// Texts that stand there, alone or in a list.
fn texts(expr: &Expr) -> Vec<(String, Position)> {
    match expr {
        Expr::StringConstant(text, position) => vec![(text.to_string(), *position)],
        Expr::Array(items, _) => items.iter().flat_map(texts).collect(),
        Expr::DynamicConstant(value, position) => {
            let items = value.as_array_ref();
            let texts = items.iter().flat_map(|items| items.iter()).filter_map(|item| item.clone().into_string().ok());
            texts.map(|text| (text, *position)).collect()
        }
        _ => Vec::new(),
    }
}
