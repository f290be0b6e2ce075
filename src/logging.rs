//! Logs: to standard error, one event a line, as text on a terminal and as JSON elsewhere.

use std::{
    error::Error,
    fmt::{Display, Formatter, Write as _},
    io::{self, IsTerminal, Write},
    str::FromStr,
};

use clap::{Args, ValueEnum};
use tracing_subscriber::{
    Layer,
    filter::{FilterFn, LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// What is logged, and how.
#[derive(Debug, Clone, Args)]
pub struct LogSettings {
    /// Log format on standard error; auto: human on a terminal, JSON otherwise
    #[arg(long = "log-format", value_name = "FORMAT", default_value = "auto")]
    pub format: LogFormat,

    /// What to log: off, error, warn, info, debug or trace; also per module, e.g. info,poem=debug
    #[arg(long = "log", value_name = "FILTER", default_value = "info")]
    pub filter: LogFilter,
}

/// Log format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Human on a terminal, JSON otherwise.
    Auto,
    /// A line of text for each event, in colour on a terminal.
    Human,
    /// A JSON object for each event.
    Json,
}

/// Which events are logged.
#[derive(Debug, Clone)]
pub struct LogFilter(Targets);

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        for directive in text.split(',') {
            // A single word could also be the name of a module. More likely it is a misspelt level.
            let is_level = !directive.is_empty() && directive.parse::<LevelFilter>().is_ok();
            if !is_level && !directive.contains('=') {
                return Err(format!(
                    "'{directive}' is neither a level (off, error, warn, info, debug, trace) \
                     nor module=level"
                ));
            }
        }
        text.parse().map(Self).map_err(|e| format!("{e}"))
    }
}

impl LogSettings {
    /// Starts logging, unless the process has a subscriber already.
    pub(crate) fn start(&self) {
        let terminal = io::stderr().is_terminal();
        let json = match self.format {
            LogFormat::Auto => !terminal,
            LogFormat::Human => false,
            LogFormat::Json => true,
        };
        let layer = fmt::layer().with_writer(|| Escaping(io::stderr()));
        let layer = if json {
            layer.json().flatten_event(true).boxed()
        } else if terminal {
            // The subscriber itself honours NO_COLOR.
            layer.boxed()
        } else {
            layer.with_ansi(false).boxed()
        };
        // The only error: there is a subscriber already.
        let _ = tracing_subscriber::registry()
            .with(self.filter.0.clone())
            .with(FilterFn::new(|event| !has_messages(event.target())))
            .with(layer)
            .try_init();
    }
}

/// Whether events of a target have whole messages in them: what tools are called with, and what they answer.
fn has_messages(target: &str) -> bool {
    target.split("::").next() == Some("rmcp")
}

/// Writes events with the characters escaped that no text needs and some terminals obey: DEL, C1 and those that change
/// the direction of writing, as JSON escapes them. Others below U+0020 are escaped by the subscriber.
struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        match str::from_utf8(event) {
            Ok(text) if text.contains(is_obeyed) => {
                let mut escaped = String::with_capacity(text.len());
                for c in text.chars() {
                    if is_obeyed(c) {
                        write!(escaped, "\\u{:04x}", u32::from(c)).map_err(io::Error::other)?;
                    } else {
                        escaped.push(c);
                    }
                }
                self.0.write_all(escaped.as_bytes())?;
            }
            _ => self.0.write_all(event)?,
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Sources: ECMA-48 section 5.3; Unicode Standard Annex 9, section 2.
fn is_obeyed(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// An error followed by its causes.
pub(crate) struct Causes<'a>(pub(crate) &'a (dyn Error + 'static));

impl Display for Causes<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_no_characters_that_terminals_obey() {
        let mut written = Vec::new();
        let event = "{\"name\":\"a\u{9b}31m\u{202e}b\u{7f} Zo\u{eb}\"}\n";
        let mut writer = Escaping(&mut written);
        writer.write_all(event.as_bytes()).expect("memory takes it");
        let written = String::from_utf8(written).expect("UTF-8");
        assert_eq!(
            written,
            "{\"name\":\"a\\u009b31m\\u202eb\\u007f Zo\u{eb}\"}\n"
        );
        let read: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read["name"], "a\u{9b}31m\u{202e}b\u{7f} Zo\u{eb}");
    }

    #[test]
    fn filters_are_levels_and_modules_with_levels() {
        for good in [
            "info",
            "OFF",
            "info,poem=debug",
            "graph_connections::auth=trace",
        ] {
            assert!(good.parse::<LogFilter>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "debgu",
            "info,",
            "poem=loud",
            "poem=debug=info",
            "info,poem",
        ] {
            assert!(bad.parse::<LogFilter>().is_err(), "{bad}");
        }
    }
}
