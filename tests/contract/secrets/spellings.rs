//! How bytes look in a log, whoever prints them.

use std::fmt::Write;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

/// The secret as text, as a list of numbers, in hexadecimal digits and in Base64, there at each of its three places in a
/// longer text.
pub fn spellings(secret: &[u8]) -> Vec<String> {
    let mut hexadecimal = String::new();
    for byte in secret {
        write!(hexadecimal, "{byte:02x}").expect("a string takes all");
    }
    let numbers: Vec<String> = secret.iter().map(u8::to_string).collect();
    let mut spellings = vec![hexadecimal, numbers.join(", "), numbers.join(",")];
    spellings.extend(std::str::from_utf8(secret).map(str::to_owned));
    for shift in 0..3 {
        let shifted = [vec![0; shift], secret.to_vec()].concat();
        // Characters that hold bits of the secret and of nothing else.
        let (first, end) = ((shift * 8).div_ceil(6), shifted.len() * 8 / 6);
        for base64 in [
            STANDARD_NO_PAD.encode(&shifted),
            URL_SAFE_NO_PAD.encode(&shifted),
        ] {
            spellings.push(base64[first..end].to_owned());
        }
    }
    spellings
}

#[test]
fn secrets_are_found_in_every_spelling() {
    let spellings = spellings(b"secret");
    for shift in ["", "a", "ab"] {
        for end in ["", "c", "cd"] {
            let text = STANDARD_NO_PAD.encode(format!("{shift}secret{end}"));
            assert!(
                spellings.iter().any(|spelling| text.contains(spelling)),
                "{text}"
            );
        }
    }
    for text in [
        format!("{:?}", b"secret".to_vec()),
        "\"secret\"".into(),
        "736563726574".into(),
    ] {
        assert!(
            spellings.iter().any(|spelling| text.contains(spelling)),
            "{text}"
        );
    }
}
