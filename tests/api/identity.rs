//! Tokens that nobody should accept, by the thousand, and good ones by the hundred.

mod forge;
mod forged;
mod forgeries;
mod refusals;
