//! Large writes, to make the log long.

use serde_json::json;

use crate::{
    caller::{CONNECTIONS, Caller},
    server::{Server, TOKENS},
};

/// Bytes of one write: nearly what a connection may have, some 60 pages of the log.
const BALLAST: usize = 250_000;

/// A connection of another tenant that fills the log; its content is not checked.
pub struct Ballast {
    caller: Caller,
    writes: usize,
}

impl Ballast {
    /// On a server that may have it already.
    pub fn of(server: &Server) -> Self {
        let mut caller = Caller::new(server.address, &TOKENS.other);
        let body = json!({ "id": "ballast", "name": "ballast" });
        // It is there already, or it is now.
        let answer = caller.call("POST", CONNECTIONS, Some(body));
        let answer = answer.expect("an answer");
        assert!([201, 409].contains(&answer.status), "{}", answer.text());
        Self { caller, writes: 0 }
    }

    /// Whether it was done.
    pub fn write(&mut self) -> bool {
        // What stands there already would not be written again.
        let letter = ["a", "b"][self.writes % 2];
        self.writes += 1;
        let layout = json!({ "text": letter.repeat(BALLAST) });
        let template = json!({ "id": "t", "priority": 0, "layout": layout });
        let body = json!({ "searchSettings": { "searchResultTemplates": [template] } });
        let one = format!("{CONNECTIONS}/ballast");
        let answer = self.caller.call("PATCH", &one, Some(body));
        let answer = answer.expect("an answer");
        assert!(
            answer.is_success() || answer.status == 503,
            "{}",
            answer.text()
        );
        answer.is_success()
    }

    /// How many were done.
    pub fn write_many(&mut self, count: u32) -> u32 {
        (0..count).map(|_| u32::from(self.write())).sum()
    }
}
