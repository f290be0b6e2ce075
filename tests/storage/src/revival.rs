//! The server on what a power cut has left: it starts, has every acknowledged write, and nothing by half.

use std::{path::Path, time::Instant};

use crate::{
    disk::{Disk, State as DiskState, survivors},
    inspection::{check_database, inspect},
    journal::{State, Stop, Write, allowed},
    server::{ANY_PORT, Server},
};

/// A disk at the moment of a power cut.
pub struct Cut {
    stop: Stop,
    disk: DiskState,
}

/// What was found after a cut.
pub struct Revived {
    pub connections: State,
    /// The disk after the server was killed on it.
    pub disk: DiskState,
}

impl Cut {
    /// Cuts the power of a disk, for an observer: those who use it notice nothing.
    pub fn of(disk: &Disk) -> Self {
        let begun = Instant::now();
        let disk = disk.snapshot();
        Self {
            stop: Stop {
                begun,
                over: Instant::now(),
            },
            disk,
        }
    }

    /// Starts a server on what is left, and checks everything. `known` is what was there before the `writes`, whose
    /// identifiers begin with `tag`; `probe` is the program `sqlite-probe`.
    ///
    /// # Errors
    /// What is wrong.
    pub fn revive(
        &self,
        known: &State,
        writes: &[Write],
        tag: &str,
        probe: &Path,
        random: &mut fastrand::Rng,
    ) -> Result<Revived, Vec<String>> {
        let allowed = allowed(known, writes, self.stop);
        let disk = Disk::mount(survivors(&self.disk, random));
        let server = Server::try_start(disk.path(), ANY_PORT).map_err(|log| vec![log])?;
        let connections = inspect(&server, tag, &allowed)?;
        check_database(probe, disk.path(), &connections)?;
        server.kill();
        Ok(Revived {
            connections,
            disk: disk.snapshot(),
        })
    }
}
