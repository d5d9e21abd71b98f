//! Opens regular files only: a pipe or a device under a file's name would block whoever reads it, for ever.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use nix::libc;

/// Opens a file to read it; an error of kind `InvalidInput` when it is no regular file.
pub fn open(path: &Path) -> io::Result<File> {
    // Without this flag the opening of a pipe waits for a writer; for files it means nothing.
    let file = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)?;
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}

/// The whole content.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The whole content as text; an error of kind `InvalidData` when it is not UTF-8.
pub fn read_to_string(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_does_not_block_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("tick.rhai");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        for error in [read(&pipe).unwrap_err(), read_to_string(folder.path()).unwrap_err()] {
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{error}");
        }
        let file = folder.path().join("plain");
        std::fs::write(&file, "text").unwrap();
        assert_eq!((read(&file).unwrap(), read_to_string(&file).unwrap()), (b"text".to_vec(), "text".to_owned()));
    }
}
