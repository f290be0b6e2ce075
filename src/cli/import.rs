//! `import`: puts the items of a file, each a line of JSON.
//!
//! A put creates or replaces, so an import may be repeated from any line. That is all there is to going on after one that was
//! stopped. It stops by itself where further items would fare no better: without permission, connection or service.

mod lines;
mod report;

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    thread,
};

use clap::{Args, builder::RangedU64ValueParser};
use tokio::{
    signal::ctrl_c,
    sync::mpsc::{Receiver, channel},
};

use crate::client::{Error, StatusCode, StreamExt, stream};

use self::{
    lines::{Item, Lines, Refused},
    report::Report,
};
use super::{Failure, service::ServiceArguments};

/// Lines that are read ahead.
const LINES_AHEAD: usize = 40;

#[derive(Debug, Args)]
pub(super) struct ImportCommand {
    /// Connection that takes the items; its schema must be registered
    connection: String,

    /// File with an externalItem in each line, its id included; - for standard input
    file: PathBuf,

    /// First line to import: where one that was stopped goes on
    #[arg(
        long,
        value_name = "LINE",
        value_parser = RangedU64ValueParser::<u64>::new().range(1..),
        default_value = "1"
    )]
    from_line: u64,

    /// Requests at a time, each with up to 20 items
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=64),
        default_value = "4"
    )]
    concurrency: usize,

    #[command(flatten)]
    service: ServiceArguments,
}

/// What the file has, as it is read.
struct Input {
    items: Receiver<Item>,
    /// Lines that are no items, and why there are no further lines, if that is not the end of the file.
    problems: Receiver<io::Result<Refused>>,
}

impl ImportCommand {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let client = self.service.client()?;
        let Input {
            mut items,
            mut problems,
        } = self.read()?;
        let items = stream::poll_fn(move |context| items.poll_recv(context));
        let items = items.map(|item| (item.number, item.json));
        let puts = client.put_items(&self.connection, items);
        let mut results = puts.concurrency(self.concurrency).send().fuse();
        let mut report = Report::new(self.from_line);
        let all = async {
            loop {
                tokio::select! {
                    Some(problem) = problems.recv() => report.refused(&problem?)?,
                    Some((number, result)) = results.next() => match result {
                        Ok(()) => report.imported(&number)?,
                        Err(error) if is_of_the_item(&error) => report.failed(&number, &error)?,
                        Err(error) => return Err(error.into()),
                    },
                    else => return Ok(()),
                }
            }
        };
        let ended: Result<(), Failure> = tokio::select! {
            ended = all => ended,
            interrupted = ctrl_c() => Err(match interrupted {
                Ok(()) => "interrupted".into(),
                Err(error) => error.into(),
            }),
        };
        // Lines before the one to go on with are not read again.
        while let Ok(Ok(refused)) = problems.try_recv() {
            if refused.line < report.next_line {
                report.refused(&refused)?;
            }
        }
        report.end(ended.is_err())?;
        ended?;
        if report.failed > 0 {
            return Err(format!("{} items were not imported", report.failed).into());
        }
        Ok(())
    }

    /// Reads in a thread of its own, which a wait for standard input holds up and nothing else.
    fn read(&self) -> io::Result<Input> {
        let reader: Box<dyn BufRead + Send> = if self.file == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file = File::open(&self.file).map_err(|error| {
                let file = self.file.display();
                io::Error::new(error.kind(), format!("cannot read {file}: {error}"))
            })?;
            Box::new(BufReader::new(file))
        };
        let lines = Lines::new(reader, self.from_line);
        let (item_sender, items) = channel(LINES_AHEAD);
        let (problem_sender, problems) = channel(LINES_AHEAD);
        thread::spawn(move || {
            for line in lines {
                let sent = match line {
                    Ok(Ok(item)) => item_sender.blocking_send(item).is_ok(),
                    Ok(Err(refused)) => problem_sender.blocking_send(Ok(refused)).is_ok(),
                    Err(error) => problem_sender.blocking_send(Err(error)).is_ok(),
                };
                if !sent {
                    // The import was stopped.
                    break;
                }
            }
        });
        Ok(Input { items, problems })
    }
}

/// Whether another item may well succeed.
fn is_of_the_item(error: &Error) -> bool {
    match error {
        Error::InvalidRequest(_) => true,
        _ => error.status().is_some_and(|status| {
            [
                StatusCode::BAD_REQUEST,
                StatusCode::CONFLICT,
                StatusCode::PAYLOAD_TOO_LARGE,
                StatusCode::UNPROCESSABLE_ENTITY,
            ]
            .contains(&status)
        }),
    }
}
