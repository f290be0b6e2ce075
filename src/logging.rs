//! Logs: to standard error, one event a line, for people on a terminal and for machines elsewhere.

use std::{
    error::Error,
    fmt::{Display, Formatter},
    io::{self, IsTerminal},
    str::FromStr,
};

use clap::{Args, ValueEnum};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// What is logged, and how.
#[derive(Debug, Clone, Args)]
pub struct LogSettings {
    /// Form of the log on standard error; auto: human on a terminal, JSON otherwise
    #[arg(
        long = "log-format",
        env = "GRAPH_CONNECTIONS_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = "auto"
    )]
    pub format: LogFormat,

    /// What to log: off, error, warn, info, debug or trace; also per module, e.g. info,poem=debug
    #[arg(
        long = "log",
        env = "GRAPH_CONNECTIONS_LOG",
        value_name = "FILTER",
        default_value = "info"
    )]
    pub filter: LogFilter,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Human on a terminal, JSON otherwise.
    Auto,
    /// One line of text an event, in colour on a terminal.
    Human,
    /// One JSON object an event.
    Json,
}

/// Which events are logged.
#[derive(Debug, Clone)]
pub struct LogFilter(Targets);

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        for directive in text.split(',') {
            // A word alone could also be the name of a module; more likely it is a level, misspelt.
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
    /// Starts logging. Later calls change nothing, so that an embedding program may have its own set-up.
    pub(crate) fn start(&self) {
        let terminal = io::stderr().is_terminal();
        let json = match self.format {
            LogFormat::Auto => !terminal,
            LogFormat::Human => false,
            LogFormat::Json => true,
        };
        let layer = if json {
            fmt::layer()
                .with_writer(io::stderr)
                .json()
                .flatten_event(true)
                .boxed()
        } else {
            // Whoever sets NO_COLOR is heeded by the subscriber itself.
            let layer = fmt::layer().with_writer(io::stderr);
            if terminal {
                layer.boxed()
            } else {
                layer.with_ansi(false).boxed()
            }
        };
        // An error only says that something already listens.
        let _ = tracing_subscriber::registry()
            .with(self.filter.0.clone())
            .with(layer)
            .try_init();
    }
}

/// An error with what caused it.
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
