//! What an import says: sentences and a counter at a terminal, otherwise lines of JSON for a program that reads them.

use std::io::{self, IsTerminal, Stdout, Write};

use serde::Serialize;

use crate::client::Error;

use super::lines::{Numbered, Refused};

/// How many results the counter at a terminal moves by.
const STEP: u64 = 20;

pub(super) struct Report {
    output: Stdout,
    is_terminal: bool,
    pub(super) failed: u64,
    imported: u64,
    /// The first line whose item has no result yet.
    pub(super) next_line: u64,
}

/// A line that was not imported.
#[derive(Serialize)]
struct Failed<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    message: String,
    details: Vec<Detail<'a>>,
}

/// A broken rule.
#[derive(Serialize)]
struct Detail<'a> {
    /// The member, a JSON pointer; empty for the whole line.
    target: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    imported: u64,
    failed: u64,
    /// Where to go on, if the import was stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_line: Option<u64>,
}

impl Report {
    pub(super) fn new(from_line: u64) -> Self {
        let output = io::stdout();
        Self {
            is_terminal: output.is_terminal(),
            output,
            failed: 0,
            imported: 0,
            next_line: from_line,
        }
    }

    pub(super) fn imported(&mut self, number: &Numbered) -> io::Result<()> {
        self.imported += 1;
        self.next_line = number.line + 1;
        if self.is_terminal && self.imported.is_multiple_of(STEP) {
            write!(
                self.output,
                "\r{} imported, {} failed\x1b[K",
                self.imported, self.failed
            )?;
            self.output.flush()?;
        }
        Ok(())
    }

    /// The service refused the item.
    pub(super) fn failed(&mut self, number: &Numbered, error: &Error) -> io::Result<()> {
        self.next_line = number.line + 1;
        let service = error.service();
        let details = service.map_or(&[][..], |service| &service.details);
        self.write(&Failed {
            line: number.line,
            id: Some(&number.id),
            status: error.status().map(|status| status.as_u16()),
            code: error.code(),
            message: error.to_string(),
            details: details
                .iter()
                .map(|detail| Detail {
                    target: detail.target.as_deref().unwrap_or_default(),
                    message: &detail.message,
                })
                .collect(),
        })
    }

    /// The line is no item.
    pub(super) fn refused(&mut self, refused: &Refused) -> io::Result<()> {
        let separator = if refused.target.is_empty() { "" } else { " " };
        self.write(&Failed {
            line: refused.line,
            id: None,
            status: None,
            code: None,
            message: format!("{}{separator}{}", refused.target, refused.message),
            details: vec![Detail {
                target: refused.target,
                message: &refused.message,
            }],
        })
    }

    fn write(&mut self, failed: &Failed<'_>) -> io::Result<()> {
        self.failed += 1;
        if self.is_terminal {
            let item = failed.id.map(|id| format!(", item {id:?}"));
            let item = item.unwrap_or_default();
            writeln!(
                self.output,
                "\rline {}{item}: {}\x1b[K",
                failed.line, failed.message
            )
        } else {
            self.write_json(failed)
        }
    }

    fn write_json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.output.write_all(&line)
    }

    pub(super) fn end(&mut self, is_stopped: bool) -> io::Result<()> {
        let summary = Summary {
            imported: self.imported,
            failed: self.failed,
            from_line: is_stopped.then_some(self.next_line),
        };
        if !self.is_terminal {
            return self.write_json(&summary);
        }
        let Summary {
            imported, failed, ..
        } = summary;
        writeln!(self.output, "\r{imported} imported, {failed} failed\x1b[K")?;
        if let Some(line) = summary.from_line {
            writeln!(self.output, "stopped: go on with --from-line {line}")?;
        }
        Ok(())
    }
}
