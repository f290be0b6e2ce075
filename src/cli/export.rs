//! `export`: the items of a connection as lines of JSON, which `import` takes.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use tempfile::NamedTempFile;

use crate::client::TryStreamExt;

use super::{Failure, service::ServiceArguments};

#[derive(Debug, Args)]
pub(super) struct ExportCommand {
    /// Connection whose items are written
    connection: String,

    /// File to write, readable by its owner alone; - for standard output
    #[arg(default_value = "-")]
    file: PathBuf,

    #[command(flatten)]
    service: ServiceArguments,
}

impl ExportCommand {
    /// A file is written whole or not at all.
    pub(super) async fn run(self) -> Result<(), Failure> {
        let exported = if self.file == Path::new("-") {
            let mut output = BufWriter::new(io::stdout());
            let exported = self.write(&mut output).await?;
            output.flush()?;
            exported
        } else {
            let folder = self.file.parent().filter(|it| !it.as_os_str().is_empty());
            let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            let mut output = BufWriter::new(file);
            let exported = self.write(&mut output).await?;
            let file = output
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&self.file)?;
            exported
        };
        writeln!(io::stderr(), "{exported} items exported")?;
        Ok(())
    }

    /// How many items there were.
    async fn write(&self, output: &mut impl Write) -> Result<u64, Failure> {
        let client = self.service.client()?;
        let mut items = client.items(&self.connection);
        let mut exported = 0;
        while let Some(item) = items.try_next().await? {
            serde_json::to_writer(&mut *output, &item)?;
            output.write_all(b"\n")?;
            exported += 1;
        }
        Ok(exported)
    }
}
