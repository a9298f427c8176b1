//! Writes what packages say of the command line: manual pages and completions for shells, into the
//! folder that is the first argument. `cargo xtask dist` runs it.

use std::path::PathBuf;
use std::{env, fs, io};

use bridge::config::Command;
use clap_complete::Shell;

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("name the folder to write to"))?;
    let (manual, completions) = (folder.join("man"), folder.join("completions"));
    fs::create_dir_all(&manual)?;
    fs::create_dir_all(&completions)?;
    clap_mangen::generate_to(Command::definition(), &manual)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut Command::definition(), "tcp-bridge", &completions)?;
    }
    Ok(())
}
