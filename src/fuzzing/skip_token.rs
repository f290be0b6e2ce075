//! Skip tokens.

use crate::odata::skip_token::Signer;

/// Longer positions make tokens that are not accepted; see [`Signer::sign`].
const MAX_TOKEN: usize = 4096;

/// The input is a text for a token, and behind a line end the strings of a position, one a line, bound by the first. Three
/// promises: a text that is accepted is the very token of what it says; a signed position comes back; and a token of which
/// anything is changed, or that comes with another binding, is refused.
///
/// # Panics
/// If that does not hold.
pub fn skip_token(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let signer = Signer::new(&[7; 32]);
    let mut lines = text.split('\n');
    let given = lines.next().unwrap_or_default();
    let position: Vec<&str> = lines.collect();
    let binding = [position.first().copied().unwrap_or_default()];

    if let Some(accepted) = signer.verify(&binding, given) {
        let accepted: Vec<&str> = accepted.iter().map(String::as_str).collect();
        assert_eq!(signer.sign(&binding, &accepted), given);
    }

    let token = signer.sign(&binding, &position);
    let verified = signer.verify(&binding, &token);
    if token.len() > MAX_TOKEN {
        assert_eq!(verified, None);
        return;
    }
    assert!(verified.is_some_and(|verified| verified == position));
    assert_eq!(signer.verify(&[binding[0], ""], &token), None);
    // The first text says what is changed: a character at a place, by its bytes.
    let at = given.len() % token.len();
    for other in given.chars().take(16) {
        let mut changed = token.clone();
        changed.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
        if changed != token {
            assert_eq!(signer.verify(&binding, &changed), None, "{changed}");
        }
    }
}
