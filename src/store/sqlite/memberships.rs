//! The external groups that users are in, remembered for as long as no membership of the content changes: a user of thousands of groups
//! takes milliseconds to look up, and searches often.

use std::{collections::BTreeSet, sync::Arc};

use quick_cache::{Weighter, sync::Cache};
use rusqlite::{Connection, OptionalExtension};

use crate::domain::{Error, principal::UserId};

use super::groups;

/// Memory for what is remembered, bytes.
const KNOWN_BYTES: u64 = 16 * 1_024 * 1_024;
/// What a group takes besides its identifier, and what all of a user's take, bytes.
const GROUP_BYTES: usize = 40;
const ENTRY_BYTES: usize = 200;

/// Who is in which groups: the content, the user, and his groups of the directory (a JSON array).
type Asked = (i64, Option<UserId>, String);

#[derive(Clone)]
struct Known {
    /// How often memberships had changed.
    at: i64,
    groups: Arc<BTreeSet<String>>,
}

pub(super) struct Memberships(Cache<Asked, Known, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<Asked, Known> for Bytes {
    fn weight(&self, asked: &Asked, known: &Known) -> u64 {
        let groups = known.groups.iter().map(|group| group.len() + GROUP_BYTES);
        (asked.2.len() + groups.sum::<usize>() + ENTRY_BYTES) as u64
    }
}

impl Default for Memberships {
    fn default() -> Self {
        Self(Cache::with_weighter(1_000, KNOWN_BYTES, Bytes))
    }
}

impl Memberships {
    /// The groups of a content that a user is in, who is in some groups of the directory (a JSON array).
    pub(super) fn of_user(
        &self,
        db: &Connection,
        content: i64,
        user: Option<&UserId>,
        groups: &str,
    ) -> Result<Arc<BTreeSet<String>>, Error> {
        // Read first: of what changes before the groups are read, too much is read anew, not too little.
        let at = db
            .prepare_cached("SELECT memberships FROM content WHERE no = ?")?
            .query_row([content], |row| row.get(0))
            .optional()?;
        let Some(at) = at else {
            return Ok(Arc::default());
        };
        let asked = (content, user.cloned(), groups.to_owned());
        if let Some(known) = self.0.get(&asked).filter(|known| known.at == at) {
            return Ok(known.groups);
        }
        let groups = groups::of_user(db, content, user, groups)?;
        let groups: Arc<BTreeSet<String>> = Arc::new(groups.into_iter().collect());
        let known = Known {
            at,
            groups: Arc::clone(&groups),
        };
        self.0.insert(asked, known);
        Ok(groups)
    }
}
