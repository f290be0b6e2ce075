//! Bearer tokens to [`Principal`](crate::domain::principal::Principal)s: who calls, and what they may do.
//!
//! Two steps, because the first can be cached and the second depends on the operation:
//! [`Authenticator::authenticate`] turns a token into a verified [`Token`]; [`authorize`] compares it with the
//! permissions that an operation requires. Neither knows HTTP: a [`TokenError`] says what is wrong, `api` chooses the status.
//!
//! Tokens of a list of [`TrustedIssuer`]s are accepted. Keys of external ones are fetched and change ([`oidc`]);
//! others are given. There is no mode without these checks.

mod claims;
mod issuer_name;
mod jws;
mod jwt;
mod keys;
mod oidc;
mod permissions;
#[cfg(any(test, fuzzing))]
pub(crate) mod testing;
mod token;
mod token_error;
mod trust;

pub(crate) use issuer_name::TENANT_PLACEHOLDER;
pub(crate) use jwt::Authenticator;
pub(crate) use oidc::{ExternalIssuer, IssuerUrl};
pub(crate) use permissions::{KNOWN_PERMISSIONS, authorize};
pub(crate) use token::Token;
pub(crate) use token_error::TokenError;
pub(crate) use trust::TrustedIssuer;
