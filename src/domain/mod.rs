//! What external connections are: identifiers, rules, limits and units of work.
//!
//! Knows neither HTTP nor SQL nor the system clock. Storage is behind the port [`store::Store`].

pub(crate) mod acl;
pub(crate) mod activity;
pub(crate) mod clock;
pub(crate) mod connections;
pub(crate) mod decision;
pub(crate) mod error;
pub(crate) mod external_connection;
pub(crate) mod external_group;
pub(crate) mod item;
pub(crate) mod limits;
pub(crate) mod operation;
pub(crate) mod principal;
pub(crate) mod registration;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod store;

pub(crate) use error::{Conflict, Error, Resource, Violation};
