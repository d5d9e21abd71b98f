//! Closures with captured variables: only where they cannot outlive the call, nor race with it.

use rhai::{ASTNode, Expr, Position, Stmt};

use super::Check;

/// Functions that call a closure and let go of it: the only ones that take a closure with captured variables.
///
/// A closure that is kept can capture another one, and so on; such a chain has no size that the engine would limit,
/// and a long one overflows the stack when it is dropped. So captured variables may not outlive the call.
const LET_GO: &[&str] = &[
    "all",
    "drain",
    "filter",
    "find",
    "find_map",
    "for_each",
    "index_of",
    "map",
    "reduce",
    "reduce_rev",
    "retain",
    "some",
    "sort",
    "sorted_by",
];

impl Check<'_> {
    /// Closures with captured variables go straight to a function that lets go of them; see [`LET_GO`].
    pub(super) fn captures(&mut self, path: &[ASTNode]) {
        let (closure, position) = match path {
            [.., ASTNode::Expr(closure @ Expr::Stmt(_)), ASTNode::Stmt(Stmt::Share(captured))] => {
                let root = root_of_chain(&path[..path.len() - 2]);
                if let Some((ident, _)) = captured.iter().find(|(ident, _)| Some(ident.name.as_str()) == root) {
                    self.refuse_root(&ident.name, ident.pos);
                }
                (*closure, closure.position())
            }
            [.., ASTNode::Expr(Expr::MethodCall(call, position))] if call.name == "curry" => {
                return self.refuse_capture(*position);
            }
            [.., parent, ASTNode::Expr(Expr::FnCall(call, position))] if call.name == "curry" => {
                // The parser writes captures as a block of its own: the variables to share, and the curried closure.
                let written_by_parser = matches!(parent, ASTNode::Stmt(Stmt::Expr(_)))
                    && path.iter().rev().take(4).any(|node| is_capture(node));
                if !written_by_parser {
                    self.refuse_capture(*position);
                }
                return;
            }
            _ => return,
        };
        let taken = match path.get(path.len().wrapping_sub(3)) {
            Some(ASTNode::Expr(Expr::MethodCall(call, _))) => Some((call, 0)),
            Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) => Some((call, 1)),
            _ => None,
        };
        let fits = taken.is_some_and(|(call, index)| {
            let name = call.name.as_str();
            call.args.get(index).is_some_and(|arg| std::ptr::eq(arg, closure))
                && call.namespace.is_empty()
                && LET_GO.contains(&name)
                && !self.functions.contains_key(name)
                && !self.keys.contains(name)
        });
        if !fits {
            self.refuse_capture(position);
        }
    }

    /// `a.b.filter(|x| ... a ...)`: the call holds `a` while the closure asks for it, an error at run time.
    fn refuse_root(&mut self, name: &str, position: Position) {
        let message = format!("the closure uses `{name}`, which the call that it is given to starts from");
        let fault = self.fault(position, message);
        self.faults.push(fault.expected(format!("copy what it needs of `{name}` into a variable before")));
    }

    fn refuse_capture(&mut self, position: Position) {
        let fault = self.fault(position, "a closure that captures variables is kept".into());
        let expected = format!("such a closure may only be given directly to {}", LET_GO.join(", "));
        self.faults.push(fault.expected(expected));
    }
}

/// The variable that a chain `a.b.call(...)` starts from; the path ends with the call.
fn root_of_chain<'a>(path: &'a [ASTNode<'a>]) -> Option<&'a str> {
    let (call, above) = path.split_last()?;
    let &ASTNode::Expr(mut below) = call else { return None };
    let mut root = None;
    for node in above.iter().rev() {
        match node {
            ASTNode::Expr(chain @ (Expr::Dot(parts, ..) | Expr::Index(parts, ..)))
                if std::ptr::eq(&raw const parts.rhs, below) =>
            {
                root = Some(&parts.lhs);
                below = chain;
            }
            _ => break,
        }
    }
    match root? {
        Expr::Variable(variable, ..) => Some(variable.1.as_str()),
        _ => None,
    }
}

/// True for the block that the parser writes for a closure with captured variables.
fn is_capture(node: &ASTNode) -> bool {
    matches!(node, ASTNode::Expr(Expr::Stmt(block)) if matches!(block.statements(), [Stmt::Share(_), _]))
}
