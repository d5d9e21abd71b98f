//! Ends the tree of an attempt whose supervisor does not answer: it hangs, was stopped, or cannot be started again. What it
//! has written down and the nonce tell which processes these are.

use std::{path::Path, time::Duration};

use super::{
    adopt::{self, LookError},
    pipes::PipeFolder,
    terminate::Tree,
};

/// Asks the tree to end, and kills what is left of it after `grace`. Answers with what does not go even then; none when
/// nothing tells which processes to end.
///
/// A supervisor that goes on meanwhile sees its child end as always, so both may do it at once.
pub(super) async fn end(
    dir: &Path,
    pipes: &PipeFolder,
    nonce: Option<&str>,
    grace: Duration,
) -> Result<Option<Vec<i32>>, LookError> {
    let recorded = adopt::process_record(dir)?.filter(|record| nonce.is_none_or(|nonce| nonce == record.nonce));
    let files = recorded.as_ref().and_then(|record| record.pipes.as_ref()).map(|name| pipes.files(name));
    let main = match (recorded, nonce) {
        (Some(record), _) => Some(record.identity),
        (None, Some(nonce)) => adopt::by_nonce(nonce).map_err(adopt::unlisted)?,
        (None, None) => None,
    };
    let Some(main) = main else { return Ok(None) };
    // The numbers of another life of the machine mean nothing, and nothing is left of it.
    if !main.is_of_this_boot() {
        return Ok(Some(Vec::new()));
    }
    let tree = Tree::new(main).writing_to(files.unwrap_or_default());
    tree.resume(dir);
    Ok(Some(tree.end(grace).await))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_nothing_tells_of_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let pipes = PipeFolder(dir.path().to_owned());
        assert_eq!(end(dir.path(), &pipes, None, Duration::ZERO).await.unwrap(), None);
        assert_eq!(end(dir.path(), &pipes, Some("no such nonce"), Duration::ZERO).await.unwrap(), None);
    }
}
